"""What a FHIR item may not be, what is left out of it, and what is not read. Pure."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.exchange.fhir_nodes import Node, listed, type_of
from participation.questionnaires.rules.exchange.fhir_words import (
    CALCULATED,
    CHOICES,
    FILLED_IN,
    HIDDEN,
    LIMITS,
    OWN,
    READ_EXTENSIONS,
    SHOWN_BY_FORMULA,
    extension,
)
from participation.questionnaires.rules.exchange.report import Notebook

SHOWN_NAMES = 6
FORMULAS = (CALCULATED, FILLED_IN, SHOWN_BY_FORMULA)
_YES_OR_NO = ("required", "repeats", "readOnly")


class Checks:
    """Says what is wrong with items, and at last which extensions nobody read."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._unread: dict[str, None] = {}

    def is_left_out(self, item: Node, path: str) -> bool:
        """Whether nobody is asked for the item, which is told."""
        if _any_ends(self._extensions(item, path), CALCULATED):
            said = _("A sum that the other program works out is left out: nobody is asked for it.")
        elif extension(item, HIDDEN) is True:
            said = _("What is hidden from those who answer is left out.")
        else:
            return False
        self._notebook.left_out(path, said)
        return True

    def check(self, item: Node, path: str) -> None:
        self._check_extensions(item, path)
        self._check_values(item, path)
        if item.get("initial"):
            self._filled_in(f"{path}.initial")
        if item.get("readOnly") is True:
            said = _("That a question cannot be answered is left out.")
            self._notebook.left_out(f"{path}.readOnly", said)
        if item.get("repeats") is True:
            self._check_repeats(type_of(item), path)

    def _check_repeats(self, kind: str, path: str) -> None:
        if kind == "group":
            said = _("Repeated groups are not supported. Ask about each in a question of its own.")
            self._notebook.stop(f"{path}.repeats", said)
        elif kind in {"string", "text"}:
            said = _("Several answers were possible. Here they are written in one text.")
            self._notebook.left_out(f"{path}.repeats", said)
        elif kind not in CHOICES | {"display"}:
            said = _("Several answers were possible. Here one is given.")
            self._notebook.left_out(f"{path}.repeats", said)

    def _check_extensions(self, item: Node, path: str) -> None:
        if item.get("modifierExtension"):
            said = _("It holds something that must be understood, and we do not understand it.")
            self._notebook.stop(f"{path}.modifierExtension", said)
        found = self._extensions(item, path)
        if _any_ends(found, SHOWN_BY_FORMULA):
            said = _("The condition is a formula of another program. Write it as enableWhen.")
            self._notebook.stop(f"{path}.extension", said)
        if _any_ends(found, FILLED_IN):
            self._filled_in(f"{path}.extension")
        if found & LIMITS:
            said = _("A limit on the answer is left out: %(names)s.", names=_named(found & LIMITS))
            self._notebook.left_out(f"{path}.extension", said)
        others = (one for one in found - READ_EXTENSIONS if not one.endswith(FORMULAS))
        self._unread |= dict.fromkeys(sorted(others))

    def _check_values(self, item: Node, path: str) -> None:
        for name in _YES_OR_NO:
            if not isinstance(item.get(name), bool | None):
                self._notebook.stop(f"{path}.{name}", _("This must be true or false."))
        length = item.get("maxLength")
        if isinstance(length, bool) or not isinstance(length, int | None):
            self._notebook.stop(f"{path}.maxLength", _("This must be a whole number."))

    def _filled_in(self, path: str) -> None:
        self._notebook.left_out(path, _("Answers filled in beforehand are left out."))

    def _extensions(self, item: Node, path: str) -> set[str]:
        """The last parts of the extensions' addresses."""
        found: list[Any] = listed(item, "extension", path, self._notebook)
        addresses = {str(one.get("url")) for one in found if isinstance(one, Mapping)}
        return {one.rpartition("/")[2] for one in addresses if not one.startswith(OWN)}

    def tell_unread(self) -> None:
        """Which extensions of other programs did not matter here."""
        if self._unread:
            said = _(
                "What other programs have added is not read: %(names)s.",
                names=_named(self._unread),
            )
            self._notebook.note("", said)


def _any_ends(addresses: set[str], end: str) -> bool:
    return any(one.endswith(end) for one in addresses)


def _named(found: Any) -> str:
    names = sorted(found)
    return ", ".join(names[:SHOWN_NAMES]) + (" …" if len(names) > SHOWN_NAMES else "")
