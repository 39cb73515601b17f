"""Answering: /q/<name> the open link, /a/<code> a personal link or a draft, /code a typed code.

No session, no cookie, no log line (TRUST 46). A GET changes nothing, so mail scanners and
previews do no harm; a draft begins at the first POST. Language and twin travel in the address.
"""

from participation.questionnaires.views.answer import (
    arriving,
    at_once,
    filling,
    kiosk,
    naming,
    sending,
    withdrawing,
)
from participation.questionnaires.views.answer.blanks import BLANKS, BlankPages
from participation.questionnaires.views.answer.help_lines import HelpLines
from participation.questionnaires.views.answer.parts import CEILINGS, HELP, Ceilings, answering

__all__ = [
    "BLANKS",
    "CEILINGS",
    "HELP",
    "BlankPages",
    "Ceilings",
    "HelpLines",
    "answering",
    "arriving",
    "at_once",
    "filling",
    "kiosk",
    "naming",
    "sending",
    "withdrawing",
]
