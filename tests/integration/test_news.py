"""What was published stands on one page and in a feed, and what is withdrawn leaves both."""

from xml.etree import ElementTree as ET

from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.foundation.permissions import SYSTEM
from participation.newsletter.rules.feed import ATOM
from participation.plans.models import ActionPlan
from participation.plans.services.deciding import decide_draft
from participation.plans.services.drafts import add_line, begin_plan
from participation.results.services import publish_finding, withdraw_finding
from tests.factories.results import make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def titles(client: CheckingClient, address: str = "/news.atom") -> list[str]:
    root = ET.fromstring(client.get(address).data)
    return [e.text or "" for e in root.findall(f"{{{ATOM}}}entry/{{{ATOM}}}title")]


def test_a_published_finding_is_news_until_it_is_withdrawn(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding = make_finding(session, group_ids=(county.group.id,), area_id=county.area.id)
    session.commit()
    assert "Inget nytt än" in client.page("/news")
    publish_finding(session, SYSTEM, finding)
    session.commit()
    assert finding.title in client.page("/news")
    assert titles(client) == [f"Vad människor säger: {finding.title}"]
    withdraw_finding(session, SYSTEM, finding, "Någon kan kännas igen")
    session.commit()
    assert finding.title not in client.page("/news")
    assert titles(client) == []


def test_an_area_has_its_own_page_and_feed(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding = make_finding(session, area_id=county.area.id)
    publish_finding(session, SYSTEM, finding)
    session.commit()
    assert finding.title in client.page(f"/news?area={county.area.key}")
    assert finding.title not in client.page(f"/news?area={county.other_area.key}")
    assert len(titles(client, f"/news.atom?area={county.area.key}")) == 1
    assert titles(client, f"/news.atom?area={county.other_area.key}") == []
    client.page("/news?area=nosuch", status=404)


def test_a_decided_plan_is_news(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    draft = begin_plan(
        session, SYSTEM, county.group, "areas", period=(2027, 2027), title="Planen för 2027"
    )
    add_line(session, draft, None, "ongoing_area", text="Tider som passar")
    version = decide_draft(
        session, SYSTEM, draft, seen=draft.revision, decided_on=today(), decided_by="LGL"
    )
    session.commit()
    assert "Planen för 2027" in client.page("/news")
    plan = session.get_one(ActionPlan, version.plan_id)
    assert f"tag:localhost,2026:plan:{plan.public_id}:1" in client.get("/news.atom").text


def test_the_start_page_leads_to_what_is_published_and_to_the_newsletter(
    client: CheckingClient, county: SmallCounty
) -> None:
    start = client.page("/")
    for address in (
        "/news",
        "/findings",
        "/follow-up",
        "/newsletter",
        "/newsletter/subscribe",
        "/search",
    ):
        assert f'href="{address}"' in start
    assert '<link rel="alternate" type="application/atom+xml"' in start
    assert 'href="/news.atom"' in start
