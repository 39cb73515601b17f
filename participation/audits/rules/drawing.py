"""A team by lot: what a coordinator may demand of it, and why somebody is not in the lottery. Pure.

Source: DOMAIN.md, model point 6: a team without ties to the unit; SELECTION.md, "Burden".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.activities.rules.burden import REST_LABELS, RestReason
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import ExperienceRole, Gender
from participation.selection.rules.features import HAS_DONE, FeatureKind, Limits, QuotaKey

OWNER_KIND = "audit"  # what draws know it as
TEAM_DRAW = "team"
USUAL_TEAM = 3
USUAL_REST = 182
RESTS_IN_DAYS: Mapping[int, Any] = {
    0: _l("They need not have rested"),
    182: _l("At least six months"),
    365: _l("At least a year"),
}


class Held(StrEnum):
    """Why somebody cannot be drawn, in the order it is asked."""

    IN_TEAM = "in_team"
    SAID_NO = "said_no"
    UNTRAINED = "untrained"
    TIES = "ties"
    SILENT = "silent"
    PAUSED = "paused"
    UNDER_AGE = "under_age"
    CEILING = "ceiling"
    RECENTLY_ASKED = "recently_asked"
    RESTS = "rests"


HELD_LABELS: Mapping[str, Any] = {
    Held.IN_TEAM: _l("Is in the team already"),
    Held.SAID_NO: _l("Was drawn for this audit and did not take the place"),
    Held.UNTRAINED: _l("Has not completed the auditors' course, or it no longer holds"),
    Held.TIES: _l("Has ties to the unit"),
    Held.SILENT: _l("Has been asked about ties to the organisation and not answered"),
    Held.PAUSED: REST_LABELS[RestReason.PAUSED],
    Held.UNDER_AGE: _l("Needs a guardian's yes"),
    Held.CEILING: REST_LABELS[RestReason.CEILING],
    Held.RECENTLY_ASKED: REST_LABELS[RestReason.RECENTLY_ASKED],
    Held.RESTS: _l("Is in an audit, or rests after one"),
}
# What a draw counts as resting; the others do not fit.
COUNTED = (Held.PAUSED, Held.CEILING, Held.RECENTLY_ASKED, Held.RESTS)


@dataclass(frozen=True)
class Demands:
    """What the team shall be like. `rest_days`: since the report of an auditor's last audit."""

    people: int
    own_experience: bool = False
    even_gender: bool = False
    somebody_practised: bool = False
    somebody_new: bool = False
    rest_days: int = USUAL_REST


def quotas_of_demands(demands: Demands) -> dict[QuotaKey, Limits]:
    """The demands as the draw's quotas.

    >>> quotas_of_demands(Demands(people=3, even_gender=True))[QuotaKey("gender", "woman")]
    Limits(minimum=0, maximum=2)
    """
    people = demands.people
    found: dict[QuotaKey, Limits] = {}
    if demands.even_gender:
        for gender in (Gender.WOMAN, Gender.MAN):
            found[QuotaKey(FeatureKind.GENDER, gender)] = Limits(0, -(-people // 2))
    if demands.own_experience:
        used = QuotaKey(FeatureKind.ROLE, ExperienceRole.SERVICE_USER)
        found[used] = Limits(1, people)
    practised = Limits(int(demands.somebody_practised), people - int(demands.somebody_new))
    if practised != Limits(0, people):
        found[QuotaKey(FeatureKind.PRACTICE, HAS_DONE)] = practised
    return found
