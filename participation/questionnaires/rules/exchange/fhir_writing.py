"""A questionnaire as a FHIR R4 Questionnaire; read again here, it is the same. Pure."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from participation.questionnaires.rules.content import (
    BATTERY,
    INFORMATION,
    Content,
    Group,
    Option,
    Question,
    alone,
    media_of,
)
from participation.questionnaires.rules.exchange.columns import tag_of_code
from participation.questionnaires.rules.exchange.fhir_conditions import enable_when
from participation.questionnaires.rules.exchange.fhir_groups import in_groups
from participation.questionnaires.rules.exchange.fhir_words import (
    HIGHEST,
    ITEM_CONTROL,
    LOWEST,
    ORDINAL,
    OWN,
    TEXT_FIELDS,
    TRANSLATION,
)
from participation.questionnaires.rules.exchange.xlsform_types import FLAGS
from participation.questionnaires.rules.expressions import parse_expression
from participation.questionnaires.rules.kinds import RANGE
from participation.questionnaires.rules.piping import unfilled
from participation.questionnaires.rules.words import FIRST_LANGUAGE, Words

Json = dict[str, Any]
_TYPES = {
    "single": "choice",
    "scale": "choice",
    "yes_no": "choice",
    "multiple": "choice",
    "ranking": "choice",
    "date": "date",
    "short_text": "string",
    "long_text": "text",
    "information": "display",
    "consent": "boolean",
}
_SEVERAL = frozenset({"multiple", "ranking"})


def canonical(key: str) -> str:
    """How answers point at their questionnaire, without an address that has to exist."""
    return f"urn:medskapa:questionnaire:{key}"


def is_repeated(question: Question) -> bool:
    """Whether it takes more than one answer."""
    return question.kind in _SEVERAL


def write_fhir(content: Content, key: str, *, version: int, is_published: bool) -> bytes:
    """The resource as JSON."""
    resource: Json = {
        "resourceType": "Questionnaire",
        "language": FIRST_LANGUAGE,
        "url": canonical(key),
        "version": str(version),
        "name": key,
        **_texts("title", content.title),
        "status": "active" if is_published else "draft",
        **_texts("description", content.intro),
    }
    sets = [_value_set(one) for one in content.questions if one.kind == BATTERY]
    if sets:
        resource["contained"] = sets
    own = [
        *_own_pairs("closing", content.closing),
        *([_text_extension("audience", " ".join(content.audience))] if content.audience else []),
        *([_extension(OWN + "minutes", valueInteger=content.minutes)] if content.minutes else []),
    ]
    if own:
        resource["extension"] = own
    resource["item"] = _items(content)
    return json.dumps(resource, ensure_ascii=False, indent=1).encode()


def _extension(url: str, **value: Any) -> Json:
    return {"url": url, **value}


def _text_extension(name: str, text: str) -> Json:
    return _extension(OWN + name, valueString=text)


def _own_pairs(name: str, words: Words) -> Iterator[Json]:
    if words:
        yield _text_extension(name, json.dumps(dict(words.by_language), ensure_ascii=False))


def _texts(name: str, words: Words) -> Json:
    """A text and, beside it, its translations."""
    if not words:
        return {}
    others = [
        {
            "url": TRANSLATION,
            "extension": [
                {"url": "lang", "valueCode": tag_of_code(language)},
                {"url": "content", "valueString": unfilled(text)},
            ],
        }
        for language, text in words.by_language.items()
        if language != FIRST_LANGUAGE
    ]
    if words.piped:
        others += _own_pairs("written", words)
    said: Json = {name: unfilled(words.by_language[FIRST_LANGUAGE])}
    return {**said, f"_{name}": {"extension": others}} if others else said


def _items(content: Content) -> list[Json]:
    """Every question, each in its groups."""
    return in_groups(
        content,
        lambda question: _item(alone(question), content),
        lambda link, group: {**_group_head(group, link, content), "type": "group"},
    )


def _group_head(group: Group, key: str, content: Content) -> Json:
    relevant = parse_expression(group.relevant) if group.relevant else None
    heading = Question(key=key, kind=INFORMATION, text=group.title, relevant=relevant)
    return _head(heading, content)


def _item(question: Question, content: Content) -> Json:
    if question.kind == BATTERY:
        return _battery(question, content)
    item = {
        **_head(question, content),
        "type": _type(question),
        **({"required": True} if question.required and question.kind != INFORMATION else {}),
        **({"repeats": True} if is_repeated(question) else {}),
        **({"maxLength": question.max_length} if question.max_length else {}),
    }
    if question.options:
        item["answerOption"] = [_answer_option(option) for option in question.options]
    return _with_help(item, question)


def _type(question: Question) -> str:
    if question.kind == INFORMATION and question.help:
        return "group"  # a display may hold nothing, not even its help
    if question.kind in _TYPES:
        is_open = question.other is not None
        return "open-choice" if is_open else _TYPES[question.kind]
    return "integer" if question.step == 1 else "decimal"


def _head(question: Question, content: Content) -> Json:
    extensions = list(_extensions(question))
    return {
        **({"extension": extensions} if extensions else {}),
        "linkId": question.key,
        **_texts("text", question.text),
        **enable_when(question, content),
    }


def _extensions(question: Question) -> Iterator[Json]:
    if question.kind != INFORMATION:
        yield _text_extension("kind", question.kind)
    if question.kind == RANGE:
        yield _control("slider")
    yield from _conditions(question)
    for name in TEXT_FIELDS:
        if getattr(question, name):
            yield _text_extension(name, getattr(question, name))
    if media_of(question):
        yield _text_extension("media", " ".join(media_of(question)))
    if question.shuffled:
        yield _extension(OWN + "shuffled", valueBoolean=True)
    if question.sets_respondent_role:
        yield _extension(OWN + "sets_role", valueBoolean=True)
    yield from _limits(question)


def _conditions(question: Question) -> Iterator[Json]:
    if question.relevant is not None:
        yield _text_extension("relevant", question.relevant.source)
    if question.constraint is not None:
        yield _text_extension("constraint", question.constraint.source)
    yield from _own_pairs("constraint_message", question.constraint_message)


def _limits(question: Question) -> Iterator[Json]:
    for url, value in ((LOWEST, question.minimum), (HIGHEST, question.maximum)):
        if value is not None:
            yield _extension(url, **_number(value))
    if question.step is not None and question.step != 1:
        yield _extension(OWN + "step", valueDecimal=question.step)


def _number(value: float) -> Json:
    return {"valueInteger" if float(value).is_integer() else "valueDecimal": value}


def _control(code: str) -> Json:
    system = "http://hl7.org/fhir/questionnaire-item-control"
    return _extension(
        ITEM_CONTROL, valueCodeableConcept={"coding": [{"system": system, "code": code}]}
    )


def _option_extensions(option: Option) -> Json:
    flags = " ".join(flag for flag in FLAGS if getattr(option, flag))
    found = [
        *([_extension(ORDINAL, valueDecimal=option.value)] if option.value is not None else []),
        *([_text_extension("flags", flags)] if flags else []),
        *([_text_extension("role", option.respondent_role)] if option.respondent_role else []),
    ]
    return {"extension": found} if found else {}


def _answer_option(option: Option) -> Json:
    coding = {"code": option.code, **_texts("display", option.text)}
    return {**_option_extensions(option), "valueCoding": coding}


def _value_set(battery: Question) -> Json:
    """The alternatives that the statements of a battery share."""
    concepts = [
        {**_option_extensions(option), "code": option.code, **_texts("display", option.text)}
        for option in battery.options
    ]
    system = canonical(battery.key)
    return {
        "resourceType": "ValueSet",
        "id": _set_id(battery),
        "status": "active",
        "compose": {"include": [{"system": system, "concept": concepts}]},
    }


def _set_id(battery: Question) -> str:
    return "options-" + battery.key.replace("_", "-")


def _battery(battery: Question, content: Content) -> Json:
    required = {"required": True} if battery.required else {}
    rows: list[Mapping[str, Any]] = [
        {
            "linkId": row.key,
            **_texts("text", row.text),
            "type": "choice",
            **required,
            "answerValueSet": f"#{_set_id(battery)}",
        }
        for row in battery.rows
    ]
    head = _head(battery, content)
    head["extension"] = [*head.get("extension", []), _control("table")]
    return _with_help({**head, "type": "group", "item": rows}, battery)


def _with_help(item: Json, question: Question) -> Json:
    if not question.help:
        return item
    line = {
        "extension": [_control("help")],
        "linkId": f"{question.key}.help",
        **_texts("text", question.help),
        "type": "display",
    }
    return {**item, "item": [*item.get("item", []), line]}
