"""Handing a round out beside the mail: links and posters per unit."""

from collections.abc import Sequence
from typing import Any

from flask import flash, request

from participation.county.models import Unit
from participation.county.queries import contact, units
from participation.foundation.errors import NotFound
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, pdf_bytes, qr_picture
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.giving_out import tablet_form, units_form
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.links import open_links
from participation.questionnaires.rules.posters import PosterFacts, PosterWords, poster_words
from participation.questionnaires.rules.rounds import LinkKind, Mode
from participation.questionnaires.rules.words import address_query
from participation.questionnaires.services.links import make_open_links
from participation.questionnaires.views.manage.parts import questionnaires

SIZES = ("a4", "a5")


@questionnaires.get("/rounds/<public_id>/give-out")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def give_out(public_id: str) -> str:
    found = queries.survey_round(db(), actor(), public_id)
    return _give_out_page(found)


@questionnaires.post("/rounds/<public_id>/give-out")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def make_unit_links(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    chosen = set(request.form.getlist("units"))
    everyone = request.form.get("act") == "all"
    ids = [one.id for one in units(db()) if everyone or one.public_id in chosen]
    if not ids:
        flash(_("Choose at least one unit."), "error")
    else:
        made = make_open_links(db(), actor(), found, ids)
        flash(ngettext("%(num)s link is made.", "%(num)s links are made.", len(made)))
    return see_other("questionnaires.give_out", public_id=public_id)


@questionnaires.post("/rounds/<public_id>/tablet")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def make_tablet(public_id: str) -> Any:
    """A code for a shared tablet, at a unit or without one."""
    found = queries.survey_round(db(), actor(), public_id)
    by_id = {one.public_id: one.id for one in units(db())}
    chosen = by_id.get(request.form.get("unit", ""))
    make_open_links(db(), actor(), found, [chosen], LinkKind.KIOSK)
    flash(_("The tablet has a code now."))
    return see_other("questionnaires.give_out", public_id=public_id)


def _give_out_page(found: SurveyRound) -> str:
    links = open_links(db(), found)
    linked = {link.unit_id for link, _unit in links}
    return render(
        "questionnaires/manage/give_out.html",
        round=found,
        questionnaire=found.version.questionnaire,
        is_over=found.response_count is not None,
        unit_links=[
            {"unit": unit, "address": absolute_url(f"/q/{link.code}")}
            for link, unit in links
            if unit is not None
        ],
        form=units_form([(one.public_id, one.name) for one in units(db()) if one.id not in linked]),
        tablets=[
            {"unit": unit.name if unit is not None else _("No unit"), "code": link.code.upper()}
            for link, unit in open_links(db(), found, LinkKind.KIOSK)
        ],
        tablet_form=tablet_form([(one.public_id, one.name) for one in units(db())]),
        tablet_address=_short(absolute_url("/kiosk")),
        address=_short(absolute_url(f"/q/{found.slug or found.public_id}")),
        has_pdf=can_make_pdf(),
    )


def _short(address: str) -> str:
    """An address as people type it, without what the browser adds."""
    return address.partition("://")[2]


@questionnaires.get("/rounds/<public_id>/posters")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def posters(public_id: str) -> Any:
    """One poster a unit: `unit` names one, "all" gives every linked unit, nothing the round's."""
    found = queries.survey_round(db(), actor(), public_id)
    return _posters_page(found, as_pdf=False)


@questionnaires.get("/rounds/<public_id>/posters.pdf")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def posters_pdf(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    if not can_make_pdf():
        return see_other("questionnaires.posters", public_id=public_id, **request.args)
    return attachment(pdf_bytes(_posters_page(found, as_pdf=True)), _("Posters") + ".pdf", PDF)


def _posters_page(found: SurveyRound, *, as_pdf: bool) -> str:
    size = request.args.get("size", "a4")
    wanted = request.args.get("unit", "")
    words = poster_words(_facts(found))
    return render(
        "questionnaires/paper/posters.html",
        title=_("Posters: %(name)s", name=found.version.questionnaire.title),
        posters=_posters(found, wanted, words),
        words=words,
        sheet_size=size if size in SIZES else "a4",
        as_pdf=as_pdf,
        **_bar(found, wanted, size),
    )


def _facts(found: SurveyRound) -> PosterFacts:
    own = contact(db())
    return PosterFacts(
        queries.content_of_round(db(), found),
        found.audience,
        Mode(found.mode),
        found.last_moment,
        (own.phone if own else None) or "",
    )


def _bar(found: SurveyRound, wanted: str, size: str) -> dict[str, Any]:
    """The links above the sheets: as PDF, the other size, back."""
    from_here: dict[str, Any] = {"public_id": found.public_id, "unit": wanted or None}
    other = "a4" if size == "a5" else "a5"
    return {
        "pdf_address": {**from_here, "size": size} if can_make_pdf() else None,
        "other_size": other,
        "here": from_here,
    }


def _posters(found: SurveyRound, wanted: str, words: Sequence[PosterWords]) -> list[dict[str, Any]]:
    """What differs between the posters: the unit, its address, its code."""
    if not wanted and found.has_open_link:
        return [_poster(f"/q/{found.slug or found.public_id}", None, words)]
    linked: Sequence[tuple[Any, Unit | None]] = open_links(db(), found)
    chosen = [
        _poster(f"/q/{link.code}", unit, words)
        for link, unit in linked
        if unit is not None and wanted in {"all", unit.public_id}
    ]
    if not chosen:
        raise NotFound
    return chosen


def _poster(path: str, unit: Unit | None, words: Sequence[PosterWords]) -> dict[str, Any]:
    """Each language has an address and a code of its own, which open the page in it."""
    addresses = [absolute_url(path) + address_query(one.code) for one in words]
    return {
        "unit": unit.name if unit is not None else "",
        "ways": [
            {"address": _short(address), "picture": qr_picture(address)} for address in addresses
        ],
    }
