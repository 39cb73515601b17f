"""User organisations: their public pages, their own workspace, those that ask to join."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about_many
from participation.county.models import Organisation
from participation.foundation.clock import now
from participation.foundation.crypto import token_hash
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.organisations.models import (
    Dialogue,
    DialogueStatement,
    OrganisationApplication,
    OrganisationInvitation,
    OrganisationProfile,
)
from participation.organisations.rules.states import INVITATION_PURPOSE, ApplicationState

USER_ORGANISATION = "user_organisation"
STATEMENT = "dialogue_statement"


@dataclass(frozen=True)
class AnsweredStatement:
    """A statement with what the group promised or answered."""

    statement: DialogueStatement
    commitments: Sequence[Commitment]


def user_organisations(session: Session) -> Sequence[tuple[Organisation, str]]:
    """Every user organisation by name, with what it tells about itself."""
    rows = session.execute(
        select(Organisation, OrganisationProfile.about)
        .outerjoin(OrganisationProfile, OrganisationProfile.organisation_id == Organisation.id)
        .where(Organisation.is_current, Organisation.kind == USER_ORGANISATION)
        .order_by(Organisation.is_fictional, Organisation.name, Organisation.id)
    )
    return [(organisation, about or "") for organisation, about in rows]


def user_organisation(session: Session, public_id: str) -> Organisation:
    """One user organisation. Raises NotFound for any other kind."""
    found = session.scalar(
        select(Organisation).where(
            Organisation.public_id == public_id,
            Organisation.kind == USER_ORGANISATION,
            Organisation.is_current,
        )
    )
    if found is None:
        raise NotFound
    return found


def own_organisation(session: Session, actor: Actor, public_id: str) -> Organisation:
    """The user organisation, for its own people and coordinators. Raises NotFound."""
    found = user_organisation(session, public_id)
    if not speaks_for(actor, found.id):
        raise NotFound
    return found


def speaks_for(actor: Actor, organisation_id: int) -> bool:
    """Whether somebody works in the organisation's room: its own people, and coordinators."""
    return actor.scope(Permission.OWN_ORGANISATION).has_organisation(
        organisation_id
    ) or actor.scope(Permission.MANAGE_ORGANISATIONS).has_organisation(organisation_id)


def own_organisations(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The user organisations somebody speaks for, by name."""
    scope = actor.scope(Permission.OWN_ORGANISATION)
    return session.scalars(
        select(Organisation)
        .where(
            Organisation.id.in_(scope.organisation_ids),
            Organisation.kind == USER_ORGANISATION,
            Organisation.is_current,
        )
        .order_by(Organisation.name, Organisation.id)
    ).all()


def profile_of(session: Session, organisation_id: int) -> str:
    """What the organisation tells about itself."""
    found = session.get(OrganisationProfile, organisation_id)
    return found.about if found else ""


def public_statements(session: Session, organisation_id: int) -> list[AnsweredStatement]:
    """Statements the organisation has made public, with the answers; newest first."""
    found = session.scalars(
        select(DialogueStatement)
        .join(Dialogue, Dialogue.id == DialogueStatement.dialogue_id)
        .where(Dialogue.organisation_id == organisation_id, DialogueStatement.is_public)
        .options(joinedload(DialogueStatement.dialogue).joinedload(Dialogue.group))
        .order_by(DialogueStatement.created_at.desc(), DialogueStatement.id.desc())
    ).all()
    return with_answers(session, found)


def with_answers(
    session: Session, statements: Sequence[DialogueStatement]
) -> list[AnsweredStatement]:
    """Statements with what was promised about each. One query."""
    promised: Mapping[str, list[Commitment]] = commitments_about_many(
        session, STATEMENT, [one.public_id for one in statements]
    )
    return [AnsweredStatement(one, promised.get(one.public_id, ())) for one in statements]


def open_invitations(session: Session, organisation_id: int) -> Sequence[OrganisationInvitation]:
    """People who are invited to speak for the organisation and have not answered."""
    return session.scalars(
        select(OrganisationInvitation)
        .where(
            OrganisationInvitation.organisation_id == organisation_id,
            OrganisationInvitation.answered_at.is_(None),
            OrganisationInvitation.expires_at > now(),
        )
        .order_by(OrganisationInvitation.created_at, OrganisationInvitation.id)
    ).all()


def invitation_by_token(
    session: Session, token: str, *, to_change: bool = False
) -> OrganisationInvitation:
    """The open invitation a mailed link leads to; `to_change` locks it. Raises NotFound."""
    statement = (
        select(OrganisationInvitation)
        .where(
            OrganisationInvitation.token_hash == token_hash(INVITATION_PURPOSE, token),
            OrganisationInvitation.answered_at.is_(None),
            OrganisationInvitation.expires_at > now(),
        )
        .options(joinedload(OrganisationInvitation.organisation))
    )
    if to_change:
        statement = statement.with_for_update(of=OrganisationInvitation)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def applications(actor: Actor) -> Select[OrganisationApplication]:
    """Organisations that ask for a place, those that wait first. Raises NotFound."""
    _must_manage(actor)
    return select(OrganisationApplication).order_by(
        (OrganisationApplication.state == ApplicationState.NEW).desc(),
        OrganisationApplication.created_at.desc(),
        OrganisationApplication.id.desc(),
    )


def application_of(
    session: Session, actor: Actor, public_id: str, *, to_change: bool = False
) -> OrganisationApplication:
    """One of them; `to_change` locks it, so that it is answered once. Raises NotFound."""
    _must_manage(actor)
    statement = select(OrganisationApplication).where(
        OrganisationApplication.public_id == public_id
    )
    if to_change:
        statement = statement.with_for_update()
    found = session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def applications_waiting(session: Session) -> int:
    """How many organisations wait for an answer."""
    return (
        session.scalar(
            select(func.count(OrganisationApplication.id)).where(
                OrganisationApplication.state == ApplicationState.NEW
            )
        )
        or 0
    )


def _must_manage(actor: Actor) -> None:
    if not actor.scope(Permission.MANAGE_ORGANISATIONS).everywhere:
        raise NotFound
