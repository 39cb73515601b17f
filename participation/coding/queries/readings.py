"""Texts that were read where they came from, so that nobody reads them through twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding.models import Material, MaterialText
from participation.coding.queries.materials import IS_READ


@dataclass(frozen=True)
class Reading:
    """A text and who let it through."""

    text: MaterialText
    reader: str


def read_at_source(session: Session, found: Material) -> Sequence[Reading]:
    """Those of a material, in order. One query."""
    rows = session.execute(
        select(MaterialText, Account.display_name)
        .outerjoin(Account, Account.id == MaterialText.reviewed_by_account_id)
        .where(
            MaterialText.material_id == found.id,
            IS_READ,
            MaterialText.is_read_at_source.is_(True),
        )
        .order_by(MaterialText.number, MaterialText.id)
    )
    return [Reading(text, name or "") for text, name in rows]


def reader_of(session: Session, text: MaterialText) -> str:
    """Who let a text through where it came from; empty for one that was read here."""
    if not text.is_read_at_source:
        return ""
    account = select(Account.display_name).where(Account.id == text.reviewed_by_account_id)
    return session.scalar(account) or ""
