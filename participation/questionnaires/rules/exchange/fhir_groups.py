"""Where each question stands in FHIR: in its groups, alike in the form and in the answers. Pure.

A QuestionnaireResponse mirrors its Questionnaire, so both are laid out here.
"""

from collections.abc import Callable, Iterator
from typing import Any

from participation.questionnaires.rules.content import Content, Group, Question
from participation.questionnaires.rules.editing import fresh_key

Json = dict[str, Any]
Path = tuple[tuple[str, Group], ...]  # the groups around a question by linkId, outermost first


def in_groups(
    content: Content,
    item_of: Callable[[Question], Json | None],
    head_of: Callable[[str, Group], Json],
) -> list[Json]:
    """The item of each question in the items of its groups; a group with none is left out."""
    top: list[Json] = []
    around: list[tuple[str, list[Json]]] = []
    for question, path in _places(content):
        item = item_of(question)
        if item is None:
            continue
        while [link for link, _inside in around] != [link for link, _group in path[: len(around)]]:
            around.pop()
        for link, group in path[len(around) :]:
            inside: list[Json] = []
            (around[-1][1] if around else top).append({**head_of(link, group), "item": inside})
            around.append((link, inside))
        (around[-1][1] if around else top).append(item)
    return top


def _places(content: Content) -> Iterator[tuple[Question, Path]]:
    """A group that is taken up again, or is called as a question, gets a linkId of its own."""
    taken = {*content.asked, *(one.key for one in content.questions)}
    path: Path = ()
    for question in content.questions:
        groups = content.path(question.group)
        while path and path[-1][1] not in groups:
            path = path[:-1]
        for group in groups[len(path) :]:
            link = group.key if group.key not in taken else fresh_key(group.key, taken)
            taken.add(link)
            path = (*path, (link, group))
        yield question, path
