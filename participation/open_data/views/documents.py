"""The API's own documents: what there is, OpenAPI, and the catalogue for data portals."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from participation.county.queries import contact
from participation.foundation.context import PRODUCT_NAME
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import use_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import cookieless, db, extension, requires, same_for_all
from participation.open_data.rules.catalogue import Catalogue, Entry, as_rdf
from participation.open_data.rules.declared import RESOURCES
from participation.open_data.rules.licences import licence_name
from participation.open_data.rules.openapi import document
from participation.open_data.views.answers import json_answer, site, source
from participation.open_data.views.blueprint import api, open_data

LANGUAGES = ("sv", "en")
TITLE = _l("Open data of %(county)s")
TEXT = _l(
    "What residents say of health care, social care and school, what the organisations have "
    "answered, and how it goes."
)


@api.get("/")
@requires(Permission.PUBLIC)
@same_for_all
@cookieless
def start() -> Response:
    """Which datasets there are, and where."""
    base = f"{site()}/api/v1"
    with use_locale("sv"):
        return json_answer(
            {
                "source": source(),
                "licence": extension().config.data_licence,
                "about": f"{site()}/open-data",
                "openapi": f"{base}/openapi.json",
                "catalogue": f"{site()}/data/dcat.rdf",
                "datasets": [
                    {
                        "id": one.key,
                        "title": str(one.title),
                        "description": str(one.text),
                        "json": f"{base}/{one.key}",
                        "csv": f"{base}/{one.key}.csv",
                    }
                    for one in RESOURCES
                ],
            }
        )


@api.get("/openapi.json")
@requires(Permission.PUBLIC)
@same_for_all
@cookieless
def openapi() -> Response:
    """The API in OpenAPI 3.1, in English."""
    licence = extension().config.data_licence
    with use_locale("en"):
        return json_answer(
            document(
                RESOURCES,
                title=f"{PRODUCT_NAME}: {source()}",
                server=site(),
                source=source(),
                licence=licence,
                name=licence_name(licence),
            )
        )


@open_data.get("/data/dcat.rdf")
@requires(Permission.PUBLIC)
@same_for_all
@cookieless
def catalogue() -> Response:
    """The datasets for data portals, as DCAT-AP-SE."""
    reached = contact(db())
    told = Catalogue(
        site=site(),
        title=_in_languages(TITLE, county=source()),
        text=_in_languages(TEXT),
        publisher=source(),
        licence=extension().config.data_licence,
        email=(reached.email if reached else None) or "",
        entries=[
            Entry(one.key, _in_languages(one.title), _in_languages(one.text)) for one in RESOURCES
        ],
    )
    return Response(as_rdf(told), mimetype="application/rdf+xml")


def _in_languages(words: Any, **values: str) -> Mapping[str, str]:
    """The same words in each of the catalogue's languages."""
    said = {}
    for language in LANGUAGES:
        with use_locale(language):
            said[language] = str(words) % values if values else str(words)
    return said
