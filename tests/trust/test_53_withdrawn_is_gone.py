"""TRUST 53: what is withdrawn leaves every public page and the search at once."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt, MaterialText
from participation.follow_up.models import Feedback
from participation.foundation.permissions import SYSTEM
from participation.foundation.search.services import rebuild_index
from participation.registry import FEATURES
from participation.results.services import (
    add_quote,
    approve_quote,
    publish_finding,
    withdraw_finding,
)
from tests.factories.results import make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

PAGES = ("/", "/you-said-we-did", "/findings", "/search?q=börja")


def everything_public(client: CheckingClient, county: SmallCounty) -> str:
    own = f"/groups/{county.group.public_id}/resident-perspective"
    followed = f"/groups/{county.group.public_id}/follow-up"
    faces = (own, f"{own}/easy", f"{own}/print", followed)
    return "".join(client.page(address) for address in (*PAGES, *faces))


def test_53_a_withdrawn_finding_takes_its_quote_its_promise_and_its_hits_along(
    app: Flask, client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding = make_finding(session, group_ids=(county.group.id,))
    excerpt = session.scalars(select(Excerpt).order_by(Excerpt.id)).first()
    assert excerpt is not None
    quote = add_quote(
        session, SYSTEM, finding, excerpt, session.get_one(MaterialText, excerpt.text_id)
    )
    approve_quote(session, SYSTEM, quote)
    publish_finding(session, SYSTEM, finding)
    rebuild_index(session, FEATURES.collect("search_sources"))
    session.commit()
    shown = everything_public(client, county)
    assert quote.text in shown
    assert finding.title in shown
    withdraw_finding(session, SYSTEM, finding, "Någon kan kännas igen")
    session.commit()
    shown = everything_public(client, county)
    assert quote.text not in shown
    assert finding.title not in shown
    session.delete(quote)
    finding.title = "Ett nytt och säkrare påstående"
    publish_finding(session, SYSTEM, finding)
    session.commit()
    matter = session.scalars(select(Feedback)).one()
    assert matter.is_public
    assert matter.voice_text == finding.title
    assert finding.title in client.page("/you-said-we-did")
