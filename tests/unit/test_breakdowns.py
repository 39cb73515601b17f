"""Breakdowns through the gate, and an attacker who solves every equation of what is published."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import highspy
import pytest

from participation.disclosure.rules.breakdowns import (
    Breakdown,
    Group,
    GroupRow,
    ShownBreakdown,
    ShownRow,
    hidden_rows,
    rows_without_n,
    shown_groups,
)
from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ReleaseKind,
)
from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.tables import (
    AskedIf,
    Cell,
    ShownTable,
    Table,
    TableKind,
    Thresholds,
)

LIMITS = Thresholds()
CODES = ("always", "often", "sometimes", "seldom", "dont_know")
Counts = Sequence[Sequence[int]]


def table(counts: Counts, kind: TableKind = TableKind.SCALE, key: str = "q1") -> Table:
    columns = [sum(column) for column in zip(*counts, strict=True)]
    cells = tuple(
        Cell(code=code, label=code.title(), count=count, is_unsure=code == "dont_know")
        for code, count in zip(CODES, columns, strict=False)
    )
    return Table(key=key, title="Stöd", kind=kind, n=sum(columns), cells=cells)


def by(
    attribute: str, counts: Counts, *, subject: str = "", key: str = "q1", **more: object
) -> Breakdown:
    """A breakdown of one question; everybody in a group answered it."""
    rows = tuple(GroupRow(n=sum(row), counts=tuple(row)) for row in counts)
    groups = tuple(
        Group(code=f"g{number}", label=f"Grupp {number}", people=row.n)
        for number, row in enumerate(rows)
    )
    values: dict[str, object] = {
        "attribute": attribute,
        "title": attribute.title(),
        "subject": subject or attribute,
        "groups": groups,
        "rows": {key: rows},
    }
    return Breakdown(**{**values, **more})  # type: ignore[arg-type]


def ruled(
    tables: Sequence[Table],
    breakdowns: Sequence[Breakdown],
    *earlier: EarlierRelease,
    limits: Thresholds = LIMITS,
) -> Decision:
    draft = ReleaseDraft(
        kind=ReleaseKind.ROUND_TOTALS,
        source_kind="round",
        source_public_id="k7f3xk7f3xk7",
        title="Enkät",
        respondents=tables[0].n,
        tables=tuple(tables),
        breakdowns=tuple(breakdowns),
    )
    return decide(draft, earlier, limits)


def shown_of(decision: Decision) -> list[ShownBreakdown]:
    return [ShownBreakdown.from_json(one) for one in decision.payload["breakdowns"]]


def published(decision: Decision, number: int = 1) -> EarlierRelease:
    return EarlierRelease(
        number=number,
        source_kind="round",
        source_public_id="k7f3xk7f3xk7",
        respondents=decision.payload["respondents"],
        tables=tuple(ShownTable.from_json(one) for one in decision.payload["tables"]),
        voices=None,
        breakdowns=tuple(shown_of(decision)),
    )


# ---------------------------------------------------------------- the rule


def test_groups_of_fewer_than_five_are_put_together() -> None:
    small = by("municipality", [[20], [3], [9], [8], [0]])
    assert shown_groups(small, LIMITS) == [[0], [2], [1, 3]]
    ages = by("age", [[3], [20], [4]], is_ordered=True)
    assert shown_groups(ages, LIMITS) == []
    ages = by("age", [[3], [20], [30], [4]], is_ordered=True)
    assert shown_groups(ages, LIMITS) == [[0, 1], [2, 3]]


def test_a_row_with_few_is_hidden_together_with_one_that_covers_it() -> None:
    rows = [GroupRow(n=a + b, counts=(a, b)) for a, b in ((20, 20), (38, 2), (9, 8))]
    assert hidden_rows(rows, LIMITS) == {1, 2}
    assert rows_without_n([40, 3, 9], LIMITS) == {1, 2}
    assert hidden_rows([rows[0], rows[2]], LIMITS) == set()


def test_everybody_alike_is_hidden_where_it_is_sensitive() -> None:
    rows = [GroupRow(n=20, counts=(20, 0)), GroupRow(n=40, counts=(20, 20))]
    assert hidden_rows(rows, LIMITS) == set()
    assert hidden_rows(rows, LIMITS, is_sensitive=True) == {0, 1}


def test_no_group_of_a_sensitive_question_shows_that_all_answered_alike() -> None:
    """Once answers are put together too; nor do the hidden groups together."""
    shown_rows = 0
    for asked, breakdowns in counties(150):
        decision = ruled([replace(asked, is_sensitive=True)], breakdowns)
        for shown in shown_of(decision):
            grouped = shown.table("q1")
            if grouped is None:
                continue
            true = _true_rows(breakdowns, shown)
            told = [row for row in grouped.rows if row.counts is not None]
            shown_rows += len(told)
            assert all(row.n not in (row.counts or ()) for row in told if row.n)
            rest = [true[n] for n, row in enumerate(grouped.rows) if row.counts is None]
            size = sum(row.n for row in rest)
            for column in grouped.columns:
                places = [CODES.index(code) for code in column.codes]
                given = sum(row.counts[place] for row in rest for place in places)
                assert not size or not told or given != size
    assert shown_rows > 50


def test_rows_below_thirty_show_a_scale_in_fewer_steps_and_all_rows_alike() -> None:
    counts = [[20, 20, 20, 20, 20], [6, 6, 6, 5, 0]]
    shown = shown_of(ruled([table(counts)], [by("role", counts)]))[0].tables[0]
    assert shown.is_merged
    assert [column.codes for column in shown.columns] == [
        ("always", "often"),
        ("sometimes", "seldom"),
        ("dont_know",),
    ]
    assert [row.counts for row in shown.rows] == [(40, 40, 20), (12, 11, 0)]


def test_answers_that_the_round_hides_are_one_column_in_every_row() -> None:
    counts = [[30, 30, 8, 1, 0], [30, 30, 9, 1, 0]]
    shown = shown_of(ruled([table(counts, TableKind.CHOICE)], [by("role", counts)]))[0].tables[0]
    assert shown.columns[-2].codes == ("sometimes", "seldom")
    assert [row.counts for row in shown.rows] == [(30, 30, 9, 0), (30, 30, 10, 0)]


def test_dont_know_is_never_put_together_with_the_lower_steps() -> None:
    counts = [[15, 8, 2, 1, 2], [12, 9, 1, 2, 2], [14, 7, 2, 2, 2]]
    shown = shown_of(ruled([table(counts)], [by("role", counts)]))[0].tables[0]
    assert [(column.codes, column.is_unsure) for column in shown.columns] == [
        (("always", "often"), False),
        (("sometimes", "seldom", "dont_know"), True),
    ]
    assert shown.columns[1].label == "Övriga svar, även ”vet inte”"
    apart = [[15, 9, 8, 3, 6], [12, 9, 3, 8, 7], [14, 9, 8, 8, 5]]
    shown = shown_of(ruled([table(apart)], [by("role", apart)]))[0].tables[0]
    assert [column.is_unsure for column in shown.columns][-1]
    assert shown.columns[-1].codes == ("dont_know",)


def test_only_non_answers_and_named_rests_hold_a_non_answer() -> None:
    """Whatever is put together: a step of the scale holds steps only, and comes before the rest."""
    for asked, breakdowns in counties(150):
        for shown in shown_of(ruled([asked], breakdowns)):
            for grouped in shown.tables:
                unsure = [column.is_unsure for column in grouped.columns]
                assert unsure == sorted(unsure)
                for column in grouped.columns:
                    assert column.is_unsure == ("dont_know" in column.codes)
                    if column.is_unsure and len(column.codes) > 1:
                        assert column.label == "Övriga svar, även ”vet inte”"


def test_rows_that_do_not_add_up_are_refused_as_a_fault() -> None:
    counts = [[20, 20], [20, 20]]
    with pytest.raises(ValueError, match="does not add up"):
        ruled([table(counts)], [by("role", [[20, 20], [20, 19]])])


def test_of_units_and_municipalities_only_one_is_published_also_later() -> None:
    counts = [[20, 20], [20, 20]]
    places = [by(one, counts, subject="place") for one in ("unit", "municipality")]
    first = ruled([table(counts)], places)
    assert [one.attribute for one in shown_of(first)] == ["unit"]
    assert any(
        "tas inte med" in sentence or "left out" in sentence for sentence in first.adjustments
    )
    later = ruled([table(counts)], [places[1]], published(first))
    assert later.is_allowed
    assert shown_of(later) == []


def test_a_later_release_that_differs_by_few_in_a_group_is_refused() -> None:
    before, after = [[40, 40], [40, 40]], [[43, 40], [42, 40]]
    first = ruled([table(before)], [by("role", before)])
    again = ruled([table(after)], [by("role", after)], published(first))
    assert not again.is_allowed
    assert ruled([table(before)], [by("role", before)], published(first)).is_allowed


@pytest.mark.parametrize(
    "after",
    [
        [[48, 30], [30, 20], [20, 4], [9, 8]],  # of ten newcomers two in hidden rows
        [[40, 30], [30, 20], [28, 2], [9, 9]],  # nine newcomers in hidden rows, one of them "often"
    ],
)
def test_a_later_release_that_differs_by_few_in_what_is_hidden_is_refused(
    after: list[list[int]],
) -> None:
    before = [[40, 30], [30, 20], [20, 2], [9, 8]]
    kind = TableKind.CHOICE
    first = ruled([table(before, kind)], [by("role", before)])
    assert [row.counts is None for row in shown_of(first)[0].tables[0].rows][2:] == [True, True]
    assert not ruled([table(after, kind)], [by("role", after)], published(first)).is_allowed
    many = [[48, 30], [30, 20], [26, 3], [12, 12]]
    assert ruled([table(many, kind)], [by("role", many)], published(first)).is_allowed


def test_known_sizes_of_the_groups_keep_a_question_that_few_skipped_out() -> None:
    sizes = table([[42], [40]], TableKind.CHOICE, key="place")
    named = Table(
        key="place",
        title="Var bor du?",
        kind=TableKind.CHOICE,
        n=82,
        cells=(Cell(code="g0", label="A", count=42), Cell(code="g1", label="B", count=40)),
    )
    assert sizes.n == named.n
    counts = [[20, 20], [20, 20]]
    asked = by("municipality", counts, question_key="place")
    first = ruled([named], [])
    second = ruled([table(counts)], [asked], published(first))
    assert shown_of(second)[0].tables == ()
    assert shown_of(ruled([table(counts)], [asked]))[0].tables


def test_sizes_are_known_too_where_the_groups_have_codes_of_their_own() -> None:
    """A role is not called what somebody ticked to say it, and two answers may lead to one."""
    answers = [("a", 30), ("b", 12), ("c", 40)]
    named = Table(
        key="who",
        title="Vem är du?",
        kind=TableKind.CHOICE,
        n=82,
        cells=tuple(Cell(code=code, label=code, count=count) for code, count in answers),
    )
    counts = [[20, 20], [20, 20]]
    asked = by("role", counts, question_key="who")
    first, second = asked.groups
    of_role = replace(
        asked,
        groups=(
            replace(first, answers=frozenset({"a", "b"})),
            replace(second, answers=frozenset({"c"})),
        ),
    )
    standing = published(ruled([named], []))
    assert shown_of(ruled([table(counts)], [of_role], standing))[0].tables == ()
    assert shown_of(ruled([table(counts)], [asked], standing))[0].tables


# ---------------------------------------------------------------- the attacker


class Attacker:
    """One variable per group and answer, an equation per published number; min and max of each."""

    def __init__(self, totals: ShownTable, cells: Sequence[Cell]) -> None:
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.codes = [cell.code for cell in cells]
        self.whole = {code: self._variable() for code in self.codes}
        for cell in totals.cells:
            if cell.count is not None:
                self.tell([self.whole[code] for code in cell.codes], cell.count)
        if totals.n is not None:
            self.tell(list(self.whole.values()), totals.n)

    def _variable(self) -> int:
        self.solver.addVar(0.0, highspy.kHighsInf)
        return int(self.solver.getNumCol()) - 1

    def tell(self, places: Sequence[int], value: float, signs: Sequence[float] = ()) -> None:
        weights = signs or [1.0] * len(places)
        self.solver.addRow(value, value, len(places), list(places), list(weights))

    def read(self, shown: ShownBreakdown, key: str) -> dict[tuple[int, str], int]:
        """Take in a breakdown; the variable of every row and answer."""
        grouped = shown.table(key)
        assert grouped is not None
        found = {(r, c): self._variable() for r in range(len(grouped.rows)) for c in self.codes}
        for code in self.codes:
            rows = [found[r, code] for r in range(len(grouped.rows))]
            self.tell([*rows, self.whole[code]], 0, [*[1.0] * len(rows), -1.0])
        for number, row in enumerate(grouped.rows):
            if row.n is not None:
                self.tell([found[number, code] for code in self.codes], row.n)
            for column, count in zip(grouped.columns, row.counts or (), strict=bool(row.counts)):
                if count is not None:
                    self.tell([found[number, code] for code in column.codes], count)
        return found

    def interval(self, places: Sequence[int]) -> tuple[float, float]:
        """What the sum of these variables can be at least and at most."""
        ends = []
        for sign in (1.0, -1.0):
            for place in range(int(self.solver.getNumCol())):
                self.solver.changeColCost(place, sign if place in places else 0.0)
            self.solver.run()
            ends.append(sign * self.solver.getInfo().objective_function_value)
        return ends[0], ends[1]


def counties(number: int) -> Iterator[tuple[Table, list[Breakdown]]]:
    """Random answers of small counties: a few hundred people, two attributes, five answers."""
    chance = random.Random(20261127)
    for _county in range(number):
        people = chance.choice((12, 40, 90, 250))
        shares = [chance.random() ** 2 for _code in CODES]
        groups = {"municipality": chance.randint(2, 9), "role": chance.randint(2, 4)}
        weights = {name: [chance.random() ** 3 for _g in range(k)] for name, k in groups.items()}
        found = {name: [[0] * len(CODES) for _g in range(k)] for name, k in groups.items()}
        for _person in range(people):
            answer = chance.choices(range(len(CODES)), shares)[0]
            for name, k in groups.items():
                found[name][chance.choices(range(k), weights[name])[0]][answer] += 1
        kind = chance.choice((TableKind.SCALE, TableKind.CHOICE))
        yield table(found["role"], kind), [by(name, counts) for name, counts in found.items()]


def test_no_small_count_of_any_group_is_bounded_to_fewer_than_five_values() -> None:
    """Both breakdowns of a release and its totals, read together."""
    rows_seen = rows_hidden = attacked = 0
    for asked, breakdowns in counties(120):
        decision = ruled([asked], breakdowns)
        totals = ShownTable.from_json(decision.payload["tables"][0])
        attacker = Attacker(totals, asked.cells)
        readings = [
            (one, attacker.read(one, "q1")) for one in shown_of(decision) if one.table("q1")
        ]
        for shown, variables in readings:
            grouped = shown.table("q1")
            assert grouped is not None
            true = _true_rows(breakdowns, shown)
            rows_seen += len(true)
            for number, row in enumerate(true):
                rows_hidden += grouped.rows[number].counts is None
                for column in grouped.columns:
                    count = sum(row.counts[CODES.index(code)] for code in column.codes)
                    if LIMITS.is_small(count) or LIMITS.is_small(row.n - count):
                        attacked += 1
                        assert grouped.rows[number].counts is None
                        low, high = attacker.interval([variables[number, c] for c in column.codes])
                        assert high - low > LIMITS.minimum - 0.01, (asked, shown)
    assert attacked > 100
    assert rows_hidden < 0.7 * rows_seen  # and much is shown


def test_the_attacker_works_out_a_row_that_is_hidden_alone() -> None:
    """The control: hiding only what is small gives it away, and the attacker sees that."""
    counts = [[20, 20], [38, 2], [25, 30]]
    honest = shown_of(ruled([table(counts, TableKind.CHOICE)], [by("role", counts)]))[0]
    grouped = honest.tables[0]
    naive = replace(
        honest,
        tables=(
            replace(
                grouped,
                rows=(
                    ShownRow(n=40, counts=(20, 20)),
                    ShownRow(n=40, counts=None),
                    ShownRow(n=55, counts=(25, 30)),
                ),
            ),
        ),
    )
    for shown, width in ((naive, 0), (honest, 22)):
        total = ShownTable.from_json(
            ruled([table(counts, TableKind.CHOICE)], []).payload["tables"][0]
        )
        attacker = Attacker(total, table(counts).cells)
        low, high = attacker.interval([attacker.read(shown, "q1")[1, CODES[1]]])
        assert high - low == pytest.approx(width, abs=0.01)


def test_the_hidden_rows_together_are_never_a_group_that_had_to_be_hidden() -> None:
    for asked, breakdowns in counties(300):
        decision = ruled([asked], breakdowns)
        total = ShownTable.from_json(decision.payload["tables"][0])
        for shown in shown_of(decision):
            grouped = shown.table("q1")
            if grouped is None:
                continue
            hidden = [n for n, row in enumerate(grouped.rows) if row.counts is None]
            if not hidden or len(hidden) == len(grouped.rows):
                continue
            assert len(hidden) > 1
            assert total.n is not None
            rest = total.n - sum(row.n or 0 for row in grouped.rows if row.counts is not None)
            true = _true_rows(breakdowns, shown)
            for column in grouped.columns:
                count = sum(
                    true[n].counts[CODES.index(code)] for n in hidden for code in column.codes
                )
                assert not LIMITS.is_small(count)
                assert not LIMITS.is_small(rest - count)


def _true_rows(breakdowns: Sequence[Breakdown], shown: ShownBreakdown) -> list[GroupRow]:
    """The answers of every shown row as they are."""
    own = next(one for one in breakdowns if one.attribute == shown.attribute)
    by_code = {group.code: row for group, row in zip(own.groups, own.rows["q1"], strict=True)}
    return [
        GroupRow(
            n=sum(by_code[code].n for code in group.codes),
            counts=tuple(
                map(sum, zip(*(by_code[code].counts for code in group.codes), strict=True))
            ),
        )
        for group in shown.groups
    ]


# ---------------------------------------------------------------- follow-up questions


def followed(
    before: Table, breakdown: Breakdown, after: frozenset[str], key: str = "told"
) -> tuple[Table, dict[str, tuple[GroupRow, ...]]]:
    """A question that everybody must answer who gave one of `after` before, half of them yes."""
    asked = [position for position, cell in enumerate(before.cells) if cell.code in after]
    sizes = [sum(row.counts[p] for p in asked) for row in breakdown.rows[before.key]]
    rows = tuple(GroupRow(n=n, counts=(n // 2, n - n // 2)) for n in sizes)
    yes, no = (sum(column) for column in zip(*(row.counts for row in rows), strict=True))
    cells = (Cell(code="yes", label="Ja", count=yes), Cell(code="no", label="Nej", count=no))
    source = AskedIf(key=before.key, codes=after)
    child = Table(
        key=key, title="Sa?", kind=TableKind.CHOICE, n=yes + no, cells=cells, asked_if=source
    )
    return child, {**breakdown.rows, key: rows}


def test_a_follow_up_question_that_would_show_the_hidden_answers_before_it_is_hidden() -> None:
    counts = [[200, 1], [197, 2]]
    hurt = table(counts, TableKind.CHOICE)
    child, _rows = followed(hurt, by("unit", counts), frozenset({"always"}))
    told = ruled([hurt, child], [])
    assert [one["n"] for one in told.payload["tables"]] == [400, None]
    assert told.is_allowed
    assert any("Sa?" in sentence for sentence in told.adjustments)
    further = replace(child, key="more", asked_if=AskedIf(key="told", codes=frozenset({"yes"})))
    assert ruled([hurt, child, further], []).payload["tables"][2]["n"] is None
    unclear = replace(child, asked_if=AskedIf(key="q1", codes=None))
    assert ruled([table([[200], [200]], TableKind.CHOICE), unclear], []).payload["tables"][1][
        "n"
    ] is (None)


def test_how_many_answered_a_follow_up_does_not_tell_what_its_question_hides() -> None:
    """All who said yes are asked more: 38 of 40 in one group, so two said no."""
    counts = [[38, 2], [20, 20], [9, 8]]
    asked, role = table(counts, TableKind.CHOICE), by("role", counts)
    child, rows = followed(asked, role, frozenset({"always"}))
    shown = shown_of(ruled([asked, child], [replace(role, rows=rows)]))[0]
    told = {grouped.key: [row.n for row in grouped.rows] for grouped in shown.tables}
    assert told == {"q1": [40, 40, 17], "told": [None, 20, None]}


def test_rows_of_a_follow_up_question_are_hidden_where_they_would_show_the_row_before() -> None:
    counts = [[37, 3], [40, 20], [30, 30], [30, 25]]
    hurt, unit = table(counts, TableKind.CHOICE), by("unit", counts)
    child, rows = followed(hurt, unit, frozenset({"always"}))
    shown = shown_of(ruled([hurt, child], [replace(unit, rows=rows)]))[0]
    before, after = shown.tables
    assert [row.counts is None for row in before.rows] == [True, False, False, True]
    assert [row.n for row in after.rows] == [None, 40, 30, None]
    unseen = replace(unit, rows={"told": rows["told"]})
    assert shown_of(ruled([hurt, child], [unseen]))[0].tables == ()


def counties_with_follow_ups(
    number: int,
) -> Iterator[tuple[list[Table], Breakdown, dict[str, frozenset[str]]]]:
    """Each question is followed by two more; what they come after, by their key."""
    chance = random.Random(5)
    for before, breakdowns in counties(number):
        whole, tables = breakdowns[0], [before]
        after = {
            key: frozenset(chance.sample(CODES, chance.randint(1, 4))) for key in ("told", "more")
        }
        for key, codes in after.items():
            child, rows = followed(before, whole, codes, key)
            tables, whole = [*tables, child], replace(whole, rows=rows)
        yield tables, whole, after


def small_counts(asked: Breakdown, shown: ShownBreakdown) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows and columns of the first question that no reader may work out."""
    grouped = shown.table("q1")
    for number, row in enumerate(_true_rows([asked], shown) if grouped else []):
        for column in grouped.columns if grouped else ():
            count = sum(row.counts[CODES.index(code)] for code in column.codes)
            if LIMITS.is_small(count) or LIMITS.is_small(row.n - count):
                yield number, column.codes


def test_follow_up_questions_tell_of_no_small_count_in_the_whole_round() -> None:
    """The attacker knows whom each follow-up question is asked, and that all must answer it."""
    seen = hidden = attacked = 0
    for (before, *children), _whole, after in counties_with_follow_ups(150):
        totals, *sizes = (
            ShownTable.from_json(one) for one in ruled([before, *children], []).payload["tables"]
        )
        attacker = Attacker(totals, before.cells)
        for size in sizes:
            seen, hidden = seen + 1, hidden + size.is_hidden
            if size.n is not None:
                attacker.tell([attacker.whole[code] for code in after[size.key]], size.n)
        for cell in () if totals.is_hidden or totals.is_merged else before.cells:
            if LIMITS.is_small(cell.count):
                attacked += 1
                low, high = attacker.interval([attacker.whole[cell.code]])
                assert high - low > LIMITS.minimum - 0.01, (before, after)
    assert attacked > 30
    assert hidden < 0.6 * seen


def test_follow_up_questions_tell_of_no_small_count_in_any_group() -> None:
    attacked = 0
    for (before, *children), whole, after in counties_with_follow_ups(60):
        decision = ruled([before, *children], [whole])
        for shown in [one for one in shown_of(decision) if one.table("q1")]:
            attacker = Attacker(ShownTable.from_json(decision.payload["tables"][0]), before.cells)
            variables = attacker.read(shown, "q1")
            for follows in [one for one in shown.tables if one.key in after]:
                for number, row in enumerate(follows.rows):
                    if row.n is not None:
                        attacker.tell([variables[number, c] for c in after[follows.key]], row.n)
            for number, codes in small_counts(whole, shown):
                attacked += 1
                low, high = attacker.interval([variables[number, code] for code in codes])
                assert high - low > LIMITS.minimum - 0.01, (before, after, shown)
    assert attacked > 50
