"""Forms of action plans."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import FieldList, ValidationError

from participation.foundation.forms import (
    Day,
    Form,
    Hidden,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.plans.rules.plan_facts import KINDS_OF_FORM, KINDS_OF_PLAN, depth_of
from participation.plans.rules.plan_file import FIRST_YEAR, LAST_YEAR, LONG
from participation.plans.rules.plan_reading import JOINED, PlanReading
from participation.plans.rules.plan_vocabulary import LineKind
from participation.plans.rules.plans import CHOOSABLE
from participation.plans.rules.reading_words import DEPTH_WORDS, READ_KIND_WORDS
from participation.plans.rules.words import PLAN_STATUS_WORDS
from participation.plans.rules.writing_words import FORM_WORDS

LONGEST_STATUS_TEXT = 1_000


class StatusForm(Form):
    """How a plan action is going."""

    status = OneOf(_l("How is it going?"), [(s.value, PLAN_STATUS_WORDS[s]) for s in CHOOSABLE])
    status_on = Day(_l("Since when?"))
    text = TextBlock(
        _l("What has happened?"),
        hint=_l("One or two sentences that anybody understands. If it is a no: write why."),
        optional=True,
        max_length=LONGEST_STATUS_TEXT,
        rows=3,
    )


class EvidenceForm(Form):
    """What else a line of a plan rests on."""

    evidence = OneOfList(
        _l("What does it rest on?"),
        [],
        hint=_l("Only what everybody may read can be chosen."),
        missing=_l("Choose what it rests on."),
    )


class GoalsForm(Form):
    """For which goals of plans a finding speaks."""

    goals = ManyOf(
        _l("Which goals does it speak for?"),
        [],
        hint=_l("The plan shows the finding beside the goal once it is published."),
        optional=True,
    )


class SeenForm(Form):
    """A form that knows what its reader had before them, so that nobody writes over another."""

    seen = Hidden()

    @property
    def seen_revision(self) -> int:
        """The revision that was read; 0, which never fits, where somebody tampered with it."""
        typed = self.seen.data or ""
        return int(typed) if typed.isdecimal() else 0


class PeriodOfPlan(Form):
    """What every plan has: its name and its years."""

    title = TextLine(_l("Title"), hint=_l("For example “Action plan Mental health 2027–2028”."))
    period_from = WholeNumber(_l("First year"), minimum=FIRST_YEAR, maximum=LAST_YEAR)
    period_to = WholeNumber(_l("Last year"), minimum=FIRST_YEAR, maximum=LAST_YEAR)

    def validate_period_to(self, field: WholeNumber) -> None:
        """A period does not end before it begins."""
        if field.data and self.period_from.data and field.data < self.period_from.data:
            raise ValidationError(_("The last year comes before the first."))


class NewPlanForm(PeriodOfPlan):
    """The beginning of a plan that is new."""

    group = OneOfList(_l("Whose plan is it?"), [])
    begins_with = OneOfList(
        _l("Begin with"),
        [],
        hint=_l("The lines of an earlier plan come along as a draft. Their status does not."),
        optional=True,
    )
    form_of_plan = OneOf(
        _l("Which form does it have?"),
        list(FORM_WORDS.items()),
        hint=_l("A plan that begins with an earlier one keeps its form."),
        optional=True,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty plan needs a form; a copy has one."""
        is_valid: bool = super().validate(extra_validators)
        if self.form_of_plan.data or self.begins_with.data:
            return is_valid
        self.add_error("form_of_plan", _("Choose the form of the plan."))
        return False


class AboutPlanForm(SeenForm, PeriodOfPlan):
    """What a plan says of itself."""

    overall_goal = TextBlock(_l("Overall goal"), optional=True, max_length=LONG, rows=3)
    target_group = TextBlock(_l("For whom"), optional=True, max_length=LONG, rows=2)
    responsible = TextLine(
        _l("Responsible"),
        hint=_l("A post or a group, not a person."),
        optional=True,
        max_length=500,
    )
    carried_out = TextBlock(_l("How it is carried out"), optional=True, max_length=LONG, rows=3)
    followed_up = TextBlock(_l("How it is followed up"), optional=True, max_length=LONG, rows=3)


class LineForm(SeenForm):
    """One line of a plan; the view takes away the details that its kind does not have."""

    text = TextBlock(_l("What does the plan say?"), max_length=LONG, rows=2)
    purpose = TextBlock(_l("Why?"), optional=True, max_length=LONG, rows=3)
    time_frame = TextLine(
        _l("When?"), hint=_l("For example “2026–2029” or “three to five years”."), optional=True
    )
    responsible = TextLine(
        _l("Responsible"),
        hint=_l("A post or a group, not a person."),
        optional=True,
        max_length=500,
    )
    indicator_key = OneOfList(_l("Which indicator measures it?"), [], optional=True)
    and_another = Tick(_l("I want to add one more after this"))


class DecideForm(SeenForm):
    """The decision that puts a draft in force."""

    decided_on = Day(_l("When was it decided?"))
    decided_by = TextLine(_l("Who decided?"), hint=_l("For example LGL."), max_length=300)
    reason = TextBlock(
        _l("What is new, in a sentence or two"),
        hint=_l("Everybody can read it beside the version."),
        optional=True,
        max_length=LONGEST_STATUS_TEXT,
        rows=2,
    )


MOST_PASTED = 200_000
MOST_DOCUMENT_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 60
MOST_CARRIED = 2_000_000


class DocumentForm(Form):
    """A plan that is pasted, or a file."""

    text = TextBlock(
        _l("Paste the plan"),
        hint=_l("Tables come along too when you copy them out of Word."),
        optional=True,
        rows=10,
        max_length=MOST_PASTED,
    )
    file = FileField(
        _l("Or choose a file"),
        description=_l("Word (.docx) or text (.txt), at most 5 MB."),
        render_kw={"accept": ".docx,.txt"},
    )

    def content(self) -> bytes | None:
        """The file; None with a message when it is too large, or there is nothing at all."""
        sent: Any = self.file.data
        found = sent.stream.read(MOST_DOCUMENT_BYTES + 1) if sent else b""
        if sent:
            sent.close()
        if len(found) > MOST_DOCUMENT_BYTES:
            self.add_error("file", _("The file is too large: at most 5 MB."))
            return None
        if not sent:
            self.add_error("text", _("Paste the plan, or choose a file."))
            return None
        return bytes(found)


class ReadPlanForm(Form):
    """A plan that was read, line by line, as the person has it."""

    title = TextLine(_l("What is the plan called?"), max_length=200)
    group = OneOfList(_l("Whose plan is it?"), [], missing=_l("Choose the group."))
    period_from = WholeNumber(_l("First year"), minimum=FIRST_YEAR, maximum=LAST_YEAR)
    period_to = WholeNumber(_l("Last year"), minimum=FIRST_YEAR, maximum=LAST_YEAR)
    form_of_plan = OneOf(
        _l("How is the plan built?"),
        [
            ("areas", _l("Improvement areas, and work that goes on over time")),
            ("goals", _l("Focus areas with long-term and short-term goals")),
        ],
    )
    carried = Hidden(max_length=MOST_CARRIED)
    kinds = FieldList(OneOfList(_l("What is it?"), []))

    def offer(self, groups: Sequence[tuple[str, str]], reading: PlanReading) -> None:
        """The groups to choose among, and what each line can be."""
        self.group.choices = [("", _("Choose")), *groups]
        choices = _kinds_to_choose(reading.form)
        for entry, line in zip(self.kinds, reading.lines, strict=True):
            entry.choices = choices
            entry.label.text = line.text[:LONGEST_NAME].rstrip(" .:")
            entry.render_kw = {"aria-label": _("What is “%(text)s”?", text=entry.label.text)}

    def validate_period_to(self, field: WholeNumber) -> None:
        """A period does not end before it begins."""
        if field.data and self.period_from.data and field.data < self.period_from.data:
            raise ValidationError(_("The last year comes before the first."))


def _kinds_to_choose(form: str) -> dict[str, list[tuple[str, str]]]:
    """What a line can be, by how far in it stands."""
    offered: dict[str, list[tuple[str, str]]] = {str(word): [] for word in DEPTH_WORDS}
    for kind in KINDS_OF_FORM[form]:
        offered[str(DEPTH_WORDS[depth_of(kind, form)])].append(
            (kind.value, str(READ_KIND_WORDS[kind]))
        )
    whole = [(kind.value, str(READ_KIND_WORDS[kind])) for kind in KINDS_OF_PLAN]
    other = [
        (JOINED, _("Goes with the line above")),
        (LineKind.LEFT_OUT.value, str(READ_KIND_WORDS[LineKind.LEFT_OUT])),
    ]
    found = {name: kinds for name, kinds in offered.items() if kinds}
    return {**found, _("About the whole plan"): whole, _("Otherwise"): other}
