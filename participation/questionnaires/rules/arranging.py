"""The order of a draft's questions and the groups they stand in. Pure; nothing is stored.

A group may stand inside another. Its questions stand together, and a move never tears it apart.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from participation.questionnaires.rules.editing import Data

Path = tuple[str, ...]  # the keys of groups, outermost first


def group_path(groups: Mapping[str, str], key: str) -> Path:
    """The group and those around it. `groups`: by key, the one each stands in ("" for none)."""
    path: Path = ()
    while key in groups and key not in path:
        path = (key, *path)
        key = groups[key]
    return path


def with_question_moved(content: Mapping[str, Any], key: str, place: int) -> Data:
    """The question moved to a place, counted from 1; it stops at the ends."""
    changed = deepcopy(dict(content))
    questions = changed.get("questions", [])
    here = next((i for i, q in enumerate(questions) if q["key"] == key), None)
    if here is None:
        return changed
    question = questions.pop(here)
    there = max(0, min(len(questions), place - 1))
    questions.insert(there, question)
    around = [
        _path(changed, questions[i]) if 0 <= i < len(questions) else ()
        for i in (there - 1, there + 1)
    ]
    _join(question, _settled(_path(changed, question), *around))
    return changed


def _settled(own: Path, before: Path, after: Path) -> Path:
    """Where a question belongs that was put between two others.

    In what both stand in, at least; further in where one of them stands in its own groups too.
    """
    shared = _shared(before, after)
    for length in range(len(own), len(shared), -1):
        if own[:length] in {before[:length], after[:length]}:
            return own[:length]
    return shared


def _shared(one: Path, other: Path) -> Path:
    for length, pair in enumerate(zip(one, other, strict=False)):
        if pair[0] != pair[1]:
            return one[:length]
    return min(one, other, key=len)


def with_question_stepped(content: Mapping[str, Any], key: str, step: int) -> Data:
    """The question one step up (-1) or down (1).

    At the edge of a group a step goes into it or out of it, before it passes the next question.
    """
    changed = deepcopy(dict(content))
    questions = changed.get("questions", [])
    here = next((i for i, q in enumerate(questions) if q["key"] == key), None)
    if here is None:
        return changed
    question, there = questions[here], here + step
    is_inside = 0 <= there < len(questions)
    own = _path(changed, question)
    beside = _path(changed, questions[there]) if is_inside else ()
    if own != beside:
        is_around = beside[: len(own)] == own
        _join(question, beside[: len(own) + 1] if is_around else own[:-1])
    elif is_inside:
        questions[here], questions[there] = questions[there], question
    return changed


def _path(content: Data, question: Data) -> Path:
    groups = {group["key"]: group.get("inside", "") for group in content.get("groups", [])}
    return group_path(groups, question.get("group", ""))


def _join(question: Data, path: Path) -> None:
    if path:
        question["group"] = path[-1]
    else:
        question.pop("group", None)


def with_group(content: Mapping[str, Any], key: str, group: Data) -> Data:
    """A group that begins with the question `key`, inside the one that stands in, if any.

    Or an existing group with other words.
    """
    changed = deepcopy(dict(content))
    groups = changed.setdefault("groups", [])
    for place, existing in enumerate(groups):
        if existing["key"] == group["key"]:
            groups[place] = {**existing, **group}
            return changed
    for question in changed.get("questions", []):
        if question["key"] == key:
            around = question.get("group", "")
            groups.append({**group, "inside": around} if around else group)
            question["group"] = group["key"]
    return changed


def without_group(content: Mapping[str, Any], key: str) -> Data:
    """The group dissolved; its questions stay where they are, in the group around it if any."""
    changed = deepcopy(dict(content))
    groups = changed.get("groups", [])
    around = next((group.get("inside", "") for group in groups if group["key"] == key), "")
    changed["groups"] = [group for group in groups if group["key"] != key]
    for name, items in (("inside", changed["groups"]), ("group", changed.get("questions", []))):
        for item in items:
            if item.get(name) == key:
                item[name] = around
            if not item.get(name):
                item.pop(name, None)
    return changed
