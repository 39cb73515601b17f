"""Double coding as it stands: who has done how much, where the two differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import holds_role
from participation.coding.models import (
    Code,
    CodingAssignment,
    CodingRound,
    Excerpt,
    Material,
    MaterialCoder,
    MaterialText,
    Theme,
)
from participation.coding.queries.layers import IS_OWN_LAYER, SHOWN_ID, is_coded_by, is_in_round
from participation.coding.queries.materials import material_line, visible
from participation.foundation.permissions import Actor, Role


def newest_round(session: Session, found: Material) -> CodingRound | None:
    """The double coding of a material that was drawn last."""
    return session.scalar(
        select(CodingRound)
        .where(CodingRound.material_id == found.id)
        .order_by(CodingRound.id.desc())
        .limit(1)
    )


def who_may_code(session: Session, found: Material, actor: Actor) -> Sequence[Account]:
    """Others who can be asked to code the same texts, by name."""
    named = select(MaterialCoder.account_id).where(MaterialCoder.material_id == found.id)
    others = session.scalars(
        select(Account).where(
            or_(holds_role(Role.COORDINATOR), Account.id.in_(named)),
            Account.id != actor.account_id,
        )
    )
    return sorted(others, key=lambda account: (account.display_name, account.id))


def done_by(session: Session, drawn: CodingRound, account_id: int) -> int:
    """How many texts of the sample one coder has coded or set aside."""
    return (
        session.scalar(
            select(func.count(MaterialText.id)).where(in_sample(drawn), is_coded_by(account_id))
        )
        or 0
    )


def coded_where_blind(session: Session, actor: Actor, text: MaterialText) -> int | None:
    """How many texts of its material are coded by anybody, if this one is coded double just now."""
    is_blind = select(MaterialText.id).where(
        MaterialText.id == text.id, is_in_round(MaterialText.id, "coding")
    )
    if session.scalar(is_blind) is None:
        return None
    found = session.get_one(Material, text.material_id)
    return material_line(session, actor, found.public_id).coded


def sample_size(session: Session, drawn: CodingRound) -> int:
    """How many texts the sample holds now; withdrawn ones have left it."""
    return session.scalar(select(func.count(MaterialText.id)).where(in_sample(drawn))) or 0


def progress(session: Session, drawn: CodingRound) -> tuple[int, int, int]:
    """(texts in the sample, done by the first coder, done by the second). One query."""
    first, second = is_coded_by(drawn.first_account_id), is_coded_by(drawn.second_account_id)
    row = session.execute(
        select(
            func.count(MaterialText.id),
            func.coalesce(func.sum(case((first, 1), else_=0)), 0),
            func.coalesce(func.sum(case((second, 1), else_=0)), 0),
        ).where(in_sample(drawn))
    ).one()
    return row[0], row[1], row[2]


def names_of(session: Session, account_ids: Iterable[int]) -> dict[int, str]:
    """What some coders are called. One query."""
    ids = list(account_ids)
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def in_sample(drawn: CodingRound) -> ColumnElement[bool]:
    """Texts of the sample."""
    return MaterialText.id.in_(
        select(CodingAssignment.text_id).where(CodingAssignment.round_id == drawn.id)
    )


def sample(session: Session, drawn: CodingRound) -> Sequence[MaterialText]:
    """The texts of the sample, in order."""
    return session.scalars(
        select(MaterialText).where(in_sample(drawn)).order_by(MaterialText.number, MaterialText.id)
    ).all()


@dataclass(frozen=True)
class Put:
    """A passage in the sample with the code it is read as."""

    excerpt: Excerpt
    code_id: int


def put_by(session: Session, drawn: CodingRound, account_id: int) -> list[Put]:
    """What one coder put in the sample. One query."""
    rows = session.execute(
        select(Excerpt, SHOWN_ID)
        .join(Code, Code.id == Excerpt.code_id)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .where(in_sample(drawn), Excerpt.coder_account_id == account_id, IS_OWN_LAYER)
        .order_by(Excerpt.text_id, Excerpt.start, Excerpt.id)
    )
    return [Put(*row) for row in rows]


def codes_with_themes(session: Session, code_ids: Iterable[int]) -> list[tuple[Code, Theme]]:
    """Some codes under their themes, in the codebook's order."""
    rows = session.execute(
        select(Code, Theme)
        .join(Theme, Theme.id == Code.theme_id)
        .where(Code.id.in_(list(code_ids)))
        .order_by(Theme.position, Theme.id, Code.number, Code.id)
    )
    return [(code, theme) for code, theme in rows]


def waiting_rounds(session: Session, actor: Actor) -> list[tuple[Material, int]]:
    """Materials where the person has a sample to code, and how many texts of it are left."""
    me = actor.account_id
    rows = session.execute(
        select(Material, func.count(MaterialText.id))
        .join(CodingRound, CodingRound.material_id == Material.id)
        .join(CodingAssignment, CodingAssignment.round_id == CodingRound.id)
        .join(MaterialText, MaterialText.id == CodingAssignment.text_id)
        .where(
            CodingRound.state == "coding",
            or_(CodingRound.first_account_id == me, CodingRound.second_account_id == me),
            ~is_coded_by(me),
            visible(actor),
        )
        .group_by(Material.id)
        .order_by(Material.id)
    )
    return [(found, left) for found, left in rows]


def theme_figures(session: Session, codebook_id: int) -> dict[int, dict[str, Any]]:
    """How alike each theme of a codebook was coded when two compared last, by theme id."""
    return _theme_figures(session, Material.codebook_id == codebook_id)


def theme_figures_of(session: Session, material_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The same of the texts of some materials alone."""
    return _theme_figures(session, Material.id.in_(list(material_ids)))


def _theme_figures(session: Session, of: ColumnElement[bool]) -> dict[int, dict[str, Any]]:
    rounds = session.scalars(
        select(CodingRound)
        .join(Material, Material.id == CodingRound.material_id)
        .where(of, CodingRound.state != "coding")
        .order_by(CodingRound.id)
    )
    return {
        figure["id"]: figure
        for drawn in rounds
        for figure in drawn.figures
        if figure["of"] == "theme"
    }
