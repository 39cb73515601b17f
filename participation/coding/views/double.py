"""Double coding of a material: draw, code, compare, settle."""

from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response

from participation.accounts.models import Account
from participation.coding import queries
from participation.coding.forms.double import FEWEST, SampleForm
from participation.coding.models import Code, CodingRound, Material, MaterialText
from participation.coding.queries import double as doubles
from participation.coding.rules.agreement import FEWEST_TEXTS
from participation.coding.services import double as doing
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

USUAL = 30


@blueprint.get("/materials/<public_id>/double")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def double(public_id: str) -> str:
    """Where the double coding of a material stands."""
    material = queries.material(db(), actor(), public_id)
    form = _offered(SampleForm(), material)
    form.size.data = USUAL
    return _page(material, form)


def _page(material: Material, form: SampleForm, chosen: dict[str, str] | None = None) -> str:
    drawn = doubles.newest_round(db(), material)
    return render(
        "coding/double.html",
        material=material,
        form=form,
        chosen=chosen or {},
        fewest=FEWEST_TEXTS,
        drawn=drawn,
        **(_standing(drawn) if drawn is not None else {}),
    )


def _standing(drawn: CodingRound) -> dict[str, Any]:
    size, *done = doubles.progress(db(), drawn)
    both = (drawn.first_account_id, drawn.second_account_id)
    names = doubles.names_of(db(), both)
    coders = [(names[one], number) for one, number in zip(both, done, strict=True)]
    return {
        "size": size,
        "coders": coders,
        "both_done": all(done == size for _name, done in coders),
        "is_mine": actor().account_id in {drawn.first_account_id, drawn.second_account_id},
        "figures": drawn.figures,
        "places": _differing(drawn) if drawn.state == "compared" else [],
    }


def _differing(drawn: CodingRound) -> list[dict[str, Any]]:
    """Where only one put a code: who, which words."""
    places = []
    for (text_id, code_id), put in doing.differing(db(), drawn).items():
        text, code = db().get_one(MaterialText, text_id), db().get_one(Code, code_id)
        account = db().get_one(Account, put[0].excerpt.coder_account_id)
        places.append(
            {
                "value": f"{text.public_id}-{code.public_id}",
                "text": text,
                "code": code,
                "by": account.display_name,
                "words": [text.text[one.excerpt.start : one.excerpt.end] for one in put],
            }
        )
    return places


def _offered(form: SampleForm, material: Material) -> SampleForm:
    people = doubles.who_may_code(db(), material, actor())
    form.second.choices = [
        ("", _("Choose somebody")),
        *((one.public_id, one.display_name) for one in people),
    ]
    return form


@blueprint.post("/materials/<public_id>/double")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def draw_double(public_id: str) -> Response | str:
    """Draw the sample."""
    material = queries.material(db(), actor(), public_id)
    form = _offered(SampleForm(), material)
    if not form.validate_on_submit():
        return _page(material, form)
    people = doubles.who_may_code(db(), material, actor())
    second = next(one.id for one in people if one.public_id == form.second.data)
    try:
        doing.draw_sample(
            db(), actor(), material, second_account_id=second, size=form.size.data or FEWEST
        )
    except Conflict as problem:
        form.add_error("size", problem.message)
        return _page(material, form)
    return see_other("coding.double", public_id=public_id)


def _drawn(public_id: str) -> CodingRound:
    drawn = doubles.newest_round(db(), queries.material(db(), actor(), public_id))
    if drawn is None:
        raise NotFound
    return drawn


@blueprint.post("/materials/<public_id>/double/compare")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def compare_double(public_id: str) -> Response:
    """Both are done: how alike is it?"""
    try:
        doing.compare(db(), actor(), _drawn(public_id))
    except Conflict as problem:
        flash(problem.message, "error")
    return see_other("coding.double", public_id=public_id)


@blueprint.post("/materials/<public_id>/double/settle")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def settle_double(public_id: str) -> Response | str:
    """Every place is decided, and somebody has said yes: the agreed layer is written."""
    drawn = _drawn(public_id)
    material = queries.material(db(), actor(), public_id)
    places = _differing(drawn)
    chosen = _chosen(places)
    undecided = [one for one in places if chosen[one["value"]] not in {"yes", "no"}]
    if undecided and drawn.state == "compared":
        flash(_("Nothing is settled: decide every place first."), "error")
        return _page(material, _offered(SampleForm(formdata=None), material), chosen)
    if "sure" not in request.form and drawn.state == "compared":
        return render("coding/settle_double.html", material=material, chosen=chosen)
    _settle(drawn, [one for one in places if chosen[one["value"]] == "yes"])
    return see_other("coding.double", public_id=public_id)


def _chosen(places: list[dict[str, Any]]) -> dict[str, str]:
    return {one["value"]: request.form.get(f"place-{one['value']}", "") for one in places}


def _settle(drawn: CodingRound, kept: list[dict[str, Any]]) -> None:
    try:
        doing.settle(db(), actor(), drawn, {(one["text"].id, one["code"].id) for one in kept})
        flash(_("Settled. Findings count what you agreed on in these texts."))
    except Conflict as problem:
        flash(problem.message, "error")


@blueprint.post("/materials/<public_id>/double/again")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def open_double(public_id: str) -> Response:
    """Decide anew where the two differ."""
    doing.open_again(db(), actor(), _drawn(public_id))
    return see_other("coding.double", public_id=public_id)


@blueprint.get("/materials/<public_id>/double/stop")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def ask_stop_double(public_id: str) -> str:
    """Are you sure?"""
    if _drawn(public_id).state != "coding":
        raise NotFound
    material = queries.material(db(), actor(), public_id)
    return render("coding/stop_double.html", material=material)


@blueprint.post("/materials/<public_id>/double/stop")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def stop_double(public_id: str) -> Response:
    """Give it up; what was coded stays with its coder."""
    drawn = _drawn(public_id)
    if drawn.state == "coding":
        doing.stop_sample(db(), actor(), drawn)
        flash(_("Stopped. What each has coded is still there."))
    return see_other("coding.double", public_id=public_id)
