"""Who was asked a follow-up question, read from its condition, for the gate."""

from collections.abc import Sequence
from dataclasses import replace

from participation.disclosure.rules.tables import AskedIf, Table
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.expressions import Expression


def with_askers(tables: Sequence[Table], content: Content) -> tuple[Table, ...]:
    """`tables`, where follow-up questions say after which answer they were asked.

    A number or a ranking that decides who is asked more is left out: it stands in classes, or by
    its first place, and the condition may split what is counted there.
    """
    conditions = {
        question.key: screen.relevant
        for screen in content.screens
        for question in screen.questions
        if screen.relevant is not None and screen.relevant.questions
    }
    deciding = {key for condition in conditions.values() for key in condition.questions}
    return tuple(
        replace(
            table,
            asked_if=asked_if(conditions[table.key], content) if table.key in conditions else None,
            is_required=content.asked[table.key].required,
        )
        for table in tables
        if not (table.what and table.key in deciding)
    )


def asked_if(condition: Expression, content: Content) -> AskedIf:
    """The answers after which a question with this condition is asked.

    Only where one closed question decides: by one answer of several that may be ticked, or by
    which answer was given. Whatever else it says is not known as a sum of answers.
    """
    first, *others = sorted(condition.questions)
    before = content.asked.get(first)
    if others or before is None:
        return AskedIf(key=first, codes=None)
    if before.kind == "multiple":
        return AskedIf(key=first, codes=_ticked(condition, before))
    codes = [option.code for option in before.options]
    return AskedIf(
        key=first, codes=frozenset(code for code in codes if condition.holds({first: code}))
    )


def _ticked(condition: Expression, before: Question) -> frozenset[str] | None:
    """The one option that must be ticked, where the others make no difference."""
    codes = [option.code for option in before.options]
    alone = [code for code in codes if condition.holds({before.key: code})]
    if len(alone) != 1 or condition.holds({before.key: ""}):
        return None
    one = alone[0]
    rest = [code for code in codes if code != one]
    together = [f"{one} {' '.join(rest)}", *(f"{one} {code}" for code in rest)]
    if condition.holds({before.key: " ".join(rest)}) or not all(
        condition.holds({before.key: stored}) for stored in together
    ):
        return None
    return frozenset(alone)
