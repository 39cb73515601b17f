"""The shape of a team."""

from typing import Any

from participation.assignments.rules.states import TieKind
from participation.audits.rules.drawing import RESTS_IN_DAYS, Demands
from participation.audits.rules.states import TEAM_LARGEST
from participation.audits.rules.ties import OWN_TIE_LABELS
from participation.foundation.forms import (
    Form,
    ManyOf,
    OneOf,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


class AuditorForm(Form):
    """Who joins the team."""

    member = OneOf(
        _l("Who joins the team?"), [], missing=_l("Choose somebody, or search for another name.")
    )


class TeamDrawForm(Form):
    """What a team by lot shall be like."""

    people = WholeNumber(_l("How many shall be drawn?"), minimum=1, maximum=TEAM_LARGEST)
    own_experience = Tick(_l("At least one has own experience as a service user"))
    even_gender = Tick(_l("Women and men as evenly as can be"))
    somebody_practised = Tick(_l("At least one has been in an audit before"))
    somebody_new = Tick(_l("At least one has not been in an audit yet"))
    rest = OneOf(
        _l("How long shall they have rested since their last audit?"),
        [(str(days), label) for days, label in RESTS_IN_DAYS.items()],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if valid and self.people.data > self.most:
            self.add_error(
                "people",
                _(
                    "The team has room for %(num)s more: at most %(all)s in all.",
                    num=self.most,
                    all=TEAM_LARGEST,
                ),
            )
            return False
        return valid

    def __init__(self, *, most: int, **values: Any) -> None:
        super().__init__(**values)
        self.most = most

    def demands(self) -> Demands:
        """What was ticked, for a form that is right."""
        return Demands(
            people=self.people.data,
            own_experience=self.own_experience.data,
            even_gender=self.even_gender.data,
            somebody_practised=self.somebody_practised.data,
            somebody_new=self.somebody_new.data,
            rest_days=int(self.rest.data),
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
