"""What audits declare."""

from flask import Flask

from participation.audits.jobs import SCHEDULES, RemindOfAudits
from participation.audits.providers import (
    ROOM,
    TO_DO,
    AnswerToProposal,
    AuditorData,
    AuditsToLead,
    CompletedAudits,
    MyAudits,
    ProposalsToAnswer,
    RoundsAboutAudits,
    SummariesInNews,
    SummariesInSearch,
    TeamBeforeInterviews,
    TeamPlacesMerged,
    TeamsOfWhoLeft,
    TeamSuccessors,
)
from participation.audits.views import FIELD_CEILINGS, FieldCeilings, audits, field_box
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission


def _init_app(app: Flask) -> None:
    app.extensions[FIELD_CEILINGS] = FieldCeilings()
    app.extensions["csrf"].exempt(field_box)  # no session: the device's token is the proof


FEATURE = Feature(
    name="audits",
    blueprints=(audits, field_box),
    init_app=_init_app,
    navigation=(
        NavItem(
            section="voices",
            order=60,
            label=to_translate("User audits"),
            endpoint="audits.audit_list",
            permission=Permission.READ_AUDITS,
            room=ROOM,
        ),
    ),
    start_cards=(*TO_DO, AuditsToLead(), MyAudits()),
    job_handlers=(RemindOfAudits(),),
    schedules=SCHEDULES,
    person_data=(AuditorData(),),
    search_sources=(SummariesInSearch(),),
    published_news=(SummariesInNews(),),
    indicator_counters=(CompletedAudits(),),
    commitment_subjects=(ProposalsToAnswer(),),
    round_subjects=(RoundsAboutAudits(),),
    subscribers=(AnswerToProposal(), TeamPlacesMerged(), TeamsOfWhoLeft(), TeamSuccessors()),
    draw_deadlines=(TeamBeforeInterviews(),),
)
