"""Earlier answers in later texts."""

from participation.questionnaires.forms.answer import Speech
from participation.questionnaires.rules.answers import Answers, said_again
from participation.questionnaires.rules.lint import lint_pipes
from participation.questionnaires.rules.paper_form import answer_elsewhere, paper_questions
from participation.questionnaires.rules.piping import BLANK, filled, for_xlsform, unfilled
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.words import Words

CONTENT = read_content(
    {
        "title": {"sv": "T"},
        "questions": [
            {
                "key": "who",
                "kind": "single",
                "text": {"sv": "Vem?"},
                "options": [
                    {"code": "care", "text": {"sv": "Vården", "en": "Care"}},
                    {"code": "other", "has_text": True, "text": {"sv": "Annan"}},
                ],
            },
            {"key": "story", "kind": "long_text", "text": {"sv": "Berätta"}},
            {
                "key": "more",
                "kind": "short_text",
                "text": {"sv": "Du sa ${who|någon}. Vad gör ${who}?"},
                "help": {"sv": "Du skrev ${story}, och ${later}."},
            },
        ],
    }
)


def test_what_was_answered_is_said_again_in_the_language_of_the_page() -> None:
    answers = Answers({"who": "care"})
    said = [said_again(CONTENT, answers, "who", locale) for locale in ("sv", "en")]
    assert said == ["Vården", "Care"]
    answers = Answers({"who": "other"}, {"who.other": "<b>Grannen</b>"})
    assert said_again(CONTENT, answers, "who", "sv") == "<b>Grannen</b>"
    assert said_again(CONTENT, Answers(), "nobody", "sv") == ""


def test_without_an_answer_there_is_the_fallback_or_a_blank() -> None:
    text = CONTENT.asked["more"].text
    assert text.said("sv") == f"Du sa någon. Vad gör {BLANK}?"
    assert (
        Speech("sv", False, answer=lambda _key: "Vården")(text) == "Du sa Vården. Vad gör Vården?"
    )
    assert unfilled("Pris: 5 $ {x}") == "Pris: 5 $ {x}"
    assert filled("${a}", lambda _key: "ord " * 100).endswith("ord …")
    assert for_xlsform("${who|någon}") == "${who}"
    assert Words({"sv": "${who}"}).written("sv") == "${who}"


def test_advice_tells_of_own_words_and_of_what_comes_later() -> None:
    codes = [advice.code for advice in lint_pipes(CONTENT)["more"]]
    assert codes == ["piped_late", "piped_words"]
    assert CONTENT.asked["more"].is_piped
    assert not CONTENT.asked["who"].is_piped


def test_paper_says_which_answer_is_meant_instead_of_a_blank() -> None:
    say = Speech("sv", False, unknown=answer_elsewhere(CONTENT))
    more = next(one for one in paper_questions(CONTENT, say) if one.number == 3)
    assert more.text == "Du sa någon. Vad gör (ditt svar på fråga 1)?"
    assert more.help == f"Du skrev (ditt svar på fråga 2), och {BLANK}."
