"""What the people of a pool have of each feature, beside the county's residents."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.county.models import Area, Municipality
from participation.county.queries import areas, municipalities, population
from participation.foundation.clock import today
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.interest_bank.models import BankMember, MemberExperience, MemberRole
from participation.interest_bank.rules import (
    GENDER_LABELS,
    IN_THE_BANK,
    SHORT_ROLE_LABELS,
    Gender,
    age_in,
)
from participation.selection.models import District, DrawPerson
from participation.selection.rules.features import (
    FEATURE_LABELS,
    GROUP_OF_NEED,
    HAS_DONE,
    NEED_GROUP_LABELS,
    UNKNOWN,
    AgeBand,
    FeatureKind,
    QuotaKey,
    band_of,
)

# A draw's age bands begin with the first that holds this age.
YOUNGEST = 13
# The population table knows women and men only.
SEX_OF_GENDER = {Gender.WOMAN: "K", Gender.MAN: "M"}


@dataclass(frozen=True)
class CountyParts:
    """What features sort people into, read once: places, parts of the county, areas, ages."""

    municipalities: Sequence[Municipality]
    districts: Sequence[District]
    areas: Sequence[Area]
    bands: tuple[AgeBand, ...]
    residents: Mapping[QuotaKey, float]  # shares of the county

    def district_of(self) -> dict[str, str]:
        return {code: d.key for d in self.districts for code in d.municipality_codes}

    def values(self) -> dict[str, list[tuple[str, str]]]:
        """The values of each feature with their words, in the order pages show them."""
        locale = current_locale()
        places = sorted((m.name_in(locale), m.code) for m in self.municipalities)
        return {
            FeatureKind.GENDER: [
                (Gender.WOMAN, str(GENDER_LABELS[Gender.WOMAN])),
                (Gender.MAN, str(GENDER_LABELS[Gender.MAN])),
                (Gender.OTHER, _("Other, or not told")),
            ],
            FeatureKind.AGE: [(band.key, age_words(band)) for band in self.bands],
            FeatureKind.DISTRICT: [(d.key, d.name_in(locale)) for d in self.districts],
            FeatureKind.MUNICIPALITY: [(code, name) for name, code in places],
            FeatureKind.ROLE: [(str(k), str(v)) for k, v in SHORT_ROLE_LABELS.items()],
            FeatureKind.AREA: [(a.key, a.name_in(locale)) for a in self.areas],
            FeatureKind.NEED: [(str(k), str(v)) for k, v in NEED_GROUP_LABELS.items()],
            FeatureKind.PRACTICE: [(HAS_DONE, _("Has done it before"))],
        }

    def words(self) -> dict[QuotaKey, str]:
        return {
            QuotaKey(feature, value): words
            for feature, values in self.values().items()
            for value, words in values
        }


def age_words(band: AgeBand) -> str:
    if band.high is None:
        return _("%(low)s and older", low=band.low)
    return _("%(low)s–%(high)s years", low=band.low, high=band.high)


def feature_label(feature: str) -> str:
    return str(FEATURE_LABELS[feature])


def county_parts(session: Session, features: Collection[str] = tuple(FeatureKind)) -> CountyParts:
    """What these features need: one query, and one for each of places, districts and areas.

    Age bands are the population table's, those of small children left out.
    """
    districts = _districts(session) if FeatureKind.DISTRICT in features else ()
    counts: Counter[tuple[str, str, int]] = Counter()
    bands: dict[int, int | None] = {}
    for row in population(session):
        if row.age_to is None or row.age_to >= YOUNGEST:
            counts[row.municipality_code, row.sex, row.age_from] += row.count
            bands[row.age_from] = row.age_to
    return CountyParts(
        municipalities=municipalities(session) if FeatureKind.MUNICIPALITY in features else (),
        districts=districts,
        areas=areas(session) if FeatureKind.AREA in features else (),
        bands=tuple(AgeBand(low, high) for low, high in sorted(bands.items())),
        residents=_shares(counts, bands, districts),
    )


def _districts(session: Session) -> Sequence[District]:
    statement = select(District).where(District.is_current)
    return session.scalars(statement.order_by(District.position, District.id)).all()


def _shares(
    counts: Counter[tuple[str, str, int]],
    bands: Mapping[int, int | None],
    districts: Sequence[District],
) -> dict[QuotaKey, float]:
    """Each value's share of the county's residents (of an age to be in the bank)."""
    found: Counter[QuotaKey] = Counter()
    district_of = {code: d.key for d in districts for code in d.municipality_codes}
    gender_of = {sex: gender for gender, sex in SEX_OF_GENDER.items()}
    for (code, sex, low), count in counts.items():
        found[QuotaKey(FeatureKind.MUNICIPALITY, code)] += count
        found[QuotaKey(FeatureKind.AGE, AgeBand(low, bands[low]).key)] += count
        if sex in gender_of:
            found[QuotaKey(FeatureKind.GENDER, gender_of[sex])] += count
        if code in district_of:
            found[QuotaKey(FeatureKind.DISTRICT, district_of[code])] += count
    everybody = sum(counts.values()) or 1
    return {key: count / everybody for key, count in found.items()}


def traits_of_pool(
    session: Session, draw_id: int, parts: CountyParts
) -> dict[int, dict[str, list[str]]]:
    """What everybody in a draw's pool has now, by member id; who left the bank is not there.

    Four queries. Protected people live nowhere that can be asked for.
    """
    in_pool = select(DrawPerson.member_id).where(DrawPerson.draw_id == draw_id)
    found = _traits(session, in_pool, parts)
    for member_id in session.scalars(in_pool.where(DrawPerson.has_done)):
        if member_id in found:
            found[member_id][FeatureKind.PRACTICE.value] = [HAS_DONE]
    return found


def knows_practice(session: Session, draw_id: int) -> bool:
    """Whether the owner of a draw said who of its pool has done this before."""
    statement = select(DrawPerson.id).where(DrawPerson.draw_id == draw_id, DrawPerson.has_done)
    return session.scalar(statement.limit(1)) is not None


def traits_of_members(
    session: Session, member_ids: Collection[int], parts: CountyParts
) -> dict[int, dict[str, list[str]]]:
    """As `traits_of_pool`, of these members."""
    chosen = select(BankMember.id).where(BankMember.id.in_(member_ids))
    return _traits(session, chosen, parts)


def traits_among(
    session: Session, ids: Select[int], parts: CountyParts
) -> dict[int, dict[str, list[str]]]:
    """As `traits_of_pool`, of everybody a statement selects, however many they are."""
    return _traits(session, ids, parts)


def _traits(
    session: Session, ids: Select[Any], parts: CountyParts
) -> dict[int, dict[str, list[str]]]:
    district_of, year = parts.district_of(), today().year
    roles, experiences = _several(session, ids)
    rows = session.execute(
        select(
            BankMember.id,
            BankMember.gender,
            BankMember.birth_year,
            BankMember.municipality_code,
            BankMember.is_protected,
            BankMember.needs,
        )
        .where(BankMember.id.in_(ids), BankMember.state.in_(IN_THE_BANK))
        .order_by(BankMember.id)
    )
    found = {}
    for member_id, gender, birth_year, code, is_protected, needs in rows:
        place = UNKNOWN if is_protected or code is None else code
        age = band_of(parts.bands, age_in(year, birth_year)) if birth_year else UNKNOWN
        found[member_id] = {
            FeatureKind.GENDER.value: [gender if gender in SEX_OF_GENDER else Gender.OTHER.value],
            FeatureKind.AGE.value: [age],
            FeatureKind.DISTRICT.value: [district_of.get(place, UNKNOWN)],
            FeatureKind.MUNICIPALITY.value: [place],
            FeatureKind.ROLE.value: sorted(roles[member_id]),
            FeatureKind.AREA.value: sorted(experiences[member_id]),
            FeatureKind.NEED.value: sorted(
                {str(GROUP_OF_NEED[n]) for n in needs if n in GROUP_OF_NEED}
            ),
            FeatureKind.PRACTICE.value: [],
        }
    return found


def _several(
    session: Session, ids: Select[Any]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    roles: dict[int, list[str]] = defaultdict(list)
    experiences: dict[int, list[str]] = defaultdict(list)
    for member_id, role in session.execute(
        select(MemberRole.member_id, MemberRole.role).where(MemberRole.member_id.in_(ids))
    ):
        roles[member_id].append(role)
    for member_id, key in session.execute(
        select(MemberExperience.member_id, Area.key)
        .join(Area, Area.id == MemberExperience.area_id)
        .where(MemberExperience.member_id.in_(ids))
    ):
        experiences[member_id].append(key)
    return roles, experiences


def counts_of(traits: Collection[Mapping[str, Sequence[str]]]) -> dict[str, dict[str, int]]:
    """How many have each value of each feature."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for one in traits:
        for feature, values in one.items():
            counted[feature].update(values)
    return {feature: dict(values) for feature, values in counted.items()}
