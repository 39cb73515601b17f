"""A first draft of a report's points, out of coded interviews. Pure.

It counts voices and names what they were coded with; whether it is a strength or a shortcoming,
and what people meant, only those who were there can say.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from participation.foundation.i18n import format_and, ngettext
from participation.foundation.i18n import gettext as _

FEWEST_VOICES = 2  # what a single interview says is never a point


@dataclass(frozen=True, kw_only=True)
class ThemeVoices:
    """In which interviews each code of one theme stands. `codes`: name → interviews."""

    key: str
    name: str
    codes: Mapping[str, AbstractSet[int]]

    @property
    def interviews(self) -> frozenset[int]:
        return frozenset().union(*self.codes.values()) if self.codes else frozenset()


@dataclass(frozen=True, kw_only=True)
class PointDraft:
    """A point to begin from. `interviews`: what it rests on."""

    key: str
    title: str
    text: str
    interviews: frozenset[int]


def draft_points(
    themes: Sequence[ThemeVoices], interview_count: int, minimum: int
) -> list[PointDraft]:
    """A point per theme that two interviews or more carry, what most carry first.

    `minimum`: the smallest group whose size is told. Of fewer voices, and of all but fewer, the
    words say "several" or "almost everybody"; a code of a single interview is not named.
    """
    carried = [theme for theme in themes if len(theme.interviews) >= FEWEST_VOICES]
    return [
        PointDraft(
            key=theme.key,
            title=theme.name,
            text=_text(theme, interview_count, minimum),
            interviews=theme.interviews,
        )
        for theme in sorted(carried, key=lambda one: (-len(one.interviews), one.name, one.key))
    ]


def _text(theme: ThemeVoices, interview_count: int, minimum: int) -> str:
    shared = sorted(
        (name for name, found in theme.codes.items() if len(found) >= FEWEST_VOICES),
        key=lambda name: (-len(theme.codes[name]), name),
    )
    who = _who(len(theme.interviews), interview_count, minimum)
    if not shared:
        return who
    return who + " " + _("What they tell of: %(codes)s.", codes=format_and(shared))


def _who(voices: int, interview_count: int, minimum: int) -> str:
    if voices < minimum:
        return _("Several of those we talked with say something about this.")
    if interview_count - voices < minimum:
        return _("Almost everybody we talked with says something about this.")
    return ngettext(
        "%(num)s of the %(total)s we talked with says something about this.",
        "%(num)s of the %(total)s we talked with say something about this.",
        voices,
        total=interview_count,
    )
