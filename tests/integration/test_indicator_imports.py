"""Files with values on their way into the register: counted, written whole, and taken back."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from participation.foundation.errors import Conflict
from participation.foundation.permissions import Actor, Grant, Role
from participation.indicators.models import (
    Indicator,
    IndicatorImport,
    Measurement,
    MeasurementRevision,
)
from participation.indicators.queries.imports import import_to_work_on, report_of
from participation.indicators.queries.indicators import whole_line
from participation.indicators.services.importing import (
    confirm_import,
    drop_import,
    receive_file,
    undo_import,
)
from tests.conftest import make_account
from tests.integration.test_indicator_series import make_indicators
from tests.support.county import SmallCounty

FIRST = "Indikator;Kommun;År;Kön;Värde\nTal 1;Kalmar;2023;T;50\nTal 1;Torsås;2023;T;60\n"
REVISED = (
    "Indikator;Kommun;År;Värde\n"
    "Tal 1;Kalmar;2023;51,5\nTal 1;Torsås;2023;60\nTal 1;Torsås;2024;61\n"
)


@pytest.fixture
def one(session: Session, county: SmallCounty) -> Indicator:
    (found,) = make_indicators(session, 1)
    session.commit()
    return found


@pytest.fixture
def actor(session: Session, county: SmallCounty) -> Actor:
    account = make_account(session, "Ebba Demolund")
    session.commit()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def sent(session: Session, actor: Actor, text: str, **more: Any) -> IndicatorImport:
    taken = receive_file(session, actor, "tal.csv", text.encode(), **more)
    session.commit()
    return import_to_work_on(session, taken.public_id)


def taken_in(session: Session, actor: Actor, text: str, **more: Any) -> IndicatorImport:
    taken = sent(session, actor, text, **more)
    confirm_import(session, actor, taken)
    session.commit()
    return taken


def counts(taken: IndicatorImport) -> tuple[int, ...]:
    """New, changed, the same, rejected."""
    return taken.new_count, taken.changed_count, taken.same_count, taken.rejected_count


def current(session: Session) -> dict[tuple[str, str, str], float]:
    session.expire_all()
    rows = session.scalars(select(Measurement).where(Measurement.is_current))
    return {(r.municipality_code, r.period, r.sex): r.value for r in rows}


def test_a_dry_run_writes_nothing(session: Session, one: Indicator, actor: Actor) -> None:
    taken = sent(session, actor, FIRST)
    assert taken.state == "checked"
    assert counts(taken) == (2, 0, 0, 0)
    assert current(session) == {}


def test_values_are_written_whole_and_the_file_is_forgotten(
    session: Session, one: Indicator, actor: Actor
) -> None:
    taken = taken_in(session, actor, FIRST)
    assert current(session) == {("0880", "2023", "T"): 50, ("0834", "2023", "T"): 60}
    assert taken.state == "done"
    assert taken.content is None
    assert len(taken.digest) == 64


def test_a_revised_value_says_what_it_was_and_which_file_changed_it(
    session: Session, one: Indicator, actor: Actor
) -> None:
    taken_in(session, actor, FIRST)
    taken = sent(session, actor, REVISED)
    assert counts(taken) == (1, 1, 1, 0)
    (change,) = report_of(taken).changes
    assert (change.municipality_code, change.old, change.new) == ("0880", 50, 51.5)
    confirm_import(session, actor, taken)
    session.commit()
    (revision,) = session.scalars(select(MeasurementRevision))
    assert (revision.value, revision.import_id) == (50, taken.id)
    assert current(session)[("0880", "2023", "T")] == 51.5


def test_the_last_file_can_be_taken_back_and_the_history_says_so(
    session: Session, one: Indicator, actor: Actor
) -> None:
    first = taken_in(session, actor, FIRST)
    before = current(session)
    second = taken_in(session, actor, REVISED)
    with pytest.raises(Conflict):
        undo_import(session, actor, first)
    assert undo_import(session, actor, second) == 2
    session.commit()
    assert current(session) == before
    undone = session.scalars(
        select(MeasurementRevision.value)
        .where(MeasurementRevision.is_undoing)
        .order_by(MeasurementRevision.value)
    )
    assert list(undone) == [51.5, 61]
    assert undo_import(session, actor, first) == 2
    session.commit()
    assert current(session) == {}


def test_what_was_taken_back_can_be_taken_in_again(
    session: Session, one: Indicator, actor: Actor
) -> None:
    undo_import(session, actor, taken_in(session, actor, FIRST))
    again = sent(session, actor, FIRST)
    assert counts(again) == (2, 0, 0, 0)
    confirm_import(session, actor, again)
    session.commit()
    assert len(current(session)) == 2


def test_a_file_that_changes_nothing_is_not_taken_in(
    session: Session, one: Indicator, actor: Actor
) -> None:
    taken_in(session, actor, FIRST)
    same = sent(session, actor, FIRST)
    assert counts(same) == (0, 0, 2, 0)
    with pytest.raises(Conflict):
        confirm_import(session, actor, same)


def test_when_the_register_changed_meanwhile_the_yes_does_not_hold(
    session: Session, one: Indicator, actor: Actor
) -> None:
    waiting = sent(session, actor, FIRST)
    taken_in(session, actor, REVISED)
    confirm_import(session, actor, waiting)
    session.commit()
    assert waiting.state == "checked"
    assert report_of(waiting).is_stale
    assert current(session)[("0880", "2023", "T")] == 51.5


def test_a_file_given_up_is_gone(session: Session, one: Indicator, actor: Actor) -> None:
    taken = sent(session, actor, FIRST)
    drop_import(session, taken)
    session.commit()
    assert (taken.state, taken.content, taken.report) == ("dropped", None, None)
    with pytest.raises(Conflict):
        confirm_import(session, actor, taken)


def test_a_value_of_few_people_is_kept_and_never_shown(
    session: Session, one: Indicator, actor: Actor
) -> None:
    taken_in(
        session,
        actor,
        "Indikator;Kommun;År;Kön;Värde;Antal svar\n"
        "Tal 1;Kalmar;2023;T;50;23\nTal 1;Kalmar;2023;K;100;3\nTal 1;Kalmar;2023;M;42;20\n",
    )
    assert current(session)[("0880", "2023", "K")] == 100
    shown = {s.sex: s.points[0] for s in whole_line(session, (), 2025, one.public_id).series}
    assert {sex: point.value for sex, point in shown.items()} == {"T": 50, "K": None, "M": None}
    assert shown["K"].note == "2023: färre än 5 personer"
    assert shown["M"].note == "2023: visas inte, så att ingen enskild kan räknas fram"


def test_marks_and_remarks_the_file_does_not_mention_stay(
    session: Session, one: Indicator, actor: Actor
) -> None:
    taken_in(session, actor, "Indikator;År;Värde;Brott;Preliminär\nTal 1;2023;50;ja;ja\n")
    taken_in(session, actor, "Indikator;År;Värde;Preliminär\nTal 1;2023;50;nej\n")
    (row,) = session.scalars(select(Measurement))
    assert (row.has_break_before, row.is_preliminary) == (True, False)


def test_a_file_may_be_of_one_chosen_indicator(
    session: Session, one: Indicator, actor: Actor
) -> None:
    text = "Kommun;2023;2024\nKalmar;1;2\n"
    assert counts(sent(session, actor, text)) == (0, 0, 0, 2)
    assert counts(sent(session, actor, text, indicator_id=one.id)) == (2, 0, 0, 0)


def test_kolada_brings_its_definitions_along(
    session: Session, one: Indicator, actor: Actor
) -> None:
    text = (
        '{"kpi": [{"id": "N15419", "title": "Elever, andel (%)", "description": "Vad"}], "data": '
        '[{"kpi": "N15419", "municipality": "0880", "period": 2024, "values": '
        '[{"gender": "T", "value": 61.5, "status": "", "count": 1}]}]}'
    )
    taken = sent(session, actor, text)
    assert taken.defined_count == 1
    confirm_import(session, actor, taken)
    session.commit()
    made = session.scalars(select(Indicator).where(Indicator.outside_code == "N15419")).one()
    assert (made.unit, made.better, made.source) == ("procent", "none", "Kolada (RKA)")
    assert current(session) == {("0880", "2024", "T"): 61.5}


def test_shares_in_a_column_of_per_cent_are_pointed_out(
    session: Session, one: Indicator, actor: Actor
) -> None:
    taken = sent(session, actor, "Indikator;År;Värde\nTal 1;2023;0,61\nTal 1;2024;0,64\n")
    assert report_of(taken).shares == ["Tal 1"]


def test_a_file_that_is_no_table_says_why(session: Session, one: Indicator, actor: Actor) -> None:
    taken = receive_file(session, actor, "bild.png", b"\x89PNG\r\n")
    session.commit()
    found = session.scalars(
        select(IndicatorImport)
        .where(IndicatorImport.id == taken.id)
        .options(undefer(IndicatorImport.report))
    ).one()
    assert (found.state, report_of(found).unreadable) == ("unreadable", "wrong_type")
