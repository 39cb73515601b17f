"""Who has adopted the participation model, since when, and who did before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Adoption, Organisation


def adoptions_of(session: Session, organisation_id: int) -> Sequence[Adoption]:
    """An organisation's adoptions, the newest first."""
    return session.scalars(
        select(Adoption)
        .where(Adoption.organisation_id == organisation_id)
        .order_by(Adoption.since.desc(), Adoption.id.desc())
    ).all()


def adoption_in_force(session: Session, organisation_id: int) -> Adoption | None:
    """The adoption that holds now, if one does and it is written down."""
    return session.scalar(
        select(Adoption)
        .where(Adoption.organisation_id == organisation_id, Adoption.until.is_(None))
        .order_by(Adoption.id.desc())
        .limit(1)
    )


def adopters(session: Session) -> list[tuple[Organisation, Adoption | None]]:
    """The organisations that may invite, the first to adopt first, with the decision. One query."""
    rows = session.execute(
        select(Organisation, Adoption)
        .outerjoin(
            Adoption,
            (Adoption.organisation_id == Organisation.id) & Adoption.until.is_(None),
        )
        .where(Organisation.is_current, Organisation.adopted_on.is_not(None))
        .order_by(Organisation.is_fictional, Organisation.adopted_on, Organisation.id)
    )
    return [(organisation, adoption) for organisation, adoption in rows]


def adoptions_by_organisation(session: Session) -> Mapping[int, list[Adoption]]:
    """Every adoption by the organisation's id, oldest first. One query."""
    found: dict[int, list[Adoption]] = defaultdict(list)
    for adoption in session.scalars(select(Adoption).order_by(Adoption.since, Adoption.id)):
        found[adoption.organisation_id].append(adoption)
    return found


def municipalities_that_adopted(session: Session, years: range) -> dict[int, int | None]:
    """How many municipalities held to the participation model at the end of each year.

    Invented ones are not counted. One query.
    Source: DOMAIN.md, the model's own indicators.
    """
    held = _held(session)
    return {
        year: len({who for who, since, until in held if _held_in(year, since, until)})
        for year in years
    }


def municipalities_in(session: Session, year: int) -> list[tuple[Organisation, date | None]]:
    """Every municipality, and since when it held to the model on the year's last day, or None."""
    since = {who: began for who, began, ended in _held(session) if _held_in(year, began, ended)}
    municipalities = session.scalars(
        select(Organisation)
        .where(Organisation.is_current, Organisation.kind == "municipality")
        .order_by(Organisation.is_fictional, Organisation.name, Organisation.id)
    )
    return [(one, since.get(one.id)) for one in municipalities]


def _held(session: Session) -> list[tuple[int, date, date | None]]:
    """Which municipality held to the model from when until when. One query."""
    rows = session.execute(
        select(Organisation.id, Organisation.adopted_on, Adoption.since, Adoption.until)
        .outerjoin(
            Adoption, (Adoption.organisation_id == Organisation.id) & Adoption.until.is_not(None)
        )
        .where(
            Organisation.is_current,
            Organisation.kind == "municipality",
            ~Organisation.is_fictional,
        )
    ).all()
    held: list[tuple[int, date, date | None]] = [
        (who, adopted_on, None)
        for who, adopted_on, _since, _until in rows
        if adopted_on is not None
    ]
    return held + [(who, since, until) for who, _on, since, until in rows if until is not None]


def _held_in(year: int, since: date, until: date | None) -> bool:
    """Whether it held on the last day of the year."""
    return since.year <= year and (until is None or until.year > year)
