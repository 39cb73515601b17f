"""Staff's page of one activity: what it asks, who has agreed, which ties were declared."""

from typing import Any

from flask import flash

from participation.activities.models import Activity
from participation.activities.queries import activity_visible_to
from participation.activities.rules.states import ACTIVITY_STATE_LABELS, STATE_SHAPES
from participation.assignments.forms import (
    AnswerQuestionForm,
    DecideForm,
    TermsForm,
)
from participation.assignments.queries import (
    agreement_in,
    declaration_in,
    progress_of,
    template_for,
    terms_of,
    ties_in,
)
from participation.assignments.rules.states import Decision, Needs
from participation.assignments.services import (
    OwnMatter,
    RemindedToday,
    answer_question,
    decide_on_ties,
    remind,
    set_terms,
)
from participation.assignments.views.blueprint import WORDS, compensation
from participation.assignments.views.declaration import place_names
from participation.county.queries import organisations, units
from participation.foundation.clock import today
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)

ACTIVITY_WORDS = {"states": ACTIVITY_STATE_LABELS, "shapes": STATE_SHAPES}


@compensation.get("/activities/<public_id>/agreements")
@requires(Permission.MANAGE_ACTIVITIES)
def agreements(public_id: str) -> str:
    found = _managed(public_id)
    terms = terms_of(db(), found)
    people = progress_of(db(), found.id)
    seen = [one.invitation.member.account_id for one in people]
    log_access_to(seen, "agreements_seen", "activity", found.public_id)
    missing = [
        one
        for one in people
        if (terms.needs.agreement and not one.has_agreed)
        or (terms.needs.declaration and one.declaration is None)
    ]
    return render(
        "assignments/agreements.html",
        activity=found,
        terms=terms,
        people=people,
        missing=missing,
        template=template_for(db(), found.kind, today()),
        tab="agreements",
        can_manage=True,
        **{**WORDS, **ACTIVITY_WORDS},
    )


@compensation.get("/activities/<public_id>/agreements/terms")
@requires(Permission.MANAGE_ACTIVITIES)
def terms(public_id: str) -> str:
    found = _managed(public_id)
    known = terms_of(db(), found)
    form = TermsForm(
        formdata=None,
        data={
            "needs_agreement": known.needs.agreement,
            "needs_declaration": known.needs.declaration,
            "gives_compensation": known.needs.compensation,
            "extra_text": known.extra_text,
        },
    )
    return render("assignments/terms.html", activity=found, form=form)


@compensation.post("/activities/<public_id>/agreements/terms")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def set_them(public_id: str) -> Any:
    found = _managed(public_id)
    form = TermsForm()
    if not form.validate():
        return render("assignments/terms.html", activity=found, form=form)
    needs = Needs(
        bool(form.needs_agreement.data),
        bool(form.needs_declaration.data),
        bool(form.gives_compensation.data),
    )
    set_terms(db(), actor(), found, needs, form.extra_text.data or "")
    flash(_("Saved. It holds for everybody who says yes."))
    return see_other(".agreements", public_id=public_id)


@compensation.post("/activities/<public_id>/agreements/remind")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def remind_them(public_id: str) -> Any:
    try:
        told = remind(db(), actor(), _managed(public_id))
    except RemindedToday:
        flash(_("They got a reminder today. Wait until tomorrow with the next one."), "wait")
        return see_other(".agreements", public_id=public_id)
    flash(ngettext("One person has got a reminder.", "%(num)s people have got a reminder.", told))
    return see_other(".agreements", public_id=public_id)


@compensation.get("/activities/<public_id>/agreements/<agreement_id>")
@requires(Permission.MANAGE_ACTIVITIES)
def question(public_id: str, agreement_id: str) -> str:
    return _question_page(public_id, agreement_id, AnswerQuestionForm(formdata=None))


@compensation.post("/activities/<public_id>/agreements/<agreement_id>")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def answer(public_id: str, agreement_id: str) -> Any:
    found = _managed(public_id)
    form = AnswerQuestionForm()
    if not form.validate():
        return _question_page(public_id, agreement_id, form)
    kept = agreement_in(db(), found.id, agreement_id)
    answer_question(db(), actor(), found, kept, form.answer.data)
    flash(_("The answer is sent."))
    return see_other(".agreements", public_id=public_id)


@compensation.get("/activities/<public_id>/declarations/<declaration_id>")
@requires(Permission.MANAGE_ACTIVITIES)
def ties(public_id: str, declaration_id: str) -> str:
    found = _managed(public_id)
    kept = declaration_in(db(), found.id, declaration_id)
    form = DecideForm(
        formdata=None, data={"decision": kept.decision, "reason": kept.decision_reason}
    )
    return _ties_page(found, declaration_id, form)


@compensation.post("/activities/<public_id>/declarations/<declaration_id>")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def decide(public_id: str, declaration_id: str) -> Any:
    found = _managed(public_id)
    form = DecideForm()
    if not form.validate():
        return _ties_page(found, declaration_id, form)
    kept = declaration_in(db(), found.id, declaration_id, to_change=True)
    try:
        decide_on_ties(
            db(), actor(), found, kept, Decision(form.decision.data), reason=form.reason.data
        )
    except OwnMatter:
        form.add_error("decision", _("This is your own declaration. Somebody else must decide."))
        return _ties_page(found, declaration_id, form)
    flash(_("Your decision is saved, and the person has got a mail."))
    return see_other(".agreements", public_id=public_id)


def _question_page(public_id: str, agreement_id: str, form: AnswerQuestionForm) -> str:
    found = _managed(public_id)
    kept = agreement_in(db(), found.id, agreement_id)
    log_access_to([kept.member.account_id], "agreements_seen", "activity", public_id)
    return render("assignments/question.html", activity=found, kept=kept, form=form, **WORDS)


def _ties_page(found: Activity, declaration_id: str, form: DecideForm) -> str:
    kept = declaration_in(db(), found.id, declaration_id)
    log_access_to([kept.member.account_id], "ties_seen", "activity", found.public_id)
    return render(
        "assignments/ties.html",
        activity=found,
        kept=kept,
        ties=ties_in(kept),
        place_names=place_names(organisations(db()), units(db())),
        form=form,
        **WORDS,
    )


def _managed(public_id: str) -> Activity:
    return activity_visible_to(db(), actor(), public_id, Permission.MANAGE_ACTIVITIES)
