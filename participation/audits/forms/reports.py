"""The shape of reports."""

from collections.abc import Sequence
from typing import Any, Self

from participation.audits.rules.drafting import PointDraft
from participation.foundation.forms import (
    Form,
    Hidden,
    ManyOf,
    OneOf,
    TextBlock,
    TextLine,
    Tick,
)
from participation.foundation.i18n import lazy_gettext as _l

TITLE_LENGTH = 200

NO_GROUND = _l(
    "Tick the interviews it rests on, or say below that it is the team's own observation."
)
BOTH_GROUNDS = _l("Choose one: it rests on interviews, or it is the team's own observation.")

POINT_KINDS = (("strength", _l("A strength")), ("shortcoming", _l("A shortcoming")))


class ReportForm(Form):
    """The report's words in whole."""

    summary = TextBlock(_l("In short"), hint=_l("What matters most, in a few sentences."), rows=5)
    easy_summary = TextBlock(
        _l("In short, in easy words"),
        hint=_l("Short sentences, everyday words. Goes into the easy-read report."),
        optional=True,
        rows=4,
    )
    method = TextBlock(
        _l("How the audit was done"),
        hint=_l("How people were asked, how many interviews, how the notes were read."),
        optional=True,
        rows=5,
    )
    team_note = TextBlock(
        _l("About the team"),
        hint=_l("That nobody has ties to the unit. No names."),
        optional=True,
        rows=2,
    )
    independence = TextBlock(
        _l("Independence"),
        hint=_l("Who read the report, and what could be changed."),
        optional=True,
        rows=3,
    )
    was = Hidden()


class Grounds(Form):
    """What a point rests on: interviews, or what the team saw itself. Only the team knows."""

    def offer(self, interviews: Sequence[tuple[int, Any]] | None) -> Self:
        """`interviews`: those to choose among; None: whoever writes is not in the team."""
        if interviews is None:
            del self.rests_on, self.is_own_observation
        else:
            self.rests_on.choices = interviews
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        is_whole = super().validate(extra_validators)
        if not is_whole or "rests_on" not in self:
            return bool(is_whole)
        is_own, interviews = self.is_own_observation.data, self.rests_on.data
        if bool(interviews) != is_own:
            return True
        self.add_error("rests_on", BOTH_GROUNDS if is_own else NO_GROUND)
        return False

    @property
    def grounds(self) -> dict[str, Any]:
        """Ids of interviews and whether it is the team's own; nothing where it was not asked."""
        if "rests_on" not in self:
            return {}
        return {
            "interview_ids": self.rests_on.data or [],
            "is_own_observation": self.is_own_observation.data,
        }


def _rests_on() -> ManyOf:
    return ManyOf(
        _l("Which interviews does it rest on?"),
        [],
        hint=_l("Nobody outside the team sees this. A point needs more than one interview."),
        optional=True,
        coerce=int,
    )


def _is_own_observation() -> Tick:
    return Tick(
        _l("It is the team's own observation"),
        hint=_l("You saw it yourselves, and nobody you talked with said it. Readers see that."),
    )


class PointForm(Grounds):
    """A strength or a shortcoming."""

    kind = OneOf(_l("What is it?"), POINT_KINDS)
    title = TextLine(_l("In one sentence"), max_length=TITLE_LENGTH)
    text = TextBlock(
        _l("What did people say?"), hint=_l("So that nobody can be recognised."), rows=4
    )
    rests_on = _rests_on()
    is_own_observation = _is_own_observation()


class GroundsForm(Grounds):
    """What a point rests on, said after the report is handed over."""

    rests_on = _rests_on()
    is_own_observation = _is_own_observation()


class ProposalForm(Form):
    """What the auditors propose."""

    title = TextLine(_l("The proposal in one sentence"), max_length=TITLE_LENGTH)
    text = TextBlock(_l("What shall be done?"), rows=3)


class ChangePointForm(PointForm):
    """A point as it stands in the report."""

    easy_text = TextBlock(
        _l("The same in easy words"),
        hint=_l("Short sentences, everyday words. Goes into the easy-read report."),
        optional=True,
        rows=3,
    )
    rests_on = _rests_on()
    is_own_observation = _is_own_observation()
    was = Hidden()

    @property
    def change(self) -> dict[str, Any]:
        """The point as it is to be; without its grounds where they were not asked for."""
        names = ("kind", "title", "text", "easy_text")
        return {name: self[name].data or "" for name in names} | self.grounds


def draft_form(drafts: Sequence[PointDraft]) -> Any:
    """For each drafted point: a strength, a shortcoming, or not in the report."""
    kinds = [*POINT_KINDS, ("", _l("Leave the theme out"))]
    asked = {
        f"draft_{draft.key}": OneOf(draft.title, kinds, hint=draft.text, optional=True, default="")
        for draft in drafts
    }

    def chosen(form: Any) -> dict[str, str]:
        return {draft.key: kind for draft in drafts if (kind := form[f"draft_{draft.key}"].data)}

    return type("DraftForm", (Form,), {**asked, "chosen": property(chosen)})()


class ReadForm(Form):
    """Somebody has read the words that may point to a person. `mark`: of which text."""

    is_read = Tick(_l("I have read these words where they stand, and nobody can be recognised"))
    mark = Hidden()


class ConsentForm(Form):
    """Whether everybody may read the summary."""

    answer = OneOf(
        _l("May everybody read the summary?"),
        [("yes", _l("Yes, it may be public")), ("no", _l("No"))],
        missing=_l("Choose one of the two."),
    )
