"""A FHIR R4 Questionnaire as a questionnaire here, or a report by JSON path. Pure.

Own validation: the model library accepts a type "banana", linkIds that stand twice and conditions
about questions that do not exist. Source: hl7.org/fhir/R4/questionnaire.html; decision 0012.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import YES_NO, fresh_key
from participation.questionnaires.rules.exchange.columns import language_code
from participation.questionnaires.rules.exchange.fhir_conditions import (
    Asked,
    condition,
    ordinals,
)
from participation.questionnaires.rules.exchange.fhir_words import (
    CATEGORY,
    CHOICES,
    EASY_TAG,
    FINER,
    GRIDS,
    HIDDEN,
    HIGHEST,
    ITEM_CONTROL,
    KINDS,
    LOWEST,
    ORDINAL,
    OWN,
    REFUSED,
    STATUSES,
    TEXT_FIELDS,
    TRANSLATION,
    as_list,
    control_codes,
    extension,
)
from participation.questionnaires.rules.exchange.report import (
    Notebook,
    Reading,
    finish,
    with_swedish,
)
from participation.questionnaires.rules.exchange.xlsform_choices import CODE
from participation.questionnaires.rules.exchange.xlsform_conditions import together
from participation.questionnaires.rules.exchange.xlsform_types import FLAGS, OTHER_OPTION
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE

MOST_ITEMS = 2_000
DEEPEST = 20
Node = Mapping[str, Any]


def read_fhir(content: bytes) -> Reading:
    """The questionnaire of a resource, with everything there is to say about it. Never raises."""
    notebook = Notebook()
    try:
        resource = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        notebook.stop("", _("The file is not readable JSON."))
        return Reading(None, notebook.listed())
    if not isinstance(resource, Mapping) or resource.get("resourceType") != "Questionnaire":
        notebook.stop("$.resourceType", _("This is not a FHIR Questionnaire."))
        return Reading(None, notebook.listed())
    return _Reader(resource, notebook).read()


class _Reader:
    def __init__(self, resource: Node, notebook: Notebook) -> None:
        self.notebook = notebook
        self.places: dict[str, str] = {}
        self._resource = resource
        self._language = self._main_language()
        self._sets = dict(self._contained())
        self._asked: dict[str, Asked] = {}
        self._keys: dict[str, str] = {}
        self._count = 0

    def read(self) -> Reading:
        self._check_top()
        title = self._texts(self._resource, "title", "$") or self._texts(
            self._resource, "name", "$"
        )
        if not title:
            self.notebook.note("$.title", _("No title. Give it one before you publish."))
        data = {
            "title": title or {FIRST_LANGUAGE: _("Imported form")},
            "intro": self._texts(self._resource, "description", "$"),
            "closing": self._own_texts("closing"),
            "audience": str(extension(self._resource, OWN + "audience") or "").split(),
            "minutes": _whole(extension(self._resource, OWN + "minutes")),
            "questions": list(self._items(self._resource, "$", "", 0)),
        }
        return finish(self.notebook, data, self.places)

    # -- the resource ---------------------------------------------------------------------------

    def _main_language(self) -> str:
        stated = self._resource.get("language")
        if not isinstance(stated, str):
            return ""
        return _language(stated)

    def _check_top(self) -> None:
        if str(self._resource.get("status")) not in STATUSES:
            self.notebook.stop(
                "$.status", _("The status must be draft, active, retired or unknown.")
            )
        if self._language != FIRST_LANGUAGE:
            said = _(
                "The form has no Swedish. Its own words stand in the Swedish place until you "
                "have translated them."
            )
            self.notebook.note("$.language", said)
        if self._resource.get("modifierExtension"):
            said = _("It holds something that must be understood, and we do not understand it.")
            self.notebook.stop("$.modifierExtension", said)

    def _contained(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Options by "#id" of the value sets that lie in the resource."""
        for position, found in enumerate(self._list(self._resource, "contained", "$")):
            path = f"$.contained[{position}]"
            if not isinstance(found, Mapping) or found.get("resourceType") != "ValueSet":
                continue
            options = list(self._concepts(found, path))
            yield f"#{found.get('id')}", options

    def _concepts(self, value_set: Node, path: str) -> Iterator[dict[str, Any]]:
        compose = value_set.get("compose")
        expansion = value_set.get("expansion")
        if isinstance(compose, Mapping):
            for number, include in enumerate(self._list(compose, "include", f"{path}.compose")):
                here = f"{path}.compose.include[{number}]"
                if isinstance(include, Mapping) and "concept" in include:
                    yield from self._codings(self._list(include, "concept", here), here)
                else:
                    self.notebook.stop(here, _("Write out the alternatives one by one."))
        elif isinstance(expansion, Mapping):
            here = f"{path}.expansion"
            yield from self._codings(self._list(expansion, "contains", here), here)
        else:
            self.notebook.stop(path, _("Write out the alternatives one by one."))

    def _codings(self, found: list[Any], path: str) -> Iterator[dict[str, Any]]:
        taken: set[str] = set()
        for position, coding in enumerate(found):
            if isinstance(coding, Mapping):
                yield self._option(coding, coding, f"{path}[{position}]", taken)
            else:
                self.notebook.stop(f"{path}[{position}]", _("This must be an object."))

    # -- items ----------------------------------------------------------------------------------

    def _items(self, node: Node, path: str, above: str, depth: int) -> Iterator[dict[str, Any]]:
        if depth > DEEPEST:
            self.notebook.stop(path, _("The groups are nested too deeply."))
            return
        for position, item in enumerate(self._list(node, "item", path)):
            here = f"{path}.item[{position}]"
            self._count += 1
            if self._count > MOST_ITEMS:
                self.notebook.stop(here, _("More than %(max)s questions.", max=MOST_ITEMS))
                return
            if not isinstance(item, Mapping):
                self.notebook.stop(here, _("This must be an object."))
            else:
                yield from self._item(item, here, above, depth)

    def _item(self, item: Node, path: str, above: str, depth: int) -> Iterator[dict[str, Any]]:
        if self._is_calculated(item, path):
            said = _("A sum that the other program works out is left out: nobody is asked for it.")
            self.notebook.left_out(path, said)
            return
        self._check(item, path)
        kind = str(item.get("type"))
        own = condition(item, path, self._asked, self.notebook)
        kept = extension(item, OWN + "relevant")
        relevant = together([above, str(kept) if isinstance(kept, str) else own])
        if kind == "group" and self._is_battery(item):
            yield self._battery(item, path, relevant)
        elif kind in {"group", "display"}:
            yield from self._information(item, path, relevant)
            yield from self._items(item, path, relevant, depth + 1)
        elif kind in KINDS:
            yield self._question(item, path, relevant)
            below = {
                **item,
                "item": [one for one in self._list(item, "item", path) if not _is_help(one)],
            }
            yield from self._items(below, path, relevant, depth + 1)
        elif kind in REFUSED:
            self.notebook.stop(f"{path}.type", str(REFUSED[kind]))
        else:
            said = _("The type “%(type)s” is unknown.", type=kind[:40])
            self.notebook.stop(f"{path}.type", said)

    def _is_calculated(self, item: Node, path: str) -> bool:
        return any(
            isinstance(one, Mapping) and str(one.get("url")).endswith("calculatedExpression")
            for one in self._list(item, "extension", path)
        )

    def _check(self, item: Node, path: str) -> None:
        if item.get("modifierExtension"):
            said = _("It holds something that must be understood, and we do not understand it.")
            self.notebook.stop(f"{path}.modifierExtension", said)
        if extension(item, HIDDEN) is True:
            self.notebook.stop(f"{path}.extension", _("Hidden questions are not supported."))
        if item.get("initial"):
            self.notebook.left_out(
                f"{path}.initial", _("Answers filled in beforehand are left out.")
            )
        if item.get("readOnly") is True:
            said = _("That a question cannot be answered is left out.")
            self.notebook.left_out(f"{path}.readOnly", said)
        if item.get("repeats") is True and str(item.get("type")) not in CHOICES:
            said = _("Repeated groups are not supported. Ask about each in a question of its own.")
            self.notebook.stop(f"{path}.repeats", said)

    def _key(self, item: Node, path: str) -> str:
        """A key for the linkId, which must be there once."""
        link = item.get("linkId")
        if not isinstance(link, str) or not link.strip():
            self.notebook.stop(f"{path}.linkId", _("The linkId is missing."))
            link = f"item {self._count}"
        elif link in self._keys:
            said = _("The linkId “%(name)s” stands twice.", name=link[:40])
            self.notebook.stop(f"{path}.linkId", said)
        taken = set(self._keys.values())
        key = fresh_key(link, taken) if link not in taken else fresh_key(f"{link} 2", taken)
        if CODE.fullmatch(link) and link.islower() and link[0].isalpha() and "-" not in link:
            key = link if link not in taken else key
        self._keys[link] = key
        self.places[key] = path
        return key

    def _question(self, item: Node, path: str, relevant: str) -> dict[str, Any]:
        key = self._key(item, path)
        kind = self._kind(item)
        options = self._options(item, path) if str(item.get("type")) in CHOICES else []
        if item.get("type") == "boolean" and kind == "yes_no":
            options = [dict(option) for option in YES_NO]
        if kind == "single" and not self._own(item, "kind") and ordinals(options):
            kind = "scale"
        codes = {str(option.pop("original", option["code"])): option["code"] for option in options}
        self._asked[str(item.get("linkId"))] = Asked(key, kind == "multiple", codes)
        return {
            "key": key,
            "kind": kind,
            "text": self._must_text(item, path),
            "help": self._help(item, path),
            "options": options,
            "required": item.get("required") is True,
            "relevant": relevant,
            **self._numbers(item, path),
            **self._own_fields(item),
        }

    def _kind(self, item: Node) -> str:
        stated = str(item.get("type"))
        finer = self._own(item, "kind")
        if finer in FINER.get(stated, ()):
            return finer
        if stated in CHOICES and item.get("repeats") is True:
            return "multiple"
        return KINDS[stated]

    def _own(self, node: Node, name: str) -> str:
        value = extension(node, OWN + name)
        return value if isinstance(value, str) else ""

    def _own_fields(self, item: Node) -> dict[str, Any]:
        found: dict[str, Any] = {name: self._own(item, name) for name in TEXT_FIELDS}
        found["sets_respondent_role"] = extension(item, OWN + "sets_role") is True
        found["constraint"] = self._own(item, "constraint")
        message = self._own(item, "constraint_message")
        if message:
            found["constraint_message"] = _pairs(message)
        return found

    def _own_texts(self, name: str) -> dict[str, str]:
        return _pairs(self._own(self._resource, name))

    def _numbers(self, item: Node, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {"max_length": _whole(item.get("maxLength"))}
        if str(item.get("type")) in {"integer", "decimal"}:
            found["minimum"] = self._number(extension(item, LOWEST), path)
            found["maximum"] = self._number(extension(item, HIGHEST), path)
            step = self._number(extension(item, OWN + "step"), path)
            found["step"] = step or (1 if item.get("type") == "integer" else None)
        return found

    def _number(self, value: Any, path: str) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e9:
            said = _("“%(name)s” is not a number.", name=str(value)[:40])
            self.notebook.stop(f"{path}.extension", said)
            return None
        return value

    # -- alternatives ---------------------------------------------------------------------------

    def _options(self, item: Node, path: str) -> list[dict[str, Any]]:
        reference = item.get("answerValueSet")
        if reference is not None:
            options = self._sets.get(str(reference))
            if options is None:
                said = _(
                    "The alternatives “%(name)s” are not in the file.", name=str(reference)[:60]
                )
                self.notebook.stop(f"{path}.answerValueSet", said)
            found = [dict(option) for option in options or ()]
        else:
            found = list(self._answer_options(item, path))
        is_open = item.get("type") == "open-choice"
        taken = {one["code"] for one in found if not one.get("has_text")}
        if is_open and len(taken) == len(found) and OTHER_OPTION["code"] not in taken:
            found.append(dict(OTHER_OPTION))
        return found

    def _answer_options(self, item: Node, path: str) -> Iterator[dict[str, Any]]:
        taken: set[str] = set()
        for position, raw in enumerate(self._list(item, "answerOption", path)):
            here = f"{path}.answerOption[{position}]"
            if not isinstance(raw, Mapping):
                self.notebook.stop(here, _("This must be an object."))
                continue
            coding = raw.get("valueCoding")
            if isinstance(coding, Mapping):
                yield self._option(coding, raw, f"{here}.valueCoding", taken)
                continue
            name = next((n for n in ("valueString", "valueInteger", "valueDate") if n in raw), "")
            if not name:
                self.notebook.stop(here, _("This kind of alternative is not supported."))
                continue
            text = str(raw[name])
            yield self._option({"code": text, "display": text}, raw, f"{here}.{name}", taken)

    def _option(self, coding: Node, around: Node, path: str, taken: set[str]) -> dict[str, Any]:
        original = str(coding.get("code") or "")
        code = original
        if not CODE.fullmatch(original):
            code = fresh_key(original or str(coding.get("display") or ""), taken, "option")
        if not original:
            self.notebook.stop(f"{path}.code", _("The code is missing."))
        if code in taken:
            said = _("The code “%(code)s” is used twice.", code=original[:40])
            self.notebook.stop(f"{path}.code", said)
        taken.add(code)
        value = extension(around, ORDINAL)
        if value is None:
            value = extension(coding, ORDINAL)
        flags = self._own(around, "flags").split()
        texts = self._texts(coding, "display", path) or {FIRST_LANGUAGE: original}
        texts.update(self._designations(coding))
        return {
            "code": code,
            "original": original,
            "text": texts,
            "value": self._number(value, path),
            "respondent_role": self._own(around, "role"),
            **{flag: True for flag in FLAGS if flag in flags},
        }

    def _designations(self, coding: Node) -> dict[str, str]:
        return {
            _language(str(one.get("language"))): str(one.get("value"))
            for one in as_list(coding.get("designation"))
            if isinstance(one, Mapping)
            and _language(str(one.get("language"))) in {"sv", "en", "ar", EASY}
            and isinstance(one.get("value"), str)
        }

    # -- groups ---------------------------------------------------------------------------------

    def _is_battery(self, item: Node) -> bool:
        """A table of choices with the same alternatives, each statement a row."""
        rows = [one for one in as_list(item.get("item")) if not _is_help(one)]
        is_table = self._own(item, "kind") == "battery" or bool(
            control_codes(item, ITEM_CONTROL) & GRIDS
        )
        return (
            is_table
            and bool(rows)
            and all(
                isinstance(row, Mapping)
                and row.get("type") == "choice"
                and not row.get("enableWhen")
                and not row.get("item")
                and row.get("answerValueSet") == rows[0].get("answerValueSet")
                and row.get("answerOption") == rows[0].get("answerOption")
                for row in rows
            )
        )

    def _battery(self, item: Node, path: str, relevant: str) -> dict[str, Any]:
        key = self._key(item, path)
        rows, required = [], False
        options: list[dict[str, Any]] = []
        for position, row in enumerate(self._list(item, "item", path)):
            here = f"{path}.item[{position}]"
            if _is_help(row):
                continue
            self._check(row, here)
            options = options or self._options(row, here)
            row_key = self._key(row, here)
            codes = {str(o.get("original", o["code"])): o["code"] for o in options}
            self._asked[str(row.get("linkId"))] = Asked(row_key, False, codes)
            required = required or row.get("required") is True
            rows.append({"key": row_key, "text": self._must_text(row, here)})
        return {
            "key": key,
            "kind": "battery",
            "text": self._must_text(item, path),
            "help": self._help(item, path),
            "options": [{k: v for k, v in o.items() if k != "original"} for o in options],
            "rows": rows,
            "required": required,
            "relevant": relevant,
            **{name: self._own(item, name) for name in ("option_set", "provenance")},
        }

    def _information(self, item: Node, path: str, relevant: str) -> Iterator[dict[str, Any]]:
        key = self._key(item, path)
        texts = self._texts(item, "text", path)
        if texts:
            yield {
                "key": key,
                "kind": "information",
                "text": texts,
                "help": self._help(item, path),
                "relevant": relevant,
            }
        elif item.get("type") == "display":
            self.notebook.stop(f"{path}.text", _("The text is missing."))

    # -- texts ----------------------------------------------------------------------------------

    def _help(self, item: Node, path: str) -> dict[str, str]:
        for position, one in enumerate(self._list(item, "item", path)):
            if _is_help(one):
                return self._texts(one, "text", f"{path}.item[{position}]")
        return {}

    def _must_text(self, item: Node, path: str) -> dict[str, str]:
        texts = self._texts(item, "text", path)
        if not texts:
            self.notebook.stop(f"{path}.text", _("The text is missing."))
        return texts

    def _texts(self, node: Node, name: str, path: str) -> dict[str, str]:
        """A text with the translations that lie beside it ("_text")."""
        raw = node.get(name)
        if raw is not None and not isinstance(raw, str):
            self.notebook.stop(f"{path}.{name}", _("This must be a text."))
            return {}
        if not raw:
            return {}
        texts = {self._language if self._language in {"sv", "en", "ar"} else "": raw}
        beside = node.get(f"_{name}")
        for one in as_list(beside.get("extension")) if isinstance(beside, Mapping) else ():
            if isinstance(one, Mapping) and one.get("url") == TRANSLATION:
                language = _language(str(extension(one, "lang") or ""))
                said = extension(one, "content")
                if language in {"sv", "en", "ar", EASY} and isinstance(said, str):
                    texts[language] = said
        return with_swedish(texts, self._language)

    def _list(self, node: Node, name: str, path: str) -> list[Any]:
        found = node.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            self.notebook.stop(f"{path}.{name}", _("This must be a list."))
            return []
        return found


def _language(tag: str) -> str:
    """ "sv-SE" → "sv"; our easy Swedish keeps its own."""
    if tag.lower() in {EASY_TAG, EASY}:
        return EASY
    return language_code(tag.split("-", maxsplit=1)[0])


def _is_help(item: Any) -> bool:
    """A line of help that lies in a question: it is no question of its own."""
    if not isinstance(item, Mapping) or item.get("type") != "display":
        return False
    return bool(
        control_codes(item, ITEM_CONTROL) & {"help", "flyover"}
        or control_codes(item, CATEGORY) & {"instructions", "help"}
    )


def _whole(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value < 1_000_000 else None


def _pairs(text: str) -> dict[str, str]:
    """Texts by language out of one of our own extensions."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
