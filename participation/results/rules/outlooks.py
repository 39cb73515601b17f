"""What the gate does to a round, in the words of whoever publishes: one table and its reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from participation.disclosure.rules.outlook import BreakdownFate, Fate, Outlook, QuestionFate, Why
from participation.foundation.i18n import format_and, ngettext
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.grouping import ATTRIBUTE_LABELS, Attribute

COUNTED = (Fate.SHOWN, Fate.MERGED, Fate.PARTLY, Fate.HIDDEN)
STATUS = {Fate.SHOWN: "done", Fate.MERGED: "going", Fate.PARTLY: "soon", Fate.HIDDEN: "no"}


@dataclass(frozen=True)
class TableCell:
    """`status`: the kind of mark it carries; `text`: the same in words."""

    status: str
    text: str


@dataclass(frozen=True)
class Told:
    """An outlook to read: a sentence, what concerns the whole, a row per question, the reasons."""

    summary: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TableCell, ...]], ...]
    reasons: tuple[str, ...]


def told(outlook: Outlook, minimum: int) -> Told:
    """`minimum`: the smallest group that is shown."""
    kept = [one for one in outlook.breakdowns if not one.why]
    by_group = [{one.key: one for one in part.questions} for part in kept]
    rows = tuple(
        (
            one.title,
            (
                _everybody(one),
                *(_by_group(fates[one.key]) for fates in by_group),
            ),
        )
        for one in outlook.questions
    )
    return Told(
        summary=_summary(outlook.questions),
        notes=tuple(_notes(outlook)),
        columns=(_("Everybody"), *(_named(one) for one in kept)),
        rows=rows,
        reasons=tuple(_reasons(outlook, kept, minimum)),
    )


def _summary(questions: Iterable[QuestionFate]) -> str:
    found = Counter(one.fate for one in questions)
    words: Mapping[Fate, str] = {
        Fate.SHOWN: ngettext(
            "%(num)s is shown whole", "%(num)s are shown whole", found[Fate.SHOWN]
        ),
        Fate.MERGED: ngettext(
            "%(num)s in fewer steps", "%(num)s in fewer steps", found[Fate.MERGED]
        ),
        Fate.PARTLY: ngettext("%(num)s in part", "%(num)s in part", found[Fate.PARTLY]),
        Fate.HIDDEN: ngettext("%(num)s is hidden", "%(num)s are hidden", found[Fate.HIDDEN]),
    }
    return _(
        "Of %(questions)s, %(parts)s.",
        questions=ngettext("%(num)s question", "%(num)s questions", found.total()),
        parts=format_and([words[fate] for fate in COUNTED if found[fate]]),
    )


def _named(fate: BreakdownFate) -> str:
    return str(ATTRIBUTE_LABELS[Attribute(fate.attribute)])


def _everybody(one: QuestionFate) -> TableCell:
    words: Mapping[Fate, str] = {
        Fate.SHOWN: _("Shown"),
        Fate.MERGED: _("Fewer steps"),
        Fate.PARTLY: _("%(hidden)s of %(all)s answers hidden", hidden=one.hidden, all=one.of),
        Fate.HIDDEN: _("Hidden"),
    }
    return TableCell(STATUS[one.fate], words[one.fate])


def _by_group(one: QuestionFate) -> TableCell:
    words: Mapping[Fate, str] = {
        Fate.SHOWN: _("Shown"),
        Fate.MERGED: _("Answers put together"),
        Fate.PARTLY: _("%(hidden)s of %(all)s groups hidden", hidden=one.hidden, all=one.of),
        Fate.HIDDEN: _("Not shown"),
    }
    return TableCell(STATUS[one.fate], words[one.fate])


def _notes(outlook: Outlook) -> Iterable[str]:
    """What concerns the whole publication, or a whole breakdown of it."""
    if not outlook.tells_respondents:
        yield _(
            "How many answered in all is not told: a few skipped a question, and it would show "
            "how few. Each question shows its own number."
        )
    for one in outlook.breakdowns:
        if Why.ONE_GROUP in one.why:
            yield _("“%(title)s” is left out: only one group is large enough.", title=_named(one))
        if Why.RIVAL in one.why:
            yield _(
                "“%(title)s” is left out: another breakdown of this round has been shown, and its "
                "groups lie within these. Side by side they would show small groups.",
                title=_named(one),
            )
        if Why.WROTE in one.why:
            yield _(
                "“%(title)s” is left out: it would show how few in a group did not write, beside "
                "how many answered in each group.",
                title=_named(one),
            )
        if one.together:
            yield _(
                "“%(title)s”: small groups are put together (%(names)s).",
                title=_named(one),
                names="; ".join(one.together),
            )


def _reasons(outlook: Outlook, kept: Iterable[BreakdownFate], minimum: int) -> Iterable[str]:
    """A sentence for each reason in force, in the order of `Why`."""
    fates = [*outlook.questions, *(one for part in kept for one in part.questions)]
    found = {why for one in fates for why in one.why}
    sentences = _sentences(minimum)
    return [sentences[why] for why in Why if why in found and why in sentences]


def _sentences(minimum: int) -> Mapping[Why, str]:
    return {**_of_questions(minimum), **_of_groups(minimum)}


def _of_questions(minimum: int) -> Mapping[Why, str]:
    """Why something of a question is left out for everybody."""
    return {
        Why.FEW: _(
            "Hidden: fewer than %(minimum)s people answered, or all who answered said the same.",
            minimum=minimum,
        ),
        Why.STEPS: _("Fewer steps: fewer than thirty answered, so the scale is shown coarser."),
        Why.CELLS: _(
            "Answers hidden: fewer than %(minimum)s people gave one of them, and the others "
            "would reveal it.",
            minimum=minimum,
        ),
        Why.FOLLOW_UP: _(
            "A question that only some were asked is hidden where the number of them would show "
            "what a few answered before."
        ),
    }


def _of_groups(minimum: int) -> Mapping[Why, str]:
    """Why something is left out group by group, or beside everything else."""
    return {
        Why.ROWS: _(
            "Groups hidden: in one of them fewer than %(minimum)s gave an answer, and another "
            "goes with it so that it cannot be worked out.",
            minimum=minimum,
        ),
        Why.COLUMNS: _("Answers put together: so that more groups can be shown."),
        Why.WHOLE: _("Not shown by group: the question is hidden for everybody."),
        Why.SIZES: _(
            "Not shown by group: the size of the groups is published and would show who skipped "
            "the question."
        ),
        Why.BACKGROUND: _(
            "Not shown by group: questions about who answers are never broken down. Two of them "
            "crossed would point at people."
        ),
        Why.SKIPPED: _(
            "Hidden: everybody must answer some questions. Beside them, others would tell how few "
            "skipped a question."
        ),
        Why.WROTE: _(
            "Hidden: nearly as many answered as wrote in their own words. Beside the published "
            "themes it would tell how few did not write."
        ),
        Why.LOOKED: _(
            "Not shown: somebody has set the question against another in the workroom. The two "
            "together would show small groups."
        ),
        Why.CROSSED: _(
            "Not shown by group: beside the other breakdown it would tell how few belong to both "
            "groups at once."
        ),
        Why.ATTACKED: _(
            "Left out: all the numbers together would let somebody work out what fewer than "
            "%(minimum)s people answered.",
            minimum=minimum,
        ),
        Why.NUMBERS: _("Not shown by group: numbers are published for everybody together."),
        Why.SPARSE: _("Not shown by group: too few gave each answer in each group."),
    }
