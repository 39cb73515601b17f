"""Values of indicators as pages read them: no more than they show, and none of a few people."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participation.county.models import Perspective
from participation.foundation.bulk import insert_rows
from participation.indicators.models import Indicator, Measurement
from participation.indicators.queries.indicators import lines_of, whole_line
from participation.indicators.rules.series import Spread
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries


def make_indicators(session: Session, number: int, group_id: int | None = None) -> list[Indicator]:
    """So many indicators, one after the other."""
    perspective = session.query(Perspective).order_by(Perspective.id).first()
    assert perspective is not None
    made = [
        Indicator(
            layer="test",
            key=f"tal-{position}",
            name=f"Tal {position}",
            group_id=group_id,
            perspective_id=perspective.id,
            unit="procent",
            better="higher",
            position=position,
        )
        for position in range(1, number + 1)
    ]
    session.add_all(made)
    session.flush()
    return made


def value_row(
    indicator: Indicator, period: str, value: float, **differing: object
) -> dict[str, object]:
    """A row of the table, for the whole county and everybody unless said otherwise."""
    row = {
        "indicator_id": indicator.id,
        "period": period,
        "municipality_code": "",
        "sex": "T",
        "age_band": "",
        "reference_label": "",
        "value": value,
        "count_behind": None,
        "is_preliminary": False,
        "has_break_before": False,
        "note": None,
        "layer": "test",
        "is_current": True,
    }
    return {**row, **differing}


def put(session: Session, *rows: dict[str, object]) -> None:
    insert_rows(session, Measurement, rows)
    session.commit()


def test_a_list_shows_the_newest_value_of_everybody_first_and_how_places_differ(
    session: Session, county: SmallCounty
) -> None:
    (one,) = make_indicators(session, 1)
    put(
        session,
        value_row(one, "2023", 1),
        value_row(one, "2024", 2),
        value_row(one, "2024", 3, sex="K"),
        value_row(one, "2025", 9, municipality_code="0880"),
        value_row(one, "2025", 7, municipality_code="0834"),
        value_row(one, "2024", 1, municipality_code="0834"),
        value_row(one, "2025", 5, municipality_code="0834", sex="K"),
        value_row(one, "2025", 8, reference_label="Riket"),
    )
    (line,) = lines_of(session, (), 2025, [one.id])
    county_wide = [s for s in line.series if not s.municipality_code]
    assert [(s.sex, [p.value for p in s.points]) for s in county_wide] == [("T", [2]), ("K", [3])]
    assert line.newest is not None
    assert line.newest.period == "2024"
    assert line.spread == Spread(low=7, high=9, places=2, period="2025")


def test_values_that_fewer_than_five_stand_behind_are_not_shown(
    session: Session, county: SmallCounty
) -> None:
    (one,) = make_indicators(session, 1)
    put(
        session,
        value_row(one, "2023", 50, count_behind=4),
        value_row(one, "2024", 60, count_behind=5),
    )
    points = whole_line(session, (), 2025, one.public_id).series[0].points
    assert [(p.value, p.count_behind) for p in points] == [(None, None), (60, 5)]
    assert points[0].note == "2023: färre än 5 personer"


@pytest.mark.parametrize("number", [2, 40])
def test_a_list_asks_twice_however_many_indicators_it_shows(
    session: Session, county: SmallCounty, engine: Engine, number: int
) -> None:
    made = make_indicators(session, number, county.group.id)
    put(session, *[value_row(one, str(year), year) for one in made for year in (2023, 2024)])
    ids = [one.id for one in made]
    session.commit()
    with counted_queries(engine) as asked:
        assert len(lines_of(session, (), 2025, ids)) == number
    assert len(asked) == 2
