"""How a group keeps to its answers, in a sentence."""

from participation.follow_up.rules.owed import Keeping
from participation.foundation.i18n import ngettext


def keeping_in_words(kept: Keeping) -> str:
    """ "4 questions asked, 2 answered in time. 1 should have been answered by now."."""
    asked = ngettext(
        "%(num)s question asked, %(in_time)s answered in time.",
        "%(num)s questions asked, %(in_time)s answered in time.",
        kept.asked,
        in_time=kept.in_time,
    )
    if not kept.overdue:
        return asked
    late = ngettext(
        "%(num)s should have been answered by now.",
        "%(num)s should have been answered by now.",
        kept.overdue,
    )
    return f"{asked} {late}"
