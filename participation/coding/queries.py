"""Reading material, as far as the person asking may. Unseen and missing are the same: NotFound.

A text that nobody has de-identified yet is shown to the material's owner only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from participation.coding.models import (
    Code,
    Codebook,
    CodingStep,
    Excerpt,
    Material,
    MaterialText,
    Theme,
)
from participation.coding.rules.filters import PER_PAGE, TextFilter
from participation.foundation.errors import NotFound
from participation.foundation.paging import Page, paginate
from participation.foundation.permissions import Actor, Permission


def visible(actor: Actor) -> ColumnElement[bool]:
    """Which materials the person may code: all, or those of their organisations."""
    scope = actor.scope(Permission.CODE_MATERIAL)
    if scope.everywhere:
        return Material.id.is_not(None)
    return Material.organisation_id.in_(scope.organisation_ids)


def may_review(actor: Actor) -> ColumnElement[bool]:
    """Whose raw texts the person may read: their own material, or material nobody owns."""
    return or_(Material.owner_account_id.is_(None), Material.owner_account_id == actor.account_id)


IS_CODED: ColumnElement[bool] = or_(
    MaterialText.set_aside_at.is_not(None), exists().where(Excerpt.text_id == MaterialText.id)
)


# ---------------------------------------------------------------- materials


@dataclass(frozen=True)
class MaterialLine:
    """A material and how far it is."""

    material: Material
    total: int
    reviewed: int
    coded: int

    @property
    def to_review(self) -> int:
        return self.total - self.reviewed

    @property
    def to_code(self) -> int:
        return self.reviewed - self.coded


def _lines(actor: Actor) -> Select[Material, int, int, int]:
    text = MaterialText
    return (
        select(
            Material,
            func.count(text.id),
            func.count(text.reviewed_at),
            func.coalesce(
                func.sum(case((text.reviewed_at.is_not(None) & IS_CODED, 1), else_=0)), 0
            ),
        )
        .join(text, text.material_id == Material.id, isouter=True)
        .where(visible(actor))
        .group_by(Material.id)
        .order_by(Material.created_at.desc(), Material.id.desc())
    )


def materials(session: Session, actor: Actor) -> list[MaterialLine]:
    """Every material the person may code, newest first. One query."""
    return [MaterialLine(*row) for row in session.execute(_lines(actor))]


def materials_of_source(
    session: Session, actor: Actor, source_kind: str, source_public_id: str
) -> list[MaterialLine]:
    """The materials of one round or audit: one for each question."""
    of_source = _lines(actor).where(
        Material.source_kind == source_kind, Material.source_public_id == source_public_id
    )
    return [MaterialLine(*row) for row in session.execute(of_source)]


def with_siblings(
    session: Session, actor: Actor, public_id: str
) -> tuple[MaterialLine, list[MaterialLine]]:
    """One material, and all of the same source, itself too, by title. Raises NotFound."""
    wanted = select(Material.source_kind, Material.source_public_id).where(
        Material.public_id == public_id
    )
    source = wanted.subquery()
    statement = _lines(actor).join(
        source,
        (source.c.source_kind == Material.source_kind)
        & (source.c.source_public_id == Material.source_public_id),
    )
    lines = [MaterialLine(*row) for row in session.execute(statement)]
    lines.sort(key=lambda line: (line.material.question or line.material.title, line.material.id))
    for line in lines:
        if line.material.public_id == public_id:
            return line, lines
    raise NotFound


def material(session: Session, actor: Actor, public_id: str) -> Material:
    """One material. Raises NotFound."""
    found = session.scalar(select(Material).where(Material.public_id == public_id, visible(actor)))
    if found is None:
        raise NotFound
    return found


def reviewable_material(session: Session, actor: Actor, public_id: str) -> Material:
    """A material whose raw texts the person may read. Raises NotFound."""
    statement = select(Material).where(Material.public_id == public_id, visible(actor))
    found = session.scalar(statement.where(may_review(actor)))
    if found is None:
        raise NotFound
    return found


def waiting_by_material(session: Session, actor: Actor) -> list[MaterialLine]:
    """Materials with something left to review (by this person) or to code."""
    lines = materials(session, actor)
    return [line for line in lines if line.to_review or line.to_code]


# ---------------------------------------------------------------- texts


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


# ---------------------------------------------------------------- codebooks


@dataclass(frozen=True)
class CodeLine:
    """A code, its theme and in how many texts of a material it stands (outlet: workroom)."""

    code: Code
    theme: Theme
    texts: int


def codebooks(session: Session) -> Sequence[Codebook]:
    """Every codebook, by title."""
    return session.scalars(select(Codebook).order_by(Codebook.title, Codebook.id)).all()


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
    session: Session, codebook_id: int | None, material_ids: Iterable[int] = ()
) -> list[CodeLine]:
    """The codes of a codebook under their themes, with counts of texts. One query.

    Counts of small groups: for the workroom only, never for a page that leaves it.
    """
    counted = (
        select(Excerpt.code_id, func.count(Excerpt.text_id.distinct()).label("texts"))
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .where(MaterialText.material_id.in_(list(material_ids)))
        .group_by(Excerpt.code_id)
        .subquery()
    )
    rows = session.execute(
        select(Code, Theme, func.coalesce(counted.c.texts, 0))
        .join(Theme, Theme.id == Code.theme_id)
        .join(counted, counted.c.code_id == Code.id, isouter=True)
        .where(Code.codebook_id == codebook_id)
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


def code_by_number(session: Session, codebook_id: int | None, number: int) -> Code:
    """A code of a codebook by its number. Raises NotFound."""
    found = session.scalar(
        select(Code).where(Code.codebook_id == codebook_id, Code.number == number)
    )
    if found is None:
        raise NotFound
    return found


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
    """Every passage with one of the codes, in visible materials; for paging."""
    statement = (
        select(Excerpt, MaterialText, Material)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(Excerpt.code_id.in_(list(code_ids)), visible(actor))
    )
    wanted = list(material_ids)
    if wanted:
        statement = statement.where(Material.id.in_(wanted))
    return statement.order_by(Material.id.desc(), MaterialText.number, Excerpt.start, Excerpt.id)


def can_undo(session: Session, actor: Actor, found: Material) -> bool:
    """Whether the coder has a step left to undo in this material."""
    return last_step(session, actor, found) is not None


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


# ---------------------------------------------------------------- for the floors above


@dataclass(frozen=True)
class VoiceSpread:
    """How many voices of how many, and over how many roles and municipalities."""

    count: int
    n: int
    roles: int
    municipalities: int


def voice_spread(
    session: Session, material_ids: Iterable[int], code_ids: Iterable[int]
) -> VoiceSpread:
    """Distinct voices of the materials, and those with one of the codes. Two queries."""
    wanted, codes = list(material_ids), list(code_ids)
    in_materials = MaterialText.material_id.in_(wanted)
    voice = MaterialText.source_ref.distinct()
    n = session.scalar(select(func.count(voice)).where(in_materials)) or 0
    count, roles, municipalities = session.execute(
        select(
            func.count(voice),
            func.count(MaterialText.respondent_role.distinct()),
            func.count(MaterialText.municipality_code.distinct()),
        ).where(
            in_materials,
            exists().where(Excerpt.text_id == MaterialText.id, Excerpt.code_id.in_(codes)),
        )
    ).one()
    return VoiceSpread(count=count, n=n, roles=roles, municipalities=municipalities)


def voices_by_role(session: Session, material_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """Distinct voices of each material and respondent role: (material id, role) → voices."""
    rows = session.execute(
        select(
            MaterialText.material_id,
            MaterialText.respondent_role,
            func.count(MaterialText.source_ref.distinct()),
        )
        .where(MaterialText.material_id.in_(list(material_ids)))
        .group_by(MaterialText.material_id, MaterialText.respondent_role)
    )
    return {(material_id, role or ""): voices for material_id, role, voices in rows}


def coding_progress(session: Session, actor: Actor) -> tuple[int, int]:
    """(texts to review, texts to code) over all visible materials: what waits."""
    lines = materials(session, actor)
    return sum(line.to_review for line in lines), sum(line.to_code for line in lines)
