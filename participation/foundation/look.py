"""What every template may count on: words, and addresses of files, pages and languages.

The person's own context (site, links, navigation) is `foundation/context.py`'s; the macros are
described in participation/templates/README.md.
"""

import hashlib
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request, url_for

from participation.foundation import i18n
from participation.foundation.paths import PACKAGE
from participation.foundation.providers import Address
from participation.foundation.tongues import init_tongues

STATIC_FILES = PACKAGE / "static" / "built"
STATIC_PREFIX = "/static/"


@cache
def static_url(name: str) -> str:
    """Address of a built file with a hash of its content, so that browsers may keep it for ever.

    `static_url("resident.css")` → "/static/resident.css?v=1f0c9a5b2d". Read once per process.
    """
    digest = hashlib.sha256((STATIC_FILES / name).read_bytes()).hexdigest()
    return f"{STATIC_PREFIX}{name}?v={digest[:10]}"


def address_url(address: Address) -> str:
    """The link a provider named by endpoint and values."""
    return url_for(address.endpoint, **address.values)


def page_url(number: int) -> str:
    """This list at another page; filters stay."""
    return _same_page("page", str(number))


def _same_page(name: str, value: str) -> str:
    """This address with one query value changed; the others stay, however odd they are."""
    query = request.args.copy()
    query[name] = value
    return f"{request.path}?{urlencode(list(query.items(multi=True)))}"


def _language_links() -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": name,
            "url": _same_page("lang", code),
            "current": code == i18n.current_locale(),
        }
        for code, name in i18n.LOCALES.items()
    ]


def _look_context() -> dict[str, Any]:
    code = i18n.current_locale()
    return {
        "locale": {"code": code, "dir": i18n.text_direction(code)},
        "lang_links": _language_links(),
    }


def init_look(app: Flask) -> None:
    """Give the templates gettext (values escaped, Markup let through) and their addresses."""
    environment: Any = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(
        i18n.raw_gettext, i18n.raw_ngettext, newstyle=True, pgettext=i18n.raw_pgettext
    )
    init_tongues(environment)
    environment.globals.update(static_url=static_url, page_url=page_url, address_url=address_url)
    app.context_processor(_look_context)
