"""Answering: /q/<name> the open link, /a/<code> a personal link or a draft, /code a typed code.

No session, no cookie, no log line (TRUST 46). A GET changes nothing, so mail scanners and
previews do no harm; a draft begins at the first POST. Language and twin travel in the address.
"""

from participation.questionnaires.views.answer import (
    arriving,
    filling,
    kiosk,
    sending,
    withdrawing,
)
from participation.questionnaires.views.answer.parts import CEILINGS, Ceilings, answering

__all__ = [
    "CEILINGS",
    "Ceilings",
    "answering",
    "arriving",
    "filling",
    "kiosk",
    "sending",
    "withdrawing",
]
