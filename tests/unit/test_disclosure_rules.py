"""The gate's rules: what is hidden, what is merged, what two releases give away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.disclosure.outlets import outlet, outlet_of
from participation.disclosure.rules.drafts import (
    EarlierRelease,
    Figure,
    QuoteDraft,
    ReleaseDraft,
    ReleaseKind,
    ShownFigure,
    VoiceCount,
)
from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.grounds import Lack, lacking
from participation.disclosure.rules.ledger import table_clashes, voices_clash
from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import Cell, ShownTable, Table, TableKind, Thresholds
from tests.factories.disclosure import table, totals_draft

LIMITS = Thresholds()
QUOTE = QuoteDraft(
    text="Jag fick börja om.",
    language="sv",
    role="next_of_kin",
    voices=20,
    voices_in_role=12,
    is_approved=True,
)
VOICES = VoiceCount(
    materials=frozenset({"m1"}), codes=frozenset({"c1"}), count=12, n=40, roles=2, municipalities=9
)


def finding_draft(**overrides: object) -> ReleaseDraft:
    values: dict[str, object] = {
        "kind": ReleaseKind.FINDING,
        "source_kind": "finding",
        "source_public_id": "finding26bcd",
        "title": "Hälften får börja om",
        "voices": VOICES,
    }
    return ReleaseDraft(**{**values, **overrides})  # type: ignore[arg-type]


def earlier(draft: ReleaseDraft, limits: Thresholds = LIMITS) -> EarlierRelease:
    payload = decide(draft, [], limits).payload
    return EarlierRelease(
        number=1,
        source_kind=draft.source_kind,
        source_public_id=draft.source_public_id,
        respondents=payload["respondents"],
        tables=tuple(ShownTable.from_json(t) for t in payload["tables"]),
        voices=payload["voices"],
    )


def counts(shown: ShownTable) -> list[int | None]:
    return [cell.count for cell in shown.cells]


def test_a_small_count_is_hidden_and_the_smallest_other_goes_with_it() -> None:
    assert counts(shown_table(table(20, 3, 9, 8), LIMITS)) == [20, None, 9, None]


def test_two_small_counts_that_make_a_small_group_together_need_a_third() -> None:
    assert counts(shown_table(table(20, 1, 2, 9), LIMITS)) == [20, None, None, None]


def test_two_small_counts_that_make_five_together_suffice() -> None:
    assert counts(shown_table(table(20, 2, 3, 9), LIMITS)) == [20, None, None, 9]


def test_nearly_everybody_is_hidden_because_the_few_others_would_show() -> None:
    assert counts(shown_table(table(38, 2), LIMITS)) == [None, None]


def test_nobody_is_not_a_group() -> None:
    assert counts(shown_table(table(30, 0, 10), LIMITS)) == [30, 0, 10]


def test_fewer_than_five_answers_show_nothing() -> None:
    shown = shown_table(table(2, 2), LIMITS)
    assert shown.is_hidden
    assert counts(shown) == [None, None]


def test_everybody_alike_is_hidden_only_when_the_question_is_sensitive() -> None:
    assert shown_table(table(40, 0, is_sensitive=True), LIMITS).is_hidden
    assert counts(shown_table(table(40, 0), LIMITS)) == [40, 0]


def test_everybody_in_the_same_merged_step_is_hidden() -> None:
    """Four "always" and three "often" would be 7 of 7 "always or often"."""
    scale = table(4, 3, 0, 0, kind=TableKind.SCALE, is_sensitive=True)
    shown = shown_table(scale, LIMITS)
    assert shown.is_hidden
    assert counts(shown) == [None, None]


def test_nobody_is_not_told_beside_hidden_answers_of_few_people() -> None:
    assert counts(shown_table(table(4, 3, 0, is_sensitive=True), LIMITS)) == [None, None, None]
    assert counts(shown_table(table(40, 3, 8, 0, is_sensitive=True), LIMITS)) == [
        40,
        None,
        None,
        0,
    ]
    ticked = table(0, 5, 10, kind=TableKind.MANY, n=10, is_sensitive=True)
    assert counts(shown_table(ticked, LIMITS)) == [None, 5, None]


@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=7),
    st.sampled_from(TableKind),
    st.booleans(),
)
def test_no_sensitive_question_shows_that_all_answered_alike(
    numbers: list[int], kind: TableKind, has_unsure: bool
) -> None:
    """Once steps are merged too, and counted together with what follows from the total."""
    n = max(sum(numbers), 1) if kind is not TableKind.MANY else max(*numbers, 1)
    if kind is not TableKind.MANY and not any(numbers):
        numbers = [1, *numbers[1:]]
    asked = table(*numbers, kind=kind, n=n, is_sensitive=True)
    if has_unsure:
        *steps, last = asked.cells
        asked = replace(asked, cells=(*steps, replace(last, is_unsure=True)))
    shown = shown_table(asked, LIMITS)
    visible = [cell.count for cell in shown.cells if cell.count is not None]
    assert shown.n not in visible
    if kind is not TableKind.MANY and not shown.is_hidden:
        hidden = [cell for cell in shown.cells if cell.count is None]
        assert sum(map(bool, visible)) + len(hidden) > 1
    if kind is TableKind.MANY and n < LIMITS.merge_below:
        assert 0 not in visible


def test_options_one_may_tick_several_of_are_hidden_one_by_one() -> None:
    many = table(20, 3, 39, kind=TableKind.MANY, n=40)
    assert counts(shown_table(many, LIMITS)) == [20, None, None]


def test_a_scale_below_thirty_is_merged_and_keeps_its_middle_and_dont_know() -> None:
    scale = table(6, 5, 7, 5, 0, kind=TableKind.SCALE)
    unsure = Cell(code="x", label="Vet inte", count=5, is_unsure=True)
    shown = shown_table(replace(scale, cells=(*scale.cells, unsure), n=28), LIMITS)
    assert [cell.label for cell in shown.cells] == [
        "Alltid eller oftast",
        "Ibland",
        "Sällan eller aldrig",
        "Vet inte",
    ]
    assert counts(shown) == [11, 7, 5, 5]
    assert shown.is_merged


@pytest.mark.parametrize(("steps", "merged"), [(2, 2), (3, 3), (4, 2), (5, 3), (7, 3)])
def test_a_scale_is_merged_into_two_or_three(steps: int, merged: int) -> None:
    scale = table(*[3] * steps, kind=TableKind.SCALE)
    assert len(shown_table(scale, LIMITS).cells) == merged


def test_thresholds_can_be_raised_but_not_lowered() -> None:
    assert counts(shown_table(table(30, 9, 12), Thresholds(minimum=10))) == [30, None, None]
    with pytest.raises(ValueError, match="raised"):
        Thresholds(minimum=4)


def test_a_table_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        Table(key="q", title="?", kind=TableKind.CHOICE, n=9, cells=table(2, 2).cells)


@pytest.mark.parametrize("after", [(48, 30, 4, 9), (48, 30, 3, 9), (48, 31, 9, 2)])
def test_what_is_left_of_a_change_counts_as_well(after: tuple[int, ...]) -> None:
    """Eight more said the first; what hidden answers grew by follows from the total."""
    before = shown_table(table(40, 30, 3, 8), LIMITS)
    assert table_clashes(before, shown_table(table(*after), LIMITS), LIMITS)
    assert not table_clashes(before, shown_table(table(48, 30, 4, 13), LIMITS), LIMITS)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_nothing_small_is_shown_or_can_be_worked_out_from_the_total(numbers: list[int]) -> None:
    asked = table(*numbers)
    shown = shown_table(asked, LIMITS)
    if shown.is_hidden:
        return
    n = shown.n or 0
    visible = [c for c in counts(shown) if c is not None]
    assert not any(LIMITS.is_small(c) or LIMITS.is_small(n - c) for c in visible)
    hidden = [c for c in counts(shown) if c is None]
    together = n - sum(visible)
    assert len(hidden) != 1
    assert not hidden or together >= LIMITS.minimum  # each lies between 0 and at least 5


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7))
def test_merged_scales_keep_every_answer(numbers: list[int]) -> None:
    scale = table(*numbers, kind=TableKind.SCALE)
    shown = shown_table(scale, LIMITS)
    assert sorted(code for cell in shown.cells for code in cell.codes) == [
        cell.code for cell in scale.cells
    ]


def test_a_table_survives_its_own_json() -> None:
    shown = shown_table(table(20, 3, 9, 8), LIMITS)
    assert ShownTable.from_json(shown.as_json()) == shown


def test_a_figure_is_known_only_when_all_its_cells_are_shown() -> None:
    shown = shown_table(table(20, 3, 9, 8), LIMITS)
    assert shown.count_of(frozenset("ac")) == 29
    assert shown.count_of(frozenset("ab")) is None
    assert shown.count_of(frozenset("z")) is None


def test_ticked_options_are_never_added_up() -> None:
    shown = shown_table(table(20, 15, kind=TableKind.MANY, n=40), LIMITS)
    assert shown.count_of(frozenset("a")) == 20
    assert shown.count_of(frozenset("ab")) is None


# ---------------------------------------------------------------- the gate


def test_the_round_number_is_left_out_when_a_question_was_skipped_by_few() -> None:
    draft = totals_draft(table(30, 10), respondents=42)
    decision = decide(draft, [], LIMITS)
    assert decision.is_allowed
    assert decision.payload["respondents"] is None
    assert "hoppat över" in decision.adjustments[0]


def test_the_round_number_is_shown_when_nobody_or_enough_skipped() -> None:
    assert decide(totals_draft(table(30, 10)), [], LIMITS).payload["respondents"] == 40
    more = totals_draft(table(30, 10), respondents=45)
    assert decide(more, [], LIMITS).payload["respondents"] == 45


def test_a_round_with_four_answers_cannot_be_published() -> None:
    decision = decide(totals_draft(table(2, 2)), [], LIMITS)
    assert not decision.is_allowed


@pytest.mark.parametrize("newcomers", [1, 2, 3, 4])
def test_the_same_round_again_with_a_few_more_answers_is_refused(newcomers: int) -> None:
    first = earlier(totals_draft(table(30, 10)))
    second = totals_draft(table(30 + newcomers, 10))
    decision = decide(second, [first], LIMITS)
    assert not decision.is_allowed
    assert "publicering 1" in " ".join(decision.refusals)


def test_the_same_round_again_with_enough_more_answers_passes() -> None:
    first = earlier(totals_draft(table(30, 10)))
    assert decide(totals_draft(table(40, 20)), [first], LIMITS).is_allowed


def test_another_round_is_nobodys_difference() -> None:
    first = earlier(totals_draft(table(30, 10)))
    other = totals_draft(table(31, 10), source_public_id="round2027bcd")
    assert decide(other, [first], LIMITS).is_allowed


def test_a_few_moved_answers_are_refused_though_the_total_is_the_same() -> None:
    old, new = (shown_table(table(*n), LIMITS) for n in ((20, 20), (22, 18)))
    assert table_clashes(old, new, LIMITS)


def test_a_changed_shape_is_refused() -> None:
    old, new = (
        shown_table(table(*n, kind=TableKind.SCALE), LIMITS) for n in ((9, 8, 7, 5), (20, 8, 7, 5))
    )
    assert old.is_merged
    assert table_clashes(old, new, LIMITS)


def test_an_unapproved_quote_stops_the_publication() -> None:
    decision = decide(finding_draft(quotes=(replace(QUOTE, is_approved=False),)), [], LIMITS)
    assert not decision.is_allowed


def test_a_quote_labelled_with_a_small_group_loses_its_label() -> None:
    decision = decide(finding_draft(quotes=(replace(QUOTE, voices_in_role=4),)), [], LIMITS)
    assert decision.is_allowed
    assert decision.payload["quotes"][0]["role"] is None
    assert "utan svarsroll" in decision.adjustments[0]


def test_a_quote_out_of_four_voices_is_refused() -> None:
    assert not decide(finding_draft(quotes=(replace(QUOTE, voices=4),)), [], LIMITS).is_allowed


def test_what_four_people_say_is_no_finding() -> None:
    assert not decide(finding_draft(voices=replace(VOICES, count=4)), [], LIMITS).is_allowed


def test_what_nearly_everybody_says_is_shown_without_its_number() -> None:
    decision = decide(finding_draft(voices=replace(VOICES, count=38)), [], LIMITS)
    assert decision.is_allowed
    assert decision.payload["voices"]["count"] is None


def test_two_findings_whose_codes_lie_within_each_other_do_not_show_the_few_between() -> None:
    first = earlier(finding_draft(voices=VOICES))
    wider = replace(VOICES, codes=frozenset({"c1", "c2"}), count=14)
    decision = decide(finding_draft(voices=wider), [first], LIMITS)
    assert decision.payload["voices"]["count"] is None
    assert not voices_clash([first.voices], replace(wider, count=17), LIMITS)
    assert not voices_clash([first.voices], replace(wider, codes=frozenset({"c2"})), LIMITS)


def test_three_numbers_do_not_show_how_few_say_both() -> None:
    one = replace(VOICES, codes=frozenset("a"), count=20, n=60).as_json()
    other = replace(VOICES, codes=frozenset("b"), count=18, n=60)
    either = replace(VOICES, codes=frozenset("ab"), count=36, n=60)  # 20 + 18 - 36 say both
    assert not voices_clash([one], other, LIMITS)
    assert not voices_clash([one], either, LIMITS)
    assert voices_clash([one, other.as_json()], either, LIMITS)
    assert voices_clash([one, either.as_json()], other, LIMITS)


def test_numbers_of_findings_over_some_of_the_same_texts_are_not_shown_both() -> None:
    first = replace(VOICES, count=20, n=60).as_json()
    more = replace(VOICES, materials=frozenset({"m1", "m2"}), count=23, n=100)
    assert voices_clash([first], more, LIMITS)  # 3 of the 40 in m2
    assert voices_clash([more.as_json()], replace(VOICES, count=20, n=60), LIMITS)
    assert not voices_clash([None, more.as_json(with_count=False, with_n=False)], VOICES, LIMITS)
    assert not voices_clash([first], replace(more, materials=frozenset({"m2"})), LIMITS)


@settings(max_examples=80)
@given(
    st.lists(st.frozensets(st.sampled_from("abc")), min_size=30, max_size=60),
    st.lists(st.frozensets(st.sampled_from("abc"), min_size=1), min_size=3, max_size=8),
)
def test_no_shown_numbers_of_findings_add_up_to_a_few(
    voices: list[frozenset[str]], findings: list[frozenset[str]]
) -> None:
    """Every group of people who said the same codes: known from the numbers, or more than four."""
    kinds = [frozenset(c for n, c in enumerate("abc") if 1 << n & one) for one in range(8)]
    people = np.array([voices.count(kind) for kind in kinds])
    seen, published = [np.ones(8)], list[EarlierRelease]()
    for codes in findings:
        says = np.array([bool(kind & codes) for kind in kinds], dtype=float)
        voice = replace(VOICES, codes=codes, count=int(says @ people), n=len(voices))
        decision = decide(finding_draft(voices=voice), published, LIMITS)
        if decision.is_allowed and decision.payload["voices"]["count"] is not None:
            seen.append(says)
            published.append(earlier_of(decision.payload["voices"]))
    groups = (np.arange(1, 2**8)[:, None] >> np.arange(8)) & 1
    known = np.linalg.pinv(np.array(seen)) @ np.array(seen)
    is_known = np.abs(groups @ known - groups).max(axis=1) < 1e-9
    sizes = groups[is_known] @ people
    assert not ((sizes > 0) & (sizes < LIMITS.minimum)).any()


def earlier_of(voices: dict[str, object]) -> EarlierRelease:
    return EarlierRelease(
        number=1,
        source_kind="finding",
        source_public_id="another26bcd",
        respondents=None,
        tables=(),
        voices=voices,
    )


def test_a_hidden_number_cannot_carry_a_finding() -> None:
    figure = Figure(release_public_id="r", table_key="q1", codes=frozenset("b"))
    assert not decide(finding_draft(figure=figure), [], LIMITS, None).is_allowed
    shown = ShownFigure(
        release_public_id="r",
        release_number=1,
        table_key="q1",
        question="Hur ofta?",
        answers=("Alltid",),
        count=202,
        n=412,
    )
    decision = decide(finding_draft(figure=figure), [], LIMITS, shown)
    assert decision.payload["figure"]["count"] == 202


def test_a_route_says_by_which_outlet_it_shows_numbers() -> None:
    @outlet("workroom")
    def view() -> str:
        return ""

    assert outlet_of(view) == "workroom"
    assert outlet_of(str) is None
    with pytest.raises(ValueError, match="unknown"):
        outlet("somewhere")  # type: ignore[arg-type]


def test_a_finding_says_what_it_rests_on_or_that_it_is_the_teams_own() -> None:
    groundless = finding_draft(voices=None)
    assert "vilar på" in " ".join(decide(groundless, [], LIMITS).refusals)
    own = replace(groundless, content={"is_own_observation": True})
    assert decide(own, [], LIMITS).is_allowed
    both = replace(finding_draft(), content={"is_own_observation": True})
    assert "inte bara teamets egen" in " ".join(decide(both, [], LIMITS).refusals)


@pytest.mark.parametrize("is_own", [True, False])
@pytest.mark.parametrize("has_figure", [True, False])
@pytest.mark.parametrize(
    ("has_texts", "has_codes", "lack"),
    [
        (True, True, None),
        (True, False, Lack.CODES),
        (False, True, Lack.TEXTS),
        (False, False, Lack.EVERYTHING),
    ],
)
def test_texts_and_codes_go_together_and_the_teams_own_goes_with_nothing(
    *, is_own: bool, has_figure: bool, has_texts: bool, has_codes: bool, lack: Lack | None
) -> None:
    rests_on = has_figure or has_texts or has_codes
    if is_own:
        lack = Lack.OWN_AND_OTHERS if rests_on else None
    elif has_figure and lack is Lack.EVERYTHING:
        lack = None
    found = lacking(is_own=is_own, has_figure=has_figure, has_texts=has_texts, has_codes=has_codes)
    assert found is lack
