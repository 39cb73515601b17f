"""Invented counties: people who answer a questionnaire in waves, and the tables of each wave."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from participation.disclosure.rules.breakdowns import Breakdown, Group, GroupRow
from participation.disclosure.rules.drafts import ReleaseDraft, ReleaseKind
from participation.disclosure.rules.tables import AskedIf, Cell, Table, TableKind

CODES = ("always", "often", "sometimes", "seldom", "dont_know")
ATTRIBUTES = {"role": 4, "municipality": 12, "unit": 24, "gender": 3, "age": 6}
SIZES = (60, 150, 400, 1000, 3000)
WAVES = 3
SKIPPED = 0.08
LEFT = 0.05
TICKED = 0.4


@dataclass(frozen=True)
class Question:
    """`after`: asked of those who gave one of the first two answers to the question before."""

    key: str
    kind: TableKind
    is_required: bool = False
    after: str = ""


FEW_QUESTIONS = (
    Question("stod", TableKind.SCALE, is_required=True),
    Question("hurt", TableKind.CHOICE),
    Question("told", TableKind.CHOICE, after="hurt"),
    Question("what", TableKind.MANY),
)
MANY_QUESTIONS = tuple(
    Question(f"q{number}", (TableKind.SCALE, TableKind.CHOICE)[number % 2]) for number in range(20)
)


@dataclass(frozen=True)
class Person:
    """`groups` by attribute; `answers` by question: one code, several, or none (skipped)."""

    groups: dict[str, int]
    answers: dict[str, frozenset[str]]


class County:
    """A population whose groups are of very different sizes, and how they answer."""

    def __init__(self, seed: int, questions: Sequence[Question] = FEW_QUESTIONS) -> None:
        self.chance = random.Random(seed)
        self.questions = questions
        self.groups = {name: self.chance.randint(2, most) for name, most in ATTRIBUTES.items()}
        self.groups["unit"] = 2 * self.groups["municipality"]
        self._weights = {
            name: [self.chance.random() ** 3 + 0.01 for _group in range(number)]
            for name, number in self.groups.items()
        }
        rarest = self.chance.choice((0.005, 0.1))
        self._shares = {
            one.key: [self.chance.random() ** 2 + rarest for _code in CODES] for one in questions
        }
        self._first = self.chance.choice(("municipality", "unit"))

    def people(self, number: int) -> list[Person]:
        return [self._person() for _one in range(number)]

    def waves(self) -> list[ReleaseDraft]:
        """What asks to be published, wave by wave: each holds the people before and who came.

        In some counties a few left. The first wave is broken down by everything, those after it by
        this or that.
        """
        people = self.people(self.chance.choice(SIZES))
        found = [self.draft(people)]
        is_leaving = self.chance.random() < 0.25
        while len(found) < WAVES:
            stayed = [one for one in people if not is_leaving or self.chance.random() > LEFT]
            came = self.chance.choice((2, 7, len(people), 2 * len(people)))
            people = stayed + self.people(came)
            chosen = self.chance.sample(list(self.groups), self.chance.choice((0, 1, 1, 2)))
            draft = self.draft(people)
            kept = tuple(one for one in draft.breakdowns if one.attribute in chosen)
            found.append(replace(draft, breakdowns=kept))
        return found

    def _person(self) -> Person:
        chance = self.chance
        groups = {
            name: chance.choices(range(number), self._weights[name])[0]
            for name, number in self.groups.items()
        }
        groups["municipality"] = groups["unit"] // 2
        answers: dict[str, frozenset[str]] = {}
        for one in self.questions:
            if one.after and not answers[one.after] & set(CODES[:2]):
                answers[one.key] = frozenset()
            elif one.kind is TableKind.MANY:
                answers[one.key] = frozenset(c for c in CODES if chance.random() < TICKED) or (
                    frozenset(CODES[-1:])
                )
            elif not one.is_required and not one.after and chance.random() < SKIPPED:
                answers[one.key] = frozenset()
            else:
                answers[one.key] = frozenset(chance.choices(CODES, self._shares[one.key]))
        return Person(groups, answers)

    def draft(self, people: Sequence[Person]) -> ReleaseDraft:
        """What asks to be published of these people: every question by every attribute."""
        tables = tuple(self._table(one, people) for one in self.questions)
        order = sorted(self.groups, key=lambda name: name != self._first)
        return ReleaseDraft(
            kind=ReleaseKind.ROUND_TOTALS,
            source_kind="round",
            source_public_id="k7f3xk7f3xk7",
            title="Invented",
            respondents=len(people),
            tables=tables,
            breakdowns=tuple(self._breakdown(name, people) for name in order),
        )

    def _table(self, question: Question, people: Sequence[Person]) -> Table:
        row = _row(question, people)
        after = AskedIf(key=question.after, codes=frozenset(CODES[:2])) if question.after else None
        return Table(
            key=question.key,
            title=question.key,
            kind=question.kind,
            n=row.n,
            cells=tuple(
                Cell(code=code, label=code, count=count, is_unsure=code == "dont_know")
                for code, count in zip(CODES, row.counts, strict=True)
            ),
            is_required=question.is_required or bool(question.after),
            asked_if=after,
        )

    def _breakdown(self, attribute: str, people: Sequence[Person]) -> Breakdown:
        parts = [
            [one for one in people if one.groups[attribute] == place]
            for place in range(self.groups[attribute])
        ]
        return Breakdown(
            attribute=attribute,
            title=attribute,
            subject="place" if attribute in {"municipality", "unit"} else attribute,
            groups=tuple(
                Group(code=f"g{place}", label=f"g{place}", people=len(part))
                for place, part in enumerate(parts)
            ),
            rows={one.key: tuple(_row(one, part) for part in parts) for one in self.questions},
            is_ordered=attribute == "age",
        )


def _row(question: Question, people: Sequence[Person]) -> GroupRow:
    given = [one.answers[question.key] for one in people]
    return GroupRow(
        n=sum(bool(answer) for answer in given),
        counts=tuple(sum(code in answer for answer in given) for code in CODES),
    )


def single_table(seed: int, groups: int, answers: int, people: int) -> list[list[int]]:
    """Counts of one question by one attribute; groups and answers of fewer than five are gone."""
    chance = random.Random(seed)
    shares = [chance.random() ** 2 for _answer in range(answers)]
    weights = [chance.random() ** 3 for _group in range(groups)]
    counts = [[0] * answers for _group in range(groups)]
    for _person in range(people):
        group, answer = (chance.choices(range(len(one)), one)[0] for one in (weights, shares))
        counts[group][answer] += 1
    kept = [c for c in range(answers) if sum(row[c] for row in counts) >= 5]
    rows = [[row[c] for c in kept] for row in counts]
    return [row for row in rows if sum(row) >= 5]
