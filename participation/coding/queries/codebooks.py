"""Codebooks, their codes and themes, and the passages that have a code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from participation.coding.models import (
    Code,
    Codebook,
    CodingStep,
    Excerpt,
    Material,
    MaterialText,
    Theme,
)
from participation.coding.queries.layers import (
    IS_OWN_LAYER,
    READ_AS,
    SHOWN_ID,
    ShownCode,
    has_code,
    is_seen_by,
    stands,
)
from participation.coding.queries.materials import IS_READ, readable, unseen, visible
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission


@dataclass(frozen=True)
class CodeLine:
    """A code, its theme and in how many texts of a material it stands (outlet: workroom)."""

    code: Code
    theme: Theme
    texts: int


def codebook_lines(session: Session, actor: Actor) -> list[tuple[Codebook, bool]]:
    """Every codebook by title, and whether the person may add codes to it. One query."""
    statement = select(Codebook, _is_changed_by(actor)).order_by(Codebook.title, Codebook.id)
    return [(book, bool(may_change)) for book, may_change in session.execute(statement)]


def _is_changed_by(actor: Actor) -> ColumnElement[bool]:
    """Codebooks are for everybody to read. One that others code with is not changed by who codes
    for one organisation; whoever is named for a material changes the one it is coded with.
    Source: TRUST 11."""
    is_free = ~exists().where(Material.codebook_id == Codebook.id, unseen(actor))
    if actor.can(Permission.CODE_MATERIAL):
        return is_free
    return is_free & _is_used_by(actor)


def _is_used_by(actor: Actor) -> ColumnElement[bool]:
    return exists().where(Material.codebook_id == Codebook.id, visible(actor))


def codebooks_to_choose(session: Session, actor: Actor) -> Sequence[Codebook]:
    """Those the person may code a material with, by title: for whoever is named for some
    materials alone, those that these are coded with."""
    statement = select(Codebook).order_by(Codebook.title, Codebook.id)
    if not actor.can(Permission.CODE_MATERIAL):
        statement = statement.where(_is_used_by(actor))
    return session.scalars(statement).all()


def may_change_codebook(session: Session, actor: Actor, codebook_id: int | None) -> bool:
    """Whether the person may add codes to a codebook. One query for a narrow role, else none."""
    if codebook_id is None or actor.scope(Permission.CODE_MATERIAL).everywhere:
        return codebook_id is not None
    mine = select(Codebook.id).where(Codebook.id == codebook_id, _is_changed_by(actor))
    return session.scalar(mine) is not None


def codebook_to_change(session: Session, actor: Actor, public_id: str) -> Codebook:
    """A codebook the person may add codes to. Raises NotFound."""
    found = codebook(session, public_id)
    if not may_change_codebook(session, actor, found.id):
        raise NotFound
    return found


def codebook_public_id(session: Session, found: Material) -> str:
    """The address of a material's codebook; empty when it has none."""
    book = select(Codebook.public_id).where(Codebook.id == found.codebook_id)
    return session.scalar(book) or ""


def codebook_by_key(session: Session, key: str) -> Codebook:
    """One codebook by its key. Raises NotFound."""
    found = session.scalar(select(Codebook).where(Codebook.key == key))
    if found is None:
        raise NotFound
    return found


def code_lines(
    session: Session,
    codebook_id: int | None,
    material_ids: Iterable[int] = (),
    counting: ColumnElement[bool] = IS_OWN_LAYER,
) -> list[CodeLine]:
    """The codes of a codebook under their themes, with counts of texts. One query.

    What was put together with another is counted there. `counting`: which passages count.
    Counts of small groups: for the workroom only, never for a page that leaves it.
    """
    counted = (
        select(SHOWN_ID.label("code_id"), func.count(Excerpt.text_id.distinct()).label("texts"))
        .select_from(Excerpt)
        .join(Code, Code.id == Excerpt.code_id)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .where(MaterialText.material_id.in_(list(material_ids)), counting, IS_READ)
        .group_by(SHOWN_ID)
        .subquery()
    )
    rows = session.execute(
        select(Code, Theme, func.coalesce(counted.c.texts, 0))
        .join(Theme, Theme.id == Code.theme_id)
        .join(counted, counted.c.code_id == Code.id, isouter=True)
        .where(Code.codebook_id == codebook_id, Code.merged_into_id.is_(None))
        .order_by(Theme.position, Theme.id, Code.number, Code.id)
    )
    return [CodeLine(*row) for row in rows]


def themes(session: Session, codebook_id: int) -> Sequence[Theme]:
    """The themes of a codebook, in order."""
    return session.scalars(
        select(Theme).where(Theme.codebook_id == codebook_id).order_by(Theme.position, Theme.id)
    ).all()


def codebook(session: Session, public_id: str) -> Codebook:
    """One codebook. Raises NotFound."""
    found = session.scalar(select(Codebook).where(Codebook.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def code(session: Session, public_id: str) -> tuple[Code, Theme, Codebook]:
    """A code with its theme and codebook. Raises NotFound."""
    row = session.execute(
        select(Code, Theme, Codebook)
        .join(Theme, Theme.id == Code.theme_id)
        .join(Codebook, Codebook.id == Code.codebook_id)
        .where(Code.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2]


def codes_read_as(session: Session, code_ids: Iterable[int]) -> list[str]:
    """The public ids of some codes and of all that were put together with one of them."""
    ids = list(code_ids)
    wanted = or_(Code.id.in_(ids), Code.merged_into_id.in_(ids))
    return list(session.scalars(select(Code.public_id).where(wanted).order_by(Code.id)))


def code_by_id(session: Session, code_id: int) -> Code:
    """A code, whether in use or not. Raises NotFound."""
    found = session.get(Code, code_id)
    if found is None:
        raise NotFound
    return found


def code_by_number(session: Session, codebook_id: int | None, number: int) -> Code:
    """A code of a codebook by its number, to put on something.

    Raises:
        NotFound: the codebook has no such number.
        Conflict: it is no longer used, or was put together with another; with a sentence.
    """
    row = session.execute(
        select(Code, ShownCode)
        .outerjoin(ShownCode, READ_AS)
        .where(Code.codebook_id == codebook_id, Code.number == number)
    ).first()
    if row is None:
        raise NotFound
    found, instead = row
    if instead is not None:
        raise Conflict(
            _(
                "“%(code)s” was put together with %(number)s “%(other)s”. Use that one.",
                code=found.name,
                number=instead.number,
                other=instead.name,
            )
        )
    if found.is_retired:
        raise Conflict(_("“%(code)s” is no longer used. Choose another code.", code=found.name))
    code: Code = found
    return code


@dataclass(frozen=True)
class Found:
    """An excerpt with the text and the material it stands in."""

    excerpt: Excerpt
    text: MaterialText
    material: Material

    @property
    def words(self) -> str:
        return self.text.text[self.excerpt.start : self.excerpt.end]


def excerpts_of_codes(
    session: Session, actor: Actor, code_ids: Iterable[int], material_ids: Iterable[int] = ()
) -> Select[Excerpt, MaterialText, Material]:
    """Every passage with one of the codes, in visible materials; for paging.

    The same passage with the same code by two coders is there once.
    """
    earlier = aliased(Excerpt)
    is_again = exists().where(
        earlier.text_id == Excerpt.text_id,
        earlier.code_id == Excerpt.code_id,
        earlier.start == Excerpt.start,
        earlier.end == Excerpt.end,
        earlier.layer == Excerpt.layer,
        earlier.id < Excerpt.id,
    )
    statement = (
        select(Excerpt, MaterialText, Material)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(has_code(code_ids), IS_OWN_LAYER, is_seen_by(actor), ~is_again, readable(actor))
    )
    wanted = list(material_ids)
    if wanted:
        statement = statement.where(Material.id.in_(wanted))
    return statement.order_by(Material.id.desc(), MaterialText.number, Excerpt.start, Excerpt.id)


def quotable_excerpts(
    session: Session, actor: Actor, code_ids: Iterable[int], material_ids: Iterable[int] = ()
) -> Select[Excerpt, MaterialText, Material]:
    """The same, less what two coders rejected when they settled a text: what counts is quoted."""
    return excerpts_of_codes(session, actor, code_ids, material_ids).where(stands())


def quotable_excerpt(session: Session, actor: Actor, public_id: str) -> Excerpt:
    """One passage that may be quoted. Raises NotFound."""
    found = session.scalar(
        select(Excerpt)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(
            Excerpt.public_id == public_id,
            readable(actor),
            IS_OWN_LAYER,
            is_seen_by(actor),
            stands(),
        )
    )
    if found is None:
        raise NotFound
    return found


def can_undo(session: Session, actor: Actor, found: Material) -> bool:
    """Whether the coder has a step left to undo in this material."""
    return last_step(session, actor, found) is not None


def next_to_redo(session: Session, actor: Actor, found: Material) -> CodingStep | None:
    """The step that the coder undid last, while nothing new was done since."""
    last = last_step(session, actor, found)
    return session.scalar(
        select(CodingStep)
        .where(
            CodingStep.coder_account_id == actor.account_id,
            CodingStep.material_id == found.id,
            CodingStep.undone_at.is_not(None),
            CodingStep.id > (last.id if last else 0),
        )
        .order_by(CodingStep.id)
        .limit(1)
    )


def last_step(session: Session, actor: Actor, found: Material) -> CodingStep | None:
    """The coder's newest step in a material that is not undone."""
    return session.scalar(
        select(CodingStep)
        .where(
            CodingStep.coder_account_id == actor.account_id,
            CodingStep.material_id == found.id,
            CodingStep.undone_at.is_(None),
        )
        .order_by(CodingStep.id.desc())
        .limit(1)
    )
