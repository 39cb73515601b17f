"""Children and young people in the bank, with a guardian's answer in each of its states."""

from datetime import date, timedelta
from typing import Any

from participation.accounts.services.demo import DemoPerson, make_demo_accounts
from participation.activities.rules.lundy import LundyQuestion
from participation.activities.rules.states import ActivityKind, ActivityState
from participation.activities.services.lundy import answer_for_children
from participation.demo.cast import address_of
from participation.demo.year import Year
from participation.foundation.permissions import SYSTEM
from participation.interest_bank.models import BankMember, GuardianApproval
from participation.interest_bank.rules import (
    NOTICE_VERSION,
    ApprovalState,
    ContactWay,
    ExperienceRole,
    Gender,
    MemberState,
    NoticeKind,
    Profile,
    Way,
)
from participation.interest_bank.services import Newcomer, enrol_members, pause_membership
from participation.interest_bank.services.approvals import (
    move_approval,
    note_guardian,
    open_approval,
    start_asking,
)

JOINED_BEFORE = timedelta(days=21)
WAYS = (Way.ON_SITE, Way.ONLINE, Way.WRITING)
NOT_IN_YET = {
    ApprovalState.NOTED: MemberState.UNCONFIRMED,
    ApprovalState.ASKED: MemberState.AWAITING,
}


def welcome_young(year: Year) -> None:
    """One after the other, a day apart, the newest still waiting."""
    entries: list[dict[str, Any]] = year.texts.people["young"]
    for number, entry in enumerate(entries):
        day = year.calendar.today - JOINED_BEFORE + timedelta(days=2 * number)
        with year.calendar.stand_at(day):
            member = _sign_up(year, entry, day)
            if "guardian" in entry:
                _guardian(year, member, ApprovalState(entry["guardian"]))
    _consider_children(year)


def _consider_children(year: Year) -> None:
    """For the first activity to come, so that the young can be invited there."""
    coming = [
        a
        for a in year.activities.values()
        if a.state == ActivityState.OPEN and a.kind != ActivityKind.COUNCIL_MEETING
    ]
    told = year.texts.people["children_considered"]
    with year.calendar.stand_at(year.calendar.today - timedelta(days=9)):
        answer_for_children(
            year.session,
            year.coordinator,
            min(coming, key=lambda activity: activity.id),
            {question: told[question.value] for question in LundyQuestion},
        )


def _sign_up(year: Year, entry: dict[str, Any], day: date) -> BankMember:
    at = year.calendar.at(day, 16, 5)
    name = entry["name"]
    (account,) = make_demo_accounts(
        year.session, [DemoPerson(email=address_of(name), name=name, locale="sv", at=at)]
    )
    year.accounts[name] = account
    newcomer = Newcomer(
        account=account,
        profile=_profile(year, entry),
        locale="sv",
        at=at,
        notice=NoticeKind.CHILD,
    )
    (member,) = enrol_members(year.session, [newcomer])
    year.members[name] = member
    return member


def _profile(year: Year, entry: dict[str, Any]) -> Profile:
    gender = Gender(entry["gender"])
    return Profile(
        name=entry["name"],
        phone=None,
        municipality_code=entry["municipality"],
        birth_year=year.calendar.today.year - entry["age"],
        gender=gender,
        gender_text="ickebinär" if gender is Gender.OTHER else None,
        roles=(ExperienceRole(entry["role"]),),
        area_ids=(year.area_ids[entry["area"]],),
        experience_text=entry.get("text"),
        ways=WAYS,
        times=(),
        languages=("sv",),
        needs=(),
        needs_text=None,
        yearly_ceiling=None,
        preferred_contact=ContactWay.EMAIL,
    )


def _guardian(year: Year, member: BankMember, wanted: ApprovalState) -> None:
    """Bring the guardian's answer, and the membership with it, to `wanted`."""
    note_guardian(year.session, member, f"vuxen.{address_of(member.name)}", "sv")
    approval = open_approval(year.session, member.id)
    assert approval is not None
    if wanted in NOT_IN_YET:
        member.state = NOT_IN_YET[wanted]
        member.confirmed_at = None
    if wanted is not ApprovalState.NOTED:
        start_asking(approval)
    if wanted in {ApprovalState.APPROVED, ApprovalState.WITHDRAWN}:
        _say_yes(approval)
    if wanted is ApprovalState.WITHDRAWN:
        move_approval(approval, wanted)
        pause_membership(year.session, SYSTEM, member, None)
    year.session.flush()


def _say_yes(approval: GuardianApproval) -> None:
    move_approval(approval, ApprovalState.APPROVED)
    approval.notice_version = NOTICE_VERSION
