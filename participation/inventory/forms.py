"""The shape of what is said about a survey, and of looking for one."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.forms import (
    Form,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.inventory.models import InventorySurvey
from participation.inventory.rules import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_LINK,
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    OFTEN_LABELS,
    TARGET_LABELS,
    SurveyDraft,
    Wanted,
    split_questions,
)

Choices = list[tuple[str, str]]


class SurveyForm(Form):
    """A survey that somebody else holds."""

    title = TextLine(
        _l("Name of the survey"), max_length=LONGEST_TITLE, missing=_l("Write its name.")
    )
    organisation = OneOfList(_l("Who holds it?"), [])
    targets = ManyOf(
        _l("For whom?"),
        lambda: [(key.value, label) for key, label in TARGET_LABELS.items()],
        optional=True,
    )
    area = OneOfList(_l("Area"), [], optional=True)
    place = TextLine(
        _l("Where?"),
        hint=_l("For example: home care in the whole municipality."),
        optional=True,
        max_length=LONGEST_PLACE,
    )
    how_often = OneOf(
        _l("How often?"), lambda: [(key.value, label) for key, label in OFTEN_LABELS.items()]
    )
    last_year = WholeNumber(
        _l("Latest year"), minimum=EARLIEST_YEAR, maximum=LATEST_YEAR, optional=True
    )
    needs = TextBlock(
        _l("Which improvement needs did it find?"), optional=True, max_length=LONGEST_TEXT, rows=3
    )
    done = TextBlock(_l("What is done about them?"), optional=True, max_length=LONGEST_TEXT, rows=3)
    questions = TextBlock(
        _l("Which questions does it ask?"),
        hint=_l("One on each line. Then whoever writes a questionnaire is told what is asked."),
        optional=True,
        max_length=20_000,
        rows=6,
    )
    link = TextLine(
        _l("Link to read more"),
        optional=True,
        max_length=LONGEST_LINK,
        render={"type": "url", "dir": "ltr"},
    )

    def offer(self, organisations: Choices, areas: Choices) -> "SurveyForm":
        self.organisation.choices = [("", _("Choose an organisation")), *organisations]
        self.area.choices = [("", _("No area")), *areas]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if not self.organisation.data and not self.organisation.errors:
            self.add_error("organisation", _("Choose who holds the survey."))
        if self.link.data and not self.link.data.startswith("https://"):
            self.add_error("link", _("Write the whole link, beginning with https://"))
        return bool(is_valid) and not self.errors

    def draft(self) -> SurveyDraft:
        return SurveyDraft(
            title=(self.title.data or "").strip(),
            organisation_id=int(self.organisation.data or 0),
            targets=tuple(self.targets.data or ()),
            area_id=int(self.area.data) if self.area.data else None,
            place=self.place.data or "",
            how_often=self.how_often.data or "",
            last_year=self.last_year.data,
            needs=self.needs.data or "",
            done=self.done.data or "",
            questions=split_questions(self.questions.data or ""),
            link=self.link.data or "",
        )

    def show(self, survey: InventorySurvey) -> "SurveyForm":
        """Fill in what is known."""
        self.title.data, self.organisation.data = survey.title, str(survey.organisation_id)
        self.targets.data, self.area.data = survey.targets, str(survey.area_id or "")
        self.place.data, self.how_often.data = survey.place, survey.how_often
        self.last_year.data, self.link.data = survey.last_year, survey.link
        self.needs.data, self.done.data = survey.needs, survey.done
        self.questions.data = "\n".join(survey.questions)
        return self


class InventoryFilter(Form):
    """Which surveys to list, and in which order."""

    class Meta(Form.Meta):
        csrf = False

    words = TextLine(_l("Words"), optional=True, max_length=100)
    target = OneOfList(_l("For whom"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    organisation = OneOfList(_l("Organisation"), [], optional=True)
    sort = OneOfList(_l("Order"), [], optional=True)

    def offer(
        self, areas: list[str], organisations: list[str], names: Mapping[str, str]
    ) -> "InventoryFilter":
        """`names`: what the page's language calls them, by their Swedish names."""
        everything = ("", _("All"))
        self.target.choices = [everything, *((k.value, v) for k, v in TARGET_LABELS.items())]
        self.area.choices = [everything, *((name, names.get(name, name)) for name in areas)]
        self.organisation.choices = [
            everything,
            *((name, names.get(name, name)) for name in organisations),
        ]
        self.sort.choices = [
            ("title", _("By name")),
            ("organisation", _("By organisation")),
            ("latest", _("Latest first")),
        ]
        return self

    def wanted(self) -> Wanted:
        return Wanted(
            words=(self.words.data or "")[:100],
            target=self._known(self.target),
            area=self._known(self.area),
            organisation=self._known(self.organisation),
            sort=self._known(self.sort) or "title",
        )

    @staticmethod
    def _known(field: Any) -> str:
        return field.data if field.data in {value for value, _label in field.choices} else ""
