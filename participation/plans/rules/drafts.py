"""What a plan in each form may hold where, and how two versions differ. Knows no database.

Source: DOMAIN.md, "Where results go": both of the county's forms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

FORMS = ("areas", "goals")

# What may stand at the top of a plan in each form, and below each kind of line.
TOP_KINDS: Mapping[str, tuple[str, ...]] = {
    "areas": ("improvement_area", "ongoing_area"),
    "goals": ("focus_area",),
}
KINDS_BELOW: Mapping[str, tuple[str, ...]] = {
    "improvement_area": ("goal", "plan_action", "supported_goal"),
    "ongoing_area": ("plan_action",),
    "focus_area": ("long_term_goal",),
    "long_term_goal": ("short_term_goal", "indicator", "plan_action"),
}
# What a line of a kind says besides its text.
DETAILS: Mapping[str, tuple[str, ...]] = {
    "improvement_area": ("purpose", "time_frame"),
    "long_term_goal": ("responsible",),
    "plan_action": ("responsible",),
    "indicator": ("indicator_key",),
}
# The columns of a plan that a version keeps with its lines.
PLAN_COLUMNS = (
    "title",
    "form",
    "period_from",
    "period_to",
    "overall_goal",
    "target_group",
    "responsible",
    "carried_out",
    "followed_up",
)
LINE_COLUMNS = ("kind", "text", "purpose", "time_frame", "responsible", "indicator_key")


def kinds_below(form: str, kind: str | None) -> tuple[str, ...]:
    """The kinds of line that may stand below a line of `kind`, or at the top (None).

    >>> kinds_below("areas", None)
    ('improvement_area', 'ongoing_area')
    >>> kinds_below("areas", "plan_action")
    ()
    """
    return TOP_KINDS[form] if kind is None else KINDS_BELOW.get(kind, ())


@dataclass(frozen=True)
class VersionLine:
    """One line of a version: `key` names it through all versions, `parent` the line above it."""

    key: str
    parent: str | None
    kind: str
    text: str
    purpose: str | None = None
    time_frame: str | None = None
    responsible: str | None = None
    indicator_key: str | None = None

    @property
    def words(self) -> tuple[str | None, ...]:
        """What a reader sees of it."""
        return (self.text, self.purpose, self.time_frame, self.responsible, self.indicator_key)


@dataclass(frozen=True)
class Changed:
    """A line that says something else now."""

    before: VersionLine
    after: VersionLine


@dataclass(frozen=True)
class Changes:
    """How a version differs from the one before it; `about`: names of columns of the plan."""

    added: Sequence[VersionLine] = ()
    changed: Sequence[Changed] = ()
    removed: Sequence[VersionLine] = ()
    is_reordered: bool = False
    about: Sequence[str] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed or self.is_reordered or self.about)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "removed": len(self.removed),
        }


def changes_between(before: Iterable[VersionLine], after: Iterable[VersionLine]) -> Changes:
    """What became of each line, in the order of the new version.

    >>> old = [VersionLine("a", None, "ongoing_area", "Tider")]
    >>> changes_between(old, [replace(old[0], text="Öppettider")]).counts
    {'added': 0, 'changed': 1, 'removed': 0}
    """
    earlier = {line.key: line for line in before}
    later = {line.key: line for line in after}
    kept = [line for line in later.values() if line.key in earlier]
    return Changes(
        added=[line for line in later.values() if line.key not in earlier],
        changed=[
            Changed(earlier[line.key], line)
            for line in kept
            if line.words != earlier[line.key].words
        ],
        removed=[line for line in earlier.values() if line.key not in later],
        is_reordered=_places(earlier, later) != _places(later, earlier),
    )


def _places(
    lines: Mapping[str, VersionLine], others: Mapping[str, VersionLine]
) -> list[tuple[str, str | None]]:
    """The lines that both versions have, each with the line above it, in this one's order."""
    return [(line.key, line.parent) for line in lines.values() if line.key in others]


def columns_that_differ(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[str, ...]:
    """The columns of the plan itself that say something else now."""
    return tuple(name for name in PLAN_COLUMNS if before.get(name) != after.get(name))


def with_about(changes: Changes, about: Sequence[str]) -> Changes:
    """The same changes, and what differs in the plan itself."""
    return replace(changes, about=tuple(about))
