"""The demo county: the same year each time, all of it invented, and ready for the walk."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import actor_of
from participation.accounts.services.demo import demo_sign_ins
from participation.activities.models import Activity, Invitation, ParticipationRequest
from participation.audits.models import Audit
from participation.coding.jobs import SEED
from participation.coding.models import Code, Codebook, Excerpt, Material, MaterialText
from participation.coding.queries.learning import lesson
from participation.coding.rules.learning import FEWEST_EXAMPLES, PRECISION, learn
from participation.commitments.models import Commitment
from participation.council.models import CouncilSeat, SeatOffer
from participation.county.models import Organisation, Unit
from participation.demo.load import is_empty, load_demo
from participation.disclosure.models import Release
from participation.foundation.clock import frozen_at, today
from participation.foundation.db import Base, make_sessions, transaction
from participation.foundation.eventlog.queries import chain_is_whole
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import NO_MAILBOX, MailState
from participation.foundation.permissions import Role
from participation.interest_bank.models import BankMember
from participation.questionnaires.models import (
    AccessToken,
    OpenLink,
    PaperEntry,
    QuestionnaireImport,
    Response,
    RoundContact,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.services import close_round
from participation.questionnaires.services.importing import take_in_form
from participation.registry import FEATURES
from participation.results.models import Finding
from participation.results.queries.verdicts import heard
from participation.results.rules.findings import FindingDraft
from participation.results.services import draft_finding, preview_finding
from participation.selection.models import Draw, DrawPerson, DrawPlace
from tests.conftest import Databases

LOADED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LEAST_MEMBERS = 320


@pytest.fixture(scope="module")
def loaded(databases: Databases) -> Iterator[tuple[dict[str, Any], dict[str, Any], Session]]:
    """What loading gave the first and the second time, and a session on the second."""
    with databases.fresh() as engine:
        first = _load(engine)
    with databases.fresh() as engine:
        second = _load(engine)
        with frozen_at(LOADED_AT), make_sessions(engine)() as session:
            yield first, second, session


@pytest.fixture
def demo(loaded: tuple[Any, Any, Session]) -> Iterator[Session]:
    """The loaded demo; what a test changes is undone."""
    yield loaded[2]
    loaded[2].rollback()


def _load(engine: Any) -> dict[str, Any]:
    sessions = make_sessions(engine)
    with frozen_at(LOADED_AT), transaction(sessions) as session:
        assert is_empty(session)
        load_demo(session, FEATURES, lambda _line: None)
    with sessions() as session:
        assert not is_empty(session)
        return _fingerprint(session)


def _fingerprint(session: Session) -> dict[str, Any]:
    counts = {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }
    columns = (
        (BankMember.name, BankMember.municipality_code, BankMember.birth_year, BankMember.state),
        (Activity.title, Activity.starts_at, Activity.state),
        (Commitment.title, Commitment.answer_text, Commitment.status, Commitment.due_on),
        (MaterialText.text, MaterialText.respondent_role, MaterialText.reviewed_at),
        (Finding.title, Finding.state),
    )
    texts = [sorted(map(str, session.execute(select(*some)))) for some in columns]
    answers = sorted(map(str, session.scalars(select(Response.answers))))
    invited = sorted(
        map(
            str,
            session.execute(
                select(BankMember.name, Activity.title, Invitation.state)
                .select_from(Invitation)
                .join(BankMember, BankMember.id == Invitation.member_id)
                .join(Activity, Activity.id == Invitation.activity_id)
            ),
        )
    )
    return {"counts": counts, "texts": texts, "answers": answers, "invited": invited}


def test_loading_twice_into_empty_databases_gives_the_same_year(
    loaded: tuple[dict[str, Any], dict[str, Any], Session],
) -> None:
    first, second, _session = loaded
    assert first["counts"] == second["counts"]
    assert first == second


def test_the_bank_holds_its_people_and_somebody_for_every_role(demo: Session) -> None:
    in_bank = select(func.count(BankMember.id)).where(BankMember.state.in_(["active", "paused"]))
    assert (demo.scalar(in_bank) or 0) >= LEAST_MEMBERS
    held = {role for person in demo_sign_ins(demo) for role, _where in person.roles}
    assert held == {role.value for role in Role}


def test_everybody_lives_at_example_org(demo: Session) -> None:
    homes = ("@example.org", f"@{NO_MAILBOX}")
    assert all(
        account.email.endswith(homes) and account.is_demo
        for account in demo.scalars(select(Account))
    )


def test_the_council_has_twelve_seats_with_alternates_and_one_is_empty(demo: Session) -> None:
    seats = demo.scalars(select(CouncilSeat)).all()
    assert [seat.is_vacant for seat in seats].count(True) == 1
    assert sum(not seat.is_alternate for seat in seats) == 12
    assert sum(seat.is_alternate for seat in seats) == 4


def test_a_successor_was_drawn_for_the_empty_seat_and_thinks_about_it(demo: Session) -> None:
    offers = demo.scalars(select(SeatOffer).order_by(SeatOffer.id)).all()
    assert [offer.state for offer in offers] == ["declined", "asked"]
    drawn = demo.scalars(
        select(DrawPerson.member_id)
        .join(DrawPlace, DrawPlace.person_id == DrawPerson.id)
        .join(Draw, Draw.id == DrawPerson.draw_id)
        .where(Draw.owner_kind == "council_term")
    ).all()
    assert drawn == [offers[1].member_id]


def test_no_real_organisation_gets_an_invented_request_activity_promise_or_audit(
    demo: Session,
) -> None:
    real = set(demo.scalars(select(Organisation.id).where(~Organisation.is_fictional)))
    real_units = set(demo.scalars(select(Unit.id).where(~Unit.is_fictional)))
    owing = demo.scalars(select(Commitment.owed_by_organisation_id)).all()
    asking = demo.scalars(select(ParticipationRequest.organisation_id)).all()
    inviting = demo.scalars(select(Activity.organisation_id)).all()
    assert real.isdisjoint({*owing, *asking, *inviting})
    assert real_units.isdisjoint(demo.scalars(select(Audit.unit_id)))


@pytest.mark.parametrize(
    "model", [Commitment, Activity, ParticipationRequest, Audit, Finding, Material, SurveyRound]
)
def test_whatever_is_invented_says_so(demo: Session, model: Any) -> None:
    assert all(demo.scalars(select(model.is_fictional)))


def test_some_answers_are_late_and_some_are_given(demo: Session) -> None:
    promises = demo.scalars(select(Commitment)).all()
    assert sum(promise.is_late(today()) for promise in promises) >= 2
    assert {"yes", "partly", "no", None} == {promise.answer for promise in promises}


def test_one_audit_came_all_the_way_and_three_have_begun(demo: Session) -> None:
    states = demo.scalars(select(Audit.state).order_by(Audit.id)).all()
    assert states == ["followed_up", "team_ready", "agreed", "analysing"]


def test_titles_with_a_share_in_them_are_true(demo: Session) -> None:
    half = demo.scalars(select(Release).where(Release.title.startswith("Hälften"))).one()
    figure = half.payload["figure"]
    assert round(100 * figure["count"] / figure["n"]) == 50


def test_identifying_words_are_gone_from_what_was_read_and_wait_in_what_was_not(
    demo: Session,
) -> None:
    unread = demo.scalars(select(MaterialText).where(MaterialText.reviewed_at.is_(None))).all()
    assert len(unread) >= 10
    masked = [m for m in demo.scalars(select(MaterialText.masks)) if m]
    assert len(masked) > 20


def test_codes_stand_on_words(demo: Session) -> None:
    rows = demo.execute(
        select(MaterialText.text, Excerpt.start, Excerpt.end).join(
            MaterialText, MaterialText.id == Excerpt.text_id
        )
    ).all()
    assert len(rows) > 500
    assert all(words[start:end].strip() for words, start, end in rows)


def test_only_the_residents_fresh_mails_wait_to_be_delivered(demo: Session) -> None:
    waiting = demo.scalars(select(OutboxMail).where(OutboxMail.state == MailState.QUEUED)).all()
    assert 1 <= len(waiting) <= 6
    assert {mail.template for mail in waiting} == {"activities/invitation"}
    assert "tuva.exempelstrand@example.org" in {mail.recipient for mail in waiting}


def test_the_event_log_is_whole_and_runs_forward_in_time(demo: Session) -> None:
    assert chain_is_whole(demo)
    at = list(demo.scalars(text("SELECT at FROM event_log_entries ORDER BY id")))
    assert at == sorted(at)


def test_an_anonymous_round_was_mailed_and_some_of_its_answers_wait(demo: Session) -> None:
    mailed = demo.scalars(select(SurveyRound).where(SurveyRound.mode == "anonymous")).one()
    people = demo.scalars(select(RoundContact).where(RoundContact.round_id == mailed.id)).all()
    assert len(people) >= 80
    assert all(one.message_id and one.reminders == 1 for one in people)
    answers, waiting, spent = (
        demo.scalar(
            select(func.count()).select_from(model).where(model.round_id == mailed.id, *how)
        )
        for model, how in (
            (Response, ()),
            (WaitingResponse, ()),
            (AccessToken, (AccessToken.is_spent,)),
        )
    )
    assert (answers, waiting, spent) == (38, 12, 50)


def test_children_answer_on_a_tablet_and_one_paper_waits_to_be_typed_again(demo: Session) -> None:
    tablet = demo.scalars(
        select(OpenLink.round_id).where(OpenLink.kind == "kiosk").order_by(OpenLink.id.desc())
    ).first()
    (paper,) = demo.scalars(select(PaperEntry)).all()
    assert paper.round_id == tablet
    used = demo.scalars(select(AccessToken.round_id).where(AccessToken.is_spent)).all()
    assert list(used).count(tablet or 0) == 1  # the paper that two people typed


def test_a_form_from_elsewhere_can_be_taken_in_as_it_is(demo: Session, coordinator: Any) -> None:
    (waiting,) = demo.scalars(select(QuestionnaireImport)).all()
    assert waiting.findings
    assert take_in_form(demo, coordinator, waiting).title


def test_the_open_round_can_be_closed_and_carries_a_finding_through_the_gate(
    demo: Session, coordinator: Any
) -> None:
    of_kin = demo.scalars(select(SurveyRound.id).where(SurveyRound.slug == "narstaende")).one()
    open_round = round_by_id(demo, of_kin)
    close_round(demo, open_round, coordinator)
    material = demo.scalars(
        select(Material).where(Material.source_public_id == open_round.public_id)
    ).one()
    code = demo.scalars(select(Code).where(Code.key == "inslappt_for_sent")).one()
    finding = draft_finding(
        demo,
        coordinator,
        FindingDraft(
            title="Närstående får veta sist",
            body="",
            perspective_key="resident",
            code_ids=(code.id,),
            material_ids=(material.id,),
        ),
    )
    assert preview_finding(demo, finding, heard(demo, finding)).is_allowed


@pytest.fixture
def coordinator(demo: Session) -> Any:
    """Ebba, strongly signed in."""
    from_all = demo.scalars(select(Account).where(Account.is_demo).order_by(Account.id)).all()
    (ebba,) = [account for account in from_all if account.display_name == "Ebba Demolund"]
    return actor_of(demo, ebba)


def test_a_coder_of_the_demo_gets_suggestions_that_were_learnt_and_measured(demo: Session) -> None:
    coded = demo.scalars(select(Excerpt.coder_account_id).distinct()).all()
    books = demo.scalars(select(Codebook.id)).all()
    lessons = [lesson(demo, (book, who)) for book in books for who in coded if who is not None]
    models = [learn(one.texts, one.code_ids, one.has, SEED) for one in lessons if one.codings]
    skills = [skill for model in models if model for skill in model.skills]
    speaking = [skill for skill in skills if skill.threshold is not None]
    # How texts are numbered differs between databases, and with it what a code is tried on.
    assert speaking
    assert all(skill.examples >= FEWEST_EXAMPLES for skill in speaking)
    assert all((skill.precision or 0) >= PRECISION for skill in speaking)
