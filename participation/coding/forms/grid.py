"""The shape of what coders type in the grid."""

from typing import Any

from participation.coding.queries.names import Names
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
    wave = OneOfList(_l("Wave"), [], optional=True)
    role = OneOfList(_l("Respondent role"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    unit = OneOfList(_l("Unit"), [], optional=True)
    codes = OneOfList(_l("Whose codes"), [], optional=True)
    state = OneOfList(_l("State"), [], optional=True)
    contains = TextLine(_l("Contains"), optional=True, render={"type": "search"})

    def offer(
        self,
        names: Names,
        questions: list[tuple[str, str]],
        waves: list[tuple[str, str]],
    ) -> "GridFilter":
        """Fill in the choices; "all" first. What leaves no choice gets none."""
        roles = [(key, str(text)) for key, text in ROLE_LABELS.items() if key in names.roles]
        self.question.choices = questions
        self.wave.choices = waves
        self.role.choices = _or_all(roles)
        self.area.choices = _or_all([(str(key), name) for key, name in names.areas.items()])
        self.municipality.choices = _or_all(list(names.places.items()))
        self.unit.choices = _or_all([(str(key), name) for key, name in names.units.items()])
        needless = set() if "settled" in names.rounds else {Layer.AGREED}
        self.codes.choices = [(k, str(text)) for k, text in LAYERS.items() if k not in needless]
        alone = set() if names.rounds else {"sample"}
        self.state.choices = [(k, str(text)) for k, text in STATES.items() if k not in alone]
        return self

    def shown(self) -> list[Any]:
        """The fields that leave something to choose."""
        chosen = (self.question, self.wave, self.codes, self.state, self.role, self.area)
        fields = (*chosen, self.municipality, self.unit)
        return [*(one for one in fields if len(one.choices or ()) > 1), self.contains]

    @property
    def narrowed(self) -> int:
        """How many of the fields hold something back."""
        fields = (self.state, self.role, self.area, self.municipality, self.unit, self.contains)
        return sum(bool(one.data) for one in fields) + (self.layer is not Layer.MINE)

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


def _or_all(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", _("All")), *choices] if len(choices) > 1 else []


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
