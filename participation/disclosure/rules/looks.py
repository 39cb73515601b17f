"""What staff have seen of a round in the workroom, beside what is published of it.

Tables of two questions that hang together without a ring tell no more than each of them does: a
group that gave three answers can still be anything between nobody and the smallest of the two.
Once they close a ring (A by B, B by C and A by C), all three bind the groups inside, and one of
1–4 people can be worked out. So no table may close a ring: not in the workroom, not with a
breakdown, which is a table of a question and an attribute. tests/unit/test_looks.py attacks both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROLE = "@role"  # who answers, where a table is set apart by it


@dataclass(frozen=True, kw_only=True)
class Look:
    """Some things that were seen against each other, by key ("respect", "from_whom=care").

    `is_close`: since then 1–4 answers came or were taken back. No `nodes`: every answer, row by
    row.
    """

    nodes: frozenset[str] = frozenset()
    is_close: bool = False

    @property
    def questions(self) -> frozenset[str]:
        return frozenset(map(question_of_node, self.nodes - {ROLE}))


def question_of_node(node: str) -> str:
    """An option that may be ticked belongs to its question: "from_whom=care" → "from_whom"."""
    return node.partition("=")[0]


def closes_ring(tables: Iterable[Iterable[str]], nodes: Iterable[str]) -> bool:
    """Whether a table of `nodes` would close a ring with the `tables` that were seen."""
    parts = _parts(tables)
    met = [part for part in parts for node in nodes if node in part]
    return len(met) > len({id(part) for part in met})


def unbroken(looks: Sequence[Look], group: str, keys: Sequence[str]) -> frozenset[str]:
    """Questions (`keys`, in order) that a breakdown by `group` leaves out, since it would close
    a ring with what was seen; of questions seen together the first stays.

    A table that was set apart by role holds everything of its questions by role already.
    """
    seen = [look.nodes for look in looks if not (group == ROLE and ROLE in look.nodes)]
    parts = _parts(seen)
    used = [part for part in parts if group in part]
    gone = set()
    for key in keys:
        own = [part for part in parts for node in part if question_of_node(node) == key]
        if len(own) > len({id(part) for part in own}) or any(part in used for part in own):
            gone.add(key)
        else:
            used += own
    return frozenset(gone)


def _parts(tables: Iterable[Iterable[str]]) -> list[set[str]]:
    """What hangs together."""
    parts: list[set[str]] = []
    for table in tables:
        joined = set(table)
        apart = []
        for part in parts:
            if part & joined:
                joined |= part
            else:
                apart.append(part)
        parts = [*apart, joined]
    return parts
