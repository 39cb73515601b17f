"""What an assignment is worth, how a claim moves, and what makes up an agreement."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from participation.activities.rules.states import ActivityKind
from participation.assignments.rules.agreement_file import read_agreements
from participation.assignments.rules.agreements import (
    agreement_text,
    packed,
    text_digest,
    unpacked,
)
from participation.assignments.rules.rate_file import read_base_amounts, read_rate_tables
from participation.assignments.rules.rates import (
    Claimed,
    Rate,
    RateKind,
    Tariff,
    begun,
    days_between,
    lines_of,
    proof_missing,
    share_of,
    sums_of,
)
from participation.assignments.rules.states import (
    CLAIM_LABELS,
    CLAIM_MOVES,
    CLAIM_SHAPES,
    ClaimState,
    held_until,
    moved,
    usual_needs,
)
from participation.county.rules.nodes import Findings
from participation.county.rules.reading import read_county_file
from participation.foundation.errors import Conflict
from participation.foundation.i18n import use_locale

K = RateKind
TARIFF = Tariff(
    {
        K.HOUR: Rate(kind=K.HOUR, amount_ore=150_00, up_to_minutes=120),
        K.HALF_DAY: Rate(kind=K.HALF_DAY, amount_ore=710_00, up_to_minutes=240),
        K.FULL_DAY: Rate(kind=K.FULL_DAY, amount_ore=1_184_00),
        K.PREPARATION: Rate(kind=K.PREPARATION, amount_ore=150_00),
        K.TRAVEL_TIME: Rate(kind=K.TRAVEL_TIME, amount_ore=99_99),
        K.MILEAGE: Rate(kind=K.MILEAGE, amount_ore=2_50, is_taxable=False),
        K.LOST_INCOME: Rate(kind=K.LOST_INCOME, cap_ore=2_000_00, needs_proof=True),
        K.OTHER_COST: Rate(kind=K.OTHER_COST, is_taxable=False, needs_proof=True),
    },
    step_minutes=30,
)


def amounts(tariff: Tariff = TARIFF, **claimed: int) -> dict[str, int]:
    claimed.setdefault("attended_minutes", 0)
    return {line.kind: line.amount_ore for line in lines_of(tariff, Claimed(**claimed))}


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (1, {"hour": 75_00}),
        (60, {"hour": 150_00}),
        (61, {"hour": 225_00}),
        (120, {"hour": 300_00}),
        (121, {"half_day": 710_00}),
        (240, {"half_day": 710_00}),
        (241, {"full_day": 1_184_00}),
        (720, {"full_day": 1_184_00}),
        (0, {}),
    ],
)
def test_the_length_of_the_meeting_chooses_the_fee(minutes: int, expected: dict[str, int]) -> None:
    assert amounts(attended_minutes=minutes) == expected


def test_several_days_are_whole_days() -> None:
    assert amounts(attended_minutes=2_000, attended_days=2) == {"full_day": 2_368_00}


def test_an_evening_past_midnight_is_one_day_and_a_conference_two() -> None:
    evening = datetime(2026, 3, 1, 19)
    assert days_between(evening, evening + timedelta(hours=6)) == 1
    assert days_between(evening, evening + timedelta(hours=21)) == 2


def test_without_half_and_whole_days_every_begun_half_hour_is_paid() -> None:
    only_hours = Tariff({K.HOUR: Rate(kind=K.HOUR, amount_ore=150_00)})
    assert amounts(only_hours, attended_minutes=135) == {"hour": 375_00}


def test_a_share_of_the_base_amount_is_rounded_to_whole_kronor() -> None:
    assert share_of(59_200_00, 1_200) == 710_00  # 710.40
    assert share_of(58_800_00, 1_200) == 706_00  # 705.60
    assert share_of(100_00, 50_500) == 51_00  # 50.50: halves upwards


def test_each_line_is_rounded_to_whole_ore_halves_upwards() -> None:
    assert amounts(travel_minutes=30) == {"travel_time": 50_00}  # 49.995
    assert amounts(kilometres=3) == {"mileage": 7_50}


def test_taxed_and_untaxed_are_summed_apart() -> None:
    lines = lines_of(TARIFF, Claimed(attended_minutes=120, kilometres=100, other_cost_ore=89_00))
    sums = sums_of(lines)
    assert (sums.taxed_ore, sums.untaxed_ore, sums.total_ore) == (300_00, 339_00, 639_00)


def test_lost_income_is_paid_up_to_its_ceiling_and_says_so() -> None:
    line = lines_of(TARIFF, Claimed(attended_minutes=0, lost_income_ore=3_000_00))[0]
    assert (line.amount_ore, line.is_capped) == (2_000_00, True)
    line = lines_of(TARIFF, Claimed(attended_minutes=0, lost_income_ore=2_000_00))[0]
    assert (line.amount_ore, line.is_capped) == (2_000_00, False)


def test_what_the_rates_do_not_pay_for_gives_no_line() -> None:
    assert amounts(Tariff({}), attended_minutes=60, kilometres=9, other_cost_ore=1) == {}


def test_lost_income_and_costs_need_a_file() -> None:
    claimed = Claimed(attended_minutes=60, lost_income_ore=1, other_cost_ore=1)
    assert proof_missing(TARIFF, claimed, 0) == (K.LOST_INCOME, K.OTHER_COST)
    assert proof_missing(TARIFF, claimed, 1) == ()
    assert proof_missing(TARIFF, Claimed(attended_minutes=60), 0) == ()


CLAIMED = st.builds(
    Claimed,
    attended_minutes=st.integers(0, 3_000),
    attended_days=st.integers(1, 3),
    preparation_minutes=st.integers(0, 1_440),
    travel_minutes=st.integers(0, 1_440),
    kilometres=st.integers(0, 2_000),
    lost_income_ore=st.integers(0, 10**7),
    other_cost_ore=st.integers(0, 10**7),
)


@given(CLAIMED)
def test_no_line_is_negative_and_no_kind_comes_twice(claimed: Claimed) -> None:
    lines = lines_of(TARIFF, claimed)
    assert all(line.amount_ore >= 0 for line in lines)
    assert len({line.kind for line in lines}) == len(lines)
    sums = sums_of(lines)
    assert sums.total_ore == sum(line.amount_ore for line in lines)


@given(CLAIMED, st.integers(1, 60))
def test_more_time_is_never_worth_less(claimed: Claimed, more: int) -> None:
    changed = {**vars(claimed), "travel_minutes": claimed.travel_minutes + more}
    before, after = lines_of(TARIFF, claimed), lines_of(TARIFF, Claimed(**changed))
    assert sums_of(after).total_ore >= sums_of(before).total_ore


@given(st.integers(0, 5_000), st.integers(1, 60))
def test_begun_steps_round_up_by_less_than_a_step(minutes: int, step: int) -> None:
    counted = begun(minutes, step)
    assert counted % step == 0
    assert 0 <= counted - minutes < step


class ClaimsWay(RuleBasedStateMachine):
    """Whatever anybody tries, money leaves once and only after an approval."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ClaimState.OFFERED
        self.way = [self.state]

    @rule(wanted=st.sampled_from(ClaimState))
    def try_to_move(self, wanted: ClaimState) -> None:
        try:
            self.state = moved(self.state, wanted)
        except Conflict:
            assert wanted not in CLAIM_MOVES[self.state]
        else:
            self.way.append(self.state)

    @invariant()
    def exported_at_most_once_and_right_after_approval(self) -> None:
        assert self.way.count(ClaimState.EXPORTED) <= 1
        for before, after in zip(self.way, self.way[1:], strict=False):
            if after is ClaimState.EXPORTED:
                assert before is ClaimState.APPROVED
            if after is ClaimState.APPROVED:
                assert before is ClaimState.SUBMITTED
            if before is ClaimState.EXPORTED:
                assert after is ClaimState.PAID


TestClaimsWay = ClaimsWay.TestCase


def test_every_state_has_words_and_a_shape() -> None:
    assert set(CLAIM_LABELS) == set(CLAIM_SHAPES) == set(CLAIM_MOVES) == set(ClaimState)


def test_the_bookkeeping_law_counts_from_the_end_of_the_year() -> None:
    assert held_until(date(2026, 1, 1)) == held_until(date(2026, 12, 31)) == date(2033, 12, 31)


def test_lasting_assignments_need_an_agreement_and_audits_a_declaration() -> None:
    audit = usual_needs(ActivityKind.USER_AUDIT, is_open_to_all=False)
    assert (audit.agreement, audit.declaration, audit.compensation) == (True, True, True)
    group = usual_needs(ActivityKind.FOCUS_GROUP, is_open_to_all=False)
    assert (group.agreement, group.declaration, group.compensation) == (False, False, True)
    assert not usual_needs(ActivityKind.THEME_DIALOGUE, is_open_to_all=True).compensation


def test_an_agreement_speaks_the_readers_language_where_it_can() -> None:
    sections = [
        {
            "title": "Tid",
            "titles": {"ar": "الوقت"},
            "text": "Två timmar.",
            "texts": {"ar": "ساعة"},
        },
        {"title": "Stopp", "titles": {}, "text": "När du vill.", "texts": {}},
    ]
    text = agreement_text([("Vad", "Fokusgrupp"), ("Tomt", "")], sections, "ar")
    assert text.parts == (
        ("Vad", "Fokusgrupp"),
        ("الوقت", "ساعة"),
        ("Stopp", "När du vill."),
    )


def test_a_kept_agreement_is_word_for_word_what_it_was() -> None:
    text = agreement_text([("Vad", "Ett\n\nTvå\nTre")], (), "sv")
    again = unpacked(packed(text), "sv")
    assert again == text
    assert text_digest(again.plain) == text_digest(text.plain)
    other = agreement_text([("Vad", "Ett\n\nTvå\nFyra")], (), "sv")
    assert text_digest(other.plain) != text_digest(text.plain)


RATES = """
- key: a
  name: A
  valid_from: 2026-01-01
  claim_within_days: 90
  number_kept_days: 60
  rates:
    - {kind: hour, kronor: 200}
"""
BROKEN = {
    "both sum and share": ("kronor: 200", "kronor: 200, percent: 1", "8: give “kronor”"),
    "neither sum nor share": ("kronor: 200", "up_to_hours: 2", "8: give “kronor”"),
    "a negative sum": ("kronor: 200", "kronor: -200", "8: “kronor” must be more than nothing"),
    "half an öre": ("kronor: 200", "kronor: 2.555", "8: “kronor” has too many decimals"),
    "a sum as text": ("kronor: 200", "kronor: mycket", "8: “kronor” must be a number"),
    "an unknown kind": ("kind: hour", "kind: week", "8: “kind” must be one of"),
    "a share of an hour": (
        "kind: hour, kronor: 200",
        "kind: mileage, percent: 1",
        "8: “percent” means nothing for mileage",
    ),
    "a sum for what it cost": (
        "kind: hour",
        "kind: lost_income",
        "8: “kronor” means nothing for lost_income",
    ),
    "the same kind twice": (
        "    - {kind: hour",
        "    - {kind: hour, kronor: 1}\n    - {kind: hour",
        "9: “hour” is used twice; first on line 8",
    ),
    "no day": ("valid_from: 2026-01-01", "valid_from: 2026-01", "4: “valid_from” must be a whole"),
    "no days to claim": ("claim_within_days: 90", "claim_within_days: 0", "5: “claim_within_days”"),
    "an unknown key": ("  name: A", "  name: A\n  colour: red", "4: unknown key “colour”"),
}


def errors_of(text: str) -> list[str]:
    with use_locale("en"):
        findings = Findings("test.yaml")
        root = read_county_file(f"compensation_rates:{text}".encode(), findings)
        assert root is not None
        section = root.child("compensation_rates")
        assert section is not None
        read_rate_tables(section)
        return [f"{error.line}: {error.message}" for error in findings.sorted_errors()]


def test_right_rates_are_read_without_a_word() -> None:
    assert errors_of(RATES) == []


@pytest.mark.parametrize("case", BROKEN)
def test_wrong_rates_are_told_with_their_line(case: str) -> None:
    before, after, expected = BROKEN[case]
    errors = errors_of(RATES.replace(before, after))
    assert any(error.startswith(expected) for error in errors), errors


def test_amounts_are_read_exactly_in_ore() -> None:
    findings = Findings("test.yaml")
    root = read_county_file(b"base_amounts:\n- {year: 2026, kronor: 59200.10}\n", findings)
    assert root is not None
    section = root.child("base_amounts")
    assert section is not None
    assert read_base_amounts(section)[0].amount_ore == 59_200_10
    assert findings.errors == []


def test_two_agreements_of_one_kind_cannot_have_the_same_version() -> None:
    one = (
        "- {key: K, kind: any, version: 1, valid_from: 2026-01-01, "
        "sections: [{title: T, text: X}]}\n"
    )
    text = "assignment_agreements:\n" + one.replace("K", "a") + one.replace("K", "b")
    with use_locale("en"):
        findings = Findings("test.yaml")
        root = read_county_file(text.encode(), findings)
        assert root is not None
        section = root.child("assignment_agreements")
        assert section is not None
        read_agreements(section)
        assert [error.line for error in findings.sorted_errors()] == [3]
