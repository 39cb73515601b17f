"""Suggestions for texts, and what there is to learn from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import CompoundSelect, Select, func, null, select, union_all
from sqlalchemy.orm import Session, aliased

from participation.accounts.models import Account
from participation.accounts.queries import may_still
from participation.coding.models import Code, Excerpt, Material, MaterialText, TextState
from participation.coding.models.learning import CodeModel, DeclinedCode, skills_from
from participation.coding.queries.layers import IS_OWN_LAYER, is_in_round
from participation.coding.queries.materials import IS_READ
from participation.coding.rules.learning import FEWEST_EXAMPLES, Flags, Model, Skill
from participation.foundation.permissions import Actor, Permission

NEW_CODINGS = 25  # from so many on it is learnt anew
MOST_SHOWN = 2  # of one text
Learner = tuple[int, int]
"""A codebook and a coder, by id."""


@dataclass(frozen=True)
class Learnt:
    """What was learnt from a coder's codes; `skills` in the order of the weights."""

    learner: Learner
    key: str
    skills: tuple[Skill, ...]

    @property
    def speaking(self) -> list[Skill]:
        return [one for one in self.skills if one.threshold is not None]


def learnt(session: Session, actor: Actor, codebook_id: int | None) -> Learnt | None:
    """What was learnt from the person's own codes, without the weights. One query."""
    row = session.execute(
        select(CodeModel.public_id, CodeModel.skills).where(
            CodeModel.codebook_id == codebook_id, CodeModel.account_id == actor.account_id
        )
    ).first()
    if row is None or codebook_id is None or actor.account_id is None:
        return None
    return Learnt((codebook_id, actor.account_id), row[0], tuple(skills_from(row[1])))


@dataclass(frozen=True)
class Suggestion:
    """A code that may fit a text: in `said` texts it had not seen, `right` were right."""

    number: int
    name: str
    said: int
    right: int


def suggestions(
    session: Session, known: Learnt | None, texts: Sequence[MaterialText]
) -> Mapping[int, list[Suggestion]]:
    """By text id, the surest first. None for texts that two code blind just now: each is to read
    for themselves; none that was declined."""
    if known is None or not known.speaking:
        return {}
    model = _opened(session, known)
    codes = _codes(session, known)
    kept_back = _kept_back(session, known, [text.id for text in texts])
    found: dict[int, list[Suggestion]] = {}
    for text in texts:
        if (text.id, None) in kept_back:
            continue
        guesses = [(codes.get(guess.code_id), guess) for guess in model.guesses(text.text)]
        found[text.id] = [
            Suggestion(code.number, code.name, guess.said, guess.right)
            for code, guess in guesses
            if code is not None and (text.id, code.id) not in kept_back
        ]
    return found


_open: dict[Learner, tuple[str, Model]] = {}  # of this process; opening takes 30 ms


def _opened(session: Session, known: Learnt) -> Model:
    key, model = _open.get(known.learner, ("", None))
    if model is None or key != known.key:
        weights = session.scalars(
            select(CodeModel.weights).where(CodeModel.public_id == known.key)
        ).one()
        model = Model.from_bytes(weights, known.skills)
        while len(_open) >= MOST_OPEN:
            _open.pop(next(iter(_open)), None)
        _open[known.learner] = known.key, model
    return model


MOST_OPEN = 8


def _codes(session: Session, known: Learnt) -> dict[int, Code]:
    """Each code that was learnt as it is read now; those out of use are left out."""
    ids = [one.code_id for one in known.speaking]
    read_as = aliased(Code)
    rows = session.execute(
        select(Code.id, read_as)
        .join(read_as, read_as.id == func.coalesce(Code.merged_into_id, Code.id))
        .where(Code.id.in_(ids), ~read_as.is_retired)
        .order_by(Code.id)
    )
    found: dict[int, Code] = dict(rows.all())
    return found


def _kept_back(
    session: Session, known: Learnt, text_ids: Iterable[int]
) -> set[tuple[int, int | None]]:
    """(text, code) that were declined, (text, none) where nothing is suggested. One query."""
    ids = list(text_ids)
    declined = select(DeclinedCode.text_id, DeclinedCode.code_id).where(
        DeclinedCode.text_id.in_(ids), DeclinedCode.coder_account_id == known.learner[1]
    )
    blind = select(MaterialText.id, null()).where(
        MaterialText.id.in_(ids), is_in_round(MaterialText.id, "coding")
    )
    rows: Iterable[Any] = session.execute(union_all(declined, blind))
    return {(text_id, code_id) for text_id, code_id in rows}


def skills_of(session: Session, account_id: int) -> list[tuple[str, Skill]]:
    """What was learnt from one coder's codes, each with the code's name."""
    rows = session.scalars(
        select(CodeModel.skills)
        .where(CodeModel.account_id == account_id)
        .order_by(CodeModel.codebook_id)
    )
    skills = [skill for stored in rows for skill in skills_from(stored)]
    if not skills:
        return []
    codes = session.scalars(
        select(Code).where(Code.id.in_([one.code_id for one in skills])).order_by(Code.id)
    )
    names = {code.id: f"{code.number} {code.name}" for code in codes}
    return [(names[skill.code_id], skill) for skill in skills]


def learners_due(session: Session) -> list[Learner]:
    """Coders with twenty-five codings more or fewer than when it was learnt from them last.

    Only those who still work with material: for nobody else is anything suggested.
    """
    counted = session.execute(
        select(Code.codebook_id, Excerpt.coder_account_id, func.count(Excerpt.id))
        .join(Code, Code.id == Excerpt.code_id)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .where(IS_OWN_LAYER, IS_READ, Excerpt.coder_account_id.in_(_coders()))
        .group_by(Code.codebook_id, Excerpt.coder_account_id)
        .order_by(Code.codebook_id, Excerpt.coder_account_id)
    )
    learnt_before = session.execute(
        select(CodeModel.codebook_id, CodeModel.account_id, CodeModel.codings)
    )
    before = {(book, coder): codings for book, coder, codings in learnt_before}
    due: list[Learner] = []
    for codebook_id, account_id, now in counted:
        then = before.get((codebook_id, account_id or 0))
        is_due = now >= FEWEST_EXAMPLES if then is None else abs(now - then) >= NEW_CODINGS
        if is_due and account_id is not None:
            due.append((codebook_id, account_id))
    return due


def _coders() -> Select[int]:
    return select(Account.id).where(may_still(Permission.WORK_WITH_MATERIAL))


def is_held_coder(session: Session, account_id: int) -> bool:
    """Whether they still work with material; nobody erases them before the transaction ends."""
    coder = _coders().where(Account.id == account_id)
    return session.scalar(coder.with_for_update(read=True)) is not None


@dataclass(frozen=True)
class Lesson:
    """One coder's texts and which of a codebook's codes each has."""

    learner: Learner
    text_ids: tuple[int, ...]
    texts: tuple[str, ...]
    code_ids: tuple[int, ...]
    has: Flags
    codings: int


def lesson(session: Session, learner: Learner) -> Lesson:
    """The coder's own codes on texts that were read through, and texts they set aside.

    Codes put together with another count as that one; those out of use are not learnt.
    """
    codebook_id, account_id = learner
    read_as = aliased(Code)
    put = session.execute(
        select(Excerpt.text_id, read_as.id, read_as.is_retired)
        .join(Code, Code.id == Excerpt.code_id)
        .join(read_as, read_as.id == func.coalesce(Code.merged_into_id, Code.id))
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .where(
            Code.codebook_id == codebook_id,
            Excerpt.coder_account_id == account_id,
            IS_OWN_LAYER,
            IS_READ,
        )
        .order_by(Excerpt.id)
    ).all()
    texts = session.execute(
        select(MaterialText.id, MaterialText.text)
        .where(IS_READ, MaterialText.id.in_(_done_by(learner)))
        .order_by(MaterialText.id)
    ).all()
    code_ids = sorted({row[1] for row in put if not row[2]})
    place = {text_id: number for number, (text_id, _words) in enumerate(texts)}
    has = np.zeros((len(texts), len(code_ids)), bool)
    for text_id, code_id, is_retired in put:
        if not is_retired:
            has[place[text_id], code_ids.index(code_id)] = True
    return Lesson(
        learner,
        tuple(row[0] for row in texts),
        tuple(row[1] for row in texts),
        tuple(code_ids),
        has,
        len(put),
    )


def _done_by(learner: Learner) -> CompoundSelect[int]:
    """Texts that the coder put one of the codebook's codes on, or set aside where it is used."""
    codebook_id, account_id = learner
    coded = (
        select(Excerpt.text_id)
        .join(Code, Code.id == Excerpt.code_id)
        .where(
            Code.codebook_id == codebook_id, Excerpt.coder_account_id == account_id, IS_OWN_LAYER
        )
    )
    aside = (
        select(TextState.text_id)
        .join(MaterialText, MaterialText.id == TextState.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(Material.codebook_id == codebook_id, TextState.coder_account_id == account_id)
    )
    return coded.union(aside)
