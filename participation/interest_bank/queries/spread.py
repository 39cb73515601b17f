"""The bank beside the county's residents: by municipality, gender and age."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county.queries import BandTotal, municipalities, population_of_county
from participation.foundation.clock import today
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries.conditions import may_see_bank
from participation.interest_bank.rules import (
    GENDER_LABELS,
    IN_THE_BANK,
    Band,
    Gender,
    age_in,
    bands,
)


@dataclass(frozen=True)
class Spread:
    """The bank beside the county's residents: whose voice is missing."""

    by_municipality: Sequence[Band]
    by_gender: Sequence[Band]
    by_age: Sequence[Band]
    is_approximate: bool


def spread_of_bank(session: Session, actor: Actor) -> Spread:
    """The bank against the population by municipality, gender and age; small counts hidden.

    Age bands are those of the population table. Three queries.
    """
    rows = session.execute(
        select(
            BankMember.municipality_code,
            BankMember.is_protected,
            BankMember.gender,
            BankMember.birth_year,
            func.count(),
        )
        .where(may_see_bank(actor), BankMember.state.in_(IN_THE_BANK))
        .group_by(
            BankMember.municipality_code,
            BankMember.is_protected,
            BankMember.gender,
            BankMember.birth_year,
        )
    ).all()
    residents = population_of_county(session)
    living: Counter[str] = Counter()
    genders: Counter[str] = Counter()
    ages: Counter[int] = Counter()
    for code, is_protected, gender, birth_year, count in rows:
        if code is not None and not is_protected:
            living[code] += count
        genders[gender] += count
        if birth_year is not None:
            ages[age_in(today().year, birth_year)] += count
    return Spread(
        by_municipality=bands(
            (place.name_in(current_locale()), living[place.code], place.population)
            for place in municipalities(session)
        ),
        by_gender=bands(_gender_rows(genders, residents)),
        by_age=bands(_age_rows(ages, residents)),
        is_approximate=any(band.is_approximate for band in residents),
    )


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
        in_bank = sum(n for age, n in ages.items() if age >= low and (high is None or age <= high))
        label = (
            _("%(low)s and older", low=low)
            if high is None
            else _("%(low)s–%(high)s years", low=low, high=high)
        )
        yield label, in_bank, in_county
