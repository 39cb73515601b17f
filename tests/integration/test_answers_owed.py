"""How groups keep to their answers, in public; a group's own list; and the days a voice waits."""

from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.services import (
    answer_commitment,
    call_off,
    take_back_answer,
)
from participation.county.models import Group
from participation.follow_up.models import Feedback
from participation.follow_up.providers.indicators import DaysToAnswer
from participation.follow_up.queries.owed import keeping_of, keeping_of_groups
from participation.follow_up.services.feedback import tell_feedback
from participation.foundation.clock import frozen_at, to_local
from participation.foundation.permissions import SYSTEM, Role
from tests.factories.accounts import make_account
from tests.factories.commitments import make_commitment
from tests.factories.follow_up import make_told_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

START = date(2026, 3, 2)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def asked(
    session: Session, group: Group, after: int | None, due: int = 60, start: date = START
) -> Commitment:
    """A question put on `start`, due and answered so many days after it."""
    with frozen_at(noon(start)):
        one = make_commitment(
            session, group, subject_kind="feedback", due_on=start + timedelta(days=due)
        )
    if after is not None:
        with frozen_at(noon(start + timedelta(days=after))):
            answer_commitment(session, SYSTEM, one, answer="no", answer_text="Nej.")
    return one


def test_each_group_is_told_of_with_what_was_in_time_late_and_overdue(
    session: Session, county: SmallCounty
) -> None:
    for after in (10, 60, 71, None):
        asked(session, county.group, after)
    asked(session, county.group, None, due=400)
    call_off(session, SYSTEM, asked(session, county.group, None), "Den stämde inte.")
    asked(session, county.other_group, 5)
    inside = asked(session, county.other_group, None)
    inside.is_public = False
    session.flush()
    first, second = keeping_of_groups(session, START + timedelta(days=75))
    assert first.group == county.group
    kept = first.keeping
    assert (kept.asked, kept.in_time, kept.late, kept.owed, kept.overdue) == (5, 2, 1, 2, 1)
    assert (kept.longest_days, kept.median_days) == (15, 60)
    assert second.keeping.asked == 1
    assert keeping_of(session, county.group.id, START + timedelta(days=75)) == kept


def test_a_correction_moves_no_day_but_an_answer_taken_back_is_owed_again(
    session: Session, county: SmallCounty
) -> None:
    one = asked(session, county.group, 10)
    with frozen_at(noon(START + timedelta(days=90))):
        answer_commitment(session, SYSTEM, one, answer="no", answer_text="Nej, tyvärr.")
    assert keeping_of(session, county.group.id, START).median_days == 10
    with frozen_at(noon(START + timedelta(days=95))):
        take_back_answer(session, SYSTEM, one, "Fel.")
    assert keeping_of(session, county.group.id, START + timedelta(days=95)).overdue == 1
    with frozen_at(noon(START + timedelta(days=100))):
        answer_commitment(session, SYSTEM, one, answer="no", answer_text="Nej igen.")
    kept = keeping_of(session, county.group.id, START)
    assert (kept.late, kept.median_days) == (1, 100)


def test_the_public_page_and_the_file_say_the_same(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    asked(session, county.group, 10)
    asked(session, county.group, None)
    session.commit()
    page = client.page("/answers-owed")
    assert county.group.name in page
    table = client.get("/answers-owed.csv").get_data(as_text=True)
    (line,) = [one for one in table.splitlines() if county.group.name in one]
    assert [cell.strip('"') for cell in line.split(";")][1:] == ["2", "1", "0", "1", "1", "10"]


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_groups(
    session: Session, county: SmallCounty, engine: Engine
) -> None:
    asked(session, county.group, 10)
    session.flush()
    with counted_queries(engine) as few:
        keeping_of_groups(session, START)
    for after in (1, 2, 3, None):
        asked(session, county.other_group, after)
    session.flush()
    with counted_queries(engine) as many:
        keeping_of_groups(session, START)
    assert len(few) == len(many) == 1


def test_a_group_sees_its_own_questions_and_takes_them_to_its_meeting(
    as_group_member: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding, _release = make_told_finding(session, group_ids=(county.group.id,))
    session.commit()
    address = f"/groups/{county.group.public_id}/answers"
    page = as_group_member.page(address)
    assert finding.title in page
    assert "56 %" in page
    sheet = as_group_member.page(f"{address}/print")
    assert "Vem ser till att det blir gjort, och när är det klart?" in sheet
    moved = as_group_member.get("/my-groups/answers")
    assert moved.headers["Location"].endswith(address)


@pytest.mark.parametrize("path", ["", "/print", ".pdf"])
def test_another_groups_questions_are_not_there(
    as_group_member: CheckingClient, county: SmallCounty, path: str
) -> None:
    found = as_group_member.get(f"/groups/{county.other_group.public_id}/answers{path}")
    assert found.status_code == 404


def test_the_days_a_voice_waits_are_what_anybody_counts_who_reads_the_matters(
    session: Session, county: SmallCounty
) -> None:
    make_account(session, role=Role.GROUP_MEMBER, group=county.group)
    days = [3, 9, 30, 41, 52, 64]
    for number, after in enumerate(days):
        said_on = START + timedelta(days=number)
        one = asked(session, county.group, after, start=said_on)
        tell_feedback(
            session, SYSTEM, one, title="Brev", voice_text="Brevet var svårt.", voice_on=said_on
        )
    few = asked(session, county.group, 4, start=date(2025, 1, 7))
    tell_feedback(
        session, SYSTEM, few, title="Tid", voice_text="Det tog tid.", voice_on=date(2025, 1, 7)
    )
    hidden = session.scalars(select(Feedback).order_by(Feedback.id)).first()
    assert hidden is not None
    hidden.is_public = False
    with frozen_at(noon(date(2026, 11, 1))):  # a correction
        late = session.get_one(Commitment, hidden.commitment_id + 1)
        answer_commitment(session, SYSTEM, late, answer="no", answer_text="Nej, tyvärr.")
    session.flush()
    assert DaysToAnswer().counts(session, range(2024, 2027)) == {
        **dict.fromkeys(range(2024, 2027)),
        2026: _counted_again(session, 2026),
    }
    assert _counted_again(session, 2026) == 41


def _counted_again(session: Session, year: int) -> int:
    """The same rule, row by row, as somebody with the tables before them would count."""
    waits = []
    for matter in session.scalars(select(Feedback).where(Feedback.is_public)):
        first = session.scalars(
            select(CommitmentUpdate.created_at)
            .where(
                CommitmentUpdate.commitment_id == matter.commitment_id,
                CommitmentUpdate.kind == "answered",
            )
            .order_by(CommitmentUpdate.id)
        ).first()
        if first is not None and to_local(first).year == year:
            waits.append((to_local(first).date() - matter.voice_on).days)
    return int(median(waits) + 0.5)
