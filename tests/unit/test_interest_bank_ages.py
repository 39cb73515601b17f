"""Ages, guardians' approvals and names: the rules of the young people's entrance."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.interest_bank.rules import (
    NEEDS_ADDRESS,
    NOTICE_VERSION,
    AgePolicy,
    ApprovalState,
    ConsentPurpose,
    NoticeKind,
    consent_words,
    first_minor_year,
    is_a_name,
    is_too_young,
    may_be_minor,
    may_become,
    needs_guardian,
)
from participation.interest_bank.rules.guardians import APPROVAL_MOVES

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("born", "needs"), [(2012, False), (2013, True), (2026, True)])
def test_whoever_may_still_be_twelve_needs_a_guardian(born: int, needs: bool) -> None:
    assert needs_guardian(born, TODAY) is needs


def test_the_county_decides_the_ages() -> None:
    policy = AgePolicy(youngest=10, guardian_below=15, decided_on=TODAY, decided_by="LGL")
    assert needs_guardian(2011, TODAY, policy)
    assert not needs_guardian(2010, TODAY, policy)
    assert is_too_young(2017, TODAY, policy)
    assert not is_too_young(2016, TODAY, policy)
    assert not policy.is_proposal
    assert AgePolicy().is_proposal


@given(st.integers(1900, 2026), st.integers(0, 18))
def test_a_minor_is_whoever_could_need_a_guardian_at_any_policy(born: int, below: int) -> None:
    if needs_guardian(born, TODAY, AgePolicy(guardian_below=below)):
        assert may_be_minor(born, TODAY)


@given(st.integers(1900, 2026))
def test_the_first_year_of_minors_says_the_same(born: int) -> None:
    assert may_be_minor(born, TODAY) is (born >= first_minor_year(TODAY))


@given(st.lists(st.sampled_from(list(ApprovalState)), max_size=8))
def test_an_approval_never_comes_back_from_its_end(wanted: list[ApprovalState]) -> None:
    state, seen = ApprovalState.NOTED, []
    for step in wanted:
        if may_become(state, step):
            state = step
            seen.append(state)
    assert len(seen) == len(set(seen))
    if seen and seen[-1] not in NEEDS_ADDRESS and not APPROVAL_MOVES[seen[-1]]:
        assert not any(may_become(seen[-1], other) for other in ApprovalState)


@pytest.mark.parametrize("name", ["Åsa-Lill O'Hara", "محمد", "Tuva 2", "Anna (mamma)", "N.N."])
def test_names_people_have_are_names(name: str) -> None:
    assert is_a_name(name)


@pytest.mark.parametrize("name", ["a@b.se", "http://x.example", "WWW.x", "<b>", "a\\b", "{{7*7}}"])
def test_addresses_and_markup_are_no_names(name: str) -> None:
    assert not is_a_name(name)


@pytest.mark.parametrize("purpose", list(ConsentPurpose))
@pytest.mark.parametrize("kind", [NoticeKind.PLAIN, NoticeKind.EASY, NoticeKind.CHILD])
def test_every_consent_has_its_words(purpose: ConsentPurpose, kind: NoticeKind) -> None:
    assert consent_words(NOTICE_VERSION, purpose, kind)
    assert consent_words("1999-01", purpose, kind) == ""
