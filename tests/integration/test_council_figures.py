"""The participation model's own indicators that the county and the council answer for."""

from collections.abc import Mapping

import pytest
import yaml
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.county.models import Perspective
from participation.county.queries import municipalities_that_adopted
from participation.foundation.clock import today
from participation.foundation.i18n import use_locale
from participation.foundation.paths import PACKAGE
from participation.indicators.models import Indicator
from participation.indicators.queries.indicators import whole_line
from participation.indicators.rules.indicator_file import COUNTERS
from participation.registry import FEATURES
from tests.factories.council import make_seated, make_term
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

COUNTY_FILES = PACKAGE / "county" / "files"


def test_municipalities_are_counted_from_the_year_they_adopted_the_model(
    session: Session, county: SmallCounty
) -> None:
    years = range(2017, 2020)
    assert municipalities_that_adopted(session, years) == {2017: 0, 2018: 1, 2019: 1}
    county.torsas.is_fictional = True
    session.flush()
    assert municipalities_that_adopted(session, years) == {2017: 0, 2018: 0, 2019: 0}


def test_every_indicator_that_counts_itself_has_one_counter(
    session: Session, engine: Engine, county: SmallCounty
) -> None:
    counters = FEATURES.collect("indicator_counters")
    keys = [counter.key for counter in counters]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(COUNTERS)
    years = range(2021, 2026)
    for counter in counters:
        with counted_queries(engine) as asked:
            counted = counter.counts(session, years)
        assert set(counted) == set(years)
        assert all(value is None or value >= 0 for value in counted.values())
        assert len(asked) == 1, counter.key


def test_the_shipped_county_file_names_every_counter_and_no_other() -> None:
    content = yaml.safe_load((COUNTY_FILES / "kalmar.yaml").read_text(encoding="utf-8"))
    named = [entry["counted"] for entry in content["indicators"] if "counted" in entry]
    assert len(named) == len(set(named))
    assert set(named) == {counter.key for counter in FEATURES.collect("indicator_counters")}


class Counted:
    """A counter that knows its numbers."""

    key = "young_people_in_forums"
    label = "Label"

    def __init__(self, numbers: Mapping[int, int | None], *, is_about_people: bool) -> None:
        self.numbers = numbers
        self.is_about_people = is_about_people

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return self.numbers


def make_indicator(session: Session) -> Indicator:
    indicator = Indicator(
        layer="test",
        key="unga",
        name="Unga som är med och beslutar",
        unit="st",
        source="Räknas av plattformen.",
        better="higher",
        period_kind="year",
        perspective_id=session.scalars(select(Perspective.id).order_by(Perspective.id)).first(),
        counter_key="young_people_in_forums",
        position=1,
    )
    session.add(indicator)
    session.commit()
    return indicator


@pytest.mark.parametrize(
    ("is_about_people", "values"),
    [(True, [None, 5.0, None, 0.0]), (False, [4.0, 5.0, 1.0, 0.0])],
)
def test_a_few_people_are_never_counted_out_in_public(
    session: Session, county: SmallCounty, is_about_people: bool, values: list[float | None]
) -> None:
    indicator = make_indicator(session)
    numbers = {2021: 0, 2022: 4, 2023: 5, 2024: 1, 2025: 0}
    counter = Counted(numbers, is_about_people=is_about_people)
    with use_locale("sv"):
        line = whole_line(session, [counter], 2025, indicator.public_id)
    (series,) = line.series
    assert [point.value for point in series.points] == values
    words = "2022: färre än 5 personer" if is_about_people else ""
    assert series.points[0].note == words


def test_the_pages_say_fewer_than_five_and_never_how_many(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    indicator = make_indicator(session)
    term = make_term(session)
    make_seated(session, term, number=1, birth_year=today().year - 20)
    session.commit()
    words = f"{today().year}: färre än 5 personer"
    assert words in client.page("/indicators")
    assert words in client.page(f"/indicators/{indicator.public_id}")
