"""The council's meetings."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.activities.models import Activity
from participation.activities.rules.states import STILL_TO_COME
from participation.council.models import (
    AgendaItem,
    CouncilDecision,
    CouncilMeeting,
    MinutesAdjuster,
)
from participation.council.queries.access import check_workspace, found
from participation.council.rules.meetings import PAPER_KIND
from participation.foundation.clock import now
from participation.foundation.files.models import StoredFile
from participation.foundation.files.queries import file_about
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

SHOWN_MEETINGS = 40


def nearest_meeting(session: Session) -> CouncilMeeting | None:
    """The nearest meeting of any term that has not ended. One query."""
    return session.scalar(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(Activity.state.in_(STILL_TO_COME), Activity.ends_at > now())
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at, CouncilMeeting.id)
        .limit(1)
    )


def meetings_of(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilMeeting]:
    """A term's meetings, newest first. Raises NotFound for outsiders."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(CouncilMeeting.term_id == term_id)
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at.desc(), CouncilMeeting.id.desc())
        .limit(SHOWN_MEETINGS)
    ).all()


def next_meeting(session: Session, term_id: int) -> CouncilMeeting | None:
    """The nearest meeting that has not ended, with its agenda. One query."""
    return (
        session.scalars(
            select(CouncilMeeting)
            .join(Activity, Activity.id == CouncilMeeting.activity_id)
            .where(
                CouncilMeeting.term_id == term_id,
                Activity.state.in_(STILL_TO_COME),
                Activity.ends_at > now(),
            )
            .options(joinedload(CouncilMeeting.activity), joinedload(CouncilMeeting.agenda))
            .order_by(Activity.starts_at, CouncilMeeting.id)
            .limit(1)
        )
        .unique()
        .one_or_none()
    )


def meeting_visible_to(session: Session, actor: Actor, public_id: str) -> CouncilMeeting:
    """One meeting with activity, agenda, decisions and adjusters. Raises NotFound."""
    check_workspace(session, actor)
    return _one(session, _whole_meeting().where(CouncilMeeting.public_id == public_id))


def minutes_to_adjust(session: Session, account_id: int | None) -> Sequence[CouncilMeeting]:
    """Meetings whose minutes are written and wait for this person to say that they are right."""
    is_written = or_(
        CouncilMeeting.minutes != "", CouncilMeeting.agenda.any(AgendaItem.record != "")
    )
    return session.scalars(
        select(CouncilMeeting)
        .join(MinutesAdjuster, MinutesAdjuster.meeting_id == CouncilMeeting.id)
        .join(BankMember, BankMember.id == MinutesAdjuster.member_id)
        .where(
            BankMember.account_id == account_id,
            MinutesAdjuster.approved_on.is_(None),
            CouncilMeeting.approved_on.is_(None),
            is_written,
        )
        .options(joinedload(CouncilMeeting.activity))
        .order_by(CouncilMeeting.id)
    ).all()


def public_minutes(session: Session, public_id: str) -> CouncilMeeting:
    """A meeting whose minutes everybody may read. Raises NotFound for every other."""
    return _one(
        session,
        _whole_meeting().where(
            CouncilMeeting.public_id == public_id, CouncilMeeting.published_on.is_not(None)
        ),
    )


def public_meetings(session: Session, term_id: int) -> Sequence[CouncilMeeting]:
    """A term's meetings that everybody may know of: to come, or with public minutes. One query."""
    is_to_come = and_(Activity.state.in_(STILL_TO_COME), Activity.ends_at > now())
    return session.scalars(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(
            CouncilMeeting.term_id == term_id,
            or_(is_to_come, CouncilMeeting.published_on.is_not(None)),
        )
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at, CouncilMeeting.id)
    ).all()


def coming_meetings(session: Session, term_id: int) -> Sequence[CouncilMeeting]:
    """A term's meetings that have not ended, nearest first. One query."""
    return session.scalars(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(
            CouncilMeeting.term_id == term_id,
            Activity.state.in_(STILL_TO_COME),
            Activity.ends_at > now(),
        )
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at, CouncilMeeting.id)
        .limit(SHOWN_MEETINGS)
    ).all()


def point_of(meeting: CouncilMeeting, public_id: str) -> AgendaItem:
    """One point of a meeting whose agenda is loaded. Raises NotFound."""
    return found(next((item for item in meeting.agenda if item.public_id == public_id), None))


def papers_of(session: Session, meeting: CouncilMeeting) -> Mapping[str, Sequence[StoredFile]]:
    """The papers of each point, by the point's public id, without their content. One query."""
    points = [item.public_id for item in meeting.agenda]
    found_papers: dict[str, list[StoredFile]] = {point: [] for point in points}
    for paper in session.scalars(
        select(StoredFile)
        .where(StoredFile.about_kind == PAPER_KIND, StoredFile.about_id.in_(points))
        .order_by(StoredFile.id)
    ):
        found_papers[paper.about_id].append(paper)
    return found_papers


def paper_of_point(session: Session, item: AgendaItem, file_id: str) -> StoredFile:
    """One paper with its content, of a point the caller may see. Raises NotFound."""
    return file_about(session, PAPER_KIND, item.public_id, file_id)


def meetings_to_agree_in(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilMeeting]:
    """Meetings of a term that have begun: where a statement can have been agreed."""
    return [m for m in meetings_of(session, actor, term_id) if m.activity.starts_at <= now()]


def _whole_meeting() -> Select[CouncilMeeting]:
    return select(CouncilMeeting).options(
        joinedload(CouncilMeeting.activity),
        joinedload(CouncilMeeting.term),
        joinedload(CouncilMeeting.agenda),
        selectinload(CouncilMeeting.decisions).joinedload(CouncilDecision.owner_member),
        selectinload(CouncilMeeting.adjusters).joinedload(MinutesAdjuster.member),
    )


def _one(session: Session, wanted: Select[CouncilMeeting]) -> CouncilMeeting:
    return found(session.scalars(wanted).unique().one_or_none())
