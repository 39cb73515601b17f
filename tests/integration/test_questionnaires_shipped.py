"""Fetching the questionnaires that come along: once, as drafts, never over anybody's work."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.queries import questionnaire_by_key, versions
from participation.questionnaires.services import publish_version
from participation.questionnaires.services.authoring import save_texts
from participation.questionnaires.services.shipping import (
    Stand,
    fetch_shipped,
    shipped_questionnaire,
    shipped_questionnaires,
)
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

KEY = "yearly_children"


def stand(session: Session) -> Stand:
    return shipped_questionnaire(session, KEY).stand


def test_what_is_missing_is_fetched_once_and_work_on_it_is_left_alone(
    session: Session, county: SmallCounty
) -> None:
    assert {one.stand for one in shipped_questionnaires(session)} == {Stand.MISSING}
    made = fetch_shipped(session, SYSTEM, shipped_questionnaire(session, KEY))
    assert not versions(session, made.id)[0].is_published
    assert stand(session) is Stand.SAME
    publish_version(session, made, SYSTEM)
    save_texts(session, made, {"minutes": 9})
    assert stand(session) is Stand.SAME  # their own draft after ours


def test_a_newer_text_becomes_a_draft_only_where_nobody_is_writing(
    session: Session, county: SmallCounty
) -> None:
    made = fetch_shipped(session, SYSTEM, shipped_questionnaire(session, KEY))
    save_texts(session, made, {"minutes": 9})  # as if ours had changed meanwhile
    assert stand(session) is Stand.DRAFTED
    publish_version(session, made, SYSTEM)
    newer = shipped_questionnaire(session, KEY)
    assert newer.stand is Stand.DIFFERS
    fetch_shipped(session, SYSTEM, newer)
    found = versions(session, made.id)
    assert [(one.number, one.is_published) for one in found] == [(2, False), (1, True)]
    assert found[1].content["minutes"] == 9
    assert stand(session) is Stand.SAME


def test_a_coordinator_looks_through_one_and_fetches_it(
    as_coordinator: CheckingClient, session: Session
) -> None:
    assert "Inte hämtad" in as_coordinator.page("/questionnaires/shipped")
    page = as_coordinator.page(f"/questionnaires/shipped/{KEY}")
    assert "Vad vill du att vuxna ska göra annorlunda?" in page
    for _time in range(2):
        as_coordinator.submit(f"/questionnaires/shipped/{KEY}", {})
    session.expire_all()
    assert len(session.scalars(select(Questionnaire)).all()) == 1
    assert questionnaire_by_key(session, KEY) is not None
    assert "överskrivs aldrig" in as_coordinator.page(f"/questionnaires/shipped/{KEY}")
