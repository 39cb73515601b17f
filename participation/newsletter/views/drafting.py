"""The first draft of an issue: what was published, what is late and what is coming."""

from collections.abc import Iterator
from datetime import datetime

from participation.follow_up.queries.feedback import public_cases
from participation.foundation.clock import now, today
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.look import address_url
from participation.foundation.web import db, extension
from participation.newsletter.queries.news import news_between
from participation.newsletter.rules.drafting import DraftItem
from participation.newsletter.rules.issues import SECTION_OF
from participation.newsletter.views.news import news_sources

MOST_LATE = 5


def proposed(since: datetime) -> list[DraftItem]:
    """Everything an issue may tell, in Swedish as the newsletter is."""
    with use_locale(DEFAULT_LOCALE):
        return [*_published(since), *_late(), *_coming()]


def _published(since: datetime) -> Iterator[DraftItem]:
    for item in news_between(db(), news_sources(), since, now()):
        yield DraftItem(
            section=SECTION_OF.get(item.kind, "decided"),
            key=item.key,
            title=item.title,
            text=item.text,
            path=address_url(item.address),
        )


def _late() -> Iterator[DraftItem]:
    for case in public_cases(db(), today(), only_late=True, per_page=MOST_LATE).items:
        yield DraftItem(
            section="late",
            key=f"late:{case.feedback.public_id}",
            title=case.feedback.title,
            text=_("%(who)s owes the answer.", who=case.owed_by),
            path=f"/you-said-we-did/{case.feedback.public_id}",
        )


def _coming() -> Iterator[DraftItem]:
    sources = extension().features.collect("public_notices")
    notices = [notice for source in sources for notice in source.notices(db())]
    for number, notice in enumerate(sorted(notices, key=lambda one: one.sort_on)):
        yield DraftItem(
            section="coming",
            key=f"coming:{number}",
            title=notice.title,
            text=f"{notice.when} {notice.when_detail}. {notice.text}".strip(),
            path=address_url(notice.address),
        )
