"""A version's JSON, read: every problem found is told, with the place it is in."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import (
    BATTERY,
    INFORMATION,
    OPTION_FLAGS,
    Content,
    Group,
    Option,
    Picture,
    Question,
    with_stem,
)
from participation.questionnaires.rules.expressions import (
    ITSELF,
    Expression,
    ExpressionError,
    parse_expression,
)
from participation.questionnaires.rules.faces import (
    FACE_KINDS,
    FACES,
    FEWEST_FACES,
    MOST_FACES,
    with_faces,
)
from participation.questionnaires.rules.kinds import KINDS, MOST_STEPS, RANGE, range_numbers
from participation.questionnaires.rules.rounds import RespondentRole
from participation.questionnaires.rules.words import FIRST_LANGUAGE, NO_WORDS, Words, is_language

MAX_QUESTIONS = 200
MAX_OPTIONS = 60
MAX_TEXT = 3_000
MOST_DEPTH = 6  # groups in groups
BACKGROUNDS = ("municipality", "age_band", "gender")
ONE_ANSWER_KINDS = frozenset({"single", "scale", "yes_no"})

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[A-Za-z0-9_\-]{1,40}")


@dataclass(frozen=True)
class Problem:
    """Something wrong with a content: where ("question repeat_story") and what."""

    where: str
    message: str
    field: str = "text"  # the editor's field it concerns
    question: str = ""  # its key, where a question is concerned


class ContentInvalid(DomainError):
    """The content cannot be used; `problems` lists all that was found."""

    code = "content_invalid"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.where}: {p.message}" for p in problems))
        self.problems = tuple(problems)


def read_content(data: Mapping[str, Any], *, allow_empty: bool = False) -> Content:
    """A version's JSON as a tree; `allow_empty` for a draft that has no question yet.

    Raises:
        ContentInvalid: with every problem found.
    """
    reader = _Reader(data.get("option_sets") or {})
    content = reader.content(data)
    if not allow_empty and not content.asked:
        reader.say(_("questionnaire"), _("There is no question to answer yet."))
    if reader.problems:
        raise ContentInvalid(reader.problems)
    return content


def read_stored(data: Mapping[str, Any]) -> Content:
    """A version's tree as it was stored: a rule that came later makes no old version unreadable.

    What a rule forbids today is passed over: a question about who answers that lets people choose
    several alternatives is an ordinary question.
    """
    content = _Reader(data.get("option_sets") or {}).content(data)
    return replace(content, questions=tuple(map(_without_who, content.questions)))


def _without_who(question: Question) -> Question:
    if question.kind in ONE_ANSWER_KINDS:
        return question
    return replace(question, background="", sets_respondent_role=False)


class _Reader:
    """Collects problems while it reads, so that the author sees all of them at once."""

    def __init__(self, option_sets: Mapping[str, Any]) -> None:
        self.problems: list[Problem] = []
        self._option_sets = option_sets
        self._keys: set[str] = set()
        self._here = ""
        self._groups: dict[str, Group] = {}

    def say(self, where: str, message: str, field: str = "text") -> None:
        self.problems.append(Problem(where, message, field, self._here))

    def content(self, data: Mapping[str, Any]) -> Content:
        where = _("questionnaire")
        raw = data.get("questions") or []
        if len(raw) > MAX_QUESTIONS:
            self.say(where, _("More than %(max)s questions.", max=MAX_QUESTIONS))
        self._groups = {group.key: group for group in self._read_groups(data.get("groups") or [])}
        self._check_groups()
        audience = tuple(data.get("audience") or ())
        for role in set(audience) - set(RespondentRole):
            self.say(where, _("“%(role)s” is not a respondent role.", role=role))
        return Content(
            title=self._words(where, data.get("title"), must=True),
            intro=self._words(where, data.get("intro")),
            closing=self._words(where, data.get("closing")),
            questions=tuple(self._questions(raw[:MAX_QUESTIONS])),
            audience=audience,
            minutes=data.get("minutes"),
            groups=self._groups,
        )

    def _read_groups(self, raw: Sequence[Mapping[str, Any]]) -> Iterator[Group]:
        for item in raw:
            key = str(item.get("key", ""))
            where = _("group %(key)s", key=key)
            if not _KEY.fullmatch(key):
                self.say(where, _("The key must be small letters a–z, digits and underscores."))
            title = self._words(where, item.get("title"), must=True)
            inside = str(item.get("inside") or "")
            yield Group(key, title, str(item.get("relevant") or ""), inside)

    def _check_groups(self) -> None:
        """Each stands in a group that there is, none in itself, and few in each other."""
        for group in list(self._groups.values()):
            around = [group.key]
            while self._groups[around[-1]].inside in self._groups and len(around) <= MOST_DEPTH:
                around.append(self._groups[around[-1]].inside)
            if len(around) > MOST_DEPTH:
                said = _("Groups stand in each other at most %(max)d deep.", max=MOST_DEPTH)
                self.say(_("group %(key)s", key=group.key), said, "title")
            if len(around) > MOST_DEPTH or group.inside not in self._groups:
                self._groups[group.key] = replace(group, inside="")

    def _condition_around(self, group: str) -> str:
        """What must hold for everything in the group."""
        found = ""
        while group:
            found = _together(self._groups[group].relevant, found)
            group = self._groups[group].inside
        return found

    def _questions(self, raw: Sequence[Mapping[str, Any]]) -> Iterator[Question]:
        for position, item in enumerate(raw, start=1):
            self._here = str(item.get("key", ""))
            yield self._question(position, item)
            self._here = ""

    def _question(self, position: int, item: Mapping[str, Any]) -> Question:
        key = str(item.get("key", ""))
        where = _("question %(key)s", key=key or position)
        kind = str(item.get("kind", ""))
        if kind not in KINDS:
            self.say(where, _("“%(kind)s” is not a kind of question.", kind=kind))
            kind = INFORMATION
        group = self._groups.get(str(item.get("group") or ""))
        own = str(item.get("relevant") or "")
        around = self._condition_around(group.key if group else "")
        relevant = self._relevant(where, _together(around, own))
        self._claim_key(where, key)
        question = Question(
            key=key,
            kind=kind,
            text=self._words(where, item.get("text"), must=True),
            help=self._words(where, item.get("help")),
            options=tuple(self._options(where, kind, item)),
            required=bool(item.get("required")),
            relevant=relevant,
            group=group.key if group else "",
            own_relevant=own,
            max_length=item.get("max_length"),
            minimum=item.get("minimum"),
            maximum=item.get("maximum"),
            step=item.get("step"),
            constraint=self._constraint(where, item.get("constraint")),
            constraint_message=self._words(where, item.get("constraint_message")),
            option_set=str(item.get("option_set") or ""),
            background=self._background(where, item),
            sets_respondent_role=bool(item.get("sets_respondent_role")),
            free_text_question=str(item.get("free_text_question") or ""),
            shuffled=bool(item.get("shuffled")),
            faces=str(item.get("faces") or ""),
            picture=self._picture(where, item.get("picture")),
            sounds=self._sounds(where, item.get("sounds")),
            provenance=str(item.get("provenance") or ""),
        )
        self._check_range(where, question)
        self._check_who(where, question)
        self._check_faces(where, question)
        return self._with_rows(where, question, item)

    def _with_rows(self, where: str, question: Question, item: Mapping[str, Any]) -> Question:
        if question.kind != BATTERY:
            return question
        rows = []
        for raw in item.get("rows") or []:
            key = str(raw.get("key", ""))
            self._claim_key(where, key)
            row = Question(key, "scale", self._words(where, raw.get("text"), must=True))
            rows.append(with_stem(question, row))
        if not rows:
            self.say(where, _("Write at least one statement."), "rows")
        return _replaced(question, rows=tuple(rows))

    def _claim_key(self, where: str, key: str) -> None:
        if not _KEY.fullmatch(key):
            self.say(where, _("The key must be small letters a–z, digits and underscores."))
        elif key in self._keys:
            self.say(where, _("The key “%(key)s” is used twice.", key=key))
        self._keys.add(key)

    def _words(self, where: str, raw: Any, *, must: bool = False) -> Words:
        if raw is None or raw == {}:
            if must:
                self.say(where, _("The Swedish text is missing."))
            return NO_WORDS
        if isinstance(raw, str):
            raw = {FIRST_LANGUAGE: raw}
        texts = {str(code): str(text).strip() for code, text in raw.items() if str(text).strip()}
        for code in sorted(code for code in texts if not is_language(code)):
            self.say(where, _("“%(code)s” is not a language here.", code=code))
        if must and FIRST_LANGUAGE not in texts:
            self.say(where, _("The Swedish text is missing."))
        if any(len(text) > MAX_TEXT for text in texts.values()):
            self.say(where, _("A text is longer than %(max)s characters.", max=MAX_TEXT))
        return Words({code: text for code, text in texts.items() if is_language(code)})

    def _options(self, where: str, kind: str, item: Mapping[str, Any]) -> Iterator[Option]:
        if not KINDS[kind].has_options:
            return
        raw = item.get("options") or self._option_sets.get(item.get("option_set") or "") or []
        if len(raw) < 2:
            self.say(where, _("Give at least two alternatives."), "options")
        if len(raw) > MAX_OPTIONS:
            self.say(where, _("More than %(max)s alternatives.", max=MAX_OPTIONS), "options")
        seen: set[str] = set()
        for one in raw[:MAX_OPTIONS]:
            option = self._option(where, one)
            if option.code in seen:
                self.say(where, _("The code “%(code)s” is used twice.", code=option.code))
            seen.add(option.code)
            yield option

    def _option(self, where: str, raw: Mapping[str, Any]) -> Option:
        code = str(raw.get("code", ""))
        if not _CODE.fullmatch(code):
            self.say(
                where,
                _("The code “%(code)s” may hold letters a–z, digits, - and _ only.", code=code),
            )
        role = str(raw.get("respondent_role") or "")
        if role and role not in set(RespondentRole):
            self.say(where, _("“%(role)s” is not a respondent role.", role=role))
        return Option(
            code=code,
            text=self._words(where, raw.get("text"), must=True),
            respondent_role=role,
            value=raw.get("value"),
            **{flag: bool(raw.get(flag)) for flag in OPTION_FLAGS},
        )

    def _picture(self, where: str, raw: Any) -> Picture | None:
        if not isinstance(raw, Mapping) or not raw.get("file"):
            return None
        alt = self._words(where, raw.get("alt"))
        if not alt:
            self.say(where, _("Describe the picture in words."), "alt")
        return Picture(str(raw["file"]), alt)

    def _sounds(self, where: str, raw: Any) -> Mapping[str, str]:
        sounds = dict(raw) if isinstance(raw, Mapping) else {}
        for code in sorted(code for code in sounds if not is_language(str(code))):
            self.say(where, _("“%(code)s” is not a language here.", code=code))
        return {str(code): str(file) for code, file in sounds.items() if is_language(str(code))}

    def _check_range(self, where: str, question: Question) -> None:
        """A range is drawn as a list of its numbers, so it must not be endless."""
        low, high, step = question.minimum, question.maximum, question.step
        if question.kind == RANGE and not range_numbers(question):
            far = _(
                "Give a lowest and a highest number, at most %(max)d steps apart.", max=MOST_STEPS
            )
            self.say(where, far, "minimum")
        if low is not None and high is not None and low > high:
            self.say(where, _("The lowest number is above the highest."), "minimum")
        if step is not None and step <= 0:
            self.say(where, _("The steps must be larger than 0."), "minimum")

    def _check_who(self, where: str, question: Question) -> None:
        """Answers are counted by who gave them, so each gives exactly one of few."""
        is_about_who = question.background or question.sets_respondent_role
        if is_about_who and question.kind not in ONE_ANSWER_KINDS:
            one = _("A question about who answers lets people choose one alternative.")
            self.say(where, one, "kind")

    def _check_faces(self, where: str, question: Question) -> None:
        """Faces stand in the order of a scale, and few of them can be told apart."""
        if not question.faces:
            return
        if question.faces not in FACES or question.kind not in FACE_KINDS:
            said = _("Faces go with one choice, a scale in words or statements only.")
            self.say(where, said, "faces")
        elif not FEWEST_FACES <= len(with_faces(question.options)) <= MOST_FACES:
            said = _(
                "Faces go with %(fewest)d to %(most)d alternatives.",
                fewest=FEWEST_FACES,
                most=MOST_FACES,
            )
            self.say(where, said, "faces")
        elif question.shuffled:
            said = _("Faces need the alternatives in one order. Take away the random order.")
            self.say(where, said, "faces")

    def _constraint(self, where: str, raw: Any) -> Expression | None:
        return self._expression(where, raw, "constraint", self._keys | {ITSELF})

    def _relevant(self, where: str, raw: Any) -> Expression | None:
        return self._expression(where, raw, "relevant", self._keys)

    def _expression(
        self, where: str, raw: Any, field: str, known: Collection[str]
    ) -> Expression | None:
        if not raw:
            return None
        try:
            expression = parse_expression(str(raw))
        except ExpressionError as problem:
            self.say(where, str(problem), field)
            return None
        for key in sorted(expression.questions - set(known)):
            late = _("The condition asks about “%(key)s”, which comes later.", key=key)
            self.say(where, late, field)
        return expression

    def _background(self, where: str, item: Mapping[str, Any]) -> str:
        background = str(item.get("background") or "")
        if background and background not in BACKGROUNDS:
            self.say(where, _("“%(name)s” is not a background attribute.", name=background))
        return background


def _together(one: str, other: str) -> str:
    return f"({one}) and ({other})" if one and other else one or other


def _replaced(question: Question, rows: tuple[Question, ...]) -> Question:
    return replace(question, rows=rows)
