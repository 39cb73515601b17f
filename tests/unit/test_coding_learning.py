"""Suggestions speak only of what they have been right about, and otherwise keep silent."""

from random import Random

import numpy as np
import pytest

from participation.coding.rules.learning import Model, gram_counts, learn, lowest_sure

WAITING = [
    "väntade länge på svar",
    "lång väntan i telefonkö",
    "väntetiden var för lång",
    "fick vänta",
]
BUSES = ["bussen går inte", "ingen buss på helgen", "missade bussen hem", "bussar och resor"]
OTHER = ["bra bemötande", "allt var lugnt", "vet inte", "tack för maten", "skön sal"]


def texts_with(words: list[str], times: int, random: Random) -> list[str]:
    return [f"{random.choice(words)} {random.choice(OTHER)}" for _one in range(times)]


@pytest.fixture(scope="module")
def model() -> Model:
    random = Random(1)
    texts = [
        *texts_with(WAITING, 40, random),
        *texts_with(BUSES, 40, random),
        *texts_with(OTHER, 40, random),
    ]
    has = np.zeros((120, 4), bool)
    has[:40, 0] = has[40:80, 1] = True
    has[[random.randrange(120) for _one in range(30)], 2] = True  # a code that means nothing
    has[:19, 3] = True  # one example too few
    learnt = learn(texts, [11, 12, 13, 14], has, seed=3)
    assert learnt is not None
    return learnt


def test_what_it_learnt_it_suggests_with_how_often_it_was_right(model: Model) -> None:
    (guess,) = model.guesses("Det var väntan i kö hela dagen, lång väntetid")
    assert guess.code_id == 11
    assert guess.right / guess.said >= 0.8
    assert [guess.code_id for guess in model.guesses("Bussarna går för sällan")] == [12]


def test_a_code_without_a_pattern_and_one_with_few_examples_keep_silent(model: Model) -> None:
    skills = {skill.code_id: skill for skill in model.skills}
    assert set(skills) == {11, 12, 13}
    assert skills[13].threshold is None
    assert model.guesses("👋") == []
    assert model.guesses("") == []


def test_what_was_learnt_comes_back_from_bytes(model: Model) -> None:
    again = Model.from_bytes(model.as_bytes(), model.skills)
    assert again.grams == model.grams
    text = "lång väntan i telefonkö"
    assert [g.code_id for g in again.guesses(text)] == [g.code_id for g in model.guesses(text)]


def test_nothing_is_learnt_from_too_little() -> None:
    assert learn(["hej"] * 19, [1], np.ones((19, 1), bool), seed=1) is None
    assert learn([], [1], np.zeros((0, 1), bool), seed=1) is None


def test_the_lowest_score_that_is_sure_enough() -> None:
    scores = np.array([9, 8, 7, 6, 5, 4], np.float32)
    assert lowest_sure(scores, np.array([1, 1, 1, 0, 1, 0], bool)) == 5
    assert lowest_sure(scores, np.array([1, 0, 1, 0, 1, 0], bool)) is None
    assert lowest_sure(scores[:4], np.ones(4, bool)) is None


def test_runs_of_letters_know_the_edges_of_words() -> None:
    assert set(gram_counts("Du")) == {" du", "du ", " du "}
