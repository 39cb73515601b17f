"""What a FHIR resource holds at a place: lists, texts by language, our own extensions. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.exchange.columns import code_of_tag
from participation.questionnaires.rules.exchange.fhir_words import (
    CATEGORY,
    GRIDS,
    ITEM_CONTROL,
    OWN,
    SIMPLE,
    TRANSLATION,
    as_list,
    control_codes,
    extension,
)
from participation.questionnaires.rules.exchange.report import Notebook, with_swedish

Node = Mapping[str, Any]


class Texts:
    """Texts in every language we have, of a resource whose own language is `language`."""

    def __init__(self, language: str, notebook: Notebook) -> None:
        self.language = language
        self._notebook = notebook

    def help(self, item: Node, path: str, *, in_group: bool = False) -> dict[str, str]:
        """The lines of help that lie in an item, one under the other."""
        joined: dict[str, str] = {}
        for position, one in enumerate(listed(item, "item", path, self._notebook)):
            if is_help(one, in_group=in_group):
                for language, text in self.said(one, "text", f"{path}.item[{position}]").items():
                    joined[language] = f"{joined[language]}\n{text}" if language in joined else text
        return joined

    def must(self, item: Node, path: str, heading: Mapping[str, str]) -> dict[str, str]:
        """The item's text; where it has none its code's words, or the heading it stands under."""
        texts = self.said(item, "text", path)
        if texts:
            return texts
        coded = next((one for one in as_list(item.get("code")) if isinstance(one, Mapping)), {})
        texts = self.said(coded, "display", f"{path}.code[0]") or dict(heading)
        if texts:
            said = _("The item has no text of its own. It got the words it stands under.")
            self._notebook.note(f"{path}.text", said)
        else:
            self._notebook.stop(f"{path}.text", _("The text is missing."))
        return texts

    def said(self, node: Node, name: str, path: str) -> dict[str, str]:
        """A text with the translations that lie beside it ("_text")."""
        raw = node.get(name)
        if raw is not None and not isinstance(raw, str):
            self._notebook.stop(f"{path}.{name}", _("This must be a text."))
            return {}
        if not raw:
            return {}
        texts = {self.language: raw}
        beside = node.get(f"_{name}")
        if not isinstance(beside, Mapping):
            return with_swedish(texts, self.language)
        for one in as_list(beside.get("extension")):
            if isinstance(one, Mapping) and one.get("url") == TRANSLATION:
                language = code_of_tag(str(extension(one, "lang") or ""))
                said = extension(one, "content")
                if language and isinstance(said, str):
                    texts[language] = said
        texts |= pairs(own_text(beside, "written"))
        return with_swedish(texts, self.language)


def listed(node: Node, name: str, path: str, notebook: Notebook) -> list[Any]:
    """The list called `name`; [] without one, and where it is no list, which is told."""
    found = node.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        notebook.stop(f"{path}.{name}", _("This must be a list."))
        return []
    return found


def number_at(value: Any, path: str, notebook: Notebook) -> float | None:
    """A number of an extension; None without one, and where it is none, which is told."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e9:
        said = _("“%(name)s” is not a number.", name=str(value)[:40])
        notebook.stop(f"{path}.extension", said)
        return None
    return value


def own_text(node: Node, name: str) -> str:
    """The text of our own extension called `name`; "" without."""
    value = extension(node, OWN + name)
    return value if isinstance(value, str) else ""


def type_of(item: Node) -> str:
    """The item's type as R4 calls it: R5 says "coding", and lets any type have alternatives."""
    stated = str(item.get("type"))
    if stated == "coding":
        return "open-choice" if item.get("answerConstraint") == "optionsOrString" else "choice"
    has_alternatives = item.get("answerOption") or item.get("answerValueSet")
    return "choice" if has_alternatives and stated in SIMPLE else stated


def is_help(item: Any, *, in_group: bool = False) -> bool:
    """A line of help that lies in an item. In a group, instructions stand where they stand."""
    if not isinstance(item, Mapping) or item.get("type") != "display":
        return False
    if control_codes(item, ITEM_CONTROL) & {"help", "flyover"}:
        return True
    return not in_group and bool(control_codes(item, CATEGORY) & {"instructions", "help"})


def is_table(item: Node) -> bool:
    """A table of choices with the same alternatives, each statement a row."""
    rows = [one for one in as_list(item.get("item")) if not is_help(one)]
    looks_so = own_text(item, "kind") == "battery" or bool(
        control_codes(item, ITEM_CONTROL) & GRIDS
    )
    return (
        looks_so
        and bool(rows)
        and all(
            isinstance(row, Mapping)
            and type_of(row) == "choice"
            and not row.get("enableWhen")
            and not row.get("item")
            and row.get("answerValueSet") == rows[0].get("answerValueSet")
            and row.get("answerOption") == rows[0].get("answerOption")
            for row in rows
        )
    )


def whole(value: Any) -> int | None:
    """A whole number above 0 that is no nonsense; None for anything else."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value < 1_000_000 else None


def pairs(text: str) -> dict[str, str]:
    """Texts by language out of one of our own extensions."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
