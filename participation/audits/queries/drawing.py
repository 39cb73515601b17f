"""Whom an audit's team can be drawn among, and why others cannot; how its draw stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.queries.matching import burdens, rest_of
from participation.activities.rules.burden import Burden
from participation.audits.models import Audit, AuditStep, AuditTeamMember
from participation.audits.queries.ties import silent_members, tied_members
from participation.audits.rules.drawing import OWNER_KIND, Held
from participation.audits.rules.states import FINISHED, REPORT_IS_OUT, AuditState
from participation.county.models import Unit
from participation.foundation.clock import today
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import (
    Criteria,
    fitting_members,
    may_be_invited,
    willing_members,
)
from participation.interest_bank.rules import Assignment
from participation.selection.models import Draw, DrawPerson, DrawPlace
from participation.selection.queries import draws_of_owner, panel_of
from participation.selection.rules.draws import DrawState, PlaceKind
from participation.training.queries import lacking, trained_for
from participation.training.rules.kinds import USER_AUDIT


@dataclass(frozen=True)
class HeldBack:
    """Somebody who is not in the lottery, why, and from when they can be (None: not by time)."""

    member: BankMember
    why: Held
    again_on: date | None = None


@dataclass(frozen=True)
class AuditorPool:
    """Those the lot can fall on and those it cannot; who of all of them has been in an audit."""

    free: Sequence[BankMember]
    held: Sequence[HeldBack]
    practised: frozenset[int]


@dataclass(frozen=True)
class Seat:
    """A drawn place: the number, whose it is, and what has become of it."""

    number: int
    member: BankMember | None
    place: AuditTeamMember | None

    @property
    def is_in_team(self) -> bool:
        return self.place is not None and self.place.left_at is None

    @property
    def has_left(self) -> bool:
        return self.member is None or (self.place is not None and self.place.left_at is not None)


def auditor_pool(session: Session, actor: Actor, audit: Audit, rest_days: int) -> AuditorPool:
    """Everybody trained, and everybody who can imagine it, sorted into free and held back.

    Nobody is skipped in silence. Empty for who does not see the bank. Constant queries; the
    caller may lead the audit.
    """
    everybody = _auditors(session, actor)
    reasons = _Reasons(session, audit, everybody, rest_days)
    held = [HeldBack(one, *why) for one in everybody if (why := reasons.of(one)) is not None]
    out = {one.member.id for one in held}
    return AuditorPool(
        [one for one in everybody if one.id not in out],
        held,
        frozenset(one.id for one in everybody if one.account_id in reasons.reported),
    )


def _auditors(session: Session, actor: Actor) -> list[BankMember]:
    found = {m.id: m for m in session.scalars(willing_members(actor, Assignment.AUDIT))}
    trained = trained_for(session, USER_AUDIT, today())
    if trained is not None:
        statement = fitting_members(actor, Criteria()).where(BankMember.account_id.in_(trained))
        found |= {member.id: member for member in session.scalars(statement)}
    return [found[key] for key in sorted(found)]


class _Reasons:
    """What is known of everybody, read once."""

    def __init__(
        self, session: Session, audit: Audit, everybody: Sequence[BankMember], rest_days: int
    ) -> None:
        ids = [member.id for member in everybody]
        self.rest = timedelta(days=rest_days)
        self.team = _accounts_in(session, audit)
        self.said_no = _left_places(session, audit)
        self.untrained = lacking(session, USER_AUDIT, [one.account_id for one in everybody])
        unit = session.get_one(Unit, audit.unit_id)
        self.tied = tied_members(session, unit, everybody)
        self.silent = silent_members(session, unit, everybody)
        self.allowed = may_be_invited(session, ids)
        self.burdens = burdens(session)
        self.busy, self.reported = _earlier_audits(session)

    def of(self, member: BankMember) -> tuple[Held, date | None] | None:
        """The first reason that holds."""
        simple = (
            (Held.IN_TEAM, member.account_id in self.team),
            (Held.SAID_NO, member.id in self.said_no),
            (Held.UNTRAINED, member.account_id in self.untrained),
            (Held.TIES, member.id in self.tied),
            (Held.SILENT, member.id in self.silent),
            (Held.UNDER_AGE, member.id not in self.allowed),
        )
        for why, holds in simple:
            if holds:
                return why, None
        return self._rests(member)

    def _rests(self, member: BankMember) -> tuple[Held, date | None] | None:
        rest = rest_of(member, self.burdens.get(member.id, Burden()))
        if rest is not None:
            return Held(rest.reason.value), rest.again_on
        if not self.rest:
            return None
        if member.account_id in self.busy:
            return Held.RESTS, None
        last = self.reported.get(member.account_id)
        again = None if last is None else last + self.rest
        return (Held.RESTS, again) if again is not None and again > today() else None


def _accounts_in(session: Session, audit: Audit) -> set[int]:
    return set(
        session.scalars(
            select(AuditTeamMember.account_id).where(
                AuditTeamMember.audit_id == audit.id, AuditTeamMember.left_at.is_(None)
            )
        )
    )


def _left_places(session: Session, audit: Audit) -> set[int | None]:
    """Members who were drawn for the audit once and hold the place no more."""
    return set(
        session.scalars(
            select(DrawPerson.member_id)
            .join(DrawPlace, DrawPlace.person_id == DrawPerson.id)
            .join(Draw, Draw.id == DrawPlace.draw_id)
            .where(
                Draw.owner_kind == OWNER_KIND,
                Draw.owner_id == audit.public_id,
                DrawPlace.kind == PlaceKind.PANEL,
                DrawPlace.left_at.is_not(None),
            )
        )
    )


def _earlier_audits(session: Session) -> tuple[set[int], Mapping[int, date]]:
    """Accounts in an audit whose report is not out; when the last report of others came."""
    stays = AuditTeamMember.left_at.is_(None)
    busy = session.scalars(
        select(AuditTeamMember.account_id)
        .join(Audit, Audit.id == AuditTeamMember.audit_id)
        .where(stays, Audit.state.not_in((*REPORT_IS_OUT, *FINISHED)))
    )
    reported = session.execute(
        select(AuditTeamMember.account_id, func.max(AuditStep.taken_on))
        .join(AuditStep, AuditStep.audit_id == AuditTeamMember.audit_id)
        .where(stays, AuditStep.state == AuditState.REPORTED)
        .group_by(AuditTeamMember.account_id)
    )
    return set(busy), {row[0]: row[1] for row in reported}


def draws_of_team(session: Session, audit: Audit) -> Sequence[Draw]:
    """Draws of the audit's team, newest first."""
    return draws_of_owner(session, OWNER_KIND, audit.public_id)


def draw_of_team(session: Session, audit: Audit) -> Draw | None:
    """The newest draw of the audit's team that was not called off."""
    return newest_standing(draws_of_team(session, audit))


def newest_standing(draws: Sequence[Draw]) -> Draw | None:
    """The first of `draws` that was not called off."""
    return next((draw for draw in draws if draw.state != DrawState.CANCELLED), None)


def drawn_seats(session: Session, audit: Audit, draw: Draw) -> list[Seat]:
    """The places the lot gave, with what became of each. Two queries."""
    team = session.scalars(select(AuditTeamMember).where(AuditTeamMember.audit_id == audit.id))
    places = {place.account_id: place for place in team}
    return [
        Seat(
            place.person.number or 0,
            place.person.member,
            None if place.person.member is None else places.get(place.person.member.account_id),
        )
        for place in panel_of(session, draw)
    ]


def audit_of_draw(session: Session, draw: Draw) -> Audit | None:
    """The audit a draw is about, for subscribers to the events of draws."""
    if draw.owner_kind != OWNER_KIND:
        return None
    return session.scalar(select(Audit).where(Audit.public_id == draw.owner_id))
