"""The alternatives of a FHIR item: its own, or a value set's that lies in the resource. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import code_of_tag
from participation.questionnaires.rules.exchange.fhir_nodes import (
    Node,
    Texts,
    listed,
    number_at,
    own_text,
    type_of,
)
from participation.questionnaires.rules.exchange.fhir_words import (
    OPEN_LABEL,
    ORDINAL,
    as_list,
    extension,
)
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_choices import CODE
from participation.questionnaires.rules.exchange.xlsform_types import FLAGS, OTHER_OPTION
from participation.questionnaires.rules.words import FIRST_LANGUAGE

_YES = {"code": "Y", "original": "Y", "text": {"sv": "Ja", "en": "Yes", "ar": "نعم"}}
_NO = {"code": "N", "original": "N", "text": {"sv": "Nej", "en": "No", "ar": "لا"}}
_UNSURE = {
    "code": "asked-unknown",
    "original": "asked-unknown",
    "is_dont_know": True,
    "text": {"sv": "Vet inte", "en": "Don't know", "ar": "لا أعرف"},
}
_GENDERS = (
    ("male", {"sv": "Man", "en": "Male", "ar": "ذكر"}),
    ("female", {"sv": "Kvinna", "en": "Female", "ar": "أنثى"}),
    ("other", {"sv": "Annat", "en": "Other", "ar": "آخر"}),
    ("unknown", {"sv": "Vill inte säga", "en": "Unknown", "ar": "لا أود الإجابة"}),
)
_HL7 = "http://hl7.org/fhir/ValueSet/"
# Value sets that forms point at without carrying them. Source: hl7.org/fhir/R4/valueset.html.
WELL_KNOWN: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    _HL7 + "yesnodontknow": (_YES, _NO, _UNSURE),
    _HL7 + "administrative-gender": tuple(
        {"code": code, "original": code, "text": text} for code, text in _GENDERS
    ),
}


class Alternatives:
    """Reads options; value sets once, at the start.

    `resources`: those a value set may lie in, by their paths; the questionnaire first.
    """

    def __init__(self, resources: Mapping[str, Node], texts: Texts, notebook: Notebook) -> None:
        self._texts = texts
        self._notebook = notebook
        self._sets: dict[str, tuple[Node, str]] = {}
        for path, resource in resources.items():
            self._keep(resource, path, str(resource.get("url")))
            for position, one in enumerate(listed(resource, "contained", path, notebook)):
                if isinstance(one, Mapping):
                    self._keep(one, f"{path}.contained[{position}]", f"#{one.get('id')}")

    def _keep(self, resource: Node, path: str, name: str) -> None:
        if resource.get("resourceType") == "ValueSet":
            for one in {name, str(resource.get("url"))}:
                self._sets.setdefault(one, (resource, path))

    def of(self, item: Node, path: str) -> list[dict[str, Any]]:
        """The item's options; `original` is the code they have in the file."""
        found = self._of_set(item, path)
        if found is None:
            found = list(self._answer_options(item, path))
        is_open = type_of(item) == "open-choice"
        taken = {one["code"] for one in found if not one.get("has_text")}
        if is_open and len(taken) == len(found) and OTHER_OPTION["code"] not in taken:
            label = extension(item, OPEN_LABEL)
            words = {"text": {FIRST_LANGUAGE: label}} if isinstance(label, str) and label else {}
            found.append({**OTHER_OPTION, **words})
        return found

    def _of_set(self, item: Node, path: str) -> list[dict[str, Any]] | None:
        """The options of a value set, read where they are asked for; None without a reference."""
        name = "answerValueSet" if "answerValueSet" in item else "options"
        reference = item.get(name)
        if isinstance(reference, Mapping):  # as STU3 wrote it
            reference = reference.get("reference")
        if reference is None:
            return None
        address = str(reference).partition("|")[0]
        if address in self._sets:
            return list(self._concepts(*self._sets[address]))
        if address in WELL_KNOWN:
            return [dict(option) for option in WELL_KNOWN[address]]
        said = _("The alternatives “%(name)s” are not in the file.", name=str(reference)[:60])
        self._notebook.stop(f"{path}.{name}", said)
        return []

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
        listed_as = "option" if "answerOption" not in item and "option" in item else "answerOption"
        for position, raw in enumerate(listed(item, listed_as, path, self._notebook)):
            here = f"{path}.{listed_as}[{position}]"
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
        original = str(coding.get("code") or coding.get("display") or "")
        code = original
        if not CODE.fullmatch(original):
            code = fresh_key(original, taken, "option")
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
        found = (one for one in as_list(coding.get("designation")) if isinstance(one, Mapping))
        return {
            code: str(one["value"])
            for one in found
            if (code := code_of_tag(str(one.get("language")))) and isinstance(one.get("value"), str)
        }
