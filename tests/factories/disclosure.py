"""Tables and drafts for the gate."""

from typing import Any

from participation.disclosure.rules.drafts import ReleaseDraft, ReleaseKind
from participation.disclosure.rules.tables import Cell, Table, TableKind

LABELS = ("Alltid", "Oftast", "Ibland", "Sällan", "Aldrig", "Annars", "Ibland ibland")


def table(*counts: int, kind: TableKind = TableKind.CHOICE, **overrides: Any) -> Table:
    """A question whose answers a, b, c … were given by `counts` people."""
    values: dict[str, Any] = {
        "key": "q1",
        "title": "Hur ofta?",
        "kind": kind,
        "n": sum(counts),
        "cells": tuple(
            Cell(code=chr(ord("a") + position), label=LABELS[position], count=count)
            for position, count in enumerate(counts)
        ),
    }
    return Table(**{**values, **overrides})


def totals_draft(*tables: Table, **overrides: Any) -> ReleaseDraft:
    """A round's totals on their way to the gate."""
    values: dict[str, Any] = {
        "kind": ReleaseKind.ROUND_TOTALS,
        "source_kind": "round",
        "source_public_id": "round2026bcd",
        "title": "Enkät 2026",
        "respondents": max(one.n for one in tables),
        "tables": tables,
    }
    return ReleaseDraft(**{**values, **overrides})
