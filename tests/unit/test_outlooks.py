"""What the gate says beforehand of each question and breakdown, and what readers are told."""

from dataclasses import replace

from participation.disclosure.rules.drafts import Decision
from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.outlook import Fate, Outlook, Why
from participation.disclosure.rules.tables import AskedIf, ShownTable, TableKind, Thresholds
from participation.foundation.i18n import use_locale
from participation.results.rules.outlooks import told
from participation.results.rules.silence import silence
from tests.factories.disclosure import table, totals_draft
from tests.unit.test_breakdowns import by, shown_of
from tests.unit.test_breakdowns import table as asked

LIMITS = Thresholds()
PLACES = [[40, 38], [30, 2], [9, 8]]


def ruled() -> Decision:
    place = asked(PLACES, TableKind.CHOICE, key="place")
    tables = (
        replace(place, title="Vart vände du dig?"),
        table(30, 20, key="whole"),
        table(8, 6, 4, key="scale", kind=TableKind.SCALE),
        table(30, 3, 10, key="cells"),
        table(3, key="few"),
        replace(table(10, 8, key="after"), asked_if=AskedIf(key="cells", codes=None)),
    )
    breakdowns = (
        by("municipality", PLACES, key="place"),
        by("unit", PLACES, key="place", subject="municipality"),
        by("gender", [[79, 48]], key="place"),
    )
    return decide(totals_draft(*tables, breakdowns=breakdowns), [], LIMITS)


def test_each_question_has_its_fate_and_why() -> None:
    outlook = ruled().outlook
    assert {one.key: (one.fate, one.why) for one in outlook.questions} == {
        "place": (Fate.SHOWN, ()),
        "whole": (Fate.SHOWN, ()),
        "scale": (Fate.PARTLY, (Why.STEPS, Why.CELLS)),
        "cells": (Fate.PARTLY, (Why.CELLS,)),
        "few": (Fate.HIDDEN, (Why.FEW,)),
        "after": (Fate.HIDDEN, (Why.FOLLOW_UP,)),
    }
    place, unit, gender = outlook.breakdowns
    fates = {one.key: one for one in place.questions}
    assert (fates["place"].fate, fates["place"].hidden, fates["place"].of) == (Fate.PARTLY, 2, 3)
    assert fates["whole"].why == (Why.BACKGROUND,)
    assert fates["few"].why == (Why.WHOLE,)
    assert (unit.why, gender.why) == ((Why.RIVAL,), (Why.ONE_GROUP,))


def test_an_outlook_is_read_back_as_it_was_kept_and_holds_no_count_of_people() -> None:
    outlook = ruled().outlook
    assert Outlook.from_json(outlook.as_json()) == outlook
    assert Outlook.from_json({}) is None
    assert "127" not in str(outlook.as_json())


def test_the_coordinator_reads_a_row_a_question_and_each_reason_once() -> None:
    with use_locale("en"):
        page = told(ruled().outlook, LIMITS.minimum)
    assert page.columns == ("Everybody", "Municipality")
    assert page.summary.startswith("Of 6 questions, 2 are shown whole, 2 in part, and 2 are hidden")
    rows = {title: [cell.text for cell in cells] for title, cells in page.rows}
    assert rows["Vart vände du dig?"] == ["Shown", "2 of 3 groups hidden"]
    assert sum("“Gender” is left out" in note for note in page.notes) == 1
    assert len(page.reasons) == len(set(page.reasons))
    assert any("fewer than 5 people answered" in reason for reason in page.reasons)


def test_readers_are_told_that_something_is_hidden_and_nothing_more() -> None:
    decision = ruled()
    tables = [ShownTable.from_json(one) for one in decision.payload["tables"]]
    (shown,) = shown_of(decision)
    with use_locale("en"):
        partly = silence(tables, None, 7).sentence
        assert partly.startswith("In 4 of 6 questions something is hidden: fewer than 7 gave")
        assert silence(tables[:2], None, 5).sentence == "Nothing had to be hidden here."
        grouped = silence(tables, shown, 5)
    assert grouped.sentence.startswith("5 questions are not shown by group")
    assert len(grouped.questions) == 5
    assert silence(tables[:1], shown, 5).sentence == ""
