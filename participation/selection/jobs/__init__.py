"""Background work on draws: trying quotas, pricing them, chances, successors."""

from participation.selection.jobs.chances import WorkOutChances
from participation.selection.jobs.successors import FindSuccessor
from participation.selection.jobs.workshop import PriceQuotas, TryQuotas

JOB_HANDLERS = (TryQuotas(), PriceQuotas(), WorkOutChances(), FindSuccessor())

__all__ = ["JOB_HANDLERS", "FindSuccessor", "PriceQuotas", "TryQuotas", "WorkOutChances"]
