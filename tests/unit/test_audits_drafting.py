"""A first draft of a report's points, out of coded interviews."""

from hypothesis import given
from hypothesis import strategies as st

from participation.audits.rules.drafting import PointDraft, ThemeVoices, draft_points
from participation.foundation.i18n import use_locale

MINIMUM = 5
CODES = ("väntan", "planen", "bemötande", "maten")


def _theme(key: str, **codes: set[int]) -> ThemeVoices:
    return ThemeVoices(key=key, name=f"Tema {key}", codes=codes)


def _drafts(*themes: ThemeVoices, held: int = 14) -> list[PointDraft]:
    with use_locale("en"):
        return draft_points(themes, held, MINIMUM)


def test_a_theme_of_one_interview_is_never_a_point() -> None:
    assert not _drafts(_theme("a", väntan={3}))
    assert not _drafts(_theme("a", väntan={3}, bemötande={3}))


def test_few_voices_are_several_and_a_code_of_one_is_not_named() -> None:
    (draft,) = _drafts(_theme("a", väntan={1, 2, 3}, lampan={4}))
    assert "Several" in draft.text
    assert not any(sign.isdigit() for sign in draft.text)
    assert "väntan" in draft.text
    assert "lampan" not in draft.text
    assert draft.interviews == {1, 2, 3, 4}


def test_enough_voices_are_counted_unless_the_others_are_few() -> None:
    (counted,) = _drafts(_theme("a", plan=set(range(6))))
    assert "6 of the 14" in counted.text
    (nearly,) = _drafts(_theme("a", plan=set(range(11))))
    assert "Almost everybody" in nearly.text


def test_what_most_carry_comes_first() -> None:
    few, many = _theme("a", x={1, 2}), _theme("b", y={1, 2, 3})
    assert [draft.key for draft in _drafts(few, many)] == ["b", "a"]


@given(
    st.dictionaries(st.sampled_from(CODES), st.sets(st.integers(1, 20)), max_size=4),
    st.integers(20, 30),
)
def test_no_number_below_five_is_ever_told(codes: dict[str, set[int]], held: int) -> None:
    theme = ThemeVoices(key="t", name="Tema", codes=codes)
    for draft in _drafts(theme, held=held):
        voices = len(draft.interviews)
        is_told = any(sign.isdigit() for sign in draft.text)
        assert is_told == (voices >= MINIMUM and held - voices >= MINIMUM)
        named = {name for name in codes if f" {name}" in draft.text.partition(":")[2]}
        assert all(len(codes[name]) > 1 for name in named)
