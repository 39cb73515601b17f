"""What coordinators type when they write a questionnaire or hold a round."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from participation.foundation.forms import (
    Day,
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
from participation.questionnaires.forms.conditions import (
    ConditionForm,
    condition_fields,
    offer_questions,
    with_earlier,
)
from participation.questionnaires.models import RESULTS_ON_LENGTH
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.editing import Data
from participation.questionnaires.rules.rounds import (
    MODE_LABELS,
    ROLE_LABELS,
    Mode,
)
from participation.questionnaires.rules.words import (
    FIRST_LANGUAGE,
    direction,
    language_name,
    tag,
)

TITLE_LENGTH = 200
TEXT_LENGTH = 3_000


class TextsForm(Form):
    """Title, welcome and thanks."""

    title = TextLine(_l("Title"), max_length=TITLE_LENGTH, missing=_l("Write a title."))
    title_en = TextLine(_l("Title in English"), optional=True, max_length=TITLE_LENGTH)
    title_ar = TextLine(_l("Title in Arabic"), optional=True, max_length=TITLE_LENGTH)
    intro = TextBlock(
        _l("Welcome text"),
        hint=_l("Why you ask, how long it takes, what happens with the answers."),
        optional=True,
        max_length=TEXT_LENGTH,
    )
    closing = TextBlock(
        _l("Thank-you text"),
        hint=_l("Shown after sending: when and where the results come."),
        optional=True,
        max_length=TEXT_LENGTH,
    )
    audience = ManyOf(
        _l("Who is asked?"), lambda: [(role.value, label) for role, label in ROLE_LABELS.items()]
    )
    minutes = WholeNumber(_l("Minutes it takes"), minimum=1, maximum=60, optional=True)

    def texts(self, before: dict[str, Any]) -> dict[str, Any]:
        """As a version stores them; languages this form does not show stay as they were."""
        return {
            "title": _words(
                before.get("title"),
                sv=self.title.data,
                en=self.title_en.data,
                ar=self.title_ar.data,
            ),
            "intro": _words(before.get("intro"), sv=self.intro.data),
            "closing": _words(before.get("closing"), sv=self.closing.data),
            "audience": list(self.audience.data or []),
            "minutes": self.minutes.data,
        }


class GroupForm(ConditionForm):
    """A heading and a condition."""

    title = TextLine(
        _l("Heading of the group"), max_length=TITLE_LENGTH, missing=_l("Write a heading.")
    )


def group_form(before: Data, earlier: Sequence[Question]) -> GroupForm:
    """The form for a group whose condition may ask about the questions that stand before it."""
    title = before.get("title", {}).get(FIRST_LANGUAGE)
    shown = {"title": title, **condition_fields(before.get("relevant", ""), earlier)}
    form: GroupForm = with_earlier(GroupForm, earlier)(data=shown)
    form.when.label.text = _("Who gets the questions of the group?")
    offer_questions(form)
    return form


class WithdrawForm(Form):
    """A respondent asks for the answers back and reads out the receipt code."""

    receipt = TextLine(
        _l("Receipt code"),
        hint=_l("Somebody who has answered may take the answers back with it."),
        missing=_l("Write the receipt code."),
        render={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"},
    )


class PublishForm(Form):
    """Nothing to fill in: the button itself."""


SELDOM = ("series_key", "agreement", "unit", "subject", "slug", "lets_anybody")


class RoundForm(Form):
    """A new round. The choices come from the county and earlier rounds: `round_form`."""

    seldom: ClassVar[tuple[str, ...]] = SELDOM  # stands folded at the end

    wave_label = TextLine(
        _l("Name of the round"),
        hint=_l("For example the year: 2026."),
        max_length=40,
        missing=_l("Give the round a name, for example the year."),
    )
    opens_on = Day(_l("First day to answer"))
    closes_on = Day(_l("Last day to answer"))
    mode = OneOf(
        _l("Mode"),
        lambda: [(mode.value, MODE_LABELS[mode]) for mode in Mode],
        hint=_l("It decides what people are promised, and can never be changed."),
        missing=_l("Choose a mode: it decides what people are promised."),
    )
    audience = ManyOf(
        _l("Who is asked?"),
        lambda: [(role.value, label) for role, label in ROLE_LABELS.items()],
    )
    series_key = OneOfList(
        _l("Series"),
        list,
        hint=_l(
            "Rounds of one series are compared year by year. The first round begins the "
            "questionnaire's own, and the next ones go on in it."
        ),
        optional=True,
    )
    agreement = OneOfList(_l("Cooperation agreement"), list, optional=True)
    unit = OneOfList(_l("Unit"), list, optional=True)
    subject = OneOfList(
        _l("Belongs to"),
        list,
        hint=_l("An activity, a commitment or a user audit. Its page leads to the round."),
        optional=True,
    )
    slug = TextLine(
        _l("Short address"),
        hint=_l("Small letters, digits and hyphens, for posters. Leave empty for a random one."),
        optional=True,
        max_length=40,
    )
    lets_anybody = Tick(
        _l("With names: anybody who knows the short address may answer"),
        hint=_l(
            "Only for a round with names and a short address. People write the name they like, "
            "and nobody checks it. Without a short address a personal link is needed."
        ),
    )
    results_on = TextLine(
        _l("When and where the results come"),
        hint=_l("Told to everybody who answers, for example: in March, at You said – we did."),
        optional=True,
        max_length=RESULTS_ON_LENGTH,
    )

    def validate_slug(self, field: Any) -> None:
        is_plain = all(part.isalnum() and part.isascii() for part in field.data.split("-"))
        if field.data and not (is_plain and field.data == field.data.lower()):
            self.add_error("slug", _("Use small letters a–z, digits and hyphens only."))

    def validate_lets_anybody(self, field: Any) -> None:
        """An address for all is a choice of its own where people are to be known."""
        if self.slug.data and self.mode.data == Mode.NAMED and not field.data:
            self.add_error(
                "lets_anybody",
                _("Tick that anybody may answer, or take away the short address."),
            )

    def validate_closes_on(self, field: Any) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            self.add_error("closes_on", _("The last day must not be before the first."))


def round_form(
    series: list[tuple[str, str]],
    agreements: list[tuple[str, str]],
    units: list[tuple[str, str]],
    twins: Iterable[str] = (),
    subjects: Iterable[tuple[str, str]] = (),
    **values: Any,
) -> Any:
    """A form for a new round, with a field for each language that the questionnaire speaks."""
    spoken = {results_field(code): _results_twin(code) for code in twins}
    made: Any = type("SpokenRoundForm", (RoundForm,), {**spoken, "seldom": (*SELDOM, *spoken)})
    form = made(**values)
    none = ("", _("Not connected"))
    form.series_key.choices = [("", _("The questionnaire's own series")), *series]
    form.agreement.choices = [none, *agreements]
    form.unit.choices = [none, *units]
    form.subject.choices = [none, *subjects]
    return form


class ResultsForm(Form):
    """When and where the results of a round come."""

    results_on = TextLine(
        _l("When and where the results come"),
        hint=_l("Told to everybody who answers, for example: in March, at You said – we did."),
        optional=True,
        max_length=RESULTS_ON_LENGTH,
    )

    def validate(self, *args: Any, **more: Any) -> bool:
        """Swedish comes first: the other languages fall back on it."""
        is_valid = bool(super().validate(*args, **more))
        others = [field for field in self if field.name.startswith("results_on_")]
        if not self.results_on.data and any(field.data for field in others):
            self.add_error("results_on", _("Write it in Swedish too: others fall back on it."))
            return False
        return is_valid


def results_form(twins: Iterable[str], **values: Any) -> Any:
    """The form, with a field for each language that the questionnaire speaks."""
    spoken = {results_field(code): _results_twin(code) for code in twins}
    made: Any = type("SpokenResultsForm", (ResultsForm,), spoken)
    return made(**values)


def results_field(language: str) -> str:
    """The field where it is written when and where the results come, in another language."""
    return f"results_on_{language}"


def _results_twin(language: str) -> Any:
    return TextLine(
        _("The same in %(language)s", language=language_name(language)),
        hint=_("Left empty, the Swedish is shown, and the page says so."),
        optional=True,
        max_length=RESULTS_ON_LENGTH,
        render={"lang": tag(language), "dir": direction(language)},
    )


def _words(before: Any, **texts: str | None) -> dict[str, str]:
    kept = {code: text for code, text in dict(before or {}).items() if code not in texts}
    return {**kept, **{code: text for code, text in texts.items() if text}}
