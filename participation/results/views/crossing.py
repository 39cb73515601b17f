"""The workroom: two questions of one closed round against each other. Nothing leaves it."""

from collections.abc import Mapping
from typing import Any

from flask import make_response, request

from participation.disclosure.outlets import outlet
from participation.disclosure.services import thresholds_in_force
from participation.foundation.db import transaction
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    db,
    extension,
    log_access,
    render,
    requires,
)
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.queries.crossing import (
    Crossable,
    cross_counts,
    crossables,
)
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.mixing import is_mixed
from participation.questionnaires.rules.rounds import ROLE_LABELS
from participation.results import queries
from participation.results.forms import CrossForm
from participation.results.rules.crossing import CrossTable, cross_tables, in_one_order
from participation.results.services.looking import (
    Permitted,
    may_cross,
    may_look,
    seen_pairs,
    take_look,
)
from participation.results.views.blueprint import blueprint


@blueprint.get("/results/rounds/<public_id>/cross")
@requires(Permission.PUBLISH_FINDINGS, whole_county=True)
@outlet("workroom")
def cross_table(public_id: str) -> Any:
    """Question by question by role, counted now; that somebody looked is logged."""
    line = queries.closed_round(db(), actor(), public_id)
    content = content_of_round(db(), line.round)
    offered = crossables(db(), line.round)
    choices = [(key, _named(content, one)) for key, one in offered.items()]
    form = CrossForm(request.args).offer(choices)
    is_anonymous = is_mixed(line.round.mode)
    first, second = _pair(offered, form, is_anonymous=is_anonymous)
    is_enough = (line.round.response_count or 0) >= thresholds_in_force().minimum
    tables: tuple[CrossTable, ...] = ()
    permitted = Permitted()
    if first and second and first != second and is_enough and may_look(line.round):
        pair = (first.key, second.key)
        permitted = may_cross(db(), line.round, content, pair)
        if permitted.is_allowed:
            tables = _tables(line.round, content, (first, second), by_role=permitted.by_role)
            _log(line.round, pair)
        if tables and not _take_look(line.round, content, pair, by_role=len(tables) > 1):
            tables, permitted = (), Permitted(is_allowed=False)
    page = render(
        "results/cross.html",
        line=line,
        form=form,
        tables=tables,
        steps=[label for _code, label in _answers(content, second)] if second else [],
        roles={role.value: str(label) for role, label in ROLE_LABELS.items()},
        names=[_named(content, one) for one in (first, second) if one],
        is_same=first is not None and first == second,
        is_enough=is_enough,
        may_look=may_look(line.round),
        is_mixed=is_anonymous,
        is_ring=not permitted.is_allowed,
        seen=_seen(line.round, content, offered) if is_anonymous else [],
        is_turned=first is not None and first.key != form.first.data,
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _pair(
    offered: Mapping[str, Crossable], form: CrossForm, *, is_anonymous: bool
) -> tuple[Crossable | None, Crossable | None]:
    """What was chosen; in an anonymous round always the same way round."""
    first, second = offered.get(form.first.data or ""), offered.get(form.second.data or "")
    if is_anonymous and first and second:
        earlier, later = in_one_order(offered, first.key, second.key)
        return offered[earlier], offered[later]
    return first, second


def _log(survey_round: SurveyRound, pair: tuple[str, str]) -> None:
    log_access(
        "answers_crossed", "survey_round", survey_round.public_id, first=pair[0], second=pair[1]
    )


def _take_look(
    survey_round: SurveyRound, content: Content, pair: tuple[str, str], *, by_role: bool
) -> bool:
    """What is shown counts when more of the round is, and must be written before it is shown."""
    db().commit()  # only lets go: SQLite would wait for this request's own reading
    with transaction(extension().sessions) as session:
        return take_look(session, survey_round, content, pair, by_role=by_role)


def _seen(
    survey_round: SurveyRound, content: Content, offered: Mapping[str, Crossable]
) -> list[tuple[str, str, str, str]]:
    """The pairs looked at before: keys and names of both."""
    return [
        (
            one.first_key,
            one.second_key,
            _named(content, offered[one.first_key]),
            _named(content, offered[one.second_key]),
        )
        for one in seen_pairs(db(), survey_round)
        if one.first_key in offered and one.second_key in offered
    ]


def _tables(
    survey_round: SurveyRound,
    content: Content,
    pair: tuple[Crossable, Crossable],
    *,
    by_role: bool,
) -> tuple[CrossTable, ...]:
    first, second = pair
    return cross_tables(
        cross_counts(db(), survey_round.id, first, second),
        _answers(content, first),
        _answers(content, second),
        thresholds_in_force() if is_mixed(survey_round.mode) else None,
        by_role=by_role,
    )


def _named(content: Content, one: Crossable) -> str:
    """ "Jag möts med respekt", or "Varifrån kommer stödet? – Vården" for an option to tick."""
    question = content.asked[one.question_key]
    text = question.text.said(current_locale())
    option = question.option(one.option) if one.option else None
    return f"{text} – {option.text.said(current_locale())}" if option else text


def _answers(content: Content, one: Crossable) -> list[tuple[str, str]]:
    if one.option:
        return [("1", _("Ticked")), ("0", _("Not ticked"))]
    question = content.asked[one.question_key]
    labels = {option.code: option.text.said(current_locale()) for option in question.options}
    return [(code, labels.get(code, code)) for code in one.codes.values()]
