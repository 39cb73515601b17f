"""Around the coordinator's list: what its address says, saved searches, and the list as a file."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, request, url_for
from werkzeug.datastructures import MultiDict

from participation.county.queries import areas, municipalities
from participation.foundation.clock import today
from participation.foundation.crypto import open_words, seal_words
from participation.foundation.files.web import attachment
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.tabular import XLSX
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.interest_bank.forms import ANY, MemberFilter
from participation.interest_bank.forms.rooms.searching import ExportForm, SaveSearchForm
from participation.interest_bank.models import SavedSearch
from participation.interest_bank.queries import Filters
from participation.interest_bank.queries.exports import members_found
from participation.interest_bank.queries.saved_searches import own_saved_search, saved_searches
from participation.interest_bank.rules.exporting import ExportFormat
from participation.interest_bank.services.exporting import export_members
from participation.interest_bank.services.saved_searches import (
    forget_search,
    save_search,
    share_search,
)
from participation.interest_bank.views.blueprint import interest_bank

SEARCH = "interest bank"
MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv",
    ExportFormat.XLSX: XLSX,
}


def filter_form(given: Mapping[str, str] | None = None) -> MemberFilter:
    """The filters as the address (or `given`) has them, with the county's choices.

    What was searched for is often a name, so an address holds it sealed (`find`), never as `q`.
    """
    values = MultiDict(request.args if given is None else given)
    if "find" in values:
        values["q"] = open_words(SEARCH, values["find"])
    form = MemberFilter(values)
    locale = current_locale()
    named = sorted((m.name_in(locale), m.code) for m in municipalities(db()))
    form.municipality.choices = [*ANY, *((code, name) for name, code in named)]
    form.area.choices = [*ANY, *((str(a.id), a.name_in(locale)) for a in areas(db()))]
    form.validate()
    return form


def address_of(chosen: Mapping[str, str]) -> dict[str, str]:
    """Filters as an address may show them: the words searched for are sealed."""
    address = {name: value for name, value in chosen.items() if name != "q"}
    if chosen.get("q"):
        address["find"] = seal_words(SEARCH, chosen["q"])
    return address


def url_of(saved: SavedSearch) -> str:
    """Where a saved search leads."""
    values: dict[str, Any] = {**address_of(dict(parse_qsl(saved.query)))}
    return url_for("interest_bank.members", **values)


@interest_bank.post("/interest-bank/members")
@requires(Permission.READ_BANK)
@commits
def find_members() -> Any:
    """The search is posted, so that a name is in no log on the way; then it has an address."""
    return see_other(".members", **address_of(filter_form(request.form).right()))


def filters_of(form: MemberFilter) -> Filters:
    """What the list is narrowed by; a value that is no choice counts as none."""
    right = form.right()
    return Filters(
        text=right.get("q", ""),
        municipality_code=right.get("municipality", ""),
        area_id=int(right["area"]) if right.get("area") else None,
        role=right.get("role", ""),
        way=right.get("way", ""),
        need=right.get("need", ""),
        language=right.get("language", ""),
        ages=right.get("ages", ""),
        gender=right.get("gender", ""),
        state=right.get("state", ""),
        consent=right.get("consent", ""),
        asked=right.get("asked", ""),
    )


@interest_bank.get("/interest-bank/members/save")
@requires(Permission.READ_BANK)
def name_search() -> str:
    return _save_page(SaveSearchForm(formdata=None))


@interest_bank.post("/interest-bank/members/save")
@requires(Permission.READ_BANK)
@commits
def keep_search() -> Any:
    form = SaveSearchForm()
    if not form.validate():
        return _save_page(form)
    chosen = filter_form().right()
    saved = save_search(db(), actor(), form.name.data, chosen, is_shared=form.is_shared.data)
    flash(_("The search “%(name)s” is saved.", name=saved.name))
    return see_other(".members", **address_of(chosen))


@interest_bank.get("/interest-bank/searches")
@requires(Permission.READ_BANK)
def searches() -> str:
    return render(
        "interest_bank/rooms/searches.html",
        searches=saved_searches(db(), actor()),
        url_of=url_of,
        me=actor().account_id,
    )


@interest_bank.post("/interest-bank/searches/<public_id>/share")
@requires(Permission.READ_BANK)
@commits
def share(public_id: str) -> Any:
    saved = own_saved_search(db(), actor(), public_id)
    share_search(db(), saved, not saved.is_shared)
    flash(
        _("Your colleagues see “%(name)s” now.", name=saved.name)
        if saved.is_shared
        else _("Only you see “%(name)s” now.", name=saved.name)
    )
    return see_other(".searches")


@interest_bank.get("/interest-bank/searches/<public_id>/delete")
@requires(Permission.READ_BANK)
def ask_delete_search(public_id: str) -> str:
    saved = own_saved_search(db(), actor(), public_id)
    return render("interest_bank/rooms/delete_search.html", saved=saved)


@interest_bank.post("/interest-bank/searches/<public_id>/delete")
@requires(Permission.READ_BANK)
@commits
def delete_search(public_id: str) -> Any:
    saved = own_saved_search(db(), actor(), public_id)
    forget_search(db(), saved)
    flash(_("The search “%(name)s” is gone.", name=saved.name))
    return see_other(".searches")


@interest_bank.get("/interest-bank/members/export")
@requires(Permission.MANAGE_BANK)
def export() -> str:
    return _export_page(ExportForm(formdata=None))


@interest_bank.post("/interest-bank/members/export")
@requires(Permission.MANAGE_BANK)
@commits
def export_file() -> Any:
    form = ExportForm()
    if not form.validate():
        return _export_page(form)
    kind = ExportFormat(form.file_format.data)
    content = export_members(
        db(),
        actor(),
        filters_of(filter_form()),
        form.parts.data or (),
        reason=form.reason.data,
        sheet=_("Interest bank"),
        file_format=kind,
    )
    name = _("interest-bank") + f"-{today().isoformat()}.{kind}"
    return attachment(content, name, MEDIA_TYPES[kind])


def _save_page(form: SaveSearchForm) -> str:
    narrow = filter_form()
    return render(
        "interest_bank/rooms/save_search.html",
        form=form,
        chosen=address_of(narrow.right()),
        words=in_words(narrow),
    )


def _export_page(form: ExportForm) -> str:
    narrow = filter_form()
    return render(
        "interest_bank/rooms/export.html",
        form=form,
        chosen=address_of(narrow.right()),
        words=in_words(narrow),
        count=members_found(db(), actor(), filters_of(narrow)),
    )


def in_words(form: MemberFilter) -> list[tuple[str, str]]:
    """The filters in force as (label, value) pairs that people read."""
    shown = []
    for name, value in form.right().items():
        field = form[name]
        options = field.iter_choices() if hasattr(field, "iter_choices") else ()
        labels = {option.value: option.label for option in options}
        shown.append((str(field.label.text), str(labels.get(value, value))))
    return shown
