"""Writes of audits; views and the demo import from here."""

from participation.audits.services.drawing import (
    begin_team_draw,
    leave_with_swap,
    pass_place_on,
    take_place,
)
from participation.audits.services.facts import (
    answer_remark,
    note_facts_read,
    remark_on_fact,
)
from participation.audits.services.field import (
    KeyGone,
    NewerHere,
    Taken,
    accept_late,
    close_field,
    put_in,
    take_along,
    throw_away,
)
from participation.audits.services.guides import (
    GuideQuestion,
    add_question,
    add_questions,
    change_question,
    move_question,
    remove_question,
    set_guide,
)
from participation.audits.services.informing import note_users_told
from participation.audits.services.interviews import (
    ChangedMeanwhile,
    NoConsent,
    change_interview,
    forget_interview,
    write_interview,
)
from participation.audits.services.meeting import (
    cancel_meeting,
    meeting_calendar,
    note_meeting,
    plan_meeting,
)
from participation.audits.services.points import change_point, move_point_up, take_up_drafts
from participation.audits.services.publishing import (
    publish_summary,
    say_about_publishing,
    withdraw_summary,
)
from participation.audits.services.reading import NotRead
from participation.audits.services.reports import (
    add_point,
    record_proposal,
    remove_point,
    remove_proposal,
    write_follow_up,
    write_report,
)
from participation.audits.services.steps import NotReady, early_until, missing_before
from participation.audits.services.teams import (
    HasTies,
    NeedsTraining,
    NotInTheBank,
    add_auditor,
    clear_ties,
    declare_ties,
    leave_teams,
    remove_auditor,
)
from participation.audits.services.way import (
    advance_audit,
    note_answer,
    order_audit,
)

__all__ = [
    "ChangedMeanwhile",
    "GuideQuestion",
    "HasTies",
    "KeyGone",
    "NeedsTraining",
    "NewerHere",
    "NoConsent",
    "NotInTheBank",
    "NotRead",
    "NotReady",
    "Taken",
    "accept_late",
    "add_auditor",
    "add_point",
    "add_question",
    "add_questions",
    "advance_audit",
    "answer_remark",
    "begin_team_draw",
    "cancel_meeting",
    "change_interview",
    "change_point",
    "change_question",
    "clear_ties",
    "close_field",
    "declare_ties",
    "early_until",
    "forget_interview",
    "leave_teams",
    "leave_with_swap",
    "meeting_calendar",
    "missing_before",
    "move_point_up",
    "move_question",
    "note_answer",
    "note_facts_read",
    "note_meeting",
    "note_users_told",
    "order_audit",
    "pass_place_on",
    "plan_meeting",
    "publish_summary",
    "put_in",
    "record_proposal",
    "remark_on_fact",
    "remove_auditor",
    "remove_point",
    "remove_proposal",
    "remove_question",
    "say_about_publishing",
    "set_guide",
    "take_along",
    "take_place",
    "take_up_drafts",
    "throw_away",
    "withdraw_summary",
    "write_follow_up",
    "write_interview",
    "write_report",
]
