"""What is typed when a questionnaire is translated: one field a text, labelled by the Swedish."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms.validators import StopValidation

from participation.foundation.forms import Form, OneOfList, TextBlock
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.placeholders import Numbers, placeholder_fault, shown
from participation.questionnaires.rules.translating import Part
from participation.questionnaires.rules.words import direction, tag

TEXT_LENGTH = 3_000
LONG_TEXT = 90  # characters on about one line


class NewLanguageForm(Form):
    """Which language comes next."""

    to = OneOfList(_l("Add a language"), list, optional=True)


def translation_form(parts: Sequence[Part], language: str, numbers: Numbers) -> Any:
    """A form of all texts, with placeholders for answers; what nobody typed in stays as it is."""
    spoken = {
        "lang": tag(language),
        "dir": direction(language),
    }
    fields: dict[str, Any] = {
        piece.name: TextBlock(
            shown(piece.swedish, numbers),
            optional=True,
            max_length=TEXT_LENGTH,
            rows=min(8, 1 + len(piece.swedish) // LONG_TEXT),
            render=spoken,
        )
        for part in parts
        for piece in part.pieces
    }
    pieces = [piece for part in parts for piece in part.pieces]
    checks = {f"validate_{piece.name}": _check(piece.swedish, numbers) for piece in pieces}
    said = {piece.name: shown(piece.said, numbers) for piece in pieces}
    return type("TranslationForm", (Form,), {**fields, **checks})(data=said)


def _check(swedish: str, numbers: Numbers) -> Callable[[Any, Any], None]:
    def check(_form: Any, field: Any) -> None:
        fault = placeholder_fault(field.data, swedish, numbers) if field.data else ""
        if fault:
            raise StopValidation(fault)

    return check
