"""The last step from the bank to the table."""

from sqlalchemy import Select, select

from participation.council.models import CouncilSeat
from participation.foundation.i18n import to_translate
from participation.interest_bank.models import BankMember


class PeopleInTheCouncil:
    """Whoever holds a seat now."""

    label = to_translate("In the council")

    def members(self) -> Select[int]:
        return select(BankMember.id).join(CouncilSeat, CouncilSeat.member_id == BankMember.id)
