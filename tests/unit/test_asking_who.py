"""Questions about who answers: one alternative each, so that every answer is in one group."""

from typing import Any

import pytest

from participation.questionnaires.rules.grouping import (
    UNKNOWN,
    Answering,
    Attribute,
    group_codes,
)
from participation.questionnaires.rules.packing import make_layout, read_layout
from participation.questionnaires.rules.reading import ContentInvalid, read_content

OPTIONS = [{"code": code, "text": {"sv": code}} for code in ("a", "b")]


def content(**question: Any) -> dict[str, Any]:
    about = {"key": "who", "text": {"sv": "Vem?"}, "options": OPTIONS, **question}
    plain = {"key": "x", "kind": "single", "text": {"sv": "x"}, "options": OPTIONS}
    return {"title": {"sv": "T"}, "audience": ["patient"], "questions": [plain, about]}


@pytest.mark.parametrize("kind", ["number", "short_text", "multiple", "date"])
@pytest.mark.parametrize("flag", [{"background": "age_band"}, {"sets_respondent_role": True}])
def test_a_question_about_who_answers_has_one_answer(kind: str, flag: dict[str, Any]) -> None:
    with pytest.raises(ContentInvalid) as refused:
        read_content(content(kind=kind, **flag))
    assert {(one.question, one.field) for one in refused.value.problems} == {("who", "kind")}
    read_content(content(kind="single", **flag))


def test_answers_whose_group_stands_nowhere_are_of_nobody_known() -> None:
    read = read_content(content(kind="single", background="gender"))
    places = [one for one in read_layout(make_layout(read)) if one.key != "who"]
    chunk = Answering(["0", "1"], ["patient"] * 2, [None] * 2)
    assert list(group_codes(Attribute.GENDER, read, places, chunk)) == [UNKNOWN, UNKNOWN]
