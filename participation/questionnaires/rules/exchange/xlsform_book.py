"""An XLSForm workbook as a whole: its sheets, languages, title and what is not read of it. Pure."""

from typing import Any

from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import Sheet, Workbook
from participation.questionnaires.rules.exchange.columns import (
    NAMESPACES,
    Row,
    known,
    language_code,
    read_column,
)
from participation.questionnaires.rules.exchange.report import Notebook, with_swedish
from participation.questionnaires.rules.exchange.xlsform_marks import without_marks
from participation.questionnaires.rules.exchange.xlsform_types import (
    KIND_COLUMN,
    LEFT_OUT_COLUMNS,
    READ_COLUMNS,
    REFUSED_COLUMNS,
)
from participation.questionnaires.rules.words import FIRST_LANGUAGE


def texts_of(row: Row, name: str, fallback: str) -> dict[str, str]:
    """A column's texts by language; `fallback` is the language that stands in for Swedish."""
    own = row.texts(f"x_{name}")  # what XLSForm has no words for lies beside it
    return with_swedish({**row.texts(name), **own} or {"": row.get(name)}, fallback)


class Book:
    """`rows`: those of the survey sheet. `fallback`: the language in place of Swedish."""

    def __init__(self, book: Workbook, notebook: Notebook) -> None:
        self._notebook = notebook
        self._sheets = book.sheets
        self._survey = book.sheets["survey"]
        self._has_formulas = book.has_formulas
        self.fallback = self._main_language()
        columns = [read_column(heading) for heading in self._survey.headings]
        self._is_ours = any(column.name == KIND_COLUMN for column in columns)
        said = str if self._is_ours else without_marks
        self.rows = [Row(line, columns, said) for line in self._survey.lines]

    @property
    def choices(self) -> Sheet | None:
        return self._sheets.get("choices")

    def _settings_row(self) -> Row | None:
        sheet = self._sheets.get("settings")
        if sheet is None or not sheet.lines:
            return None
        return Row(sheet.lines[0], [read_column(heading) for heading in sheet.headings])

    def _main_language(self) -> str:
        """The language to stand in for Swedish where a form has none."""
        row = self._settings_row()
        stated = language_code(row.get("default_language")) if row is not None else ""
        spoken = [read_column(heading).language for heading in self._survey.headings]
        if stated and stated in spoken:
            return stated
        by_trust = sorted(filter(None, spoken), key=known, reverse=True)
        return by_trust[0] if by_trust else stated

    def tell(self) -> None:
        """What there is to say about the sheets and their headings."""
        if self._has_formulas:
            self._notebook.note("", _("The file holds formulas. Their latest values were read."))
        for heading in self._survey.headings:
            self._say_of_unknown(_("Sheet %(sheet)s", sheet="survey"), heading)
        self._say_of_languages()
        self._say_of_swedish()
        self._say_of_marks()

    def _say_of_languages(self) -> None:
        """What is in a language we do not know, and does not stand in for Swedish."""
        foreign: dict[str, None] = {}
        for name in ("survey", "choices"):
            headings = self._sheets[name].headings if name in self._sheets else ()
            foreign |= dict.fromkeys(read_column(heading).language for heading in headings)
        for language in foreign:
            if known(language) or language == self.fallback:
                continue
            said = _(
                "What is in “%(language)s” is left out: we do not know that language.",
                language=language[:40],
            )
            self._notebook.left_out("", said)

    def _say_of_unknown(self, where: str, heading: str) -> None:
        column = read_column(heading).name
        known_columns = {*READ_COLUMNS, *REFUSED_COLUMNS, *LEFT_OUT_COLUMNS}
        if column not in known_columns or column.split("::")[0] in NAMESPACES:
            self._notebook.note(
                where, _("The column “%(heading)s” is not read.", heading=heading[:60])
            )

    def _say_of_swedish(self) -> None:
        labels = [read_column(heading) for heading in self._survey.headings]
        spoken = {one.language for one in labels if one.name == "label"}
        if FIRST_LANGUAGE in spoken or (spoken == {""} and self.fallback in {"", FIRST_LANGUAGE}):
            return
        self._notebook.note(
            _("Sheet %(sheet)s", sheet="survey"),
            _(
                "The form has no Swedish. Its own words stand in the Swedish place until you "
                "have translated them."
            ),
        )

    def _say_of_marks(self) -> None:
        cells = (cell for line in self._survey.lines for cell in line.cells.values())
        if not self._is_ours and any(without_marks(cell) != cell for cell in cells):
            said = _("Bold, colours and links in the texts are left out. The words are there.")
            self._notebook.note(_("Sheet %(sheet)s", sheet="survey"), said)

    def settings(self, file_name: str) -> dict[str, Any]:
        """Title and welcome, from the settings sheet or the name of the file."""
        row = self._settings_row()
        title = texts_of(row, "form_title", self.fallback) if row is not None else {}
        if not title:
            title = {FIRST_LANGUAGE: file_name.rsplit(".", 1)[0][:200] or _("Imported form")}
            where = _("Sheet %(sheet)s", sheet="settings")
            self._notebook.note(where, _("No title: the name of the file became the title."))
        if row is None:
            return {"title": title}
        minutes = row.get("x_minutes")
        return {
            "title": title,
            "intro": texts_of(row, "x_intro", self.fallback),
            "closing": texts_of(row, "x_closing", self.fallback),
            "audience": row.get("x_audience").split(),
            "minutes": int(minutes) if minutes.isascii() and minutes.isdigit() else None,
        }
