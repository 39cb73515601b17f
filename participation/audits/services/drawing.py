"""A team by lot: the draw is begun here, and whoever was drawn takes the place or passes it on.

Quotas, sealing, seed and the draw itself stand on selection's pages.
"""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditTeamMember
from participation.audits.queries.drawing import AuditorPool, auditor_pool, draw_of_team
from participation.audits.rules.drawing import (
    COUNTED,
    HELD_LABELS,
    OWNER_KIND,
    TEAM_DRAW,
    Demands,
    quotas_of_demands,
)
from participation.audits.rules.states import TEAM_OPEN
from participation.audits.services.interviews import lock_audit
from participation.audits.services.teams import add_auditor, remove_auditor
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, format_day, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Actor
from participation.interest_bank.models import BankMember
from participation.selection.models import Draw
from participation.selection.queries import numbers_leaving, place_of_number
from participation.selection.rules.draws import OPEN_STATES, DrawState, PlaceKind
from participation.selection.rules.owners import DrawOwner, HeldBack
from participation.selection.services import (
    ReplacementUnderWay,
    cancel_draw,
    choose_features,
    close_draw,
    draw_replacement,
    prepare_draw,
    set_quotas,
)


def begin_team_draw(session: Session, actor: Actor, audit: Audit, demands: Demands) -> Draw:
    """Begin a draw of auditors among all who can be drawn, with the demands as its quotas.

    Its title names no unit: everybody may see a draw, and an audit only once it is published.

    Raises:
        Conflict: the team is closed.
        TooFewCandidates: no more people than places.
        DrawUnderWay: one is going on already.
    """
    if audit.state not in TEAM_OPEN:
        raise Conflict
    pool = auditor_pool(session, actor, audit, demands.rest_days)
    with use_locale(DEFAULT_LOCALE):
        title = _("Team for a user audit, %(day)s", day=format_day(today()))
        rests = _held_back(pool)
    draw = prepare_draw(
        session,
        actor,
        title=title,
        seats=demands.people,
        alternates=demands.people,
        members=[member.id for member in pool.free],
        owner=DrawOwner(
            kind=OWNER_KIND,
            public_id=audit.public_id,
            path=f"/audits/{audit.public_id}/team/draw",
            purpose=TEAM_DRAW,
        ),
        held_back=rests,
        practised=pool.practised,
        is_fictional=audit.is_fictional,
    )
    quotas = quotas_of_demands(demands)
    choose_features(session, actor, draw, {key.feature for key in quotas})
    if quotas:
        set_quotas(session, actor, draw, quotas)
    log_event(session, actor, "audit_draw_begun", "audit", audit.public_id)
    return draw


def _held_back(pool: AuditorPool) -> list[HeldBack]:
    counted = Counter((one.why, one.again_on) for one in pool.held if one.why in COUNTED)
    rows = sorted(counted.items(), key=lambda row: (row[0][0], str(row[0][1])))
    return [HeldBack(str(HELD_LABELS[why]), count, again) for (why, again), count in rows]


def take_place(session: Session, actor: Actor, audit: Audit, number: int) -> BankMember:
    """Whoever was drawn has said yes: they join the team, and declare themselves as everybody does.

    Raises NotFound: nobody on the panel has the number. ReplacementUnderWay: the place was passed
    on, and a successor is looked for. And as `add_auditor`.
    """
    lock_audit(session, audit.id)
    draw = _going(session, audit)
    member = _drawn_member(session, draw, number)
    if number in numbers_leaving(session, draw.id):
        raise ReplacementUnderWay
    add_auditor(session, actor, audit, member)
    return member


def pass_place_on(session: Session, actor: Actor, audit: Audit, number: int) -> None:
    """Whoever was drawn does not take the place, or left it: the same draw names the next.

    Raises NotFound as `take_place`, ReplacementUnderWay: one at a time. Conflict: the team is
    closed, or they are in it.
    """
    lock_audit(session, audit.id)
    draw = _going(session, audit)
    place = place_of_number(session, draw, number)
    if place.kind != PlaceKind.PANEL:
        raise NotFound
    if audit.state not in TEAM_OPEN:
        raise Conflict
    member = place.person.member
    if member is not None and _in_team(session, audit, [member.id]):
        raise Conflict
    draw_replacement(session, actor, draw, number)


def leave_with_swap(session: Session, audit: Audit, left_member_ids: Collection[int]) -> None:
    """A coordinator said yes to a swap: whoever it takes out of the panel leaves the team."""
    for place in _in_team(session, audit, left_member_ids):
        remove_auditor(session, SYSTEM, audit, place)


def end_team_draw(session: Session, actor: Actor, audit: Audit) -> None:
    """Nobody joins the team any more: a draw that goes on is called off, a made one closed."""
    draw = draw_of_team(session, audit)
    if draw is None:
        return
    if draw.state in OPEN_STATES:
        with use_locale(DEFAULT_LOCALE):
            reason = _("The team is complete, or the audit was called off.")
        cancel_draw(session, actor, draw, reason)
    elif draw.state == DrawState.DRAWN:
        close_draw(session, actor, draw)


def _going(session: Session, audit: Audit) -> Draw:
    draw = draw_of_team(session, audit)
    if draw is None or draw.state != DrawState.DRAWN:
        raise NotFound
    return draw


def _drawn_member(session: Session, draw: Draw, number: int) -> BankMember:
    place = place_of_number(session, draw, number)
    if place.kind != PlaceKind.PANEL or place.person.member is None:
        raise NotFound
    return place.person.member


def _in_team(session: Session, audit: Audit, member_ids: Collection[int]) -> list[AuditTeamMember]:
    return list(
        session.scalars(
            select(AuditTeamMember)
            .join(BankMember, BankMember.account_id == AuditTeamMember.account_id)
            .where(
                AuditTeamMember.audit_id == audit.id,
                AuditTeamMember.left_at.is_(None),
                BankMember.id.in_(member_ids),
            )
            .order_by(AuditTeamMember.id)
        )
    )
