"""What meetings declare."""

from collections.abc import Iterable

from flask import Flask
from sqlalchemy.orm import Session

from participation.coding.rules.drafts import SourceKind
from participation.foundation.errors import NotFound
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext, to_translate
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, NamedLink, SearchDocument, StartItem
from participation.meetings.queries import meeting_seen_by, published_meetings, waiting_statements
from participation.meetings.rules.result import SEARCH_SOURCE
from participation.meetings.views import CEILINGS, Ceilings, at_the_table, meetings

ROOM = "meetings"


class StatementsToRead:
    """Coordinators: closed meetings whose statements nobody has read."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_ACTIVITIES):
            return
        for meeting, count in waiting_statements(session, actor):
            yield StartItem(
                title=_("Read the statements: %(theme)s", theme=meeting.theme),
                detail=ngettext(
                    "%(num)s statement waits before the result can be shown.",
                    "%(num)s statements wait before the result can be shown.",
                    count,
                ),
                address=Address(
                    endpoint="meetings.one_meeting", values={"public_id": meeting.public_id}
                ),
                action=_("Open"),
            )


class MeetingsOfMaterials:
    """From a material back to the meeting where it was said."""

    source_kind = SourceKind.DIALOGUE.value

    def link(self, session: Session, actor: Actor, source_public_id: str) -> NamedLink | None:
        try:
            found = meeting_seen_by(session, actor, source_public_id)
        except NotFound:
            return None
        where = Address(endpoint="meetings.one_meeting", values={"public_id": found.public_id})
        return NamedLink(title=found.theme, text=_("The meeting"), address=where)


class ResultsInSearch:
    """Published results, for the search index: public."""

    source = SEARCH_SOURCE

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for release in published_meetings(session):
            yield SearchDocument(
                source=self.source,
                object_id=release.source_public_id,
                title=release.title,
                body=" ".join(quote["text"] for quote in release.payload["quotes"]),
                address=Address(
                    endpoint="meetings.result", values={"public_id": release.source_public_id}
                ),
            )


def init_app(app: Flask) -> None:
    """The tables' pages carry a CSRF value of their own, derived from the code."""
    app.extensions["csrf"].exempt(at_the_table)


def begin(app: Flask) -> None:
    """Counted anew each time the application starts."""
    app.extensions[CEILINGS] = Ceilings()


FEATURE = Feature(
    name="meetings",
    blueprints=(meetings, at_the_table),
    navigation=(
        NavItem(
            section="voices",
            order=45,
            label=to_translate("Dialogues and meetings"),
            endpoint="meetings.overview",
            permission=Permission.MANAGE_ACTIVITIES,
            room=ROOM,
        ),
    ),
    start_cards=(StatementsToRead(),),
    search_sources=(ResultsInSearch(),),
    material_sources=(MeetingsOfMaterials(),),
    init_app=init_app,
    begin=begin,
)
