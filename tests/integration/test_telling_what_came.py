"""Everybody who took part is told what came of it: once, never who left, never of what is gone."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account
from participation.activities.models import Activity, Attendance
from participation.audits.models import AuditTeamMember
from participation.coding.models import Material
from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about
from participation.commitments.services import answer_commitment, take_back_answer, update_status
from participation.follow_up.jobs import TellThoseWhoTookPart
from participation.follow_up.models import FeedbackTold
from participation.follow_up.providers.people import AnswersToVoice, ToldData
from participation.follow_up.providers.promises import _told_in_words
from participation.follow_up.queries.feedback import cases_of_findings
from participation.follow_up.queries.voices import told_counts
from participation.follow_up.services import telling
from participation.follow_up.services.telling import tell_answered
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import use_locale
from participation.foundation.jobs.models import Job
from participation.foundation.outbox import MailState, OutboxMail
from participation.foundation.permissions import SYSTEM
from participation.interest_bank.models import BankMember
from participation.results.services import withdraw_finding
from participation.results.services.publishing import publish_finding
from tests.factories.accounts import make_account
from tests.factories.activities import make_activity
from tests.factories.audits import make_audit
from tests.factories.follow_up import make_told_finding
from tests.factories.interest_bank import make_member
from tests.factories.meetings import make_meeting
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.jobs import Quiet

pytestmark = pytest.mark.usefixtures("app")  # whoever listens to a commitment listens
TEMPLATE = "follow_up/came_of_it"
_numbers = count(1)
YES = {"answer": "yes", "answer_text": "Ni har rätt.", "action_text": "Vi skriver en mall."}


class Told:
    """A published finding that rests on a dialogue, and what the group owes for it."""

    def __init__(self, session: Session, county: SmallCounty) -> None:
        self.session, self.county = session, county
        self.finding, _release = make_told_finding(session, group_ids=(county.group.id,))
        (self.material,) = session.scalars(select(Material)).all()
        self.activity: Activity = make_activity(session, county.region)
        meeting = make_meeting(session, activity_id=self.activity.id)
        meeting.activity_id = self.activity.id
        self.material.source_kind = "dialogue"
        self.material.source_public_id = meeting.public_id
        session.flush()

    @property
    def commitment(self) -> Commitment:
        (owed,) = commitments_about(self.session, "finding", self.finding.public_id)
        return owed

    def came(self, present: bool = True, **overrides: object) -> BankMember:
        """Somebody who said yes, and came or did not."""
        member = make_member(self.session, name=f"Tuva {next(_numbers)}sson", **overrides)  # type: ignore[arg-type]
        self.session.add(
            Attendance(activity_id=self.activity.id, member_id=member.id, present=present)
        )
        self.session.flush()
        return member

    def answer(self, **overrides: object) -> None:
        answer_commitment(self.session, SYSTEM, self.commitment, **{**YES, **overrides})  # type: ignore[arg-type]

    @property
    def mails(self) -> list[OutboxMail]:
        return list(
            self.session.scalars(
                select(OutboxMail).where(OutboxMail.template == TEMPLATE).order_by(OutboxMail.id)
            )
        )

    @property
    def events(self) -> list[tuple[str, int]]:
        return told_counts(self.session, self.commitment.id)


@pytest.fixture
def told(session: Session, county: SmallCounty) -> Told:
    return Told(session, county)


def test_who_was_there_is_told_of_the_answer_and_of_the_end_and_of_each_once(told: Told) -> None:
    told.came(), told.came()
    told.came(present=False)
    told.answer()
    assert told.events == [("answered", 2)]
    told.answer(answer_text="Ni har rätt, och vi har bråttom.")  # a correction is no new answer
    update_status(told.session, SYSTEM, told.commitment, "in_progress", "Mallen är ett utkast.")
    update_status(told.session, SYSTEM, told.commitment, "done", "Mallen är klar.")
    update_status(told.session, SYSTEM, told.commitment, "in_progress", "Den behöver mer.")
    update_status(told.session, SYSTEM, told.commitment, "done", "Nu är den klar.")
    assert told.events == [("answered", 2), ("done", 2)]
    assert len(told.mails) == 4


def test_nobody_is_told_who_left_or_rests_or_may_not_sign_in(told: Told) -> None:
    left, resting, blocked, rested = (told.came() for _ in range(4))
    left.state = "left"
    resting.state, resting.paused_until = "paused", today() + timedelta(days=3)
    rested.state, rested.paused_until = "paused", today() - timedelta(days=1)
    told.session.get_one(Account, blocked.account_id).is_active = False
    told.session.flush()
    told.answer()
    accounts = list(told.session.scalars(select(FeedbackTold.account_id)))
    assert accounts == [rested.account_id]
    steps = list(AnswersToVoice().steps(told.session, resting.account_id))
    assert [step.text for step in steps] == ["Ni har rätt. Vi skriver en mall."]


def test_the_mail_names_neither_the_matter_nor_the_group(told: Told) -> None:
    told.came()
    told.answer()
    (mail,) = told.mails
    said = f"{mail.subject} {mail.text}"
    assert told.finding.title not in said
    assert told.county.group.name not in said
    assert "/you-said-we-did/" in said


def test_an_answer_that_is_rolled_back_takes_its_mails_along(
    told: Told, sessions: sessionmaker[Session]
) -> None:
    told.came()
    told.session.commit()
    told.answer()
    assert len(told.mails) == 1
    told.session.rollback()
    assert told.mails == []
    assert told.commitment.answer is None
    assert told.events == []


def test_many_are_told_by_a_job_that_may_run_twice(
    told: Told, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_AT_ONCE", 1)
    gone = next(iter([told.came() for _ in range(3)]))
    told.answer()
    told.answer(answer_text="En rättelse innan någon har hunnit få brev.")
    assert told.mails == []
    (job,) = told.session.scalars(select(Job).where(Job.kind == telling.JOB_KIND)).all()
    gone.state = "left"
    told.session.commit()
    handler = TellThoseWhoTookPart()
    assert handler.run(sessions, Quiet(**job.payload)) == {"mails": 2}
    assert handler.run(sessions, Quiet(**job.payload)) == {"mails": 0}
    told.session.expire_all()
    assert len(told.mails) == 2


def test_a_withdrawn_finding_is_not_told_of_and_stops_mails_on_their_way(told: Told) -> None:
    told.came()
    told.answer()
    withdraw_finding(told.session, SYSTEM, told.finding, "Den stämde inte.")
    assert [mail.state for mail in told.mails] == [MailState.CANCELLED]
    late = told.came()
    assert tell_answered(told.session, told.commitment) == 0
    publish_finding(told.session, SYSTEM, told.finding)
    told_of = set(told.session.scalars(select(FeedbackTold.account_id)))
    assert late.account_id in told_of
    assert len(told.mails) == 2


def test_whoever_read_an_answer_that_was_taken_back_reads_the_next_one_too(told: Told) -> None:
    told.came()
    told.answer()
    take_back_answer(told.session, SYSTEM, told.commitment, "Fel mall.")
    assert (told.commitment.status, told.commitment.answered_on) == ("open", None)
    assert [mail.state for mail in told.mails] == [MailState.CANCELLED]
    told.answer(answer="no", answer_text="Det saknas personal.")
    told.answer(answer="no", answer_text="Det saknas personal på kvällar.")
    assert [event for event, _n in told.events] == ["answered", "answered:1"]
    assert len(told.mails) == 2
    take_back_answer(told.session, SYSTEM, told.commitment, "")
    with pytest.raises(Conflict):
        take_back_answer(told.session, SYSTEM, told.commitment, "")


def test_the_end_of_an_answer_given_anew_is_told_and_that_of_the_wrong_one_is_not_shown(
    told: Told,
) -> None:
    told.came()
    told.answer()
    update_status(told.session, SYSTEM, told.commitment, "in_progress", "Fel ord.")
    update_status(told.session, SYSTEM, told.commitment, "done", "Fel slut.")
    take_back_answer(told.session, SYSTEM, told.commitment, "Fel mall.")
    told.answer()
    update_status(told.session, SYSTEM, told.commitment, "in_progress", "På väg.")
    update_status(told.session, SYSTEM, told.commitment, "done", "Rätt slut.")
    assert {event for event, _n in told.events} == {"answered", "done", "answered:1", "done:1"}
    (case,) = cases_of_findings(told.session, [told.finding.id], today())
    assert [update.text for update in case.updates] == ["På väg.", "Rätt slut."]


def test_auditors_of_an_audit_are_told_and_those_who_left_the_team_are_not(told: Told) -> None:
    audit = make_audit(told.session, told.county.unit)
    told.material.source_kind, told.material.source_public_id = "audit", audit.public_id
    stays, went = make_account(told.session), make_account(told.session)
    told.session.add_all(
        AuditTeamMember(audit_id=audit.id, account_id=one.id) for one in (stays, went)
    )
    told.session.flush()
    gone = told.session.scalar(select(AuditTeamMember).where(AuditTeamMember.account_id == went.id))
    assert gone is not None
    gone.left_at = audit.created_at
    told.answer()
    assert list(told.session.scalars(select(FeedbackTold.account_id))) == [stays.id]


def test_an_anonymous_round_has_nobody_to_tell(session: Session, county: SmallCounty) -> None:
    finding, _release = make_told_finding(session, group_ids=(county.group.id,))
    (owed,) = commitments_about(session, "finding", finding.public_id)
    answer_commitment(session, SYSTEM, owed, **YES)  # type: ignore[arg-type]
    assert told_counts(session, owed.id) == []


def test_who_was_told_is_in_their_own_data_and_goes_with_them(told: Told) -> None:
    member = told.came()
    told.answer()
    (section,) = ToldData().sections(told.session, member.account_id)
    assert told.finding.title in section.rows[0][1]
    assert list(ToldData().erase(told.session, member.account_id)) == []
    assert list(ToldData().sections(told.session, member.account_id)) == []


def test_a_coordinator_sees_how_many_were_told_and_never_who(
    told: Told, as_coordinator: CheckingClient
) -> None:
    member = told.came()
    told.answer()
    told.session.commit()
    page = as_coordinator.page(f"/commitments/{told.commitment.public_id}")
    assert "Färre än 5 personer har fått veta det." in page
    assert member.name not in page


def test_of_few_people_who_were_told_nobody_learns_how_few() -> None:
    with use_locale("sv"):
        assert _told_in_words("answered", 1) == "Färre än 5 personer har fått veta det."
        assert "5 personer" in _told_in_words("answered", 5)
        assert "Färre" not in _told_in_words("answered", 5)
