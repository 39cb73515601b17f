"""Everything that was published, as a page and as a feed."""

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlsplit

from flask import Response, request

from participation.county.models import Area
from participation.county.queries import areas
from participation.disclosure.outlets import outlet
from participation.foundation.clock import now, to_local
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale, format_month, to_translate
from participation.foundation.i18n import gettext as _
from participation.foundation.look import address_url
from participation.foundation.mail_templates import SITE_NAME, absolute_url, public_url
from participation.foundation.paging import page_number, page_of
from participation.foundation.permissions import Permission
from participation.foundation.providers import NewsItem, PublishedNews
from participation.foundation.web import db, extension, render, requires
from participation.newsletter.queries.news import kind_words, newest_news
from participation.newsletter.rules.feed import Entry, Feed, atom
from participation.newsletter.views.blueprint import blueprint

PER_PAGE = 20
SINCE = 2026  # the year of the tag URIs: it never changes
FEED_TITLE = to_translate("News from %(site)s")


def news_sources() -> tuple[PublishedNews, ...]:
    """Every feature that publishes something."""
    return extension().features.collect("published_news")


@blueprint.get("/news")
@requires(Permission.PUBLIC)
@outlet("publication")
def news() -> str:
    """What was published, the newest first, month by month; of one area where one is asked for."""
    area, everything = _area(), _found(None)
    found = [item for item in everything if area is None or item.area_id == area.id]
    page = page_of(found, page_number(request.args.get("page")), PER_PAGE)
    told = {item.area_id for item in everything}
    return render(
        "newsletter/news.html",
        page=page,
        area=area,
        areas=[one for one in areas(db()) if one.id in told],
        kinds={kind: _(words) for kind, words in kind_words(news_sources()).items()},
        months=_by_month(page.items),
        locale_code=current_locale(),
    )


@blueprint.get("/news.atom")
@requires(Permission.PUBLIC)
@outlet("publication")
def feed() -> Response:
    """The same as an Atom feed; one for each area as well."""
    area = _area()
    query = f"?area={area.key}" if area else ""
    kinds = {kind: _(words) for kind, words in kind_words(news_sources()).items()}
    entries = [_entry(item, kinds) for item in _found(area)]
    made = Feed(
        authority=f"{urlsplit(public_url()).hostname},{SINCE}",
        key=f"news:{area.key}" if area else "news",
        title=_(FEED_TITLE, site=SITE_NAME) + (f" · {area.name}" if area else ""),
        own_url=absolute_url(f"/news.atom{query}"),
        page_url=absolute_url(f"/news{query}"),
        author=SITE_NAME,
        language=current_locale(),
        entries=entries,
    )
    return Response(atom(made, now()), mimetype="application/atom+xml")


def _found(area: Area | None) -> Sequence[NewsItem]:
    return newest_news(db(), news_sources(), area.id if area else None)


def _entry(item: NewsItem, kinds: dict[str, str]) -> Entry:
    return Entry(
        key=item.key,
        title=item.title,
        text=item.text,
        kind=kinds[item.kind],
        url=absolute_url(address_url(item.address)),
        updated=item.published_at,
    )


def _area() -> Area | None:
    """The area asked for; None for all. Raises NotFound for one there is not."""
    key = request.args.get("area", "")
    if not key:
        return None
    for area in areas(db()):
        if area.key == key:
            return area
    raise NotFound


def _by_month(items: Sequence[NewsItem]) -> list[tuple[str, list[NewsItem]]]:
    """Items under the month they were published in, in their order."""
    months = groupby(items, key=lambda item: format_month(to_local(item.published_at).date()))
    return [(month, list(found)) for month, found in months]
