"""Somebody leaves the panel: the others stay, and the successor is drawn by the same method.

Where nobody in the pool fits the empty seat, the smallest swaps that do are proposed: who else
would have to give up their seat. They are proposals: people decide about people.
Source: SELECTION.md, "Replacement that keeps the spread".
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from participation.selection.rules.leximin import Distribution, fair_distribution
from participation.selection.rules.panels import panel_rules
from participation.selection.rules.pool import Person, Pool, Quota, QuotasCannotBeMet

MARK = "on the panel"  # a feature of our own beside the pool's, so that members are types apart


@dataclass(frozen=True)
class Replacement:
    """`successors`: the fairest lottery for the empty seats; who stays is `seated` in it.

    None when nobody fits. Then each of `swaps` names members (numbers) who could give up their
    seats as well so that the quotas are kept: the fewest that suffice. Call `replacement` again
    with them among those who leave. No swap either: no panel of the people left meets the quotas,
    and the quota workshop says what would help.
    """

    successors: Distribution | None
    swaps: tuple[tuple[int, ...], ...] = ()


def replacement(pool: Pool, panel: Collection[int], leaving: Collection[int]) -> Replacement:
    """Who can take the seats of `leaving`, who are out of the pool from now on.

    `panel`: today's members, those who leave included. Draw from `successors` as from any lottery.
    Worked example: one seat empty and twenty people fit it → each of them has 5 %.
    Raises ValueError when somebody leaves who is not on the panel.
    """
    if not leaving or not set(leaving) <= set(panel):
        raise ValueError("only members can leave, and at least one has to")
    left = pool.without(set(leaving))
    staying = set(panel) - set(leaving)
    try:
        return Replacement(fair_distribution(left, seated=staying))
    except QuotasCannotBeMet:
        return Replacement(None, _smallest_swaps(left, staying))


def _smallest_swaps(pool: Pool, staying: set[int]) -> tuple[tuple[int, ...], ...]:
    """All swaps that move one member; when one is not enough, one of the smallest there are."""
    kept = _most_kept(pool, staying)
    if kept is None:
        return ()
    moving = staying - kept
    if len(moving) > 1:
        return (tuple(sorted(moving)),)
    return tuple((member,) for member in sorted(staying) if _can_stay(pool, staying - {member}))


def _most_kept(pool: Pool, staying: set[int]) -> set[int] | None:
    """As many members as some panel of the pool keeps, or None when there is no panel."""
    rules = panel_rules(_marked(pool, staying))
    if not rules.types:
        return None
    programme = rules.programme(is_integer=True)
    is_member = np.array([float((MARK, "yes") in person.look) for person in rules.types])
    programme.set_costs(-is_member)
    found = programme.solve()
    if found is None:
        return None
    kept: set[int] = set()
    for person, count in zip(rules.types, np.rint(found.values * is_member), strict=True):
        kept.update(person.numbers[: int(count)])
    return kept


def _marked(pool: Pool, staying: set[int]) -> Pool:
    """The pool with members as types of their own, by a quota that turns no panel down."""
    people = tuple(
        Person(p.number, {**p.values, MARK: "yes" if p.number in staying else "no"}, p.household)
        for p in pool.people
    )
    never_binding = {"yes": Quota(0, min(len(staying), pool.seats - 1))}
    return replace(pool, people=people, quotas={**pool.quotas, MARK: never_binding})


def _can_stay(pool: Pool, members: set[int]) -> bool:
    """Whether some panel keeps all these members (nobody else is looked at)."""
    try:
        rules = panel_rules(pool.after_seating(members) if members else pool)
    except QuotasCannotBeMet:
        return False
    return bool(rules.types) and rules.programme(is_integer=True).solve() is not None
