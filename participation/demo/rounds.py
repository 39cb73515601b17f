"""Questionnaires and their rounds: answers shared out as the patterns say, never drawn."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle, repeat
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.county.queries import agreement_by_key, municipalities, units
from participation.demo.apportion import apportion, laid_out, ticked
from participation.demo.holding import hold_round
from participation.demo.year import Year
from participation.questionnaires.models import QuestionnaireVersion, SurveyRound
from participation.questionnaires.queries import content_of, newest_published
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.rounds import LinkKind, week_number
from participation.questionnaires.rules.shipped import shipped
from participation.questionnaires.services import (
    NewResponse,
    close_round,
    hand_over_texts,
    import_questionnaire,
    store_responses,
)
from participation.questionnaires.services.links import make_open_links
from participation.results.services import attributes_to_publish, publish_round

WEEK = timedelta(days=7)
PREPARED_BEFORE = timedelta(days=12)
PUBLISHED_AFTER = timedelta(days=9)
# Most answer in the first week.
WEEK_WEIGHTS = (8, 5, 3, 2, 2, 2, 1, 1)
OTHER_COUNTY_PERCENT = 1
UNITS_WITH_POSTERS = 4
# Which of those units' posters an answer came through; None: the round's own link.
BY_POSTER = (0, None, 1, 0, None, 2, None, 0, 1, None, 0, None, 1, None, 0, 3)
IN_TWO_MONTHS = {
    "sv_easy": "om två månader, på sidan Du sa – vi gjorde",
    "en": "within two months, on the page You said – we did",
    "ar": "خلال شهرين، في صفحة «قلتم – فعلنا»",
}
LINKS = {"short_next_of_kin_2026": "narstaende"}


@dataclass
class Answerer:
    """One person who answers: what they ticked and what they wrote."""

    role: str
    answers: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    language: str | None = None


def ask_year(year: Year) -> None:
    """Lay in the questionnaires, hold every round and close those that are over."""
    versions = _lay_in_questionnaires(year)
    for entry in year.texts.answer_patterns["rounds"]:
        _hold(year, entry, versions[entry["questionnaire"]])


def publish_year(year: Year) -> None:
    """Publish the totals of the rounds that the texts call published."""
    for entry in year.texts.answer_patterns["rounds"]:
        if entry["state"] == "published":
            with year.calendar.stand_at(entry["closes_on"] + PUBLISHED_AFTER, 9):
                published = _with_questions(year, year.rounds[entry["key"]])
                publish_round(
                    year.session,
                    year.coordinator,
                    published.id,
                    attributes=attributes_to_publish(year.session, published),
                )


def _with_questions(year: Year, survey_round: SurveyRound) -> SurveyRound:
    """Its version may have left the session since it was asked."""
    return year.session.scalars(
        select(SurveyRound)
        .where(SurveyRound.id == survey_round.id)
        .options(joinedload(SurveyRound.version))
    ).one()


def _lay_in_questionnaires(year: Year) -> dict[str, QuestionnaireVersion]:
    found = {}
    first = min(entry["opens_on"] for entry in year.texts.answer_patterns["rounds"])
    own = year.texts.questionnaires
    shipped_ones = shipped([(one.code, one.name) for one in municipalities(year.session)])
    written = [
        *shipped_ones.values(),
        *({**data, "option_sets": own["option_sets"]} for data in own["questionnaires"]),
    ]
    with year.calendar.stand_at(first - 2 * PREPARED_BEFORE):
        for data in written:
            made = import_questionnaire(year.session, {**data, "is_fictional": True})
            version = newest_published(year.session, made.id)
            assert version is not None
            found[data["key"]] = version
    return found


def _hold(year: Year, entry: dict[str, Any], version: QuestionnaireVersion) -> None:
    with year.calendar.stand_at(entry["opens_on"] - PREPARED_BEFORE, 14):
        survey_round = _open(year, entry, version)
    people = _people(year, entry, content_of(version))
    weeks = _weeks(year, entry, len(people))
    store_responses(
        year.session,
        survey_round,
        [
            _response(person, week, unit)
            for person, week, unit in zip(people, weeks, _units(year, entry), strict=False)
        ],
        new_id=lambda: year.chance.randbytes(16),
    )
    year.rounds[entry["key"]] = survey_round
    if entry["state"] == "open":
        _hand_out(year, survey_round)
        hand_over_texts(year.session, survey_round)  # so that most of it is coded already
        return
    with year.calendar.stand_at(entry["closes_on"] + timedelta(days=1), 7):
        close_round(year.session, survey_round, year.coordinator)


def _hand_out(year: Year, survey_round: SurveyRound) -> None:
    """Posters for the first units, as the coordinator made them before the round opened."""
    chosen = [unit.id for unit in units(year.session)[:UNITS_WITH_POSTERS]]
    make_open_links(year.session, year.coordinator, survey_round, chosen)
    make_open_links(year.session, year.coordinator, survey_round, chosen[:1], LinkKind.KIOSK)


def _open(year: Year, entry: dict[str, Any], version: QuestionnaireVersion) -> SurveyRound:
    questionnaire = year.texts.questionnaires["places"][entry["questionnaire"]]
    agreement = questionnaire.get("agreement")
    return hold_round(
        year,
        version,
        wave_label=entry["key"].rsplit("_", 1)[1],
        opens_at=year.calendar.at(entry["opens_on"], 0),
        closes_at=year.calendar.at(entry["closes_on"] + timedelta(days=1), 0),
        series_key=questionnaire.get("series"),
        agreement_id=agreement_by_key(year.session, agreement).id if agreement else None,
        area_id=year.area_id(questionnaire.get("area")),
        slug=LINKS.get(entry["key"]),
        results_on="inom två månader, på sidan Du sa – vi gjorde",
        results_on_twins=IN_TWO_MONTHS,
    )


def _weeks(year: Year, entry: dict[str, Any], count: int) -> list[int]:
    """A week for each answer: within the window, and not later than now."""
    last = min(entry["closes_on"], year.calendar.today)
    starts: list[date] = []
    day = entry["opens_on"]
    while day <= last:
        starts.append(day)
        day += WEEK
    weights = dict(zip(map(week_number, starts), WEEK_WEIGHTS, strict=False))
    return laid_out(count, weights, year.chance)


def _units(year: Year, entry: dict[str, Any]) -> Iterator[int | None]:
    """Through whose poster each answer to an open round came, over and over."""
    if entry["state"] != "open":
        return repeat(None)
    linked = [unit.id for unit in units(year.session)[:UNITS_WITH_POSTERS]]
    return cycle(None if place is None else linked[place % len(linked)] for place in BY_POSTER)


def _response(person: Answerer, week: int, unit_id: int | None) -> NewResponse:
    return NewResponse(
        answers=person.answers,
        texts=person.texts,
        week=week,
        unit_id=unit_id,
        locale=person.language or "sv",
    )


def _people(year: Year, entry: dict[str, Any], content: Content) -> list[Answerer]:
    """Everybody who answers the round, role by role, then shuffled."""
    people: list[Answerer] = []
    for role, count in entry["answers"].items():
        in_role = [Answerer(role) for _ in range(count)]
        for question in content.asked.values():
            _fill(year, entry, question, in_role)
        _write(year, entry, role, in_role)
        people += in_role
    year.chance.shuffle(people)
    return people


def _fill(
    year: Year, entry: dict[str, Any], question: Question, people: Sequence[Answerer]
) -> None:
    role = people[0].role
    if question.key == "answers_as":
        for person in people:
            person.answers[question.key] = role
        return
    shares = _shares(year, entry["key"], question.key, role)
    if shares is None:
        return
    answering = _those_who_answer(year, question.key, people)
    if question.kind == "multiple":
        _tick(year.chance, question, shares, answering)
        return
    chosen = laid_out(len(answering), shares, year.chance)
    for person, code in zip(answering, chosen, strict=True):
        person.answers[question.key] = code


def _those_who_answer(year: Year, key: str, people: Sequence[Answerer]) -> list[Answerer]:
    skipped: Mapping[str, int] = year.texts.answer_patterns["skipped"]
    percent = skipped.get(key, skipped["default"])
    return year.chance.sample(list(people), len(people) - round(len(people) * percent / 100))


def _tick(
    chance: random.Random,
    question: Question,
    percents: Mapping[str, float],
    people: Sequence[Answerer],
) -> None:
    """A multiple choice: what stands alone first, then everything else among the others."""
    alone = {option.code for option in question.options if option.is_exclusive}
    counts = {code: round(len(people) * percents.get(code, 0) / 100) for code in sorted(alone)}
    waiting = list(people)
    for code, count in counts.items():
        for _ in range(count):
            waiting.pop().answers[question.key] = [code]
    others = {code: percent for code, percent in percents.items() if code not in alone}
    scale = len(people) / max(1, len(waiting))
    scaled = {code: min(100.0, percent * scale) for code, percent in others.items()}
    for person, codes in zip(waiting, ticked(len(waiting), scaled, chance), strict=True):
        if codes:
            person.answers[question.key] = codes


def _shares(year: Year, round_key: str, key: str, role: str) -> Mapping[str, float] | None:
    """Percent per option code, for this round's year when it has its own."""
    if key == "municipality":
        return _municipality_shares(year)
    patterns = year.texts.answer_patterns["patterns"]
    wave = round_key.rsplit("_", 1)[1]
    for name in (f"{key}@{wave}", key):
        for written, by_role in patterns.items():
            if written.rsplit(".", 1)[-1] == name:
                shares: Mapping[str, float] | None = by_role.get(role, by_role.get("default"))
                return shares
    return None


def _municipality_shares(year: Year) -> dict[str, float]:
    residents = {m.code: m.population for m in municipalities(year.session)}
    shares = apportion(1000 - 10 * OTHER_COUNTY_PERCENT, residents)
    return {**shares, "other": 10 * OTHER_COUNTY_PERCENT}


def _write(year: Year, entry: dict[str, Any], role: str, people: Sequence[Answerer]) -> None:
    """Give each free text to somebody; who writes twice writes in one language."""
    for written in year.texts.free_texts:
        if written["round"] != entry["key"] or written["role"] != role:
            continue
        fitting = [
            person
            for person in people
            if written["question"] not in person.texts
            and person.language in {None, written["language"]}
        ]
        person = year.chance.choice(fitting)
        person.texts[written["question"]] = written["text"]
        person.language = written["language"]
