"""The register for those who keep it: definitions, written and retired."""

from typing import Any

from flask import flash, request

from participation.county.queries import areas, groups, perspectives
from participation.foundation.clock import today
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    render,
    requires,
    see_other,
)
from participation.indicators.forms import IndicatorForm, RegisterFilter, RetireForm
from participation.indicators.models import Indicator
from participation.indicators.queries.indicators import Counters
from participation.indicators.queries.register import (
    area_ids_of,
    choices,
    code_is_taken,
    indicator_to_edit,
    register_page,
)
from participation.indicators.rules.words import SEX_WORDS
from participation.indicators.services.defining import (
    retire_indicator,
    save_indicator,
    take_up_indicator,
)
from participation.indicators.views.blueprint import blueprint

NEW = {
    "better": "higher",
    "period_kind": "year",
    "level": "municipality",
    "perspective": "",
    "decimals": 1,
}


def register_list(
    template: str,
    counters: Counters,
    *,
    is_retired: bool = False,
    **more: Any,
) -> str:
    """The register as it is narrowed, one page of it; what `counters` count is counted."""
    form = RegisterFilter(request.args).offer(choices(db(), current_locale()))
    form.validate()
    wanted = form.wanted(is_retired=is_retired)
    number = page_number(request.args.get("page"))
    return render(
        template,
        form=form,
        page=register_page(db(), counters, today().year, wanted, number),
        is_narrow=wanted.is_narrow,
        sexes=SEX_WORDS,
        **more,
    )


@blueprint.get("/indicators/register")
@requires(Permission.MANAGE_PLANS, whole_county=True)
def register() -> str:
    """What is followed, and what is not any more."""
    is_retired = request.args.get("state") == "retired"
    return register_list("indicators/register.html", (), is_retired=is_retired, retired=is_retired)


@blueprint.route("/indicators/register/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def new_indicator() -> Any:
    """Write a definition."""
    form = _offered(IndicatorForm(data=NEW))
    if form.validate_on_submit() and _has_own_code(form, None):
        return _saved(form, None)
    return render("indicators/edit.html", form=form, indicator=None)


@blueprint.route("/indicators/register/<public_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def edit_indicator(public_id: str) -> Any:
    """Change a definition."""
    found = indicator_to_edit(db(), actor(), public_id)
    form = _offered(IndicatorForm(data=_as_data(found)))
    if form.validate_on_submit() and _has_own_code(form, found):
        return _saved(form, found)
    return render("indicators/edit.html", form=form, indicator=found)


@blueprint.route("/indicators/register/<public_id>/retire", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def retire(public_id: str) -> Any:
    """Follow it no more, after a yes."""
    found = indicator_to_edit(db(), actor(), public_id)
    form = RetireForm()
    if form.validate_on_submit():
        retire_indicator(db(), actor(), found, form.because.data)
        flash(_("It is not followed any more. Its page and values stay."))
        return see_other("indicators.indicator", public_id=public_id)
    return render("indicators/retire.html", form=form, indicator=found)


@blueprint.post("/indicators/register/<public_id>/take-up")
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def take_up(public_id: str) -> Any:
    """Follow it again."""
    take_up_indicator(db(), actor(), indicator_to_edit(db(), actor(), public_id))
    flash(_("It is followed again."))
    return see_other("indicators.indicator", public_id=public_id)


def _offered(form: IndicatorForm) -> IndicatorForm:
    return form.offer(
        [(str(one.id), one.name) for one in perspectives(db())],
        [(str(one.id), one.name) for one in groups(db())],
        [(str(one.id), one.name) for one in areas(db())],
    )


def _has_own_code(form: IndicatorForm, found: Indicator | None) -> bool:
    """Whether no other indicator has the source's code; says so at the field."""
    code = form.outside_code.data
    if not code or not code_is_taken(db(), code, found.id if found else None):
        return True
    form.add_error("outside_code", _("Another indicator has this code."))
    return False


def _as_data(found: Indicator) -> dict[str, Any]:
    """What the form's fields hold of an indicator."""
    target = found.target_value
    return {
        **{name: value for name, value in vars(found).items() if not name.startswith("_")},
        "perspective": str(found.perspective_id),
        "group": str(found.group_id or ""),
        "areas": [str(one) for one in area_ids_of(db(), found.id)],
        "target_value": "" if target is None else f"{target:g}".replace(".", ","),
    }


def _saved(form: IndicatorForm, found: Indicator | None) -> Any:
    group = form.group.data
    values = {
        **form.values(),
        "perspective_id": int(form.perspective.data),
        "group_id": int(group) if group else None,
    }
    area_ids = [int(one) for one in form.areas.data or ()]
    saved = save_indicator(db(), actor(), found, values, area_ids)
    flash(_("Saved."))
    return see_other("indicators.indicator", public_id=saved.public_id)
