"""The team."""

import json
from collections.abc import Sequence
from typing import Any

from flask import flash

from participation.assignments.rules.states import TieKind
from participation.audits import queries
from participation.audits.forms import AuditorForm, ClearForm, DeclareForm
from participation.audits.queries.debriefs import (
    has_listened,
    left_and_wants_call,
    who_wants_call,
)
from participation.audits.queries.drawing import draw_of_team, drawn_seats
from participation.audits.rules.states import TEAM_OPEN
from participation.audits.rules.ties import OWN_TIE_LABELS
from participation.audits.services import (
    HasTies,
    NeedsTraining,
    NotInTheBank,
    add_auditor,
    clear_ties,
    declare_ties,
    remove_auditor,
)
from participation.audits.views.blueprint import audit_page, audits
from participation.disclosure.outlets import outlet
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, log_access_to, requires, see_other
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import member_visible_to
from participation.interest_bank.views.people_found import people_found, typed
from participation.selection.rules.draws import OPEN_STATES
from participation.training.models import Course
from participation.training.queries import lacking
from participation.training.rules.kinds import USER_AUDIT


@audits.get("/audits/<public_id>/team")
@requires(Permission.READ_AUDITS)
@outlet("workroom")
def team(public_id: str) -> str:
    return _team(queries.audit_inside(db(), actor(), public_id))


@audits.post("/audits/<public_id>/team")
@requires(Permission.MANAGE_AUDITS)
@commits
def add_to_team(public_id: str) -> Any:
    lens = queries.audit_led_by(db(), actor(), public_id)
    form = AuditorForm()
    form.member.choices = [(form["member"].data or "", "")]
    if not form.validate():
        return _team(lens, add_form=form)
    member = member_visible_to(db(), actor(), form["member"].data)
    try:
        add_auditor(db(), actor(), lens.audit, member)
    except HasTies:
        form.add_error(
            "member", _("The person acts for the organisation or has declared ties to the unit.")
        )
        return _team(lens, add_form=form)
    except NeedsTraining as lack:
        form.add_error(
            "member",
            _("The person needs training first: %(course)s.", course=lack.data["course"]),
        )
        return _team(lens, add_form=form)
    except NotInTheBank:
        form.add_error("member", _("The person is not in the interest bank any more."))
        return _team(lens, add_form=form)
    except Conflict:
        form.add_error("member", _("The person is in the team already, or the team is full."))
        return _team(lens, add_form=form)
    flash(_("%(name)s is in the team and gets a mail.", name=member.name))
    return see_other("audits.team", public_id=public_id)


@audits.get("/audits/<public_id>/team/<place_id>/remove")
@requires(Permission.MANAGE_AUDITS)
def ask_remove(public_id: str, place_id: str) -> str:
    """Are you sure?"""
    lens = queries.audit_led_by(db(), actor(), public_id)
    place = queries.team_member(db(), lens, place_id)
    return audit_page("remove_auditor", lens, "team", place=place)


@audits.post("/audits/<public_id>/team/<place_id>/remove")
@requires(Permission.MANAGE_AUDITS)
@commits
def remove_from_team(public_id: str, place_id: str) -> Any:
    lens = queries.audit_led_by(db(), actor(), public_id)
    remove_auditor(db(), actor(), lens.audit, queries.team_member(db(), lens, place_id))
    flash(_("The auditor is no longer in the team."))
    return see_other("audits.team", public_id=public_id)


@audits.route("/audits/<public_id>/team/<place_id>/ties", methods=["GET", "POST"])
@requires(Permission.MANAGE_AUDITS)
@commits
def ties(public_id: str, place_id: str) -> Any:
    """What an auditor declared, and why it is fine."""
    lens = queries.audit_led_by(db(), actor(), public_id)
    place = queries.team_member(db(), lens, place_id)
    form = ClearForm()
    if not place.waits_for_decision:
        raise NotFound
    if form.validate_on_submit():
        clear_ties(db(), actor(), lens.audit, place, form["reason"].data)
        flash(_("%(name)s examines with you. Why is noted.", name=place.account.display_name))
        return see_other("audits.team", public_id=public_id)
    log_access_to([place.account_id], "auditor_ties_read", "audit", public_id)
    said = json.loads(place.ties or "{}")
    return audit_page(
        "ties",
        lens,
        "team",
        place=place,
        form=form,
        kinds=[OWN_TIE_LABELS[TieKind(kind)] for kind in said["kinds"]],
        words=said["words"],
    )


@audits.post("/audits/<public_id>/declare")
@requires(Permission.CONDUCT_AUDIT)
@commits
def declare(public_id: str) -> Any:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    place = queries.own_place(db(), lens, actor())
    form = DeclareForm()
    if place is None:
        raise NotFound
    if not form.validate():
        return _team(lens, declare_form=form)
    kinds, words = form.declared
    declare_ties(db(), actor(), lens.audit, place, kinds=kinds, words=words)
    flash(
        _("Thank you for saying so. A coordinator decides and tells you.")
        if kinds
        else _("Thank you. It is noted that you have no ties.")
    )
    return see_other("audits.team", public_id=public_id)


def _team(
    lens: queries.Lens,
    *,
    add_form: AuditorForm | None = None,
    declare_form: DeclareForm | None = None,
) -> str:
    is_open = lens.is_lead and lens.state in TEAM_OPEN
    found = people_found("audits") if is_open else []
    form = add_form or AuditorForm(formdata=None)
    lacked = lacking(db(), USER_AUDIT, [member.account_id for member in found])
    tied = queries.tied_members(db(), lens.audit.unit, found) if found else frozenset()
    form.member.choices = [
        (member.public_id, _label(member, lacked.get(member.account_id), member.id in tied))
        for member in found
    ]
    own = queries.own_place(db(), lens, actor()) if lens.is_team else None
    sees_bank = actor().scope(Permission.READ_BANK).everywhere
    return audit_page(
        "team",
        lens,
        "team",
        team=queries.team_of(db(), lens),
        is_open=is_open,
        sees_bank=sees_bank,
        found=found,
        typed=typed(),
        form=form,
        own=own,
        has_listened=own is not None and has_listened(db(), lens.audit, actor()),
        **_drawn(lens, is_shown=is_open and sees_bank),
        may_declare=lens.state in TEAM_OPEN,
        gone=left_and_wants_call(db(), lens.audit) if lens.is_lead else (),
        calls=who_wants_call(db(), lens.audit.id) if lens.is_lead else frozenset(),
        declare_form=declare_form or DeclareForm(formdata=None),
        has_errors=bool(add_form or declare_form),
    )


def _drawn(lens: queries.Lens, *, is_shown: bool) -> dict[str, Any]:
    """The draw of the team that goes on, and who of the drawn has neither said yes nor no."""
    draw = draw_of_team(db(), lens.audit) if is_shown else None
    if draw is None:
        return {"draw_goes_on": False, "unanswered": []}
    seats = drawn_seats(db(), lens.audit, draw) if draw.has_panel else []
    waiting = [seat.member for seat in seats if not (seat.is_in_team or seat.has_left)]
    asked = [member for member in waiting if member is not None]
    log_access_to(
        [member.account_id for member in asked], "candidates_seen", "audit", lens.audit.public_id
    )
    return {
        "draw_goes_on": draw.state in OPEN_STATES,
        "unanswered": [member.name for member in asked],
    }


def _label(member: BankMember, lacked: Sequence[Course] | None, is_tied: bool) -> str:
    """Name and where from; and what they lack, so that nobody is chosen in vain."""
    told = [member.name]
    if not member.is_protected and member.municipality is not None:
        told.append(member.municipality.name_in(current_locale()))
    if is_tied:
        told.append(_("has ties to the unit"))
    if lacked:
        told.append(_("needs training first: %(course)s", course=lacked[0].name))
    return ", ".join(told)
