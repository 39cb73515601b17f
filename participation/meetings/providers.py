"""What other floors show of meetings: what waits, where material came from, results, own data."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.coding.rules.drafts import SourceKind
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext, to_translate
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import (
    Address,
    DataSection,
    NamedLink,
    SearchDocument,
    StartItem,
)
from participation.meetings.queries import (
    meeting_seen_by,
    published_meetings,
    statements_read_by,
    waiting_statements,
)
from participation.meetings.rules.result import SEARCH_SOURCE
from participation.meetings.services import forget_reader

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
    label = to_translate("Theme dialogues")

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


class ReaderData:
    """Who sat at a table is never known; who read statements through for the county is."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = statements_read_by(session, account_id)
        if found:
            yield DataSection(
                title=_("Statements from meetings that you read through"),
                rows=tuple(
                    (
                        meeting.theme,
                        ngettext("%(num)s statement", "%(num)s statements", count),
                    )
                    for meeting, count in found
                ),
                raw={
                    "statements_read": [
                        {"meeting": meeting.theme, "statements": count} for meeting, count in found
                    ]
                },
            )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_reader(session, account_id)
        return ()
