"""Two lists with search, rounds and written questionnaires, and how it is all done."""

from typing import Any

from flask import request, url_for

from participation.disclosure.outlets import outlet
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires
from participation.questionnaires import queries
from participation.questionnaires.forms.lists import RoundFilter, WordsFilter
from participation.questionnaires.queries.lists import (
    how_far,
    questionnaires_listed,
    rounds_listed,
)
from participation.questionnaires.rules.rounds import MODE_LABELS, MODE_MEANINGS
from participation.questionnaires.views.manage.parts import questionnaires, round_lines


@questionnaires.get("")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@outlet("workroom")
def overview() -> str:
    form = RoundFilter(request.args)
    asked = form.asked()
    page = _page(rounds_listed(actor(), asked.get("state", ""), asked.get("q", "")))
    return _list(
        "questionnaires/manage/overview.html", form=form, page=page, lines=round_lines(page.items)
    )


@questionnaires.get("/written")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def written() -> str:
    form = WordsFilter(request.args)
    page = _page(questionnaires_listed(actor(), form.asked().get("q", "")))
    return _list(
        "questionnaires/manage/written.html",
        form=form,
        page=page,
        far=how_far(db(), [one.id for one in page.items]),
    )


@questionnaires.get("/help")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def how_to() -> str:
    """The whole way in eight steps."""
    modes = [(label, MODE_MEANINGS[mode]) for mode, label in MODE_LABELS.items()]
    return render("questionnaires/manage/help.html", modes=modes)


def _page(listed: Any) -> Any:
    return paginate(db(), listed, page_number(request.args.get("page")))


def _list(template: str, **shown: Any) -> str:
    places = {
        "questionnaires.overview": _("Rounds"),
        "questionnaires.written": _("Written questionnaires"),
    }
    tabs = [(label, url_for(place), place == request.endpoint) for place, label in places.items()]
    return render(template, tab_entries=tabs, may_write=queries.may_manage(actor()), **shown)
