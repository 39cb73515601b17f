"""The cells of one row of an XLSForm survey sheet, with every fault told by its row. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import Row
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_book import texts_of
from participation.questionnaires.rules.exchange.xlsform_choices import Choices, with_other
from participation.questionnaires.rules.exchange.xlsform_conditions import limits, recoded, renamed
from participation.questionnaires.rules.exchange.xlsform_names import Names, is_yes
from participation.questionnaires.rules.exchange.xlsform_types import (
    CHOICE_TYPES,
    FINER_KINDS,
    KIND_COLUMN,
    LEFT_OUT_COLUMNS,
    MEDIA_LEFT_OUT,
    PLAIN_TYPES,
    REFUSED_COLUMNS,
    WHOLE_NUMBERS,
    RowType,
    read_type,
)
from participation.questionnaires.rules.expressions import ExpressionError, parse_expression

_REFERENCE = re.compile(r"\$\{[^}]*\}")
_NO = frozenset({"", "no", "false", "false()", "0", "nej", "falskt"})


class Cells:
    """Reads rows. `places`: where each question stands, by key."""

    def __init__(self, names: Names, choices: Choices, fallback: str, notebook: Notebook) -> None:
        self.places: dict[str, str] = {}
        self._names = names
        self._choices = choices
        self._codes: dict[str, Mapping[str, str]] = {}
        self._fallback = fallback
        self._notebook = notebook

    def check_columns(self, row: Row, where: str) -> None:
        filled = row.filled()
        for name in sorted(filled & set(REFUSED_COLUMNS)):
            self._notebook.stop(where, str(REFUSED_COLUMNS[name]))
        for name in sorted(filled & set(LEFT_OUT_COLUMNS)):
            self._notebook.left_out(where, str(LEFT_OUT_COLUMNS[name]))
        if row.get("x_media"):
            self._notebook.left_out(where, str(MEDIA_LEFT_OUT))
        is_bare = "label" in row.get("appearance").lower()
        has_words = row.get("label") or row.get("hint")
        if not has_words and not is_bare and read_type(row.get("type")).name != "note":
            self._notebook.stop(where, _("The label is missing."))
        if any(_REFERENCE.search(text) for text in row.texts("label").values()):
            said = _("The text repeats an earlier answer. Whoever has not given it sees a blank.")
            self._notebook.note(where, said)

    def key(self, row: Row, where: str) -> str:
        """The row's key; one made of its words where it has no name, as notes may."""
        name = row.get("name")
        if not name and read_type(row.get("type")).name != "note":
            self._notebook.stop(where, _("The name is missing."))
        return self._names.by_row.get(row.number) or self.free_key(name or row.get("label"))

    def free_key(self, words: str) -> str:
        """A key that nothing has yet."""
        return fresh_key(words, {*self._names.by_row.values(), *self.places})

    def words(self, row: Row) -> dict[str, dict[str, str]]:
        """The question and its help; a hint that stands alone is the question."""
        texts, hint = self.texts(row, "label"), self.texts(row, "hint")
        return {"text": texts, "help": hint} if texts else {"text": hint, "help": {}}

    def kind(self, row: Row, kind: RowType, appearance: set[str]) -> str:
        usual = CHOICE_TYPES.get(kind.name) or PLAIN_TYPES[kind.name]
        finer = row.get(KIND_COLUMN)
        if finer in FINER_KINDS.get(usual, ()):
            return finer
        if usual == "single" and "likert" in appearance:
            return "scale"
        if usual == "short_text" and "multiline" in appearance:
            return "long_text"
        return usual

    def chosen(self, key: str, kind: RowType, where: str) -> list[dict[str, Any]]:
        """The options of the question with that key."""
        found = self._choices.used(kind.choices)
        if found is None:
            said = _("There is no list “%(name)s” in the choices sheet.", name=kind.choices[:40])
            self._notebook.stop(where, said)
            return []
        self._codes[key] = found.codes
        return with_other(found.options) if kind.with_other else found.options

    def is_required(self, row: Row, where: str) -> bool:
        said = row.get("required").strip().lower()
        if not is_yes(said) and said not in _NO:
            self._notebook.left_out(where, _("Required only sometimes: here it is not required."))
        return is_yes(said)

    def numbers(self, row: Row, kind: RowType, where: str) -> dict[str, Any]:
        """Lowest, highest and step, and what else the constraint demands."""
        raw = self._constraint(row, where)
        found: dict[str, Any] = {"constraint": raw}
        if PLAIN_TYPES.get(kind.name) == "number":
            found = limits(raw)
            found["step"] = 1 if kind.name in WHOLE_NUMBERS else None
        elif kind.name == "range":
            found.update(self._range(row, where))
        return found

    def _constraint(self, row: Row, where: str) -> str:
        """What an answer must be; one we have no words for is left out."""
        raw = self.condition(row, "constraint", where)
        try:
            return parse_expression(raw).source if raw else ""
        except ExpressionError as problem:
            said = _("The limit on the answer is left out. %(why)s", why=str(problem))
            self._notebook.left_out(where, said)
            return ""

    def _range(self, row: Row, where: str) -> dict[str, float]:
        """ "start=0 end=10 step=2"; 1 to 10 in steps of 1 where nothing is stated."""
        stated = dict(re.findall(r"(\w+)\s*=\s*([^\s,;]+)", row.get("parameters").lower()))
        numbers: dict[str, float] = {}
        for name, ours, usual in (
            ("start", "minimum", 1),
            ("end", "maximum", 10),
            ("step", "step", 1),
        ):
            try:
                numbers[ours] = _number(stated.get(name, str(usual)))
            except ValueError:
                said = _("“%(name)s” is not a number.", name=stated[name][:40])
                self._notebook.stop(where, said)
        return numbers

    def own_columns(self, row: Row, where: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "background": row.get("x_background"),
            "sets_respondent_role": is_yes(row.get("x_sets_role")),
            "shuffled": "randomize=true" in row.get("parameters").lower().replace(" ", ""),
            "free_text_question": row.get("x_free_text"),
            "option_set": row.get("x_option_set"),
            "provenance": row.get("x_provenance"),
            "faces": row.get("x_faces"),
        }
        length = row.get("x_max_length")
        if length.isascii() and length.isdigit():
            found["max_length"] = int(length[:6])
        if row.get("x_step"):
            try:
                found["step"] = _number(row.get("x_step"))
            except ValueError:
                said = _("“%(name)s” is not a number.", name=row.get("x_step")[:40])
                self._notebook.stop(where, said)
        return found

    def texts(self, row: Row, name: str) -> dict[str, str]:
        texts = texts_of(row, name, self._fallback)
        return {language: self._with_keys(text) for language, text in texts.items()}

    def _with_keys(self, text: str) -> str:
        """Answers that a text repeats, by the keys their questions have here."""

        def replace(match: re.Match[str]) -> str:
            key = self._names.key_of(match.group(0)[2:-1].strip())
            return f"${{{key}}}" if key else match.group(0)

        return _REFERENCE.sub(replace, text)

    def condition(self, row: Row, column: str, where: str) -> str:
        raw = row.get(column)
        if not raw:
            return ""
        said, unknown = renamed(raw, self._names.key_of)
        for name in unknown:
            self._notebook.stop(where, self._names.why_unknown(name))
        return recoded(said, self._codes)


def _number(text: str) -> float:
    value = float(text.replace(",", "."))
    if not abs(value) <= 1e9:
        raise ValueError(text)
    return int(value) if value.is_integer() else value
