"""Closed answers packed into one short string: a fixed place for every question of a version.

A version's layout says which question lies where; it is made when the version is published and
stored with it, so that no later change of code can read old answers differently. One sign per
question with one answer (the option's place in the layout's codes), one sign per option where
several may be chosen ("1" chosen, "0" not) or are put in order (its place from "1", "0" none),
"1" for a consent. "-" was left out by the person, "." was
never asked (its condition did not hold). Numbers and dates lie apart.

Worked example: role (me, kin), from_whom (care, other, none) and respect (often, seldom):
role = kin, from_whom = care + other, respect left out is packed as "1110-".
Why, with figures: docs/decisions/0001.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.kinds import Stored, kind_of

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LEFT_OUT = "-"
NOT_ASKED = "."
ONE, SEVERAL, RANKED, TICK = "one", "several", "ranked", "tick"
_FORMS = {"radios": ONE, "ticks": SEVERAL, "places": RANKED, "tick": TICK}
TICKED = "yes"


@dataclass(frozen=True)
class Place:
    """Where one question lies: `start` from 0, `width` in signs, `codes` in the order of signs."""

    key: str
    form: str
    start: int
    width: int
    codes: tuple[str, ...]

    def pack(self, stored: Stored) -> str:
        chosen = str(stored).split(" ")
        if self.form == SEVERAL:
            return "".join("1" if code in chosen else "0" for code in self.codes)
        if self.form == RANKED:
            return "".join(SIGNS[_place_of(code, chosen)] for code in self.codes)
        return SIGNS[self.codes.index(chosen[0])]

    def unpack(self, signs: str) -> str | None:
        """The stored value of a cut-out piece; None when there is no answer in it."""
        if signs[0] in {LEFT_OUT, NOT_ASKED}:
            return None
        if self.form == SEVERAL:
            return " ".join(c for c, sign in zip(self.codes, signs, strict=True) if sign == "1")
        if self.form == RANKED:
            ranked = sorted((sign, c) for c, sign in zip(self.codes, signs, strict=True))
            return " ".join(code for sign, code in ranked if sign != SIGNS[0])
        return self.codes[SIGNS.index(signs)]


def _place_of(code: str, ranked: Sequence[str]) -> int:
    return ranked.index(code) + 1 if code in ranked else 0


def make_layout(content: Content) -> list[dict[str, Any]]:
    """The layout of a version, as it is stored with it."""
    places: list[dict[str, Any]] = []
    start = 0
    for question in content.asked.values():
        form = _FORMS.get(kind_of(question).render)
        if form is None:
            continue
        codes = [TICKED] if form == TICK else [option.code for option in question.options]
        width = len(codes) if form in {SEVERAL, RANKED} else 1
        places.append(
            {"key": question.key, "form": form, "start": start, "width": width, "codes": codes}
        )
        start += width
    return places


def read_layout(stored: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(
        Place(one["key"], one["form"], one["start"], one["width"], tuple(one["codes"]))
        for one in stored
    )


@dataclass(frozen=True)
class Packed:
    """What a response row holds of its closed answers; `numbers` also dates, by question key."""

    signs: str
    numbers: dict[str, Any]


def pack(places: Sequence[Place], content: Content, answers: Answers) -> Packed:
    """Pack the answers of one person."""
    visible = {question.key for question in content.visible_questions(answers.values)}
    signs = "".join(_piece(place, answers.closed.get(place.key), visible) for place in places)
    placed = {place.key for place in places}
    numbers = {key: value for key, value in answers.closed.items() if key not in placed}
    return Packed(signs, numbers)


def _piece(place: Place, stored: Stored | None, visible: set[str]) -> str:
    if stored is not None:
        return place.pack(stored)
    return (LEFT_OUT if place.key in visible else NOT_ASKED) * place.width


def unpack(places: Sequence[Place], signs: str, numbers: Mapping[str, Any]) -> dict[str, Stored]:
    """The closed answers by question key: the other way round."""
    found: dict[str, Stored] = dict(numbers)
    for place in places:
        stored = place.unpack(signs[place.start : place.start + place.width])
        if stored is not None:
            found[place.key] = stored
    return found
