"""Suggestions on public Swedish topic data: macro-F1 by examples a code, and precision in silence.

Needs topics-{train,dev,test}.tsv in the folder of corpora: "argumentation-sentences" of SuperLim 2
(Språkbanken Text, CC BY 4.0). Columns: sentence in the fourth, topic in the second.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from random import Random

import numpy as np

from bench.analysis.options import Options
from bench.figures import Figure
from participation.coding.rules.learning import Model, gram_counts, learn

PARTS = ("train", "dev", "test")
EXAMPLES = (20, 50)
TRIED = 60  # unseen sentences of each topic
GOAL = 0.80
Sentence = tuple[str, int]


def measure(options: Options) -> Iterator[Figure]:
    """Macro-F1 at 20 and 50 examples, and how often a suggestion that was made was right."""
    missing = [p for p in PARTS if not (options.corpora / f"topics-{p}.tsv").exists()]
    if missing:
        name = f"topics-{missing[0]}.tsv"
        yield Figure(f"suggestions (not measured: {name} is missing)", float("nan"), "", "", None)
        return
    sentences = _sentences(options)
    for examples in EXAMPLES:
        seeds = range(1 if options.is_quick else 4)
        runs = np.array([_run(sentences, examples, seed) for seed in seeds])
        f1, precision, spoken = runs.mean(axis=0)
        name = f"suggestions, {examples} examples a code"
        yield Figure(f"{name}: macro-F1", round(f1, 3), "", f">= {GOAL}", bool(f1 >= GOAL))
        yield Figure(f"{name}: precision of what is suggested", round(precision, 3), "")
        yield Figure(f"{name}: sentences with a suggestion", round(100 * spoken, 1), "%")


def _sentences(options: Options) -> dict[str, list[str]]:
    found = defaultdict(list)
    for part in PARTS:
        with (options.corpora / f"topics-{part}.tsv").open(encoding="utf-8") as file:
            for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
                found[row[1]].append(row[3])
    return found


def _run(sentences: dict[str, list[str]], examples: int, seed: int) -> tuple[float, float, float]:
    random, known, unseen = Random(seed), [], []
    for code, topic in enumerate(sorted(sentences)):
        drawn = random.sample(sentences[topic], examples + TRIED)
        known += [(text, code) for text in drawn[:examples]]
        unseen += [(text, code) for text in drawn[examples:]]
    codes = range(len(sentences))
    has = np.array([[code == one for one in codes] for _text, code in known])
    model = learn([text for text, _code in known], codes, has, seed)
    assert model is not None
    guesses = [(code, model.guesses(text)) for text, code in unseen]
    spoken = [(code, found[0].code_id) for code, found in guesses if found]
    right = sum(code == guess for code, guess in spoken)
    best = [_best(model, text) for text, _code in unseen]
    return (
        _macro_f1([code for _text, code in unseen], best),
        right / max(1, len(spoken)),
        len(spoken) / len(unseen),
    )


def _best(model: Model, text: str) -> int:
    counts = gram_counts(text)
    row = np.array([counts[gram] for gram in model.grams], np.float32)
    weighed = np.where(row > 0, (1 + np.log(np.maximum(row, 1))) * model.rarity, 0)
    return int((weighed @ model.weights).argmax())


def _macro_f1(truth: list[int], said: list[int]) -> float:
    figures = []
    for code in set(truth):
        both = sum(a == b == code for a, b in zip(truth, said, strict=True))
        figures.append(2 * both / max(1, truth.count(code) + said.count(code)))
    return sum(figures) / len(figures)
