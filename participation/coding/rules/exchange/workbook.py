"""A coded material as a workbook: passages, answers against codes, the codebook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from participation.coding.rules.exchange.shapes import QdaProject, QdaText
from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import xlsx_bytes
from participation.foundation.tabular.writing import Cell

Row = tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A passage with its code."""

    text_id: int
    theme: str
    number: int
    code: str
    start: int
    end: int
    coder: str


def workbook(
    project: QdaProject,
    *,
    titles: Sequence[str],
    texts: Mapping[int, QdaText],
    found: Sequence[Line],
) -> bytes:
    """Three sheets. `titles`: what may be known about a voice; `texts`: by the id lines use."""
    codes = {line.number: f"{line.number} {line.code}" for line in sorted(found, key=_order)}
    answer = _("Answer")
    asked = (_("Question"),) if any(text.question for text in texts.values()) else ()
    return xlsx_bytes(
        [
            (
                _("Passages"),
                (
                    *(_("Theme"), _("No."), _("Code"), _("Passage"), answer, *asked),
                    *(*titles, _("Coder")),
                ),
                _passages(titles, texts, found, has_questions=bool(asked)),
            ),
            (
                _("Answers and codes"),
                (_("No."), *asked, answer, *titles, *codes.values()),
                _answers(titles, texts, found, list(codes), has_questions=bool(asked)),
            ),
            (_("Codebook"), (_("Theme"), _("Code"), _("When it is used")), _codes(project)),
        ]
    )


def _order(line: Line) -> tuple[int, int, int]:
    return line.number, line.text_id, line.start


def _about(titles: Sequence[str], text: QdaText) -> Row:
    known = dict(text.values)
    return tuple(known.get(title, "") for title in titles)


def _asked(text: QdaText, has_questions: bool) -> Row:
    """What the words answer, where the texts of a material answer different questions."""
    return (text.question,) if has_questions else ()


def _passages(
    titles: Sequence[str],
    texts: Mapping[int, QdaText],
    found: Sequence[Line],
    *,
    has_questions: bool,
) -> Iterator[Row]:
    for line in sorted(found, key=_order):
        text = texts[line.text_id]
        words = text.text[line.start : line.end]
        about = (*_asked(text, has_questions), *_about(titles, text))
        yield (line.theme, line.number, line.code, words, text.name, *about, line.coder)


def _answers(
    titles: Sequence[str],
    texts: Mapping[int, QdaText],
    found: Sequence[Line],
    numbers: Sequence[int],
    *,
    has_questions: bool,
) -> Iterator[Row]:
    put = {(line.text_id, line.number) for line in found}
    for text_id, text in texts.items():
        marks = (int((text_id, number) in put) for number in numbers)
        asked = _asked(text, has_questions)
        yield (text.name, *asked, text.text, *_about(titles, text), *marks)


def _codes(project: QdaProject) -> Iterator[Row]:
    for theme in project.codes:
        for code in theme.walk():
            if code.is_codable:
                yield theme.name, code.name, code.description
