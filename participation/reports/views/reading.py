"""Reading reports: the list of what somebody may see, and one report."""

from flask import request

from participation.disclosure.outlets import outlet
from participation.foundation.charts import StackedChart
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires
from participation.reports.forms import WordsForm
from participation.reports.queries.reports import files_of, readable_reports, shown_report
from participation.reports.rules.files import cell_text, edition
from participation.reports.rules.snapshot import chart_of, news
from participation.reports.views.blueprint import blueprint


def chart_rows(chart: StackedChart) -> list[tuple[str, str, list[int | None]]]:
    """Rows as the `stacked` macro takes them."""
    return [(row.label, row.size, list(row.shares)) for row in chart.rows]


DRAWN_WITH = {
    "news": news,
    "edition": edition,
    "cell_text": cell_text,
    "chart_of": chart_of,
    "chart_rows": chart_rows,
}


@blueprint.get("/reports")
@requires(Permission.PUBLIC)
def reports() -> str:
    """Finished reports that are for everybody, or for whoever asks."""
    form = WordsForm(request.args, meta={"csrf": False})
    words = form.words.data or ""
    page = paginate(db(), readable_reports(actor(), words), page_number(request.args.get("page")))
    return render("reports/public_reports.html", page=page, form=form, words=words)


@blueprint.get("/reports/<public_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
def report(public_id: str) -> str:
    """One finished report; its headline is the news."""
    shown = shown_report(db(), actor(), public_id)
    return render(
        "reports/public_report.html",
        shown=shown,
        files=files_of(db(), shown),
        may_manage=actor().scope(Permission.MANAGE_REPORTS).everywhere,
        **DRAWN_WITH,
    )
