"""What a release does not show, in a sentence for its readers: read off what is published."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.tables import ShownTable
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.questionnaires.rules.content import Content

OWN_WORDS = frozenset({"short_text", "long_text"})


def not_counted(content: Content) -> tuple[str, ...]:
    """What a questionnaire asked that no release shows, a sentence each.

    A consent is an agreement with those who asked, not an opinion; and where it may be left out,
    how many did would be a small group in most rounds.
    """
    kinds = {question.kind for question in content.asked.values()}
    sentences = []
    if kinds & OWN_WORDS:
        sentences.append(_("What people wrote in their own words is not shown on this page."))
    if "consent" in kinds:
        sentences.append(
            _(
                "People were also asked for consent. How many gave it is not shown: a consent is "
                "an agreement, not an answer to count."
            )
        )
    return tuple(sentences)


@dataclass(frozen=True)
class Silence:
    """`sentence`: how much is not shown, "" where everything is. `questions`: not shown at all."""

    sentence: str
    questions: tuple[str, ...] = ()


def silence(tables: Sequence[ShownTable], shown: ShownBreakdown | None, minimum: int) -> Silence:
    """Of the round, or of one breakdown of it. `minimum`: the smallest group that is shown."""
    if shown is None:
        return _of_all(tables, minimum)
    kept = {grouped.key for grouped in shown.tables}
    gone = tuple(table.title for table in tables if table.key not in kept)
    if not gone:
        return Silence("")
    return Silence(
        ngettext(
            "%(num)s question is not shown by group: too few gave each answer, or it would "
            "point at people.",
            "%(num)s questions are not shown by group: too few gave each answer, or they would "
            "point at people.",
            len(gone),
        ),
        gone,
    )


def _of_all(tables: Sequence[ShownTable], minimum: int) -> Silence:
    partly = sum(table.is_hidden or table.has_hidden_cells for table in tables)
    if not partly:
        return Silence(_("Nothing had to be hidden here."))
    return Silence(
        _(
            "In %(some)s of %(questions)s something is hidden: fewer than %(number)s gave an "
            "answer, or it would reveal who they are.",
            number=minimum,
            some=partly,
            questions=ngettext("%(num)s question", "%(num)s questions", len(tables)),
        )
    )
