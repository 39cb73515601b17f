"""The OpenAPI document is one, and every answer of the demo county is as it says."""

from typing import Any

import pytest

from participation.open_data.rules.declared import RESOURCES
from tests.contracts.conftest import MappedSite

API = "/api/v1"
# Datasets that the demo county has nothing for.
EMPTY: set[str] = set()

jsonschema = pytest.importorskip("jsonschema")
openapi = pytest.importorskip("openapi_spec_validator")


@pytest.fixture(scope="module")
def document(mapped: MappedSite) -> Any:
    return mapped.demo.client().get(f"{API}/openapi.json").json


def _checked(document: Any, name: str, answer: Any) -> list[str]:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [
        f"{name}: {problem.json_path}: {problem.message}"
        for problem in validator.iter_errors(answer)
    ]


def test_the_document_is_openapi(document: Any) -> None:
    openapi.validate(document)


def test_every_example_is_what_its_column_holds(document: Any) -> None:
    for schema in document["components"]["schemas"].values():
        for column in schema["properties"].values():
            for example in column.get("examples", []):
                jsonschema.validate(example, column)


def test_every_answer_of_the_demo_is_as_declared(mapped: MappedSite, document: Any) -> None:
    client = mapped.demo.client()
    problems, empty = [], set()
    for resource in RESOURCES:
        answer = client.get(f"{API}/{resource.key}?limit=1000").json
        problems += _checked(document, f"{resource.item}List", answer)
        if not answer["data"]:
            empty.add(resource.key)
        elif not resource.is_large:
            one = client.get(answer["data"][0]["self"].removeprefix("http://localhost"))
            assert one.status_code == 200, one.text
            problems += _checked(document, resource.item, one.json)
    assert problems == []
    assert empty == EMPTY


def test_a_problem_is_as_declared(mapped: MappedSite, document: Any) -> None:
    for question in ("findings?limit=0", "findings/none", "nothing"):
        answer = mapped.demo.client().get(f"{API}/{question}")
        assert _checked(document, "Problem", answer.get_json(force=True)) == []


def test_every_address_of_the_document_is_there(mapped: MappedSite, document: Any) -> None:
    client = mapped.demo.client()
    for path in document["paths"]:
        if "{" not in path:
            assert client.get(f"{API}{path}").status_code == 200, path
