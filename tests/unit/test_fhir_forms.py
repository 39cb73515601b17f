"""FHIR R4 Questionnaires in and out, answers out: by JSON path, and nothing crashes it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.questionnaires.rules.conditions import read_picked
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.exchange.fhir_reading import read_fhir
from participation.questionnaires.rules.exchange.fhir_responses import response, source_of
from participation.questionnaires.rules.exchange.fhir_writing import write_fhir
from participation.questionnaires.rules.exchange.forms import read_form
from participation.questionnaires.rules.exchange.report import FormSource, Reading, Weight
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.writing import content_data
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


@pytest.mark.parametrize(
    ("condition", "behaviour", "operators"),
    [
        ("${role} = 'me' or ${role} = 'kin'", "any", ["=", "="]),
        ("selected(${by}, 'a') and selected(${by}, 'b')", "all", ["=", "="]),
        ("${visits} >= 2 and ${visits} <= 4", "all", [">=", "<="]),
        ("not(selected(${by}, 'a') or selected(${by}, 'b'))", "all", ["!=", "!="]),
    ],
)
def test_several_answers_go_out_as_any_or_all_and_come_back(
    condition: str, behaviour: str, operators: list[str]
) -> None:
    def options(*codes: str) -> list[dict[str, Any]]:
        return [{"code": code, "text": {"sv": code}} for code in codes]

    data = {
        "title": {"sv": "T"},
        "questions": [
            {"key": "role", "kind": "single", "text": {"sv": "R"}, "options": options("me", "kin")},
            {"key": "by", "kind": "multiple", "text": {"sv": "B"}, "options": options("a", "b")},
            {"key": "visits", "kind": "number", "text": {"sv": "V"}},
            {"key": "why", "kind": "long_text", "text": {"sv": "W"}, "relevant": condition},
        ],
    }
    out = json.loads(write_fhir(read_content(data), "x", version=1, is_published=True))
    why = out["item"][-1]
    assert why["enableBehavior"] == behaviour
    assert [one["operator"] for one in why["enableWhen"]] == operators
    assert asked(read_fhir(json.dumps(out).encode())).asked["why"].own_relevant == condition
    why["extension"] = [one for one in why["extension"] if "relevant" not in one["url"]]
    foreign = asked(read_fhir(json.dumps(out).encode())).asked["why"].own_relevant
    if "not(" not in condition:
        picked = read_picked(foreign)
        assert picked is not None
        assert picked.source == condition


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
        (text("b", type="attachment"), "$.item[1].type"),
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


def items_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    inside = node.get("item", [])
    return [*inside, *(below for one in inside for below in items_of(one))]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents())
def test_what_goes_out_keeps_fhirs_own_rules(data: dict[str, Any]) -> None:
    """Source: hl7.org/fhir/R4/questionnaire.html, invariants que-1 to que-13."""
    help_texts = {"help": {"sv": "Läs noga."}, "required": True}
    questions = [{**one, **help_texts} for one in data["questions"]]
    content = read_content({**data, "questions": questions})
    out = json.loads(write_fhir(content, "x", version=1, is_published=False))
    items = items_of(out)
    assert len({item["linkId"] for item in items}) == len(items)
    for item in items:
        kind = item["type"]
        assert bool(item.get("item")) or kind != "group"
        assert kind != "display" or not {"item", "required", "repeats", "code"} & set(item)
        assert kind in {"choice", "open-choice"} or not {"answerOption", "answerValueSet"} & set(
            item
        )
        assert not {"answerOption", "answerValueSet"} <= set(item)
        assert len(item.get("enableWhen", [])) < 2 or item["enableBehavior"] in {"all", "any"}
        for condition in item.get("enableWhen", []):
            assert condition["operator"] != "exists" or "answerBoolean" in condition
            assert "answerDate" not in condition or condition["answerDate"][:1].isdigit()


def told(found: Reading, weight: Weight) -> list[str]:
    return [one.where for one in found.findings if one.weight is weight]


def with_extension(name: str, **value: Any) -> dict[str, Any]:
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", **value}


def test_a_bundle_with_one_questionnaire_is_read_with_its_value_sets() -> None:
    url = "http://example.org/vs"
    concepts = {"include": [{"concept": [{"code": "a"}, {"code": "b"}]}]}
    value_set = {"resourceType": "ValueSet", "url": url, "compose": concepts}
    form = resource({**choice("q"), "answerOption": None, "answerValueSet": f"{url}|1.0"})
    bundle = {"resourceType": "Bundle", "entry": [{"resource": form}, {"resource": value_set}]}
    found = asked(read_fhir(json.dumps(bundle).encode()))
    assert [option.code for option in found.asked["q"].options] == ["a", "b"]
    bundle["entry"] = [{"resource": form}, {"resource": form}]
    assert told(read_fhir(json.dumps(bundle).encode()), Weight.STOP) == ["$.entry[1].resource"]


def test_what_nobody_is_asked_is_left_out_and_no_condition_may_hang_on_it() -> None:
    hidden = {"extension": [with_extension("questionnaire-hidden", valueBoolean=True)]}
    inside = {"linkId": "g", "type": "group", "item": [text("secret")], **hidden}
    found = read(inside, text("a"))
    assert [*asked(found).asked] == ["a"]
    assert told(found, Weight.LEFT_OUT) == ["$.item[0]"]
    hanging = text("b", enableWhen=[{"question": "secret", "operator": "exists"}])
    assert "som inte tas med" in stops(read(inside, text("a"), hanging))[0]


def test_a_formula_for_when_to_ask_stops_and_other_formulas_are_told() -> None:
    def with_formula(name: str) -> dict[str, Any]:
        return text("a", extension=[with_extension(f"sdc-questionnaire-{name}Expression")])

    assert told(read(with_formula("enableWhen")), Weight.STOP) == ["$.item[0].extension"]
    assert told(read(with_formula("initial")), Weight.LEFT_OUT) == ["$.item[0].extension"]
    assert "answerExpression" in read(with_formula("answer")).findings[0].message


def test_several_answers_to_one_question_become_one_text_or_one_answer() -> None:
    found = read(text("a", repeats=True), text("b", type="integer", repeats=True))
    assert [question.kind for question in asked(found).questions] == ["long_text", "number"]
    assert told(found, Weight.LEFT_OUT) == ["$.item[0].repeats", "$.item[1].repeats"]


def test_a_unit_stands_after_the_question_and_a_slider_is_a_number_on_a_scale() -> None:
    unit = with_extension("questionnaire-unit", valueCoding={"code": "kg", "display": "kilo"})
    control = {"coding": [{"code": "slider"}]}
    slider = [
        with_extension("questionnaire-itemControl", valueCodeableConcept=control),
        with_extension("minValue", valueInteger=0),
        with_extension("maxValue", valueInteger=10),
        with_extension("questionnaire-sliderStepValue", valueInteger=2),
    ]
    found = asked(
        read(
            text("weight", type="quantity", extension=[unit]),
            text("pain", type="integer", extension=slider),
            text("born", type="date", extension=[with_extension("minValue", valueDate="1900")]),
        )
    )
    weight, pain, born = found.questions
    assert (weight.kind, weight.text.said("sv")) == ("number", "Fråga weight (kilo)")
    assert (pain.kind, pain.minimum, pain.maximum, pain.step) == ("range", 0, 10, 2)
    assert born.constraint is not None
    units = [with_extension("questionnaire-unitOption", valueCoding={"code": c}) for c in "ab"]
    assert stops(read(text("a", type="quantity", extension=units)))


def test_older_and_newer_fhir_is_understood() -> None:
    found = asked(
        read(
            {
                "linkId": "old",
                "type": "choice",
                "text": "STU3",
                "option": [{"valueCoding": {"display": "Ja"}}, {"valueCoding": {"display": "Nej"}}],
            },
            text("why", enableWhen=[{"question": "old", "answerCoding": {"display": "Ja"}}]),
            text("more", enableWhen=[{"question": "why", "hasAnswer": False}]),
            {**choice("new", "x", "y"), "type": "coding", "answerConstraint": "optionsOrString"},
            {**choice("well"), "answerValueSet": "http://hl7.org/fhir/ValueSet/yesnodontknow"},
        )
    )
    conditions = [q.relevant.source for q in found.questions if q.relevant]
    assert conditions == ["${old} = 'Ja'", "${why} = ''"]
    assert found.asked["new"].other is not None
    assert [option.is_dont_know for option in found.asked["well"].options] == [False, False, True]


def test_words_are_found_where_they_stand() -> None:
    def line(link: str, code: str, said: str) -> dict[str, Any]:
        control = {"coding": [{"code": code}]}
        where = [with_extension("questionnaire-itemControl", valueCodeableConcept=control)]
        return {"linkId": link, "type": "display", "text": said, "extension": where}

    bare = {"linkId": "bare", "type": "boolean"}
    coded = {"linkId": "coded", "type": "string", "code": [{"display": "Puls"}]}
    group = {"linkId": "g", "type": "group", "text": "Sover du gott?"}
    inside = [line("h", "help", "Tänk på i natt."), bare, coded, line("z", "prompt", "Klart!")]
    found = read({**group, "item": inside})
    shown = [(q.kind, q.text.said("sv"), q.help.said("sv")) for q in asked(found).questions]
    assert shown == [
        ("information", "Tänk på i natt.", ""),
        ("yes_no", "Sover du gott?", ""),
        ("short_text", "Puls", ""),
        ("information", "Klart!", ""),
    ]
    assert {q.group for q in asked(found).questions} == {"g"}
    assert asked(found).groups["g"].title.said("sv") == "Sover du gott?"
    assert told(found, Weight.NOTE) == ["$.item[0].item[1].text", "$.item[0].item[2].text"]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"required": "yes"}, "$.item[1].required"),
        ({"maxLength": "10"}, "$.item[1].maxLength"),
        ({"enableWhen": [{"question": "later", "operator": "exists"}]}, "$.item[1].enableWhen[0]"),
    ],
)
def test_values_of_the_wrong_kind_are_told_by_their_path(more: dict[str, Any], path: str) -> None:
    assert stops(read(text("a"), text("b", **more), text("later")))[0].startswith(path)


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


def answered_fully(content: Content) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for question in content.asked.values():
        if question.options:
            said[question.key] = question.options[-1].code
            if question.other:
                said[question.other_key] = "Mina ord"
        else:
            said[question.key] = 1 if question.kind in {"number", "range"} else "2026-11-27"
    return said


def places(node: dict[str, Any], path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    found = {}
    for item in node.get("item", []):
        here = (*path, item["linkId"])
        found |= {here: item, **places(item, here)}
    return found


def said_in(content: Content, answers: dict[str, Any]) -> dict[str, Any]:
    return response(content, answers, key="x", version=1, year=2026, source=None)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents())
def test_answers_stand_where_their_questions_stand_and_in_their_sets(data: dict[str, Any]) -> None:
    """Source: hl7.org/fhir/R4/questionnaireresponse.html, structural conformance."""
    first, last = data["questions"][0], data["questions"][-1]
    groups = [{"key": "g", "title": {"sv": "G"}}, {"key": "h", "title": {"sv": "H"}, "inside": "g"}]
    data |= {"groups": groups, "questions": [*data["questions"][1:-1], first, last]}
    first["group"], last["group"] = "g", "h"
    if "relevant" in json.dumps(data["questions"]):
        for question in data["questions"]:
            question.pop("relevant", None)
    content = read_content(data)
    form = json.loads(write_fhir(content, "x", version=1, is_published=True))
    asked_at = places(form)
    sets = {one["id"]: one["compose"]["include"][0] for one in form.get("contained", [])}
    answered_at = places(said_in(content, answered_fully(content)))
    assert {path[-1] for path in answered_at} >= set(content.asked)
    for path, item in answered_at.items():
        question = asked_at[path]
        answers = item.get("answer", [])
        assert len(answers) <= 1 or question["repeats"]
        codings = [one["valueCoding"] for one in answers if "valueCoding" in one]
        if "answerValueSet" in question:
            chosen = sets[question["answerValueSet"][1:]]
            assert {one["system"] for one in codings} == {chosen["system"]}
        else:
            assert all("system" not in one for one in codings)


def test_own_words_are_the_one_answer_of_a_question_that_takes_one() -> None:
    other = {"code": "other", "text": {"sv": "Annat"}, "has_text": True}
    data = questionnaire_data(
        questions=[
            {
                "key": "how",
                "kind": "single",
                "text": {"sv": "Hur?"},
                "options": [{"code": "so", "text": {"sv": "Så"}}, other],
            }
        ]
    )
    out = said_in(read_content(data), {"how": "other", "how.other": "På annat vis"})
    assert out["item"] == [{"linkId": "how", "answer": [{"valueString": "På annat vis"}]}]
    assert "item" not in said_in(read_content(data), {})


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
