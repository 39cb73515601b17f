"""What was answered, for the news."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from participation.follow_up.queries.feedback import answered_between
from participation.foundation.clock import day_start, to_local
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.providers import Address, NewsItem


class AnswersInNews:
    """Matters of "you said – we did" that were answered."""

    kinds: Mapping[str, str] = {"answer": to_translate("An answer")}

    def news(self, session: Session, since: datetime, until: datetime) -> Iterable[NewsItem]:
        for case in answered_between(session, to_local(since).date(), to_local(until).date()):
            answered_on = case.commitment.answered_on
            assert answered_on is not None
            if not since <= day_start(answered_on) < until:
                continue
            yield NewsItem(
                kind="answer",
                key=f"answer:{case.feedback.public_id}",
                title=case.feedback.title,
                text=_(
                    "%(who)s: %(answer)s",
                    who=case.owed_by,
                    answer=case.commitment.action_text or case.commitment.answer_text or "",
                ),
                published_at=day_start(answered_on),
                address=Address(
                    endpoint="follow_up.matter", values={"public_id": case.feedback.public_id}
                ),
                area_id=case.feedback.area_id,
                is_fictional=case.feedback.is_fictional,
            )
