"""What a role may be limited to, and the matrix of roles and permissions as rows. Pure."""

from enum import StrEnum

from participation.foundation.permissions import (
    ROLE_PERMISSIONS,
    STRONG_ROLES,
    Permission,
    Role,
)


class ScopeKind(StrEnum):
    EVERYWHERE = "everywhere"
    ORGANISATION = "organisation"
    GROUP = "group"


# What each role is granted for. Source: DOMAIN.md, "Who uses it".
SCOPES: dict[Role, frozenset[ScopeKind]] = {
    Role.RESIDENT: frozenset({ScopeKind.EVERYWHERE}),
    Role.COUNCIL_MEMBER: frozenset({ScopeKind.EVERYWHERE}),
    Role.AUDITOR: frozenset({ScopeKind.EVERYWHERE}),
    Role.USER_ORGANISATION: frozenset({ScopeKind.ORGANISATION}),
    Role.CONTACT_PERSON: frozenset({ScopeKind.ORGANISATION}),
    Role.GROUP_MEMBER: frozenset({ScopeKind.GROUP}),
    Role.COORDINATOR: frozenset({ScopeKind.EVERYWHERE, ScopeKind.ORGANISATION}),
    Role.ADMINISTRATOR: frozenset({ScopeKind.EVERYWHERE}),
    Role.DATA_PROTECTION_OFFICER: frozenset({ScopeKind.EVERYWHERE}),
    Role.PROTECTION_KEEPER: frozenset({ScopeKind.EVERYWHERE}),
}

# Roles that follow from something else (a place in the bank, in the council) are not handed out.
GRANTED_BY_HAND = tuple(role for role in Role if role is not Role.RESIDENT)


def scope_kind(organisation_id: int | None, group_id: int | None) -> ScopeKind:
    if organisation_id is not None:
        return ScopeKind.ORGANISATION
    return ScopeKind.EVERYWHERE if group_id is None else ScopeKind.GROUP


def may_be_scoped(role: Role, kind: ScopeKind) -> bool:
    return kind in SCOPES[role]


def matrix() -> list[tuple[str, ...]]:
    """The role matrix: a head row, then one row per permission with a mark per role.

    A star marks roles that need password and code.
    """
    head = ("permission", *(f"{role}{'*' if role in STRONG_ROLES else ''}" for role in Role))
    everybody = {Permission.PUBLIC, Permission.OWN_PAGE}
    rows = [
        (
            permission.value,
            *(
                "x" if permission in everybody or permission in ROLE_PERMISSIONS[role] else ""
                for role in Role
            ),
        )
        for permission in Permission
        if permission is not Permission.DEVELOPMENT
    ]
    return [head, *rows]
