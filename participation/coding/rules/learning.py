"""Suggestions learnt from codes that people put, never a code by itself.

Texts become runs of three to five letters, weighted by how rare they are; one ridge regression
for each code tells texts with it from texts without. What a code may say is held to what it got
right on texts it had not learnt from: it speaks from a score on above which at least four of five
suggestions were right, and otherwise keeps silent.
Source: ANALYSIS, "Suggestions": 10 examples a topic gave macro-F1 0.82 so, 0.64 by stemmed words.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FEWEST_EXAMPLES = 20  # texts with the code; fewer teach too little
MOST_TEXTS = 1_500  # learnt from at once; the memory of the worker sets the bound
MOST_GRAMS = 20_000
PRECISION = 0.8
FEWEST_SAID = 5  # suggestions on unseen texts, before a precision means anything
FOLDS = 5
SHORTEST, LONGEST = 3, 5
RIDGE = 1.0

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Skill:
    """What is known of one code: on unseen texts `right` of `said` suggestions were right.

    `examples` texts with the code were learnt from. Silent where `threshold` is None.
    """

    code_id: int
    examples: int
    threshold: float | None
    said: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / self.said if self.said else None


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A code that may fit a text, with how often such guesses were right."""

    code_id: int
    score: float
    said: int
    right: int


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything learnt from one codebook's codings. Personal data: the runs are people's words."""

    grams: tuple[str, ...]
    rarity: Floats
    weights: Floats  # runs × codes
    skills: tuple[Skill, ...]

    def guesses(self, text: str) -> list[Guess]:
        """The codes that may fit, the surest first; mostly none."""
        known = _vector(gram_counts(text), self._place, self.rarity)
        if not known.any():
            return []
        scores = known @ self.weights
        return sorted(
            (
                Guess(code_id=skill.code_id, score=float(score), said=skill.said, right=skill.right)
                for skill, score in zip(self.skills, scores, strict=True)
                if skill.threshold is not None and score >= skill.threshold
            ),
            key=lambda guess: (-guess.score, guess.code_id),
        )

    @cached_property
    def _place(self) -> dict[str, int]:
        return {gram: number for number, gram in enumerate(self.grams)}

    def as_bytes(self) -> bytes:
        """For the database; encrypted there."""
        held = io.BytesIO()
        np.savez_compressed(
            held,
            grams=np.frombuffer("\n".join(self.grams).encode(), np.uint8),
            rarity=self.rarity,
            weights=self.weights.astype(np.float16),
        )
        return held.getvalue()

    @staticmethod
    def from_bytes(stored: bytes, skills: Sequence[Skill]) -> "Model":
        """`skills` in the order of the codes that were learnt."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as held:
            return Model(
                grams=tuple(bytes(held["grams"]).decode().split("\n")),
                rarity=held["rarity"],
                weights=held["weights"].astype(np.float32),
                skills=tuple(skills),
            )


def gram_counts(text: str) -> Counter[str]:
    """Runs of three to five letters, with the edges of words: "du" → " du", "du ", " du "."""
    words = f" {' '.join(text.lower().split())} "
    return Counter(
        words[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(words) - length + 1)
    )


def learn(texts: Sequence[str], code_ids: Sequence[int], has: Flags, seed: int) -> Model | None:
    """Learn from texts that somebody has coded; `has[text, code]` says which codes each has.

    Codes with fewer than twenty examples are left out; None when none is left.
    """
    enough = [column for column in range(len(code_ids)) if has[:, column].sum() >= FEWEST_EXAMPLES]
    if not enough:
        return None
    chosen = _chosen(has[:, enough], seed)
    counted = [gram_counts(texts[row]) for row in chosen]
    grams, rarity = vocabulary(counted)
    known = _vectors(counted, {gram: number for number, gram in enumerate(grams)}, rarity)
    has = has[np.ix_(chosen, enough)]
    scores, fold = unseen_scores(known, has, seed)
    skills = [
        _skill(code_ids[column], scores[:, place], has[:, place], fold)
        for place, column in enumerate(enough)
    ]
    return Model(
        grams=grams, rarity=rarity, weights=known.T @ _ridge(known, has), skills=tuple(skills)
    )


def _chosen(has: Flags, seed: int) -> list[int]:
    """At most as many texts as fit, those with some code first."""
    order = np.random.default_rng(seed).permutation(len(has))
    first = sorted(order, key=lambda row: not has[row].any())
    return sorted(int(row) for row in first[:MOST_TEXTS])


def vocabulary(counted: Sequence[Counter[str]]) -> tuple[tuple[str, ...], Floats]:
    """The runs that stand in two texts or more, the commonest first, and how rare each is."""
    texts = Counter(gram for counts in counted for gram in counts)
    grams = tuple(gram for gram, times in texts.most_common(MOST_GRAMS) if times > 1)
    in_texts = np.array([texts[gram] for gram in grams], np.float32)
    return grams, np.log((1 + len(counted)) / (1 + in_texts)).astype(np.float32) + 1


def _vectors(counted: Iterable[Counter[str]], place: dict[str, int], rarity: Floats) -> Floats:
    return np.array([_vector(counts, place, rarity) for counts in counted], np.float32)


def _vector(counts: Counter[str], place: dict[str, int], rarity: Floats) -> Floats:
    row = np.zeros(len(rarity), np.float32)
    known = [(place[gram], times) for gram, times in counts.items() if gram in place]
    if not known:
        return row
    places = [where for where, _times in known]
    row[places] = (1 + np.log([times for _where, times in known])) * rarity[places]
    length = np.linalg.norm(row)
    return row / length if length else row


def _ridge(known: Floats, has: Flags) -> Floats:
    """Weights of the texts, in the dual: far fewer texts than runs."""
    alike = known @ known.T + RIDGE * np.eye(len(known), dtype=np.float32)
    wanted = np.where(has, 1, -1).astype(np.float32)
    solved: Floats = np.linalg.solve(alike, wanted).astype(np.float32)
    return solved


def unseen_scores(known: Floats, has: Flags, seed: int) -> tuple[Floats, NDArray[np.int64]]:
    """The score of every text by a model that has not seen it, and in which fold it was."""
    fold = np.random.default_rng(seed).permutation(len(known)) % FOLDS
    scores = np.zeros(has.shape, np.float32)
    for number in range(FOLDS):
        unseen = fold == number
        learnt = _ridge(known[~unseen], has[~unseen])
        scores[unseen] = (known[unseen] @ known[~unseen].T) @ learnt
    return scores, fold


def _skill(code_id: int, scores: Floats, has: Flags, fold: NDArray[np.int64]) -> Skill:
    """Each fold is judged by the threshold of the others, so nothing is judged by what set it."""
    said = right = 0
    for one, others in _folds(fold):
        threshold = lowest_sure(scores[others], has[others])
        if threshold is not None:
            spoken = scores[one] >= threshold
            said += int(spoken.sum())
            right += int((spoken & has[one]).sum())
    threshold = lowest_sure(scores, has)
    if said < FEWEST_SAID or right < PRECISION * said:
        threshold = None
    return Skill(
        code_id=code_id, examples=int(has.sum()), threshold=threshold, said=said, right=right
    )


def _folds(fold: NDArray[np.int64]) -> Iterator[tuple[Flags, Flags]]:
    for number in range(FOLDS):
        yield fold == number, fold != number


def lowest_sure(scores: Floats, has: Flags) -> float | None:
    """The lowest score of a text with the code, on above which four of five have it, if any.

    Worked example: scores 9 8 7 6 5 4, with the code yes yes yes no yes no → 5 (4 of 5).
    """
    order = np.argsort(-scores, kind="stable")
    said = np.arange(1, len(order) + 1)
    sure = has[order] & (np.cumsum(has[order]) >= PRECISION * said)
    enough = np.flatnonzero(sure & (said >= FEWEST_SAID))
    return float(scores[order[enough[-1]]]) if len(enough) else None
