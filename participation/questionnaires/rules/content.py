"""What a questionnaire asks: a tree of questions, read from the JSON of a version and checked.

The JSON (docs/decisions/0001 shows the storage) in short:

    {"title": {"sv": …}, "intro": {…}, "closing": {…},
     "questions": [{"key": "repeat_story", "kind": "scale", "text": {"sv": …, "sv_easy": …},
                    "options": [{"code": "often", "text": {…}}, …]}]}

A battery holds `rows`, each of which is answered as a question of its own under its own key.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from participation.questionnaires.rules.expressions import (
    Expression,
    Values,
    parse_expression,
)
from participation.questionnaires.rules.words import (
    EASY,
    LANGUAGES,
    NO_WORDS,
    Words,
    language_order,
)

INFORMATION = "information"
BATTERY = "battery"
OTHER_SUFFIX = ".other"
OPTION_FLAGS = ("is_exclusive", "has_text", "is_dont_know", "is_not_applicable")


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    code: str
    text: Words
    respondent_role: str = ""
    is_exclusive: bool = False
    has_text: bool = False
    is_dont_know: bool = False
    is_not_applicable: bool = False
    value: float | None = None  # a score that goes along in and out; nothing is counted with it

    @property
    def is_apart(self) -> bool:
        """Shown apart from the others: "don't know", "does not apply"."""
        return self.is_dont_know or self.is_not_applicable


@dataclass(frozen=True)
class Group:
    """Questions that stand together under a heading; its condition holds for all of them."""

    key: str
    title: Words
    relevant: str = ""
    inside: str = ""  # the key of the group around it


@dataclass(frozen=True)
class Picture:
    """A symbol beside a question: the file's public id, and what it shows in words."""

    file: str
    alt: Words


@dataclass(frozen=True)
class Question:
    """One question (or information, or a battery of rows)."""

    key: str
    kind: str
    text: Words
    help: Words = NO_WORDS
    options: tuple[Option, ...] = ()
    rows: tuple["Question", ...] = ()
    required: bool = False
    relevant: Expression | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None  # between the numbers that can be answered; None: any number
    constraint: Expression | None = None
    constraint_message: Words = NO_WORDS
    option_set: str = ""
    background: str = ""  # "municipality", "age_band" or "gender"
    sets_respondent_role: bool = False
    free_text_question: str = ""
    shuffled: bool = False  # each person gets the alternatives in an order of their own
    faces: str = ""  # "glad_first" or "glad_last": a face beside the words (rules/faces.py)
    group: str = ""
    own_relevant: str = ""  # its own condition; `relevant` holds its groups' as well
    picture: Picture | None = None
    sounds: Mapping[str, str] = field(default_factory=dict)  # file by language or twin
    provenance: str = ""  # key of the library question it was copied from
    stem: Words = NO_WORDS  # a battery row knows the battery's own words

    @cached_property
    def is_piped(self) -> bool:
        """Its words repeat an earlier answer, so it looks different to everybody."""
        texts = [self.text, self.help, self.stem, *(option.text for option in self.options)]
        return any(text.piped for text in texts)

    def only(self, language: str) -> "Question":
        """The question as whoever reads `language` knows it, for messages that repeat its words."""
        options = tuple(replace(one, text=one.text.only(language)) for one in self.options)
        message = self.constraint_message.only(language)
        return replace(self, options=options, constraint_message=message)

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    @property
    def other(self) -> Option | None:
        """The option that asks "which?"."""
        return next((option for option in self.options if option.has_text), None)

    @property
    def other_key(self) -> str:
        return self.key + OTHER_SUFFIX


@dataclass(frozen=True)
class Screen:
    """What one page asks: information first, then one question or a battery's rows."""

    key: str
    questions: tuple[Question, ...]
    information: tuple[Question, ...] = ()
    battery: Question | None = None

    @property
    def relevant(self) -> Expression | None:
        return self._first.relevant

    @property
    def group(self) -> str:
        """The key of the group it stands in, "" outside all of them."""
        return self._first.group

    @property
    def _first(self) -> Question:
        return self.battery or (self.questions or self.information)[0]


@dataclass(frozen=True)
class Content:
    """A whole version."""

    title: Words
    intro: Words
    closing: Words
    questions: tuple[Question, ...]
    audience: tuple[str, ...] = ()
    minutes: int | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def path(self, group: str) -> tuple[Group, ...]:
        """The group with this key and those around it, outermost first; none for ""."""
        found: tuple[Group, ...] = ()
        while group in self.groups and self.groups[group] not in found:
            found = (self.groups[group], *found)
            group = self.groups[group].inside
        return found

    def begun(self, group: str, before: str = "") -> tuple[Group, ...]:
        """The groups that begin between what stands in the group `before` and what in `group`."""
        known = self.path(before)
        return tuple(one for one in self.path(group) if one not in known)

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        """Every question that takes an answer, by key, in order; battery rows one by one."""
        return {question.key: question for question in _asked(self.questions)}

    @cached_property
    def screens(self) -> tuple[Screen, ...]:
        return tuple(_screens(self.questions))

    def visible_screens(self, answers: Values) -> tuple[Screen, ...]:
        """The screens that concern somebody who has answered this so far."""
        return tuple(s for s in self.screens if s.relevant is None or s.relevant.holds(answers))

    def most_screens(self, answers: Values, key: str) -> int:
        """How many screens somebody who stands at `key` may meet in all, so that none is added.

        Those that concern them, and later ones that an answer still to come decides on.
        """
        concerning = self.visible_screens(answers)
        here = next((n for n, one in enumerate(self.screens) if one.key == key), 0)
        coming = {question.key for one in self.screens[here:] for question in one.questions}
        return sum(
            one in concerning
            or (
                number > here and one.relevant is not None and bool(one.relevant.questions & coming)
            )
            for number, one in enumerate(self.screens)
        )

    def visible_questions(self, answers: Values) -> Iterator[Question]:
        for screen in self.visible_screens(answers):
            yield from screen.questions

    @cached_property
    def deciding(self) -> tuple[Question, ...]:
        """Questions whose answers decide what else is asked, in order."""
        decisive = {key for one in self.screens if one.relevant for key in one.relevant.questions}
        return tuple(question for key, question in self.asked.items() if key in decisive)

    @cached_property
    def has_easy_twin(self) -> bool:
        return bool(self.title.by_language.get(EASY)) or any(
            question.text.by_language.get(EASY) for question in self.questions
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages of the platform in which every question can be read."""
        texts = [self.title, *(q.text for q in self.asked.values())]
        return tuple(code for code in LANGUAGES if all(text.speaks(code) for text in texts))

    @cached_property
    def needs_an_answer(self) -> bool:
        """Some question must be answered by whoever it concerns: not all of it may be skipped."""
        return any(question.required for question in self.asked.values())

    @cached_property
    def role_question(self) -> Question | None:
        return next((q for q in self.asked.values() if q.sets_respondent_role), None)

    def background_key(self, attribute: str) -> str | None:
        return next((q.key for q in self.asked.values() if q.background == attribute), None)

    def respondent_role(self, answers: Values) -> str:
        """The role the answers state, else the one the audience leaves, else ""."""
        question = self.role_question
        if question is not None:
            option = question.option(str(answers.get(question.key, "")))
            return option.respondent_role if option is not None else ""
        return self.audience[0] if len(self.audience) == 1 else ""

    @cached_property
    def languages_in_part(self) -> tuple[str, ...]:
        """Languages the questionnaire speaks at least in part, in the order of their links."""
        return language_order(code for text in self.all_words() for code in text.by_language)

    @cached_property
    def other_languages(self) -> tuple[str, ...]:
        """Languages in which every question can be read, beyond those the platform speaks."""
        texts = [self.title, *(q.text for q in self.asked.values())]
        own = {EASY, *LANGUAGES}
        return tuple(
            code
            for code in self.languages_in_part
            if code not in own and all(text.speaks(code) for text in texts)
        )

    def all_words(self) -> Iterator[Words]:
        """Every text there is."""
        yield from (self.title, self.intro, self.closing)
        yield from (group.title for group in self.groups.values())
        for question in (*self.questions, *self.asked.values()):
            yield from (question.text, question.help, question.constraint_message)
            yield from (option.text for option in question.options)


def _asked(questions: Sequence[Question]) -> Iterator[Question]:
    for question in questions:
        if question.kind == BATTERY:
            yield from question.rows
        elif question.kind != INFORMATION:
            yield question


def _screens(questions: Sequence[Question]) -> Iterator[Screen]:
    waiting: list[Question] = []
    for question in questions:
        if question.kind == INFORMATION:
            # Information with a condition of its own stands alone; other information goes along.
            if question.relevant is not None or question.group:
                yield Screen(question.key, (), (question,))
            else:
                waiting.append(question)
            continue
        rows = question.rows if question.kind == BATTERY else (question,)
        battery = question if question.kind == BATTERY else None
        yield Screen(question.key, rows, tuple(waiting), battery)
        waiting = []
    if waiting:
        yield Screen(waiting[0].key, (), tuple(waiting))


ORDERS = 8  # of alternatives: enough to favour none, few enough to draw each once


def order_for(code: str) -> int:
    """Which of the orders the holder of this link or code gets: always the same one, 1 to 8."""
    return hashlib.sha256(f"order {code}".encode()).digest()[0] % ORDERS + 1


def options_in_order(question: Question, order: int) -> tuple[Option, ...]:
    """The alternatives as one person sees them; `order` 0 is the author's.

    "Something else", "none of these" and "don't know" stay last, where they are looked for.
    """
    if not question.shuffled or not order:
        return question.options
    free = [o for o in question.options if not (o.is_apart or o.is_exclusive or o.has_text)]
    last = [option for option in question.options if option not in free]
    mixed = sorted(
        free, key=lambda o: hashlib.sha256(f"{order} {question.key} {o.code}".encode()).digest()
    )
    return (*mixed, *last)


def alone(question: Question) -> Question:
    """The question as it stands inside its groups: with its own condition only."""
    if not question.group:
        return question
    own = parse_expression(question.own_relevant) if question.own_relevant else None
    return replace(question, relevant=own)


def media_of(question: Question) -> tuple[str, ...]:
    """What a question shows and plays: "picture", and a language for each sound."""
    return (*(["picture"] if question.picture else []), *sorted(question.sounds))


def with_stem(battery: Question, row: Question) -> Question:
    """A battery's row as the single question it is answered as."""
    return replace(
        row,
        kind="scale",
        options=battery.options,
        stem=battery.text,
        required=battery.required,
        option_set=battery.option_set,
        faces=battery.faces,
    )
