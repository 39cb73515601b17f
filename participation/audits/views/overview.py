"""The list of audits, ordering one, and moving one along its way."""

from collections.abc import Mapping
from typing import Any

from flask import flash, request

from participation.audits import queries
from participation.audits.forms import OrderForm, StepForm
from participation.audits.queries.agreements import waits_for_yes
from participation.audits.queries.doubts import doubtful_words
from participation.audits.queries.facts import unanswered, waits_for_reading
from participation.audits.queries.field import taken_along_count
from participation.audits.queries.meeting import meeting_of
from participation.audits.queries.waiting import summaries_to_open
from participation.audits.rules.meeting import MEETING_SHOWN
from participation.audits.rules.states import (
    COMPLETED,
    FOLLOW_UP_DAYS,
    STATE_LABELS,
    STATE_SHAPES,
    STEP_LABELS,
    STEP_NOTES,
    WAY,
    AuditState,
    position,
)
from participation.audits.services import (
    NotRead,
    NotReady,
    advance_audit,
    missing_before,
    order_audit,
)
from participation.audits.views import words
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.reading import read_mark, reading_form
from participation.county.queries import unit_by_public_id
from participation.disclosure.outlets import outlet
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires.queries import rounds_about

# Steps that open or close something for others: asked once more before they are taken.
ASKED_FIRST = frozenset(
    {AuditState.ANALYSING, AuditState.REPORTED, AuditState.FED_BACK, AuditState.CANCELLED}
)
# Where what a step lacks is mended.
MEND_AT: Mapping[AuditState, tuple[Any, str]] = {
    AuditState.AGREED: (_l("Open the agreement"), "audits.agreement"),
    AuditState.TEAM_READY: (_l("Open the team"), "audits.team"),
    AuditState.INTERVIEWING: (_l("Open the information"), "audits.tell"),
    AuditState.ANALYSING: (_l("Open the interviews"), "audits.interviews"),
    AuditState.REPORTED: (_l("Open the report"), "audits.report"),
    AuditState.FED_BACK: (_l("Open the feedback meeting"), "audits.meeting"),
}


@audits.get("/audits")
@requires(Permission.READ_AUDITS)
def audit_list() -> str:
    wanted = queries.audits_visible_to(actor())
    return render(
        "audits/list.html",
        page=paginate(db(), wanted, page_number(request.args.get("page"))),
        labels=STATE_LABELS,
        shapes=STATE_SHAPES,
        may_order=actor().can(Permission.ORDER_AUDIT),
        is_lead=actor().can(Permission.MANAGE_AUDITS),
        may_plan=actor().scope(Permission.MANAGE_AUDITS).everywhere,
        locale_code=current_locale(),
    )


@audits.get("/audits/order")
@requires(Permission.ORDER_AUDIT)
def order() -> str:
    return render("audits/order.html", form=_order_form(formdata=None))


@audits.post("/audits/order")
@requires(Permission.ORDER_AUDIT)
@commits
def order_it() -> Any:
    form = _order_form()
    if not form.validate():
        return render("audits/order.html", form=form)
    made = order_audit(
        db(),
        actor(),
        unit=unit_by_public_id(db(), form["unit"].data),
        title=form["title"].data,
        question=form["question"].data,
        target_group=form["target_group"].data,
        period_from=form["period_from"].data,
        period_to=form["period_to"].data,
    )
    flash(_("The audit is ordered. A coordinator gets in touch with you."))
    return see_other("audits.overview", public_id=made.public_id)


@audits.get("/audits/<public_id>")
@requires(Permission.READ_AUDITS)
@outlet("workroom")
def overview(public_id: str) -> str:
    return _overview(queries.audit_seen_by(db(), actor(), public_id))


@audits.post("/audits/<public_id>/step/<wanted>")
@requires(Permission.READ_AUDITS)
@commits
def step(public_id: str, wanted: str) -> Any:
    lens = queries.audit_seen_by(db(), actor(), public_id)
    if wanted not in set(AuditState):
        raise NotFound
    form = StepForm()
    if not form.validate():
        return _overview(lens, form)
    to = AuditState(wanted)
    if (to_consider := _to_consider(lens, to)) and request.form.get("sure") != "yes":
        return _sure(lens, to, form, to_consider)
    try:
        advance_audit(
            db(),
            actor(),
            lens.audit,
            to,
            movers=lens.movers,
            note=form["note"].data or "",
            read=read_mark(),
        )
    except NotRead as problem:
        again = queries.audit_seen_by(db(), actor(), public_id)
        return _sure(again, to, form, to_consider, problem)
    except NotReady as problem:
        flash(problem.message, "alarm")
    else:
        flash(_("The audit is now: %(state)s.", state=STATE_LABELS[to]))
    return see_other("audits.overview", public_id=public_id)


def _sure(
    lens: queries.Lens,
    to: AuditState,
    form: StepForm,
    to_consider: str,
    missed: NotRead | None = None,
) -> str:
    """Are you sure? Before a report is handed over, with the words in it to read once more."""
    doubts = doubtful_words(db(), lens.audit) if to is AuditState.REPORTED else None
    return audit_page(
        "sure",
        lens,
        "overview",
        wanted=to,
        step=STEP_LABELS[to],
        to_consider=to_consider,
        doubts=doubts,
        read_form=reading_form(doubts, missed) if doubts else None,
        has_errors=missed is not None,
        note=form["note"].data or "",
    )


def _to_consider(lens: queries.Lens, to: AuditState) -> str:
    """What to think of before a step that cannot be taken back, or that comes early; "": nothing.

    A step that is not to be taken now is refused as ever, without a question first.
    """
    if to not in lens.next_moves or missing_before(db(), lens.audit, to):
        return ""
    if to is AuditState.FED_BACK and waits_for_reading(db(), lens.audit):
        return _(
            "The unit may say until %(day)s that a fact is wrong, and has not done so yet. After "
            "the meeting the unit owes an answer on each proposal, within five weeks.",
            day=format_day(lens.audit.facts_until or today()),
        )
    if to in ASKED_FIRST:
        return " ".join(said for said in (str(STEP_NOTES[to]), _on_devices(lens, to)) if said)
    if to is AuditState.INTERVIEWING and today() < lens.audit.period_from:
        return _(
            "You and the unit agreed that the first interview is held on %(day)s, and those who "
            "get help there have been told so. Talk with the unit before you begin earlier.",
            day=format_day(lens.audit.period_from),
        )
    return ""


def _on_devices(lens: queries.Lens, to: AuditState) -> str:
    """What the step means for interviews from devices; "": nothing."""
    if to is AuditState.CANCELLED:
        return words.goes_unread(queries.waiting_count(db(), lens))
    if to is AuditState.ANALYSING:
        return words.may_be_on_devices(taken_along_count(db(), lens))
    return ""


def _order_form(**values: Any) -> OrderForm:
    form = OrderForm(**values)
    units = [
        (unit.public_id, unit.name_in(current_locale()))
        for unit in queries.units_to_order_for(db(), actor())
    ]
    form.unit.choices = [("", _("Choose")), *units] if len(units) > 1 else units
    return form


def _must_consent(lens: queries.Lens) -> bool:
    """Whether unit or auditor has yet to say if everybody may read the summary."""
    if lens.state not in COMPLETED or lens.audit.is_published:
        return False
    return any(one.id == lens.audit.id for one in queries.consents_to_give(db(), actor()))


def _may_open(lens: queries.Lens) -> bool:
    """Whether unit and team have said yes to a public summary, and the leader may open it."""
    if not lens.is_lead or lens.state not in COMPLETED or lens.audit.is_published:
        return False
    return any(one.id == lens.audit.id for one in summaries_to_open(db(), actor()))


def _mend_at(lens: queries.Lens, onward: AuditState) -> tuple[Any, str] | None:
    """Where what the step lacks is mended; before the meeting come the facts."""
    if onward is AuditState.FED_BACK and unanswered(db(), lens.audit):
        return _l("Answer the unit"), "audits.facts"
    return MEND_AT.get(onward)


def _overview(lens: queries.Lens, form: StepForm | None = None) -> str:
    own = queries.own_place(db(), lens, actor()) if lens.is_team else None
    moves = [to for to in lens.next_moves if to is not AuditState.FOLLOWED_UP]
    onward = next((to for to in moves if to is not AuditState.CANCELLED), None)
    return audit_page(
        "overview",
        lens,
        "overview",
        way=WAY,
        here=position(lens.state),
        steps=queries.steps_of(db(), lens.audit.id),
        onward=onward,
        missing=missing_before(db(), lens.audit, onward) if onward else "",
        mend_at=_mend_at(lens, onward) if onward else None,
        must_tell=lens.is_unit
        and lens.state in (AuditState.TEAM_READY, AuditState.PREPARING)
        and lens.audit.users_told_on is None,
        must_read=lens.is_unit and waits_for_reading(db(), lens.audit),
        must_answer_fact=lens.is_team and unanswered(db(), lens.audit) > 0,
        must_consent=_must_consent(lens),
        may_open=_may_open(lens),
        waits_for_yes=lens.is_unit and waits_for_yes(db(), lens.audit),
        to_coding=lens.is_team and lens.state is AuditState.ANALYSING,
        must_declare=own is not None and own.declared_at is None,
        may_cancel=AuditState.CANCELLED in moves,
        may_follow_up=lens.is_lead and lens.state in (AuditState.ANSWERED, AuditState.FOLLOWED_UP),
        follow_up_days=FOLLOW_UP_DAYS,
        meeting=meeting_of(db(), lens.audit) if lens.state in MEETING_SHOWN else None,
        team_size=queries.team_size(db(), lens.audit.id),
        form=form or StepForm(formdata=None),
        surveys=rounds_about(db(), actor(), queries.ROUND_SUBJECT, lens.audit.public_id),
        step_labels=STEP_LABELS,
        step_notes=STEP_NOTES,
    )
