"""Advice on questions, readability and likeness."""

from typing import Any

import pytest

from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.likeness import AskedBefore, about, most_alike
from participation.questionnaires.rules.lint import lint_content, lint_question, lint_twice, lix
from participation.questionnaires.rules.reading import read_content

OFTEN = [
    {"code": "often", "text": {"sv": "Ofta"}},
    {"code": "never", "text": {"sv": "Aldrig"}},
    {"code": "dont_know", "is_dont_know": True, "text": {"sv": "Vet inte"}},
]


def content(*questions: dict[str, Any], **more: Any) -> Content:
    made = [
        {"key": f"q{n}", "kind": "single", "options": OFTEN, **q} for n, q in enumerate(questions)
    ]
    return read_content(
        {"title": {"sv": "T"}, "closing": {"sv": "Tack"}, "questions": made, **more}
    )


def codes(question: dict[str, Any], languages: tuple[str, ...] = ("sv",)) -> set[str]:
    made = content(question).questions[0]
    return {advice.code for advice in lint_question(made, languages)}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"text": {"sv": "Får du hjälp i tid?"}}, set()),
        ({"text": {"sv": "Blev du sedd och hörd?"}}, {"two_things"}),
        ({"text": {"sv": "Händer det då och då?"}}, set()),
        ({"text": {"sv": "Får du hjälp?"}, "options": OFTEN[:2]}, {"dont_know"}),
        (
            {"text": {"sv": "Var bor du?"}, "options": OFTEN[:2], "background": "municipality"},
            set(),
        ),
        (
            {"text": {"sv": "Hur bra?"}, "options": [*OFTEN, {"code": "5", "text": {"sv": "5"}}]},
            {"figures"},
        ),
        ({"text": {"sv": "Hur bra?"}, "kind": "range", "minimum": 0, "maximum": 10}, {"figures"}),
        ({"text": {"sv": "Hur " + "är det " * 15}}, {"long"}),
        (
            {
                "text": {
                    "sv": "Upplevde vårdtagaren tillräcklig informationsöverföring beträffande "
                    "samordnad individuell planering inför utskrivning?"
                }
            },
            {"hard"},
        ),
        (
            {
                "kind": "battery",
                "text": {"sv": "Hur ofta?"},
                "rows": [{"key": "r", "text": {"sv": "Jag är trygg eller nöjd"}}],
            },
            {"two_things"},
        ),
    ],
)
def test_each_rule_sees_what_it_should(question: dict[str, Any], found: set[str]) -> None:
    assert codes(question) == found


def test_missing_translations_are_named() -> None:
    question = {"text": {"sv": "Får du hjälp?", "en": "Do you get help?"}}
    assert codes(question, ("sv", "en")) == {"untranslated"}
    assert codes(
        {"text": {"sv": "How?", "en": "How?"}, "options": []} | {"kind": "short_text"}, ("sv", "en")
    ) == {"english"}


def test_the_whole_is_judged_by_length_own_words_and_thanks() -> None:
    many = content(*[{"text": {"sv": f"Fråga {n}?"}} for n in range(26)], closing={})
    assert [advice.code for advice in lint_content(many)] == ["many", "own_words", "closing"]
    good = content({"text": {"sv": "Hur?"}}, {"text": {"sv": "Berätta."}, "kind": "long_text"})
    assert lint_content(good) == ()


def test_lix_follows_its_definition() -> None:
    assert lix("Sju korta ord säger inget om det") is None
    assert lix("Vi vill veta hur du har det. Du kan hoppa över alla frågorna.") == pytest.approx(
        13 / 2 + 100 / 13
    )


def test_questions_about_the_same_thing_are_found_whatever_form_their_words_have() -> None:
    def before(text: str) -> AskedBefore:
        return AskedBefore("Stödet", "abc", "q", text, about(text))

    others = [before("Hur lätt är det att få kontakt med vården?"), before("Vad kostar resan?")]
    found = most_alike("Är det lätt att få en kontakt i vården?", others)
    assert [one.text for one in found] == [others[0].text]
    assert most_alike("Vad kostar maten per vecka?", others) == ()
    assert most_alike("Hur?", others) == ()


def test_two_questions_in_nearly_the_same_words_are_told() -> None:
    first = {"text": {"sv": "Hur ofta får du hjälp med vardagen hemma?"}}
    again = {"text": {"sv": "Får du hjälp hemma med vardagen ofta?"}}
    closing = {"kind": "long_text", "text": {"sv": "Vad mer vill du säga?"}, "options": []}
    found = lint_twice(content(first, again, closing))
    assert [(key, one.code) for key, told in found.items() for one in told] == [("q1", "twice")]
    assert "Hur ofta får du hjälp med vardagen hemma?" in found["q1"][0].text
    other = content(first, {"text": {"sv": "Vem ringer du?"}}, closing)
    assert not any(lint_twice(other).values())


def test_questions_about_the_person_may_stand_after_the_own_words() -> None:
    own = {"kind": "long_text", "text": {"sv": "Vad mer vill du säga?"}, "options": []}
    about_person = [
        {"text": {"sv": f"Bakgrund {name}?"}, "background": name}
        for name in ("municipality", "age_band", "gender")
    ]
    assert lint_content(content({"text": {"sv": "Blev du hörd?"}}, own, *about_person)) == ()
