"""The texts of a material and the passages marked in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    case,
    exists,
    func,
    null,
    select,
    union,
)
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding.models import (
    Code,
    CodingAssignment,
    CodingRound,
    Excerpt,
    Material,
    MaterialText,
    Memo,
    TextState,
)
from participation.coding.queries.layers import (
    READ_AS,
    SHOWN_NAME,
    SHOWN_NUMBER,
    ShownCode,
    in_layer,
    is_coded_by,
    is_in_round,
)
from participation.coding.queries.materials import (
    IS_CODED,
    IS_READ,
    may_review,
    readable,
    visible,
)
from participation.coding.queries.memos import memo_seen
from participation.coding.queries.searching import holds
from participation.coding.rules.filters import PER_PAGE, Layer, TextFilter
from participation.foundation.errors import NotFound
from participation.foundation.paging import Page
from participation.foundation.permissions import Actor


def text(session: Session, actor: Actor, public_id: str) -> MaterialText:
    """A reviewed text. Raises NotFound, for one that nobody has reviewed too."""
    return text_in_material(session, actor, public_id)[0]


def text_in_material(
    session: Session, actor: Actor, public_id: str
) -> tuple[MaterialText, Material]:
    """A reviewed text with its material. Raises NotFound. One query."""
    found = session.execute(
        select(MaterialText, Material)
        .join(Material, Material.id == MaterialText.material_id)
        .where(MaterialText.public_id == public_id, readable(actor))
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def raw_text(session: Session, actor: Actor, public_id: str) -> MaterialText:
    """A text as it was written, waiting for review. Raises NotFound."""
    found = text_to_read_through(session, actor, public_id)
    if found.is_reviewed:
        raise NotFound
    return found


def text_to_read_through(
    session: Session, actor: Actor, public_id: str, within: Material | None = None
) -> MaterialText:
    """A text that the person reads through, or that a colleague has read through meanwhile.

    Raises NotFound, `within` another material too.
    """
    statement = (
        select(MaterialText)
        .join(Material, Material.id == MaterialText.material_id)
        .where(MaterialText.public_id == public_id, visible(actor), may_review(actor))
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
    session: Session, actor: Actor, found: Material, wanted: TextFilter, number: int
) -> Page[MaterialText]:
    """One page of reviewed texts. One query. Uncoded first, unless told otherwise.

    Which texts fit is found from the index; only those shown are read whole. Words are looked for
    in every text, so that is done once and not a second time to count.
    """
    of_material = select(MaterialText.id, func.count().over().label("total")).where(
        MaterialText.material_id == found.id, IS_READ
    )
    order = _order(actor, wanted.state)
    fitting = _filtered(of_material, actor, found, wanted).order_by(*order)
    if wanted.contains:
        fitting = fitting.where(*holds(session, wanted.contains))
    here = fitting.limit(PER_PAGE).offset((number - 1) * PER_PAGE).subquery()
    texts = select(MaterialText, here.c.total).join(here, here.c.id == MaterialText.id)
    rows = session.execute(texts.order_by(*order)).all()
    if not rows and number > 1:
        return grid_page(session, actor, found, wanted, 1)
    return Page([row[0] for row in rows], number, PER_PAGE, rows[0][1] if rows else 0)


def _order(actor: Actor, state: str) -> list[ColumnElement[Any]]:
    order: list[ColumnElement[Any]] = []
    if state == "":
        order.append(case((IS_CODED, 1), else_=0))
    if state == "sample":
        order.append(case((is_coded_by(actor.account_id), 1), else_=0))
    return [*order, MaterialText.number.asc(), MaterialText.id.asc()]


def _filtered(
    statement: Select[int, int], actor: Actor, found: Material, wanted: TextFilter
) -> Select[int, int]:
    if wanted.role:
        statement = statement.where(MaterialText.respondent_role == wanted.role)
    if wanted.area_id is not None:
        statement = statement.where(MaterialText.area_id == wanted.area_id)
    if wanted.municipality_code:
        statement = statement.where(MaterialText.municipality_code == wanted.municipality_code)
    if wanted.unit_id is not None:
        statement = statement.where(MaterialText.unit_id == wanted.unit_id)
    statement = _in_state(statement, actor, found, wanted.state)
    if wanted.code_number is not None:
        statement = statement.where(
            exists(_with_number(found, wanted.code_number).where(in_layer(actor, wanted.layer)))
        )
    return statement


def _in_state(
    statement: Select[int, int], actor: Actor, found: Material, state: str
) -> Select[int, int]:
    if state == "uncoded":
        statement = statement.where(~IS_CODED)
    if state == "coded":
        statement = statement.where(IS_CODED)
    if state == "sample":
        statement = statement.where(MaterialText.id.in_(_newest_sample(found)))
    if state == "coded_by_me":
        statement = statement.where(is_coded_by(actor.account_id))
    return statement


def _newest_sample(found: Material) -> Select[int]:
    newest = select(func.max(CodingRound.id)).where(CodingRound.material_id == found.id)
    return select(CodingAssignment.text_id).where(
        CodingAssignment.round_id == newest.scalar_subquery()
    )


def _with_number(found: Material, number: int) -> Select[int]:
    """Passages of the outer text that are read as the code of that number."""
    return (
        select(Excerpt.id)
        .join(Code, Code.id == Excerpt.code_id)
        .outerjoin(ShownCode, READ_AS)
        .where(
            Excerpt.text_id == MaterialText.id,
            Code.codebook_id == found.codebook_id,
            SHOWN_NUMBER.in_([number]),
        )
        .correlate(MaterialText)
    )


@dataclass(frozen=True)
class ExcerptLine:
    """An excerpt with the number and name its code is read as, and who put it."""

    excerpt: Excerpt
    number: int
    name: str
    coder: str


def excerpts_of_texts(
    session: Session, actor: Actor, text_ids: Iterable[int], layer: Layer
) -> Mapping[int, list[ExcerptLine]]:
    """The excerpts of some texts in one layer, by text id, in the order they stand. One query."""
    found: dict[int, list[ExcerptLine]] = {text_id: [] for text_id in text_ids}
    rows = session.execute(
        select(Excerpt, SHOWN_NUMBER, SHOWN_NAME, Account.display_name)
        .join(Code, Code.id == Excerpt.code_id)
        .outerjoin(ShownCode, READ_AS)
        .outerjoin(Account, Account.id == Excerpt.coder_account_id)
        .where(Excerpt.text_id.in_(found), in_layer(actor, layer))
        .order_by(Excerpt.start, SHOWN_NUMBER, Excerpt.id)
    )
    for excerpt, number, name, coder in rows:
        found[excerpt.text_id].append(ExcerptLine(excerpt, number, name, coder or ""))
    return found


@dataclass(frozen=True)
class TextStanding:
    """`is_aside`: the person asking has found nothing to code in it; `is_mine`: they have coded it
    or set it aside. `others`: how many others have. `memos`: those the person may read."""

    is_aside: bool = False
    others: int = 0
    is_mine: bool = False
    memos: int = 0


def standings(
    session: Session, actor: Actor, text_ids: Iterable[int]
) -> Mapping[int, TextStanding]:
    """How some texts stand, by text id. One query."""
    ids, me = list(text_ids), actor.account_id
    none = null().cast(Integer)
    aside = select(TextState.text_id, TextState.coder_account_id.label("who"), none.label("memo"))
    coded = select(Excerpt.text_id, Excerpt.coder_account_id, none)
    noted = select(Memo.text_id, Memo.author_account_id, Memo.id).where(memo_seen(actor))
    by_anybody = union(
        aside.where(TextState.text_id.in_(ids)),
        coded.where(Excerpt.text_id.in_(ids)),
        noted.where(Memo.text_id.in_(ids)),
    ).subquery()
    text_id, who, memo = by_anybody.c
    rows = session.execute(
        select(
            text_id,
            func.sum(
                case(
                    (memo.is_not(None), 0),
                    (who == me, 0),
                    (is_in_round(text_id, "coding"), 0),
                    else_=1,
                )
            ),
            exists().where(TextState.text_id == text_id, TextState.coder_account_id == me),
            func.sum(case((memo.is_(None) & (who == me), 1), else_=0)),
            func.count(memo),
        ).group_by(text_id)
    )
    found = {row[0]: TextStanding(bool(row[2]), row[1], bool(row[3]), row[4]) for row in rows}
    return {text_id: found.get(text_id, TextStanding()) for text_id in ids}


def excerpt(session: Session, actor: Actor, public_id: str, layer: Layer = Layer.ALL) -> Excerpt:
    """One excerpt of a text that is read through, in a layer. Raises NotFound."""
    found = session.scalar(
        select(Excerpt)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(Excerpt.public_id == public_id, readable(actor), in_layer(actor, layer))
    )
    if found is None:
        raise NotFound
    return found
