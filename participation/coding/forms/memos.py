"""The shape of a memo."""

from typing import Any

from participation.foundation.forms import Form, OneOfList, TextBlock
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_WORDS = 4_000


class MemoForm(Form):
    """What a coder thinks while reading."""

    words = TextBlock(
        _l("Memo"),
        hint=_l("Others who code these texts read it too. Write nothing that points to a person."),
        rows=3,
        max_length=LONGEST_WORDS,
    )


class TextMemoForm(MemoForm):
    """On a text as a whole, or on one code in it."""

    number = OneOfList(_l("What is it about?"), [], optional=True)

    def offer(self, codes: Any) -> "TextMemoForm":
        self.number.choices = [("", _("The whole answer")), *codes]
        return self


class CodeMemoForm(Form):
    """On a code itself, wherever it is put."""

    words = TextBlock(
        _l("Memo"),
        hint=_l(
            "You read it, and whoever codes for the whole county. Write nothing that points to a "
            "person."
        ),
        rows=3,
        max_length=LONGEST_WORDS,
    )
