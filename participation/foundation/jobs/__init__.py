"""Work that takes time: rows that the worker runs, with progress, retries and schedules."""

from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import JobHandler, JobProgress, JobState, Schedule
from participation.foundation.jobs.services import enqueue

__all__ = ["Job", "JobHandler", "JobProgress", "JobState", "Schedule", "enqueue"]
