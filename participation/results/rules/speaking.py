"""A published round in the reader's language.

The ledger keeps a release in Swedish, word for word. Codes say which question and which answer is
meant, and the questionnaire that was asked says both in its other languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from participation.disclosure.rules.breakdowns import ShownBreakdown, ShownGroup, ShownGrouped
from participation.disclosure.rules.suppression import joined_labels, other_answers
from participation.disclosure.rules.tables import ShownCell, ShownTable
from participation.foundation.i18n import format_and
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.grouping import UNKNOWN, Attribute, question_of
from participation.questionnaires.rules.rounds import ROLE_LABELS
from participation.results.rules.numbers import class_label


@dataclass(frozen=True)
class Reading:
    """The words of `content` in one language; what it does not say stays as it was published.

    Used while `locale` is the language in force: answers put together are joined in it.
    """

    content: Content
    locale: str

    def title(self, published: str, wave: str) -> str:
        """The release's title, in the form "Questionnaire 2026"."""
        if not self.content.title.speaks(self.locale):
            return published
        return f"{self.content.title.said(self.locale)} {wave}".rstrip()

    def table(self, table: ShownTable) -> ShownTable:
        question = self.content.asked.get(table.key)
        if question is None:
            return table
        cells = self._cells(table.key, table.cells)
        return replace(table, title=question.text.said(self.locale), cells=cells)

    def breakdown(self, shown: ShownBreakdown) -> ShownBreakdown:
        attribute = Attribute(shown.attribute)
        names = self._names(attribute)
        is_ordered = attribute is Attribute.AGE_BAND
        return replace(
            shown,
            groups=tuple(_group(group, names, is_ordered=is_ordered) for group in shown.groups),
            tables=tuple(self._grouped(table) for table in shown.tables),
        )

    def _grouped(self, table: ShownGrouped) -> ShownGrouped:
        return replace(table, columns=self._cells(table.key, table.columns))

    def _cells(self, key: str, cells: Sequence[ShownCell]) -> tuple[ShownCell, ...]:
        labels = self._answers(key)
        if not labels and key in self.content.asked:
            return tuple(replace(cell, label=_numbers(cell)) for cell in cells)
        return tuple(
            replace(cell, label=self._together(key, cell, labels))
            if all(code in labels for code in cell.codes)
            else cell
            for cell in cells
        )

    def _together(self, key: str, cell: ShownCell, labels: Mapping[str, str]) -> str:
        """ "Don't know" beside steps of a scale is named apart from them."""
        unsure = {option.code for option in self.content.asked[key].options if option.is_apart}
        if unsure & set(cell.codes) and not unsure >= set(cell.codes):
            return other_answers(with_unsure=True)
        return joined_labels([labels[code] for code in cell.codes])

    def _answers(self, key: str) -> Mapping[str, str]:
        question = self.content.asked.get(key)
        if question is None:
            return {}
        return {option.code: option.text.said(self.locale) for option in question.options}

    def _names(self, attribute: Attribute) -> Mapping[str, str]:
        """What a group is called by its code; units keep the names they have."""
        unknown = {UNKNOWN: _("Not stated")}
        if attribute is Attribute.ROLE:
            return {**unknown, **{role.value: str(label) for role, label in ROLE_LABELS.items()}}
        return {**unknown, **self._answers(question_of(attribute, self.content) or "")}


def _numbers(cell: ShownCell) -> str:
    """A class of numbers is named by its code; with several, as they were published together."""
    is_alone = len(cell.codes) == 1 and ":" in cell.codes[0]
    is_open = is_alone and "" in cell.codes[0].split(":")
    return class_label(cell.codes[0]) if is_open else cell.label


def _group(group: ShownGroup, names: Mapping[str, str], *, is_ordered: bool) -> ShownGroup:
    """A group by its name; where a name is not known (units), as it was published."""
    own = [names.get(code, "") for code in group.codes]
    if not all(own):
        return group
    first, *more = [name[:1].upper() + name[1:] for name in own]
    if not more:
        return replace(group, label=first)
    if is_ordered:
        return replace(group, label=joined_labels([first, *more]))
    return replace(group, label=_("Others: %(names)s", names=format_and([first, *own[1:]])))
