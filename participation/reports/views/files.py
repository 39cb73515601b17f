"""A report's files to take along."""

from werkzeug.wrappers import Response

from participation.disclosure.outlets import outlet
from participation.foundation.errors import NotFound
from participation.foundation.files.web import attachment
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, requires, see_other
from participation.reports.queries.reports import file_of, shown_report
from participation.reports.rules.files import NAMES
from participation.reports.views.blueprint import blueprint


@blueprint.get("/reports/<public_id>/files/<name>")
@requires(Permission.PUBLIC)
@outlet("publication")
def report_file(public_id: str, name: str) -> Response:
    """One file, made of what may be read now; while it is made anew, the report's page."""
    shown = shown_report(db(), actor(), public_id)
    if name not in NAMES:
        raise NotFound
    kept = file_of(db(), shown, name)
    if kept is None:
        return see_other("reports.report", public_id=public_id)
    ending = name.rpartition(".")[2]
    made = shown.snapshot["about"]["made_on"]
    return attachment(kept.content, f"rapport-{made}-v{shown.version}.{ending}", NAMES[name])
