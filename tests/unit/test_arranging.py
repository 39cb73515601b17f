"""Groups in groups: what a step and a move do, what is asked of whom, and how they travel."""

from typing import Any

import pytest

from participation.questionnaires.rules import arranging
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.exchange.fhir_writing import write_fhir
from participation.questionnaires.rules.exchange.forms import read_form
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.paper_form import paper_questions
from participation.questionnaires.rules.reading import ContentInvalid, read_content
from participation.questionnaires.rules.writing import content_data

GROUPS: list[dict[str, Any]] = [
    {"key": "out", "title": {"sv": "Ute"}, "relevant": "${a} >= 1"},
    {"key": "mid", "title": {"sv": "Mitt"}, "relevant": "${a} >= 2", "inside": "out"},
    {"key": "side", "title": {"sv": "Vid sidan"}},
]
WHERE = {"a": "", "b": "out", "c": "mid", "d": "mid", "e": "out", "f": "side"}


def draft(groups: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    questions = [
        {"key": key, "kind": "number", "text": {"sv": key}, **({"group": group} if group else {})}
        for key, group in WHERE.items()
    ]
    return {
        "title": {"sv": "T"},
        "groups": GROUPS if groups is None else groups,
        "questions": questions,
    }


def where(content: dict[str, Any]) -> dict[str, str]:
    return {one["key"]: one.get("group", "") for one in content["questions"]}


def content() -> Content:
    return read_content(draft())


def test_a_question_is_asked_of_those_whom_all_its_groups_concern() -> None:
    asked = content().asked["c"]
    assert asked.relevant is not None
    assert asked.relevant.source == "(${a} >= 1) and (${a} >= 2)"
    assert [one.key for one in content().begun("mid", "")] == ["out", "mid"]
    assert [one.key for one in content().begun("out", "mid")] == []


def test_steps_go_one_group_at_a_time_and_back_the_same_way() -> None:
    ways = ["abcdef", "bacdef", "bacdef", "bcadef", "bcdaef", "bcdaef", "bcdeaf", "bcdeaf"]
    groups = ["out", "out", "mid", "mid", "mid", "out", "out", ""]
    here = draft()
    for way, group in zip(ways, groups, strict=True):
        here = arranging.with_question_stepped(here, "a", 1)
        assert ("".join(where(here)), where(here)["a"]) == (way, group)
    for _step in ways:
        here = arranging.with_question_stepped(here, "a", -1)
    assert where(here) == WHERE


def test_a_move_joins_the_groups_around_the_place_and_tears_none_apart() -> None:
    assert where(arranging.with_question_moved(draft(), "f", 4))["f"] == "mid"
    assert where(arranging.with_question_moved(draft(), "f", 3))["f"] == "out"
    assert where(arranging.with_question_moved(draft(), "c", 5))["c"] == "out"
    assert where(arranging.with_question_moved(draft(), "c", 6))["c"] == ""


def test_a_group_begins_inside_another_and_is_dissolved_into_it() -> None:
    deeper = arranging.with_group(draft(), "d", {"key": "new", "title": {"sv": "Ny"}})
    assert deeper["groups"][-1]["inside"] == "mid"
    assert where(deeper)["d"] == "new"
    renamed = arranging.with_group(deeper, "", {"key": "new", "title": {"sv": "Nyare"}})
    assert renamed["groups"][-1] == {"key": "new", "title": {"sv": "Nyare"}, "inside": "mid"}
    flat = arranging.without_group(deeper, "mid")
    assert where(flat) == {**WHERE, "c": "out", "d": "new"}
    assert flat["groups"][-1]["inside"] == "out"
    assert "group" not in arranging.without_group(flat, "side")["questions"][-1]


def test_too_many_groups_in_each_other_and_a_circle_are_refused() -> None:
    deep = [{"key": f"g{n}", "title": {"sv": "G"}, "inside": f"g{n - 1}"} for n in range(9)]
    circle = [{"key": k, "title": {"sv": k}, "inside": i} for k, i in (("x", "y"), ("y", "x"))]
    for groups in (deep, circle):
        with pytest.raises(ContentInvalid) as refused:
            read_content(draft([*GROUPS, *groups]))
        assert {one.field for one in refused.value.problems} == {"title"}


def test_groups_come_back_from_both_formats() -> None:
    for file in (
        write_xlsform(content(), "x"),
        write_fhir(content(), "x", version=1, is_published=True),
    ):
        _source, found = read_form(file, "x")
        assert found.data == content_data(content())


def test_a_group_whose_key_a_question_has_gets_another_name_in_files() -> None:
    groups = [{**GROUPS[0], "key": "a"}, {**GROUPS[1], "inside": "a"}, GROUPS[2]]
    data = draft(groups)
    for one in data["questions"]:
        one["group"] = "a" if one.get("group") == "out" else one.get("group", "")
    for file in (
        write_xlsform(read_content(data), "x"),
        write_fhir(read_content(data), "x", version=1, is_published=True),
    ):
        _source, found = read_form(file, "x")
        assert found.data is not None, found.findings
        assert [one["key"] for one in found.data["groups"]] == ["a_2", "mid", "side"]


def test_headings_stand_on_paper_where_their_groups_begin() -> None:
    printed = {one.text: one.above for one in paper_questions(content(), lambda w: w.said("sv"))}
    assert [printed[key] for key in "abcdef"] == [
        (),
        ("Ute",),
        ("Mitt",),
        (),
        (),
        ("Vid sidan",),
    ]


def test_what_cannot_go_along_is_told_when_the_file_is_read() -> None:
    data = draft()
    data["questions"][0]["sounds"] = {"sv": "abc"}
    for file in (
        write_xlsform(read_content(data), "x"),
        write_fhir(read_content(data), "x", version=1, is_published=True),
    ):
        _source, found = read_form(file, "x")
        assert found.data is not None
        assert ["Bild och ljud" in one.message for one in found.findings] == [True]
