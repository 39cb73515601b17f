"""The page of results before it is published: what it shows, that it is remembered and logged."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.disclosure.models import Release, ReleasePreview
from participation.disclosure.services import DisclosureRefused
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.jobs import Job
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import Response, SurveyRound
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.rules.grouping import Attribute
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.services import NewResponse, close_round, store_responses
from participation.questionnaires.services.withdrawing import take_back
from participation.results.jobs import PreviewRound
from participation.results.services import publish_round, show_round
from participation.results.services.looking import may_cross, may_look, note_look
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.jobs import Quiet


@pytest.fixture
def closed(session: Session, county: object) -> SurveyRound:
    made = make_round(session, mode=Mode.ANONYMOUS)
    for role, respect, count in (
        ("me", "often", 14),
        ("me", "seldom", 12),
        ("kin", "often", 11),
        ("kin", "seldom", 9),
    ):
        given = NewResponse(answers={"role": role, "from_whom": ["care"], "respect": respect})
        store_responses(session, made, [given] * count)
    close_round(session, made, SYSTEM)
    session.commit()
    return made


def seen(session: Session, closed: SurveyRound) -> ReleasePreview:
    show_round(session, SYSTEM, closed.id, attributes=[Attribute.ROLE])
    session.commit()
    return session.scalars(select(ReleasePreview)).one()


def work(session: Session, sessions: sessionmaker[Session]) -> None:
    job = session.scalars(select(Job)).one()
    payload = job.payload
    session.commit()
    result = PreviewRound().run(sessions, Quiet(**payload))
    job.state, job.result = "done", result
    session.commit()


def take_back_some(session: Session, closed: SurveyRound, count: int) -> None:
    rows = session.scalars(
        select(Response.id).where(Response.round_id == closed.id).order_by(Response.id).limit(count)
    ).all()
    for row in rows:
        assert take_back(session, closed, row)
    session.commit()


def test_the_page_is_seen_before_publishing_and_published_as_it_was_seen(
    session: Session,
    sessions: sessionmaker[Session],
    closed: SurveyRound,
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    page = f"/results/rounds/{closed.public_id}"
    assert as_coordinator.get(f"{page}/figures").status_code == 303  # nothing to see yet
    as_coordinator.submit(f"{page}/figures", {"attributes": ["role"]})
    work(session, sessions)
    assert "Se sidan med siffrorna" in as_coordinator.page(page)
    before = as_coordinator.page(f"{page}/figures")
    assert "Inget är publicerat än" in before
    assert "46 personer har svarat." in before
    assert "20 svar" in as_coordinator.page(f"{page}/figures?by=role")
    assert as_coordinator.get(f"{page}/figures").headers["Cache-Control"] == "no-store"
    assert "/sign-in" in (client.get(f"{page}/figures").location or "")
    shown = session.scalars(select(ReleasePreview)).one()
    assert client.get(f"/releases/{shown.public_id}").status_code == 404
    actions = session.scalars(select(EventLogEntry.action)).all()
    assert (actions.count("figures_made"), actions.count("figures_seen")) == (1, 3)
    assert session.scalars(select(Release)).all() == []
    release = publish_round(session, SYSTEM, closed.id, attributes=[Attribute.ROLE])
    assert release.payload == shown.payload


def test_once_an_answer_is_taken_back_the_figures_are_gone_and_nothing_is_published(
    session: Session,
    sessions: sessionmaker[Session],
    closed: SurveyRound,
    as_coordinator: CheckingClient,
) -> None:
    page = f"/results/rounds/{closed.public_id}"
    as_coordinator.submit(f"{page}/figures", {"attributes": ["role"]})
    work(session, sessions)
    take_back_some(session, closed, 1)
    assert as_coordinator.get(f"{page}/figures").status_code == 303
    assert "Titta igen" in as_coordinator.page(page)
    for attributes in ([Attribute.ROLE], []):
        with pytest.raises(DisclosureRefused):
            publish_round(session, SYSTEM, closed.id, attributes=attributes)
        session.rollback()
    with pytest.raises(DisclosureRefused):
        show_round(session, SYSTEM, closed.id)
    session.rollback()
    take_back_some(session, closed, 9)
    assert may_look(closed)


def test_no_look_while_a_few_have_changed_since_another_look(
    session: Session, sessions: sessionmaker[Session], closed: SurveyRound
) -> None:
    note_look(session, closed)
    session.commit()
    take_back_some(session, closed, 2)
    job = Quiet(round_id=closed.id, attributes=[], with_figures=True)
    result = PreviewRound().run(sessions, job)
    assert "färre än 5." in result["refused"][0]
    assert session.scalars(select(ReleasePreview)).all() == []


def test_a_cross_table_does_not_close_a_ring_with_figures_that_were_seen(
    session: Session, closed: SurveyRound
) -> None:
    content = content_of_round(session, closed)
    pair = ("respect", "from_whom=care")
    assert may_cross(session, closed, content, pair).by_role
    seen(session, closed)
    assert not may_cross(session, closed, content, pair).by_role


def test_looking_twice_at_the_same_is_remembered_once_and_kept_for_ever(
    session: Session, closed: SurveyRound
) -> None:
    shown = seen(session, closed)
    assert shown.is_binding
    seen(session, closed)
    shown.title = "Annat"
    with pytest.raises(ValueError, match="unseen"):
        session.flush()


def test_where_staff_see_every_answer_a_look_at_the_figures_binds_nobody(
    session: Session, county: object
) -> None:
    made = make_round(session)
    for respect, count in (("often", 14), ("seldom", 12)):
        given = NewResponse(answers={"role": "me", "respect": respect})
        store_responses(session, made, [given] * count)
    close_round(session, made, SYSTEM)
    session.commit()
    assert not seen(session, made).is_binding
    take_back_some(session, made, 1)
    assert publish_round(session, SYSTEM, made.id, attributes=[Attribute.ROLE])
    with pytest.raises(Conflict):
        show_round(session, SYSTEM, made.id)


def test_an_open_round_shows_no_figures(session: Session, county: object) -> None:
    made = make_round(session, mode=Mode.ANONYMOUS)
    with pytest.raises(Conflict):
        show_round(session, SYSTEM, made.id)
