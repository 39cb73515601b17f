"""What a poster says, in each language the questionnaire speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from participation.foundation.i18n import (
    DEFAULT_LOCALE,
    format_day,
    format_or,
    mid_sentence,
    ngettext,
    text_direction,
    use_locale,
)
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.rounds import ROLE_LABELS, Mode, RespondentRole, promise

_SENTENCE = re.compile(r".+?[.!?؟](?=\s|$)", re.DOTALL)


@dataclass(frozen=True)
class PosterWords:
    """One language of a poster."""

    code: str
    dir: str
    title: str
    about: str
    how: str
    facts: tuple[str, ...]
    promise: str
    help: str
    picture_text: str


def first_sentence(text: str) -> str:
    """What something is about, in one sentence.

    >>> first_sentence("Vi frågar varje år. Det tar fem minuter.")
    'Vi frågar varje år.'
    """
    found = _SENTENCE.match(text.strip())
    return found.group() if found else text.strip()


@dataclass(frozen=True)
class PosterFacts:
    """What the words are made from."""

    content: Content
    audience: Sequence[str]
    mode: Mode
    last_moment: datetime
    phone: str


def poster_words(facts: PosterFacts) -> tuple[PosterWords, ...]:
    """Swedish first, then the other languages in which every question can be read."""
    others = [code for code in facts.content.languages if code != DEFAULT_LOCALE]
    return tuple(_in_one_language(code, facts) for code in (DEFAULT_LOCALE, *others))


def _in_one_language(code: str, facts: PosterFacts) -> PosterWords:
    content = facts.content
    # Never turned around, nor broken over lines.
    phone = f"\u2066{facts.phone}\u2069".replace(" ", "\u00a0") if facts.phone else ""
    with use_locale(code):
        return PosterWords(
            code=code,
            dir=text_direction(code),
            title=content.title.said(code),
            about=first_sentence(content.intro.said(code)),
            how=_("Scan the code with the camera of your phone, or write the address:"),
            facts=_facts(content, facts.audience, facts.last_moment),
            promise=promise(facts.mode)[0],
            help=_("Would you like help to answer? Call %(phone)s.", phone=phone) if phone else "",
            picture_text=_("QR code that leads to the questionnaire"),
        )


def _facts(content: Content, audience: Sequence[str], last_moment: datetime) -> tuple[str, ...]:
    who = format_or([ROLE_LABELS[RespondentRole(role)] for role in audience])
    facts = [_("For you who are: %(who)s.", who=mid_sentence(who))] if audience else []
    facts.append(_("You can answer until %(day)s.", day=format_day(last_moment)))
    if content.minutes:
        facts.append(ngettext("About %(num)s minute.", "About %(num)s minutes.", content.minutes))
    return tuple(facts)
