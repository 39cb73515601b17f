"""The linkIds of a FHIR resource: the key each has here, and where it stands. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.fhir_conditions import Asked
from participation.questionnaires.rules.exchange.fhir_nodes import Node
from participation.questionnaires.rules.exchange.fhir_words import as_list
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_choices import CODE


class Links:
    """`places`: JSON paths by key. `asked`: by linkId, what conditions may ask about."""

    def __init__(self, resource: Node, notebook: Notebook) -> None:
        self.places: dict[str, str] = {}
        self.asked: dict[str, Asked] = {}
        self._left_out: set[str] = set()
        self._known = set(_links_of(resource))
        self._keys: dict[str, str] = {}
        self._notebook = notebook

    def key(self, item: Node, path: str) -> str:
        """A key for the linkId, which must be there once."""
        link = item.get("linkId")
        if not isinstance(link, str) or not link.strip():
            self._notebook.stop(f"{path}.linkId", _("The linkId is missing."))
            link = f"item {len(self._keys) + 1}"
        elif link in self._keys:
            said = _("The linkId “%(name)s” stands twice.", name=link[:40])
            self._notebook.stop(f"{path}.linkId", said)
        taken = set(self._keys.values())
        key = fresh_key(link, taken) if link not in taken else fresh_key(f"{link} 2", taken)
        if CODE.fullmatch(link) and link.islower() and link[0].isalpha() and "-" not in link:
            key = link if link not in taken else key
        self._keys[link] = key
        self.places[key] = path
        return key

    def free_key(self, words: str) -> str:
        """A key for what has no linkId of its own."""
        key = fresh_key(words, set(self._keys.values()))
        self._keys[f"{key} "] = key
        return key

    def leave_out(self, item: Node) -> None:
        """Nobody is asked for the item, nor for anything in it."""
        self._left_out |= set(_links_of(item))

    def why_not_asked(self, link: str) -> str:
        """Why a condition cannot ask about a linkId."""
        shown = link[:40]
        if link in self._left_out:
            return _("The condition asks about “%(key)s”, which is left out.", key=shown)
        if link in self._known:
            return _(
                "The condition asks about “%(key)s”, which comes later or is no question.",
                key=shown,
            )
        return _("The condition asks about “%(key)s”, which is not in the form.", key=shown)


def _links_of(node: Node) -> Iterator[str]:
    """The linkIds of an item and of everything in it."""
    waiting: list[Any] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield str(one.get("linkId"))
            waiting += as_list(one.get("item"))
