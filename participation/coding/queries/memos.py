"""Memos, as far as the person asking may read what they are about."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.coding.models import (
    Code,
    CodeModel,
    CodingRound,
    Material,
    MaterialImport,
    MaterialText,
    Memo,
    QdaImport,
)
from participation.coding.queries.codebooks import may_change_codebook
from participation.coding.queries.layers import is_in_round
from participation.coding.queries.materials import IS_READ
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission


@dataclass(frozen=True)
class MemoLine:
    """A memo, who wrote it, and the text and code it is about, if any."""

    memo: Memo
    author: str
    text: MaterialText | None
    code: Code | None


def memo_seen(actor: Actor) -> ColumnElement[bool]:
    """One's own, and others' on materials and texts that the person may read. Others' on a code
    for whoever codes the whole county: a codebook belongs to all organisations, and a memo may
    tell of any text. Nobody reads another's while they code a sample blind. Source: TRUST 11."""
    me, blind = actor.account_id, _coded_blind_by(actor)
    is_of_text = Memo.text_id.is_not(None) & ~is_in_round(Memo.text_id, "coding")
    is_of_material = Memo.material_id.is_not(None) & Memo.material_id.not_in(blind)
    seen = [Memo.author_account_id == me, is_of_text, is_of_material]
    if actor.scope(Permission.CODE_MATERIAL).everywhere:
        books = select(Material.codebook_id).where(Material.id.in_(blind))
        in_them = select(Code.id).where(Code.codebook_id.in_(books))
        seen.append(
            Memo.text_id.is_(None) & Memo.material_id.is_(None) & Memo.code_id.not_in(in_them)
        )
    return or_(*seen)


def _coded_blind_by(actor: Actor) -> Select[int]:
    """Materials of whose texts the person codes a sample, beside somebody, just now."""
    me = actor.account_id
    return select(CodingRound.material_id).where(
        CodingRound.state == "coding",
        or_(CodingRound.first_account_id == me, CodingRound.second_account_id == me),
    )


def may_note_code(session: Session, actor: Actor, found: Code) -> bool:
    """Whether the person may write memos on a code: whoever is named for some materials alone,
    only where they may change the codebook."""
    return actor.can(Permission.CODE_MATERIAL) or may_change_codebook(
        session, actor, found.codebook_id
    )


def memos_of_material(session: Session, actor: Actor, found: Material) -> list[MemoLine]:
    """Those on the material and on its texts that were read through, newest first. One query."""
    of_texts = select(MaterialText.id).where(MaterialText.material_id == found.id, IS_READ)
    return _lines(session, actor, or_(Memo.material_id == found.id, Memo.text_id.in_(of_texts)))


def memos_of_text(session: Session, actor: Actor, found: MaterialText) -> list[MemoLine]:
    """Those on one text, newest first. One query."""
    return _lines(session, actor, Memo.text_id == found.id)


def memos_of_code(session: Session, actor: Actor, found: Code) -> list[MemoLine]:
    """Those on a code itself, newest first. Its texts' memos stand with the texts. One query."""
    return _lines(session, actor, (Memo.code_id == found.id) & Memo.text_id.is_(None))


def _lines(session: Session, actor: Actor, which: ColumnElement[bool]) -> list[MemoLine]:
    rows = session.execute(
        select(Memo, Account.display_name, MaterialText, Code)
        .join(Account, Account.id == Memo.author_account_id)
        .outerjoin(MaterialText, MaterialText.id == Memo.text_id)
        .outerjoin(Code, Code.id == Memo.code_id)
        .where(which, memo_seen(actor))
        .order_by(Memo.created_at.desc(), Memo.id.desc())
    )
    return [MemoLine(*row) for row in rows]


def own_memo(session: Session, actor: Actor, public_id: str) -> Memo:
    """A memo that the person wrote. Raises NotFound."""
    found = session.scalar(
        select(Memo).where(Memo.public_id == public_id, Memo.author_account_id == actor.account_id)
    )
    if found is None:
        raise NotFound
    return found


def has_left_traces(session: Session, account_id: int) -> bool:
    """Whether a person has written memos or sent something in that waits, or something was learnt
    from their codes. One query, since most people have done none of it.
    """
    traces = (
        select(Memo.id).where(Memo.author_account_id == account_id),
        select(CodeModel.id).where(CodeModel.account_id == account_id),
        select(QdaImport.id).where(QdaImport.owner_account_id == account_id),
        select(MaterialImport.id).where(MaterialImport.owner_account_id == account_id),
    )
    return session.scalar(select(or_(*(one.exists() for one in traces)))) or False


def memos_by(session: Session, account_id: int) -> list[Memo]:
    """Everything one person has written, for them to take along."""
    return list(
        session.scalars(select(Memo).where(Memo.author_account_id == account_id).order_by(Memo.id))
    )
