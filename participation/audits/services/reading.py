"""Words that may point to somebody are read by a person before others read them."""

from participation.audits.queries.doubts import Doubts
from participation.audits.services.steps import NotReady
from participation.foundation.i18n import gettext as _


class NotRead(NotReady):
    """Somebody has to say that they have read the words pointed at, as they stand now."""

    code = "audit_doubts_not_read"

    def __init__(self, doubts: Doubts) -> None:
        super().__init__(_("Read the words pointed at, and tick that you have done so."))
        self.doubts = doubts


def check_read(doubts: Doubts, read: str) -> None:
    """`read`: the mark of the words that were read; of other words it says nothing.

    Raises NotRead.
    """
    if doubts and read != doubts.mark:
        raise NotRead(doubts)
