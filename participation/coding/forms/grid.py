"""The shape of what coders type in the grid."""

from participation.coding.rules.drafts import ROLE_LABELS
from participation.coding.rules.filters import LAYERS, STATES, Layer, TextFilter
from participation.foundation.forms import (
    Form,
    Hidden,
    OneOf,
    OneOfList,
    TextLine,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

HIGHEST_CODE = 999

LONGEST_OFFSET = 1_000_000


class GridFilter(Form):
    """Which texts the grid shows. A GET form: nothing is changed, odd values mean all."""

    class Meta(Form.Meta):
        csrf = False

    question = OneOfList(_l("Question"), [], optional=True)
    role = OneOfList(_l("Respondent role"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    unit = OneOfList(_l("Unit"), [], optional=True)
    codes = OneOfList(_l("Whose codes"), [], optional=True)
    state = OneOfList(_l("State"), [], optional=True)
    contains = TextLine(_l("Contains"), optional=True, render={"type": "search"})

    def offer(
        self,
        questions: list[tuple[str, str]],
        areas: list[tuple[str, str]],
        municipalities: list[tuple[str, str]],
        units: list[tuple[str, str]],
    ) -> "GridFilter":
        """Fill in the choices; "all" first."""
        everything = [("", _("All"))]
        self.question.choices = questions
        self.role.choices = everything + [(key, str(text)) for key, text in ROLE_LABELS.items()]
        self.area.choices = everything + areas
        self.municipality.choices = everything + municipalities
        self.unit.choices = everything + units
        self.codes.choices = [(key, str(text)) for key, text in LAYERS.items()]
        self.state.choices = [(key, str(text)) for key, text in STATES.items()]
        return self

    @property
    def layer(self) -> Layer:
        return Layer(self.codes.data) if self.codes.data in LAYERS else Layer.MINE

    def wanted(self, code_number: int | None) -> TextFilter:
        area, unit = self.area.data or "", self.unit.data or ""
        return TextFilter(
            role=self.role.data or "",
            area_id=int(area) if area.isdecimal() else None,
            municipality_code=self.municipality.data or "",
            unit_id=int(unit) if unit.isdecimal() else None,
            layer=self.layer,
            state=self.state.data if self.state.data in STATES else "",
            contains=(self.contains.data or "")[:120],
            code_number=code_number,
        )


class PassageForm(Form):
    """A stretch of a text, in Unicode code points; none means the whole text.

    `shown` marks the words that were on the screen (rules/passages.py).
    """

    shown = Hidden(max_length=64)

    start = WholeNumber(_l("First character"), minimum=0, maximum=LONGEST_OFFSET, optional=True)
    end = WholeNumber(_l("Last character"), minimum=0, maximum=LONGEST_OFFSET, optional=True)

    @property
    def words_shown(self) -> str | None:
        """The mark; a stretch without one is a stretch of words that nobody knows."""
        return self.shown.data or (None if self.start.data is None else "")

    def passage(self, length: int) -> tuple[int, int]:
        if self.start.data is None or self.end.data is None:
            return 0, length
        return self.start.data, self.end.data


class CodeForm(PassageForm):
    """A code by its number, on a stretch."""

    number = WholeNumber(_l("Code"), minimum=1, maximum=HIGHEST_CODE)


class WholeTextForm(Form):
    """One of the codebook's codes, for a whole text."""

    shown = Hidden(max_length=64)
    number = OneOf(_l("Which code?"), [])


class AsideForm(Form):
    """Whether a text is set aside."""

    aside = Hidden()
