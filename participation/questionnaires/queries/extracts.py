"""Answers of whole rounds row by row, for an extract: a disclosure act, never a publication.

No week, no key and no receipt leave; the order is that of the random keys. What fewer people
than the minimum share (a role, a unit, a background) is left empty, so that a row is not pointed
at by it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from participation.county.models import Unit
from participation.questionnaires.models import Response, ResponseText, SurveyRound
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.queries.totals import Counting
from participation.questionnaires.queries.trees import content_of_round, layout_of
from participation.questionnaires.rules.extracts import (
    FIXED,
    Column,
    Source,
    columns_of,
    sign_columns,
)

CHUNK = 5_000
_NOTHING: Mapping[str, str] = {}


def extract_rounds(
    session: Session, survey_round: SurveyRound, *, with_series: bool
) -> Sequence[int]:
    """Ids of the rounds of an extract: the closed ones of a series, the newest first, or one."""
    if not with_series or survey_round.series_id is None:
        return [survey_round.id]
    return session.scalars(
        select(SurveyRound.id)
        .where(SurveyRound.series_id == survey_round.series_id, SurveyRound.closed_at.is_not(None))
        .order_by(SurveyRound.closes_at.desc(), SurveyRound.id.desc())
    ).all()


def extract_columns(
    session: Session, round_ids: Sequence[int], *, with_texts: bool
) -> tuple[Column, ...]:
    """The columns of a file with these rounds: one per question key, through all versions."""
    found = [round_by_id(session, round_id) for round_id in round_ids]
    sources = {
        one.version_id: Source(one.version.number, content_of_round(session, one)) for one in found
    }
    return columns_of(list(sources.values()), with_texts=with_texts)


@dataclass(frozen=True)
class _Small:
    """What so few share that it is left empty."""

    roles: frozenset[str]
    stated: frozenset[str]  # on whose behalf
    units: frozenset[int | None]
    options: Mapping[str, frozenset[str]]  # of background questions, by key


class RowReader:
    """The rows of one round, a chunk at a time; between chunks nothing is held open."""

    def __init__(
        self,
        session: Session,
        round_id: int,
        columns: Sequence[Column],
        *,
        minimum: int,
        with_texts: bool,
    ) -> None:
        survey_round = round_by_id(session, round_id)
        content = content_of_round(session, survey_round)
        self.round_id, self.with_texts = round_id, with_texts
        self.wave, self.version = survey_round.wave_label, survey_round.version.number
        self.small = _small_groups(session, round_id, minimum)
        self.units = _unit_names(session, round_id)
        signs = sign_columns(content, layout_of(survey_round.version), self.small.options)
        self.maps = [one.values for one in signs]
        base = [*FIXED, *(one.name for one in signs)]
        others = [column for column in columns if column.name not in set(base)]
        self.named = [column.key for column in others]
        names = [*base, *(column.name for column in others)]
        place_of = {name: place for place, name in enumerate(names)}
        self.order = [place_of[column.name] for column in columns]
        self._after = b""

    def step(self, session: Session) -> list[tuple[Any, ...]]:
        """The next rows; none when all are read."""
        found = session.execute(
            select(
                Response.id,
                Response.answers,
                cast(Response.numbers, Text),  # a chunk is parsed at once
                Response.respondent_role,
                Response.answers_for,
                Response.unit_id,
            )
            .where(Response.round_id == self.round_id, Response.id > self._after)
            .order_by(Response.id)
            .limit(CHUNK)
        ).all()
        if not found:
            return []
        texts = self._texts(session, found[0].id, found[-1].id) if self.with_texts else {}
        self._after = found[-1].id
        return self._rows(found, texts)

    def _rows(
        self, found: Sequence[Any], texts: Mapping[bytes, Mapping[str, str]]
    ) -> list[tuple[Any, ...]]:
        """Made column by column: the signs of one question lie a whole answer apart."""
        ids, signs, numbers, roles, stated, units = zip(*found, strict=True)
        width, small = len(self.maps), self.small
        if set(map(len, signs)) != {width}:
            raise ValueError("a stored answer does not fit its version's layout")
        joined = "".join(signs)
        own = [texts.get(one, _NOTHING) for one in ids]
        counted = json.loads(f"[{','.join(numbers)}]")
        columns: list[Iterable[Any]] = [
            repeat(self.wave, len(found)),
            repeat(self.version, len(found)),
            ["" if one in small.roles else one for one in roles],
            ["" if one in small.stated else one for one in stated],
            ["" if one in small.units else self.units.get(one, "") for one in units],
            *(map(values.__getitem__, joined[n::width]) for n, values in enumerate(self.maps)),
            *(_of_key(key, own, counted) for key in self.named),
        ]
        return list(zip(*(columns[place] for place in self.order), strict=True))

    def _texts(self, session: Session, first: bytes, last: bytes) -> dict[bytes, dict[str, str]]:
        rows = session.execute(
            select(ResponseText.response_id, ResponseText.question_key, ResponseText.text)
            .where(
                ResponseText.round_id == self.round_id,
                ResponseText.response_id >= first,
                ResponseText.response_id <= last,
            )
            .order_by(ResponseText.response_id, ResponseText.question_key)
        )
        found: dict[bytes, dict[str, str]] = {}
        for response_id, key, text in rows:
            found.setdefault(response_id, {})[key] = text
        return found


def _of_key(
    key: str, own: Sequence[Mapping[str, str]], counted: Sequence[Mapping[str, Any]]
) -> list[Any]:
    return [
        words.get(key) or numbers.get(key, "") for words, numbers in zip(own, counted, strict=True)
    ]


def _small_groups(session: Session, round_id: int, minimum: int) -> _Small:
    counting = Counting(session, round_id)
    while counting.step(session):
        pass
    totals = counting.totals()
    backgrounds = {q.key for q in counting.content.asked.values() if q.background}
    return _Small(
        frozenset(role for role, count in totals.by_role.items() if count < minimum),
        _shared_by_few(session, round_id, Response.answers_for, minimum),
        _shared_by_few(session, round_id, Response.unit_id, minimum),
        {
            one.key: frozenset(option.code for option in one.options if option.count < minimum)
            for one in totals.questions
            if one.key in backgrounds
        },
    )


def _shared_by_few(session: Session, round_id: int, column: Any, minimum: int) -> frozenset[Any]:
    rows = session.scalars(
        select(column)
        .where(Response.round_id == round_id)
        .group_by(column)
        .having(func.count() < minimum)
    )
    return frozenset(rows)


def _unit_names(session: Session, round_id: int) -> Mapping[int | None, str]:
    used = select(Response.unit_id).where(Response.round_id == round_id).distinct()
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(used)))
    return {row.id: row.name for row in rows}
