"""A FHIR R4 Questionnaire as a questionnaire here, or a report by JSON path. Pure.

Own validation: the model library accepts a type "banana", linkIds that stand twice and conditions
about questions that do not exist. Source: hl7.org/fhir/R4/questionnaire.html; decision 0012.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import YES_NO
from participation.questionnaires.rules.exchange.fhir_alternatives import Alternatives
from participation.questionnaires.rules.exchange.fhir_conditions import (
    Asked,
    condition,
    ordinals,
)
from participation.questionnaires.rules.exchange.fhir_links import Links
from participation.questionnaires.rules.exchange.fhir_nodes import (
    Node,
    Texts,
    is_help,
    is_table,
    language_of,
    listed,
    number_at,
    own_text,
    pairs,
    whole,
)
from participation.questionnaires.rules.exchange.fhir_words import (
    CHOICES,
    FINER,
    HIDDEN,
    HIGHEST,
    KINDS,
    LOWEST,
    OWN,
    REFUSED,
    STATUSES,
    TEXT_FIELDS,
    extension,
)
from participation.questionnaires.rules.exchange.report import (
    Notebook,
    Reading,
    finish,
)
from participation.questionnaires.rules.exchange.xlsform_conditions import together
from participation.questionnaires.rules.words import FIRST_LANGUAGE

MOST_ITEMS = 2_000
DEEPEST = 20


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
        self._resource = resource
        stated = resource.get("language")
        language = language_of(stated) if isinstance(stated, str) else ""
        self._texts = Texts(language, notebook)
        self._alternatives = Alternatives(resource, self._texts, notebook)
        self._links = Links(notebook)
        self._count = 0

    def read(self) -> Reading:
        self._check_top()
        title = self._texts.said(self._resource, "title", "$") or self._texts.said(
            self._resource, "name", "$"
        )
        if not title:
            self.notebook.note("$.title", _("No title. Give it one before you publish."))
        data = {
            "title": title or {FIRST_LANGUAGE: _("Imported form")},
            "intro": self._texts.said(self._resource, "description", "$"),
            "closing": self._own_texts("closing"),
            "audience": str(extension(self._resource, OWN + "audience") or "").split(),
            "minutes": whole(extension(self._resource, OWN + "minutes")),
            "questions": list(self._items(self._resource, "$", "", 0)),
        }
        return finish(self.notebook, data, self._links.places)

    # -- the resource ---------------------------------------------------------------------------

    def _check_top(self) -> None:
        if str(self._resource.get("status")) not in STATUSES:
            self.notebook.stop(
                "$.status", _("The status must be draft, active, retired or unknown.")
            )
        if self._texts.language != FIRST_LANGUAGE:
            said = _(
                "The form has no Swedish. Its own words stand in the Swedish place until you "
                "have translated them."
            )
            self.notebook.note("$.language", said)
        if self._resource.get("modifierExtension"):
            said = _("It holds something that must be understood, and we do not understand it.")
            self.notebook.stop("$.modifierExtension", said)

    # -- items ----------------------------------------------------------------------------------

    def _items(self, node: Node, path: str, above: str, depth: int) -> Iterator[dict[str, Any]]:
        if depth > DEEPEST:
            self.notebook.stop(path, _("The groups are nested too deeply."))
            return
        for position, item in enumerate(listed(node, "item", path, self.notebook)):
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
        own = condition(item, path, self._links.asked, self.notebook)
        kept = extension(item, OWN + "relevant")
        relevant = together([above, str(kept) if isinstance(kept, str) else own])
        if kind == "group" and is_table(item):
            yield self._battery(item, path, relevant)
        elif kind in {"group", "display"}:
            yield from self._information(item, path, relevant)
            yield from self._items(item, path, relevant, depth + 1)
        elif kind in KINDS:
            yield self._question(item, path, relevant)
            below = {
                **item,
                "item": [
                    one for one in listed(item, "item", path, self.notebook) if not is_help(one)
                ],
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
            for one in listed(item, "extension", path, self.notebook)
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

    def _question(self, item: Node, path: str, relevant: str) -> dict[str, Any]:
        key = self._links.key(item, path)
        kind = self._kind(item)
        options = self._alternatives.of(item, path) if str(item.get("type")) in CHOICES else []
        if item.get("type") == "boolean" and kind == "yes_no":
            options = [dict(option) for option in YES_NO]
        if kind == "single" and not own_text(item, "kind") and ordinals(options):
            kind = "scale"
        codes = {str(option.pop("original", option["code"])): option["code"] for option in options}
        self._links.asked[str(item.get("linkId"))] = Asked(key, kind == "multiple", codes)
        return {
            "key": key,
            "kind": kind,
            "text": self._texts.must(item, path),
            "help": self._texts.help(item, path),
            "options": options,
            "required": item.get("required") is True,
            "relevant": relevant,
            **self._numbers(item, path),
            **self._own_fields(item),
        }

    def _kind(self, item: Node) -> str:
        stated = str(item.get("type"))
        finer = own_text(item, "kind")
        if finer in FINER.get(stated, ()):
            return finer
        if stated in CHOICES and item.get("repeats") is True:
            return "multiple"
        return KINDS[stated]

    def _own_fields(self, item: Node) -> dict[str, Any]:
        found: dict[str, Any] = {name: own_text(item, name) for name in TEXT_FIELDS}
        found["sets_respondent_role"] = extension(item, OWN + "sets_role") is True
        found["constraint"] = own_text(item, "constraint")
        message = own_text(item, "constraint_message")
        if message:
            found["constraint_message"] = pairs(message)
        return found

    def _own_texts(self, name: str) -> dict[str, str]:
        return pairs(own_text(self._resource, name))

    def _numbers(self, item: Node, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {"max_length": whole(item.get("maxLength"))}
        if str(item.get("type")) in {"integer", "decimal"}:
            found["minimum"] = number_at(extension(item, LOWEST), path, self.notebook)
            found["maximum"] = number_at(extension(item, HIGHEST), path, self.notebook)
            step = number_at(extension(item, OWN + "step"), path, self.notebook)
            found["step"] = step or (1 if item.get("type") == "integer" else None)
        return found

    # -- groups ---------------------------------------------------------------------------------

    def _battery(self, item: Node, path: str, relevant: str) -> dict[str, Any]:
        key = self._links.key(item, path)
        rows, required = [], False
        options: list[dict[str, Any]] = []
        for position, row in enumerate(listed(item, "item", path, self.notebook)):
            here = f"{path}.item[{position}]"
            if is_help(row):
                continue
            self._check(row, here)
            options = options or self._alternatives.of(row, here)
            row_key = self._links.key(row, here)
            codes = {str(o.get("original", o["code"])): o["code"] for o in options}
            self._links.asked[str(row.get("linkId"))] = Asked(row_key, False, codes)
            required = required or row.get("required") is True
            rows.append({"key": row_key, "text": self._texts.must(row, here)})
        return {
            "key": key,
            "kind": "battery",
            "text": self._texts.must(item, path),
            "help": self._texts.help(item, path),
            "options": [{k: v for k, v in o.items() if k != "original"} for o in options],
            "rows": rows,
            "required": required,
            "relevant": relevant,
            **{name: own_text(item, name) for name in ("option_set", "provenance")},
        }

    def _information(self, item: Node, path: str, relevant: str) -> Iterator[dict[str, Any]]:
        key = self._links.key(item, path)
        texts = self._texts.said(item, "text", path)
        if texts:
            yield {
                "key": key,
                "kind": "information",
                "text": texts,
                "help": self._texts.help(item, path),
                "relevant": relevant,
            }
        elif item.get("type") == "display":
            self.notebook.stop(f"{path}.text", _("The text is missing."))
