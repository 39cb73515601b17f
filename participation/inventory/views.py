"""The inventory's pages: for everybody to read, and for those who keep it."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, flash, request

from participation.county.models import Named
from participation.county.queries import areas, organisations
from participation.foundation.clock import today
from participation.foundation.files.forms import TableFileForm
from participation.foundation.files.web import attachment
from participation.foundation.i18n import DEFAULT_LOCALE, current_locale, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import PER_PAGE, page_number, page_of
from participation.foundation.permissions import Permission
from participation.foundation.providers import SurveyEntry
from participation.foundation.tabular import (
    XLSX,
    UnreadableTable,
    csv_bytes,
    read_table,
    xlsx_bytes,
)
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)
from participation.inventory import queries
from participation.inventory.forms import InventoryFilter, SurveyForm
from participation.inventory.rules import (
    OFTEN_LABELS,
    TARGET_LABELS,
    HowOften,
    SurveyList,
    TargetGroup,
    headings,
    narrowed,
    read_surveys,
)
from participation.inventory.services import (
    change_survey,
    end_survey,
    give_up_list,
    keep_list,
    register_survey,
    take_in_list,
    take_up_survey,
)

inventory = Blueprint("inventory", __name__)
SHOWN_PROBLEMS = 50


def _entries() -> list[SurveyEntry]:
    """Those of others, and those held here, which come by themselves."""
    sources = extension().features.collect("survey_sources")
    own = [entry for source in sources for entry in source.surveys(db())]
    return [*own, *queries.registered(db())]


def _names_here() -> dict[str, str]:
    """Organisations and areas as the page's language calls them, by their Swedish names."""
    locale = current_locale()
    if locale == DEFAULT_LOCALE:
        return {}
    named: list[Named] = [*organisations(db()), *areas(db())]
    return {one.name: one.names[locale] for one in named if one.names.get(locale)}


def _filter(
    entries: Iterable[SurveyEntry], names: Mapping[str, str] | None = None
) -> InventoryFilter:
    known = list(entries)
    return InventoryFilter(request.args).offer(
        sorted({entry.area for entry in known if entry.area}),
        sorted({entry.organisation for entry in known}),
        names or {},
    )


def _list(template: str, *, by_reader: bool = False, **more: Any) -> str:
    entries = _entries()
    names = _names_here()
    form = _filter(entries, names)
    wanted = form.wanted()
    found = narrowed(entries, wanted, current_locale() if by_reader else DEFAULT_LOCALE)
    number = page_number(request.args.get("page"))
    return render(
        template,
        form=form,
        page=page_of(found, number, PER_PAGE),
        is_narrow=wanted.is_narrow,
        chosen={name: request.args[name] for name in form.data if request.args.get(name)},
        target_labels={key.value: label for key, label in TARGET_LABELS.items()},
        names=names,
        **more,
    )


@inventory.get("/surveys")
@requires(Permission.PUBLIC)
def public_list() -> str:
    """Which surveys are held in the county, what they found and what is done."""
    return _list("inventory/public_list.html", by_reader=True, is_reader=actor().is_signed_in)


@inventory.get("/surveys/<public_id>")
@requires(Permission.PUBLIC)
def survey(public_id: str) -> str:
    """One survey that somebody else holds."""
    found = queries.published_survey(db(), public_id)
    return render(
        "inventory/survey.html",
        survey=found,
        targets=[str(TARGET_LABELS[TargetGroup(one)]) for one in found.targets],
        how_often=OFTEN_LABELS[HowOften(found.how_often)],
        can_keep=queries.may_keep(actor()),
        is_reader=actor().is_signed_in,
    )


@inventory.get("/surveys/list.csv")
@requires(Permission.PUBLIC)
def list_csv() -> Response:
    """The list as it is narrowed, to take along."""
    return attachment(csv_bytes(tuple(headings().values()), _rows()), _file_name("csv"), "text/csv")


@inventory.get("/surveys/list.xlsx")
@requires(Permission.PUBLIC)
def list_xlsx() -> Response:
    """The list as it is narrowed, to take along."""
    sheet = (_("Surveys"), tuple(headings().values()), _rows())
    return attachment(xlsx_bytes([sheet]), _file_name("xlsx"), XLSX)


def _file_name(ending: str) -> str:
    return _("surveys") + f"-{today().isoformat()}.{ending}"


def _rows() -> list[tuple[str, ...]]:
    entries = _entries()
    return [
        (
            entry.title,
            entry.organisation,
            ", ".join(str(TARGET_LABELS[TargetGroup(one)]) for one in entry.targets),
            entry.area,
            entry.place,
            str(OFTEN_LABELS[HowOften(entry.how_often)]) if entry.how_often else "",
            entry.latest,
            "; ".join(entry.needs),
            "; ".join(entry.done),
            " | ".join(entry.questions),
            entry.link,
        )
        for entry in narrowed(entries, _filter(entries).wanted())
    ]


# ---------------------------------------------------------------- those who keep it


@inventory.get("/inventory")
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
def overview() -> str:
    """The same list, with what can be done."""
    return _list("inventory/overview.html", ended=queries.ended(db(), actor()))


def _survey_form() -> SurveyForm:
    return SurveyForm().offer(
        [(str(one.id), one.name) for one in organisations(db())],
        [(str(one.id), one.name) for one in areas(db())],
    )


@inventory.route("/inventory/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
@commits
def new_survey() -> Any:
    """Register a survey that somebody else holds."""
    form = _survey_form()
    if form.validate_on_submit():
        made = register_survey(db(), actor(), form.draft())
        flash(_("“%(title)s” stands in the inventory now.", title=made.title))
        return see_other("inventory.overview")
    if request.method == "GET":
        form.how_often.data = HowOften.YEARLY.value
    return render("inventory/edit.html", form=form, survey=None)


@inventory.route("/inventory/<public_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
@commits
def edit_survey(public_id: str) -> Any:
    """Change what is said about a survey."""
    found = queries.survey_to_keep(db(), actor(), public_id)
    form = _survey_form()
    if form.validate_on_submit():
        change_survey(db(), actor(), found, form.draft())
        flash(_("“%(title)s” is changed.", title=found.title))
        return see_other("inventory.overview")
    if request.method == "GET":
        form.show(found)
    return render("inventory/edit.html", form=form, survey=found)


@inventory.post("/inventory/<public_id>/end")
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
@commits
def end(public_id: str) -> Any:
    """It is held no more."""
    found = queries.survey_to_keep(db(), actor(), public_id)
    end_survey(db(), actor(), found)
    flash(
        _("“%(title)s” is gone from the list. You can take it up again below.", title=found.title)
    )
    return see_other("inventory.overview")


@inventory.post("/inventory/<public_id>/take-up")
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
@commits
def take_up(public_id: str) -> Any:
    """Back into the list."""
    found = queries.survey_to_keep(db(), actor(), public_id)
    take_up_survey(db(), actor(), found)
    flash(_("“%(title)s” is back in the list.", title=found.title))
    return see_other("inventory.overview")


# ---------------------------------------------------------------- lists


@inventory.route("/inventory/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
@commits
def import_list() -> Any:
    """First the list is only read."""
    form = TableFileForm()
    if form.validate_on_submit():
        read = _read(form)
        if read is not None:
            waiting = keep_list(db(), actor(), form.file.data.filename or "", read)
            return see_other("inventory.check_list", public_id=waiting.public_id)
    return render("inventory/import.html", form=form, columns=list(headings().values()))


def _read(form: TableFileForm) -> SurveyList | None:
    content = form.content()
    if content is None:
        return None
    try:
        return read_surveys(read_table(content), queries.known_names(db()))
    except UnreadableTable:
        form.add_error("file", _("We cannot read that file. Save it as CSV or Excel (.xlsx)."))
        return None


@inventory.get("/inventory/imports/<public_id>")
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
def check_list(public_id: str) -> str:
    """What the list would bring, or what is wrong with it, row by row."""
    waiting = queries.list_on_its_way(db(), actor(), public_id)
    return render(
        "inventory/check.html",
        waiting=waiting,
        problems=waiting.problems[:SHOWN_PROBLEMS],
        more=max(0, len(waiting.problems) - SHOWN_PROBLEMS),
    )


@inventory.post("/inventory/imports/<public_id>/confirm")
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
@commits
def confirm_list(public_id: str) -> Any:
    """Take it in."""
    count = take_in_list(db(), actor(), queries.list_on_its_way(db(), actor(), public_id))
    flash(ngettext("%(num)s survey is registered.", "%(num)s surveys are registered.", count))
    return see_other("inventory.overview")


@inventory.post("/inventory/imports/<public_id>/drop")
@requires(Permission.MANAGE_QUESTIONNAIRES, whole_county=True)
@commits
def drop_list(public_id: str) -> Any:
    """Take in nothing of it."""
    give_up_list(db(), queries.list_on_its_way(db(), actor(), public_id))
    flash(_("Nothing was taken in."))
    return see_other("inventory.overview")
