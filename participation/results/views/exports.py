"""Answers row by row: asking for a file, seeing how far it is, and downloading it."""

from collections.abc import Iterator
from typing import Any

from flask import Response, flash
from sqlalchemy.orm import Session, sessionmaker

from participation.disclosure.outlets import outlet
from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import to_local
from participation.foundation.files.web import attachment
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.tabular import XLSX
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    log_access,
    render,
    requires,
    see_other,
)
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import extract_columns, extract_rounds, round_by_id
from participation.questionnaires.rules.extracts import spss_syntax
from participation.results import queries
from participation.results.forms import ExportForm
from participation.results.models import AnswerExport
from participation.results.services import order_export
from participation.results.services.looking import may_look
from participation.results.views.blueprint import blueprint

MEDIA_TYPES = {
    "csv": "text/csv",
    "ndjson": "application/fhir+ndjson",
    "xlsx": XLSX,
}


@blueprint.get("/results/rounds/<public_id>/answers")
@requires(Permission.EXTRACT_ANSWERS, whole_county=True)
@outlet("row_extract")
def export_page(public_id: str) -> str:
    """What can be taken out of a closed round, and what was."""
    line = queries.closed_round(db(), actor(), public_id)
    return _page(line, ExportForm(formdata=None))


@blueprint.post("/results/rounds/<public_id>/answers")
@requires(Permission.EXTRACT_ANSWERS, whole_county=True)
@commits
def order_answers(public_id: str) -> Any:
    """Let the worker write the file."""
    line = queries.closed_round(db(), actor(), public_id)
    form = ExportForm()
    if not form.validate():
        return _page(line, form)
    order_export(
        db(),
        actor(),
        line.round,
        file_format=form.file_format.data or "csv",
        with_series=bool(form.with_series.data) and line.round.series_id is not None,
        with_texts=bool(form.with_texts.data),
        reason=form.reason.data or "",
    )
    flash(_("The file is being written."))
    return see_other("results.export_page", public_id=public_id)


@blueprint.get("/results/answers/<public_id>/file")
@requires(Permission.EXTRACT_ANSWERS, whole_county=True)
@outlet("row_extract")
def download_answers(public_id: str) -> Response:
    """The file, piece by piece; each download leaves a line in the log."""
    found = queries.ready_export(db(), actor(), public_id)
    survey_round = round_by_id(db(), found.round_id)
    log_access("answers_downloaded", "survey_round", survey_round.public_id)
    pieces = _pieces(extension().sessions, found.id)
    name = f"{_file_name(found, survey_round)}.{found.file_format}"
    return attachment(pieces, name, MEDIA_TYPES[found.file_format])


@blueprint.get("/results/answers/<public_id>/spss")
@requires(Permission.EXTRACT_ANSWERS, whole_county=True)
def download_syntax(public_id: str) -> Response:
    """SPSS syntax for the CSV file: words for columns and values, no answers."""
    found = queries.ready_export(db(), actor(), public_id)
    survey_round = round_by_id(db(), found.round_id)
    rounds = extract_rounds(db(), survey_round, with_series=found.with_series)
    columns = extract_columns(db(), rounds, with_texts=found.with_texts)
    name = _file_name(found, survey_round)
    return attachment(spss_syntax(columns, f"{name}.csv"), f"{name}.sps", "text/plain")


def _file_name(export: AnswerExport, survey_round: SurveyRound) -> str:
    """The same for a file and its syntax, on whichever day each is downloaded: one names the other.

    In one language, as what stands in the file.
    """
    with use_locale(DEFAULT_LOCALE):
        day = to_local(export.created_at).date().isoformat()
        return _("answers") + f"-{survey_round.public_id}-{day}"


def _pieces(sessions: sessionmaker[Session], export_id: int) -> Iterator[bytes]:
    """Sent after the request's own session is closed, so with a session of its own."""
    position = 0
    with sessions() as session:
        while piece := queries.export_piece(session, export_id, position):
            yield piece
            position += 1


def _page(line: queries.RoundLine, form: ExportForm) -> str:
    minimum = thresholds_in_force().minimum
    return render(
        "results/export.html",
        line=line,
        form=form,
        minimum=minimum,
        is_too_small=(line.round.response_count or 0) < minimum,
        may_look=may_look(line.round),
        exports=queries.exports_of(db(), actor(), line.round.id),
    )
