"""FHIR R4 Questionnaires in and out, answers out: by JSON path, and nothing crashes it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.exchange.fhir_reading import read_fhir
from participation.questionnaires.rules.exchange.fhir_responses import response, source_of
from participation.questionnaires.rules.exchange.fhir_writing import write_fhir
from participation.questionnaires.rules.exchange.forms import read_form
from participation.questionnaires.rules.exchange.report import FormSource, Reading, Weight
from participation.questionnaires.rules.reading import content_data, read_content
from tests.factories.questionnaires import questionnaire_data
from tests.unit.test_xlsform import contents

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def resource(*items: Any, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "language": "sv-SE",
        "status": "active",
        "title": "Enkät",
        "item": list(items),
        **more,
    }


def read(*items: Any, **more: Any) -> Reading:
    return read_fhir(json.dumps(resource(*items, **more)).encode())


def stops(found: Reading) -> list[str]:
    return [f"{one.where}: {one.message}" for one in found.findings if one.weight is Weight.STOP]


def asked(found: Reading) -> Content:
    assert found.data is not None, stops(found)
    return read_content(found.data)


def choice(link: str, *codes: str, **more: Any) -> dict[str, Any]:
    return {
        "linkId": link,
        "type": "choice",
        "text": f"Fråga {link}",
        "answerOption": [
            {"valueCoding": {"code": code, "display": code.upper()}} for code in codes
        ],
        **more,
    }


def text(link: str, **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": "string", "text": f"Fråga {link}", **more}


def test_every_kind_goes_out_and_comes_back_the_same() -> None:
    content = read_content(questionnaire_data())
    resource = write_fhir(content, "stod", version=2, is_published=True)
    found = read_form(resource, "stod.json")
    assert found[0] is FormSource.FHIR
    assert found[1].findings == ()
    assert found[1].data == content_data(content)
    out = json.loads(resource)
    kin = next(item for item in out["item"] if item["linkId"] == "kin_let_in")
    assert kin["enableWhen"] == [
        {"question": "role", "operator": "=", "answerCoding": {"code": "kin"}}
    ]
    assert out["contained"][0]["resourceType"] == "ValueSet"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents())
def test_any_questionnaire_survives_the_way_out_and_in(data: dict[str, Any]) -> None:
    content = read_content(data)
    again = read_fhir(write_fhir(content, "runt", version=1, is_published=False))
    assert again.data == content_data(content), stops(again)


def test_a_scale_with_values_translations_and_a_contained_value_set_is_understood() -> None:
    def concept(code: str, value: int, english: str) -> dict[str, Any]:
        return {
            "code": code,
            "display": code.upper(),
            "designation": [{"language": "en", "value": english}],
            "extension": [{"url": ORDINAL, "valueDecimal": value}],
        }

    value_set = {
        "resourceType": "ValueSet",
        "id": "often",
        "compose": {
            "include": [{"concept": [concept("aldrig", 0, "Never"), concept("ofta", 2, "Often")]}]
        },
    }
    translated = {
        "extension": [
            {
                "url": TRANSLATION,
                "extension": [
                    {"url": "lang", "valueCode": "ar"},
                    {"url": "content", "valueString": "كم مرة؟"},
                ],
            }
        ]
    }
    item = {
        "linkId": "/44250-9",
        "type": "choice",
        "text": "Hur ofta?",
        "_text": translated,
        "answerValueSet": "#often",
    }
    (question,) = asked(read(item, contained=[value_set])).questions
    assert question.kind == "scale"
    assert question.text.by_language == {"sv": "Hur ofta?", "ar": "كم مرة؟"}
    assert [(o.code, o.value, o.text.said("en")) for o in question.options] == [
        ("aldrig", 0, "Never"),
        ("ofta", 2, "Often"),
    ]


def test_conditions_become_ours_and_an_unanswered_question_never_counts_as_something_else() -> None:
    when = [
        {"question": "a", "operator": "!=", "answerCoding": {"code": "ja"}},
        {"question": "n", "operator": ">=", "answerInteger": 3},
    ]
    number = {"linkId": "n", "type": "integer", "text": "Hur många?"}
    found = asked(
        read(choice("a", "ja", "nej"), number, text("b", enableWhen=when, enableBehavior="any"))
    )
    relevant = found.asked["b"].relevant
    assert relevant is not None
    assert not relevant.holds({})
    assert relevant.holds({"a": "nej"})
    assert not relevant.holds({"a": "ja", "n": 2})
    assert relevant.holds({"a": "ja", "n": 3})


@pytest.mark.parametrize(
    ("item", "path"),
    [
        (text("b", type="banana"), "$.item[1].type"),
        (text("b", type="quantity"), "$.item[1].type"),
        (text("a"), "$.item[1].linkId"),
        ({"type": "string", "text": "Utan"}, "$.item[1].linkId"),
        ({"linkId": "b", "type": "string"}, "$.item[1].text"),
        (text("b", text=7), "$.item[1].text"),
        (
            text("b", enableWhen=[{"question": "zz", "operator": "="}]),
            "$.item[1].enableWhen[0].question",
        ),
        (
            text("b", enableWhen=[{"question": "a", "operator": "liknar"}]),
            "$.item[1].enableWhen[0].operator",
        ),
        (
            text(
                "b",
                enableWhen=[{"question": "a", "operator": "=", "answerCoding": {"code": "kanske"}}],
            ),
            "$.item[1].enableWhen[0].answerCoding.code",
        ),
        (
            text(
                "b", enableWhen=[{"question": "a", "operator": "exists", "answerBoolean": True}] * 2
            ),
            "$.item[1].enableBehavior",
        ),
        (choice("b", "x", "x"), "$.item[1].answerOption[1].valueCoding.code"),
        (choice("b", "x"), "$.item[1]"),
        (text("b", item="no list"), "$.item[1].item"),
        ({**choice("b"), "answerValueSet": "http://example.org/vs"}, "$.item[1].answerValueSet"),
        (
            {"linkId": "g", "type": "group", "repeats": True, "item": [text("x")]},
            "$.item[1].repeats",
        ),
        (text("b", modifierExtension=[{"url": "x"}]), "$.item[1].modifierExtension"),
    ],
)
def test_what_does_not_fit_is_told_by_its_path_and_nothing_comes_in(item: Any, path: str) -> None:
    found = read(choice("a", "ja", "nej"), item)
    assert found.data is None
    assert any(one.startswith(f"{path}: ") for one in stops(found)), stops(found)


def test_other_json_is_refused_in_words() -> None:
    for content in (
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"resourceType": "Patient"}',
        b"[" * 100_000,
        b"\xff\xfe{}",
        b'{"resourceType":"Questionnaire","item":{}}',
    ):
        assert stops(read_fhir(content))


def test_a_sum_that_another_program_works_out_is_left_out() -> None:
    calculated = {"url": "http://hl7.org/fhir/uv/sdc/x-calculatedExpression", "valueExpression": {}}
    found = read(choice("a", "ja", "nej"), text("sum", extension=[calculated]))
    assert [question.key for question in asked(found).questions] == ["a"]
    assert found.findings[0].weight is Weight.LEFT_OUT


def test_answers_name_nobody_and_say_what_kind_of_person_answered() -> None:
    content = read_content(questionnaire_data())
    answers = {"role": "kin", "from_whom": "care other", "respect": "often", "visits": 3}
    out = response(
        content,
        answers,
        key="stod",
        version=2,
        year=2026,
        source=source_of("next_of_kin", "kin_about_person"),
    )
    assert "subject" not in json.dumps(out)
    assert out["source"] == {"type": "RelatedPerson", "display": "next of kin, about the person"}
    assert [item["linkId"] for item in out["item"]] == ["role", "from_whom", "feelings", "visits"]
    assert [a["valueCoding"]["code"] for a in out["item"][1]["answer"]] == ["care", "other"]
    assert out["item"][2]["item"][0]["linkId"] == "respect"
    assert source_of("patient", "self") == {"type": "Patient", "display": "answers for themselves"}
    assert source_of("professional", "professional")["type"] == "Practitioner"  # type: ignore[index]
    assert source_of("", "not_stated") is None


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["a", "choice", "group", "string", "#x", "=", "exists", "display"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "linkId",
                        "type",
                        "text",
                        "item",
                        "enableWhen",
                        "question",
                        "operator",
                        "extension",
                    ),
                    *(
                        "answerOption",
                        "valueCoding",
                        "code",
                        "display",
                        "url",
                        "answerValueSet",
                        "_text",
                    ),
                    *(
                        "answerCoding",
                        "contained",
                        "compose",
                        "include",
                        "concept",
                        "repeats",
                        "status",
                    ),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(json_values, json_values)
def test_no_resource_crashes_the_reading(items: Any, contained: Any) -> None:
    found = read_fhir(json.dumps(resource(item=items, contained=contained)).encode())
    assert (found.data is None) == bool(stops(found))
