"""How much of what points to a person is found: public texts, and invented answers.

Names are counted word by word, as others count them. An invented answer's mark counts as found
when every word of it is highlighted, whatever kind the finder takes it for: it would be hidden.
The rules were built on the news' training part, the older texts' development part and the first
half of the invented answers; the second half and the other sets are only measured.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bench.analysis.corpora import (
    NEWS,
    OLDER,
    TRANSLATED,
    Corpus,
    Sentence,
    found,
    joined,
    sentences,
)
from bench.analysis.options import Options
from bench.figures import Figure
from participation.foundation.deidentification import Certainty, Span, SpanKind, find_spans

INVENTED = Path(__file__).parent / "data" / "synthetic-answers.yaml"
NUMBERS = ("personal_number", "phone", "email")
GOALS = {False: (0.95, 0.85), True: (0.95, 0.60)}  # recall and precision; True: lower-cased
_WORD = re.compile(r"\w[\w'’-]*")


def measure(options: Options) -> Iterator[Figure]:
    """Public sets first, as far as they are there; then the invented answers' second half."""
    for name, corpus in (("news", NEWS), ("translated", TRANSLATED), ("older", OLDER)):
        yield from _public(name, corpus, options)
    answers = invented_answers()
    yield from _invented(answers[len(answers) // 2 :])


def invented_answers() -> list[dict[str, Any]]:
    """The invented answers; the first half is for building."""
    loaded = yaml.safe_load(INVENTED.read_text(encoding="utf-8"))
    return list(loaded["answers"])


def _public(name: str, corpus: Corpus, options: Options) -> Iterator[Figure]:
    path = found(corpus, options.corpora)
    if path is None:
        yield Figure(f"names, {name}: not measured, {corpus.file} is missing", 0, "")
        return
    read = sentences(path)
    for lower in (False, True):
        yield from _told(f"names, {name}", lower, name_counts(read, lower=lower))


def name_counts(
    read: Iterable[Sentence], *, lower: bool, floor: Certainty = Certainty.POSSIBLE
) -> Counter[str]:
    """Words: `hit` names found, `missed` names, `false` alarms; also at `floor`."""
    counts: Counter[str] = Counter()
    for sentence in read:
        text, places = joined(sentence, lower=lower)
        names = [s for s in find_spans(text) if s.kind is SpanKind.NAME]
        for start, end, is_name in places:
            if not re.search(r"\w", text[start:end]):
                continue
            for mark, least in (("", floor), ("likely ", Certainty.LIKELY)):
                is_found = _is_inside(start, end, names, least)
                counts[mark + _verdict(is_name=is_name, is_found=is_found)] += 1
    return counts


def _verdict(*, is_name: bool, is_found: bool) -> str:
    if is_name:
        return "hit" if is_found else "missed"
    return "false" if is_found else "rest"


def _is_inside(start: int, end: int, spans: Sequence[Span], least: Certainty) -> bool:
    return any(s.start < end and start < s.end and s.certainty >= least for s in spans)


def _told(name: str, lower: bool, counts: Mapping[str, int]) -> Iterator[Figure]:
    case = "lower case" if lower else "as written"
    for mark, words, goals in (("", "highlighted", GOALS[lower]), ("likely ", "ticked", None)):
        hit, missed, false = (counts.get(mark + key, 0) for key in ("hit", "missed", "false"))
        for what, value, least in (
            ("recall", hit / max(hit + missed, 1), goals and goals[0]),
            ("precision", hit / max(hit + false, 1), goals and goals[1]),
        ):
            yield _figure(f"{name}, {case}, {words}: {what}", value, least)


def _figure(name: str, value: float, least: float | None) -> Figure:
    goal = f"≥ {least:g}" if least else ""
    return Figure(name, round(value, 3), "", goal, value >= least if least else None)


def _invented(answers: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    for lower in (False, True):
        chosen = [a for a in answers if (a["text"] == a["text"].lower()) is lower]
        counts = invented_counts(chosen)
        yield from _told("names, invented", lower, counts)
    counts = invented_counts(answers)
    for kind, goal in (*((kind, 0.995) for kind in NUMBERS), ("address", None), ("unit", None)):
        hit, missed = counts[f"{kind} hit"], counts[f"{kind} missed"]
        yield _figure(
            f"{kind}, invented ({hit + missed}): recall", hit / max(hit + missed, 1), goal
        )
    texts = [str(answer["text"]) for answer in answers]
    began = time.process_time()
    for text in texts:
        find_spans(text)
    took = (time.process_time() - began) / len(texts) * 1e6
    yield Figure("an invented answer is searched in", round(took), "µs", "≤ 200", took <= 200)


def invented_counts(answers: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Words of names as in `name_counts`; marks by kind: "phone hit", "phone missed"."""
    counts: Counter[str] = Counter()
    for answer in answers:
        text = str(answer["text"])
        marks = list(marked(answer))
        spans = find_spans(text)
        for kind, start, end in marks:
            words = [(start + w.start(), start + w.end()) for w in _WORD.finditer(text[start:end])]
            is_whole = all(_is_inside(a, b, spans, Certainty.POSSIBLE) for a, b in words)
            counts[f"{kind} {'hit' if is_whole else 'missed'}"] += 1
        names = [s for s in spans if s.kind is SpanKind.NAME]
        others = [(a, b) for kind, a, b in marks if kind != "name"]
        for word in _WORD.finditer(text):
            start, end = word.span()
            if any(a < end and start < b for a, b in others):
                continue
            is_name = any(k == "name" and a < end and start < b for k, a, b in marks)
            hidden = spans if is_name else names
            for mark, least in (("", Certainty.POSSIBLE), ("likely ", Certainty.LIKELY)):
                is_found = _is_inside(start, end, hidden, least)
                counts[mark + _verdict(is_name=is_name, is_found=is_found)] += 1
    return counts


def marked(answer: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each mark; marks stand in the order of the text."""
    position = 0
    for mark in answer["spans"]:
        start = answer["text"].index(mark["words"], position)
        position = start + len(mark["words"])
        yield mark["kind"], start, position
