"""What a coordinator looks for in the lists of rounds and of questionnaires."""

from collections.abc import Mapping

from participation.foundation.forms import Form, OneOfList, TextLine
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.rounds import STATE_LABELS

ALL = ("", _l("All"))


class WordsFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Words in the name"), optional=True)

    def asked(self) -> Mapping[str, str]:
        """What was asked for and makes sense, by field; the rest has its error at the field."""
        self.validate()
        return {field.name: field.data or "" for field in self if not field.errors}


class RoundFilter(WordsFilter):
    state = OneOfList(_l("State"), [ALL, *STATE_LABELS.items()], optional=True)
