"""The own page is a hub: what was asked, what was agreed, who looked, how to take it along."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.permissions import Actor
from participation.interest_bank.models import Consent
from participation.interest_bank.services import change_profile
from tests.conftest import SignIn
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.interest_bank import make_member, make_profile
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def tuva(session: Session, county: SmallCounty, sign_in: SignIn) -> CheckingClient:
    member = make_member(session, name="Tuva Exempelsson", assignments=["audit"])
    activity = make_activity(session, county.region, state="open")
    make_invitation(session, make_round(session, activity), member)
    session.commit()
    return sign_in(None, name="Tuva Exempelsson")


def test_the_hub_leads_to_everything(tuva: CheckingClient) -> None:
    page = tuva.page("/membership")
    assert "Hem från avdelningen" in page
    assert "Väntar på ditt svar" in page
    for address in (
        "/membership/agreed",
        "/membership/pause",
        "/membership/leave",
        "/me",
        "/me#events",
        "/me/settings",
        "/me/erase",
        "/start#trail",
    ):
        assert f'href="{address}"' in page, address
    assert "brukarrevision" in page


def test_a_new_name_holds_everywhere(tuva: CheckingClient) -> None:
    tuva.submit("/me/name", {"name": "Tova"})
    assert "Tova" in tuva.page("/membership")
    tuva.submit("/me/name", {"name": "se www.spam.example"})
    assert "www.spam" not in tuva.page("/membership").partition("<main")[2]


def test_erasing_is_two_clicks_away_and_asks_first(tuva: CheckingClient) -> None:
    page = tuva.page("/me/erase")
    assert 'action="/me/erase"' in page
    assert "Ja, radera mina uppgifter" in page


def test_everything_is_taken_along_to_read_and_as_data(tuva: CheckingClient) -> None:
    text = tuva.get("/me/data.txt")
    assert text.headers["Content-Disposition"].startswith("attachment")
    told = text.get_data(as_text=True)
    assert "Intressebank\n============\n" in told
    assert "Namn: Tuva Exempelsson" in told
    assert "Hem från avdelningen" in told
    data = tuva.get("/me/data.json").get_json()
    bank = next(part["content"] for part in data["data"] if part["title"] == "Intressebank")
    assert bank["assignments"] == ["audit"]


def test_consents_keep_their_history_in_their_own_words(
    session: Session, county: SmallCounty, sign_in: SignIn
) -> None:
    member = make_member(session, name="Tuva Exempelsson")
    session.add(
        Consent(
            member_id=member.id,
            purpose="membership",
            notice_version="2026-11",
            notice_kind="easy",
            locale="en",
        )
    )
    herself = Actor(account_id=member.account_id)
    told = make_profile(area_ids=(county.area.id,))
    change_profile(session, herself, member, told)
    change_profile(session, herself, member, make_profile())
    session.commit()
    rows = session.execute(
        select(Consent.purpose, Consent.notice_kind, Consent.withdrawn_at.is_(None)).order_by(
            Consent.id
        )
    ).all()
    session.commit()
    assert [tuple(row) for row in rows] == [
        ("membership", "easy", True),
        ("experiences", "easy", False),
    ]
    page = sign_in(None, name="Tuva Exempelsson").page("/membership/agreed")
    assert "Yes, I want to join" in page
    assert "Ja, ni får spara" in page
    assert "Togs tillbaka" in page
    assert "/interest-bank/your-information/2026-11/easy?lang=en" in page
