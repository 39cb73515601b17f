"""The shape of codes and codebooks."""

from participation.coding.forms.review import LONGEST_MEMO
from participation.foundation.forms import (
    Form,
    TextBlock,
    TextLine,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class NewCodeForm(Form):
    """A code of one's own."""

    name = TextLine(_l("What is the code called?"), max_length=80)
    theme = TextLine(
        _l("Theme"),
        hint=_l("An existing theme, or a new one: codes under one theme belong together."),
        max_length=80,
    )
    memo = TextBlock(
        _l("When should the code be used?"),
        hint=_l("One or two sentences, so that two people would use it alike."),
        optional=True,
        rows=3,
        max_length=LONGEST_MEMO,
    )

    def suggest_themes(self, names: list[str]) -> "NewCodeForm":
        if names:
            known = ", ".join(names)
            self.theme.description = _(
                "Existing themes: %(known)s. Or write a new one.", known=known
            )
        return self


class NewCodebookForm(Form):
    """A codebook of one's own."""

    title = TextLine(_l("What is the codebook called?"), max_length=120)
