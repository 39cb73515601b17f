"""A shared tablet: begins anew for each person and shows nobody another person's answers."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation import clock
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import Response, ResponseDraft
from participation.questionnaires.rules.rounds import LinkKind
from participation.questionnaires.services.links import make_open_links
from participation.questionnaires.views.answer import parts
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def tablet(session: Session, county: SmallCounty) -> str:
    survey_round = make_round(session)
    link = make_open_links(session, SYSTEM, survey_round, [None], LinkKind.KIOSK)[0]
    code = link.code
    session.commit()
    return code


def hidden(page: str) -> dict[str, str]:
    inputs = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    return {
        re.findall(r'name="(\w+)"', one)[0]: re.findall(r'value="([^"]*)"', one)[0]
        for one in inputs
    }


def begin(client: CheckingClient, tablet: str) -> str:
    """The address of the first question for somebody who begins."""
    start = client.page(f"/k/{tablet}")
    begun = client.post(f"/k/{tablet}/start", data=hidden(start))
    return str(begun.location)


def test_staff_open_the_tablet_with_its_code(client: CheckingClient, tablet: str) -> None:
    opened = client.get(f"/kiosk?code={tablet.upper()}")
    assert opened.location == f"/k/{tablet}"
    assert "Ingen läsplatta har den koden" in client.page("/kiosk?code=nosuch")


def test_pages_have_no_way_out_and_begin_anew_without_script(
    client: CheckingClient, tablet: str
) -> None:
    start = client.page(f"/k/{tablet}")
    assert f'<meta http-equiv="refresh" content="60;url=/k/{tablet}">' in start
    response = client.get(begin(client, tablet))
    page = response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert re.search(r'http-equiv="refresh" content="60;url=/a/\w+/still\?kiosk=', page)
    assert "Spara och fortsätt senare" not in page
    ways_out = [
        href
        for href in re.findall(r'<a [^>]*href="([^"#]+)"', page)
        if "kiosk=" not in href and not href.startswith((f"/k/{tablet}", "tel:"))
    ]
    assert ways_out == []


def test_whoever_writes_gets_more_time_and_is_asked_first(
    client: CheckingClient, tablet: str
) -> None:
    address = begin(client, tablet)
    writing = re.sub(r"/q/\w+", "/q/difference", address)
    assert 'content="300;' in client.page(writing)
    asking = client.page(re.sub(r"/q/\w+", "/still", address))
    assert "Är du kvar?" in asking
    assert f'content="30;url=/k/{tablet}"' in asking


def test_whoever_answered_nothing_can_go_back_to_the_first_question_or_leave(
    client: CheckingClient, tablet: str
) -> None:
    first = begin(client, tablet)
    empty = client.page(re.sub(r"/q/\w+", "/review", first))
    assert f'href="{first}"' in empty
    assert "Avsluta utan att skicka" in empty


def test_each_person_gets_a_new_code_and_sending_leads_back(
    client: CheckingClient, session: Session, tablet: str
) -> None:
    address = begin(client, tablet)
    assert begin(client, tablet) != address
    code = address.split("/")[2]
    form = {**hidden(client.page(address)), "q_role": "me"}
    client.post(address, data=form)
    review = client.page(f"/a/{code}/review?kiosk={tablet}")
    sent = client.post(f"/a/{code}/send?kiosk={tablet}", data=hidden(review))
    assert "Din kvittokod" in sent.text
    assert f'href="/k/{tablet}"' in sent.text
    assert len(session.scalars(select(Response.id)).all()) == 1
    session.commit()
    again = client.post(f"/a/{code}/send?kiosk={tablet}", data=hidden(review))
    assert "Din kvittokod" not in again.text  # perhaps the next person presses Back


def test_nobody_comes_back_to_what_somebody_left(
    client: CheckingClient, tablet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = begin(client, tablet)
    client.post(address, data={**hidden(client.page(address)), "q_role": "me"})
    later = clock.now() + timedelta(minutes=7)
    monkeypatch.setattr(parts, "now", lambda: later)
    left = client.get(address, follow_redirects=True)
    assert left.request.path == f"/k/{tablet}"
    assert "checked" not in left.text


def test_whoever_leaves_without_sending_leaves_nothing(
    client: CheckingClient, session: Session, tablet: str
) -> None:
    address = begin(client, tablet)
    code = address.split("/")[2]
    form = {"csrf_token": hidden(client.page(address))["csrf_token"]}
    left = client.post(f"/a/{code}/leave?kiosk={tablet}", data=form)
    assert left.location == f"/k/{tablet}"
    assert session.scalars(select(ResponseDraft.id)).all() == []


def test_a_coordinator_gives_a_tablet_a_code(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}"
    session.commit()
    as_coordinator.submit(f"{here}/tablet", {"unit": ""})
    assert "Ingen verksamhet" in as_coordinator.page(f"{here}/give-out")
