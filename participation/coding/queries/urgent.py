"""Texts in which somebody may be in danger, and who is responsible."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from participation.accounts.models import Account
from participation.accounts.queries import holds_role
from participation.coding.models import Material, MaterialText, UrgentContact, UrgentText
from participation.coding.queries.materials import IS_READ, may_review, visible
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission, Role

MOST = 100


@dataclass(frozen=True)
class UrgentLine:
    """A flagged text with its material and the names of who flagged and who took it."""

    urgent: UrgentText
    text: MaterialText
    material: Material
    flagged_by: str
    taken_by: str


def urgent_lines(session: Session, actor: Actor) -> Sequence[UrgentLine]:
    """Those the person may open, the newest first and what is done last. One statement."""
    ordered = _lines(actor).order_by(
        UrgentText.done_at.is_not(None), UrgentText.created_at.desc(), UrgentText.id.desc()
    )
    return [_line(row) for row in session.execute(ordered.limit(MOST))]


def urgent_line(session: Session, actor: Actor, public_id: str) -> UrgentLine:
    """One of them, for whoever may open it. Raises NotFound."""
    row = session.execute(_lines(actor).where(UrgentText.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return _line(row)


def text_to_flag(session: Session, actor: Actor, public_id: str) -> MaterialText:
    """A text that the person may code or, before anybody has read it through, may read.

    Raises NotFound.
    """
    found = session.scalar(
        select(MaterialText)
        .join(Material, Material.id == MaterialText.material_id)
        .where(MaterialText.public_id == public_id, visible(actor), or_(IS_READ, may_review(actor)))
    )
    if found is None:
        raise NotFound
    return found


def urgent_to_take(session: Session, actor: Actor) -> int:
    """How many nobody has finished."""
    waiting = (
        select(func.count(UrgentText.id))
        .join(MaterialText, MaterialText.id == UrgentText.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(UrgentText.done_at.is_(None), visible(actor), _may_open(actor))
    )
    return session.scalar(waiting) or 0


def urgent_contacts(session: Session) -> Sequence[Account]:
    """Those who are named as responsible and still are coordinators who can open the text."""
    return session.scalars(_named().order_by(Account.id)).all()


def _named() -> Select[Account]:
    return (
        select(Account)
        .join(UrgentContact, UrgentContact.account_id == Account.id)
        .where(holds_role(Role.COORDINATOR))
    )


def _lines(actor: Actor) -> Select[UrgentText, MaterialText, Material, str | None, str | None]:
    flagger, taker = aliased(Account), aliased(Account)
    return (
        select(UrgentText, MaterialText, Material, flagger.display_name, taker.display_name)
        .join(MaterialText, MaterialText.id == UrgentText.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .outerjoin(flagger, flagger.id == UrgentText.flagged_by_account_id)
        .outerjoin(taker, taker.id == UrgentText.taken_by_account_id)
        .where(visible(actor), _may_open(actor))
    )


def _may_open(actor: Actor) -> ColumnElement[bool]:
    """Flagged before anybody has read it through and hidden names: few see the raw words."""
    me = actor.account_id
    of_mine = or_(UrgentText.flagged_by_account_id == me, UrgentText.taken_by_account_id == me)
    return or_(IS_READ, may_review(actor), of_mine, _is_responsible(actor))


def _is_responsible(actor: Actor) -> ColumnElement[bool]:
    """Named, or one of all coordinators of the whole county while nobody is."""
    if not actor.scope(Permission.CODE_MATERIAL).everywhere:
        return false()
    return or_(~_named().exists(), _named().where(Account.id == actor.account_id).exists())


def _line(row: Sequence[object]) -> UrgentLine:
    urgent, text, material, flagged_by, taken_by = row
    assert isinstance(urgent, UrgentText)
    assert isinstance(text, MaterialText)
    assert isinstance(material, Material)
    return UrgentLine(urgent, text, material, str(flagged_by or ""), str(taken_by or ""))
