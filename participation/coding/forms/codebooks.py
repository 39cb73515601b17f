"""The shape of codes and codebooks."""

from participation.coding.forms.review import LONGEST_MEMO
from participation.foundation.forms import (
    Form,
    ManyOf,
    OneOfList,
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
    begin_from = OneOfList(
        _l("Begin from"),
        [],
        optional=True,
        hint=_l("You get a copy of your own and change it as you like."),
    )

    def offer(self, books: dict[str, str]) -> "NewCodebookForm":
        """An empty one first, then those there are to begin from."""
        self.begin_from.choices = [("", _("An empty codebook")), *books.items()]
        return self


class ChangeCodeForm(Form):
    """What a code is called, what it is for, and where it stands."""

    name = TextLine(_l("What is the code called?"), max_length=80)
    memo = TextBlock(
        _l("When should the code be used?"), optional=True, rows=3, max_length=LONGEST_MEMO
    )
    example = TextBlock(_l("Example"), optional=True, rows=2, max_length=LONGEST_MEMO)
    theme = TextLine(_l("Theme"), max_length=80)
    below = OneOfList(
        _l("Stands below"),
        [],
        hint=_l("Then it belongs to the same theme as that one."),
        optional=True,
    )

    def offer(self, themes: list[str], codes: list[tuple[str, str]]) -> "ChangeCodeForm":
        """Which themes there are, and under which codes it may stand."""
        known = ", ".join(themes)
        self.theme.description = _("Existing themes: %(known)s. Or write a new one.", known=known)
        self.below.choices = [("", _("No other code")), *codes]
        return self


class MergeForm(Form):
    """Which code takes in this one."""

    into = OneOfList(_l("Put together with"), [])


class SplitForm(Form):
    """Which passages get a code of their own."""

    name = TextLine(_l("What is the new code called?"), max_length=80)
    passages = ManyOf(_l("Passages that get the new code"), [])


class ThemeForm(Form):
    """What a theme is called and about."""

    name = TextLine(_l("What is the theme called?"), max_length=80)
    memo = TextBlock(_l("What is it about?"), optional=True, rows=3, max_length=LONGEST_MEMO)
