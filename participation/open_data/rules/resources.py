"""How a dataset is declared: its columns, what each means, and what it can be narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from participation.foundation.clock import to_local
from participation.foundation.providers import Address

Value = str | int | float | bool | date | datetime | list[str] | Address | None
Row = Mapping[str, Value]

LIST_MARK = " | "  # between the parts of a list in a CSV cell


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    MOMENT = "moment"
    TEXTS = "texts"
    LINK = "link"


_SCHEMAS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.LINK: {"type": "string", "format": "uri"},
}


@dataclass(frozen=True)
class Field:
    """One column. `codes`: what it may hold, where that is a closed list."""

    name: str
    description: str
    example: Any
    kind: Kind = Kind.TEXT
    is_nullable: bool = False
    codes: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """The column as JSON Schema, as OpenAPI 3.1 speaks it."""
        schema = dict(_SCHEMAS[self.kind])
        if self.is_nullable:
            schema["type"] = [schema["type"], "null"]
        if self.codes:
            schema["enum"] = [*self.codes, *([None] if self.is_nullable else [])]
        return {**schema, "description": self.description, "examples": [self.example]}


@dataclass(frozen=True)
class Filter:
    """A query parameter: keeps the rows whose `field` is, or holds, what was asked for."""

    name: str
    field: str
    description: str
    example: str


@dataclass(frozen=True)
class Resource:
    """One dataset. `title` and `text` are translated; columns are documented in English."""

    key: str  # in addresses
    item: str  # name of the schema of one row
    title: Any
    text: Any
    fields: tuple[Field, ...]
    filters: tuple[Filter, ...] = ()
    updated: str = ""  # the column that says when a row last changed
    is_large: bool = False  # read piece by piece; rows have no address of their own

    def schema(self) -> dict[str, Any]:
        """One row as JSON Schema: every column, and nothing else."""
        fields = (*self.fields, *(() if self.is_large else (SELF,)))
        return {
            "type": "object",
            "properties": {field.name: field.schema() for field in fields},
            "required": [field.name for field in fields],
            "additionalProperties": False,
        }

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


SELF = Field(
    "self",
    "The address of this row alone.",
    "https://example.org/api/v1/areas/psykisk_halsa",
    Kind.LINK,
)


def as_json(value: Value) -> Any:
    """A value as JSON holds it: days and moments as ISO 8601, Swedish time with its offset."""
    if isinstance(value, datetime):
        return to_local(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def as_cell(value: Value) -> Any:
    """The same value as a CSV cell: lists in one cell, yes and no as true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST_MARK.join(value)
    return as_json(value) if isinstance(value, datetime) else value


def keeps(row: Row, filters: Sequence[Filter], asked: Mapping[str, str]) -> bool:
    """Whether a row is, or holds, everything that was asked for."""
    return all(_holds(row[one.field], asked[one.name]) for one in filters if one.name in asked)


def _holds(value: Value, wanted: str) -> bool:
    return wanted in value if isinstance(value, list) else str(as_cell(value)) == wanted
