"""The shape of a definition, of looking for one, and of taking values in."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import ValidationError

from participation.foundation.forms import (
    Form,
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
from participation.indicators.queries.register import Choices, Wanted
from participation.indicators.rules.cells import read_number, read_period
from participation.indicators.rules.definitions import MOST_DECIMALS, is_web_address
from participation.indicators.rules.importing import FIELD_LABELS
from participation.indicators.rules.words import (
    BETTER_WORDS,
    LEVEL_WORDS,
    PERIOD_WORDS,
    TARGET_WORDS,
)

Options = Sequence[tuple[str, str]]


def _is_address(_form: Any, field: Any) -> None:
    if field.data and not is_web_address(field.data):
        raise ValidationError(_("Write the whole address, for example https://www.kolada.se"))


def _is_number(_form: Any, field: Any) -> None:
    if field.data and read_number(field.data) is None:
        raise ValidationError(_("Write a number, for example 65 or 12,5."))


def _listed(words: dict[str, Any]) -> list[tuple[str, Any]]:
    return list(words.items())


class IndicatorForm(Form):
    """A whole definition, asked for in the order in which a reader wants to know."""

    name = TextLine(
        _l("Name"),
        hint=_l("What is measured, of whom: Little stress at school, year 7."),
        missing=_l("Write what the indicator is called."),
        max_length=200,
    )
    description = TextBlock(
        _l("What the figure means"),
        hint=_l("In plain words, for somebody who has never seen it."),
        missing=_l("Write what the figure means."),
        max_length=2_000,
        rows=3,
    )
    numerator = TextLine(
        _l("What is counted"),
        hint=_l("The part: pupils who answer that they feel little stress."),
        optional=True,
        max_length=500,
    )
    denominator = TextLine(
        _l("Out of what"),
        hint=_l("The whole: all pupils who answered."),
        optional=True,
        max_length=500,
    )
    unit = TextLine(
        _l("The figure is given in"),
        hint=_l("For example: per cent, or per 100,000 residents."),
        missing=_l("Write what the figure is given in."),
        max_length=80,
    )
    counts_people = Tick(
        _l("The figure is itself a number of people"),
        hint=_l("Then 1 to 4 people are never shown."),
    )
    decimals = WholeNumber(_l("Decimals"), minimum=0, maximum=MOST_DECIMALS)
    better = OneOf(_l("It is better when the figure is"), lambda: _listed(BETTER_WORDS))
    source = TextLine(
        _l("Where the figures come from"),
        missing=_l("Write where the figures come from."),
        max_length=500,
    )
    source_url = TextLine(
        _l("Address of the source"),
        optional=True,
        max_length=500,
        checks=[_is_address],
        render={"type": "url", "dir": "ltr"},
    )
    outside_code = TextLine(
        _l("What the source calls it"),
        hint=_l("A code such as N00945. Files are recognised by it."),
        optional=True,
        max_length=40,
    )
    caveats = TextBlock(
        _l("What to bear in mind"),
        hint=_l("What the figure does not say, or what has been measured in another way."),
        optional=True,
        max_length=2_000,
        rows=3,
    )
    period_kind = OneOf(_l("How often it is measured"), lambda: _listed(PERIOD_WORDS))
    level = OneOf(_l("The smallest place it is told for"), lambda: _listed(LEVEL_WORDS))
    perspective = OneOfList(_l("Perspective"), [])
    group = OneOfList(_l("Group"), [], optional=True)
    areas = ManyOf(_l("Areas"), [], optional=True)
    target_kind = OneOfList(
        _l("The target is"),
        lambda: [("", _("No target in figures")), *_listed(TARGET_WORDS)],
        optional=True,
    )
    target_value = TextLine(
        _l("The target's figure"),
        optional=True,
        max_length=20,
        checks=[_is_number],
        render={"inputmode": "decimal"},
    )
    target_by = TextLine(
        _l("To be reached by"),
        hint=_l("A period as the indicator's own: 2027, 2027-Q4 or 2026/27."),
        optional=True,
        max_length=10,
    )
    goal = TextLine(
        _l("The target in words"),
        hint=_l("As it was decided: half as many by 2025."),
        optional=True,
        max_length=300,
    )

    def offer(self, perspectives: Options, groups: Options, areas: Options) -> "IndicatorForm":
        self.perspective.choices = list(perspectives)
        self.group.choices = [("", _("No group")), *groups]
        self.areas.choices = list(areas)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if bool(self.target_kind.data) != bool(self.target_value.data):
            name = "target_value" if self.target_kind.data else "target_kind"
            self.add_error(
                name, _("A target in figures needs both: at least or at most, and how much.")
            )
            holds = False
        if self.target_by.data:
            period = read_period(self.target_by.data)
            if period is None or period.kind != self.period_kind.data:
                self.add_error("target_by", _("Write a period of the kind you chose above."))
                return False
            self.target_by.data = period.text
        return holds

    def values(self) -> dict[str, Any]:
        """What is said, by the model's names; places and keys are resolved by the view."""
        skipped = {"csrf_token", "perspective", "group", "areas", "target_value", "decimals"}
        plain = {
            name: field.data or None for name, field in self._fields.items() if name not in skipped
        }
        return {
            **plain,
            "counts_people": bool(self.counts_people.data),
            "decimals": self.decimals.data,
            "target_value": read_number(self.target_value.data) if self.target_value.data else None,
        }


class RetireForm(Form):
    because = TextLine(
        _l("Why is it not followed any more?"),
        hint=_l("It stands on the indicator's page."),
        missing=_l("Write why, so that whoever looks for it understands."),
        max_length=500,
    )


class RegisterFilter(Form):
    """What the register is narrowed by; read from the address."""

    class Meta(Form.Meta):
        csrf = False

    words = TextLine(_l("Words"), optional=True, render={"type": "search"})
    perspective = OneOfList(_l("Perspective"), [], optional=True)
    group = OneOfList(_l("Group"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    source = OneOfList(_l("Source"), [], optional=True)

    def offer(self, known: Choices) -> "RegisterFilter":
        self.perspective.choices = [("", _("All perspectives")), *known.perspectives]
        self.group.choices = [("", _("All groups")), *known.groups]
        self.area.choices = [("", _("All areas")), *known.areas]
        self.source.choices = [("", _("All sources")), *((v, _short(n)) for v, n in known.sources)]
        return self

    def wanted(self, *, is_retired: bool = False) -> Wanted:
        chosen = {name: field.data or "" for name, field in self._fields.items()}
        return Wanted(**chosen, is_retired=is_retired)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


class UploadForm(Form):
    file = FileField(
        _l("The file"),
        [FileRequired(message=_l("Choose a file first."))],
        description=_l("Excel (XLSX), CSV, or JSON from Kolada. At most 10 MB."),
        render_kw={"accept": ".xlsx,.csv,.txt,.tsv,.json"},
    )
    indicator = OneOfList(
        _l("Which indicator is it?"),
        [],
        hint=_l("Only if the file does not say so itself."),
        optional=True,
    )
    perspective = OneOfList(
        _l("Perspective of new indicators"),
        [],
        hint=_l("Only for a file from Kolada that brings new indicators along."),
        optional=True,
    )

    def offer(self, indicators: Options, perspectives: Options) -> "UploadForm":
        self.indicator.choices = [("", _("The file says which")), *indicators]
        self.perspective.choices = list(perspectives)
        return self


class ColumnsForm(Form):
    """One choice for each thing a column can hold. Fields are named as they are."""

    of = OneOfList(_l("Which indicator is it?"), [], optional=True)
    indicator = OneOfList(FIELD_LABELS["indicator"], [], optional=True)
    period = OneOfList(FIELD_LABELS["period"], [], optional=True)
    municipality = OneOfList(FIELD_LABELS["municipality"], [], optional=True)
    sex = OneOfList(FIELD_LABELS["sex"], [], optional=True)
    age_band = OneOfList(FIELD_LABELS["age_band"], [], optional=True)
    value = OneOfList(FIELD_LABELS["value"], [], optional=True)
    count_behind = OneOfList(FIELD_LABELS["count_behind"], [], optional=True)
    preliminary = OneOfList(FIELD_LABELS["preliminary"], [], optional=True)
    has_break = OneOfList(FIELD_LABELS["has_break"], [], optional=True)
    note = OneOfList(FIELD_LABELS["note"], [], optional=True)

    def offer(self, headings: Sequence[str], indicators: Options) -> "ColumnsForm":
        """Let every field choose among the file's columns."""
        self.of.choices = [("", _("The file says which")), *indicators]
        for name in FIELD_LABELS:
            self[name].choices = [("", _("Not in the file")), *((h, h) for h in headings)]
        return self

    def chosen(self) -> dict[str, str]:
        return {str(name): self[name].data or "" for name in FIELD_LABELS}
