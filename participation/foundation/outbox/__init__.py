"""Outgoing mail as rows: written in the caller's transaction, handed over by the worker.

queued → claimed → handing → sent
                          ↘ unsure   (killed or cut off while handing over; staff decide)
       ↘ failed  (dead letter)      queued → cancelled
"""

from participation.foundation.outbox.bulk import Addressee, queue_mails
from participation.foundation.outbox.merging import personal
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import Attachment, MailCategory, MailState
from participation.foundation.outbox.services import cancel_mails_to, forget_mails_to, queue_mail

__all__ = [
    "Addressee",
    "Attachment",
    "MailCategory",
    "MailState",
    "OutboxMail",
    "cancel_mails_to",
    "forget_mails_to",
    "personal",
    "queue_mail",
    "queue_mails",
]
