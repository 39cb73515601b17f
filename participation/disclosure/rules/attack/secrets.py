"""What no reader may work out: the sums of people that a page hides, or that are few."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from participation.disclosure.rules.attack.pages import EVERYBODY, Line
from participation.disclosure.rules.breakdowns import GroupRow
from participation.disclosure.rules.drafts import ReleaseDraft
from participation.disclosure.rules.tables import Thresholds

Places = tuple[int, ...]


@dataclass(frozen=True)
class Truth:
    """How many of `people` gave each answer, in one group or in all; only the gate knows it."""

    people: int
    n: int
    counts: Mapping[str, int]
    is_sensitive: bool


def truths(draft: ReleaseDraft, lines: Sequence[Line]) -> dict[tuple[str, str, str], Truth]:
    """The truth behind each line, by attribute, group and question."""
    asked = {table.key: table for table in draft.tables}
    people = {
        (one.attribute, group.code): group.people
        for one in draft.breakdowns
        for group in one.groups
    }
    rows = {
        (one.attribute, group.code, key): row
        for one in draft.breakdowns
        for key, own in one.rows.items()
        for group, row in zip(one.groups, own, strict=True)
    }
    found = {}
    for line in lines:
        table = asked[line.key]
        if line.attribute == EVERYBODY:
            own = [GroupRow(n=table.n, counts=tuple(cell.count for cell in table.cells))]
            asked_of = draft.respondents
        else:
            groups = line.group.split("|")
            own = [rows[line.attribute, code, line.key] for code in groups]
            asked_of = sum(people[line.attribute, code] for code in groups)
        counts = map(sum, zip(*(row.counts for row in own), strict=True))
        found[line.attribute, line.group, line.key] = Truth(
            people=asked_of,
            n=sum(row.n for row in own),
            counts=dict(zip((cell.code for cell in table.cells), counts, strict=True)),
            is_sensitive=table.is_sensitive,
        )
    return found


def secrets(line: Line, truth: Truth, thresholds: Thresholds) -> Iterator[Places]:
    """The sums of a line that must stay open.

    Nobody (0) is no group; neither is everybody, where the answer is no delicate one.
    """
    if thresholds.is_small(truth.n):
        yield (line.size,)
    for codes, told in line.cells:
        count = sum(truth.counts[code] for code in codes)
        is_alike = count == truth.n and not truth.is_sensitive
        if told is None and count and not is_alike:
            yield tuple(line.places(codes))
    for code, count in truth.counts.items():
        if thresholds.is_small(count):
            yield (line.answers[code],)
        if thresholds.is_small(truth.n - count):
            yield tuple(line.others(code))


def hidden_sums(line: Line) -> Iterator[Places]:
    """The same where nobody knows the truth any more: all that an earlier page hides."""
    if line.told_size is None:
        yield (line.size,)
    for codes, told in line.cells:
        if told is None:
            yield tuple(line.places(codes))


def unions(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Places]]]:
    """Parts that may add up to a known few: the answers of a line, one answer of all groups."""
    for line in lines:
        if not line.without:
            yield line, [(place,) for place in line.answers.values()]
    columns: dict[tuple[str, str, tuple[str, ...]], list[tuple[Line, Places]]] = {}
    for line in lines:
        if line.attribute == EVERYBODY:
            continue
        together = {codes for codes, _told in line.cells} | {(code,) for code in line.answers}
        for codes in together:
            own = columns.setdefault((line.attribute, line.key, codes), [])
            own.append((line, tuple(line.places(codes))))
        columns.setdefault((line.attribute, line.key, ()), []).append((line, (line.size,)))
    for parts in columns.values():
        yield parts[0][0], [places for _line, places in parts]
