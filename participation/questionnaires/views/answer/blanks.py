"""Blank pages: what nobody has answered yet looks alike to everybody, so it is drawn once.

So does the receipt's page. Kept with blanks where one person's code, form value and receipt stand,
and filled in for each.
What a page shows must stand in its `Sheet`, and no answer, text or error ever does. Addresses that
our own pages do not write get no sheet: nobody can push others' pages out by thinking up addresses.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from threading import Lock
from typing import cast

from flask import current_app, request

from participation.foundation.i18n import LOCALES
from participation.foundation.web import Contact, db, extension
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.rules.codes import in_groups
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.views.answer.help_lines import HelpLine
from participation.questionnaires.views.answer.parts import CARRIED, help_lines, speech_of

BLANKS = "answering_blanks"
PAGES_KEPT = 1024  # 4 to 40 kB each


@dataclass(frozen=True)
class Own:
    """What stands in a page for one person only. No value holds another sign than A-Z, 0-9."""

    code: str
    csrf: str
    receipt: str
    shown_receipt: str  # in groups

    @classmethod
    def of(cls, code: str, receipt: str) -> "Own":
        """Of whoever holds `code`, in its one spelling."""
        return cls(code, form_value(code), receipt, in_groups(receipt))


NOBODY = Own(*(secrets.token_hex(16) for _blank in range(4)))  # occurs in no other text


@dataclass(frozen=True)
class Sheet:
    """Everything that a blank page depends on."""

    page: str
    round: tuple[
        str, tuple[tuple[str, str], ...], datetime
    ]  # which, when its results come, when it closes
    digest: str  # of the version
    screens: tuple[str, ...]  # those that concern the person, by key
    shown: str
    locale: str
    order: int  # in which its alternatives stand, when they are shuffled
    address: tuple[str | None, ...]  # what the address carries along, as it stands there
    contact: Contact
    help_lines: tuple[HelpLine, ...]


def sheet(
    page: str,
    survey_round: SurveyRound,
    questions: Iterable[Question] = (),
    screens: tuple[str, ...] = (),
    shown: str = "",
) -> Sheet | None:
    """The sheet that this request asks for; where all `questions` stand, screens need not.

    None where the page is drawn for this one person: on a shared tablet, at an odd address.
    """
    content = content_of_round(db(), survey_round)
    if not _is_usual(content):
        return None
    say = speech_of(content)
    return Sheet(
        page,
        (survey_round.public_id, _results_words(survey_round), survey_round.closes_at),
        survey_round.version.digest,
        screens,
        shown,
        say.locale,
        say.order if any(question.shuffled for question in questions) else 0,
        tuple(request.args.get(name) for name in CARRIED),
        extension().contact(db),
        help_lines(survey_round),
    )


def _is_usual(content: Content) -> bool:
    usual = {"lang": {*LOCALES, *content.other_languages}, "easy": {"1"}, "change": {"1"}}
    return all(
        request.args[name] in usual.get(name, ()) for name in CARRIED if name in request.args
    )


def _results_words(survey_round: SurveyRound) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(survey_round.results_words.by_language.items()))


class BlankPages:
    """The blank pages of one process: those that were asked for last."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[Sheet, str] = OrderedDict()
        self._lock = Lock()

    def page(self, asked: Sheet | None, own: Own, draw: Callable[[Own], str]) -> str:
        """The page filled in for one person; `draw` makes it where it is not known yet."""
        if asked is None:
            return draw(own)
        with self._lock:
            drawn = self._drawn.get(asked)
            if drawn is not None:
                self._drawn.move_to_end(asked)
        if drawn is None:
            drawn = draw(NOBODY)
            self._keep(asked, drawn)
        for blank, value in zip(astuple(NOBODY), astuple(own), strict=True):
            drawn = drawn.replace(blank, value)
        return drawn

    def _keep(self, asked: Sheet, drawn: str) -> None:
        with self._lock:
            if len(self._drawn) >= PAGES_KEPT:
                self._drawn.popitem(last=False)
            self._drawn[asked] = drawn


def blank_pages() -> BlankPages:
    return cast(BlankPages, current_app.extensions[BLANKS])
