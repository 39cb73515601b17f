"""The linkIds of a FHIR resource: the key each has here, and where it stands. Pure."""

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.fhir_conditions import Asked
from participation.questionnaires.rules.exchange.fhir_nodes import Node
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_choices import CODE


class Links:
    """`places`: JSON paths by key. `asked`: by linkId, what conditions may ask about."""

    def __init__(self, notebook: Notebook) -> None:
        self.places: dict[str, str] = {}
        self.asked: dict[str, Asked] = {}
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
