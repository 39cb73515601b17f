"""How many said something about each theme: looked at, published, withdrawn, read, taken along."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from participation.coding.queries.materials import MaterialLine, materials_of_source
from participation.coding.rules.drafts import SourceKind
from participation.disclosure.models import Release
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import breakdown_names, breakdowns_of, tables_of
from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.drafts import Decision
from participation.disclosure.rules.tables import ShownTable
from participation.disclosure.services import DisclosureRefused, preview_release
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.tabular import XLSX, csv_bytes, xlsx_bytes
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires.rules.grouping import ATTRIBUTE_LABELS, Attribute
from participation.results import queries
from participation.results.forms import PublishForm, ThemesForm, WithdrawForm
from participation.results.queries.themes import public_themes, themes_of_round
from participation.results.rules.published_files import Row, grouped_rows, headings, total_rows
from participation.results.rules.round_tables import GroupedChart, grouped_chart
from participation.results.rules.theme_counts import attributes_known
from participation.results.rules.theme_pages import theme_lines
from participation.results.services.themes import (
    NothingCoded,
    RoundThemes,
    ShownAnew,
    TextsUncoded,
    TextsUnread,
    TotalsUnpublished,
    publish_themes,
    round_themes,
    themes_draft,
    withdraw_themes,
)
from participation.results.views.blueprint import blueprint

Tables = tuple[tuple[ShownTable, ...], tuple[ShownBreakdown, ...]]


@blueprint.get("/results/rounds/<public_id>/themes")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
def round_themes_page(public_id: str) -> str:
    """What readers would see, with the breakdowns that are chosen."""
    line = queries.closed_round(db(), actor(), public_id)
    standing = themes_of_round(db(), public_id)
    if standing is not None:
        return _page(line, standing=standing)
    try:
        found = round_themes(db(), line.round)
    except TotalsUnpublished:
        return _page(line, is_before_totals=True)
    except TextsUnread:
        return _unfinished(line, _("Every text must be read through first, in the coding room."))
    except TextsUncoded:
        return _unfinished(
            line, _("Texts that wait to be coded would count as if they said nothing.")
        )
    except NothingCoded:
        return _page(line, missing=_("Nobody has put codes on what was written in this round."))
    return _foreseen(line, found, ThemesForm(request.args))


def _unfinished(line: queries.RoundLine, missing: str) -> str:
    """What must be done first, with the way to the texts that are left."""
    source = (SourceKind.ROUND.value, line.round.public_id)
    lines = materials_of_source(db(), actor(), *source)
    return _page(line, missing=missing, left=[one for one in lines if one.to_review or one.to_code])


def _foreseen(line: queries.RoundLine, found: RoundThemes, form: PublishForm) -> str:
    form.attributes.choices = [
        (one.value, str(ATTRIBUTE_LABELS[one])) for one in attributes_known(found.said)
    ]
    chosen = (form.attributes.data or []) if form.validate() else []
    draft = themes_draft(db(), line.round, found, [Attribute(one) for one in chosen])
    decision = preview_release(db(), draft)
    return _page(line, form=form, chosen=chosen, decision=decision)


def _page(
    line: queries.RoundLine,
    *,
    standing: Release | None = None,
    missing: str = "",
    is_before_totals: bool = False,
    left: Sequence[MaterialLine] = (),
    form: PublishForm | None = None,
    chosen: list[str] | None = None,
    decision: Decision | None = None,
) -> str:
    return render(
        "results/themes.html",
        line=line,
        standing=standing,
        missing=missing,
        is_before_totals=is_before_totals,
        left=left,
        form=form,
        chosen=chosen or [],
        decision=decision,
        **(_shown_in(decision) if decision and decision.is_allowed else {}),
    )


def _shown_in(decision: Decision) -> dict[str, Any]:
    tables = tuple(ShownTable.from_json(one) for one in decision.payload["tables"])
    grouped = tuple(ShownBreakdown.from_json(one) for one in decision.payload["breakdowns"])
    return {
        "lines": theme_lines(tables[0], decision.payload["agreement"]),
        "n": tables[0].n,
        "has_agreement": bool(decision.payload["agreement"]),
        "charts": _charts((tables, grouped)),
    }


def _charts(shown: Tables) -> list[tuple[str, GroupedChart]]:
    tables, breakdowns = shown
    by_key = {table.key: table for table in tables}
    return [
        (str(ATTRIBUTE_LABELS[Attribute(one.attribute)]), grouped_chart(by_key[own.key], one, own))
        for one in breakdowns
        for own in one.tables
    ]


@blueprint.post("/results/rounds/<public_id>/themes")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def publish_round_themes(public_id: str) -> Response | str:
    """Through the gate, or back with its reasons, or to what would be published now."""
    line = queries.closed_round(db(), actor(), public_id)
    found = round_themes(db(), line.round)
    form = PublishForm()
    form.attributes.choices = [
        (one.value, str(ATTRIBUTE_LABELS[one])) for one in attributes_known(found.said)
    ]
    if not form.validate():
        return _foreseen(line, found, form)
    chosen = [Attribute(one) for one in form.attributes.data or []]
    seen = request.form.get("seen", "")
    back = url_for("results.round_themes_page", public_id=public_id, attributes=chosen)
    try:
        release = publish_themes(db(), actor(), line.round, chosen, seen)
    except DisclosureRefused:
        return redirect(back, 303)
    except ShownAnew:
        flash(_("Nothing is published: the numbers have changed since you looked."), "warning")
        return redirect(back, 303)
    flash(_("Published. Everybody can read how many wrote about each theme."))
    return see_other("results.themes", public_id=release.public_id)


@blueprint.route("/results/rounds/<public_id>/themes/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FINDINGS)
@commits
def withdraw_round_themes(public_id: str) -> Response | str:
    """Off every page; the history stays."""
    line = queries.closed_round(db(), actor(), public_id)
    if themes_of_round(db(), public_id) is None:
        raise NotFound
    form = WithdrawForm()
    if not form.validate_on_submit():
        return render("results/withdraw_themes.html", line=line, form=form)
    try:
        withdraw_themes(db(), actor(), line.round, form.reason.data or "")
    except Conflict:
        flash(_("Somebody has withdrawn it already."), "warning")
    else:
        flash(_("The themes are withdrawn. They can be published anew."))
    return see_other("results.round_themes_page", public_id=public_id)


@blueprint.get("/themes/<public_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
def themes(public_id: str) -> str:
    """How many wrote about each theme, in all or by one attribute."""
    found = public_themes(db(), public_id)
    by = request.args.get("by", "")
    names = breakdown_names(found)
    if by and by not in names:
        raise NotFound
    tables = tables_of(found)
    return render(
        "results/themes_published.html",
        release=found,
        by=by,
        attributes=[(one, ATTRIBUTE_LABELS[Attribute(one)]) for one in names],
        lines=theme_lines(tables[0], found.payload["agreement"]),
        n=tables[0].n,
        has_agreement=bool(found.payload["agreement"]),
        charts=_charts((tables, breakdowns_of(found, by))) if by else [],
        totals=queries.standing_by_source(db(), [found.source_public_id]).get(
            found.source_public_id
        ),
        is_reader=actor().is_signed_in,
    )


@blueprint.get("/themes/<public_id>/themes.csv")
@requires(Permission.PUBLIC)
@outlet("publication")
def themes_csv(public_id: str) -> Response:
    """What the page shows, cell by cell."""
    found = public_themes(db(), public_id)
    rows = [row for _name, some in _sheets(found) for row in some]
    return attachment(csv_bytes(headings(), rows), f"{_file(found)}.csv", "text/csv")


@blueprint.get("/themes/<public_id>/themes.xlsx")
@requires(Permission.PUBLIC)
@outlet("publication")
def themes_xlsx(public_id: str) -> Response:
    """A sheet for everybody and one per breakdown."""
    found = public_themes(db(), public_id)
    sheets = [(name, headings(), rows) for name, rows in _sheets(found)]
    return attachment(xlsx_bytes(sheets), f"{_file(found)}.xlsx", XLSX)


def _sheets(found: Release) -> list[tuple[str, list[Row]]]:
    tables = tables_of(found)
    named = [(str(ATTRIBUTE_LABELS[Attribute(one.attribute)]), one) for one in breakdowns_of(found)]
    return [
        (_("Everybody"), total_rows(tables)),
        *((title, grouped_rows(tables, one, title)) for title, one in named if one.tables),
    ]


def _file(found: Release) -> str:
    return _("themes") + f"-{found.public_id}"
