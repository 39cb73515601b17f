"""Background work of activities."""

from participation.activities.jobs.requests import REMIND_REQUESTS, RemindOverdueRequests
from participation.activities.jobs.sending import (
    SEND_REMINDERS,
    SEND_ROUNDS,
    SendReminders,
    SendRounds,
)

JOB_HANDLERS = (RemindOverdueRequests(), SendRounds(), SendReminders())
SCHEDULES = (REMIND_REQUESTS, SEND_ROUNDS, SEND_REMINDERS)
