"""The editor's advice: each piece once, where it belongs, until somebody has considered it. Pure.

What was considered is known by a digest of the words it was about, so it is told anew when they
change. The same advice on a later question is told in a few words, with the way to the first.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.likeness import AskedBefore
from participation.questionnaires.rules.lint import (
    Advice,
    lint_content,
    lint_pipes,
    lint_question,
    lint_twice,
)
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE, Words

WHOLE = ""  # stands for a question's key where advice is on the questionnaire
LANGUAGES_TELL = "untranslated"  # the list of languages says it, and counts
SHORT: Mapping[str, object] = {
    "dont_know": _l("“Don't know” is not offered"),
    "two_things": _l("It may join two things"),
    "figures": _l("Not everything is said in words"),
    "piped_words": _l("It repeats somebody's own words"),
    "english": _l("The Swedish text is English"),
}
Considered = Collection[tuple[str, str, str]]  # (question key, code, wording)


@dataclass(frozen=True)
class Told:
    """One piece of advice. `same_as`: the question that says it in full; `alike`: who asks it."""

    code: str
    text: str
    same_as: str = ""
    alike: AskedBefore | None = None


@dataclass(frozen=True)
class Advised:
    """What there is to think about in one place, and what has been thought about."""

    told: tuple[Told, ...] = ()
    considered: tuple[Told, ...] = ()


def wording(content: Content, key: str) -> str:
    """A digest of the words that advice in this place is about; the whole: what it asks."""
    if key == WHOLE:
        said = [*content.asked, content.closing.said(FIRST_LANGUAGE)]
    else:
        question = next(one for one in content.questions if one.key == key)
        said = [question.kind, *_written(question)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _written(question: Question) -> Iterator[str]:
    texts: list[Words] = [question.text, question.help]
    texts += [row.text for row in question.rows] + [one.text for one in question.options]
    for words in texts:
        yield from (words.by_language.get(code, "") for code in (FIRST_LANGUAGE, EASY))


def advise(
    content: Content,
    alike: Mapping[str, Sequence[AskedBefore]],
    considered: Considered,
    only: str | None = None,
) -> Mapping[str, Advised]:
    """All advice by question key, and on the whole under `WHOLE`; or of one place only.

    `alike`: who asks nearly the same already, by question key.
    """
    said_at: dict[str, str] = {}
    return {
        key: _advised(key, pieces, wording(content, key), considered, said_at)
        for key, pieces in _pieces(content, alike)
        if only in {None, key}
    }


def _pieces(
    content: Content, alike: Mapping[str, Sequence[AskedBefore]]
) -> Iterator[tuple[str, list[Told]]]:
    piped, twice, spoken = lint_pipes(content), lint_twice(content), content.languages_in_part
    yield WHOLE, _told(lint_content(content))
    for one in content.questions:
        of_rules = (*lint_question(one, spoken), *twice.get(one.key, ()), *piped[one.key])
        close = {alike_code(other): other for other in alike.get(one.key, ())}
        yield (
            one.key,
            [*_told(of_rules), *(Told(code, "", alike=other) for code, other in close.items())],
        )


def _told(found: Iterable[Advice]) -> list[Told]:
    said = {one.text: one for one in found if one.code != LANGUAGES_TELL}
    return [Told(one.code, one.text) for one in said.values()]


def alike_code(other: AskedBefore) -> str:
    """The advice that somebody asks the same already; another one when their words change."""
    return "alike_" + hashlib.sha256(f"{other.public_id} {other.text}".encode()).hexdigest()[:20]


def _advised(
    key: str,
    pieces: Sequence[Told],
    words: str,
    considered: Considered,
    said_at: dict[str, str],
) -> Advised:
    told: list[Told] = []
    done: list[Told] = []
    for one in pieces:
        if (key, one.code, words) in considered:
            done.append(one)
            continue
        first = said_at.setdefault(one.text, key) if one.code in SHORT else key
        told.append(one if first == key else Told(one.code, str(SHORT[one.code]), same_as=first))
    return Advised(tuple(told), tuple(done))
