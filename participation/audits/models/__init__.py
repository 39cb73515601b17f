"""Tables of audits. Interview notes are encrypted; the unit that is examined never reads them."""

from participation.audits.models.afterwards import AuditDebrief, AuditReminder
from participation.audits.models.agreements import AuditAgreement, AuditMilestone
from participation.audits.models.audits import TITLE_LENGTH, Audit, AuditStep
from participation.audits.models.consents import AuditConsent
from participation.audits.models.facts import AuditFactRemark
from participation.audits.models.field import (
    AuditFieldDeposit,
    AuditFieldDevice,
    AuditFieldKey,
)
from participation.audits.models.interviews import (
    AuditInterview,
    AuditInterviewAnswer,
    AuditQuestion,
)
from participation.audits.models.meetings import AuditMeeting
from participation.audits.models.reports import AuditPoint, AuditPointInterview, AuditProposal
from participation.audits.models.teams import AuditTeamMember

__all__ = [
    "TITLE_LENGTH",
    "Audit",
    "AuditAgreement",
    "AuditConsent",
    "AuditDebrief",
    "AuditFactRemark",
    "AuditFieldDeposit",
    "AuditFieldDevice",
    "AuditFieldKey",
    "AuditInterview",
    "AuditInterviewAnswer",
    "AuditMeeting",
    "AuditMilestone",
    "AuditPoint",
    "AuditPointInterview",
    "AuditProposal",
    "AuditQuestion",
    "AuditReminder",
    "AuditStep",
    "AuditTeamMember",
]
