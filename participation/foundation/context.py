"""What every template knows: site, languages, navigation, links, formatters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, get_flashed_messages, request, url_for
from sqlalchemy.exc import OperationalError

from participation.foundation import charts, i18n
from participation.foundation.clock import local_now
from participation.foundation.feature import Features, NavItem
from participation.foundation.html import clean_html, paragraphs
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.look import init_look
from participation.foundation.permissions import STRONG_ROLES
from participation.foundation.web import (
    LANGUAGE_COOKIE,
    Contact,
    actor,
    db,
    extension,
    is_cookieless,
    may_open,
)

PRODUCT_NAME = "Medskapa"
LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600

# The order in which a voice travels (look/README.md, "Left navigation").
SECTIONS: tuple[tuple[str, Any], ...] = (
    ("start", ""),
    ("voices", _l("Voices")),
    ("findings", _l("Findings")),
    ("answers", _l("Answers")),
    ("care", _l("Care of the system")),
)

# Addresses the frames link to. A feature that is not there yet leaves its link out.
LINKS = {
    "home": "follow_up.public_start",
    "account": "accounts.start",
    "sign_in": "accounts.sign_in",
    "sign_out": "accounts.sign_out",
    "search": "search.results",
    "help": "pages.help_page",
    "about": "pages.about",
    "join": "interest_bank.welcome",
    "call_me": "interest_bank.call_me",
    "membership": "interest_bank.membership",
    "said": "follow_up.you_said_we_did",
    "joining": "pages.joining",
    "privacy": "pages.privacy",
    "accessibility": "pages.accessibility",
    "open_data": "open_data.about",
    "news": "newsletter.news",
    "news_feed": "newsletter.feed",
    "newsletter": "newsletter.archive",
    "newsletter_by_mail": "newsletter.subscribe",
    "findings": "results.published_list",
    "followed": "follow_up.followed",
}
PUBLIC_MENU = (
    (_l("Take part"), "interest_bank.welcome"),
    (_l("You said – we did"), "follow_up.you_said_we_did"),
    (_l("How is it going?"), "follow_up.followed"),
    (_l("Groups"), "county.groups"),
)


@dataclass(frozen=True)
class Site:
    """The installation as pages name it."""

    name: str
    county_name: str
    phone: str
    hours: str
    is_demo: bool
    is_development: bool


def choose_locale() -> None:
    """?lang= wins and is remembered, then the cookie, then Swedish. Answer routes set no cookie."""
    asked = request.args.get("lang", "")
    is_mute = is_cookieless(request.endpoint)
    remembered = "" if is_mute else request.cookies.get(_language_cookie(), "")
    i18n.set_locale(asked if asked in i18n.LOCALES else remembered or i18n.DEFAULT_LOCALE)


def _language_cookie() -> str:
    return f"{extension().config.cookie_prefix}{LANGUAGE_COOKIE}"


def remember_locale(response: Any) -> Any:
    asked = request.args.get("lang", "")
    if asked in i18n.LOCALES and not is_cookieless(request.endpoint):
        response.set_cookie(
            _language_cookie(),
            asked,
            max_age=LANGUAGE_COOKIE_SECONDS,
            secure=extension().config.is_https,
            httponly=True,
            samesite="Lax",
        )
    return response


def _links() -> Mapping[str, str]:
    """The addresses of `LINKS`: worked out once for the path that the site lies under."""
    known = extension().fixed_links
    if request.script_root not in known:
        known[request.script_root] = {name: _link(endpoint) for name, endpoint in LINKS.items()}
    return known[request.script_root]


def _link(endpoint: str) -> str:
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def _in_language(address: str) -> str:
    """Pages that set no cookie tell the next page their language in its address."""
    if not address or not is_cookieless(request.endpoint) or _speaks_default():
        return address
    return f"{address}?lang={i18n.current_locale()}"


def _speaks_default() -> bool:
    return i18n.current_locale() == i18n.DEFAULT_LOCALE


def _navigation(features: Features, waiting: Mapping[str, int]) -> list[dict[str, Any]]:
    items: tuple[NavItem, ...] = features.collect("navigation")
    opens = (i for i in items if actor().can(i.permission) and may_open(i.endpoint))
    shown = sorted(opens, key=lambda i: i.order)
    here = _room_here(shown)
    return [
        {
            "label": label,
            "items": [
                {
                    "label": _(item.label),
                    "url": url_for(item.endpoint),
                    "current": item is here,
                    "waiting": waiting.get(item.room, 0),
                }
                for item in shown
                if item.section == section
            ],
        }
        for section, label in SECTIONS
    ]


def _room_here(shown: Sequence[NavItem]) -> NavItem | None:
    """The one room the page lies in. A feature with several rooms is told by the address."""
    own = [item for item in shown if item.endpoint.split(".")[0] == request.blueprint]
    if not own or own[0].section == "start":
        return next((item for item in own if item.endpoint == request.endpoint), None)
    if len(own) == 1:
        return own[0]
    above = [item for item in shown if f"{request.path}/".startswith(f"{url_for(item.endpoint)}/")]
    return max(above, key=lambda item: len(url_for(item.endpoint)), default=own[0])


def _site() -> Site:
    config = extension().config
    contact = _contact()
    return Site(
        name=PRODUCT_NAME,
        county_name=contact.county_name,
        phone=contact.phone,
        hours=contact.hours,
        is_demo=config.is_demo,
        is_development=config.is_development,
    )


def _contact() -> Contact:
    """Whom residents call; empty while the database is away (the 503 page must still show)."""
    try:
        return extension().contact(db)
    except OperationalError:
        return Contact()


def _is_staff() -> bool:
    return any(grant.role in STRONG_ROLES for grant in actor().usable_grants())


def _context() -> dict[str, Any]:
    person = actor() if not is_cookieless(request.endpoint) else None
    links = {name: _in_language(address) for name, address in _links().items()}
    if person is None or not person.is_signed_in:
        links["sign_out"] = ""
    return {
        "site": _site(),
        "links": links,
        "public_nav": [
            {
                "label": label,
                "url": _in_language(_link(endpoint)),
                "current": request.endpoint == endpoint,
            }
            for label, endpoint in PUBLIC_MENU
            if endpoint in current_app.view_functions
        ],
        "nav": _navigation(extension().features, g.get("waiting", {}))
        if person is not None and person.is_signed_in
        else [],
        "current_actor": person if person is not None and person.is_signed_in else None,
        "is_staff": person is not None and _is_staff(),
    }


def _no_flashed_messages_on_answer_routes(**values: Any) -> Any:
    return [] if is_cookieless(request.endpoint) else get_flashed_messages(**values)


def init_context(app: Flask) -> None:
    """Languages, formatters and the common context."""
    init_look(app)
    environment = app.jinja_env
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.globals.update(
        local_now=local_now,
        get_flashed_messages=_no_flashed_messages_on_answer_routes,
        chart_shades=charts.shades,
        chart_parts=charts.bar_parts,
        chart_trend=charts.trend_of,
        chart_scale=charts.scale_of,
        chart_dots=charts.dots,
        chart_stretches=charts.stretches,
        chart_small=charts.small_trend,
    )
    environment.filters.update(
        day=i18n.format_day,
        month=i18n.format_month,
        partial_day=i18n.format_partial_day,
        weekday=i18n.format_weekday,
        moment=i18n.format_moment,
        clock=i18n.format_clock,
        number=i18n.format_number,
        share=i18n.format_share,
        and_list=i18n.format_and,
        mid_sentence=i18n.mid_sentence,
        phone_number=i18n.format_phone,
        paragraphs=paragraphs,
        clean_html=clean_html,
    )
    app.before_request(choose_locale)
    app.after_request(remember_locale)
    app.context_processor(_context)
