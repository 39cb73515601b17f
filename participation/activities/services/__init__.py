"""Writes of activities; the floors above import from here."""

from participation.activities.services.activities import (
    ActivityMade,
    cancel_activity,
    change_activity,
    create_activity,
)
from participation.activities.services.answering import (
    InvitationClosed,
    answer_invitation,
    forget_member,
    withdraw_invitation,
)
from participation.activities.services.attendance import close_attendance, tell_what_it_led_to
from participation.activities.services.inviting import NotToBeAsked, invite_members
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

__all__ = [
    "ActivityMade",
    "InvitationClosed",
    "NotAdopted",
    "NotToBeAsked",
    "accept_request",
    "answer_invitation",
    "cancel_activity",
    "change_activity",
    "change_request",
    "close_attendance",
    "create_activity",
    "decline_request",
    "file_request",
    "forget_member",
    "invite_members",
    "mark_read",
    "remind_overdue_requests",
    "return_request",
    "submit_request",
    "tell_what_it_led_to",
    "withdraw_invitation",
    "withdraw_request",
    "write_message",
]
