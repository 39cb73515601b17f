"""Reading an action plan out of a document: each line becomes a line of the plan or a doubt.

Nothing is dropped: what is not understood stays as a line that a person decides about. Pure.
Source: DOMAIN.md, "Where results go": improvement areas and what goes on over time, or focus area →
long-term goal → short-term goal → indicator → plan action → responsible.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from participation.foundation.documents import UnreadableDocument
from participation.plans.rules.plan_lines import (
    BY_SHAPE,
    MOST_LINES,
    Shape,
    SourceLine,
    is_header,
    is_short,
    typed_line,
)
from participation.plans.rules.plan_reading import Doubt, PlanReading, ReadLine, cut, form_of
from participation.plans.rules.plan_vocabulary import (
    AREAS,
    KEPT_ELSEWHERE,
    LISTS,
    OF_THE_PLAN,
    K,
    LineKind,
    label_of,
    led_by_label,
)


def read_plan(lines: Sequence[SourceLine]) -> PlanReading:
    """The plan a document holds, in the form that its own words speak of.

    Raises UnreadableDocument: its cells hold more lines than a plan has.

    >>> found = read_plan([typed_line(1, "Målgrupp: Vuxna"), typed_line(2, "Syfte: Många väntar.")])
    >>> [(line.kind.value, line.text) for line in found.lines]
    [('target_group', 'Vuxna'), ('left_out', 'Många väntar.')]
    """
    reader = _Reader(form_of(lines), lines)
    reader.read()
    found = tuple(cut(reader.lines))
    if len(found) > MOST_LINES:
        raise UnreadableDocument(reason="too_long")
    return PlanReading(reader.form, found, tuple(reader.labels))


_TOP = {"areas": K.IMPROVEMENT_AREA, "goals": K.FOCUS_AREA}
# What a word of the other form means in this one.
_INSTEAD = {
    "areas": {
        K.FOCUS_AREA: K.IMPROVEMENT_AREA,
        K.LONG_TERM_GOAL: K.GOAL,
        K.SHORT_TERM_GOAL: K.GOAL,
        K.INDICATOR: K.GOAL,
    },
    "goals": {
        K.IMPROVEMENT_AREA: K.FOCUS_AREA,
        K.ONGOING_AREA: K.FOCUS_AREA,
        K.GOAL: K.LONG_TERM_GOAL,
        K.SUPPORTED_GOAL: K.SHORT_TERM_GOAL,
        K.PURPOSE: K.LEFT_OUT,
        K.TIME_FRAME: K.LEFT_OUT,
    },
}
_NO_DOUBT_INSTEAD = frozenset({K.GOAL, K.FOCUS_AREA})
_KEPT = {
    K.STATUS: Doubt.STATUS,
    K.FINDING: Doubt.FINDING,
    K.ELSEWHERE: Doubt.ELSEWHERE,
    K.OTHER: Doubt.UNKNOWN,
}
# A line of a table of contents: dots, then the page.
_IN_CONTENTS = re.compile(r"(?:\.{4,}|…|_{3,})\s*\d{1,3}$")
_END_OF_LINE = 40  # dots without end would be tried from each of them
_DECIDED = re.compile(r"^(?:beslutad|fastställd|antagen)\b.*\d{4}", re.IGNORECASE)
_ANYWHERE = OF_THE_PLAN | AREAS | {K.TITLE, K.LEFT_OUT}
NAMELESS = "Hela planen"
NAMELESS_GOAL = "Långsiktigt mål saknas"
_ONE_LINE = frozenset({K.TIME_FRAME, K.RESPONSIBLE, K.ACTION_RESPONSIBLE, *_KEPT}) - {K.OTHER}


class _Reader:
    """Goes through a document once; `mode` is what the last label announced."""

    def __init__(self, form: str, source: Sequence[SourceLine]) -> None:
        self.form = form
        self.source = source
        self.lines: list[ReadLine] = []
        self.labels: list[tuple[int, str]] = []
        self.mode: LineKind | None = None
        self.section: LineKind | None = None
        self.area: LineKind | None = None
        self.area_level = 0
        self.columns: tuple[LineKind | None, ...] = ()
        self.column_names: tuple[str, ...] = ()
        self.next_number = 1

    def read(self) -> None:
        for place, line in enumerate(self.source):
            if line.shape is Shape.ROW:
                self._row(line)
                continue
            if not line.cells and not self._is_inside_table(line, place):
                self.columns = ()
            if _IN_CONTENTS.search(line.text[-_END_OF_LINE:]):
                self._put(line, K.OTHER, line.whole)
            elif _DECIDED.search(line.text) and label_of(line.text) is None:
                self._put(line, K.ELSEWHERE, line.whole)
            elif line.shape is Shape.HEADING:
                self._heading(line)
            elif line.shape is Shape.ITEM:
                self._item(line)
            else:
                self._typed(line, place)

    def _is_inside_table(self, line: SourceLine, place: int) -> bool:
        after = self.source[place + 1 : place + 2]
        is_before_row = bool(after) and bool(after[0].cells) and not is_header(after[0])
        return line.shape is Shape.TEXT and is_before_row

    # ------------------------------------------------------------ what a line says of itself

    def _heading(self, line: SourceLine) -> None:
        label = label_of(line.text)
        if label is not None:
            self._announced(line, label)
        elif not self._led(line):
            self._named(line, line.level)

    def _announced(self, line: SourceLine, kind: LineKind) -> None:
        """A line that only tells what comes."""
        self.labels.append((line.number, line.whole))
        self.next_number = 1
        kind = self._of_the_plan(kind)
        if kind in AREAS:
            self.section, self.mode, self.area = kind, None, None
        else:
            self.mode = kind
            if kind in OF_THE_PLAN:
                self.area = None

    def _of_the_plan(self, kind: LineKind) -> LineKind:
        """The same word means the plan before any area, and the area after it."""
        if kind is K.RESPONSIBLE and not self.area and not self.section:
            return K.PLAN_RESPONSIBLE
        if kind is K.RESPONSIBLE and self.form == "areas":
            return K.ACTION_RESPONSIBLE
        if kind is K.GOAL and not self.area and not self.section and self.form == "areas":
            return K.OVERALL_GOAL
        if kind is K.OVERALL_GOAL and self.area and self.form == "goals":
            return K.LONG_TERM_GOAL
        return kind

    def _led(self, line: SourceLine) -> bool:
        """A label and what it is about on one line."""
        led = led_by_label(line.text)
        if led is None:
            return False
        kind, label, rest = led
        kind = self._of_the_plan(kind)
        doubt = Doubt.GUESSED if kind in OF_THE_PLAN and self.area else None
        self._put(line, kind, rest, doubt, f"{line.sign} {label}".strip())
        if kind in AREAS:
            self._opened(self.lines[-1].kind, line.level)
        elif kind in KEPT_ELSEWHERE and kind is not K.OTHER:
            pass  # between the lines of a list
        else:
            self.mode = None if kind in _ONE_LINE else kind
        return True

    def _last_is(self, kind: LineKind) -> bool:
        return bool(self.lines) and self.lines[-1].kind is kind

    def _named(self, line: SourceLine, level: int) -> None:
        """A heading that is a name: the plan's, an area's, or of something inside an area."""
        if self._is_title(line):
            self._put(line, K.TITLE, line.whole)
            return
        is_inside = self.area is not None and self.area_level < level < BY_SHAPE
        if is_inside and self.form == "goals":
            self._put(line, K.LONG_TERM_GOAL, line.text)
            self.mode = None
        elif is_inside:
            self._put(line, K.PLAN_ACTION, line.text, Doubt.GUESSED)
            self.mode = None
        else:
            kind = self.section or _TOP[self.form]
            self._put(line, kind, line.text, None if self.section else Doubt.GUESSED)
            self._opened(kind, level)

    def _is_title(self, line: SourceLine) -> bool:
        """The first name of the document; after other words only if it calls itself a plan."""
        if self.area or self.section or any(one.kind is K.TITLE for one in self.lines):
            return False
        return not (self.lines or self.labels) or "plan" in line.text.casefold()

    def _opened(self, kind: LineKind, level: int) -> None:
        self.area, self.area_level, self.mode = kind, level, None
        self.next_number = 1

    def _item(self, line: SourceLine) -> None:
        label = label_of(line.text)
        if label is not None and line.text.endswith(":"):
            self._announced(line, label)
        elif not self._led(line):
            self._listed(line)

    def _listed(self, line: SourceLine) -> None:
        if self.mode is not None:
            self._put(line, self.mode, line.text)
        elif self.area is None:
            self._put(line, K.LEFT_OUT, line.text, Doubt.UNKNOWN)
        else:
            is_plain = self.area is K.ONGOING_AREA
            self._put(line, K.PLAN_ACTION, line.text, None if is_plain else Doubt.GUESSED)

    def _typed(self, line: SourceLine, place: int) -> None:
        """A line without a style: its words and what stands around it tell what it is."""
        label = label_of(line.text)
        if label is not None:
            self._announced(line, label)
        elif self._led(line):
            return
        elif line.sign and self.mode in LISTS and line.sign.strip(".)") == str(self.next_number):
            self.next_number += 1
            self._listed(line)
        elif line.sign and is_short(line.text):
            self._named(line, line.level)
        elif self._is_heading_by_shape(line, place):
            self._named(line, line.level or BY_SHAPE)
        elif not self._is_wrapped(line):
            self._paragraph(line, place)

    def _is_heading_by_shape(self, line: SourceLine, place: int) -> bool:
        if line.sign or not is_short(line.text):
            return False
        if not self.lines and not self.labels:
            return True
        if self.section and not self.area:
            return True
        following = self.source[place + 1 : place + 2]
        if not following:
            return False
        is_apart = line.after_blank or self.source[place - 1].shape is Shape.ITEM
        after = following[0]
        kind = label_of(after.text)
        is_announcing = kind is not None or led_by_label(after.text) is not None
        return is_apart and (
            (is_announcing and kind not in AREAS)
            or is_header(after)
            or (after.shape is Shape.ITEM and self.mode not in OF_THE_PLAN)
        )

    def _is_wrapped(self, line: SourceLine) -> bool:
        """The rest of the line above, which broke where the page ended: put back."""
        if line.after_blank or line.sign or not self.lines or not line.text[:1].islower():
            return False
        above = self.lines[-1]
        if above.kind in AREAS or above.kind is K.TITLE:
            return False
        if above.numbers[-1] != line.number - 1 or above.text.endswith((".", "!", "?", ";", ":")):
            return False
        self.lines[-1] = replace(
            above,
            numbers=(*above.numbers, line.number),
            text=f"{above.text} {line.text}",
            doubt=above.doubt or Doubt.JOINED,
        )
        return True

    def _paragraph(self, line: SourceLine, place: int) -> None:
        if self.mode is not None:
            above = self.source[max(place - 1, 0)].shape
            is_after_list = self.mode in LISTS and above is Shape.ITEM
            self._put(line, self.mode, line.whole, Doubt.GUESSED if is_after_list else None)
            self.mode = None if self.mode in _ONE_LINE else self.mode
        elif self.area is None:
            self._put(line, K.LEFT_OUT, line.whole, Doubt.UNKNOWN)
        else:
            self._put(line, self._likely_kind(), line.whole, Doubt.GUESSED)

    def _likely_kind(self) -> LineKind:
        """What a paragraph inside an area is that nothing announces."""
        above = self.lines[-1].kind
        if self.form == "areas":
            is_first = above in {K.IMPROVEMENT_AREA, K.PURPOSE}
            return K.PURPOSE if is_first else K.PLAN_ACTION
        return K.LONG_TERM_GOAL if above is K.FOCUS_AREA else K.PLAN_ACTION

    # ------------------------------------------------------------ tables

    def _row(self, line: SourceLine) -> None:
        if is_header(line):
            self.columns = tuple(map(self._column, line.cells))
            self.column_names = line.cells
            self.labels += [(number, line.text) for number in (line.number, *line.also)]
            self.mode = None
        elif self.columns and len(line.cells) <= len(self.columns):
            self._by_columns(line)
        else:
            self._by_cells(line)

    def _column(self, name: str) -> LineKind | None:
        """What stands in a column. There "overall goal" is no goal of the whole plan."""
        kind = label_of(name)
        return K.GOAL if kind is K.OVERALL_GOAL else kind

    def _by_cells(self, line: SourceLine) -> None:
        """A row without a heading: a label and what it is about, or lines one after the other."""
        for number, cell in enumerate(line.cells):
            for part in filter(None, cell.split("\n")):
                one = replace(typed_line(line.number, part), also=line.also)
                label = label_of(part)
                if label is not None and number == 0:
                    self._announced(one, label)
                elif number and self.section and not self.area:
                    self._named(one, BY_SHAPE)
                elif not self._led(one):
                    self._listed(replace(one, text=one.whole))

    def _by_columns(self, line: SourceLine) -> None:
        for place, cell in enumerate(line.cells):
            kind, name = self.columns[place], self.column_names[place]
            for part in filter(None, cell.split("\n")):
                self._cell(line, kind, name, part)

    def _cell(self, line: SourceLine, kind: LineKind | None, name: str, part: str) -> None:
        one = replace(typed_line(line.number, part), also=line.also)
        led = led_by_label(one.text)
        if led is not None and (led[0] in _KEPT or led[0] is K.RESPONSIBLE):
            own = K.ACTION_RESPONSIBLE if led[0] is K.RESPONSIBLE else led[0]
            self._put(one, own, led[2], label=led[1])
        elif kind is None:
            self._put(one, K.LEFT_OUT, one.whole, Doubt.UNKNOWN, label=name)
        elif kind in AREAS:
            self._put(one, self._area_of_column(kind), one.text)
            self._opened(self.lines[-1].kind, BY_SHAPE)
        elif kind is K.RESPONSIBLE and self.form == "areas":
            self._put(one, K.ACTION_RESPONSIBLE, one.whole)
        elif kind is K.TIME_FRAME and self._told_beside_action(one):
            pass
        elif kind is K.LONG_TERM_GOAL and self._is_same_cell(line):
            above = self.lines[-1]
            self.lines[-1] = replace(
                above, text=f"{above.text} {one.text}", doubt=above.doubt or Doubt.JOINED
            )
        else:
            self._put(one, kind, one.text)

    def _told_beside_action(self, line: SourceLine) -> bool:
        """When a plan action is to be done: a plan has no place for it but the action's words."""
        for place in range(len(self.lines) - 1, -1, -1):
            above = self.lines[place]
            if above.numbers[0] != line.number:
                return False
            if above.kind is K.PLAN_ACTION:
                text = f"{above.text} ({line.whole})"
                self.lines[place] = replace(above, text=text, doubt=Doubt.JOINED)
                return True
        return False

    def _area_of_column(self, kind: LineKind) -> LineKind:
        """A plain "area" is what the heading above the table says."""
        return self.section or kind if kind is K.FOCUS_AREA else kind

    def _is_same_cell(self, line: SourceLine) -> bool:
        return self._last_is(K.LONG_TERM_GOAL) and self.lines[-1].numbers[0] == line.number

    # ------------------------------------------------------------ a line of the plan

    def _put(
        self,
        line: SourceLine,
        kind: LineKind,
        text: str,
        doubt: Doubt | None = None,
        label: str = "",
    ) -> None:
        if kind in _KEPT:
            kind, doubt = K.LEFT_OUT, _KEPT[kind]
        instead = _INSTEAD[self.form].get(kind)
        if instead is not None:
            doubt = doubt if kind in _NO_DOUBT_INSTEAD else Doubt.OTHER_FORM
            kind = instead
        if kind not in _ANYWHERE and not self.area:
            if kind in LISTS:
                self._begin_nameless_area(line)
            else:
                kind, doubt = K.LEFT_OUT, Doubt.UNKNOWN
        if kind not in _ANYWHERE and not self._has_place(line, kind):
            kind, doubt = K.LEFT_OUT, Doubt.NO_PLACE
        sign = label or (line.sign if text == line.text else "")
        self.lines.append(ReadLine((line.number, *line.also), kind, text, doubt, sign))

    def _has_place(self, line: SourceLine, kind: LineKind) -> bool:
        """Whether the area holds what the line belongs to; makes room where that is clear."""
        inside = self._inside_area()
        if kind is K.ACTION_RESPONSIBLE:
            return K.PLAN_ACTION in inside
        if self.form == "areas":
            if kind is not K.PLAN_ACTION and K.ONGOING_AREA in inside:
                self._take_for_improvement()
            return True
        if kind is K.LONG_TERM_GOAL or K.LONG_TERM_GOAL in inside:
            return True
        if kind in LISTS:
            self.lines.append(
                ReadLine((line.number,), K.LONG_TERM_GOAL, NAMELESS_GOAL, Doubt.GUESSED)
            )
        return kind in LISTS

    def _inside_area(self) -> list[LineKind]:
        """The kinds of the lines from the last area on."""
        kinds = [line.kind for line in self.lines]
        start = max(place for place, kind in enumerate(kinds) if kind in AREAS)
        return kinds[start:]

    def _take_for_improvement(self) -> None:
        """What has a purpose or goals of its own is an improvement area, whatever came before."""
        place = len(self.lines) - len(self._inside_area())
        self.lines[place] = replace(self.lines[place], kind=K.IMPROVEMENT_AREA, doubt=Doubt.GUESSED)
        self.area = K.IMPROVEMENT_AREA

    def _begin_nameless_area(self, line: SourceLine) -> None:
        """A list before any area: an area that somebody names."""
        kind = self.section or _TOP[self.form]
        kind = _INSTEAD[self.form].get(kind, kind)
        self.lines.append(ReadLine((line.number,), kind, NAMELESS, Doubt.GUESSED))
        self.area, self.area_level = kind, BY_SHAPE
