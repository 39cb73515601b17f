"""What the inventory declares: a public list, a room to keep it in, what can be found."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.foundation.providers import SearchDocument
from participation.inventory.queries import registered
from participation.inventory.views import inventory

ROOM = "inventory"


class SurveysInSearch:
    """Surveys of others, for the search index: public."""

    source = "surveys"
    label = to_translate("Survey inventory")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for entry in registered(session):
            if entry.address is not None:
                yield SearchDocument(
                    source=self.source,
                    object_id=entry.key,
                    title=entry.title,
                    body=entry.searchable,
                    address=entry.address,
                )


FEATURE = Feature(
    name="inventory",
    blueprints=(inventory,),
    navigation=(
        NavItem(
            section="voices",
            order=52,
            label=to_translate("Survey inventory"),
            endpoint="inventory.overview",
            permission=Permission.MANAGE_QUESTIONNAIRES,
            room=ROOM,
        ),
    ),
    search_sources=(SurveysInSearch(),),
)
