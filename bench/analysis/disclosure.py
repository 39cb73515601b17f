"""Disclosure control: what an attacker finds in whole counties, and what it costs to hide it.

Each county publishes three waves of one source, each beside those before it. Then every page that
got out is attacked with the truth at hand and all the others as its neighbours.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import mean

from bench.analysis.options import Options
from bench.counties import MANY_QUESTIONS, County, single_table
from bench.figures import Figure
from bench.suppression import optimum
from participation.disclosure.rules.attack import attacked, decide_proven
from participation.disclosure.rules.breakdowns import GroupRow, ShownBreakdown, hidden_rows
from participation.disclosure.rules.cells import Grid, hidden_cells
from participation.disclosure.rules.drafts import Decision, EarlierRelease, ReleaseDraft
from participation.disclosure.rules.gate import decide_beside
from participation.disclosure.rules.tables import Cell, ShownTable, Thresholds

COUNTIES, QUICK = 200, 20
PUBLICATIONS = (100, 400, 2000, 10_000)  # people who answered
SECONDS_GOAL = 2.0
RATIO_GOAL = 1.15
SHAPES = ((4, 5, 150), (6, 5, 300), (13, 5, 900))  # groups, answers, people
LIMITS = Thresholds()
BY_CELL = Thresholds(by_cell=True)
Gate = Callable[[ReleaseDraft, Sequence[EarlierRelease]], Decision]


def measure(options: Options) -> Iterator[Figure]:
    number = QUICK if options.is_quick else COUNTIES
    yield from _counties(number)
    yield from _known_optimum()
    yield from _single_tables(number // 4)
    yield from _seconds()


# ---------------------------------------------------------------- counties and waves


def _proven(draft: ReleaseDraft, earlier: Sequence[EarlierRelease]) -> Decision:
    return decide_proven(draft, earlier, (), LIMITS)


def _proven_by_cell(draft: ReleaseDraft, earlier: Sequence[EarlierRelease]) -> Decision:
    return decide_proven(draft, earlier, (), BY_CELL)


def _by_rule(draft: ReleaseDraft, earlier: Sequence[EarlierRelease]) -> Decision:
    return decide_beside(draft, earlier, (), LIMITS)


def _forgetful(draft: ReleaseDraft, _earlier: Sequence[EarlierRelease]) -> Decision:
    """The control: each wave ruled on as if it were the first, and small numbers hidden alone."""
    payload = {
        "respondents": draft.respondents,
        "tables": [
            {
                "key": table.key,
                "title": table.title,
                "kind": table.kind.value,
                "n": table.n,
                "is_merged": False,
                "cells": [_cell(cell.code, cell.count) for cell in table.cells],
            }
            for table in draft.tables
        ],
        "breakdowns": [
            {
                "attribute": one.attribute,
                "title": one.title,
                "subject": one.subject,
                "groups": [{"codes": [group.code], "label": group.label} for group in one.groups],
                "tables": [
                    {
                        "key": key,
                        "is_merged": False,
                        "columns": [_cell(cell.code, 0) for cell in _asked(draft, key)],
                        "rows": [
                            {
                                "n": _unless_few(row.n),
                                "counts": [_unless_few(c) for c in row.counts],
                            }
                            for row in rows
                        ],
                    }
                    for key, rows in one.rows.items()
                ],
            }
            for one in draft.breakdowns
        ],
    }
    return Decision(payload=payload)


def _asked(draft: ReleaseDraft, key: str) -> Sequence[Cell]:
    return next(table.cells for table in draft.tables if table.key == key)


def _cell(code: str, count: int) -> dict[str, object]:
    return {"codes": [code], "label": code, "count": _unless_few(count), "is_unsure": False}


def _unless_few(count: int) -> int | None:
    return None if LIMITS.is_small(count) else count


def _counties(number: int) -> Iterator[Figure]:
    control = _found(_forgetful, min(number, QUICK))
    for name in ("narrow", "unions", "waves"):
        told = f"control, numbers below five hidden and nothing more: {name}"
        yield Figure(told, control[name], f"in {control['pages']} pages")
    rule = _found(_by_rule, min(number, QUICK))
    yield Figure(
        "by the rules alone, before the attack",
        rule["narrow"] + rule["unions"] + rule["waves"],
        f"in {rule['pages']} pages",
    )
    found = _found(_proven, number)
    for name, what in (
        ("narrow", "hidden numbers bounded to fewer than five"),
        ("unions", "known sums of 1–4"),
        ("waves", "1–4 known to have come or left"),
    ):
        yield Figure(what, found[name], "tables", "0", found[name] == 0)
    yield Figure("counties", number, "")
    yield Figure("waves published", found["pages"], f"of {found['asked']}")
    yield Figure("tables by group published", found["tables"], "")
    yield Figure("sums tried", found["tried"], "")
    yield Figure("tables left out by the attack", found["withheld"], "")
    cells = _found(_proven_by_cell, number)
    narrow = cells["narrow"] + cells["unions"] + cells["waves"]
    yield Figure(
        "single cells hidden: narrow, known sums and waves", narrow, "tables", "0", not narrow
    )
    yield Figure("single cells hidden: tables left out", cells["withheld"], f"of {cells['tables']}")
    yield Figure("single cells hidden: numbers told by group", cells["numbers"], "")
    yield Figure("whole rows hidden: numbers told by group", found["numbers"], "")


def _found(gate: Gate, number: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in range(number):
        county = County(seed)
        pages: list[tuple[ReleaseDraft, Decision]] = []
        for draft in county.waves():
            decision = gate(draft, [_earlier(n, one) for n, (_draft, one) in enumerate(pages)])
            found["asked"] += 1
            if decision.is_allowed:
                pages.append((draft, decision))
        _judge(pages, found)
    return found


def _judge(pages: Sequence[tuple[ReleaseDraft, Decision]], found: Counter[str]) -> None:
    earlier = [_earlier(number, decision) for number, (_draft, decision) in enumerate(pages)]
    for number, (draft, decision) in enumerate(pages):
        others = [one for place, one in enumerate(earlier) if place != number]
        attack = attacked(draft, decision, others, LIMITS)
        found["narrow"] += len(attack.narrow)
        found["unions"] += len(attack.unions)
        found["waves"] += len(attack.waves)
        found["tried"] += attack.tried
        found["pages"] += 1
        found["tables"] += sum(len(one["tables"]) for one in decision.payload["breakdowns"])
        found["numbers"] += sum(
            count is not None
            for one in decision.payload["breakdowns"]
            for grouped in one["tables"]
            for row in grouped["rows"]
            for count in row["counts"] or ()
        )
        found["withheld"] += sum(
            "attacked" in question.why
            for part in decision.outlook.breakdowns
            for question in part.questions
        )


def _earlier(number: int, decision: Decision) -> EarlierRelease:
    payload = decision.payload
    return EarlierRelease(
        number=number + 1,
        source_kind="round",
        source_public_id="k7f3xk7f3xk7",
        respondents=payload["respondents"],
        tables=tuple(ShownTable.from_json(one) for one in payload["tables"]),
        voices=None,
        breakdowns=tuple(ShownBreakdown.from_json(one) for one in payload["breakdowns"]),
        payload=payload,
    )


# ---------------------------------------------------------------- how much is hidden


def _known_optimum() -> Iterator[Figure]:
    """Of ANALYSIS.md: the 22 open by five either way costs 59 people's answers."""
    counts = ((20, 50, 10), (8, 19, 22), (17, 32, 12))
    best, cost, _is_proven = optimum(counts, [(1, 2)], LIMITS.minimum, counts)
    own = hidden_cells(Grid(counts), [(1, 2)], LIMITS.minimum) or frozenset()
    told = sorted(counts[r][c] for r, c in best)
    yield Figure("known optimum: what must be hidden costs", cost, "", "59", round(cost) == 59)
    yield Figure(
        f"known optimum: the same cells are hidden here ({told})", len(own), "", "4", own == best
    )


def _single_tables(seeds: int) -> Iterator[Figure]:
    """The fewest cells that keep every small one open by five; sums of hidden ones, which the
    product keeps open too, are free for the optimum.
    """
    ratios, rows, seconds = [], [], 0.0
    own_cells = best_cells = proven = missed = 0
    for shape in SHAPES:
        for seed in range(seeds):
            counts = single_table(seed, *shape)
            must = _few_of(counts)
            if not must or len(counts) < 2:
                continue
            best, bound, is_proven = optimum(
                counts, must, LIMITS.minimum, [[1.0] * len(row) for row in counts]
            )
            began = time.process_time()
            own = hidden_cells(Grid(tuple(map(tuple, counts))), must, LIMITS.minimum)
            seconds += time.process_time() - began
            if not best:
                continue
            if own is None:
                missed += 1
                continue
            fewest = len(best) if is_proven else round(bound + 0.5)
            proven += is_proven
            own_cells, best_cells = own_cells + len(own), best_cells + fewest
            ratios.append(len(own) / fewest)
            lines = [GroupRow(n=sum(row), counts=tuple(row)) for row in counts]
            rows.append(len(hidden_rows(lines, LIMITS)) * len(counts[0]) / fewest)
    overall = own_cells / best_cells
    yield Figure(
        f"single cells hidden, {len(ratios)} tables, to the fewest there can be",
        round(overall, 3),
        "×",
        "≤ 1.15",
        overall <= RATIO_GOAL,
    )
    yield Figure(
        "tables for which no way is found though there is one", missed, "", "0", not missed
    )
    yield Figure("in the worst of them", round(max(ratios), 3), "×")
    yield Figure("whole rows hidden, to the fewest cells there can be", round(mean(rows), 2), "×")
    yield Figure("tables whose fewest cells are proven", proven, f"of {len(ratios)}")
    yield Figure("choosing the cells of a table", round(1000 * seconds / len(ratios), 1), "ms")


def _few_of(counts: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    return {
        (r, c)
        for r, row in enumerate(counts)
        for c, count in enumerate(row)
        if LIMITS.is_small(count) or LIMITS.is_small(sum(row) - count)
    }


# ---------------------------------------------------------------- time


def _seconds() -> Iterator[Figure]:
    """Twenty questions of five answers by all that they may be broken down by."""
    for gate, how in ((_proven, "whole rows"), (_proven_by_cell, "single cells")):
        for people in PUBLICATIONS:
            county = County(people, MANY_QUESTIONS)
            draft = county.draft(county.people(people))
            began = time.process_time()
            decision = gate(draft, ())
            taken = time.process_time() - began
            tables = sum(len(one["tables"]) for one in decision.payload["breakdowns"])
            what = f"a publication of 20 questions, {people} people, {tables} tables, {how} hidden"
            yield Figure(what, round(taken, 2), "s", "< 2", taken < SECONDS_GOAL)
