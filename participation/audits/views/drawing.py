"""A team by lot: who can be drawn and why others cannot, the demands, and what becomes of each."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms.teams import TeamDrawForm
from participation.audits.models import Audit
from participation.audits.queries.drawing import (
    AuditorPool,
    auditor_pool,
    drawn_seats,
    draws_of_team,
    newest_standing,
)
from participation.audits.rules.drawing import HELD_LABELS, USUAL_REST, USUAL_TEAM, Held
from participation.audits.rules.states import TEAM_LARGEST, TEAM_OPEN
from participation.audits.services import (
    HasTies,
    NeedsTraining,
    NotInTheBank,
    begin_team_draw,
    pass_place_on,
    take_place,
)
from participation.audits.views.blueprint import audit_page, audits
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, log_access_to, requires, see_other
from participation.selection.queries import (
    counts_of,
    county_parts,
    is_searching,
    traits_of_members,
)
from participation.selection.rules.draws import OPEN_STATES
from participation.selection.rules.draws import STATE_LABELS as DRAW_STATES
from participation.selection.rules.draws import STATE_SHAPES as DRAW_SHAPES
from participation.selection.services import DrawUnderWay, ReplacementUnderWay, TooFewCandidates


@audits.get("/audits/<public_id>/team/draw")
@requires(Permission.MANAGE_AUDITS, whole_county=True)
def team_draw(public_id: str) -> str:
    return _page(_led(public_id))


@audits.post("/audits/<public_id>/team/draw")
@requires(Permission.MANAGE_AUDITS, whole_county=True)
@commits
def begin_draw(public_id: str) -> Any:
    lens = _led(public_id)
    form = TeamDrawForm(most=_room(lens.audit))
    if not form.validate() or not _can_be_met(lens, form):
        return _page(lens, form)
    try:
        made = begin_team_draw(db(), actor(), lens.audit, form.demands())
    except TooFewCandidates as few:
        form.add_error(
            "people",
            _(
                "%(num)s can be drawn now. A draw needs more people than places.",
                num=few.data["candidates"],
            ),
        )
        return _page(lens, form)
    except DrawUnderWay as going:
        return see_other("selection.overview", public_id=going.data["public_id"])
    return see_other("selection.quotas", public_id=made.public_id)


def _can_be_met(lens: queries.Lens, form: TeamDrawForm) -> bool:
    """Whether somebody who can be drawn fits each demand; says at the field where nobody does."""
    demands = form.demands()
    pool = auditor_pool(db(), actor(), lens.audit, demands.rest_days)
    about = _about(pool)
    practised: int = about["practised"]
    fitting = {
        "own_experience": about["counts"].get("role", {}).get("service_user", 0),
        "somebody_practised": practised,
        "somebody_new": len(pool.free) - practised,
    }
    missed = [name for name, number in fitting.items() if form[name].data and not number]
    for name in missed:
        form.add_error(name, _("Nobody who can be drawn now fits this. Take the tick away."))
    return not missed


@audits.post("/audits/<public_id>/team/draw/<int:number>/yes")
@requires(Permission.MANAGE_AUDITS, whole_county=True)
@commits
def drawn_says_yes(public_id: str, number: int) -> Any:
    def act(audit: Audit) -> str:
        member = take_place(db(), actor(), audit, number)
        return _("%(name)s is in the team and gets a mail.", name=member.name)

    return _act(public_id, act)


@audits.post("/audits/<public_id>/team/draw/<int:number>/no")
@requires(Permission.MANAGE_AUDITS, whole_county=True)
@commits
def drawn_says_no(public_id: str, number: int) -> Any:
    def act(audit: Audit) -> str:
        pass_place_on(db(), actor(), audit, number)
        return _("Noted. The same draw names who comes next.")

    return _act(public_id, act)


def _act(public_id: str, act: Callable[[Audit], str]) -> Any:
    try:
        flash(act(_led(public_id).audit))
    except NotFound:
        raise
    except HasTies:
        flash(_("The person has declared ties to the unit since. Let the next be drawn."), "alarm")
    except NeedsTraining as lack:
        flash(
            _("The person needs training first: %(course)s.", course=lack.data["course"]), "alarm"
        )
    except NotInTheBank:
        flash(_("The person is not in the interest bank any more."), "alarm")
    except ReplacementUnderWay:
        flash(_("One at a time: the next is being looked for already."), "wait")
    except Conflict:
        flash(_("The person is in the team already, or the team is full."), "alarm")
    return see_other("audits.team_draw", public_id=public_id)


def _led(public_id: str) -> queries.Lens:
    return queries.audit_led_by(db(), actor(), public_id)


def _room(audit: Audit) -> int:
    return TEAM_LARGEST - queries.team_size(db(), audit.id)


def _page(lens: queries.Lens, form: TeamDrawForm | None = None) -> str:
    audit = lens.audit
    draws = draws_of_team(db(), audit)
    draw = newest_standing(draws)
    is_going = draw is not None and draw.state in OPEN_STATES
    seats = drawn_seats(db(), audit, draw) if draw is not None and draw.has_panel else []
    can_begin = lens.state in TEAM_OPEN and not is_going and all(one.is_in_team for one in seats)
    most = _room(audit) if can_begin else 0
    pool = auditor_pool(db(), actor(), audit, USUAL_REST) if most > 0 else None
    seen = [seat.member for seat in seats] + ([*pool.free, *_named(pool)] if pool else [])
    log_access_to(
        [one.account_id for one in seen if one is not None],
        "candidates_seen",
        "audit",
        audit.public_id,
    )
    usual = {"people": min(USUAL_TEAM, most), "rest": str(USUAL_REST), "even_gender": True}
    return audit_page(
        "team_draw",
        lens,
        "team",
        draw=draw,
        draws=draws,
        is_going=is_going,
        is_open=lens.state in TEAM_OPEN,
        seats=seats,
        is_searching=draw is not None and is_searching(db(), draw.id),
        form=form or TeamDrawForm(most=most, formdata=None, data=usual),
        draw_states=DRAW_STATES,
        draw_shapes=DRAW_SHAPES,
        **(_about(pool) if pool else {"pool": None}),
    )


def _named(pool: AuditorPool) -> list[Any]:
    """Those held back who are named; of who is untrained the number is enough."""
    return [one.member for one in pool.held if one.why is not Held.UNTRAINED]


def _about(pool: AuditorPool) -> dict[str, Any]:
    """Who can be drawn, in counts; why others cannot, with who they are and from when they can."""
    ids = [member.id for member in pool.free]
    counts = counts_of(list(traits_of_members(db(), ids, county_parts(db(), ())).values()))
    held = Counter(one.why for one in pool.held)
    return {
        "pool": pool,
        "counts": counts,
        "practised": len(pool.practised.intersection(ids)),
        "held": [
            (
                HELD_LABELS[why],
                held[why],
                [one for one in pool.held if one.why is why and why is not Held.UNTRAINED],
            )
            for why in Held
            if held[why]
        ],
    }
