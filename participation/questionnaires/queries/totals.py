"""Totals of a whole round, for the disclosure gate."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Text, cast, column, func, select, true
from sqlalchemy.orm import Session

from participation.questionnaires.models import Response
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.queries.trees import content_of_round, layout_of
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.grouping import Answering, Attribute, group_codes
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.packing import (
    LEFT_OUT,
    NOT_ASKED,
    RANKED,
    SEVERAL,
    SIGNS,
    Place,
)
from participation.questionnaires.rules.words import Words


@dataclass(frozen=True)
class OptionTotal:
    """One alternative and how many chose it."""

    code: str
    text: Words
    count: int
    is_dont_know: bool = False
    is_not_applicable: bool = False


@dataclass(frozen=True)
class QuestionTotal:
    """One closed question: who answered it at all, and how many chose each option."""

    key: str
    kind: str
    text: Words
    answered: int
    options: tuple[OptionTotal, ...]


@dataclass(frozen=True)
class GroupTotal:
    """One group's share of the whole: how many they are, and their answers by question key.

    `code` "" are those who did not say. `answers`: how many answered, how many chose each option.
    """

    code: str
    people: int
    answers: Mapping[str, tuple[int, Mapping[str, int]]]


@dataclass(frozen=True)
class RoundTotals:
    """Whole-round counts for the disclosure gate. Never shown before the gate let them out."""

    round_id: int
    responses: int
    questions: tuple[QuestionTotal, ...]
    by_role: Mapping[str, int]
    by_group: Mapping[Attribute, tuple[GroupTotal, ...]] = field(default_factory=dict)
    changes: int = 0  # the round's `changed_count` when counting began


CHUNK = 20_000


class _Tally:
    """Signs counted column by column: a column is every `width`-th sign of the answers joined.

    So counting a question is counting signs in a string (docs/decisions/0001 has the times).
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.people = 0
        self._width = sum(place.width for place in places)
        self._signs: dict[int, Counter[str]] = {
            start: Counter() for place in places for start in _columns(place)
        }

    def add(self, answers: Sequence[str]) -> None:
        if set(map(len, answers)) != {self._width}:
            raise ValueError("a stored answer does not fit its version's layout")
        self.people += len(answers)
        joined = "".join(answers)
        for start, counts in self._signs.items():
            column = joined[start :: self._width]
            counts.update({sign: column.count(sign) for sign in set(column)})

    def of(self, place: Place) -> tuple[int, Mapping[str, int]]:
        """How many answered, and how often each option was chosen."""
        first = self._signs[place.start] if place.width else Counter[str]()
        answered = first.total() - first[LEFT_OUT] - first[NOT_ASKED]
        if place.form in {SEVERAL, RANKED}:
            # Of what was put in order, "1" is the first place.
            chosen = {
                code: self._signs[place.start + number]["1"]
                for number, code in enumerate(place.codes)
            }
        else:
            chosen = {code: first[SIGNS[number]] for number, code in enumerate(place.codes)}
        return answered, {code: count for code, count in chosen.items() if count}


class Counting:
    """Counts a round in steps that each read a chunk of answers once, for all questions.

    Between steps nothing is held open: the worker tells how far it is, and on SQLite others can
    write. `attributes`: what the answers are counted by as well.
    """

    def __init__(
        self, session: Session, round_id: int, attributes: Sequence[Attribute] = ()
    ) -> None:
        survey_round = round_by_id(session, round_id)
        self.round_id = round_id
        self.content = content_of_round(session, survey_round)
        self.places = layout_of(survey_round.version)
        self.expected = survey_round.response_count or 0
        self.changes = survey_round.changed_count
        self.responses = 0
        self.by_role: Counter[str] = Counter()
        self._whole = _Tally(self.places)
        self._groups: dict[Attribute, dict[str, _Tally]] = {one: {} for one in attributes}
        self._numbers: Mapping[str, Mapping[str, int]] = {}
        self._after = b""

    def step(self, session: Session) -> bool:
        """Count the next chunk; False when all are counted."""
        rows = session.execute(
            select(Response.id, Response.answers, Response.respondent_role, Response.unit_id)
            .where(Response.round_id == self.round_id, Response.id > self._after)
            .order_by(Response.id)
            .limit(CHUNK)
        ).all()
        if rows:
            ids, answers, roles, units = zip(*rows, strict=True)
            self._after = ids[-1]
            self.responses += len(rows)
            self.by_role.update(roles)
            self._whole.add(answers)
            chunk = Answering(answers, roles, units)
            for attribute, tallies in self._groups.items():
                codes = group_codes(attribute, self.content, self.places, chunk)
                self._count_by(tallies, codes, answers)
        if len(rows) == CHUNK:
            return True
        self._numbers = _counts_of_numbers(session, self.round_id, self.content)
        return False

    def _count_by(
        self, tallies: dict[str, _Tally], codes: Iterable[str], answers: Sequence[str]
    ) -> None:
        parts: dict[str, list[str]] = {}
        for code, answer in zip(codes, answers, strict=True):
            parts.setdefault(code, []).append(answer)
        for code, some in parts.items():
            tallies.setdefault(code, _Tally(self.places)).add(some)

    def totals(self) -> RoundTotals:
        counts = {place.key: self._whole.of(place) for place in self.places}
        return RoundTotals(
            self.round_id,
            self.responses,
            tuple(
                _question_total(
                    question, *counts.get(question.key, _summed(self._numbers, question.key))
                )
                for question in self.content.asked.values()
                if kind_of(question).is_closed
            ),
            dict(self.by_role),
            {
                attribute: tuple(
                    GroupTotal(
                        code, tally.people, {place.key: tally.of(place) for place in self.places}
                    )
                    for code, tally in sorted(tallies.items())
                )
                for attribute, tallies in self._groups.items()
            },
            self.changes,
        )


def _columns(place: Place) -> range:
    return range(place.start, place.start + place.width)


def _summed(numbers: Mapping[str, Mapping[str, int]], key: str) -> tuple[int, Mapping[str, int]]:
    counts = numbers.get(key, {})
    return sum(counts.values()), counts


def round_totals(
    session: Session, round_id: int, attributes: Sequence[Attribute] = ()
) -> RoundTotals:
    """Count every closed question of a round at once.

    Reads all answers of the round: call it in a job, never in a view; a job that tells how far
    it is takes `Counting` step by step.
    """
    counting = Counting(session, round_id, attributes)
    while counting.step(session):
        pass
    return counting.totals()


def _question_total(question: Question, answered: int, counts: Mapping[str, int]) -> QuestionTotal:
    totals = kind_of(question).summarise(question, counts)
    return QuestionTotal(
        question.key,
        question.kind,
        question.text,
        answered,
        tuple(_option_total(question, code, count) for code, count in totals.items()),
    )


def _option_total(question: Question, code: str, count: int) -> OptionTotal:
    option = question.option(code)
    if option is None:
        return OptionTotal(code, Words({"sv": code}), count)
    return OptionTotal(code, option.text, count, option.is_dont_know, option.is_not_applicable)


def _counts_of_numbers(
    session: Session, round_id: int, content: Content
) -> Mapping[str, Mapping[str, int]]:
    asked = content.asked.values()
    if not any(kind_of(question).render in {"number", "steps"} for question in asked):
        return {}
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    unpack_json = func.json_each if is_sqlite else func.jsonb_each_text
    pairs = unpack_json(Response.numbers).table_valued(column("key", Text), column("value", Text))
    value = cast(pairs.c.value, Text)
    rows = session.execute(
        select(pairs.c.key, value, func.count())
        .select_from(Response)
        .join(pairs, true())
        .where(Response.round_id == round_id)
        .group_by(pairs.c.key, value)
    )
    found: dict[str, dict[str, int]] = {}
    for key, stored, count in rows:
        found.setdefault(key, {})[str(stored)] = int(count)
    return found
