"""Two publications of one source side by side: who came between them, or left.

The reader takes it that people only came, where there are more, or only left, where there are
fewer. Where that cannot be, the pages are read each by itself.
"""

from collections.abc import Iterator
from dataclasses import replace

from participation.disclosure.rules.attack.bounds import CLOSE
from participation.disclosure.rules.attack.pages import Line, Page, Reading


def in_between(reading: Reading, earlier: Page, later: Page) -> list[Line]:
    """The differences of all bars that both pages show, as lines with unknowns of their own."""
    found = []
    for line in list(reading.of_page(later.name)):
        before = reading.lines.get((earlier.name, line.attribute, line.group, line.key))
        if before is None or set(before.answers) != set(line.answers):
            continue
        is_more = _is_more(earlier, later, line.key)
        path = (f"{earlier.name}>{later.name}", line.attribute, line.group, line.key)
        unknown = reading.equations.unknown
        changed = replace(
            line,
            page=path[0],
            size=unknown(*path, "size"),
            answers={code: unknown(*path, "gave", code) for code in line.answers},
            without={code: unknown(*path, "not", code) for code in line.without},
            told_size=None,
        )
        for old, new, change in _pairs(before, line, changed):
            fewer, more = (old, new) if is_more else (new, old)
            reading.equations.tell([more], 0, [fewer, change])
        found.append(changed)
    return found


def _pairs(*lines: Line) -> Iterator[tuple[int, int, int]]:
    old, new, change = lines
    yield old.size, new.size, change.size
    for code in new.answers:
        yield old.answers[code], new.answers[code], change.answers[code]
    for code in new.without:
        yield old.without[code], new.without[code], change.without[code]


def _is_more(earlier: Page, later: Page, key: str) -> bool:
    before, after = (
        page.tables[key].n if page.tells(key) else page.respondents for page in (earlier, later)
    )
    return before is None or after is None or after >= before


def tells_of_few(low: float, high: float, smallest: int) -> bool:
    """Whether it is known that few people came, or that a few may have and not many did."""
    return high - low < smallest - CLOSE and high > 1 - CLOSE and low < smallest - 1 + CLOSE


def changes(line: Line) -> Iterator[tuple[int, ...]]:
    """The sums of a difference that must not be known of a few."""
    yield (line.size,)
    sums = {codes for codes, _told in line.cells} | {(code,) for code in line.answers}
    for codes in sorted(sums):
        yield tuple(line.places(codes))
    for code in line.answers:
        yield tuple(line.others(code))
