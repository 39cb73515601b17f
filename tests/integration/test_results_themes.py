"""How many wrote about each theme of a round: published, read, taken along, withdrawn."""

import re
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from participation.accounts.models import Account
from participation.coding.models import CodingRound, Material, MaterialText
from participation.coding.services import apply_code
from participation.disclosure.queries import breakdown_names
from participation.foundation.permissions import SYSTEM
from participation.foundation.tabular import read_table
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.grouping import Attribute
from participation.questionnaires.services import close_round
from participation.questionnaires.services.storing import NewResponse, store_responses
from participation.results.queries.themes import themes_of_round
from participation.results.services import publish_round
from participation.results.services.rounds import show_round
from tests.factories.coding import (
    code_of,
    lay_aside,
    make_codebook,
    make_material,
    make_reviewed_material,
)
from tests.factories.coding import texts_of as texts_in
from tests.factories.questionnaires import make_round
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
    publish_round(session, SYSTEM, found.id, attributes=[Attribute.ROLE])
    session.commit()
    return found


def publish(client: CheckingClient, here: str, *attributes: str) -> TestResponse:
    """As somebody does who looks first: with what the page says that was looked at."""
    page = client.page(f"{here}?{urlencode([('attributes', one) for one in attributes])}")
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    return client.submit(here, {"attributes": list(attributes), "seen": seen[1]})


def coded(session: Session, material: Material) -> None:
    for place, text in enumerate(texts_in(session, material)):
        text.respondent_role = "patient" if place < 20 else "next_of_kin"
        if place % 2:
            apply_code(session, SYSTEM, text, code_of(session, 1), start=0, end=4)
        else:
            lay_aside(session, text)
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
    assert themes_of_round(session, survey_round.public_id) is None
    session.commit()
    published = publish(as_coordinator, here, "role")
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
    public = publish(as_coordinator, here).location
    assert "Dra tillbaka" in as_coordinator.page(here)
    as_coordinator.submit(f"{here}/withdraw", {"reason": "Ett tema var fel kodat."})
    client.page(public, status=410)
    as_coordinator.page(f"{here}/withdraw", status=404)
    again = publish(as_coordinator, here).location
    assert "Sammanhang" in client.page(again)


def test_themes_of_texts_that_nobody_has_read_are_not_counted(
    session: Session, survey_round: SurveyRound, as_coordinator: CheckingClient
) -> None:
    make_material(
        session, ["Oläst."], source_public_id=survey_round.public_id, question_key="other"
    )
    session.commit()
    here = f"/results/rounds/{survey_round.public_id}/themes"
    page = as_coordinator.page(here)
    assert "läsas igenom" in page
    assert re.search(r'href="/coding/materials/\w+/review"', page)
    assert as_coordinator.submit(here, {}).status_code == 409


def test_no_themes_are_published_while_texts_wait_to_be_coded(
    session: Session, survey_round: SurveyRound, as_coordinator: CheckingClient
) -> None:
    waiting = make_reviewed_material(
        session,
        ["Läst, inte kodad.", "Den här också."],
        source_public_id=survey_round.public_id,
        question_key="other",
    )
    session.commit()
    here = f"/results/rounds/{survey_round.public_id}/themes"
    page = as_coordinator.page(here)
    assert "2 texter att koda" in page
    assert f"/coding/materials/{waiting.public_id}?state=uncoded" in page
    assert as_coordinator.submit(here, {}).status_code == 409
    assert themes_of_round(session, survey_round.public_id) is None
    lay_aside(session, *texts_in(session, waiting))
    session.commit()
    assert "Publicera temana" in as_coordinator.page(here)


def test_a_round_without_codes_says_so(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    found = make_closed_round(session)
    publish_round(session, SYSTEM, found.id)
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
    assert "40 personer skrev" in client.page(publish(as_coordinator, here).location)


def test_the_rounds_own_numbers_come_first(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    found = make_closed_round(session)
    session.commit()
    here = f"/results/rounds/{found.public_id}/themes"
    page = as_coordinator.page(here)
    assert "Publicera svaren först" in page
    assert f'href="/results/rounds/{found.public_id}"' in page
    assert as_coordinator.submit(here, {"seen": "x"}).status_code == 409


def test_what_is_published_is_what_was_looked_at(
    session: Session, survey_round: SurveyRound, as_coordinator: CheckingClient
) -> None:
    here = f"/results/rounds/{survey_round.public_id}/themes"
    page = as_coordinator.page(f"{here}?attributes=role")
    seen = re.findall(r'name="seen" value="(\w+)"', page)
    text = session.scalars(select(MaterialText).order_by(MaterialText.id)).all()[10]
    apply_code(session, SYSTEM, text, code_of(session, 1), start=0, end=4)
    session.commit()
    answer = as_coordinator.submit(here, {"attributes": ["role"], "seen": seen[0]})
    assert answer.location == f"{here}?attributes=role"
    assert "talen har ändrats" in as_coordinator.page(answer.location)
    assert themes_of_round(session, survey_round.public_id) is None
    session.commit()
    assert as_coordinator.submit(here, {}).location == here
    assert "/themes/" in publish(as_coordinator, here, "role").location


def double_coded(session: Session, material: Material, *, alpha: float, theme: int) -> None:
    coders = [session.get_one(Account, one) for one in session.scalars(select(Account.id))]
    figure = {"of": "theme", "id": theme, "alpha": alpha, "texts": 30, "coded": [12, 13]}
    session.add(
        CodingRound(
            material_id=material.id,
            first_account_id=coders[0].id,
            second_account_id=coders[-1].id,
            seed=1,
            state="settled",
            figures=[figure],
        )
    )


def test_how_alike_two_coded_is_a_word_of_shown_themes_in_these_texts(
    session: Session,
    survey_round: SurveyRound,
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    material = session.scalars(select(Material)).one()
    other = make_reviewed_material(session, ["Annat."], source_public_id="annanrunda12")
    shown, hidden = (code_of(session, number).theme_id for number in (1, 12))
    double_coded(session, material, alpha=0.91, theme=shown)
    double_coded(session, material, alpha=0.71, theme=hidden)
    double_coded(session, other, alpha=0.11, theme=shown)
    session.commit()
    here = f"/results/rounds/{survey_round.public_id}/themes"
    assert "Godtagbar</td>" not in as_coordinator.page(here)
    session.commit()
    public = publish(as_coordinator, here).location
    page = client.page(public)
    assert ">Hög<" in page
    assert ">Godtagbar<" not in page
    assert "0,91" not in page
    release = themes_of_round(session, survey_round.public_id)
    assert release is not None
    assert list(release.payload["agreement"].values()) == ["high"]
    for form in ("csv", "xlsx"):
        rows = read_table(client.get(f"{public}/themes.{form}").data).lines
        assert not [one for one in rows if {"Hög", "Godtagbar", "fair"} & set(one.cells.values())]


def a_round_by_role(session: Session, *, patients_wrote: int, kin_wrote: int) -> SurveyRound:
    """Thirty patients and thirty next of kin answered; some of them wrote."""
    made = make_round(session)
    store_responses(
        session,
        made,
        [
            NewResponse(
                answers={
                    "role": "me" if place % 2 else "kin",
                    "respect": "often" if place % 4 < 2 else "seldom",
                },
                texts={},
            )
            for place in range(60)
        ],
    )
    close_round(session, made, SYSTEM)
    make_codebook(session)
    wrote = patients_wrote + kin_wrote
    material = make_reviewed_material(
        session, [f"Text {number}." for number in range(wrote)], source_public_id=made.public_id
    )
    for place, text in enumerate(texts_in(session, material)):
        text.respondent_role = "patient" if place < patients_wrote else "next_of_kin"
        if place % 2:
            apply_code(session, SYSTEM, text, code_of(session, 1), start=0, end=4)
        else:
            lay_aside(session, text)
    return made


@pytest.mark.parametrize(("kin_wrote", "is_shown"), [(28, False), (20, True)])
def test_how_few_of_a_group_did_not_write_is_not_told_by_themes_or_round(
    session: Session,
    county: SmallCounty,
    as_coordinator: CheckingClient,
    kin_wrote: int,
    is_shown: bool,
) -> None:
    made = a_round_by_role(session, patients_wrote=20, kin_wrote=kin_wrote)
    by_role = publish_round(session, SYSTEM, made.id, attributes=[Attribute.ROLE])
    session.commit()
    here = f"/results/rounds/{made.public_id}/themes"
    page = as_coordinator.page(f"{here}?attributes=role")
    assert ("hur få i en grupp som inte skrev" not in page) is is_shown
    publish(as_coordinator, here, "role")
    told = themes_of_round(session, made.public_id)
    assert told is not None
    assert breakdown_names(by_role) == ["role"]
    assert (breakdown_names(told) == ["role"]) is is_shown


def test_themes_are_not_told_by_role_once_the_question_of_roles_is_published(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    made = a_round_by_role(session, patients_wrote=20, kin_wrote=28)
    first = publish_round(session, SYSTEM, made.id)
    session.commit()
    assert "role" in {table["key"] for table in first.payload["tables"]}
    here = f"/results/rounds/{made.public_id}/themes"
    publish(as_coordinator, here, "role")
    told = themes_of_round(session, made.public_id)
    assert told is not None
    assert breakdown_names(told) == []


def test_figures_that_were_seen_before_the_round_was_published_count_too(
    session: Session, county: SmallCounty, as_coordinator: CheckingClient
) -> None:
    made = a_round_by_role(session, patients_wrote=20, kin_wrote=28)
    show_round(session, SYSTEM, made.id, attributes=[Attribute.ROLE])
    assert breakdown_names(publish_round(session, SYSTEM, made.id)) == []
    session.commit()
    publish(as_coordinator, f"/results/rounds/{made.public_id}/themes", "role")
    told = themes_of_round(session, made.public_id)
    assert told is not None
    assert breakdown_names(told) == []
