"""Commitments: owed, answered, late, reminded of; and seen only by those concerned."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account
from participation.commitments.jobs import RemindOverdue
from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.queries import (
    commitment_figures,
    commitments_about,
    overdue,
    public_commitments,
)
from participation.commitments.rules import Status, is_late
from participation.commitments.services import (
    answer_commitment,
    move_deadline,
    remind_overdue,
    update_status,
)
from participation.foundation import events
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_day
from participation.foundation.outbox import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from tests.factories.accounts import make_account
from tests.factories.commitments import make_commitment
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

DAY = timedelta(days=1)
YES = {
    "answer": "yes",
    "answer_text": "Ni har rätt.",
    "action_text": "Vi byter stolarna.",
    "responsible": "Verksamhetschefen",
}


def test_a_contact_person_answers_what_the_organisations_unit_owes(
    as_contact_person: CheckingClient, session: Session, county: SmallCounty
) -> None:
    commitment = make_commitment(session, county.unit)
    session.commit()
    address = f"/commitments/{commitment.public_id}"
    assert "Vårdcentralen Exempelviken" in as_contact_person.page(address)
    ready_on = today() + 400 * DAY
    response = as_contact_person.submit(
        f"{address}/answer", {**YES, "action_due_on": ready_on.isoformat()}
    )
    assert response.status_code == 303
    page = as_contact_person.page(address)
    assert "Vi byter stolarna." in page
    assert format_day(ready_on) in page
    as_contact_person.submit(f"{address}/status", {"status": "done", "text": "Stolarna är bytta."})
    page = as_contact_person.page(address)
    assert "Stolarna är bytta." in page
    kinds = list(session.scalars(select(CommitmentUpdate.kind).order_by(CommitmentUpdate.id)))
    assert kinds == ["owed", "answered", "status"]


@pytest.mark.parametrize(
    ("days", "message"),
    [(-331, "Den dagen har passerat."), (9 * 365, None), (11 * 365, "mer än tio år fram")],
)
def test_a_mistyped_year_makes_nobody_late(
    as_contact_person: CheckingClient,
    session: Session,
    county: SmallCounty,
    days: int,
    message: str | None,
) -> None:
    commitment = make_commitment(session, county.unit)
    session.commit()
    address = f"/commitments/{commitment.public_id}/answer"
    day = today() + days * DAY
    response = as_contact_person.submit(address, {**YES, "action_due_on": day.isoformat()})
    session.refresh(commitment)
    if message is None:
        assert commitment.action_due_on == day
        return
    assert message in response.text
    assert commitment.status == Status.OPEN


def test_a_day_that_has_passed_is_right_where_it_is_done_or_was_promised_before(
    as_contact_person: CheckingClient, session: Session, county: SmallCounty
) -> None:
    done, late = make_commitment(session, county.unit), make_commitment(session, county.unit)
    before = today() - DAY
    answer_commitment(session, SYSTEM, late, answer="yes", answer_text="Ja.", action_due_on=before)
    session.commit()
    past = {**YES, "action_due_on": before.isoformat()}
    for commitment, typed in ((done, {**past, "is_done": "y"}), (late, past)):
        address = f"/commitments/{commitment.public_id}/answer"
        assert as_contact_person.submit(address, typed).status_code == 303
    session.refresh(done)
    session.refresh(late)
    assert (done.status, late.status) == (Status.DONE, Status.IN_PROGRESS)
    assert late.answer_text == "Ni har rätt."


@pytest.mark.parametrize("path", ["", "/answer", "/status"])
def test_an_outsider_finds_nothing_and_changes_nothing(
    as_outsider: CheckingClient, session: Session, county: SmallCounty, path: str
) -> None:
    commitment = make_commitment(session, county.unit)
    session.commit()
    address = f"/commitments/{commitment.public_id}{path}"
    response = as_outsider.submit(address, YES) if path else as_outsider.get(address)
    assert response.status_code == 404
    assert commitment.title not in as_outsider.page("/commitments?show=all")
    session.expire_all()
    assert session.get_one(Commitment, commitment.id).answer is None


def test_group_members_answer_for_their_group_only(
    as_group_member: CheckingClient, session: Session, county: SmallCounty
) -> None:
    own = make_commitment(session, county.group)
    others = make_commitment(session, county.other_group)
    session.commit()
    assert as_group_member.get(f"/commitments/{own.public_id}").status_code == 200
    assert as_group_member.get(f"/commitments/{others.public_id}").status_code == 404


def test_residents_and_strangers_have_no_list(
    as_resident: CheckingClient, client: CheckingClient
) -> None:
    assert as_resident.get("/commitments").status_code == 403
    assert client.get("/commitments").status_code == 303


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"answer": ""}, "Välj ja, delvis eller nej."),
        ({"answer": "maybe"}, "Välj"),
        ({"answer_text": " "}, "Skriv varför."),
        ({"action_text": ""}, "Säg vad ni ska göra."),
        ({"action_due_on": "31 februari"}, "Skriv ett datum"),
        ({"answer_text": "å" * 6_000}, "för lång"),
    ],
)
def test_bad_answers_get_a_message_and_keep_what_was_typed(
    as_contact_person: CheckingClient,
    session: Session,
    county: SmallCounty,
    changed: dict[str, str],
    message: str,
) -> None:
    commitment = make_commitment(session, county.region)
    session.commit()
    typed = {**YES, "responsible": "<script>alert(1)</script> \u202e🙂", **changed}
    response = as_contact_person.submit(f"/commitments/{commitment.public_id}/answer", typed)
    assert response.status_code == 200
    assert "<title>Fel: " in response.text
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text
    if "answer_text" not in changed:
        assert "Ni har rätt." in response.text


def test_a_no_needs_no_plan_and_ends_the_matter(session: Session, county: SmallCounty) -> None:
    commitment = make_commitment(session, county.region, due_on=today() - DAY)
    answer_commitment(session, SYSTEM, commitment, answer="no", answer_text="Personal saknas.")
    assert commitment.status == Status.DECLINED
    assert commitment.deadline is None
    assert not overdue(session)
    with pytest.raises(Conflict):
        move_deadline(session, SYSTEM, commitment, today(), "x")


def test_an_unanswered_commitment_cannot_be_called_done(
    session: Session, county: SmallCounty
) -> None:
    commitment = make_commitment(session, county.region)
    for status in Status:
        with pytest.raises(Conflict):
            update_status(session, SYSTEM, commitment, status)


def test_answering_is_announced(
    session: Session, county: SmallCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    class Listener:
        event_name = "commitment_answered"

        def handle(self, _session: Session, data: dict[str, int]) -> None:
            told.append(data["commitment_id"])

    monkeypatch.setitem(events._subscribers, "commitment_answered", [Listener()])
    commitment = make_commitment(session, county.region)
    answer_commitment(session, SYSTEM, commitment, answer="partly", answer_text="Delvis")
    assert told == [commitment.id]


def test_the_database_and_the_rule_agree_on_what_is_late(
    session: Session, county: SmallCounty
) -> None:
    days = (today() - DAY, today(), today() + DAY)
    for due_on in days:
        for action_due_on in (None, *days):
            for answer in (None, "yes", "no"):
                commitment = make_commitment(session, county.region, due_on=due_on)
                if answer:
                    answer_commitment(
                        session,
                        SYSTEM,
                        commitment,
                        answer=answer,
                        answer_text="x",
                        action_due_on=action_due_on,
                    )
    late = {item.id for item in overdue(session)}
    everything = session.scalars(select(Commitment)).all()
    expected = {
        c.id for c in everything if is_late(Status(c.status), c.due_on, c.action_due_on, today())
    }
    assert late == expected
    assert commitment_figures(session).late == len(expected)
    assert all(c.is_late(today()) == (c.id in expected) for c in everything)


def test_figures_and_public_lists_leave_out_what_is_not_public(
    session: Session, county: SmallCounty
) -> None:
    shown = make_commitment(session, county.group)
    make_commitment(session, county.group, is_public=False)
    answer_commitment(session, SYSTEM, shown, answer="yes", answer_text="Ja")
    figures = commitment_figures(session)
    assert (figures.total, figures.answered, figures.late) == (1, 1, 0)
    assert [c.id for c in public_commitments(session)] == [shown.id]
    assert public_commitments(session)[0].owed_by_name() == "Psykisk hälsa"
    assert len(commitments_about(session, "activity", shown.subject_public_id)) == 2


@pytest.fixture
def owing(session: Session, county: SmallCounty) -> list[Account]:
    """Those who answer: the region's contact person and two members of the group."""
    people = [
        make_account(session, role=Role.CONTACT_PERSON, organisation=county.region),
        make_account(session, role=Role.GROUP_MEMBER, group=county.group),
        make_account(session, role=Role.GROUP_MEMBER, group=county.group, locale="ar"),
    ]
    make_account(session, role=Role.CONTACT_PERSON, organisation=county.torsas)
    return people


def test_who_owes_gets_one_mail_a_week_with_all_that_is_late(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty, owing: list[Account]
) -> None:
    for title in ("Första frågan", "Andra frågan"):
        make_commitment(session, county.unit, title=title, due_on=today() - DAY)
    make_commitment(session, county.group, title="Tredje frågan", due_on=today() - DAY)
    make_commitment(session, county.region, title="Inte än", due_on=today())
    session.commit()
    assert RemindOverdue().run(sessions, None) == {"mails": 3}  # type: ignore[arg-type]
    assert RemindOverdue().run(sessions, None) == {"mails": 0}  # type: ignore[arg-type]
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    texts = {mail.recipient: mail.text or "" for mail in mails}
    assert set(texts) == {account.email for account in owing}
    public_ids = {
        c.title: c.public_id for c in session.scalars(select(Commitment).order_by(Commitment.id))
    }
    assert public_ids["Första frågan"] in texts[owing[0].email]
    assert public_ids["Andra frågan"] in texts[owing[0].email]
    assert public_ids["Inte än"] not in texts[owing[0].email]
    assert public_ids["Tredje frågan"] in texts[owing[2].email]
    assert "2 svar" in next(m.subject or "" for m in mails if m.recipient == owing[0].email)
    with frozen_at(now() + timedelta(days=7)):
        assert remind_overdue(session) == 3
    session.commit()


def test_a_reminder_never_says_what_the_promise_is_about(
    session: Session, county: SmallCounty, owing: list[Account]
) -> None:
    make_commitment(
        session,
        county.group,
        title="Vad “Psykos och vardag” ledde till",
        owed_to="Alla med psykos",
        due_on=today() - DAY,
    )
    assert remind_overdue(session) == 2
    for mail in session.scalars(select(OutboxMail)).all():
        whole = f"{mail.subject}{mail.text}{mail.html}"
        assert "sykos" not in whole
        assert "/commitments/" in whole


def test_a_coordinator_moves_a_date_and_reminds(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, owing: list[Account]
) -> None:
    commitment = make_commitment(session, county.group, due_on=date(2020, 1, 1))
    session.commit()
    address = f"/commitments/{commitment.public_id}"
    late = as_coordinator.submit(f"{address}/move", {"day": "2020-02-02", "reason": "x"})
    assert "Välj en dag som inte har varit." in late.text
    new_day = today() + 400 * DAY
    moved = {"day": new_day.isoformat(), "reason": "Vi väntar på budget"}
    as_coordinator.submit(f"{address}/move", moved)
    page = as_coordinator.page(address)
    assert "Vi väntar på budget" in page
    assert format_day(new_day) in page
    reminded = as_coordinator.submit(f"{address}/remind", follow_redirects=True)
    assert "2 personer" in reminded.text


def test_only_coordinators_move_dates(
    as_contact_person: CheckingClient, session: Session, county: SmallCounty
) -> None:
    commitment = make_commitment(session, county.region)
    session.commit()
    address = f"/commitments/{commitment.public_id}"
    for path in ("move", "remind"):
        assert as_contact_person.submit(f"{address}/{path}").status_code == 403
    assert "Flytta datumet" not in as_contact_person.page(address)


def test_lists_are_filtered_by_state_and_by_who_owes(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, app: Flask
) -> None:
    make_commitment(session, county.group, title="Gruppens sena", due_on=today() - DAY)
    make_commitment(session, county.region, title="Regionens", due_on=today() + DAY)
    done = make_commitment(session, county.region, title="Regionens klara")
    answer_commitment(session, SYSTEM, done, answer="yes", answer_text="Ja", is_done=True)
    session.commit()
    page = as_coordinator.page("/commitments?show=late")
    assert "Gruppens sena" in page
    assert "Regionens" not in page
    page = as_coordinator.page(f"/commitments?show=all&place=organisation:{county.region.id}")
    assert "Regionens klara" in page
    assert "Gruppens sena" not in page
    assert "Regionens klara" in as_coordinator.page("/commitments?show=over")
    assert as_coordinator.page("/commitments?show=%27&place=group:abc&page=zz")


def test_an_answer_is_looked_at_before_it_is_sent_and_can_be_taken_back(
    as_contact_person: CheckingClient, session: Session, county: SmallCounty
) -> None:
    commitment = make_commitment(session, county.unit)
    session.commit()
    address = f"/commitments/{commitment.public_id}"
    looked = as_contact_person.submit(f"{address}/answer", {**YES, "look": "1"})
    assert "Vi byter stolarna." in looked.text
    changed = as_contact_person.submit(f"{address}/answer", {**YES, "change": "1"})
    assert "Vi byter stolarna." in changed.text
    session.refresh(commitment)
    assert commitment.answer is None
    session.rollback()
    as_contact_person.submit(f"{address}/answer", YES)
    as_contact_person.submit(f"{address}/take-back", {"reason": "Fel stolar."})
    session.refresh(commitment)
    assert (commitment.status, commitment.answer, commitment.action_text) == ("open", None, "")
    page = as_contact_person.page(address)
    assert "Fel stolar." in page
    assert "Vi byter stolarna." in page  # what was said stays in the history


def test_an_outsider_takes_no_answer_back(
    as_outsider: CheckingClient, session: Session, county: SmallCounty
) -> None:
    commitment = make_commitment(session, county.unit)
    answer_commitment(session, SYSTEM, commitment, answer="no", answer_text="Nej.")
    session.commit()
    sent = as_outsider.submit(f"/commitments/{commitment.public_id}/take-back", {"reason": "x"})
    assert sent.status_code == 404
    session.refresh(commitment)
    assert commitment.answer == "no"
