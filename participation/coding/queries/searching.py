"""Words in every text that the person may read."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from participation.coding.models import Material, MaterialText
from participation.coding.queries.materials import readable
from participation.foundation.paging import Page, page_of
from participation.foundation.permissions import Actor

AROUND = 120  # letters on each side of what was found
LONGEST = 120
PER_PAGE = 25


@dataclass(frozen=True)
class Hit:
    """A text with the words that were looked for, and what stands around them."""

    text: MaterialText
    material: Material
    before: str
    words: str
    after: str


def holds(session: Session, words: str) -> list[ColumnElement[bool]]:
    """Texts with these words in them, whatever their case."""
    exactly = MaterialText.text.icontains(words, autoescape=True)
    if session.get_bind().dialect.name != "sqlite":
        return [exactly]
    return [MaterialText.text.like(roughly(words), escape="/"), exactly]


def roughly(words: str) -> str:
    """What SQLite can look for by itself: any sign where its own lower case stops at z. A tenth of
    the time, for it leaves few texts to compare letter by letter.

    >>> roughly("på 5 %")
    '%p_ 5 /%%'
    """
    signs = (f"/{sign}" if sign in "%_/" else sign if sign.isascii() else "_" for sign in words)
    return f"%{''.join(signs)}%"


def search_texts(session: Session, actor: Actor, words: str, number: int) -> Page[Hit]:
    """Newest material first. Two queries: which texts, and those that are shown."""
    wanted = words.strip()[:LONGEST]
    if not wanted:
        return Page([], 1, PER_PAGE, 0)
    order = (Material.id.desc(), MaterialText.number, MaterialText.id)
    ids = session.scalars(
        select(MaterialText.id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(readable(actor), *holds(session, wanted))
        .order_by(*order)
    ).all()
    fitting = page_of(ids, number, PER_PAGE)
    rows = session.execute(
        select(MaterialText, Material)
        .join(Material, Material.id == MaterialText.material_id)
        .where(MaterialText.id.in_(fitting.items))
        .order_by(*order)
    )
    hits = [_hit(text, material, wanted) for text, material in rows]
    return Page(hits, fitting.number, PER_PAGE, fitting.total)


def _hit(text: MaterialText, material: Material, words: str) -> Hit:
    start = max(text.text.lower().find(words.lower()), 0)
    end = start + len(words)
    before, after = text.text[max(0, start - AROUND) : start], text.text[end : end + AROUND]
    return Hit(
        text,
        material,
        f"…{before}" if start > AROUND else before,
        text.text[start:end],
        f"{after}…" if len(text.text) > end + AROUND else after,
    )
