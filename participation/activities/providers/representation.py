"""Steps after joining the bank that activities know about."""

from sqlalchemy import Select, select

from participation.activities.models import Attendance, Invitation
from participation.activities.rules.states import NO_BURDEN
from participation.foundation.i18n import to_translate


class InvitedPeople:
    """Whoever was invited to something at least once."""

    label = to_translate("Invited")

    def members(self) -> Select[int]:
        return select(Invitation.member_id).where(Invitation.state.not_in(NO_BURDEN))


class PeopleWhoCame:
    """Whoever was there at least once."""

    label = to_translate("Took part")

    def members(self) -> Select[int]:
        return select(Attendance.member_id).where(Attendance.present)
