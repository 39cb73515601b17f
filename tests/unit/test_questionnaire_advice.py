"""Advice is said once, and no more when it has been considered, until the words change."""

from typing import Any

from participation.questionnaires.rules.advising import WHOLE, advise, alike_code, wording
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.likeness import AskedBefore
from participation.questionnaires.rules.reading import read_content

OFTEN = [{"code": "often", "text": {"sv": "Ofta"}}, {"code": "never", "text": {"sv": "Aldrig"}}]


def content(*texts: str, **more: Any) -> Content:
    asked = [
        {"key": f"q{n}", "kind": "single", "options": OFTEN, "text": {"sv": text}}
        for n, text in enumerate(texts)
    ]
    return read_content({"title": {"sv": "T"}, "questions": asked, **more})


def test_the_same_advice_is_said_in_full_at_the_first_question_only() -> None:
    found = advise(content("Får du hjälp?", "Går det bra?"), {}, ())
    first, later = found["q0"].told[0], found["q1"].told[0]
    assert (first.code, first.same_as) == ("dont_know", "")
    assert (later.code, later.same_as) == ("dont_know", "q0")
    assert len(later.text) < len(first.text)
    assert [one.code for one in found[WHOLE].told] == ["own_words", "closing"]


def test_what_was_considered_is_kept_apart_until_the_words_change() -> None:
    before, after = content("Får du hjälp?", "Går det?"), content("Får du stöd?", "Går det?")
    considered = {
        ("q0", "dont_know", wording(before, "q0")),
        (WHOLE, "closing", wording(before, WHOLE)),
    }
    found = advise(before, {}, considered)
    assert [one.code for one in found["q0"].considered] == ["dont_know"]
    assert found["q0"].told == ()
    assert found["q1"].told[0].same_as == "", "the first that is left says it in full"
    assert [one.code for one in found[WHOLE].told] == ["own_words"]
    assert [one.code for one in advise(after, {}, considered)["q0"].told] == ["dont_know"]


def test_a_translation_brings_no_advice_back() -> None:
    swedish = content("Får du hjälp?")
    both = read_content(
        {
            "title": {"sv": "T"},
            "questions": [
                {
                    "key": "q0",
                    "kind": "single",
                    "options": OFTEN,
                    "text": {"sv": "Får du hjälp?", "en": "Do you get help?"},
                }
            ],
        }
    )
    assert wording(swedish, "q0") == wording(both, "q0")


def test_who_asks_the_same_is_told_once_for_a_whole_battery() -> None:
    other = AskedBefore("Andras", "p1", "k", "Får du hjälp hemma?", frozenset())
    found = advise(content("Får du hjälp?"), {"q0": [other, other]}, ())["q0"].told
    assert [one.code for one in found] == ["dont_know", alike_code(other)]
    assert len(alike_code(other)) <= 40
