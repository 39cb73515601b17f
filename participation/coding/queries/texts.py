"""The texts of a material and the passages marked in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, exists, select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Excerpt, Material, MaterialText
from participation.coding.queries.materials import IS_CODED, may_review, visible
from participation.coding.rules.filters import PER_PAGE, TextFilter
from participation.foundation.errors import NotFound
from participation.foundation.paging import Page, paginate
from participation.foundation.permissions import Actor


def text(session: Session, actor: Actor, public_id: str) -> MaterialText:
    """A reviewed text. Raises NotFound, for one that nobody has reviewed too."""
    found = session.scalar(
        select(MaterialText)
        .join(Material, Material.id == MaterialText.material_id)
        .where(
            MaterialText.public_id == public_id,
            MaterialText.reviewed_at.is_not(None),
            visible(actor),
        )
    )
    if found is None:
        raise NotFound
    return found


def raw_text(
    session: Session, actor: Actor, public_id: str, within: Material | None = None
) -> MaterialText:
    """A text as it was written, waiting for review. Raises NotFound, `within` another one too."""
    statement = (
        select(MaterialText)
        .join(Material, Material.id == MaterialText.material_id)
        .where(
            MaterialText.public_id == public_id,
            MaterialText.reviewed_at.is_(None),
            visible(actor),
            may_review(actor),
        )
    )
    if within is not None:
        statement = statement.where(MaterialText.material_id == within.id)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def raw_texts(session: Session, found: Material, limit: int) -> Sequence[MaterialText]:
    """The first texts of a material that wait for review, in order."""
    return session.scalars(
        select(MaterialText)
        .where(MaterialText.material_id == found.id, MaterialText.reviewed_at.is_(None))
        .order_by(MaterialText.number, MaterialText.id)
        .limit(limit)
    ).all()


def grid_page(
    session: Session, found: Material, wanted: TextFilter, number: int
) -> Page[MaterialText]:
    """One page of reviewed texts. Two queries. Uncoded first, unless told otherwise."""
    statement = _filtered(
        select(MaterialText).where(
            MaterialText.material_id == found.id, MaterialText.reviewed_at.is_not(None)
        ),
        wanted,
    )
    if wanted.state == "":
        statement = statement.order_by(case((IS_CODED, 1), else_=0))
    ordered = statement.order_by(MaterialText.number, MaterialText.id)
    return paginate(session, ordered, number, PER_PAGE)


def _filtered(statement: Select[MaterialText], wanted: TextFilter) -> Select[MaterialText]:
    if wanted.role:
        statement = statement.where(MaterialText.respondent_role == wanted.role)
    if wanted.area_id is not None:
        statement = statement.where(MaterialText.area_id == wanted.area_id)
    if wanted.municipality_code:
        statement = statement.where(MaterialText.municipality_code == wanted.municipality_code)
    if wanted.state == "uncoded":
        statement = statement.where(~IS_CODED)
    if wanted.state == "coded":
        statement = statement.where(IS_CODED)
    if wanted.contains:
        statement = statement.where(MaterialText.text.icontains(wanted.contains, autoescape=True))
    if wanted.code_number is not None:
        has_code = (
            exists()
            .where(Excerpt.text_id == MaterialText.id)
            .where(Excerpt.code_id == Code.id, Code.number == wanted.code_number)
        )
        statement = statement.where(has_code)
    return statement


@dataclass(frozen=True)
class ExcerptLine:
    """An excerpt with its code's number and name."""

    excerpt: Excerpt
    number: int
    name: str


def excerpts_of_texts(session: Session, text_ids: Iterable[int]) -> Mapping[int, list[ExcerptLine]]:
    """The excerpts of some texts, by text id, in the order they stand. One query."""
    found: dict[int, list[ExcerptLine]] = {text_id: [] for text_id in text_ids}
    rows = session.execute(
        select(Excerpt, Code.number, Code.name)
        .join(Code, Code.id == Excerpt.code_id)
        .where(Excerpt.text_id.in_(found))
        .order_by(Excerpt.start, Code.number, Excerpt.id)
    )
    for excerpt, number, name in rows:
        found[excerpt.text_id].append(ExcerptLine(excerpt, number, name))
    return found


def excerpt(session: Session, actor: Actor, public_id: str) -> Excerpt:
    """One excerpt of a visible material. Raises NotFound."""
    found = session.scalar(
        select(Excerpt)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(Excerpt.public_id == public_id, visible(actor))
    )
    if found is None:
        raise NotFound
    return found
