"""A FHIR R4 Questionnaire as a questionnaire here, or a report by JSON path. Pure.

Own validation: the model library accepts a type "banana", linkIds that stand twice and conditions
about questions that do not exist. Source: hl7.org/fhir/R4/questionnaire.html; decision 0012.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import YES_NO
from participation.questionnaires.rules.exchange.columns import code_of_tag
from participation.questionnaires.rules.exchange.fhir_alternatives import Alternatives
from participation.questionnaires.rules.exchange.fhir_checks import Checks
from participation.questionnaires.rules.exchange.fhir_conditions import Asked, condition, ordinals
from participation.questionnaires.rules.exchange.fhir_links import Links
from participation.questionnaires.rules.exchange.fhir_nodes import (
    Node,
    Texts,
    is_help,
    is_table,
    listed,
    own_text,
    pairs,
    type_of,
    whole,
)
from participation.questionnaires.rules.exchange.fhir_numbers import is_slider, limits_of, with_unit
from participation.questionnaires.rules.exchange.fhir_words import (
    CHOICES,
    FINER,
    KINDS,
    OWN,
    REFUSED,
    STATUSES,
    TEXT_FIELDS,
    as_list,
    extension,
)
from participation.questionnaires.rules.exchange.report import Notebook, Reading, finish
from participation.questionnaires.rules.exchange.xlsform_conditions import together
from participation.questionnaires.rules.exchange.xlsform_types import MEDIA_LEFT_OUT
from participation.questionnaires.rules.words import FIRST_LANGUAGE

_GROUPS = frozenset({"group", "display"})


@dataclass(frozen=True)
class _Above:
    """What an item stands in: the innermost group with a heading, and a condition beside its."""

    group: str = ""
    relevant: str = ""

    def inside(self, own: str) -> dict[str, str]:
        return {"group": self.group, "relevant": together([self.relevant, own])}


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
    found = _with_paths(resource)
    forms = [path for path, one in found.items() if one.get("resourceType") == "Questionnaire"]
    if len(forms) > 1:
        said = _("The file holds several questionnaires. Choose a file with one of them.")
        notebook.stop(forms[1], said)
    elif not forms:
        notebook.stop("$.resourceType", _("This is not a FHIR Questionnaire."))
    if notebook.is_stopped:
        return Reading(None, notebook.listed())
    return _Reader(forms[0], found, notebook).read()


def _with_paths(resource: Any) -> dict[str, Node]:
    """The resource by its path, or those of a bundle."""
    if not isinstance(resource, Mapping):
        return {}
    if resource.get("resourceType") != "Bundle":
        return {"$": resource}
    return {
        f"$.entry[{position}].resource": entry["resource"]
        for position, entry in enumerate(as_list(resource.get("entry")))
        if isinstance(entry, Mapping) and isinstance(entry.get("resource"), Mapping)
    }


class _Reader:
    """`root`: the questionnaire's path among the `resources` of the file."""

    def __init__(self, root: str, resources: Mapping[str, Node], notebook: Notebook) -> None:
        self.notebook = notebook
        self._root = root
        self._resource = resources[root]
        stated = self._resource.get("language")
        language = code_of_tag(stated) if isinstance(stated, str) else ""
        self._texts = Texts(language, notebook)
        self._alternatives = Alternatives(resources, self._texts, notebook)
        self._checks = Checks(notebook)
        self._links = Links(self._resource, notebook)
        self._heading: Mapping[str, str] = {}
        self._groups: list[dict[str, Any]] = []
        self._count = 0

    def read(self) -> Reading:
        self._check_top()
        title = self._said("title") or self._said("name")
        if not title:
            self.notebook.note(
                f"{self._root}.title", _("No title. Give it one before you publish.")
            )
        data = {
            "title": title or {FIRST_LANGUAGE: _("Imported form")},
            "intro": self._said("description"),
            "closing": self._own_texts("closing"),
            "audience": str(extension(self._resource, OWN + "audience") or "").split(),
            "minutes": whole(extension(self._resource, OWN + "minutes")),
            "questions": list(self._items(self._resource, self._root, _Above(), 0)),
            "groups": self._groups,
        }
        self._checks.tell_unread()
        return finish(self.notebook, data, self._links.places, title_at=f"{self._root}.title")

    # -- the resource ---------------------------------------------------------------------------

    def _said(self, name: str) -> dict[str, str]:
        return self._texts.said(self._resource, name, self._root)

    def _check_top(self) -> None:
        if "status" not in self._resource:
            said = _("It does not say whether it is in use. Here it becomes a draft.")
            self.notebook.note(f"{self._root}.status", said)
        elif str(self._resource["status"]) not in STATUSES:
            said = _("The status must be draft, active, retired or unknown.")
            self.notebook.stop(f"{self._root}.status", said)
        if self._texts.language != FIRST_LANGUAGE:
            said = _(
                "The form has no Swedish. Its own words stand in the Swedish place until you "
                "have translated them."
            )
            self.notebook.note(f"{self._root}.language", said)
        if self._resource.get("modifierExtension"):
            said = _("It holds something that must be understood, and we do not understand it.")
            self.notebook.stop(f"{self._root}.modifierExtension", said)

    # -- items ----------------------------------------------------------------------------------

    def _items(self, node: Node, path: str, above: _Above, depth: int) -> Iterator[dict[str, Any]]:
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
            elif not (depth and is_help(item, in_group=type_of(node) in _GROUPS)):
                yield from self._item(item, here, above, depth)

    def _item(self, item: Node, path: str, above: _Above, depth: int) -> Iterator[dict[str, Any]]:
        if self._checks.is_left_out(item, path):
            self._links.leave_out(item)
            return
        self._checks.check(item, path)
        kind = type_of(item)
        if own_text(item, "media"):
            self.notebook.left_out(path, str(MEDIA_LEFT_OUT))
        inside = above.inside(self._condition(item, path))
        below = _Above(**inside)
        if kind == "group" and is_table(item):
            yield self._battery(item, path, inside)
            return
        if kind == "group" and self._holds_more(item, path):
            below = self._begin_group(item, path, inside)
            yield from self._help_of_group(item, path, below)
        elif kind in _GROUPS:
            yield from self._information(item, path, inside)
        elif kind in KINDS:
            yield self._question(item, path, inside)
        elif kind in REFUSED:
            self.notebook.stop(f"{path}.type", str(REFUSED[kind]))
        else:
            said = _("The type “%(type)s” is unknown.", type=kind[:40])
            self.notebook.stop(f"{path}.type", said)
        yield from self._items(item, path, below, depth + 1)

    def _condition(self, item: Node, path: str) -> str:
        """Our own extension's words, else the enableWhen; which is checked in any case."""
        links = self._links
        own = condition(item, path, links.asked, links.why_not_asked, self.notebook)
        kept = extension(item, OWN + "relevant")
        return str(kept) if isinstance(kept, str) else own

    def _question(self, item: Node, path: str, inside: Mapping[str, str]) -> dict[str, Any]:
        key = self._links.key(item, path)
        options = self._alternatives.of(item, path) if type_of(item) in CHOICES else []
        limits = limits_of(item, path, self.notebook)
        kind = self._kind(item, options, limits)
        if kind == "yes_no" and not options:
            options = [dict(option) for option in YES_NO]
        codes = {str(option.pop("original", option["code"])): option["code"] for option in options}
        self._links.asked[str(item.get("linkId"))] = Asked(key, kind == "multiple", codes)
        texts = self._texts.must(item, path, self._heading)
        return {
            "key": key,
            "kind": kind,
            "text": with_unit(texts, item, path, self.notebook),
            "help": self._texts.help(item, path),
            "options": options,
            "required": item.get("required") is True,
            **inside,
            **limits,
            **self._own_fields(item),
        }

    def _kind(self, item: Node, options: Sequence[Node], limits: Mapping[str, Any]) -> str:
        stated = type_of(item)
        finer = own_text(item, "kind")
        repeats = item.get("repeats") is True
        if finer in FINER.get(stated, ()):
            return finer
        if stated in CHOICES:
            scale = "scale" if ordinals(options) else "single"
            return "multiple" if repeats else scale
        if stated == "string" and repeats:
            return "long_text"
        return "range" if is_slider(item, limits) else KINDS[stated]

    def _own_fields(self, item: Node) -> dict[str, Any]:
        found: dict[str, Any] = {name: own_text(item, name) for name in TEXT_FIELDS}
        found["shuffled"] = extension(item, OWN + "shuffled") is True
        found["sets_respondent_role"] = extension(item, OWN + "sets_role") is True
        constraint = own_text(item, "constraint")
        if constraint:
            found["constraint"] = constraint
        message = own_text(item, "constraint_message")
        if message:
            found["constraint_message"] = pairs(message)
        return found

    def _own_texts(self, name: str) -> dict[str, str]:
        return pairs(own_text(self._resource, name))

    # -- groups ---------------------------------------------------------------------------------

    def _battery(self, item: Node, path: str, inside: Mapping[str, str]) -> dict[str, Any]:
        key = self._links.key(item, path)
        rows, required = [], False
        options: list[dict[str, Any]] = []
        for position, row in enumerate(listed(item, "item", path, self.notebook)):
            here = f"{path}.item[{position}]"
            if is_help(row):
                continue
            if self._checks.is_left_out(row, here):
                self._links.leave_out(row)
                continue
            self._checks.check(row, here)
            options = options or self._alternatives.of(row, here)
            row_key = self._links.key(row, here)
            codes = {str(o.get("original", o["code"])): o["code"] for o in options}
            self._links.asked[str(row.get("linkId"))] = Asked(row_key, False, codes)
            required = required or row.get("required") is True
            rows.append({"key": row_key, "text": self._texts.must(row, here, {})})
        return {
            "key": key,
            "kind": "battery",
            "text": self._texts.must(item, path, self._heading),
            "help": self._texts.help(item, path),
            "options": [{k: v for k, v in o.items() if k != "original"} for o in options],
            "rows": rows,
            "required": required,
            **inside,
            **{name: own_text(item, name) for name in ("faces", "option_set", "provenance")},
        }

    def _holds_more(self, item: Node, path: str) -> bool:
        """Whether it has a heading and something under it; else it is information, or nothing."""
        lines = listed(item, "item", path, self.notebook)
        has_words = bool(self._texts.said(item, "text", path))
        return has_words and any(not is_help(one, in_group=True) for one in lines)

    def _begin_group(self, item: Node, path: str, inside: Mapping[str, str]) -> _Above:
        key = self._links.key(item, path)
        title = self._texts.said(item, "text", path)
        around = {"inside": inside["group"], "relevant": inside["relevant"]}
        self._groups.append({"key": key, "title": title, **around})
        self._heading = title
        return _Above(key)

    def _help_of_group(self, item: Node, path: str, below: _Above) -> Iterator[dict[str, Any]]:
        """A heading has no help of its own here: it is said before the first question."""
        texts = self._texts.help(item, path, in_group=True)
        if texts:
            key = self._links.free_key(f"{below.group}_help")
            yield {"key": key, "kind": "information", "text": texts, **below.inside("")}

    def _information(
        self, item: Node, path: str, inside: Mapping[str, str]
    ) -> Iterator[dict[str, Any]]:
        key = self._links.key(item, path)
        help_texts = self._texts.help(item, path, in_group=True)
        texts = self._texts.said(item, "text", path)
        if not texts:
            texts, help_texts = help_texts, {}
        self._heading = texts
        if texts:
            yield {
                "key": key,
                "kind": "information",
                "text": texts,
                "help": help_texts,
                **inside,
                **self._own_fields(item),
            }
        elif item.get("type") == "display":
            self.notebook.left_out(f"{path}.text", _("An empty line of text is left out."))
