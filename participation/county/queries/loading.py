"""What loading a county file has to know of what is already there."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import (
    Area,
    CooperationAgreement,
    FromCountyFile,
    Group,
    HelpContact,
    Municipality,
    Organisation,
    Perspective,
    SteeringDocument,
    StrategicDirection,
    Unit,
)
from participation.county.rules.facts import KnownKeys


def ids_by_key(session: Session, model: type[Any]) -> Mapping[str, int]:
    """The id of every row of a keyed table, by the file's key."""
    return {row.key: row.id for row in session.execute(select(model.key, model.id))}


_KEYED: Mapping[str, Any] = {
    "municipalities": Municipality.code,
    "areas": Area.key,
    "perspectives": Perspective.key,
    "organisations": Organisation.key,
    "units": Unit.key,
    "groups": Group.key,
    "agreements": CooperationAgreement.key,
    "help_contacts": HelpContact.key,
    "documents": SteeringDocument.key,
    "directions": StrategicDirection.key,
}


def keys_by_layer(session: Session) -> dict[str, KnownKeys]:
    """The keys that each loaded file owns, by layer."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, column in _KEYED.items():
        model: type[FromCountyFile] = column.class_
        for layer, key in session.execute(select(model.layer, column)):
            found[layer][kind].add(key)
    invented = select(Group.layer, Group.key).where(Group.is_fictional)
    for layer, key in session.execute(invented):
        found[layer]["fictional_groups"].add(key)
    return {
        layer: KnownKeys(**{kind: frozenset(keys) for kind, keys in kinds.items()})
        for layer, kinds in found.items()
    }
