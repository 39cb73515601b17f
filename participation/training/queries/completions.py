"""Who has completed which course, for how long it holds, and who lacks what."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from participation.accounts.models import Account
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.training.models import Course, CourseCompletion, CourseInterest
from participation.training.queries.courses import required_courses
from participation.training.rules.kinds import DEMANDING_KINDS
from participation.training.rules.validity import REFRESHER_BEFORE, Validity, validity

WITH_COURSE = joinedload(CourseCompletion.course)


@dataclass(frozen=True)
class Trained:
    """Somebody's newest completion of a course, and how it stands today."""

    account: Account
    completion: CourseCompletion
    validity: Validity


def completions_of(session: Session, account_id: int) -> Sequence[CourseCompletion]:
    """What somebody has completed, the newest first."""
    return session.scalars(
        select(CourseCompletion)
        .where(CourseCompletion.account_id == account_id)
        .options(WITH_COURSE)
        .order_by(CourseCompletion.completed_on.desc(), CourseCompletion.id.desc())
    ).all()


def training_of(session: Session, account_id: int) -> tuple[list[CourseCompletion], list[Course]]:
    """What somebody has completed, the newest first, and wants to be told about. One query."""
    rows = session.execute(
        select(Course, CourseCompletion)
        .outerjoin(
            CourseCompletion,
            (CourseCompletion.course_id == Course.id) & (CourseCompletion.account_id == account_id),
        )
        .outerjoin(
            CourseInterest,
            (CourseInterest.course_id == Course.id) & (CourseInterest.account_id == account_id),
        )
        .where(or_(CourseCompletion.id.is_not(None), CourseInterest.account_id.is_not(None)))
        .add_columns(CourseInterest.account_id.is_not(None))
        .options(contains_eager(CourseCompletion.course))
        .order_by(CourseCompletion.completed_on.desc(), CourseCompletion.id.desc(), Course.id)
    ).all()
    completed = [completion for _course, completion, _wants in rows if completion is not None]
    wanted = dict.fromkeys(course for course, _completion, wants in rows if wants)
    return completed, list(wanted)


def certificate_of(session: Session, actor: Actor, public_id: str) -> CourseCompletion:
    """One completion: the person's own, or for who keeps the register. Raises NotFound."""
    found = session.scalar(
        select(CourseCompletion)
        .where(CourseCompletion.public_id == public_id)
        .options(WITH_COURSE, joinedload(CourseCompletion.account))
    )
    may_see = found is not None and (
        found.account_id == actor.account_id or actor.scope(Permission.MANAGE_TRAINING).everywhere
    )
    if found is None or not may_see:
        raise NotFound
    return found


def completion_of_course(session: Session, course: Course, public_id: str) -> CourseCompletion:
    """One completion of a course. Raises NotFound."""
    found = session.scalar(
        select(CourseCompletion)
        .where(CourseCompletion.course_id == course.id, CourseCompletion.public_id == public_id)
        .options(joinedload(CourseCompletion.account))
    )
    if found is None:
        raise NotFound
    return found


def trained_of_course(course: Course) -> Select[CourseCompletion]:
    """Everybody's newest completion of a course, as a statement for paging."""
    return (
        select(CourseCompletion)
        .where(CourseCompletion.course_id == course.id, _is_newest())
        .options(joinedload(CourseCompletion.account), WITH_COURSE)
        .order_by(CourseCompletion.completed_on.desc(), CourseCompletion.id.desc())
    )


def people_trained(completions: Sequence[CourseCompletion]) -> list[Trained]:
    """Completions as a register shows them."""
    return [
        Trained(completion.account, completion, validity(completion.valid_until, today()))
        for completion in completions
    ]


def refreshers_due(session: Session) -> list[Trained]:
    """Everybody whose newest completion ends within two months, or has ended. One query."""
    found = session.scalars(
        select(CourseCompletion)
        .join(Account, Account.id == CourseCompletion.account_id)
        .join(Course, Course.id == CourseCompletion.course_id)
        .where(
            _is_newest(),
            CourseCompletion.valid_until <= today() + REFRESHER_BEFORE,
            Account.is_active,
            Course.is_current,
        )
        .options(joinedload(CourseCompletion.account), WITH_COURSE)
        .order_by(CourseCompletion.valid_until, CourseCompletion.id)
    ).all()
    return people_trained(found)


def lacking(
    session: Session, kind: str, account_ids: Collection[int], on: date | None = None
) -> Mapping[int, list[Course]]:
    """Which courses each of these people lacks for a kind of activity; who lacks none is left out.

    A course counts when it holds on that day (default: today). At most two queries, and none
    for kinds that never demand anything.
    """
    if kind not in DEMANDING_KINDS or not account_ids:
        return {}
    needed = required_courses(session, kind)
    if not needed:
        return {}
    held: dict[int, set[int]] = defaultdict(set)
    rows = session.execute(
        select(CourseCompletion.account_id, CourseCompletion.course_id).where(
            CourseCompletion.course_id.in_([course.id for course in needed]),
            _holds_on(on or today()),
        )
    )
    for account_id, course_id in rows:
        held[account_id].add(course_id)
    missing = {
        account_id: [course for course in needed if course.id not in held[account_id]]
        for account_id in account_ids
    }
    return {account_id: lacked for account_id, lacked in missing.items() if lacked}


def trained_for(session: Session, kind: str, day: date) -> Select[int] | None:
    """Account ids of those who hold every course the kind demands that day; None: it demands none.

    A statement for use within others; one query at most to make it.
    """
    needed = required_courses(session, kind) if kind in DEMANDING_KINDS else ()
    if not needed:
        return None
    return (
        select(CourseCompletion.account_id)
        .where(CourseCompletion.course_id.in_([course.id for course in needed]), _holds_on(day))
        .group_by(CourseCompletion.account_id)
        .having(func.count(CourseCompletion.course_id.distinct()) == len(needed))
    )


def _holds_on(day: date) -> ColumnElement[bool]:
    return or_(CourseCompletion.valid_until.is_(None), CourseCompletion.valid_until >= day)


def _is_newest() -> ColumnElement[bool]:
    """The completion is its person's newest of its course."""
    other = aliased(CourseCompletion)
    newest = (
        select(func.max(other.completed_on))
        .where(
            other.course_id == CourseCompletion.course_id,
            other.account_id == CourseCompletion.account_id,
        )
        .correlate(CourseCompletion)
        .scalar_subquery()
    )
    return CourseCompletion.completed_on == newest
