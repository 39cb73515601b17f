"""How many wrote about each theme of a round: published, read, taken along, withdrawn."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import Material, MaterialText
from participation.coding.services import apply_code
from participation.disclosure.models import Release
from participation.foundation.permissions import SYSTEM
from participation.foundation.tabular import read_table
from participation.questionnaires.models import SurveyRound
from tests.factories.coding import code_of, make_codebook, make_material, make_reviewed_material
from tests.factories.coding import texts_of as texts_in
from tests.factories.results import make_closed_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def survey_round(session: Session, county: SmallCounty) -> SurveyRound:
    """Sixty answered and forty of them wrote: the first twenty of them are patients."""
    found = make_closed_round(session, often=30, seldom=30)
    make_codebook(session)
    material = make_reviewed_material(
        session, [f"Text {number}." for number in range(40)], source_public_id=found.public_id
    )
    coded(session, material)
    session.commit()
    return found


def coded(session: Session, material: Material) -> None:
    for place, text in enumerate(texts_in(session, material)):
        text.respondent_role = "patient" if place < 20 else "next_of_kin"
        if place % 2:
            apply_code(session, SYSTEM, text, code_of(session, 1), start=0, end=4)
        if place in {3, 5, 7}:
            apply_code(session, SYSTEM, text, code_of(session, 12), start=0, end=4)


def test_themes_are_published_by_role_read_and_taken_along(
    session: Session,
    survey_round: SurveyRound,
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    here = f"/results/rounds/{survey_round.public_id}/themes"
    seen = as_coordinator.page(f"{here}?attributes=role")
    assert "Sammanhang" in seen
    assert "Närstående" in seen
    assert session.scalar(select(Release.id)) is None
    session.commit()
    published = as_coordinator.submit(here, {"attributes": ["role"]})
    page = client.page(published.location)
    assert "Sammanhang" in page
    assert "50 %" in page
    by_role = client.page(f"{published.location}?by=role")
    assert "Patient" in by_role
    client.page(f"{published.location}?by=unit", status=404)
    lines = read_table(client.get(f"{published.location}/themes.csv").data).lines
    told = {(r["Grupp"], r["Svar"]): r["Antal"] for r in (line.cells for line in lines)}
    assert told["Alla", "Sammanhang"] == "20"
    assert told["Patient", "Sammanhang"] == "10"
    assert told["Alla", "Praktiskt"] == ""  # three people
    assert read_table(client.get(f"{published.location}/themes.xlsx").data).headings[0] == "Fråga"
    assert as_coordinator.submit(here, {}).status_code == 409


def test_withdrawn_themes_are_gone_and_can_be_published_anew(
    session: Session,
    survey_round: SurveyRound,
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    here = f"/results/rounds/{survey_round.public_id}/themes"
    public = as_coordinator.submit(here, {}).location
    assert "Dra tillbaka" in as_coordinator.page(here)
    as_coordinator.submit(f"{here}/withdraw", {"reason": "Ett tema var fel kodat."})
    client.page(public, status=404)
    as_coordinator.page(f"{here}/withdraw", status=404)
    again = as_coordinator.submit(here, {}).location
    assert "Sammanhang" in client.page(again)


def test_themes_of_texts_that_nobody_has_read_are_not_counted(
    session: Session, survey_round: SurveyRound, as_coordinator: CheckingClient
) -> None:
    make_material(
        session, ["Oläst."], source_public_id=survey_round.public_id, question_key="other"
    )
    session.commit()
    here = f"/results/rounds/{survey_round.public_id}/themes"
    assert "läsas igenom" in as_coordinator.page(here)
    assert as_coordinator.submit(here, {}).status_code == 409


def test_a_round_without_codes_says_so(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    found = make_closed_round(session)
    session.commit()
    page = as_coordinator.page(f"/results/rounds/{found.public_id}/themes")
    assert "Ingen har satt koder" in page


def test_a_voice_with_two_texts_is_one_voice(
    session: Session,
    survey_round: SurveyRound,
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    more = make_reviewed_material(
        session,
        [f"Mer {number}." for number in range(40)],
        source_public_id=survey_round.public_id,
        question_key="other",
    )
    coded(session, more)
    assert "voice-0" in session.scalars(select(MaterialText.source_ref)).all()
    session.commit()
    here = f"/results/rounds/{survey_round.public_id}/themes"
    assert "40 personer skrev" in client.page(as_coordinator.submit(here, {}).location)
