"""The way through the steps of joining, the same for both entrances."""

from dataclasses import dataclass
from typing import Any

from flask import request

from participation.accounts.rules.throttling import ADDRESS_LINKS
from participation.accounts.services import check_throttle, count_try
from participation.county.queries import areas, municipalities
from participation.foundation.clock import today
from participation.foundation.i18n import current_locale
from participation.foundation.web import db, render, see_other
from participation.interest_bank.forms import Joining, Places, Step
from participation.interest_bank.queries import age_policy
from participation.interest_bank.rules import NOTICE_VERSION, is_too_young, needs_guardian
from participation.interest_bank.services import sign_up

STEP_PAGES = ("who", "experience", "how", "reach")
# Buttons that show the same step again: in another language, with another notice.
STAYING = ("language", "show")


@dataclass(frozen=True)
class Entrance:
    """One way in: its steps, its page, and where it ends. `takes_children`: names a guardian."""

    joining: type[Joining]
    template: str
    done: str
    takes_children: bool


def first_step(entrance: Entrance) -> str:
    """The first step, empty."""
    joining = entrance.joining(request.form, places())
    return step_page(entrance, joining, 1)


def take_step(entrance: Entrance) -> Any:
    """Whatever somebody pressed on a step: a language, back, on, or in."""
    joining = entrance.joining(request.form, places())
    if any(name in request.form for name in STAYING):
        return step_page(entrance, joining, joining.number)
    if "back" in request.form:
        return step_page(entrance, joining, max(1, joining.number - 1))
    wrong = joining.first_wrong(joining.number)
    if wrong is not None:
        return step_page(entrance, joining, *wrong)
    return _answer_to_age(entrance, joining) or _go_on(entrance, joining)


def step_page(entrance: Entrance, joining: Joining, number: int, form: Step | None = None) -> str:
    return render(
        entrance.template,
        part=STEP_PAGES[number - 1],
        form=form or joining.form(number),
        number=number,
        total=len(joining.steps),
        notice=joining.notice,
        notice_version=NOTICE_VERSION,
        policy=joining.places.policy,
        language_form="joining",
    )


def places() -> Places:
    return Places(areas(db()), municipalities(db()), age_policy(db()))


def _answer_to_age(entrance: Entrance, joining: Joining) -> str | None:
    """A page of its own for who is too young, or came in where no guardian can be named."""
    year, policy = joining.birth_year(), joining.places.policy
    if is_too_young(year, today(), policy):
        return render("interest_bank/too_young.html", policy=policy)
    if needs_guardian(year, today(), policy) and not entrance.takes_children:
        return render("interest_bank/guardian_needed.html", typed=joining.packed(), policy=policy)
    return None


def _go_on(entrance: Entrance, joining: Joining) -> Any:
    """On to the next step, or, after the last one, into the bank's waiting room."""
    if joining.number < len(joining.steps):
        return step_page(entrance, joining, joining.number + 1)
    address = request.remote_addr or ""
    check_throttle(db(), ADDRESS_LINKS, address)
    count_try(db(), ADDRESS_LINKS, address)
    sign_up(
        db(),
        joining.last("email") or "",
        joining.profile(),
        current_locale(),
        notice=joining.notice,
        guardian_email=joining.last("guardian_email"),
    )
    return see_other(entrance.done)
