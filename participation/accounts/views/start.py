"""The start page of everybody who is signed in: what waits for me, and what my voice led to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import g

from participation.accounts.queries import my_jobs
from participation.accounts.rules.waiting import Waiting, When, sorted_waiting
from participation.accounts.views.sign_in import accounts
from participation.accounts.views.words import HEADINGS, due_text, heading, lead
from participation.county.models import Group
from participation.county.queries import groups_by_id
from participation.foundation.clock import today
from participation.foundation.permissions import STRONG_ROLES, Permission
from participation.foundation.providers import StartCard, StartItem, TrailStep, VoiceTrail
from participation.foundation.views_operations import percent_done
from participation.foundation.web import actor, db, extension, render, requires

LONGEST_TRAIL = 12


@dataclass(frozen=True)
class WaitingRow:
    """One row of the page: the item and its mark ("late", "4 days late")."""

    item: StartItem
    mark: tuple[str, str] | None


@dataclass(frozen=True)
class WaitingSection:
    key: str
    title: str
    rows: list[WaitingRow]


@accounts.get("/start")
@requires(Permission.OWN_PAGE)
def start() -> str:
    waiting = _waiting()
    g.waiting = {**waiting.per_room, "start": waiting.total}
    is_staff = any(grant.role in STRONG_ROLES for grant in actor().usable_grants())
    return render(
        "accounts/start_staff.html" if is_staff else "accounts/start_resident.html",
        title=heading(waiting.total),
        lead=lead(waiting),
        sections=_sections(waiting),
        others=_rows(waiting.others),
        jobs=[(job, percent_done(job)) for job in my_jobs(db(), actor())],
        groups=_groups(),
        trail=[] if is_staff else _trail(),
        today=today(),
    )


def _groups() -> Sequence[Group]:
    """The groups the person has a role in: the way to what people say to them."""
    ids = {grant.group_id for grant in actor().usable_grants() if grant.group_id is not None}
    return groups_by_id(db(), ids) if ids else []


def _waiting() -> Waiting:
    cards: tuple[StartCard, ...] = extension().features.collect("start_cards")
    person, session = actor(), db()
    found = [(card.room, item) for card in cards for item in card.items(session, person)]
    return sorted_waiting(found, today())


def _sections(waiting: Waiting) -> list[WaitingSection]:
    return [
        WaitingSection(when.value, str(HEADINGS[when]), _rows(waiting.groups[when]))
        for when in When
        if when in waiting.groups
    ]


def _rows(items: Iterable[StartItem]) -> list[WaitingRow]:
    this_day = today()
    return [WaitingRow(item, due_text(item.due_on, this_day)) for item in items]


def _trail() -> list[TrailStep]:
    """The newest steps of what this person's voice led to."""
    trails: tuple[VoiceTrail, ...] = extension().features.collect("voice_trails")
    session, account_id = db(), actor().account_id or 0
    steps = [step for trail in trails for step in trail.steps(session, account_id)]
    return sorted(steps, key=lambda step: step.at, reverse=True)[:LONGEST_TRAIL]
