"""Two breakdowns with many questions, read together by an attacker who solves all equations."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import highspy

from participation.disclosure.rules.breakdowns import (
    Breakdown,
    Group,
    GroupRow,
    ShownBreakdown,
)
from participation.disclosure.rules.tables import Cell, Table, TableKind, Thresholds
from tests.unit.test_breakdowns import ruled, shown_of

LIMITS = Thresholds()
ROLES, PLACES, QUESTIONS = 3, 4, 8
People = dict[tuple[int, int], int]


class County:
    """Answers that hang together with who and where people are, more or less."""

    def __init__(self, chance: random.Random, people: int, pull: float, codes: str = "yn") -> None:
        self.codes = codes
        roles = [chance.random() ** 2 + 0.1 for _one in range(ROLES)]
        places = [chance.random() ** 3 + 0.02 for _one in range(PLACES)]
        draws = {
            (question, group): [chance.random() ** pull for _code in codes]
            for question in range(QUESTIONS)
            for group in range(ROLES + PLACES)
        }
        self.both: People = dict.fromkeys(product(range(ROLES), range(PLACES)), 0)
        self.rows = {
            (question, group): [0] * len(codes)
            for question in range(QUESTIONS)
            for group in range(ROLES + PLACES)
        }
        for _person in range(people):
            role = chance.choices(range(ROLES), roles)[0]
            place = chance.choices(range(PLACES), places)[0]
            self.both[role, place] += 1
            for question in range(QUESTIONS):
                own, there = draws[question, role], draws[question, ROLES + place]
                weights = [a * b for a, b in zip(own, there, strict=True)]
                answer = chance.choices(range(len(codes)), weights)[0]
                for group in (role, ROLES + place):
                    self.rows[question, group][answer] += 1

    def breakdown(self, attribute: str, groups: range) -> Breakdown:
        rows = {
            f"q{question}": tuple(
                GroupRow(n=sum(self.rows[question, one]), counts=tuple(self.rows[question, one]))
                for one in groups
            )
            for question in range(QUESTIONS)
        }
        return Breakdown(
            attribute=attribute,
            title=attribute,
            subject=attribute,
            groups=tuple(
                Group(code=str(one), label=str(one), people=row.n)
                for one, row in zip(groups, rows["q0"], strict=True)
            ),
            rows=rows,
        )

    def tables(self) -> list[Table]:
        counts = [
            [
                sum(self.rows[question, role][answer] for role in range(ROLES))
                for answer in range(len(self.codes))
            ]
            for question in range(QUESTIONS)
        ]
        return [
            Table(
                key=f"q{question}",
                title="Fråga",
                kind=TableKind.CHOICE,
                n=sum(given),
                cells=tuple(
                    Cell(code=code, label=code, count=count)
                    for code, count in zip(self.codes, given, strict=True)
                ),
            )
            for question, given in enumerate(counts)
        ]


def counties(number: int, codes: str = "yn") -> Iterator[tuple[County, list[Breakdown]]]:
    """Those whose groups all stand for themselves."""
    chance = random.Random(7)
    while number:
        county = County(chance, chance.choice((120, 200)), chance.choice((1, 3, 6)), codes)
        ways = [
            county.breakdown("role", range(ROLES)),
            county.breakdown("place", range(ROLES, ROLES + PLACES)),
        ]
        if min(group.people for way in ways for group in way.groups) < LIMITS.minimum:
            continue
        number -= 1
        yield county, ways


def found(county: County, shown: Sequence[ShownBreakdown]) -> tuple[int, int]:
    """Groups of 1–4 who are in both: worked out to fewer than five values, and all of them."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    keys = [one.key for one in shown[0].tables if shown[1].table(one.key)]
    ways = list(product([""], county.both, [""])) + list(product(keys, county.both, county.codes))
    for _way in ways:
        solver.addVar(0.0, highspy.kHighsInf)
    place = {way: number for number, way in enumerate(ways)}

    def tell(value: int, plus: Sequence[int], minus: Sequence[int] = ()) -> None:
        signs = [1.0] * len(plus) + [-1.0] * len(minus)
        solver.addRow(value, value, len(signs), [*plus, *minus], signs)

    for at, breakdown in enumerate(shown):
        for group, row in enumerate(breakdown.tables[0].rows if breakdown.tables else ()):
            tell(row.n or 0, [place["", both, ""] for both in county.both if both[at] == group])
        for key in keys:
            table = breakdown.table(key)
            for group, row in enumerate(table.rows if table else ()):
                own = [both for both in county.both if both[at] == group]
                for column, count in zip(
                    table.columns if table else (), row.counts or (), strict=bool(row.counts)
                ):
                    if count is not None:
                        tell(count, [place[key, both, c] for both in own for c in column.codes])
    for key, both in product(keys, county.both):
        tell(0, [place[key, both, code] for code in county.codes], [place["", both, ""]])
    small = [both for both, count in county.both.items() if LIMITS.is_small(count)]
    return sum(_width(solver, place["", both, ""]) < 4.99 for both in small), len(small)


def _width(solver: highspy.Highs, at: int) -> float:
    ends = []
    for sign in (1.0, -1.0):
        solver.changeColCost(at, sign)
        solver.run()
        ends.append(sign * solver.getInfo().objective_function_value)
        solver.changeColCost(at, 0.0)
    return ends[1] - ends[0]


def test_who_is_in_two_groups_at_once_is_not_worked_out_from_many_questions() -> None:
    narrow = small = left_out = shown = naive = 0
    for county, ways in counties(25):
        together = shown_of(ruled(county.tables(), ways))
        apart = [shown_of(ruled(county.tables(), [one]))[0] for one in ways]
        some, all_of_them = found(county, together)
        narrow, small = narrow + some, small + all_of_them
        naive += found(county, apart)[0]
        shown += len(together[1].tables)
        left_out += len(apart[1].tables) - len(together[1].tables)
    assert narrow == 0
    assert small > 40
    assert naive > 0  # the control: each breakdown ruled on by itself
    assert left_out < 0.3 * shown


def test_single_hidden_cells_tell_no_more_of_who_is_in_two_groups_at_once() -> None:
    limits = replace(LIMITS, by_cell=True)
    narrow = small = shown = 0
    for county, ways in counties(5, "abcd"):
        together = shown_of(ruled(county.tables(), ways, limits=limits))
        some, all_of_them = found(county, together)
        narrow, small = narrow + some, small + all_of_them
        shown += len(together[1].tables)
    assert narrow == 0
    assert small > 8
    assert shown > 20
