"""What is loaded along with a member, so that a page asks once."""

from sqlalchemy.orm import joinedload, selectinload

from participation.interest_bank.models import BankMember, MemberExperience

WHOLE = (
    selectinload(BankMember.roles),
    selectinload(BankMember.experiences).joinedload(MemberExperience.area),
    joinedload(BankMember.municipality),
)
