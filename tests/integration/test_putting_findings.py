"""A finding is put before groups, which are told, and say which plan actions carry the answer."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.commitments.queries import commitments_about
from participation.commitments.services import answer_commitment
from participation.follow_up.models import Feedback
from participation.foundation.clock import today
from participation.foundation.outbox import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from participation.plans.models import ActionPlan, FindingPlanLink, PlanNode
from participation.results.services import withdraw_finding
from participation.results.services.publishing import publish_finding
from tests.factories.accounts import make_account
from tests.factories.follow_up import make_told_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

MAIL = "follow_up/put_before_group"


def test_a_coordinator_puts_a_finding_before_a_group_with_a_day_and_a_meeting(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding, _release = make_told_finding(session, group_ids=(county.group.id,))
    make_account(session, role=Role.GROUP_MEMBER, group=county.other_group)
    session.commit()
    address = f"/findings/{finding.public_id}/put"
    assert county.other_group.name in as_coordinator.page(address)
    typed = {
        "groups": [county.other_group.public_id, county.group.public_id],
        "due_on": (today() + timedelta(days=30)).isoformat(),
        "meeting_on": (today() + timedelta(days=20)).isoformat(),
    }
    refused = as_coordinator.submit(address, typed)  # one of them is asked already
    assert refused.status_code == 200
    typed["groups"] = [county.other_group.public_id]
    assert as_coordinator.submit(address, typed).status_code == 303
    session.expire_all()
    owed = commitments_about(session, "finding", finding.public_id)
    put = owed[-1]
    assert len(owed) == 2
    assert (put.owed_by_group_id, put.meeting_on) == (
        county.other_group.id,
        today() + timedelta(days=20),
    )
    (mail,) = session.scalars(select(OutboxMail).where(OutboxMail.template == MAIL)).all()
    assert finding.title not in f"{mail.subject} {mail.text}"
    assert session.scalar(select(Feedback).where(Feedback.commitment_id == put.id)) is not None


def test_a_group_that_was_asked_afterwards_is_asked_again_when_the_finding_comes_back(
    app: Flask, as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding, _release = make_told_finding(session)
    session.commit()
    typed = {"groups": [county.group.public_id], "due_on": today().isoformat()}
    as_coordinator.submit(f"/findings/{finding.public_id}/put", typed)
    session.refresh(finding)
    withdraw_finding(session, SYSTEM, finding, "Ett fel.")
    (owed,) = commitments_about(session, "finding", finding.public_id)
    assert owed.is_called_off
    publish_finding(session, SYSTEM, finding)
    assert owed.status == "open"


def test_a_withdrawn_finding_and_a_draft_are_put_before_nobody(
    app: Flask, as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding, _release = make_told_finding(session)
    withdraw_finding(session, SYSTEM, finding, "Ett fel.")
    session.commit()
    assert as_coordinator.get(f"/findings/{finding.public_id}/put").status_code == 410


def test_a_group_says_which_plan_actions_carry_its_answer_and_an_outsider_does_not(
    app: Flask,
    as_group_member: CheckingClient,
    as_outsider: CheckingClient,
    session: Session,
    county: SmallCounty,
) -> None:
    finding, _release = make_told_finding(session, group_ids=(county.group.id,))
    (owed,) = commitments_about(session, "finding", finding.public_id)
    answer_commitment(
        session, SYSTEM, owed, answer="yes", answer_text="Ja.", action_text="En mall."
    )
    plan = ActionPlan(
        layer="test",
        key="plan-2026",
        group_id=county.group.id,
        title="Handlingsplan 2026",
        form="areas",
        content_state="loaded",
        period_from=2026,
        period_to=2026,
        position=1,
    )
    session.add(plan)
    session.flush()
    node = PlanNode(
        layer="test",
        plan_id=plan.id,
        key="a",
        kind="plan_action",
        text="Skriva en mall",
        position=1,
    )
    session.add(node)
    session.commit()
    address = f"/commitments/{owed.public_id}/plan-actions"
    assert as_outsider.submit(address, {"actions": [node.public_id]}).status_code == 404
    assert address in as_group_member.page(f"/commitments/{owed.public_id}")
    as_group_member.submit(address, {"actions": [node.public_id]})
    assert session.scalars(select(FindingPlanLink.node_id)).all() == [node.id]
    assert "Skriva en mall" in as_group_member.page(address)
