"""Who answered what, in rounds with names; never of another round, and for few."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.county.models import Unit
from participation.foundation.errors import NotFound
from participation.foundation.i18n import alphabetical, current_locale
from participation.foundation.permissions import Actor, Permission
from participation.questionnaires.models import (
    AccessToken,
    NamedRespondent,
    Response,
    ResponseText,
    RoundContact,
    SurveyRound,
)
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.queries.trees import content_of_round, layout_of
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.naming import Sort
from participation.questionnaires.rules.packing import unpack
from participation.questionnaires.rules.rounds import ROLE_LABELS, RespondentRole, has_names
from participation.questionnaires.rules.sealing import access_hash

TEXTS_AT_A_TIME = 400


@dataclass(frozen=True)
class NamedAnswer:
    """One answer with who gave it; `lines` are questions and answers in words, asked ones only."""

    respondent: NamedRespondent
    role: str
    answers_for: str
    unit: str
    lines: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return bytes(self.respondent.response_id).hex()


_BY: Mapping[Sort, Callable[[NamedAnswer], str]] = {
    Sort.NAME: lambda _one: "",
    Sort.ROLE: lambda one: alphabetical(str(ROLE_LABELS.get(RespondentRole(one.role), ""))),
    Sort.UNIT: lambda one: alphabetical(one.unit),
}


@dataclass(frozen=True)
class Place:
    """Where one answer stands among the others: keys of its neighbours, counted from 1."""

    number: int
    total: int
    previous: str
    following: str


def place_of(listed: Sequence[NamedAnswer], key: str) -> Place:
    """The place of the answer `key`. Raises NotFound."""
    keys = [one.key for one in listed]
    if key not in keys:
        raise NotFound
    number = keys.index(key)
    around = ["", *keys, ""]
    return Place(number + 1, len(keys), around[number], around[number + 2])


def may_read_names(actor: Actor) -> bool:
    return actor.scope(Permission.READ_NAMED_ANSWERS).everywhere


def named_round(actor: Actor, survey_round: SurveyRound) -> SurveyRound:
    """The round, when it has names and the actor may read them. Raises NotFound."""
    if not has_names(survey_round.mode) or not may_read_names(actor):
        raise NotFound
    return survey_round


def who_answered(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    sort: Sort = Sort.NAME,
    words: str = "",
) -> Sequence[NamedAnswer]:
    """Who has answered, without their answers, in the order of `sort`. Raises NotFound.

    `words`: only those in whose names each of them stands.
    """
    named_round(actor, survey_round)
    wanted = words.casefold().split()
    found = [
        NamedAnswer(one, role, stated, unit or "")
        for one, role, stated, unit in session.execute(_named(survey_round.id))
        if all(word in one.name.casefold() for word in wanted)
    ]
    by_name = sorted(found, key=lambda one: (alphabetical(one.respondent.name), one.key))
    return sorted(by_name, key=_BY[sort])


def not_answered(session: Session, survey_round: SurveyRound) -> int:
    """How many got a link by mail and have not used it; lists are deleted when a round closes."""
    waiting = select(func.count(RoundContact.id)).where(
        RoundContact.round_id == survey_round.id,
        RoundContact.message_id.is_not(None),
        ~has_answered(),
    )
    return session.scalar(waiting) or 0


def answer_in_words(
    session: Session, actor: Actor, survey_round: SurveyRound, key: str
) -> NamedAnswer:
    """What one person answered. Raises NotFound."""
    named_round(actor, survey_round)
    try:
        row_id = bytes.fromhex(key)
    except ValueError:
        raise NotFound from None
    found = next(_in_words(session, survey_round, [row_id]), None)
    if found is None:
        raise NotFound
    return found


def answers_in_words(
    session: Session, actor: Actor, survey_round: SurveyRound
) -> Iterator[NamedAnswer]:
    """Everybody's answers, by name. Raises NotFound."""
    listed = who_answered(session, actor, survey_round)
    ids = [bytes(one.respondent.response_id) for one in listed]
    for start in range(0, len(ids), TEXTS_AT_A_TIME):
        yield from _in_words(session, survey_round, ids[start : start + TEXTS_AT_A_TIME])


def own_named_answers(
    session: Session, account_id: int
) -> Iterator[tuple[SurveyRound, NamedAnswer]]:
    """What somebody we know answered in their own name, through all rounds."""
    mine = session.execute(
        select(NamedRespondent.round_id, NamedRespondent.response_id)
        .where(NamedRespondent.account_id == account_id)
        .order_by(NamedRespondent.round_id, NamedRespondent.response_id)
    ).all()
    for round_id, row_id in mine:
        survey_round = round_by_id(session, round_id)
        for one in _in_words(session, survey_round, [bytes(row_id)]):
            yield survey_round, one


def owner_of_link(session: Session, survey_round: SurveyRound, code: str) -> Account | None:
    """Somebody of the bank whom a link was mailed to, in a round with names."""
    if not has_names(survey_round.mode):
        return None
    return session.scalar(
        select(Account)
        .join(RoundContact, RoundContact.account_id == Account.id)
        .where(
            RoundContact.round_id == survey_round.id,
            RoundContact.link_hash == access_hash(code),
        )
    )


def known_name(session: Session, survey_round: SurveyRound, code: str) -> str:
    """The name of whom a link was mailed to, as we know it; empty for a link of nobody's."""
    owner = owner_of_link(session, survey_round, code)
    return owner.display_name if owner is not None else ""


def has_answered() -> ColumnElement[bool]:
    """Of a contact: its link was used. Never true where it is not kept whose link is whose."""
    return exists().where(AccessToken.hash == RoundContact.link_hash, AccessToken.is_spent)


def _named(round_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(NamedRespondent, Response.respondent_role, Response.answers_for, Unit.name)
        .join(
            Response,
            and_(
                Response.round_id == NamedRespondent.round_id,
                Response.id == NamedRespondent.response_id,
            ),
        )
        .outerjoin(Unit, Unit.id == Response.unit_id)
        .where(NamedRespondent.round_id == round_id)
        .order_by(NamedRespondent.response_id)
    )


def _in_words(
    session: Session, survey_round: SurveyRound, ids: Sequence[bytes]
) -> Iterator[NamedAnswer]:
    """In the order of `ids`: three statements however many there are."""
    content, places = content_of_round(session, survey_round), layout_of(survey_round.version)
    texts: dict[bytes, dict[str, str]] = {}
    for row_id, key, text in session.execute(
        select(ResponseText.response_id, ResponseText.question_key, ResponseText.text)
        .where(ResponseText.round_id == survey_round.id, ResponseText.response_id.in_(ids))
        .order_by(ResponseText.response_id, ResponseText.question_key)
    ):
        texts.setdefault(bytes(row_id), {})[key] = text
    statement = _named(survey_round.id).add_columns(Response.answers, Response.numbers)
    found = {
        bytes(one.response_id): NamedAnswer(
            one,
            role,
            stated,
            unit or "",
            _lines(
                content,
                Answers(unpack(places, signs, numbers), texts.get(bytes(one.response_id), {})),
            ),
        )
        for one, role, stated, unit, signs, numbers in session.execute(
            statement.where(NamedRespondent.response_id.in_(ids))
        )
    }
    return (found[row_id] for row_id in ids if row_id in found)


def _lines(content: Content, answers: Answers) -> tuple[tuple[str, str], ...]:
    """A line for each question, in the questionnaire's order; left out is empty."""
    locale = current_locale()
    lines = []
    for question in content.asked.values():
        stored = answers.of(question)
        shown = "" if stored is None else kind_of(question).show(question, stored, locale)
        other = answers.texts.get(question.other_key, "")
        words = question.text.said(locale)
        lines.append((words, f"{shown}: {other}" if other else shown))
    return tuple(lines)
