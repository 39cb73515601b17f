"""Questionnaires that come with the platform: looked through, then fetched as drafts."""

from typing import Any

from flask import flash

from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_and
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.rounds import ROLE_LABELS, RespondentRole
from participation.questionnaires.rules.words import language_name
from participation.questionnaires.services.shipping import (
    Shipped,
    Stand,
    fetch_shipped,
    shipped_questionnaire,
    shipped_questionnaires,
)
from participation.questionnaires.views.manage.parts import questionnaires


@questionnaires.get("/shipped")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def shipped_list() -> str:
    queries.check_manager(actor())
    found = shipped_questionnaires(db())
    return render(
        "questionnaires/manage/shipped.html",
        found=found,
        stands=Stand,
        who={one.key: _audience(one) for one in found},
    )


def _audience(one: Shipped) -> str:
    told = format_and([str(ROLE_LABELS[RespondentRole(role)]) for role in one.content.audience])
    return told[:1].upper() + told[1:]


@questionnaires.get("/shipped/<key>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def shipped_page(key: str) -> str:
    """Every question and alternative before anything is fetched."""
    queries.check_manager(actor())
    found = shipped_questionnaire(db(), key)
    return render(
        "questionnaires/manage/shipped_one.html",
        found=found,
        content=found.content,
        stands=Stand,
        kinds=KINDS,
        languages=[language_name(code) for code in found.content.languages],
    )


@questionnaires.post("/shipped/<key>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def fetch(key: str) -> Any:
    queries.check_manager(actor())
    try:
        made = fetch_shipped(db(), actor(), shipped_questionnaire(db(), key))
    except Conflict:
        flash(_("It is here already. Nothing is changed."))
        return see_other("questionnaires.shipped_page", key=key)
    flash(_("The questionnaire is a draft now. Read through it and try it before you publish."))
    return see_other("questionnaires.questionnaire_page", public_id=made.public_id)
