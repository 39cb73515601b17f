"""What is typed when a questionnaire is translated: one field a text, labelled by the Swedish."""

from collections.abc import Sequence
from typing import Any

from participation.foundation.forms import Form, OneOfList, TextBlock
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.translating import Part
from participation.questionnaires.rules.words import direction, tag

TEXT_LENGTH = 3_000
LONG_TEXT = 90  # characters on about one line


class NewLanguageForm(Form):
    """Which language comes next."""

    to = OneOfList(_l("Add a language"), list, optional=True)


def translation_form(parts: Sequence[Part], language: str) -> Any:
    """A form of all texts; what nobody typed in stays as it is."""
    spoken = {
        "lang": tag(language),
        "dir": direction(language),
    }
    fields: dict[str, Any] = {
        piece.name: TextBlock(
            piece.swedish,
            optional=True,
            max_length=TEXT_LENGTH,
            rows=min(8, 1 + len(piece.swedish) // LONG_TEXT),
            render=spoken,
        )
        for part in parts
        for piece in part.pieces
    }
    said = {piece.name: piece.said for part in parts for piece in part.pieces}
    return type("TranslationForm", (Form,), fields)(data=said)
