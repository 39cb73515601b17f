"""Faces beside the words of a scale: who gets one, how glad it is, and that none gets lost."""

from typing import Any

import pytest

from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.exchange.fhir_writing import write_fhir
from participation.questionnaires.rules.exchange.forms import read_form
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.faces import moods
from participation.questionnaires.rules.paper_form import paper_questions
from participation.questionnaires.rules.reading import ContentInvalid, read_content
from participation.questionnaires.rules.shipped import shipped
from participation.questionnaires.rules.writing import content_data

OPTIONS = [
    {"code": "good", "text": {"sv": "Bra"}},
    {"code": "so_so", "text": {"sv": "Sådär"}},
    {"code": "bad", "text": {"sv": "Dåligt"}},
    {"code": "dont_know", "text": {"sv": "Vet inte"}, "is_dont_know": True},
]


def asked(**changed: Any) -> Content:
    mood = {"key": "mood", "kind": "scale", "text": {"sv": "Hur är det?"}, "options": OPTIONS}
    return read_content({"title": {"sv": "T"}, "questions": [{**mood, **changed}]})


def question(**changed: Any) -> Question:
    return asked(**changed).questions[0]


def test_faces_go_from_glad_to_sad_in_even_steps_and_dont_know_has_none() -> None:
    assert moods(question(faces="glad_first")) == {"good": 100, "so_so": 0, "bad": -100}
    assert moods(question(faces="glad_last")) == {"good": -100, "so_so": 0, "bad": 100}
    assert moods(question()) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"faces": "angry"},
        {"faces": "glad_first", "kind": "multiple"},
        {"faces": "glad_first", "options": OPTIONS[2:]},
        {
            "faces": "glad_first",
            "options": [{"code": str(n), "text": {"sv": f"{n}"}} for n in range(8)],
        },
        {"faces": "glad_first", "kind": "single", "shuffled": True},
    ],
)
def test_faces_that_would_mislead_are_refused_at_their_own_field(wrong: dict[str, Any]) -> None:
    with pytest.raises(ContentInvalid) as refused:
        asked(**wrong)
    assert [one.field for one in refused.value.problems] == ["faces"]


@pytest.mark.parametrize("kind", ["single", "scale", "battery"])
def test_faces_come_back_from_both_formats(kind: str) -> None:
    rows = [{"key": "row", "text": {"sv": "Maten"}}] if kind == "battery" else []
    content = asked(kind=kind, rows=rows, faces="glad_last")
    for file in (
        write_xlsform(content, "x"),
        write_fhir(content, "x", version=1, is_published=True),
    ):
        _source, found = read_form(file, "x")
        assert found.data == content_data(content)


def test_every_face_on_paper_stands_beside_its_words() -> None:
    content = asked(faces="glad_first")
    (printed,) = paper_questions(content, lambda words: words.said("sv"))
    assert [(box.text, box.mood) for box in printed.boxes] == [
        ("Bra", 100),
        ("Sådär", 0),
        ("Dåligt", -100),
        ("Vet inte", None),
    ]


def test_the_childrens_questionnaire_asks_with_faces() -> None:
    children = read_content(shipped([])["yearly_children"])
    assert {key for key, one in children.asked.items() if moods(one)} >= {"safe", "listened_to"}
