"""Rounds of an activity: those sent, and what will go out by itself."""

from typing import Any

from flask import flash

from participation.activities.forms import PlainForm, RoundsForm, rounds_data
from participation.activities.models import Activity, AutomaticRounds
from participation.activities.queries import (
    automatic_rounds,
    counts_by_round,
    rounds_of,
    what_happens_next,
)
from participation.activities.rules.rounds import HALT_LABELS, Halt
from participation.activities.rules.states import CHOSEN_BY_LABELS, ChosenBy
from participation.activities.services import next_in_order, plan_rounds, stop_rounds
from participation.activities.services.mails import DAY_END
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.managed import managed
from participation.foundation.i18n import gettext as _
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


@activities.get("/activities/<public_id>/rounds")
@requires(Permission.MANAGE_ACTIVITIES)
def rounds(public_id: str) -> str:
    found = managed(public_id)
    decided = automatic_rounds(db(), found.id)
    form = RoundsForm(formdata=None, data=rounds_data(decided))
    return _rounds_page(found, form, decided)


@activities.post("/activities/<public_id>/rounds")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def plan(public_id: str) -> Any:
    found = managed(public_id)
    form = RoundsForm()
    if not form.validate():
        return _rounds_page(found, form, automatic_rounds(db(), found.id))
    plan_rounds(
        db(),
        actor(),
        found,
        form.settings(),
        chosen_by=ChosenBy(form.chosen_by.data),
        reason=form.reason.data or "",
    )
    flash(_("Saved. You can stop it here at any time."))
    return see_other(".rounds", public_id=public_id)


@activities.post("/activities/<public_id>/rounds/stop")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def stop(public_id: str) -> Any:
    found = managed(public_id)
    stop_rounds(db(), actor(), found)
    flash(_("Stopped. Nothing more goes out by itself."))
    return see_other(".rounds", public_id=public_id)


def _rounds_page(found: Activity, form: RoundsForm, decided: AutomaticRounds | None) -> str:
    coming = what_happens_next(db(), found, decided)
    halt = coming if isinstance(coming, Halt) else None
    in_turn = (
        next_in_order(db(), actor(), found, decided)
        if halt is None and decided and decided.chosen_by == ChosenBy.TURN
        else []
    )
    seen = [candidate.member.account_id for candidate in in_turn]
    log_access_to(seen, "candidates_seen", "activity", found.public_id)
    return render(
        "activities/rounds.html",
        activity=found,
        form=form,
        decided=decided,
        sent=[one for one in rounds_of(db(), found.id) if one.number],
        counts=counts_by_round(db(), found.id),
        coming=None if halt else coming,
        halt=HALT_LABELS[halt] if halt else None,
        in_turn=in_turn,
        chosen_by=CHOSEN_BY_LABELS,
        day_end=DAY_END,
        plain=PlainForm(formdata=None),
        tab="rounds",
        can_manage=True,
        **WORDS,
    )
