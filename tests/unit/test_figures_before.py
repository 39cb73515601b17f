"""Figures seen before publishing, answers taken back, then the publication: read side by side."""

import random
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace

from participation.disclosure.rules.breakdowns import Breakdown, ShownBreakdown
from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ReleaseKind,
)
from participation.disclosure.rules.gate import decide_beside
from participation.disclosure.rules.tables import ShownTable, Table, TableKind, Thresholds
from tests.unit.test_breakdowns import CODES, Attacker, by, published, shown_of, table
from tests.unit.test_breakdowns import ruled as gate

LIMITS = Thresholds()
NAMES = ("role", "municipality")
Person = tuple[int, int, int]  # group by role, group by municipality, answer


def ruled(
    people: Sequence[Person],
    shape: tuple[int, int],
    seen: Sequence[EarlierRelease] = (),
    names: Sequence[str] = NAMES,
    kind: TableKind = TableKind.SCALE,
) -> Decision:
    asked, breakdowns = asked_of(people, shape, kind)
    draft = ReleaseDraft(
        kind=ReleaseKind.ROUND_TOTALS,
        source_kind="round",
        source_public_id="k7f3xk7f3xk7",
        title="Enkät",
        respondents=asked.n,
        tables=(asked,),
        breakdowns=tuple(one for one in breakdowns if one.attribute in names),
    )
    return decide_beside(draft, [], seen, LIMITS)


def asked_of(
    people: Sequence[Person], shape: tuple[int, int], kind: TableKind = TableKind.SCALE
) -> tuple[Table, list[Breakdown]]:
    counts = [[[0] * len(CODES) for _group in range(size)] for size in shape]
    for person in people:
        for place in range(len(shape)):
            counts[place][person[place]][person[-1]] += 1
    breakdowns = [by(name, found) for name, found in zip(NAMES, counts, strict=True)]
    return table(counts[0], kind), breakdowns


def as_seen(decision: Decision) -> EarlierRelease:
    return replace(published(decision), number=None, payload=decision.payload)


def rounds(
    number: int, sizes: Sequence[int] = (12, 40, 90, 250)
) -> Iterator[tuple[list[Person], tuple[int, int], random.Random]]:
    chance = random.Random(20261127)
    for _round in range(number):
        shape = (chance.randint(2, 3), chance.randint(2, 5))
        shares = [chance.random() ** 2 for _code in CODES]
        weights = [[chance.random() ** 2 for _group in range(size)] for size in shape]
        yield (
            [
                (
                    chance.choices(range(shape[0]), weights[0])[0],
                    chance.choices(range(shape[1]), weights[1])[0],
                    chance.choices(range(len(CODES)), shares)[0],
                )
                for _person in range(chance.choice(sizes))
            ],
            shape,
            chance,
        )


def test_what_was_seen_is_published_just_as_it_was_seen() -> None:
    """Two breakdowns leave each other's questions out; the second look must not change that."""
    for people, shape, _chance in rounds(150):
        first = ruled(people, shape)
        again = ruled(people, shape, [as_seen(first)])
        assert again.is_allowed is first.is_allowed
        assert again.shows_just(first.payload)


def test_after_a_few_are_taken_back_nothing_is_published_beside_what_was_seen() -> None:
    refused = 0
    for people, shape, chance in rounds(120):
        seen = ruled(people, shape)
        if not seen.is_allowed or seen.payload["respondents"] is None:
            continue
        left = chance.sample(people, len(people) - chance.randint(1, 4))
        again = ruled(left, shape, [as_seen(seen)], chance.choice((NAMES, NAMES[:1], ())))
        assert not again.is_allowed
        assert "Stöd" not in " ".join(again.refusals)  # which one changed would tell of who left
        refused += 1
    assert refused > 80


def test_whoever_saw_the_figures_and_reads_the_publication_learns_of_no_few() -> None:
    """Many taken back: where it is published, no 1–4 of those who left are known, or who stayed."""
    attacked = let_out = 0
    by_place = NAMES[1:]
    for people, shape, chance in rounds(150, (250, 600)):
        seen = ruled(people, shape, names=by_place, kind=TableKind.CHOICE)
        left = [one for one in people if chance.random() > 0.6]
        if not seen.is_allowed or len(left) < LIMITS.minimum:
            continue
        again = ruled(left, shape, [as_seen(seen)], by_place, TableKind.CHOICE)
        if not again.is_allowed:
            continue
        let_out += 1
        attacked += _attack(people, left, shape, (seen, again))
    assert let_out > 5
    assert attacked > 5


def test_answers_put_together_with_hidden_ones_are_held_against_what_was_seen_too() -> None:
    """In the hidden groups 9 gave one of the other answers, then 5. Found by the attack above."""
    before = [[20, 2, 5, 40, 81], [11, 1, 2, 27, 35], [1, 0, 1, 2, 10], [0, 1, 0, 4, 7]]
    after = [[7, 1, 2, 18, 39], [4, 1, 1, 9, 11], [1, 0, 1, 1, 3], [0, 1, 0, 1, 3]]
    kind = TableKind.CHOICE
    first = gate([table(before, kind)], [by("role", before)])
    grouped = shown_of(first)[0].tables[0]
    assert [row.counts for row in grouped.rows] == [(67, 81), (41, 35), None, None]
    assert not gate([table(after, kind)], [by("role", after)], published(first)).is_allowed


def test_the_control_another_publication_without_memory_tells_of_one() -> None:
    people = [(n % 2, n % 2, n % 3) for n in range(60)]
    seen, again = ruled(people, (2, 2)), ruled(people[1:], (2, 2))
    assert again.is_allowed  # nobody remembered the look
    counts = [
        [cell.count for cell in ShownTable.from_json(one.payload["tables"][0]).cells]
        for one in (seen, again)
    ]
    assert sum(a - b for a, b in zip(*counts, strict=True) if a and b) == 1


def _attack(
    before: Sequence[Person],
    after: Sequence[Person],
    shape: tuple[int, int],
    decisions: tuple[Decision, Decision],
) -> int:
    """How many small groups were tried: who left, who was there, who stayed. All in one model."""
    asked, _breakdowns = asked_of(before, shape, TableKind.CHOICE)
    tables = [ShownTable.from_json(one.payload["tables"][0]) for one in decisions]
    first = Attacker(tables[0], asked.cells)
    second = _beside(first, tables[1])
    _left(first, list(first.whole.values()), list(second.whole.values()))
    attacked = 0
    for place, name in enumerate(NAMES):
        pair = [_named(one, name) for one in decisions]
        if pair[0] is None or pair[1] is None:
            continue
        then, now = first.read(pair[0], "q1"), second.read(pair[1], "q1")
        gone = dict(zip(then, _left(first, list(then.values()), list(now.values())), strict=True))
        grouped = pair[0].table("q1")
        assert grouped is not None
        for number, group in enumerate(pair[0].groups):
            for column in grouped.columns:
                there = _size(before, place, group.codes, column.codes)
                stayed = _size(after, place, group.codes, column.codes)
                for variables, size in ((then, there), (now, stayed), (gone, there - stayed)):
                    if LIMITS.is_small(size):
                        attacked += 1
                        low, high = first.interval([variables[number, c] for c in column.codes])
                        assert high - low > LIMITS.minimum - 0.01, (name, group, column, size)
    return attacked


def _named(decision: Decision, name: str) -> ShownBreakdown | None:
    return next((o for o in shown_of(decision) if o.attribute == name and o.table("q1")), None)


def _size(people: Sequence[Person], place: int, groups: Sequence[str], codes: Sequence[str]) -> int:
    return sum(f"g{one[place]}" in groups and CODES[one[-1]] in codes for one in people)


def _beside(first: Attacker, totals: ShownTable) -> Attacker:
    """The same attacker reading a second publication: variables of its own in the same model."""
    second = copy(first)
    second.whole = {code: first._variable() for code in first.codes}
    for cell in totals.cells:
        if cell.count is not None:
            second.tell([second.whole[code] for code in cell.codes], cell.count)
    if totals.n is not None:
        second.tell(list(second.whole.values()), totals.n)
    return second


def _left(attacker: Attacker, then: Sequence[int], now: Sequence[int]) -> list[int]:
    """How many left of each: whoever is there now was there then."""
    gone = [attacker._variable() for _one in then]
    for before, after, less in zip(then, now, gone, strict=True):
        attacker.tell([before, after, less], 0, [1.0, -1.0, -1.0])
    return gone
