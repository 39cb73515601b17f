"""Who is in the bank, was invited, took part and sits in the council, beside the county."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county.queries import BandTotal, municipalities, population_of_county
from participation.foundation.clock import today
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.providers import RepresentationCounter
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries.conditions import may_see_bank
from participation.interest_bank.rules import GENDER_LABELS, IN_THE_BANK, Gender, age_in
from participation.interest_bank.rules.representation import Compared, compared

Counted = list[tuple[str, int, int]]  # label, people, residents


@dataclass(frozen=True)
class StepOfTheWay:
    """One step from joining to sitting at the table: its name and how many people."""

    label: str
    people: int


@dataclass(frozen=True)
class Representation:
    """The whole dashboard."""

    steps: Sequence[StepOfTheWay]
    by_municipality: Compared
    by_gender: Compared
    by_age: Compared
    is_approximate: bool


@dataclass(frozen=True)
class _People:
    """How many people one step has, grouped each way."""

    total: int
    places: Counter[str]
    genders: Counter[str]
    ages: Counter[int]


def representation(
    session: Session, actor: Actor, counters: Sequence[RepresentationCounter]
) -> Representation:
    """Every step beside the county's population. One query per step, and two for the county.

    Floors above say who was invited, took part or sits in the council; people who have left the
    bank are counted nowhere, since nothing is known about them any more.
    """
    people = [_people(session, actor, None)]
    people += [_people(session, actor, counter.members()) for counter in counters]
    residents = population_of_county(session)
    towns = [(t.code, t.name_in(current_locale()), t.population) for t in municipalities(session)]
    labels = [_("In the bank"), *(_(counter.label) for counter in counters)]
    return Representation(
        steps=[StepOfTheWay(name, one.total) for name, one in zip(labels, people, strict=True)],
        by_municipality=compared(
            "municipality",
            [[(name, p.places[code], size) for code, name, size in towns] for p in people],
        ),
        by_gender=compared("gender", [list(_gender_rows(p.genders, residents)) for p in people]),
        by_age=compared("age", [list(_age_rows(p.ages, residents)) for p in people]),
        is_approximate=any(band.is_approximate for band in residents),
    )


def _people(session: Session, actor: Actor, ids: Any) -> _People:
    member = BankMember
    keys = (member.municipality_code, member.is_protected, member.gender, member.birth_year)
    statement = select(*keys, func.count()).where(
        may_see_bank(actor), member.state.in_(IN_THE_BANK)
    )
    if ids is not None:
        statement = statement.where(member.id.in_(ids))
    found = _People(0, Counter(), Counter(), Counter())
    total = 0
    for code, is_protected, gender, birth_year, count in session.execute(statement.group_by(*keys)):
        total += count
        if code is not None and not is_protected:
            found.places[code] += count
        found.genders[gender] += count
        if birth_year is not None:
            found.ages[age_in(today().year, birth_year)] += count
    return _People(total, found.places, found.genders, found.ages)


def _gender_rows(
    genders: Counter[str], residents: Sequence[BandTotal]
) -> Iterator[tuple[str, int, int]]:
    """The population table knows women and men only; others are counted by the bank alone."""
    for gender, sex in ((Gender.WOMAN, "K"), (Gender.MAN, "M")):
        of_sex = sum(band.count for band in residents if band.sex == sex)
        yield str(GENDER_LABELS[gender]), genders[gender], of_sex
    others = genders[Gender.OTHER] + genders[Gender.UNDISCLOSED]
    yield _("Other, or not told"), others, 0


def _age_rows(ages: Counter[int], residents: Sequence[BandTotal]) -> Iterator[tuple[str, int, int]]:
    counted: dict[tuple[int, int | None], int] = defaultdict(int)
    for band in residents:
        counted[band.age_from, band.age_to] += band.count
    for (low, high), in_county in sorted(counted.items(), key=lambda item: item[0][0]):
        people = sum(n for age, n in ages.items() if age >= low and (high is None or age <= high))
        label = (
            _("%(low)s and older", low=low)
            if high is None
            else _("%(low)s–%(high)s years", low=low, high=high)
        )
        yield label, people, in_county
