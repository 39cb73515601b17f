"""What meetings declare."""

from flask import Flask

from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.meetings.providers import (
    ROOM,
    MeetingsOfMaterials,
    ReaderData,
    ResultsInSearch,
    StatementsToRead,
)
from participation.meetings.services import WordsOfOldMeetings
from participation.meetings.views import CEILINGS, Ceilings, at_the_table, meetings


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
    person_data=(ReaderData(),),
    retention_rules=(WordsOfOldMeetings(),),
    search_sources=(ResultsInSearch(),),
    material_sources=(MeetingsOfMaterials(),),
    init_app=init_app,
    begin=begin,
)
