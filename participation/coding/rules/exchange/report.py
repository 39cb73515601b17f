"""A coded material as a report to read: codes with the passages that carry them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from participation.foundation.documents import Block, Heading, Item, Paragraph
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext

BY_THEME, BY_CODE = "theme", "code"


@dataclass(frozen=True, kw_only=True)
class ReportPassage:
    """A passage that carries a code. `about`: which answer, whose role and place, who coded."""

    words: str
    language: str
    question: str = ""
    about: Sequence[str] = ()
    memos: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ReportCode:
    """A code with its passages in the order of the answers."""

    theme: str
    theme_memo: str
    number: int
    name: str
    memo: str
    passages: Sequence[ReportPassage]


@dataclass(frozen=True, kw_only=True)
class Report:
    """`about`: lines on where the texts come from. `memos`: those on the material as a whole."""

    title: str
    about: Sequence[str]
    codes: Sequence[ReportCode]
    memos: Sequence[str] = ()


def report_blocks(report: Report, arranged: str) -> list[Block]:
    """The report, theme by theme or code by code. `arranged`: `BY_THEME` or `BY_CODE`."""
    blocks: list[Block] = [Paragraph(line) for line in report.about]
    if report.memos:
        blocks += [Heading(_("Memos")), *_memos(report.memos)]
    if not report.codes:
        return [*blocks, Paragraph(_("Nothing is coded yet."))]
    if arranged == BY_CODE:
        ordered = sorted(report.codes, key=lambda code: code.number)
        return [*blocks, *(block for code in ordered for block in _code(code, level=1))]
    return [*blocks, *_by_theme(report.codes)]


def _by_theme(codes: Iterable[ReportCode]) -> Iterator[Block]:
    for (theme, memo), below in groupby(codes, key=lambda code: (code.theme, code.theme_memo)):
        yield Heading(theme)
        if memo:
            yield Paragraph(memo)
        for code in below:
            yield from _code(code, level=2)


def _code(code: ReportCode, level: int) -> Iterator[Block]:
    yield Heading(f"{code.number} {code.name}", level)
    if level == 1:
        yield Paragraph(_("Theme: %(theme)s", theme=code.theme))
    if code.memo:
        yield Paragraph(code.memo)
    yield Paragraph(ngettext("%(num)s passage", "%(num)s passages", len(code.passages)))
    for asked, below in groupby(_by_question(code.passages), key=lambda one: one.question):
        if asked:
            yield Heading(asked, level + 1)
        for one in below:
            yield Paragraph(one.words, is_quote=True, language=one.language)
            yield Paragraph(" · ".join(one.about))
            yield from _memos(one.memos)


def _by_question(passages: Sequence[ReportPassage]) -> list[ReportPassage]:
    """Those that answer the same together, in the order the questions first come."""
    order = list(dict.fromkeys(one.question for one in passages))
    return sorted(passages, key=lambda one: order.index(one.question))


def _memos(memos: Iterable[str]) -> Iterator[Block]:
    for words in memos:
        yield Item(_("Memo: %(words)s", words=words))
