"""A plan out of a document through HTTP: read, looked at, made a draft of."""

import io
from collections.abc import Callable

import docx
import html5lib
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.plans.models import PlanDraft, PlanDraftLine
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

HERE = "/plans/drafts/read"
PLAN = """Handlingsplan Psykisk hälsa 2027–2028
Målgrupp: Vuxna i länet
Förbättringsområden
1. En väg in
Syfte: Många vet inte vart de ska vända sig.
Mål:
- Alla hittar rätt vid
- första samtalet
Aktiviteter:
- Kartlägga vägarna in
Vi är inte överens om ordningen.
"""


def typed_in(html: str) -> dict[str, str]:
    """What the form of the page would send as it stands."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    form = page.find(".//form[@action='/plans/drafts/read/lines']")
    assert form is not None
    sent = {}
    for field in form.iter("input"):
        if field.get("type") != "radio" or field.get("checked") is not None:
            sent[str(field.get("name"))] = str(field.get("value") or "")
    for field in form.iter("select"):
        chosen = [one for one in field.iter("option") if one.get("selected") is not None]
        sent[str(field.get("name"))] = str(chosen[0].get("value")) if chosen else ""
    return sent


def read(client: CheckingClient, text: str = PLAN) -> dict[str, str]:
    sent = client.submit(HERE, {"text": text})
    assert sent.status_code == 200
    return typed_in(sent.text)


def press(client: CheckingClient, typed: dict[str, str], way: str) -> str:
    sent = client.submit(f"{HERE}/lines", {**typed, "way": way})
    assert sent.status_code == 200
    return sent.text


def test_what_is_pasted_is_shown_line_by_line_and_nothing_is_kept(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    page = as_coordinator.submit(HERE, {"text": PLAN}).text
    typed = typed_in(page)
    assert typed["title"] == "Handlingsplan Psykisk hälsa 2027–2028"
    assert (typed["period_from"], typed["period_to"]) == ("2027", "2028")
    assert typed["group"] == county.group.public_id
    assert typed["form_of_plan"] == "areas"
    assert [typed[f"kinds-{place}"] for place in range(8)] == [
        "title",
        "target_group",
        "improvement_area",
        "purpose",
        "goal",
        "goal",
        "plan_action",
        "plan_action",
    ]
    assert "Vi gissar. Stämmer det?" in page
    assert "rad 11" in page
    assert session.scalar(select(func.count()).select_from(PlanDraft)) == 0


def test_what_a_person_chose_becomes_a_draft(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    typed = read(as_coordinator)
    typed |= {"kinds-5": "joined", "kinds-7": "left_out", "title": "Vår plan"}
    sent = as_coordinator.submit(f"{HERE}/lines", {**typed, "way": "draft"})
    draft = session.scalars(select(PlanDraft)).one()
    assert sent.location.endswith(f"/plans/drafts/{draft.public_id}")
    assert (draft.title, draft.group_id, draft.form) == ("Vår plan", county.group.id, "areas")
    assert (draft.period_from, draft.period_to) == (2027, 2028)
    assert draft.target_group == "Vuxna i länet"
    lines = session.scalars(select(PlanDraftLine).order_by(PlanDraftLine.position)).all()
    assert [(line.kind, line.text, line.purpose) for line in lines] == [
        ("improvement_area", "En väg in", "Många vet inte vart de ska vända sig."),
        ("goal", "Alla hittar rätt vid första samtalet", None),
        ("plan_action", "Kartlägga vägarna in", None),
    ]
    assert {line.parent_id for line in lines[1:]} == {lines[0].id}


def test_showing_it_again_keeps_every_choice_and_joins_lines(
    county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    typed = read(as_coordinator) | {"kinds-5": "joined", "kinds-6": "goal", "title": "Vår plan"}
    page = press(as_coordinator, typed, "show")
    assert "Alla hittar rätt vid första samtalet" in page
    again = typed_in(page)
    assert again["title"] == "Vår plan"
    assert [again[f"kinds-{place}"] for place in (4, 5, 6)] == ["goal", "goal", "plan_action"]
    assert "kinds-7" not in again


def test_a_line_that_cannot_stand_there_says_so_at_the_line_and_nothing_is_lost(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    typed = read(as_coordinator) | {"kinds-2": "plan_action", "title": "Vår plan"}
    page = press(as_coordinator, typed, "draft")
    assert "Ovanför finns inget som raden kan stå under." in page
    again = typed_in(page)
    assert again["title"] == "Vår plan"
    assert again["kinds-2"] == "plan_action"
    assert session.scalar(select(func.count()).select_from(PlanDraft)) == 0


def test_what_is_missing_is_said_at_its_field(
    county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    typed = read(as_coordinator) | {"group": "", "period_to": "2026", "kinds-7": "goal"}
    page = press(as_coordinator, typed, "draft")
    assert "Välj gruppen." in page
    assert "Sista året ligger före det första." in page
    assert typed_in(page)["kinds-7"] == "goal"
    assert typed_in(page)["period_to"] == "2026"


def test_a_plan_read_in_the_wrong_form_can_be_read_in_the_other(
    county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    typed = read(as_coordinator) | {"form_of_plan": "goals"}
    again = typed_in(press(as_coordinator, typed, "show"))
    assert again["form_of_plan"] == "goals"
    assert [again[f"kinds-{place}"] for place in (2, 3, 4)] == [
        "focus_area",
        "left_out",
        "long_term_goal",
    ]


def _word() -> bytes:
    document, kept_in = docx.Document(), io.BytesIO()
    document.add_heading("Handlingsplan Äldre 2026", 0)
    document.add_heading("Trygg hemgång", 1)
    document.save(kept_in)
    return kept_in.getvalue()


def test_a_word_document_is_read(county: SmallCounty, as_coordinator: CheckingClient) -> None:
    sent = as_coordinator.submit(HERE, {"file": (io.BytesIO(_word()), "plan.docx")})
    typed = typed_in(sent.text)
    assert typed["title"] == "Handlingsplan Äldre 2026"
    assert typed["kinds-1"] == "improvement_area"


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "old word": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "Spara den som .docx."),
    "pdf": (lambda: b"%PDF-1.7 plan", "varken ett Word-dokument eller en textfil"),
    "empty": (lambda: b"  \n", "Det finns inga ord i den"),
    "too big": (lambda: b"a" * 9_000, "för stor"),
    "too many lines": (lambda: b"rad\n" * 900, "fler rader än en plan"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_plan_is_refused_at_its_field(
    name: str,
    county: SmallCounty,
    as_coordinator: CheckingClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content, message = REFUSED[name]
    monkeypatch.setattr("participation.plans.forms.MOST_DOCUMENT_BYTES", 8_000)
    sent = as_coordinator.submit(HERE, {"file": (io.BytesIO(content()), "plan.doc")})
    assert 'id="file-error"' in sent.text
    assert message in sent.text


def test_nothing_sent_is_said_at_the_field(
    county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    assert "Klistra in planen eller välj en fil." in as_coordinator.submit(HERE, {}).text


@pytest.mark.parametrize("carried", ["", "[]", "{", '["areas",[[[1],"x","y","",""]],[]]'])
def test_a_page_that_was_tampered_with_is_refused(
    carried: str, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    typed = read(as_coordinator) | {"carried": carried}
    assert as_coordinator.submit(f"{HERE}/lines", typed).status_code == 400


def test_fewer_choices_than_lines_are_refused(
    county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    typed = read(as_coordinator)
    del typed["kinds-7"]
    assert as_coordinator.submit(f"{HERE}/lines", typed).status_code == 400
