"""The OpenAPI 3.1 document, made from the declared datasets: code and document cannot differ."""

from collections.abc import Mapping, Sequence
from typing import Any

from participation.open_data.rules.resources import Resource

VERSION = "1"
OPENAPI = "3.1.0"
USUAL, MOST = 100, 1_000  # rows of one answer
PROBLEM = "application/problem+json"

_NOTES = """Everything the public pages show, for programs. Nothing here needs a key.

Rows come in one order that never changes, by id: follow `links.next` until it is null. A dataset
ending in `.csv` is the whole of it: UTF-8, semicolons, decimal commas, as Swedish spreadsheet
programs open it. What is withdrawn is gone at once (410), so ask again with the `ETag` you got:
304 means that nothing has changed. `If-Modified-Since` is not answered. A number that is null is
hidden, and `hidden` says why: do not take it for nought. Words are in Swedish."""


def document(
    resources: Sequence[Resource], *, title: str, server: str, source: str, licence: str, name: str
) -> dict[str, Any]:
    """The whole document. `source`: who publishes; `licence`: its address, called `name`."""
    paths: dict[str, Any] = {}
    for resource in resources:
        paths |= _paths(resource)
    return {
        "openapi": OPENAPI,
        "info": {
            "title": title,
            "version": VERSION,
            "description": _NOTES,
            "contact": {"name": source, "url": f"{server}/open-data"},
            "license": {"name": name, "url": licence},
        },
        "servers": [{"url": f"{server}/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": {
                "Problem": problem_schema(),
                **{resource.item: resource.schema() for resource in resources},
                **{f"{resource.item}List": list_schema(resource) for resource in resources},
            }
        },
    }


def list_schema(resource: Resource) -> dict[str, Any]:
    """An answer with many rows."""
    link = {"type": "string", "format": "uri"}
    return {
        "type": "object",
        "properties": {
            "dataset": {"const": resource.key},
            "source": {"type": "string", "description": "Name this when you use the data."},
            "licence": link,
            "language": {"const": "sv"},
            "updated": {
                "type": ["string", "null"],
                "description": "The newest change among these rows, where it is known.",
            },
            "data": {
                "type": "array",
                "items": {"$ref": f"#/components/schemas/{resource.item}"},
            },
            "links": {
                "type": "object",
                "properties": {
                    "self": link,
                    "next": {**link, "type": ["string", "null"]},
                    "csv": link,
                    "about": link,
                },
                "required": ["self", "next", "csv", "about"],
            },
        },
        "required": ["dataset", "source", "licence", "language", "updated", "data", "links"],
    }


def problem_schema() -> dict[str, Any]:
    """What went wrong, as RFC 9457 has it."""
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
        },
        "required": ["type", "title", "status"],
    }


def _paths(resource: Resource) -> dict[str, Any]:
    filters = [
        _query(one.name, one.description, {"type": "string"}, one.example)
        for one in resource.filters
    ]
    paging = [
        _query("after", "Where to begin; take it from links.next.", {"type": "string"}, ""),
        _query(
            "limit",
            "How many rows.",
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
            USUAL,
        ),
    ]
    name = f"#/components/schemas/{resource.item}"
    paths = {
        f"/{resource.key}": _get(
            resource, "list", [*filters, *paging], {"application/json": _ref(f"{name}List")}
        ),
        f"/{resource.key}.csv": _get(
            resource, "csv", filters, {"text/csv": {"schema": {"type": "string"}}}
        ),
    }
    if not resource.is_large:
        parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[f"/{resource.key}/{{id}}"] = _get(
            resource, "one", [parameter], {"application/json": _ref(name)}
        )
    return paths


def _get(
    resource: Resource, what: str, parameters: Sequence[Any], content: Mapping[str, Any]
) -> dict[str, Any]:
    unchanged = {"304": {"description": "Nothing has changed since the ETag you sent."}}
    problems = {"one": ("404", "410"), "list": ("400",), "csv": ("400",)}[what]
    words = {
        "400": "The question is not understood.",
        "404": "There is no such row.",
        "410": "It was withdrawn.",
        "429": "Too many questions at once: wait a little.",
    }
    return {
        "get": {
            "operationId": f"{what}-{resource.key}",
            "summary": str(resource.title),
            "description": str(resource.text),
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "What is public now.", "content": dict(content)},
                **({} if what == "csv" and resource.is_large else unchanged),
                **{
                    code: {
                        "description": words[code],
                        "content": {PROBLEM: _ref("#/components/schemas/Problem")},
                    }
                    for code in (*problems, "429")
                },
            },
        }
    }


def _ref(name: str) -> dict[str, Any]:
    return {"schema": {"$ref": name}}


def _query(name: str, description: str, schema: Mapping[str, Any], example: Any) -> dict[str, Any]:
    found = {"name": name, "in": "query", "description": description, "schema": dict(schema)}
    return {**found, "example": example} if example != "" else found
