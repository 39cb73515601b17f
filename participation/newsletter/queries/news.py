"""What was published, gathered from every feature, anew each time: what is withdrawn is gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.providers import NewsItem, PublishedNews

LOOKED_BACK = timedelta(days=3 * 365)


def news_between(
    session: Session, sources: Iterable[PublishedNews], since: datetime, until: datetime
) -> list[NewsItem]:
    """Everything published from `since` up to `until`, the newest first."""
    found = [item for source in sources for item in source.news(session, since, until)]
    return sorted(found, key=lambda item: (item.published_at, item.key), reverse=True)


def newest_news(
    session: Session, sources: Iterable[PublishedNews], area_id: int | None = None
) -> Sequence[NewsItem]:
    """Everything of the last years, of one area or of all."""
    upto = now()
    found = news_between(session, sources, upto - LOOKED_BACK, upto)
    return [item for item in found if area_id is None or item.area_id == area_id]


def kind_words(sources: Iterable[PublishedNews]) -> dict[str, str]:
    """What each kind of item is called, untranslated."""
    return {kind: words for source in sources for kind, words in source.kinds.items()}
