"""The shape of a team."""

from typing import Any

from participation.assignments.rules.states import TieKind
from participation.audits.rules.ties import OWN_TIE_LABELS
from participation.foundation.forms import Form, ManyOf, OneOf, TextBlock, TextLine, Tick
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class AuditorForm(Form):
    """Who joins the team."""

    member = OneOf(
        _l("Who joins the team?"), [], missing=_l("Choose somebody, or search for another name.")
    )


class DeclareForm(Form):
    """An auditor declares which ties they have to the unit."""

    answer = OneOf(
        _l("Do you have ties to the unit?"),
        [("none", _l("No, none")), ("some", _l("Yes, or I am not sure"))],
        hint=_l(
            "You have lived there, been helped there or worked there, or somebody close to you has."
        ),
        missing=_l("Choose one of the two."),
    )
    kinds = ManyOf(
        _l("Which ties?"),
        [(kind.value, label) for kind, label in OWN_TIE_LABELS.items()],
        optional=True,
    )
    words = TextBlock(
        _l("Something we should know"),
        hint=_l("Only those who lead the audit read this."),
        optional=True,
        rows=2,
        max_length=1_000,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if valid and self.answer.data == "some" and not self.kinds.data:
            self.add_error("kinds", _("Choose at least one, so that the coordinator can decide."))
            return False
        return valid

    @property
    def declared(self) -> tuple[list[TieKind], str]:
        """Kinds and own words; nothing for somebody without ties."""
        if self.answer.data == "none":
            return [], ""
        return [TieKind(kind) for kind in self.kinds.data or []], self.words.data or ""


class ClearForm(Form):
    """Why declared ties do not stand in the way."""

    reason = TextLine(
        _l("Why is it fine?"),
        hint=_l("The auditor can read it."),
        missing=_l("Write why, so that others can follow it."),
        max_length=500,
    )


class DebriefForm(Form):
    """How it was to listen."""

    diary = TextBlock(
        _l("For yourself"),
        hint=_l("Only you can read this. It is erased with your account."),
        optional=True,
        rows=8,
        max_length=20_000,
    )
    wants_call = Tick(
        _l("I want somebody to call me"),
        hint=_l("The coordinator sees that you want a call, and nothing of what you wrote."),
    )
