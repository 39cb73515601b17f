"""The participation model's own indicators that the county and the council answer for."""

from sqlalchemy.orm import Session

from participation.county.queries import municipalities_that_adopted
from participation.registry import FEATURES
from tests.support.county import SmallCounty


def test_municipalities_are_counted_from_the_year_they_adopted_the_model(
    session: Session, county: SmallCounty
) -> None:
    assert municipalities_that_adopted(session, 2017) == 0
    assert municipalities_that_adopted(session, 2018) == 1
    county.torsas.is_fictional = True
    session.flush()
    assert municipalities_that_adopted(session, 2018) == 0


def test_every_indicator_that_counts_itself_has_one_counter(
    session: Session, county: SmallCounty
) -> None:
    counters = FEATURES.collect("indicator_counters")
    keys = [counter.key for counter in counters]
    assert len(keys) == len(set(keys))
    assert {
        "municipalities_that_adopted",
        "resident_seats_filled",
        "young_people_in_forums",
        "completed_audits",
    } <= set(keys)
    for counter in counters:
        value = counter.count(session, 2025)
        assert value is None or value >= 0
