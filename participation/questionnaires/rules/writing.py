"""A version's JSON, as it is stored; reading.py reads it."""

from typing import Any

from participation.questionnaires.rules.content import (
    OPTION_FLAGS,
    Content,
    Option,
    Picture,
    Question,
)


def content_data(content: Content) -> dict[str, Any]:
    """The JSON a version stores: read_content(content_data(c)) is c again."""
    return _without_empty(
        {
            "title": dict(content.title.by_language),
            "intro": dict(content.intro.by_language),
            "closing": dict(content.closing.by_language),
            "audience": list(content.audience),
            "minutes": content.minutes,
            "groups": _groups_data(content),
            "questions": [question_data(question) for question in content.questions],
        }
    )


def _groups_data(content: Content) -> list[dict[str, Any]]:
    """Those that hold a question, in the order in which they begin."""
    used = {group.key: group for one in content.questions for group in content.path(one.group)}
    return [
        {
            "key": group.key,
            "title": dict(group.title.by_language),
            "relevant": group.relevant,
            **({"inside": group.inside} if group.inside else {}),
        }
        for group in used.values()
    ]


def question_data(question: Question) -> dict[str, Any]:
    """One question as JSON."""
    data: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind,
        "text": dict(question.text.by_language),
        "help": dict(question.help.by_language),
        "options": [_option_data(option) for option in question.options],
        "rows": [{"key": r.key, "text": dict(r.text.by_language)} for r in question.rows],
        "required": question.required,
        "group": question.group,
        "relevant": _own_condition(question),
        "max_length": question.max_length,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "step": question.step,
        "constraint": question.constraint.source if question.constraint else "",
        "constraint_message": dict(question.constraint_message.by_language),
        "option_set": question.option_set,
        "background": question.background,
        "sets_respondent_role": question.sets_respondent_role,
        "free_text_question": question.free_text_question,
        "shuffled": question.shuffled,
        "faces": question.faces,
        "picture": _picture_data(question.picture),
        "sounds": dict(question.sounds),
        "provenance": question.provenance,
    }
    return _without_empty(data)


def _own_condition(question: Question) -> str:
    if question.group:
        return question.own_relevant
    return question.relevant.source if question.relevant else ""


def _picture_data(picture: Picture | None) -> dict[str, Any]:
    return {"file": picture.file, "alt": dict(picture.alt.by_language)} if picture else {}


def _option_data(option: Option) -> dict[str, Any]:
    flags = {flag: getattr(option, flag) for flag in OPTION_FLAGS}
    return _without_empty(
        {
            "code": option.code,
            "text": dict(option.text.by_language),
            "respondent_role": option.respondent_role,
            "value": option.value,
            **flags,
        }
    )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in data.items()
        if value or name == "questions" or (value == 0 and value is not False)
    }
