"""Several tables of one anonymous round, seen together by an attacker who solves all equations."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

import highspy

from participation.disclosure.rules.looks import ROLE, Look, closes_ring, unbroken
from participation.disclosure.rules.tables import Thresholds
from participation.results.rules.crossing import cross_tables

LIMITS = Thresholds()
PEOPLE = Mapping[tuple[str, ...], int]  # answers to all questions → how many gave them
ANSWERS = "xy"
LABELS = [(code, code) for code in ANSWERS]


def rounds(number: int, *, are_shown: bool) -> Iterator[PEOPLE]:
    """Small rounds with three questions. `are_shown`: no pair of answers is rare, so that every
    table of two questions is shown whole; else rows of it are hidden.
    """
    chance = random.Random(20261127)
    while number:
        counts = (1, 2, 3, 4, 8, 14) if are_shown else (0, 1, 2, 3, 5, 8, 14, 25)
        people = {way: chance.choice(counts) for way in product(ANSWERS, repeat=3)}
        together = 2 if are_shown else 1
        rarest = min(
            sum(count for way, count in people.items() if {*given} <= {*enumerate(way)})
            for given in combinations(product(range(3), ANSWERS), together)
            if len({question for question, _code in given}) == together
        )
        if rarest >= LIMITS.minimum * 2 // together:
            number -= 1
            yield people


class Attacker:
    """A variable per way to answer everything, an equation per number that was seen."""

    def __init__(self, people: PEOPLE) -> None:
        self.ways = list(people)
        self.people = people
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        for _way in self.ways:
            self.solver.addVar(0.0, highspy.kHighsInf)
        for question in range(len(self.ways[0])):  # totals are published, or may be
            for code in ANSWERS:
                self.tell({question: code})

    def places(self, given: Mapping[int, str]) -> list[int]:
        return [
            place
            for place, way in enumerate(self.ways)
            if all(way[question] == code for question, code in given.items())
        ]

    def true(self, given: Mapping[int, str]) -> int:
        return sum(self.people[self.ways[place]] for place in self.places(given))

    def tell(self, given: Mapping[int, str]) -> None:
        places, value = self.places(given), self.true(given)
        self.solver.addRow(value, value, len(places), places, [1.0] * len(places))

    def see(self, first: int, second: int) -> None:
        """Look at two questions against each other as the workroom shows them."""
        counts = {("", a, b): self.true({first: a, second: b}) for a in ANSWERS for b in ANSWERS}
        for shown in cross_tables(counts, LABELS, LABELS, LIMITS):
            for row in shown.shown:
                for code in ANSWERS:
                    self.tell({first: row.label, second: code})

    def width(self, given: Mapping[int, str]) -> float:
        ends = []
        for sign in (1.0, -1.0):
            for place in range(len(self.ways)):
                self.solver.changeColCost(place, 0.0)
            for place in self.places(given):
                self.solver.changeColCost(place, sign)
            self.solver.run()
            ends.append(sign * self.solver.getInfo().objective_function_value)
        return ends[1] - ends[0]

    def found(self) -> tuple[int, int]:
        """Small groups that gave certain answers to two or more questions: worked out, in all."""
        questions = range(len(self.ways[0]))
        groups = [
            dict(zip(chosen, codes, strict=True))
            for number in range(2, len(questions) + 1)
            for chosen in combinations(questions, number)
            for codes in product(ANSWERS, repeat=number)
        ]
        small = [given for given in groups if LIMITS.is_small(self.true(given))]
        narrow = [given for given in small if self.width(given) < LIMITS.minimum - 0.01]
        return len(narrow), len(small)


def attacked(tables: Sequence[tuple[int, int]], number: int = 30) -> tuple[int, int]:
    results = []
    for people in [*rounds(number, are_shown=True), *rounds(number, are_shown=False)]:
        attacker = Attacker(people)
        for first, second in tables:
            attacker.see(first, second)
        results.append(attacker.found())
    return sum(one for one, _all in results), sum(every for _one, every in results)


def test_two_tables_with_a_question_in_common_show_no_small_group() -> None:
    narrow, small = attacked([(0, 1), (1, 2)])
    assert small > 200
    assert narrow == 0


def test_the_control_a_third_table_that_closes_the_ring_shows_many() -> None:
    narrow, _small = attacked([(0, 1), (1, 2), (0, 2)])
    assert narrow > 5


def test_a_pair_that_closes_a_ring_is_known_before_it_is_shown() -> None:
    seen = [{"a", "b"}, {"b", "c"}]
    assert closes_ring(seen, {"a", "c"})
    assert not closes_ring(seen, {"c", "d"})
    assert not closes_ring(seen, {"d", "e"})
    assert closes_ring([{"a", ROLE}, {"b", ROLE}], {"a", "b"})
    assert closes_ring([{"a", "b", ROLE}], {"c", "b", ROLE})
    assert not closes_ring([{"a", "b", ROLE}], {"c", "b"})


def test_of_questions_seen_together_a_breakdown_keeps_the_first() -> None:
    def look(*nodes: str) -> Look:
        return Look(nodes=frozenset(nodes))

    keys = ["a", "b", "c", "many"]
    assert unbroken([look("a", "b"), look("b", "c")], "unit", keys) == {"b", "c"}
    assert unbroken([look("a", "unit")], "unit", keys) == {"a"}
    assert unbroken([look("many=x", "b"), look("b", "many=y")], "unit", keys) == {"many"}
    assert unbroken([look("many=x", "many=y")], "unit", keys) == {"many"}
    assert unbroken([look("many=x", "a")], "unit", keys) == {"many"}
    assert unbroken([look("a", "b", ROLE), look("b", "c")], ROLE, keys) == {"c"}
    assert unbroken([look("a", "b", ROLE)], "unit", keys) == {"b"}
    assert unbroken([Look()], "unit", keys) == frozenset()
