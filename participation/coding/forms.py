"""The shape of what coders type."""

from participation.coding.rules.drafts import ROLE_LABELS
from participation.coding.rules.filters import STATES, TextFilter
from participation.coding.rules.urgent import OUTCOME_LABELS
from participation.foundation.forms import (
    Form,
    Hidden,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_MEMO = 2_000
HIGHEST_CODE = 999
LONGEST_OFFSET = 1_000_000


class UrgentContactsForm(Form):
    """Who gets a mail when a text is flagged."""

    people = ManyOf(
        _l("Who is responsible?"),
        [],
        hint=_l("Choose two or more, so that somebody is always there. None: all coordinators."),
        optional=True,
    )


class UrgentDoneForm(Form):
    """What became of a flagged text."""

    outcome = OneOf(
        _l("What became of it?"),
        lambda: [(one.value, label) for one, label in OUTCOME_LABELS.items()],
        missing=_l("Choose what became of it."),
    )
    note = TextBlock(
        _l("What was done"),
        hint=_l("Whom you called, and what was agreed. Only those who code can read it."),
        optional=True,
        max_length=LONGEST_MEMO,
        rows=3,
    )


class GridFilter(Form):
    """Which texts the grid shows. A GET form: nothing is changed, odd values mean all."""

    class Meta(Form.Meta):
        csrf = False

    question = OneOfList(_l("Question"), [], optional=True)
    role = OneOfList(_l("Respondent role"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    state = OneOfList(_l("State"), [], optional=True)
    contains = TextLine(_l("Contains"), optional=True, render={"type": "search"})

    def offer(
        self,
        questions: list[tuple[str, str]],
        areas: list[tuple[str, str]],
        municipalities: list[tuple[str, str]],
    ) -> "GridFilter":
        """Fill in the choices; "all" first."""
        everything = [("", _("All"))]
        self.question.choices = questions
        self.role.choices = everything + [(key, str(text)) for key, text in ROLE_LABELS.items()]
        self.area.choices = everything + areas
        self.municipality.choices = everything + municipalities
        self.state.choices = [(key, str(text)) for key, text in STATES.items()]
        return self

    def wanted(self, code_number: int | None) -> TextFilter:
        area = self.area.data or ""
        return TextFilter(
            role=self.role.data or "",
            area_id=int(area) if area.isdecimal() else None,
            municipality_code=self.municipality.data or "",
            state=self.state.data if self.state.data in STATES else "",
            contains=(self.contains.data or "")[:120],
            code_number=code_number,
        )


class PassageForm(Form):
    """A stretch of a text, in Unicode code points; none means the whole text."""

    start = WholeNumber(_l("First character"), minimum=0, maximum=LONGEST_OFFSET, optional=True)
    end = WholeNumber(_l("Last character"), minimum=0, maximum=LONGEST_OFFSET, optional=True)

    def passage(self, length: int) -> tuple[int, int]:
        if self.start.data is None or self.end.data is None:
            return 0, length
        return self.start.data, self.end.data


class CodeForm(PassageForm):
    """A code by its number, on a stretch."""

    number = WholeNumber(_l("Code"), minimum=1, maximum=HIGHEST_CODE)


class WholeTextForm(Form):
    """One of the codebook's codes, for a whole text."""

    number = OneOf(_l("Which code?"), [])


class AsideForm(Form):
    """Whether a text is set aside."""

    aside = Hidden()


class ReviewForm(Form):
    """What to hide in a text: ticked finds, and words of one's own."""

    masks = ManyOf(_l("Hide"), [], optional=True)
    words = TextBlock(
        _l("Hide these words too"),
        hint=_l("One word or phrase on each line, as it stands in the text."),
        optional=True,
        rows=2,
        max_length=LONGEST_MEMO,
    )

    @property
    def own_words(self) -> list[str]:
        return [line for line in (self.words.data or "").splitlines() if line.strip()]


class CleanForm(Form):
    """Texts on one page that somebody has read and found nothing to hide in."""

    texts = Hidden(max_length=2_000)


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


def mask_value(start: int, end: int, kind: str) -> str:
    """How a find travels in the form: "12-17-name"."""
    return f"{start}-{end}-{kind}"


def mask_parts(value: str) -> tuple[int, int, str]:
    """The other way; the values were offered by this form, so they have this shape."""
    start, end, kind = value.split("-", 2)
    return int(start), int(end), kind
