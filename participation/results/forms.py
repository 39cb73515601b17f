"""The shape of what those who publish type."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import ValidationError

from participation.disclosure.rules.grounds import Lack
from participation.foundation.forms import (
    Form,
    Hidden,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.results.models import TITLE_LENGTH, Finding
from participation.results.rules.findings import WHOSE, FindingDraft
from participation.results.rules.verdicts import VERDICT_LABELS

LONGEST_BODY = 3_000
LONGEST_EASY = 1_000
Choices = list[tuple[str, str]]
# By what is wrong with its grounds: the field, and what stands there.
WITHOUT_GROUND: Mapping[Lack, tuple[str, Any]] = {
    Lack.OWN_AND_OTHERS: (
        "is_own_observation",
        _l("It rests on a number or on texts, so it is not only the team's own observation."),
    ),
    Lack.CODES: (
        "codes",
        _l("Choose the codes that carry it: texts alone do not say how many."),
    ),
    Lack.TEXTS: ("materials", _l("Choose the texts in which those codes are counted.")),
}


class FindingForm(Form):
    """A claim, whom it concerns and what it rests on."""

    has_figure = False  # a number was chosen on another page

    title = TextLine(
        _l("What have we learnt?"),
        hint=_l("One sentence that can stand by itself: “Half often have to start over again”."),
        max_length=TITLE_LENGTH,
        missing=_l("Write what you have learnt, in one sentence."),
    )
    body = TextBlock(
        _l("Say a little more"),
        hint=_l("Two or three sentences: whom it concerns, when it happens, what helps."),
        optional=True,
        max_length=LONGEST_BODY,
        rows=4,
    )
    easy_text = TextBlock(
        _l("The same, easy to read"),
        hint=_l("One short sentence on each line, in everyday words. It stands on the easy page."),
        optional=True,
        max_length=LONGEST_EASY,
        rows=4,
    )
    groups = ManyOf(
        _l("Which groups does it concern?"),
        [],
        hint=_l("Each of them gets sixty days to answer once the finding is published."),
        optional=True,
    )
    whose_to_change = OneOf(_l("Whose is it to change?"), list(WHOSE.items()))
    perspective = OneOf(_l("Perspective"), [])
    area = OneOfList(_l("Area"), [], optional=True)
    materials = ManyOf(_l("Which texts does it rest on?"), [], optional=True)
    codes = ManyOf(_l("Which codes carry it?"), [], optional=True)
    is_own_observation = Tick(
        _l("It is the team's own observation"),
        hint=_l("You saw it yourselves: no number and nobody's words carry it. Readers see that."),
    )
    is_fictional = Hidden()

    def validate(self, extra_validators: Any = None) -> bool:
        is_whole = super().validate(extra_validators)
        problem = self._without_ground() if is_whole else None
        if problem is not None:
            self.add_error(*problem)
        return bool(is_whole) and problem is None

    def _without_ground(self) -> tuple[str, Any] | None:
        """The field and what is wrong there; a finding may wait for its number and rest on none."""
        lack = self.draft().lacking(has_figure=self.has_figure)
        return WITHOUT_GROUND.get(lack) if lack else None

    def draft(self, organisation_id: int | None = None) -> FindingDraft:
        return FindingDraft(
            title=self.title.data or "",
            body=self.body.data or "",
            easy_text=self.easy_text.data or "",
            perspective_key=self.perspective.data or "",
            area_id=int(self.area.data) if self.area.data else None,
            whose_to_change=self.whose_to_change.data or "ours",
            group_ids=tuple(int(i) for i in self.groups.data or []),
            code_ids=tuple(int(i) for i in self.codes.data or []),
            material_ids=tuple(int(i) for i in self.materials.data or []),
            organisation_id=organisation_id,
            is_own_observation=self.is_own_observation.data,
        )

    def offer(
        self,
        *,
        groups: Choices,
        perspectives: Choices,
        areas: Choices,
        materials: Choices,
        codes: Choices,
    ) -> "FindingForm":
        self.groups.choices = groups
        self.perspective.choices = perspectives
        self.area.choices = [("", _("No area")), *areas]
        self.materials.choices = materials
        self.codes.choices = codes
        return self

    def show(
        self, finding: Finding, groups: list[int], codes: list[int], materials: list[int]
    ) -> "FindingForm":
        """Fill in what the finding holds."""
        self.title.data, self.body.data = finding.title, finding.body
        self.easy_text.data = finding.easy_text
        self.is_own_observation.data = finding.is_own_observation
        self.whose_to_change.data = finding.whose_to_change
        self.perspective.data = finding.perspective_key
        self.area.data = str(finding.area_id or "")
        self.groups.data = [str(i) for i in groups]
        self.codes.data = [str(i) for i in codes]
        self.materials.data = [str(i) for i in materials]
        return self


class FigureForm(Form):
    """Which answers of one question the finding's number counts."""

    table = Hidden()
    codes = ManyOf(_l("Answers that count"), [])


class ExcerptForm(Form):
    """Which passage becomes a quote."""

    excerpt = Hidden()


class PublishForm(Form):
    """What a round's totals are broken down by."""

    attributes = ManyOf(
        _l("Also show the answers by"),
        [],
        hint=_l(
            "One at a time, never crossed. Small groups are put together, and what could point to "
            "a few people is hidden. Of unit and municipality only one can be published."
        ),
        optional=True,
    )

    def validate_attributes(self, field: Any) -> None:
        if {"unit", "municipality"} <= set(field.data or ()):
            raise ValidationError(_("Choose either unit or municipality."))


class ThemesForm(PublishForm):
    """The same in an address, to look at first."""

    class Meta(Form.Meta):
        csrf = False


class WithdrawForm(Form):
    """Why something is taken back."""

    reason = TextBlock(
        _l("Why is it withdrawn?"),
        hint=_l("The reason is kept in the history."),
        missing=_l("Say why."),
        rows=3,
        max_length=500,
    )


class VerdictForm(Form):
    """Whether a finding rings true, and what does not."""

    answer = OneOf(
        _l("What do you say?"),
        list(VERDICT_LABELS.items()),
        missing=_l("Choose an answer."),
    )
    words = TextBlock(
        _l("What would you say otherwise?"),
        hint=_l("Do not write who you are, nor who anybody else is."),
        optional=True,
        rows=4,
        max_length=1_000,
    )


class DespiteForm(Form):
    """Why a finding is published although most say that it is not so."""

    despite = TextBlock(
        _l("Why is it published all the same?"),
        hint=_l("Readers see the reason beside the finding."),
        missing=_l("Write why. Readers see the reason."),
        rows=3,
        max_length=500,
    )


class FindingFilter(Form):
    """Which published findings to list."""

    class Meta(Form.Meta):
        csrf = False

    group = OneOfList(_l("Group"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)

    def offer(self, groups: Choices, areas: Choices) -> "FindingFilter":
        self.group.choices = [("", _("All")), *groups]
        self.area.choices = [("", _("All")), *areas]
        return self


class CrossForm(Form):
    """Which two questions to set against each other."""

    class Meta(Form.Meta):
        csrf = False

    first = OneOfList(_l("Those who answered"), [], optional=True)
    second = OneOfList(_l("How did they answer?"), [], optional=True)

    def offer(self, questions: Choices) -> "CrossForm":
        self.first.choices = self.second.choices = [("", _("Choose a question")), *questions]
        return self


class ExportForm(Form):
    """What leaves, in which file, and why."""

    reason = TextLine(
        _l("What are the answers for?"),
        hint=_l("It is kept in the log, with your name."),
        missing=_l("Write what the answers are for. It is kept in the log."),
        max_length=300,
    )
    file_format = OneOf(
        _l("Kind of file"),
        [
            ("xlsx", _l("Spreadsheet with a codebook (XLSX)")),
            ("csv", _l("Text file (CSV), also for SPSS")),
            ("ndjson", _l("FHIR R4 QuestionnaireResponse, one a line (NDJSON)")),
        ],
        default="xlsx",
    )
    with_series = Tick(_l("Earlier rounds of the same series too, in the same file"))
    with_texts = Tick(_l("What people wrote in their own words too"))
