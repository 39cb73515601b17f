"""Writes of activities; the floors above import from here."""

from participation.activities.services.activities import (
    ActivityMade,
    DrawDayFixed,
    cancel_activity,
    change_activity,
    create_activity,
    set_invitation_words,
)
from participation.activities.services.answering import (
    InvitationClosed,
    answer_invitation,
    can_answer,
    forget_member,
    may_be_recorded,
    record_answer,
    reply_to_question,
    withdraw_invitation,
)
from participation.activities.services.attendance import (
    close_attendance,
    may_note_attendance,
    note_attendance,
    tell_what_it_led_to,
)
from participation.activities.services.calendars import (
    forget_calendar,
    renew_calendar,
    stop_calendar,
    subscribed_calendar,
)
from participation.activities.services.evaluations import say_what_i_thought, show_words
from participation.activities.services.inviting import NotToBeAsked, invite_members
from participation.activities.services.reminders import (
    TooManyReminders,
    send_reminder_if_due,
    set_reminder,
    set_usual_reminders,
    take_away_reminder,
)
from participation.activities.services.request_talk import (
    mark_read,
    remind_overdue_requests,
    write_message,
)
from participation.activities.services.requests import (
    NotAdopted,
    accept_request,
    change_request,
    decline_request,
    file_request,
    return_request,
    submit_request,
    withdraw_request,
)
from participation.activities.services.rounds import (
    next_in_order,
    plan_rounds,
    send_round_if_due,
    stop_rounds,
)
from participation.activities.services.series import change_this_and_following, create_series

__all__ = [
    "ActivityMade",
    "DrawDayFixed",
    "InvitationClosed",
    "NotAdopted",
    "NotToBeAsked",
    "TooManyReminders",
    "accept_request",
    "answer_invitation",
    "can_answer",
    "cancel_activity",
    "change_activity",
    "change_request",
    "change_this_and_following",
    "close_attendance",
    "create_activity",
    "create_series",
    "decline_request",
    "file_request",
    "forget_calendar",
    "forget_member",
    "invite_members",
    "mark_read",
    "may_be_recorded",
    "may_note_attendance",
    "next_in_order",
    "note_attendance",
    "plan_rounds",
    "record_answer",
    "remind_overdue_requests",
    "renew_calendar",
    "reply_to_question",
    "return_request",
    "say_what_i_thought",
    "send_reminder_if_due",
    "send_round_if_due",
    "set_invitation_words",
    "set_reminder",
    "set_usual_reminders",
    "show_words",
    "stop_calendar",
    "stop_rounds",
    "submit_request",
    "subscribed_calendar",
    "take_away_reminder",
    "tell_what_it_led_to",
    "withdraw_invitation",
    "withdraw_request",
    "write_message",
]
