"""Background work of activities."""

from participation.activities.jobs.requests import REMIND_REQUESTS, RemindOverdueRequests

JOB_HANDLERS = (RemindOverdueRequests(),)
SCHEDULES = (REMIND_REQUESTS,)
