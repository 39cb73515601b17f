"""Double coding: a random sample, two coders who do not see each other, and what they agree on."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict
from secrets import randbelow
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.coding.models import (
    CodingAssignment,
    CodingRound,
    Excerpt,
    Material,
    MaterialText,
)
from participation.coding.queries.double import (
    Put,
    codes_with_themes,
    done_by,
    newest_round,
    put_by,
    sample,
    sample_size,
)
from participation.coding.queries.materials import IS_READ
from participation.coding.rules.agreement import Judgement, agreement
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor

SEEDS = 2**31


def draw_sample(
    session: Session,
    actor: Actor,
    material: Material,
    *,
    second_account_id: int,
    size: int,
    seed: int | None = None,
) -> CodingRound:
    """A random sample of the reviewed texts for the person and one more.

    Raises:
        Conflict: a sample is being coded already, or no text can be coded yet.
    """
    earlier = newest_round(session, material)
    if earlier is not None and earlier.state == "coding":
        raise Conflict(_("A sample of these texts is being coded already."))
    ids = session.scalars(
        select(MaterialText.id).where(MaterialText.material_id == material.id, IS_READ)
    ).all()
    if not ids or actor.account_id is None:
        raise Conflict(_("Somebody must read the texts through first."))
    drawn = CodingRound(
        material_id=material.id,
        first_account_id=actor.account_id,
        second_account_id=second_account_id,
        seed=randbelow(SEEDS) if seed is None else seed,
    )
    session.add(drawn)
    session.flush()
    chosen = sorted(ids, key=lambda text_id: _place(drawn.seed, text_id))[:size]
    session.add_all(CodingAssignment(round_id=drawn.id, text_id=text_id) for text_id in chosen)
    session.flush()
    log_event(session, actor, "create", "material", material.public_id, texts=len(chosen))
    return drawn


def _place(seed: int, text_id: int) -> str:
    return hashlib.sha256(f"{seed}\0{text_id}".encode()).hexdigest()


def stop_sample(session: Session, actor: Actor, drawn: CodingRound) -> None:
    """Give the double coding up; what was coded stays with its coder."""
    session.delete(drawn)
    session.flush()


def compare(session: Session, actor: Actor, drawn: CodingRound) -> None:
    """Lay the two coders' work beside each other; from now on both see it.

    Raises:
        Conflict: one of them has texts left.
    """
    size = sample_size(session, drawn)
    both = (drawn.first_account_id, drawn.second_account_id)
    if drawn.state != "coding" or any(done_by(session, drawn, one) < size for one in both):
        raise Conflict(_("Both must have coded the whole sample first."))
    drawn.figures = _figures(session, drawn)
    drawn.state = "compared"
    session.flush()


def _figures(session: Session, drawn: CodingRound) -> list[dict[str, Any]]:
    """Of all codes together, of each theme and of each code that either put."""
    first = _codes_by_text(put_by(session, drawn, drawn.first_account_id))
    second = _codes_by_text(put_by(session, drawn, drawn.second_account_id))
    both = (first, second)
    texts = [text.id for text in sample(session, drawn)]
    used = {code for codes in (*first.values(), *second.values()) for code in codes}
    codes = codes_with_themes(session, used)

    def told(of: str, key: int, name: str, ids: Sequence[int]) -> dict[str, Any]:
        judged: list[list[Judgement]] = [
            [(one in first.get(text, ()), one in second.get(text, ())) for one in ids]
            for text in texts
        ]
        coded = [sum(bool(put.get(text, set()) & set(ids)) for text in texts) for put in both]
        figure = asdict(agreement(judged, drawn.seed))
        return {"of": of, "id": key, "name": name, "coded": coded, **figure}

    themes = {theme.id: theme.name for _code, theme in codes}
    return [
        told("all", 0, "", [code.id for code, _theme in codes]),
        *(
            told("theme", key, name, [code.id for code, theme in codes if theme.id == key])
            for key, name in themes.items()
        ),
        *(told("code", code.id, f"{code.number} {code.name}", [code.id]) for code, _t in codes),
    ]


def _codes_by_text(put: Sequence[Put]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one in put:
        found.setdefault(one.excerpt.text_id, set()).add(one.code_id)
    return found


Place = tuple[int, int]
"""A text and a code, by id."""


def differing(session: Session, drawn: CodingRound) -> dict[Place, list[Put]]:
    """Where only one of the two put a code, with that one's passages."""
    first = put_by(session, drawn, drawn.first_account_id)
    second = put_by(session, drawn, drawn.second_account_id)
    by_first, by_second = _places(first), _places(second)
    return {
        place: by_first.get(place, by_second.get(place, []))
        for place in sorted(by_first.keys() ^ by_second.keys())
    }


def _places(put: Sequence[Put]) -> dict[Place, list[Put]]:
    found: dict[Place, list[Put]] = {}
    for one in put:
        found.setdefault((one.excerpt.text_id, one.code_id), []).append(one)
    return found


def settle(session: Session, actor: Actor, drawn: CodingRound, kept: Collection[Place]) -> None:
    """The agreed layer: what both put, as the first marked it, and what of the rest is kept.

    Findings count the agreed layer of these texts from now on.

    Raises:
        Conflict: not compared yet.
    """
    if drawn.state != "compared":
        raise Conflict(_("Both must have coded the whole sample first."))
    first = _places(put_by(session, drawn, drawn.first_account_id))
    second = _places(put_by(session, drawn, drawn.second_account_id))
    agreed = [first[place] for place in first.keys() & second.keys()]
    agreed += [put for place, put in differing(session, drawn).items() if place in kept]
    spots = {
        (one.excerpt.text_id, one.code_id, one.excerpt.start, one.excerpt.end)
        for put in agreed
        for one in put
    }
    _forget_agreed(session, drawn)
    session.add_all(
        Excerpt(
            text_id=text_id,
            code_id=code_id,
            start=start,
            end=end,
            coder_account_id=actor.account_id,
            layer="agreed",
        )
        for text_id, code_id, start, end in sorted(spots)
    )
    drawn.state = "settled"
    session.flush()
    material = session.get_one(Material, drawn.material_id)
    log_event(session, actor, "change", "material", material.public_id, passages=len(spots))


def open_again(session: Session, actor: Actor, drawn: CodingRound) -> None:
    """Decide anew where the two differ."""
    if drawn.state == "settled":
        _forget_agreed(session, drawn)
        drawn.state = "compared"
        session.flush()


def _forget_agreed(session: Session, drawn: CodingRound) -> None:
    of_sample = select(CodingAssignment.text_id).where(CodingAssignment.round_id == drawn.id)
    session.execute(
        delete(Excerpt).where(Excerpt.layer == "agreed", Excerpt.text_id.in_(of_sample))
    )
    session.expire_all()
