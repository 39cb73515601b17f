"""The alternatives of a FHIR item: its own, or a value set's that lies in the resource. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.fhir_nodes import (
    Node,
    Texts,
    language_of,
    listed,
    number_at,
    own_text,
)
from participation.questionnaires.rules.exchange.fhir_words import ORDINAL, as_list, extension
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_choices import CODE
from participation.questionnaires.rules.exchange.xlsform_types import FLAGS, OTHER_OPTION
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE


class Alternatives:
    """Reads options; the value sets of `resource` once, at the start."""

    def __init__(self, resource: Node, texts: Texts, notebook: Notebook) -> None:
        self._texts = texts
        self._notebook = notebook
        self._sets = dict(self._contained(resource))

    def of(self, item: Node, path: str) -> list[dict[str, Any]]:
        """The item's options; `original` is the code they have in the file."""
        reference = item.get("answerValueSet")
        if reference is not None:
            options = self._sets.get(str(reference))
            if options is None:
                said = _(
                    "The alternatives “%(name)s” are not in the file.", name=str(reference)[:60]
                )
                self._notebook.stop(f"{path}.answerValueSet", said)
            found = [dict(option) for option in options or ()]
        else:
            found = list(self._answer_options(item, path))
        is_open = item.get("type") == "open-choice"
        taken = {one["code"] for one in found if not one.get("has_text")}
        if is_open and len(taken) == len(found) and OTHER_OPTION["code"] not in taken:
            found.append(dict(OTHER_OPTION))
        return found

    def _contained(self, resource: Node) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Options by "#id" of the value sets that lie in the resource."""
        for position, found in enumerate(listed(resource, "contained", "$", self._notebook)):
            path = f"$.contained[{position}]"
            if not isinstance(found, Mapping) or found.get("resourceType") != "ValueSet":
                continue
            options = list(self._concepts(found, path))
            yield f"#{found.get('id')}", options

    def _concepts(self, value_set: Node, path: str) -> Iterator[dict[str, Any]]:
        compose = value_set.get("compose")
        expansion = value_set.get("expansion")
        if isinstance(compose, Mapping):
            for number, include in enumerate(
                listed(compose, "include", f"{path}.compose", self._notebook)
            ):
                here = f"{path}.compose.include[{number}]"
                if isinstance(include, Mapping) and "concept" in include:
                    yield from self._codings(listed(include, "concept", here, self._notebook), here)
                else:
                    self._notebook.stop(here, _("Write out the alternatives one by one."))
        elif isinstance(expansion, Mapping):
            here = f"{path}.expansion"
            yield from self._codings(listed(expansion, "contains", here, self._notebook), here)
        else:
            self._notebook.stop(path, _("Write out the alternatives one by one."))

    def _codings(self, found: list[Any], path: str) -> Iterator[dict[str, Any]]:
        taken: set[str] = set()
        for position, coding in enumerate(found):
            if isinstance(coding, Mapping):
                yield self._option(coding, coding, f"{path}[{position}]", taken)
            else:
                self._notebook.stop(f"{path}[{position}]", _("This must be an object."))

    def _answer_options(self, item: Node, path: str) -> Iterator[dict[str, Any]]:
        taken: set[str] = set()
        for position, raw in enumerate(listed(item, "answerOption", path, self._notebook)):
            here = f"{path}.answerOption[{position}]"
            if not isinstance(raw, Mapping):
                self._notebook.stop(here, _("This must be an object."))
                continue
            coding = raw.get("valueCoding")
            if isinstance(coding, Mapping):
                yield self._option(coding, raw, f"{here}.valueCoding", taken)
                continue
            name = next((n for n in ("valueString", "valueInteger", "valueDate") if n in raw), "")
            if not name:
                self._notebook.stop(here, _("This kind of alternative is not supported."))
                continue
            text = str(raw[name])
            yield self._option({"code": text, "display": text}, raw, f"{here}.{name}", taken)

    def _option(self, coding: Node, around: Node, path: str, taken: set[str]) -> dict[str, Any]:
        original = str(coding.get("code") or "")
        code = original
        if not CODE.fullmatch(original):
            code = fresh_key(original or str(coding.get("display") or ""), taken, "option")
        if not original:
            self._notebook.stop(f"{path}.code", _("The code is missing."))
        if code in taken:
            said = _("The code “%(code)s” is used twice.", code=original[:40])
            self._notebook.stop(f"{path}.code", said)
        taken.add(code)
        value = extension(around, ORDINAL)
        if value is None:
            value = extension(coding, ORDINAL)
        flags = own_text(around, "flags").split()
        texts = self._texts.said(coding, "display", path) or {FIRST_LANGUAGE: original}
        texts.update(self._designations(coding))
        return {
            "code": code,
            "original": original,
            "text": texts,
            "value": number_at(value, path, self._notebook),
            "respondent_role": own_text(around, "role"),
            **{flag: True for flag in FLAGS if flag in flags},
        }

    def _designations(self, coding: Node) -> dict[str, str]:
        return {
            language_of(str(one.get("language"))): str(one.get("value"))
            for one in as_list(coding.get("designation"))
            if isinstance(one, Mapping)
            and language_of(str(one.get("language"))) in {"sv", "en", "ar", EASY}
            and isinstance(one.get("value"), str)
        }
