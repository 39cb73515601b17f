"""What a person sees of what their voice led to, and what is kept about it."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from participation.follow_up.queries.voices import answers_to_voice, told_to
from participation.follow_up.rules.telling import Told, kind_of
from participation.follow_up.services.telling import forget_told
from participation.foundation.i18n import current_locale, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.providers import Address, DataSection, TrailStep

TOLD_WORDS = {
    Told.ANSWERED: _l("You were told of the answer"),
    Told.DONE: _l("You were told that it is done"),
    Told.DECLINED: _l("You were told that it will not be done"),
    Told.MEASURED: _l("You were told that it has been asked again"),
}


class AnswersToVoice:
    """Answers to findings that rest on what the person took part in, also while they rest."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        for commitment, matter in answers_to_voice(session, account_id):
            assert commitment.answered_on is not None
            yield TrailStep(
                at=datetime.combine(commitment.answered_on, time(10), UTC),
                title=_(
                    "%(who)s answered what you and others said",
                    who=commitment.owed_by_name(current_locale()),
                ),
                text=" ".join(
                    words for words in (commitment.answer_text, commitment.action_text) if words
                ),
                is_answer=True,
                address=Address(
                    endpoint="follow_up.matter", values={"public_id": matter.public_id}
                ),
            )


class ToldData:
    """That a person was told what came of something, which says that they took part in it."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        told = told_to(session, account_id)
        if not told:
            return
        yield DataSection(
            title=_("What you were told came of it"),
            rows=tuple(
                (format_day(one.told_on), f"{TOLD_WORDS[kind_of(one.event)]}: {title}")
                for one, title in told
            ),
            raw={
                "told": [
                    {"on": one.told_on.isoformat(), "event": one.event, "matter": title}
                    for one, title in told
                ]
            },
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_told(session, account_id)
        return ()
