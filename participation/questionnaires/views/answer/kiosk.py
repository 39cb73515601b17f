"""A shared tablet: opened by staff with a code, begins anew after sending or a minute of silence.

Every answer page keeps `kiosk` in its address: no way out, a refresh that needs no script, and a
draft that nobody opens again once the page has given up waiting (`Draft.until`).
"""

from typing import Any

from flask import request

from participation.foundation.errors import Throttled
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, requires, see_other
from participation.questionnaires.forms.answer import KioskForm
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.queries.links import Arrival, arrival
from participation.questionnaires.rules.rounds import LinkKind
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import begin_draft, forget_draft
from participation.questionnaires.views.answer.arriving import start_page, typed_start
from participation.questionnaires.views.answer.parts import (
    ASKING_SECONDS,
    Kiosk,
    answer_page,
    answering,
    ceilings,
    check_form,
    count_wrong_code,
    find_code,
    kiosk_code,
    message_page,
    not_now_page,
    open_code,
    plain_code,
    until_then,
)


@answering.get("/kiosk")
@requires(Permission.PUBLIC)
@cookieless
def open_kiosk() -> Any:
    """Staff open the tablet with its code; the code is public and stands in the address."""
    typed = request.args.get("code", "")
    form = KioskForm(formdata=request.args if typed else None)
    if typed:
        arrived = _kiosk(typed)
        if arrived is not None:
            return see_other("answering.kiosk", link=typed.strip().lower())
        count_wrong_code()
        form.add_error("code", _("No tablet has that code. Check it on the coordinator's page."))
    return answer_page("questionnaires/answer/kiosk_code.html", form=form)


def _kiosk(link: str) -> Arrival | None:
    arrived = arrival(db(), link)
    return arrived if arrived is not None and arrived.kind is LinkKind.KIOSK else None


@answering.get("/k/<link>")
@requires(Permission.PUBLIC)
@cookieless
def kiosk(link: str) -> Any:
    arrived = _kiosk(link)
    if arrived is None:
        return message_page("unknown", None), 404
    survey_round = arrived.survey_round
    if not survey_round.is_answerable:
        return not_now_page(survey_round)
    return _kiosk_page(link, arrived)


def _kiosk_page(link: str, arrived: Arrival) -> str:
    return start_page(
        arrived.survey_round,
        "answering.start_kiosk",
        {"link": link},
        arrived.survey_round.public_id,
        unit=arrived.unit,
        kiosk=Kiosk(link),
    )


@answering.post("/k/<link>/start")
@requires(Permission.PUBLIC)
@cookieless
@commits
def start_kiosk(link: str) -> Any:
    """A new code for each person."""
    arrived = _kiosk(link)
    if arrived is None:
        return message_page("unknown", None), 404
    survey_round = arrived.survey_round
    check_form(survey_round.public_id)
    if not survey_round.is_answerable:
        return not_now_page(survey_round)
    if not ceilings().starts.take():
        raise Throttled
    begun = typed_start(survey_round)
    if begun is None:
        return _kiosk_page(link, arrived)
    first = content_of_round(db(), survey_round).screens[0]
    code = begin_draft(
        db(), survey_round, unit_id=arrived.unit_id, until=until_then(first), **begun
    )
    return see_other("answering.screen", code=code, key=first.key, kiosk=link)


@answering.get("/k/<link>/start")
@requires(Permission.PUBLIC)
@cookieless
def start_kiosk_again(link: str) -> Any:
    return see_other("answering.kiosk", link=link)


@answering.get("/a/<code>/still")
@requires(Permission.PUBLIC)
@cookieless
def still_there(code: str) -> Any:
    """Asks for half a minute before the tablet begins anew."""
    opened = open_code(code)
    link = kiosk_code()
    if opened is None or opened.draft is None or not link:
        return see_other("answering.personal_link", code=code)
    return answer_page(
        "questionnaires/answer/still.html",
        opened.survey_round,
        content=content_of_round(db(), opened.survey_round),
        code=code,
        csrf=form_value(plain_code(code)),
        kiosk=Kiosk(link, seconds=ASKING_SECONDS),
    )


@answering.post("/a/<code>/leave")
@requires(Permission.PUBLIC)
@cookieless
@commits
def leave(code: str) -> Any:
    """Leave without sending: what was answered is erased."""
    check_form(plain_code(code))
    opened = find_code(code)
    if opened is not None and opened.draft is not None and opened.draft.until:
        forget_draft(db(), plain_code(code))
    link = kiosk_code()
    if not link:
        return message_page("gone", None)
    return see_other("answering.kiosk", link=link, kiosk=None, lang=None, easy=None)


@answering.get("/a/<code>/leave")
@requires(Permission.PUBLIC)
@cookieless
def leave_again(code: str) -> Any:
    return see_other("answering.personal_link", code=code)
