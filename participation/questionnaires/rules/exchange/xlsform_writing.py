"""A questionnaire as an XLSForm workbook: read again here, it is the same questionnaire. Pure.

Other programs find what XLSForm has words for; the columns that begin with x_ are ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import xlsx_bytes
from participation.questionnaires.rules.content import (
    BATTERY,
    Content,
    Group,
    Option,
    Question,
    alone,
    media_of,
)
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import heading_of
from participation.questionnaires.rules.exchange.xlsform_conditions import limits_said
from participation.questionnaires.rules.exchange.xlsform_types import (
    BEGIN_GROUP,
    END_GROUP,
    FLAGS,
    FLAGS_COLUMN,
    KIND_COLUMN,
    OTHER_TEXT,
)
from participation.questionnaires.rules.kinds import RANGE
from participation.questionnaires.rules.piping import for_xlsform
from participation.questionnaires.rules.words import FIRST_LANGUAGE, Words

Row = dict[str, Any]
_TYPES = {
    "single": "select_one",
    "scale": "select_one",
    "yes_no": "select_one",
    "multiple": "select_multiple",
    "ranking": "rank",
    "short_text": "text",
    "long_text": "text",
    "information": "note",
    "consent": "acknowledge",
    "date": "date",
    "range": "range",
}
_APPEARANCES = {"scale": "likert", "long_text": "multiline"}
_KEPT_KINDS = frozenset({"scale", "yes_no", "long_text"})


def write_xlsform(content: Content, key: str) -> bytes:
    """The workbook. `key`: the questionnaire's, for the form's identity in other programs."""
    languages = content.languages_in_part
    writer = _Writer(languages)
    writer.add_all(content)
    return xlsx_bytes(
        [
            ("survey", *_table(writer.survey, _SURVEY, languages)),
            ("choices", *_table(writer.choices, _CHOICES, languages)),
            ("settings", *_table([_settings(content, key)], _SETTINGS, languages)),
        ]
    )


_SURVEY = (
    *("type", "name", "label*", "hint*", "required", "relevant", "appearance", "constraint"),
    *("constraint_message*", "parameters", KIND_COLUMN, "x_background", "x_sets_role"),
    *("x_max_length", "x_free_text", "x_option_set", "x_provenance", "x_step", "x_media"),
    "x_faces",
)
_CHOICES = ("list_name", "name", "label*", FLAGS_COLUMN, "x_role", "x_value")
_SETTINGS = (
    *("form_title", "x_form_title*", "form_id", "default_language", "x_intro*", "x_closing*"),
    *("x_audience", "x_minutes"),
)


def _table(
    rows: Sequence[Row], columns: Iterable[str], languages: Sequence[str]
) -> tuple[list[str], list[list[Any]]]:
    """Headings and cells; a column with * exists once per language.

    Texts that other programs would read wrongly lie once more beside it, in a column of ours.
    """
    wide: list[tuple[str, str, str]] = []
    own: list[tuple[str, str, str]] = []
    for column in columns:
        name = column.removesuffix("*")
        if not column.endswith("*"):
            wide.append((name, name, ""))
            continue
        wide += [(f"{name}::{heading_of(code)}", name, code) for code in languages]
        if any(_is_ours_alone(row.get(name)) for row in rows):
            own += [(f"x_{name}::{heading_of(code)}", name, code) for code in languages]
    return [heading for heading, _name, _code in (*wide, *own)], [
        [
            *(_cell(row.get(name), code) for _heading, name, code in wide),
            *(_own_cell(row.get(name), code) for _heading, name, code in own),
        ]
        for row in rows
    ]


def _cell(value: Any, language: str) -> Any:
    if isinstance(value, Words):
        return for_xlsform(value.by_language.get(language, ""))
    return value


def _is_ours_alone(value: Any) -> bool:
    """Whether a text says something that XLSForm has no words for."""
    texts = value.by_language.values() if isinstance(value, Words) else ()
    return any(for_xlsform(text) != text for text in texts)


def _own_cell(value: Any, language: str) -> str:
    return value.by_language.get(language, "") if _is_ours_alone(value) else ""


def _settings(content: Content, key: str) -> Row:
    return {
        # XLSForm has one title, so that of each language lies beside it, in columns of ours.
        "form_title": content.title.by_language.get(FIRST_LANGUAGE, ""),
        "x_form_title": content.title,
        "form_id": key,
        "default_language": heading_of(FIRST_LANGUAGE),
        "x_intro": content.intro,
        "x_closing": content.closing,
        "x_audience": " ".join(content.audience),
        "x_minutes": content.minutes,
    }


class _Writer:
    def __init__(self, languages: Sequence[str]) -> None:
        self.survey: list[Row] = []
        self.choices: list[Row] = []
        self._languages = languages
        self._group_names: set[str] = set()
        self._lists: list[tuple[tuple[Option, ...], str]] = []

    def add_all(self, content: Content) -> None:
        """Every question, each in its groups."""
        open_groups: tuple[Group, ...] = ()
        for question in content.questions:
            path = content.path(question.group)
            shared = sum(one == other for one, other in zip(open_groups, path, strict=False))
            self.survey += [{"type": END_GROUP}] * (len(open_groups) - shared)
            self.survey += [self._group(group, content) for group in path[shared:]]
            open_groups = path
            self._add(alone(question))
        self.survey += [{"type": END_GROUP}] * len(open_groups)

    def _group(self, group: Group, content: Content) -> Row:
        """The row that begins a group, under a name that no question has."""
        taken = {*content.asked, *(one.key for one in content.questions), *self._group_names}
        name = group.key if group.key not in taken else fresh_key(group.key, taken)
        self._group_names.add(name)
        return {
            "type": BEGIN_GROUP,
            "name": name,
            "label": group.title,
            "relevant": group.relevant,
        }

    def _add(self, question: Question) -> None:
        if question.kind == BATTERY:
            self.survey += self._battery(question)
        else:
            self.survey.append(self._row(question))
            self.survey += self._which(question)

    def _list(self, question: Question) -> str:
        """The name of the question's list of options; equal lists are written once."""
        for options, name in self._lists:
            if options == question.options:
                return name
        self._lists.append((question.options, question.key))
        self.choices += [_choice(question.key, option) for option in question.options]
        return question.key

    def _row(self, question: Question) -> Row:
        kind = question.kind
        written = "integer" if question.step == 1 else "decimal"
        name = _TYPES.get(kind, written)
        rest = question.constraint.source if question.constraint else ""
        is_number = kind == "number"
        return {
            "type": f"{name} {self._list(question)}" if question.options else name,
            "name": question.key,
            "label": question.text,
            "hint": question.help,
            "required": "yes" if question.required else "",
            "relevant": question.relevant.source if question.relevant else "",
            "appearance": _APPEARANCES.get(kind, ""),
            "constraint": (
                limits_said(question.minimum, question.maximum, rest) if is_number else rest
            ),
            "constraint_message": question.constraint_message,
            "parameters": _parameters(question),
            KIND_COLUMN: kind if kind in _KEPT_KINDS else "",
            "x_background": question.background,
            "x_sets_role": "yes" if question.sets_respondent_role else "",
            "x_max_length": question.max_length,
            "x_free_text": question.free_text_question,
            "x_option_set": question.option_set,
            "x_provenance": question.provenance,
            "x_media": " ".join(media_of(question)),
            "x_faces": question.faces,
            "x_step": question.step if is_number and question.step not in {None, 1} else None,
        }

    def _which(self, question: Question) -> Iterator[Row]:
        """ "Other, which?" as a text of its own, which other programs need; we read it back."""
        if question.other is None:
            return
        yield {
            "type": "text",
            "name": f"{question.key}_other",
            "label": Words(dict.fromkeys(self._languages, _("Which?"))),
            "relevant": f"selected(${{{question.key}}}, '{question.other.code}')",
            KIND_COLUMN: OTHER_TEXT,
        }

    def _battery(self, battery: Question) -> Iterator[Row]:
        """A group with one row for the words and one per statement."""
        options = self._list(battery)
        required = "yes" if battery.required else ""
        yield {
            "type": BEGIN_GROUP,
            "name": battery.key,
            "relevant": battery.relevant.source if battery.relevant else "",
            "appearance": "field-list",
        }
        yield {
            "type": f"select_one {options}",
            "name": f"{battery.key}_label",
            "label": battery.text,
            "hint": battery.help,
            "required": required,
            "appearance": "label",
            "x_option_set": battery.option_set,
            "x_provenance": battery.provenance,
            "x_media": " ".join(media_of(battery)),
            "x_faces": battery.faces,
        }
        for row in battery.rows:
            yield {
                "type": f"select_one {options}",
                "name": row.key,
                "label": row.text,
                "required": required,
                "appearance": "list-nolabel",
            }
        yield {"type": END_GROUP}


def _parameters(question: Question) -> str:
    if question.kind != RANGE:
        return "randomize=true" if question.shuffled else ""
    numbers = {"start": question.minimum, "end": question.maximum, "step": question.step or 1}
    return " ".join(f"{name}={value}" for name, value in numbers.items())


def _choice(list_name: str, option: Option) -> Row:
    return {
        "list_name": list_name,
        "name": option.code,
        "label": option.text,
        FLAGS_COLUMN: " ".join(flag for flag in FLAGS if getattr(option, flag)),
        "x_role": option.respondent_role,
        "x_value": option.value,
    }
