"""What the mails of a round say: the usual words or the coordinators' own, looked at and tried."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import current_locale, use_locale
from participation.foundation.mail_templates import RenderedMail, absolute_url, render_mail
from participation.foundation.outbox import personal, queue_mail
from participation.foundation.outbox.merging import merged
from participation.foundation.outbox.rules import HIDDEN
from participation.foundation.permissions import Actor
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.mailing import has_mailed
from participation.questionnaires.queries.trees import content_of_round
from participation.questionnaires.rules.mixing import ABOUT, LINK_MAIL
from participation.questionnaires.rules.rounds import Mode, has_names, promise
from participation.questionnaires.rules.words import address_query


def set_mail_words(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    words: Mapping[str, Mapping[str, str]],
) -> None:
    """Own "subject" and "text" by language; what is empty is left to the usual words.

    Raises:
        Conflict: links have left; reminders continue their thread, under the same subject.
    """
    if has_mailed(session, survey_round.id):
        raise Conflict
    kept = {
        locale: {part: text for part, text in parts.items() if text}
        for locale, parts in words.items()
    }
    survey_round.mail_words = {locale: parts for locale, parts in kept.items() if parts}
    session.flush()
    log_event(session, actor, "round_mail_words_set", ABOUT, survey_round.public_id)


def words_of_mail(session: Session, survey_round: SurveyRound) -> Mapping[str, Any]:
    """What the templates of a round's mails ask for, in the language in force."""
    content = content_of_round(session, survey_round)
    own = survey_round.mail_words.get(current_locale(), {})
    return {
        "own_subject": own.get("subject", ""),
        "own_text": own.get("text", ""),
        "link": absolute_url(f"/a/{personal('code')}") + address_query(current_locale()),
        "is_test": False,
        "minutes": content.minutes or 0,
        "closes_on": survey_round.last_moment,
        "promises": promise(Mode(survey_round.mode)),
        "is_to_everybody": not has_names(survey_round.mode),
        "locale": current_locale(),
    }


def preview_mail(session: Session, survey_round: SurveyRound, locale: str) -> RenderedMail:
    """The mail with the link as its readers get it, but for the code in the link."""
    with use_locale(locale):
        shown = render_mail(LINK_MAIL, locale, words_of_mail(session, survey_round))
    hidden = {"code": HIDDEN}
    return RenderedMail(shown.subject, merged(shown.text, hidden), merged(shown.html, hidden))


def send_test_mail(
    session: Session, survey_round: SurveyRound, address: str, locale: str, path: str
) -> None:
    """The mail to whoever tries it; its link leads to `path`, where nothing is stored."""
    with use_locale(locale):
        words = words_of_mail(session, survey_round)
    queue_mail(
        session,
        to=address,
        template=LINK_MAIL,
        locale=locale,
        context={**words, "link": absolute_url(path), "is_test": True},
    )
