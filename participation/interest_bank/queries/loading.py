"""What is loaded along with a member, so that a page asks once."""

from sqlalchemy.orm import defer, joinedload, selectinload

from participation.interest_bank.models import BankMember, MemberExperience

WHOLE = (
    selectinload(BankMember.roles),
    selectinload(BankMember.experiences).joinedload(MemberExperience.area),
    joinedload(BankMember.municipality),
)

# What a list shows. What it does not show is neither fetched nor decrypted.
FOR_LISTS = (
    selectinload(BankMember.roles),
    selectinload(BankMember.experiences).joinedload(MemberExperience.area),
    joinedload(BankMember.municipality),
    *(
        defer(column, raiseload=True)
        for column in (
            BankMember.phone,
            BankMember.gender_text,
            BankMember.experience_text,
            BankMember.needs_text,
        )
    ),
)
# For paged lists, which ask for unique rows: a query less.
FOR_PAGES = (joinedload(BankMember.roles), *FOR_LISTS[1:])
