"""Values of indicators as pages read them: no more than they show, and none of a few people."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participation.county.models import Perspective
from participation.foundation.bulk import insert_rows
from participation.foundation.i18n import use_locale
from participation.indicators.models import Indicator, Measurement
from participation.indicators.queries.indicators import indicator_lines, newest_lines, whole_line
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    with use_locale("sv"):
        yield


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


def test_a_list_shows_the_newest_value_of_everybody_first(
    session: Session, county: SmallCounty
) -> None:
    (one,) = make_indicators(session, 1)
    put(
        session,
        value_row(one, "2023", 1),
        value_row(one, "2024", 2),
        value_row(one, "2024", 3, sex="K"),
        value_row(one, "2025", 9, municipality_code="0880"),
        value_row(one, "2025", 8, reference_label="Riket"),
    )
    (line,) = newest_lines(session, (), 2025)
    assert [(s.sex, [p.value for p in s.points]) for s in line.series] == [("T", [2]), ("K", [3])]
    assert line.newest is not None
    assert line.newest.period == "2024"


def test_a_chart_of_the_county_has_what_it_is_compared_with_and_no_municipality(
    session: Session, county: SmallCounty
) -> None:
    (one,) = make_indicators(session, 1)
    put(
        session,
        value_row(one, "2023", 1),
        value_row(one, "2024", 2),
        value_row(one, "2024", 9, municipality_code="0880"),
        value_row(one, "2024", 8, reference_label="Riket"),
    )
    (line,) = indicator_lines(session, (), 2025)
    assert [(s.reference_label, len(s.points)) for s in line.series] == [("", 2), ("Riket", 1)]


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
def test_lists_ask_twice_however_many_indicators_there_are(
    session: Session, county: SmallCounty, engine: Engine, number: int
) -> None:
    made = make_indicators(session, number, county.group.id)
    put(session, *[value_row(one, str(year), year) for one in made for year in (2023, 2024)])
    with counted_queries(engine) as asked:
        assert len(indicator_lines(session, (), 2025, group_id=county.group.id)) == number
        assert len(newest_lines(session, (), 2025, group_id=county.group.id)) == number
        assert not newest_lines(session, (), 2025, group_id=county.other_group.id)
    assert len(asked) == 6
