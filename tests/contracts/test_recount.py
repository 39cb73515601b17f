"""The model's own indicators, counted again in another way: plain rows, no query of ours.

Source: DOMAIN.md, "Indicators that the participation model itself must answer for".
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from participation.foundation.clock import today
from participation.foundation.i18n import use_locale
from participation.foundation.providers import ExplainedCounter
from participation.registry import FEATURES
from tests.contracts.conftest import MappedSite

STOCKHOLM = ZoneInfo("Europe/Stockholm")
YEARS = range(2019, today().year + 1)
COUNTERS = {counter.key: counter for counter in FEATURES.collect("indicator_counters")}
RESIDENTS = {"patient", "service_user", "next_of_kin", "child"}

Rows = Iterable[sqlite3.Row]
Recount = Callable[[sqlite3.Connection, int], int | None]


def local_day(stored: str) -> date:
    """The day in Sweden of a moment as SQLite keeps it, in UTC."""
    return datetime.fromisoformat(f"{stored[:19]}+00:00").astimezone(STOCKHOLM).date()


def activities(rows: sqlite3.Connection, year: int) -> int:
    there = {row["activity_id"] for row in rows.execute("SELECT * FROM attendances WHERE present")}
    return sum(
        row["state"] == "completed"
        and row["id"] in there
        and local_day(row["starts_at"]).year == year
        for row in rows.execute("SELECT * FROM activities")
    )


def audits(rows: sqlite3.Connection, year: int) -> int:
    steps = rows.execute("SELECT * FROM audit_steps WHERE state = 'fed_back'")
    return Counter(row["taken_on"][:4] for row in steps)[str(year)]


def rounds(asked: set[str]) -> Recount:
    def count(rows: sqlite3.Connection, year: int) -> int:
        return sum(
            row["agreement_id"] is not None
            and row["closed_at"] is not None
            and local_day(row["closed_at"]).year == year
            and bool(asked & set(json.loads(row["audience"])))
            for row in rows.execute("SELECT * FROM survey_rounds")
        )

    return count


def municipalities(rows: sqlite3.Connection, year: int) -> int:
    last = f"{year}-12-31"
    holding = set()
    for who in rows.execute(
        "SELECT * FROM organisations WHERE kind = 'municipality' AND is_current"
        " AND NOT is_fictional"
    ):
        spans = [(who["adopted_on"], None)] if who["adopted_on"] else []
        spans += [
            (row["since"], row["until"])
            for row in rows.execute(
                "SELECT * FROM adoptions WHERE organisation_id = ?", [who["id"]]
            )
            if row["until"]
        ]
        if any(since <= last and (not until or until > last) for since, until in spans):
            holding.add(who["id"])
    return len(holding)


def places(rows: sqlite3.Connection) -> list[tuple[str, str | None, int | None]]:
    """Every place a resident holds or held: from, until (the last day), born."""
    born = {row["id"]: row["birth_year"] for row in rows.execute("SELECT * FROM bank_members")}
    ordinary = {
        row["id"] for row in rows.execute("SELECT * FROM council_seats WHERE NOT is_alternate")
    }
    held: list[tuple[str, str | None, int | None]] = [
        (row["since"], None, born[row["member_id"]])
        for row in rows.execute("SELECT * FROM council_seats WHERE member_id IS NOT NULL")
        if row["id"] in ordinary and row["since"]
    ]
    held += [
        (row["since"], row["until"], born[row["member_id"]])
        for row in rows.execute("SELECT * FROM council_seat_pasts WHERE member_id IS NOT NULL")
        if row["seat_id"] in ordinary and row["since"]
    ]
    held += [
        (row["from_on"], row["to_on"], born[row["member_id"]])
        for row in rows.execute("SELECT * FROM representations WHERE member_id IS NOT NULL")
    ]
    return held


def day_of(year: int) -> str:
    return str(min(today(), date(year, 12, 31)))


def seats(rows: sqlite3.Connection, year: int) -> int | None:
    held, day = places(rows), day_of(year)
    if not any(since <= day for since, _until, _born in held):
        return None
    return sum(since <= day and (until is None or day <= until) for since, until, _born in held)


def young(rows: sqlite3.Connection, year: int) -> int:
    day = day_of(year)
    return sum(
        since <= day and (until is None or day <= until) and born is not None and year - born <= 25
        for since, until, born in places(rows)
    )


def days(rows: sqlite3.Connection, year: int) -> int | None:
    waited = []
    for told in rows.execute("SELECT * FROM feedbacks WHERE is_public"):
        owed = rows.execute(
            "SELECT * FROM commitments WHERE id = ? AND is_public AND answered_on IS NOT NULL",
            [told["commitment_id"]],
        ).fetchone()
        if owed is None:
            continue
        updates = rows.execute(
            "SELECT * FROM commitment_updates WHERE commitment_id = ? ORDER BY id", [owed["id"]]
        ).fetchall()
        standing: list[str] = []
        for one in updates:
            if one["kind"] == "taken_back":
                standing = []
            elif one["kind"] == "answered":
                standing.append(one["created_at"])
        answered = date.fromisoformat(owed["answered_on"])
        if standing:
            answered = min(answered, local_day(standing[0]))
        if answered.year == year:
            waited.append((answered - date.fromisoformat(told["voice_on"])).days)
    return int(median(waited) + 0.5) if len(waited) >= 5 else None


# Nobody in the demo's forums is that young; tests/integration/test_council_figures.py has some.
NONE_IN_DEMO = {"young_people_in_forums"}
RECOUNTS: dict[str, Recount] = {
    "activities_with_participation": activities,
    "completed_audits": audits,
    "questionnaires_to_users": rounds(RESIDENTS),
    "questionnaires_to_professionals": rounds({"professional"}),
    "municipalities_that_adopted": municipalities,
    "resident_seats_filled": seats,
    "young_people_in_forums": young,
    "days_to_answer": days,
}


def test_every_own_indicator_is_counted_again() -> None:
    assert set(RECOUNTS) == set(COUNTERS)


@pytest.mark.parametrize("key", sorted(RECOUNTS))
def test_the_demo_countys_own_indicators_equal_an_independent_recount(
    mapped: MappedSite, key: str
) -> None:
    with mapped.demo.sessions() as session:
        told = COUNTERS[key].counts(session, YEARS)
    rows = sqlite3.connect(mapped.demo.database)
    rows.row_factory = sqlite3.Row
    again = {year: RECOUNTS[key](rows, year) for year in YEARS}
    rows.close()
    assert {year: told.get(year) for year in YEARS} == again
    assert any(again.values()) or key in NONE_IN_DEMO, "nothing to compare"


@pytest.mark.parametrize(
    "key", sorted(k for k, one in COUNTERS.items() if isinstance(one, ExplainedCounter))
)
def test_what_is_listed_as_counted_is_as_much_as_the_number_says(
    mapped: MappedSite, key: str
) -> None:
    counter = COUNTERS[key]
    with mapped.demo.sessions() as session, use_locale("sv"):
        told = counter.counts(session, YEARS)
        listed = {
            year: sum(not thing.why_not for thing in counter.things(session, year))
            for year in YEARS
        }
    assert listed == {year: told[year] for year in YEARS}
