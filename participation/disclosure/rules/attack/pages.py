"""One publication as equations: what its page tells of one question and of those that follow it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from participation.disclosure.rules.attack.equations import Equations
from participation.disclosure.rules.breakdowns import ShownBreakdown, ShownGrouped, ShownRow
from participation.disclosure.rules.tables import ShownCell, ShownTable, Table

Path = tuple[str, str, str, str]  # page, attribute, group, question
EVERYBODY = ""  # stands for the attribute and the group where it is about the whole round


@dataclass(frozen=True, kw_only=True)
class Page:
    """What one publication shows. `name` tells it from others of the same source."""

    name: str
    respondents: int | None
    tables: Mapping[str, ShownTable]
    breakdowns: Sequence[ShownBreakdown]

    def tells(self, key: str) -> bool:
        return key in self.tables and not self.tables[key].is_hidden


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a reader knows of a question beforehand: its answers, and whom it is asked.

    `is_for_all`: nobody can leave it out. `is_told_whole`: so with those who are asked it, where
    it follows another one.
    """

    key: str
    codes: tuple[str, ...]
    is_many: bool
    is_for_all: bool = False
    is_told_whole: bool = False
    after: str = ""
    after_codes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, table: Table, tables: Mapping[str, Table], respondents: int) -> "Question":
        source = table.asked_if
        before = None if source is None else tables.get(source.key)
        codes = frozenset() if source is None or source.codes is None else source.codes
        asked = [cell.count for cell in before.cells if cell.code in codes] if before else []
        return cls(
            key=table.key,
            codes=tuple(cell.code for cell in table.cells),
            is_many=table.is_many,
            is_for_all=table.is_required and source is None and table.n == respondents,
            is_told_whole=table.is_required and sum(asked) == table.n,
            after="" if source is None else source.key,
            after_codes=codes,
        )


@dataclass(frozen=True)
class Line:
    """A bar of the page, by the places of its unknowns: everybody, or one group of a breakdown.

    `cells`: which answers stand together, and the number told of them; None: it is hidden.
    """

    page: str
    attribute: str
    group: str
    key: str
    size: int
    answers: dict[str, int]
    without: dict[str, int]  # who did not tick an answer, where any number may be ticked
    told_size: int | None = None
    cells: tuple[tuple[tuple[str, ...], int | None], ...] = ()

    def places(self, codes: Sequence[str]) -> list[int]:
        return [self.answers[code] for code in codes]

    def others(self, code: str) -> list[int]:
        """Everybody in it who did not give the answer."""
        if self.without:
            return [self.without[code]]
        return [place for other, place in self.answers.items() if other != code]


@dataclass
class Reading:
    """Takes in pages, one question after another; `lines` are all bars that were read.

    `is_beside_others`: also what others tell of a question: who skipped it, and who was asked it.
    """

    is_beside_others: bool = True
    equations: Equations = field(default_factory=Equations)
    lines: dict[Path, Line] = field(default_factory=dict)
    skipped: dict[Path, int] = field(default_factory=dict)  # places of how many left it out

    def take_in(self, page: Page, questions: Sequence[Question], required: Sequence[str]) -> None:
        """`required`: the questions that everybody answers, whose sizes are those of the groups."""
        for asked in questions:
            total = page.tables.get(asked.key)
            if total is None:
                continue
            question = _as_shown(asked, page, total)
            path = (page.name, EVERYBODY, EVERYBODY, question.key)
            whole = self._line(path, question, total.n, total.cells)
            for breakdown in page.breakdowns:
                grouped = breakdown.table(question.key)
                if grouped is not None:
                    self._take_in_rows(page, breakdown, grouped, question, whole)
        if not self.is_beside_others:
            return
        self._tell_sizes(page, questions, required)
        for question in questions:
            self._tell_who_was_asked(page, question)

    def of_page(self, name: str) -> Iterator[Line]:
        return (line for line in self.lines.values() if line.page == name)

    def _take_in_rows(
        self,
        page: Page,
        breakdown: ShownBreakdown,
        grouped: ShownGrouped,
        question: Question,
        whole: Line,
    ) -> None:
        lines = [
            self._line(
                (page.name, breakdown.attribute, "|".join(group.codes), question.key),
                question,
                row.n,
                _cells_of(grouped, row),
            )
            for group, row in zip(breakdown.groups, grouped.rows, strict=True)
        ]
        tell = self.equations.tell
        tell([line.size for line in lines], 0, [whole.size])
        for code in question.codes:
            tell([line.answers[code] for line in lines], 0, [whole.answers[code]])

    def _line(
        self,
        path: Path,
        question: Question,
        size: int | None,
        cells: Sequence[ShownCell],
    ) -> Line:
        unknown, tell = self.equations.unknown, self.equations.tell
        line = Line(
            *path,
            size=unknown(*path, "size"),
            answers={code: unknown(*path, "gave", code) for code in question.codes},
            without={code: unknown(*path, "not", code) for code in question.codes}
            if question.is_many
            else {},
            told_size=size,
            cells=tuple((cell.codes, cell.count) for cell in cells),
        )
        if question.is_many:
            for code, place in line.answers.items():
                tell([place, line.without[code]], 0, [line.size])
        else:
            tell(line.answers.values(), 0, [line.size])
        if size is not None:
            tell([line.size], size)
        for cell in cells:
            if cell.count is not None:
                tell(line.places(cell.codes), cell.count)
        self.lines[path] = line
        return line

    def _tell_sizes(
        self, page: Page, questions: Sequence[Question], required: Sequence[str]
    ) -> None:
        """How many there are in each group: a question that all must answer tells it."""
        unknown, tell = self.equations.unknown, self.equations.tell
        everybody = unknown(page.name, EVERYBODY, EVERYBODY, "people")
        told = [page.tables[key].n for key in required if page.tells(key)]
        for size in {n for n in (page.respondents, *told) if n is not None}:
            tell([everybody], size)
        for breakdown in page.breakdowns:
            own = ["|".join(group.codes) for group in breakdown.groups]
            people = [unknown(page.name, breakdown.attribute, group, "people") for group in own]
            tell(people, 0, [everybody])
            for place, size in _sizes(breakdown, required):
                tell([people[place]], size)
        asked = {question.key: question for question in questions}
        for line in list(self.of_page(page.name)):
            if asked[line.key].after:
                continue
            whole = [unknown(page.name, line.attribute, line.group, "people")]
            if asked[line.key].is_for_all:
                tell(whole, 0, [line.size])
            else:
                self._tell_at_least(whole, line)
                self.skipped[_path(line)] = unknown(*_path(line), "skipped")

    def _tell_who_was_asked(self, page: Page, question: Question) -> None:
        """A question that follows another is asked of those who gave some of its answers."""
        if not question.after_codes:
            return
        for line in [line for line in self.of_page(page.name) if line.key == question.key]:
            before = self.lines.get((page.name, line.attribute, line.group, question.after))
            if before is None or not question.after_codes <= set(before.answers):
                continue
            if before.without and len(question.after_codes) > 1:
                continue
            asked = before.places(sorted(question.after_codes))
            if question.is_told_whole:
                self.equations.tell(asked, 0, [line.size])
            else:
                self._tell_at_least(asked, line)

    def _tell_at_least(self, asked: Sequence[int], line: Line) -> None:
        skipped = self.equations.unknown(*_path(line), "skipped")
        self.equations.tell(asked, 0, [line.size, skipped])


def _as_shown(question: Question, page: Page, total: ShownTable) -> Question:
    """With the answers that the page has: classes of numbers are not the same on all of them."""
    columns = [
        column
        for breakdown in page.breakdowns
        if (grouped := breakdown.table(question.key)) is not None
        for column in grouped.columns
    ]
    shown = [code for cell in (*total.cells, *columns) for code in cell.codes]
    return replace(question, codes=tuple(dict.fromkeys(shown)))


def _path(line: Line) -> Path:
    return (line.page, line.attribute, line.group, line.key)


def _cells_of(grouped: ShownGrouped, row: ShownRow) -> list[ShownCell]:
    """The columns with the numbers of one row."""
    counts = row.counts or (None,) * len(grouped.columns)
    return [
        ShownCell(codes=column.codes, label="", count=count)
        for column, count in zip(grouped.columns, counts, strict=True)
    ]


def _sizes(breakdown: ShownBreakdown, required: Sequence[str]) -> set[tuple[int, int]]:
    """Place and size of each group, as far as questions that all must answer tell."""
    return {
        (place, row.n)
        for key in required
        if (grouped := breakdown.table(key)) is not None
        for place, row in enumerate(grouped.rows)
        if row.n is not None
    }
