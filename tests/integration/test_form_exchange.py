"""Forms from other programs on the pages: report, yes, no; and ranking without script."""

import io

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.tabular import xlsx_bytes
from participation.questionnaires.models import Questionnaire, QuestionnaireImport, Response
from participation.questionnaires.queries import round_totals, versions
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.writing import content_data
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.integration.test_questionnaires_answering import answer, begin, sending
from tests.support.client import CheckingClient


def received(session: Session) -> QuestionnaireImport:
    found = session.scalars(select(QuestionnaireImport)).one()
    session.commit()
    return found


def test_a_form_is_reported_on_confirmed_and_goes_out_the_same(
    as_coordinator: CheckingClient, session: Session
) -> None:
    content = read_content(questionnaire_data())
    sent = (io.BytesIO(write_xlsform(content, "stod")), "Stöd.xlsx")
    as_coordinator.submit("/questionnaires/import", {"file": sent})
    waiting = received(session)
    page = as_coordinator.page(f"/questionnaires/imports/{waiting.public_id}")
    assert "Formuläret går att läsa in" in page
    assert "Varifrån kommer stödet?" in page
    assert session.scalars(select(Questionnaire)).all() == []
    session.commit()
    as_coordinator.submit(f"/questionnaires/imports/{waiting.public_id}/confirm", {})
    made = session.scalars(select(Questionnaire)).one()
    assert versions(session, made.id)[0].content == content_data(content)
    assert session.scalars(select(QuestionnaireImport)).all() == []
    public_id = made.public_id
    session.commit()
    answer = as_coordinator.get(f"/questionnaires/{public_id}/xlsform")
    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")


def test_a_form_that_does_not_fit_is_stopped_with_its_row_and_nothing_comes_in(
    as_coordinator: CheckingClient, session: Session
) -> None:
    rows = [["text", "a", "Hej"], ["geopoint", "where", "Var?"]]
    sent = (io.BytesIO(xlsx_bytes([("survey", ["type", "name", "label"], rows)])), "x.xlsx")
    as_coordinator.submit("/questionnaires/import", {"file": sent})
    waiting = received(session)
    page = as_coordinator.page(f"/questionnaires/imports/{waiting.public_id}")
    assert "1 sak stoppar formuläret" in page
    assert "Blad survey, rad 3" in page
    assert as_coordinator.post(
        f"/questionnaires/imports/{waiting.public_id}/confirm"
    ).status_code in {400, 409}
    as_coordinator.submit(f"/questionnaires/imports/{waiting.public_id}/drop", {})
    assert session.scalars(select(QuestionnaireImport)).all() == []
    assert session.scalars(select(Questionnaire)).all() == []


ORDERED = {
    "key": "ordning",
    "title": {"sv": "Ordning"},
    "audience": ["patient"],
    "questions": [
        {
            "key": "first",
            "kind": "ranking",
            "text": {"sv": "Vad är viktigast?"},
            "options": [{"code": code, "text": {"sv": code.upper()}} for code in "abc"],
        },
        {"key": "day", "kind": "date", "text": {"sv": "Vilken dag?"}},
        {"key": "score", "kind": "range", "minimum": 0, "maximum": 10, "text": {"sv": "Hur bra?"}},
    ],
}


def test_ranking_date_and_range_are_answered_without_script(
    client: CheckingClient, session: Session
) -> None:
    make_round(session, ORDERED)
    session.commit()
    code = begin(client)
    first = client.get(f"/a/{code}/q/first").text
    assert first.count("<select") == 3
    assert "<h1>Vad är viktigast?</h1>" in first
    tied = answer(client, code, "first", **{"first-place_a": "1", "first-place_b": "1"})
    assert "samma plats" in tied.text
    answer(client, code, "first", **{"first-place_a": "2", "first-place_c": "1"})
    assert "31 februari" not in answer(client, code, "day", day="2026-02-31").text
    answer(client, code, "day", day="2026-02-28")
    answer(client, code, "score", score="7")
    assert "1. C; 2. A" in client.get(f"/a/{code}/review").text
    assert 'value="2" selected' in client.get(f"/a/{code}/q/first").text.replace(
        'selected value="2"', 'value="2" selected'
    )
    client.post(f"/a/{code}/send", data=sending(client, code))
    stored = session.scalars(select(Response)).one()
    assert (stored.answers, stored.numbers) == ("201", {"day": "2026-02-28", "score": 7})
    totals = {one.key: one for one in round_totals(session, stored.round_id).questions}
    assert [(o.code, o.count) for o in totals["first"].options] == [("a", 0), ("b", 0), ("c", 1)]
    assert [(o.code, o.count) for o in totals["score"].options] == [("7", 1)]
