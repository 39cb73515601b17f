"""Which perspective a questionnaire speaks for, and the first sentence of a follow-up page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from participation.follow_up.rules.standing import Standing, Way
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext

RESIDENT, STAFF = "resident", "staff"
PROFESSIONAL = "professional"  # a respondent role


def perspective_of(audience: Collection[str]) -> str:
    """The key of the perspective that answers of `audience` belong to.

    Those who work there speak for the staff, all others for residents. A county that has no such
    perspective shows the round in none.
    """
    return STAFF if set(audience) == {PROFESSIONAL} else RESIDENT


@dataclass(frozen=True)
class Tally:
    """What a page holds, for its lead."""

    findings: int
    promises: int
    late: int
    better: int
    worse: int

    @property
    def in_words(self) -> str:
        """ "4 findings and 5 promises. 1 promise is late. 2 figures are better, 1 is worse." """
        return " ".join([*self._held(), *self._late(), *self._gone()])

    def _held(self) -> Iterable[str]:
        findings = ngettext("%(num)s finding", "%(num)s findings", self.findings)
        promises = ngettext("%(num)s promise", "%(num)s promises", self.promises)
        if self.findings and self.promises:
            yield _("%(findings)s and %(promises)s.", findings=findings, promises=promises)
        elif self.findings or self.promises:
            yield f"{findings if self.findings else promises}."

    def _late(self) -> Iterable[str]:
        if self.late:
            yield ngettext("%(num)s promise is late.", "%(num)s promises are late.", self.late)
        elif self.promises:
            yield _("No promise is late.")

    def _gone(self) -> Iterable[str]:
        if self.better:
            yield ngettext(
                "%(num)s figure is better than last time.",
                "%(num)s figures are better than last time.",
                self.better,
            )
        if self.worse:
            yield ngettext(
                "%(num)s figure is worse than last time.",
                "%(num)s figures are worse than last time.",
                self.worse,
            )


def gone(standings: Iterable[Standing | None]) -> tuple[int, int]:
    """How many figures have become better, and how many worse."""
    ways = [one.way for one in standings if one is not None]
    return ways.count(Way.BETTER), ways.count(Way.WORSE)
