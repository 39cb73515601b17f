"""Commitments for tests."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.commitments.services import owe
from participation.county.models import Group, Organisation, Unit


def make_commitment(
    session: Session, owed_by: Organisation | Group | Unit, **overrides: Any
) -> Commitment:
    """An owed answer to a focus group, due on 30 November 2026."""
    values: dict[str, Any] = {
        "owed_to": "åtta personer i fokusgruppen",
        "subject_kind": "activity",
        "subject_public_id": "bcdfghjkmnpq",
        "title": "Vad ledde fokusgruppen till?",
        "due_on": date(2026, 11, 30),
    }
    return owe(session, owed_by=owed_by, **{**values, **overrides})
