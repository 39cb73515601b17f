"""By what answers can be counted: who answered, where, which gender, which age. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.packing import LEFT_OUT, NOT_ASKED, ONE, SIGNS, Place

UNKNOWN = ""  # the group of those who did not say


class Attribute(StrEnum):
    """The breakdowns that may be published, one at a time. Source: ANALYSIS."""

    ROLE = "role"
    MUNICIPALITY = "municipality"
    UNIT = "unit"
    GENDER = "gender"
    AGE_BAND = "age_band"


ATTRIBUTE_LABELS: Mapping[Attribute, str] = {
    Attribute.ROLE: _l("Who answers"),
    Attribute.MUNICIPALITY: _l("Municipality"),
    Attribute.UNIT: _l("Unit"),
    Attribute.GENDER: _l("Gender"),
    Attribute.AGE_BAND: _l("Age"),
}


def question_of(attribute: Attribute, content: Content) -> str | None:
    """The key of the question that asks for the attribute; None where none does."""
    if attribute is Attribute.ROLE:
        asked = content.asked.values()
        return next((one.key for one in asked if one.sets_respondent_role), None)
    return None if attribute is Attribute.UNIT else content.background_key(attribute)


def attributes_of(content: Content, *, has_units: bool) -> tuple[Attribute, ...]:
    """What a round's answers can be counted by."""
    return tuple(
        attribute
        for attribute in Attribute
        if (has_units if attribute is Attribute.UNIT else question_of(attribute, content))
    )


@dataclass(frozen=True)
class Answering:
    """A chunk of packed answers, and beside them what else is known of who gave each."""

    answers: Sequence[str]
    roles: Sequence[str]
    units: Sequence[int | None]


def group_codes(
    attribute: Attribute, content: Content, places: Sequence[Place], chunk: Answering
) -> Iterable[str]:
    """The group of each answer; `UNKNOWN` for those who did not say."""
    if attribute is Attribute.ROLE:
        return chunk.roles
    if attribute is Attribute.UNIT:
        return [UNKNOWN if unit is None else str(unit) for unit in chunk.units]
    key = question_of(attribute, content)
    place = next((place for place in places if place.key == key and place.form == ONE), None)
    if place is None:
        return [UNKNOWN] * len(chunk.answers)
    names = {LEFT_OUT: UNKNOWN, NOT_ASKED: UNKNOWN, **dict(zip(SIGNS, place.codes, strict=False))}
    return [names[answer[place.start]] for answer in chunk.answers]
