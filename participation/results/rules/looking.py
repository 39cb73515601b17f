"""When staff may look at unpublished answers of an anonymous round again, and at which together."""

from collections.abc import Iterable

from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.looks import ROLE
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.grouping import Attribute, question_of


def tells_of_few(answers: int, last_shown: int | None, minimum: int) -> bool:
    """Whether two looks, put side by side, would show what fewer than `minimum` people answered.

    Somebody takes an answer back by telephone: the tables before and after differ by that answer.

    >>> tells_of_few(120, None, 5), tells_of_few(119, 120, 5), tells_of_few(115, 120, 5)
    (False, True, False)
    """
    return last_shown is not None and 0 < abs(answers - last_shown) < minimum


def node_of(key: str, content: Content) -> str:
    """What stands for a question, or an option of it, in `disclosure/rules/looks.py`."""
    return ROLE if key == question_of(Attribute.ROLE, content) else key


def group_node(attribute: Attribute, content: Content) -> str:
    """The same of what a breakdown goes by."""
    if attribute is Attribute.ROLE:
        return ROLE
    return question_of(attribute, content) or f"@{attribute.value}"


def published_tables(shown: ShownBreakdown, content: Content) -> Iterable[frozenset[str]]:
    """A breakdown as tables of a question, or an option of it, and the attribute."""
    group = group_node(Attribute(shown.attribute), content)
    for table in shown.tables:
        question = content.asked.get(table.key)
        if question is not None and question.kind == "multiple":
            for column in table.columns:
                yield frozenset({f"{table.key}={column.codes[0]}", group})
        else:
            yield frozenset({table.key, group})
