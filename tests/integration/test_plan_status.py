"""The history of a plan action's status: told as a role, corrected in the open."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import frozen_at, now, today
from participation.foundation.errors import Conflict
from participation.foundation.outbox import OutboxMail
from participation.foundation.permissions import Actor, Grant, Role
from participation.plans.models import ActionPlan, PlanActionStatus, PlanNode, PlanReminder
from participation.plans.queries.plans import plan_page
from participation.plans.queries.versions import statuses_told_between
from participation.plans.queries.waiting import waiting_for, waiting_groups
from participation.plans.rules.plans import PlanStatus
from participation.plans.services.plans import correct_status, role_of, tell_status
from participation.plans.services.reminding import remind_of_statuses
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

DAY = date(2026, 3, 2)
MEMBER_ELSEWHERE = 99


@pytest.fixture
def plan(session: Session, county: SmallCounty) -> ActionPlan:
    """The group's plan in force, with two plan actions."""
    made = ActionPlan(
        layer="test",
        key="plan-now",
        group_id=county.group.id,
        title="Handlingsplan nu",
        form="areas",
        content_state="loaded",
        period_from=today().year - 1,
        period_to=today().year,
        position=1,
    )
    session.add(made)
    session.flush()
    for position, text in enumerate(("Skriva en mall", "Ringa dagen före"), 1):
        session.add(
            PlanNode(
                layer="test",
                plan_id=made.id,
                key=f"a{position}",
                kind="plan_action",
                text=text,
                position=position,
            )
        )
    session.commit()
    return made


@pytest.fixture
def node(session: Session, plan: ActionPlan) -> PlanNode:
    found = session.scalars(select(PlanNode).where(PlanNode.key == "a1")).one()
    session.commit()
    return found


def member(county: SmallCounty) -> Actor:
    return Actor(grants=(Grant(Role.GROUP_MEMBER, group_id=county.group.id),))


def told(session: Session, actor: Actor, node: PlanNode, on: date = DAY) -> PlanActionStatus:
    return tell_status(session, actor, node, status=PlanStatus.GOING, text="Snart klart.", on=on)


@pytest.mark.parametrize(
    ("grants", "role"),
    [
        ([(Role.COORDINATOR, False)], Role.COORDINATOR),
        ([(Role.COORDINATOR, False), (Role.GROUP_MEMBER, True)], Role.GROUP_MEMBER),
        ([(Role.ADMINISTRATOR, False)], None),
        ([], None),
    ],
)
def test_a_status_is_told_as_the_role_that_is_nearest_to_the_group(
    county: SmallCounty, grants: list[tuple[Role, bool]], role: Role | None
) -> None:
    group = county.group.id
    held = tuple(Grant(one, group_id=group if of_group else None) for one, of_group in grants)
    elsewhere = Grant(Role.GROUP_MEMBER, group_id=group + MEMBER_ELSEWHERE)
    assert role_of(Actor(grants=(elsewhere, *held), is_strong=True), group) is role


def test_the_history_says_who_told_it_as_a_role_and_never_a_name(
    session: Session, as_group_member: CheckingClient, client: CheckingClient, node: PlanNode
) -> None:
    here = f"/plan-actions/{node.public_id}"
    as_group_member.submit(
        f"{here}/status", {"status": "going", "status_on": "2026-03-02", "text": "Snart klart."}
    )
    page = client.page(here)
    assert "2 mars 2026 · gruppens ledamot" in page
    name = session.scalars(select(PlanActionStatus.told_as)).one()
    assert name == "group_member"


def test_what_was_told_before_roles_were_kept_stands_without_one(
    session: Session, client: CheckingClient, node: PlanNode
) -> None:
    session.add(PlanActionStatus(node_id=node.id, status="done", status_on=DAY))
    session.commit()
    page = client.page(f"/plan-actions/{node.public_id}")
    assert "2 mars 2026</span>" in page


def test_a_corrected_entry_is_kept_marked_and_does_not_count(
    session: Session,
    county: SmallCounty,
    as_group_member: CheckingClient,
    client: CheckingClient,
    plan: ActionPlan,
    node: PlanNode,
) -> None:
    told(session, member(county), node, on=DAY + timedelta(days=9))
    session.commit()
    here = f"/plan-actions/{node.public_id}"
    form = as_group_member.page(f"{here}/status/1")
    assert "Snart klart." in form
    sent = as_group_member.submit(
        f"{here}/status/1",
        {"status": "declined", "status_on": "2026-03-02", "text": "Pengarna tog slut."},
    )
    assert sent.status_code == 303
    page = client.page(here)
    assert "Snart klart." in page
    assert "Rättat" in page
    assert "Rätta<" not in page
    [first, _] = plan_page(session, plan.public_id).actions
    assert (first.status, first.status_on) == (PlanStatus.DECLINED, DAY)
    news = statuses_told_between(session, now() - timedelta(days=1), now() + timedelta(days=1))
    assert [texts for _, _, texts in news] == [["Skriva en mall"]]
    session.commit()
    assert as_group_member.get(f"{here}/status/1").status_code == 404


def test_when_only_what_was_corrected_is_left_behind_the_newer_one_stands(
    session: Session, county: SmallCounty, plan: ActionPlan, node: PlanNode
) -> None:
    older = told(session, member(county), node)
    told(session, member(county), node, on=DAY + timedelta(days=3))
    correct_status(
        session, member(county), node, older, status=PlanStatus.NOT_STARTED, text="", on=DAY
    )
    first = plan_page(session, plan.public_id).actions[0]
    assert (first.status, first.status_on) == (PlanStatus.GOING, DAY + timedelta(days=3))


def test_two_who_correct_the_same_entry_do_not_both_do_it(
    session: Session, county: SmallCounty, node: PlanNode
) -> None:
    entry = told(session, member(county), node)
    correct_status(session, member(county), node, entry, status=PlanStatus.DONE, text="", on=DAY)
    with pytest.raises(Conflict):
        correct_status(
            session, member(county), node, entry, status=PlanStatus.DONE, text="", on=DAY
        )


def test_others_neither_see_the_way_to_correct_nor_correct(
    session: Session,
    county: SmallCounty,
    as_outsider: CheckingClient,
    as_resident: CheckingClient,
    node: PlanNode,
) -> None:
    told(session, member(county), node)
    session.commit()
    here = f"/plan-actions/{node.public_id}"
    for stranger in (as_outsider, as_resident):
        assert "/status/1" not in stranger.page(here)
        sent = stranger.submit(f"{here}/status/1", {"status": "done", "status_on": "2026-01-01"})
        assert sent.status_code in {403, 404}
    assert session.scalars(select(PlanActionStatus.corrected_at)).all() == [None]


def test_a_refused_correction_changes_nothing(
    session: Session, county: SmallCounty, as_group_member: CheckingClient, node: PlanNode
) -> None:
    told(session, member(county), node)
    session.commit()
    sent = as_group_member.submit(
        f"/plan-actions/{node.public_id}/status/1",
        {"status": "declined", "status_on": "2026-03-02", "text": ""},
    )
    assert "Skriv varför det blev nej." in sent.text
    session.expire_all()
    assert session.scalars(select(PlanActionStatus.corrected_at)).all() == [None]


def texts_waiting(session: Session) -> list[str]:
    return [one.node.text for group in waiting_groups(session, today()) for one in group.actions]


def test_what_was_told_lately_or_has_ended_does_not_wait(
    session: Session, county: SmallCounty, node: PlanNode
) -> None:
    assert texts_waiting(session) == ["Skriva en mall", "Ringa dagen före"]
    with frozen_at(now() - timedelta(days=200)):
        told(session, member(county), node, on=today())
    assert texts_waiting(session) == ["Skriva en mall", "Ringa dagen före"]
    told(session, member(county), node, on=today() - timedelta(days=300))
    assert texts_waiting(session) == ["Ringa dagen före"]
    other = session.scalars(select(PlanNode).where(PlanNode.key == "a2")).one()
    with frozen_at(now() - timedelta(days=200)):
        tell_status(session, member(county), other, status=PlanStatus.DONE, text="", on=today())
    assert texts_waiting(session) == []


def test_the_files_status_counts_by_its_day(session: Session, node: PlanNode) -> None:
    entry = PlanActionStatus(
        node_id=node.id, status="going", status_on=today() - timedelta(days=200), is_from_file=True
    )
    session.add(entry)
    session.flush()
    assert "Skriva en mall" in texts_waiting(session)
    entry.status_on = today() - timedelta(days=20)
    session.flush()
    assert "Skriva en mall" not in texts_waiting(session)


def test_a_plan_whose_time_is_over_waits_for_nothing(session: Session, plan: ActionPlan) -> None:
    plan.period_to = today().year - 1
    session.flush()
    assert waiting_groups(session, today()) == []


def test_only_the_groups_own_members_and_coordinators_are_shown_what_waits(
    session: Session, county: SmallCounty, plan: ActionPlan
) -> None:
    other = Actor(grants=(Grant(Role.GROUP_MEMBER, group_id=county.other_group.id),))
    contact = Actor(grants=(Grant(Role.CONTACT_PERSON),), is_strong=True)
    coordinator = Actor(grants=(Grant(Role.COORDINATOR),), is_strong=True)
    assert [len(waiting_for(session, who, today())) for who in (other, contact)] == [0, 0]
    for who in (member(county), coordinator):
        assert [one.group.id for one in waiting_for(session, who, today())] == [county.group.id]


def test_members_are_asked_once_a_quarter_and_never_told_the_groups_name(
    session: Session, county: SmallCounty, as_group_member: CheckingClient, plan: ActionPlan
) -> None:
    def mails() -> int:
        return (
            session.scalar(select(func.count()).where(OutboxMail.template == "plans/status")) or 0
        )

    assert (remind_of_statuses(session), mails()) == (1, 1)
    assert (remind_of_statuses(session), mails()) == (0, 1)
    [mail] = session.scalars(select(OutboxMail).where(OutboxMail.template == "plans/status"))
    assert "2 planaktiviteter" in mail.text
    assert "/plan-status" in mail.text
    assert county.group.name not in mail.subject + mail.text
    with frozen_at(now() + timedelta(days=92)):
        plan.period_to = today().year
        session.flush()
        assert (remind_of_statuses(session), mails()) == (1, 2)
    assert session.scalar(select(func.count()).select_from(PlanReminder)) == 2


def test_a_group_without_members_is_asked_when_it_has_some(
    session: Session, county: SmallCounty, plan: ActionPlan
) -> None:
    assert remind_of_statuses(session) == 0
    assert session.scalar(select(func.count()).select_from(PlanReminder)) == 0


def test_statuses_are_told_one_after_another_from_the_list(
    session: Session, county: SmallCounty, as_group_member: CheckingClient, plan: ActionPlan
) -> None:
    page = as_group_member.page("/plan-status")
    assert "Skriva en mall" in page
    node = session.scalars(select(PlanNode).where(PlanNode.key == "a1")).one()
    session.commit()
    sent = as_group_member.submit(
        f"/plan-actions/{node.public_id}/status?back=list",
        {"status": "going", "status_on": today().isoformat(), "text": ""},
    )
    assert sent.headers["Location"].endswith("/plan-status")
    page = as_group_member.page("/plan-status")
    assert "Skriva en mall" not in page
    assert "Ringa dagen före" in page


def test_the_plan_says_who_sees_to_a_plan_action(
    session: Session, client: CheckingClient, plan: ActionPlan, node: PlanNode
) -> None:
    area = PlanNode(
        layer="test",
        plan_id=plan.id,
        key="area",
        kind="improvement_area",
        text="Ett första möte",
        position=3,
    )
    session.add(area)
    session.flush()
    node.parent_id, node.position, node.responsible = area.id, 4, "Arbetsgruppen"
    session.commit()
    assert "Ansvar: Arbetsgruppen" in client.page(f"/plans/{plan.public_id}")
