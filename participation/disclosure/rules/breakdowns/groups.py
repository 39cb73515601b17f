"""Which groups of a breakdown stand for themselves, and which are put together."""

from collections.abc import Sequence

from participation.disclosure.rules.breakdowns.shapes import Breakdown, Group, ShownGroup
from participation.disclosure.rules.suppression import joined_labels
from participation.disclosure.rules.tables import Thresholds
from participation.foundation.i18n import format_and, mid_sentence
from participation.foundation.i18n import gettext as _


def shown_groups(breakdown: Breakdown, thresholds: Thresholds) -> list[list[int]]:
    """Positions of the groups that stand together, each part large enough; [] when only one is.

    Ages go together with their neighbour, others into one part at the end.
    """
    asked = [place for place, group in enumerate(breakdown.groups) if group.people]
    people = [group.people for group in breakdown.groups]
    join = _neighbours if breakdown.is_ordered else _smallest
    parts = join(asked, people, thresholds.minimum)
    return parts if len(parts) > 1 else []


def _neighbours(places: Sequence[int], people: Sequence[int], minimum: int) -> list[list[int]]:
    """Worked example: 3, 20, 4 → the first two together, and the last joins them."""
    parts: list[list[int]] = []
    waiting: list[int] = []
    for place in places:
        waiting.append(place)
        if sum(people[p] for p in waiting) >= minimum:
            parts.append(waiting)
            waiting = []
    if waiting and parts:
        parts[-1] += waiting
    return parts


def _smallest(places: Sequence[int], people: Sequence[int], minimum: int) -> list[list[int]]:
    """Worked example: 20, 3, 9, 8 → 20 and 9 alone, 3 with 8."""
    alone = [place for place in places if people[place] >= minimum]
    together = [place for place in places if people[place] < minimum]
    while together and alone and sum(people[p] for p in together) < minimum:
        together.append(alone.pop(alone.index(min(alone, key=lambda p: (people[p], p)))))
    return [[place] for place in alone] + ([sorted(together)] if together else [])


def named(breakdown: Breakdown, part: Sequence[int]) -> ShownGroup:
    groups = [breakdown.groups[place] for place in part]
    labels = [group.label for group in groups]
    if len(labels) > 1 and breakdown.is_ordered:
        label = joined_labels(labels)
    elif len(labels) > 1:
        label = _("Others: %(names)s", names=format_and([labels[0], *map(_inner, groups[1:])]))
    else:
        label = labels[0]
    return ShownGroup(codes=tuple(group.code for group in groups), label=label)


def _inner(group: Group) -> str:
    return mid_sentence(group.label, are_names=not group.is_unknown)
