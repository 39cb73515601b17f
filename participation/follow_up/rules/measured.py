"""A number that a finding rests on, and the same question in a later round. Pure.

Only published tables take part, and only where the question, its answers and the steps shown are
the same: so the comparison reveals nothing new, and compares nothing that differs.
"""

from dataclasses import dataclass

from participation.disclosure.rules.tables import ShownTable
from participation.foundation.i18n import gettext as _
from participation.results.rules.trends import asks_alike
from participation.results.rules.uncertainty import difference


@dataclass(frozen=True)
class Measured:
    """What a later round shows: counts and how many answered, then and now."""

    wave: str
    now: tuple[int, int]
    before: tuple[int, int]

    @property
    def percents(self) -> tuple[int, int]:
        """Now and before, whole per cent, as the finding writes its own.

        >>> Measured("2027", (48, 100), (52, 100)).percents
        (48, 52)
        """
        (count, n), (old_count, old_n) = self.now, self.before
        return round(100 * count / n), round(100 * old_count / old_n)

    @property
    def is_certain(self) -> bool:
        """Whether the difference is more than chance, as the round's own page says it.

        >>> Measured("2027", (48, 100), (52, 100)).is_certain
        False
        >>> Measured("2027", (300, 1000), (520, 1000)).is_certain
        True
        """
        low, high = difference(self.now, self.before)
        return not low <= 0 <= high

    @property
    def in_words(self) -> str:
        """ "48 % (var 52 %). Ingen säker skillnad, det kan vara slump."."""
        now, before = self.percents
        sure = (
            _("The difference is more than chance.")
            if self.is_certain
            else _("No certain difference: it can be chance.")
        )
        said = _("%(now)s %% (it was %(before)s %%).", now=now, before=before)
        return f"{said} {sure}"


def measured(
    wave: str, old: ShownTable | None, new: ShownTable | None, codes: frozenset[str]
) -> Measured | None:
    """The comparison; None where it cannot be made from what is published."""
    if old is None or new is None or not (old.n and new.n):
        return None
    if old.kind is not new.kind or old.is_merged is not new.is_merged or not asks_alike(old, new):
        return None
    before, now = old.count_of(codes), new.count_of(codes)
    if before is None or now is None:
        return None
    return Measured(wave, (now, new.n), (before, old.n))
