"""Who may do what: permissions, roles, and the person asking.

A role is granted for everything, for one organisation or for one group (accounts.RoleAssignment).
Source for the roles: DOMAIN.md, "Who uses it". The matrix below is printed by
`participation roles` and tried route by route in tests/contracts/.
"""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a route can demand. PUBLIC is explicit: a route without a permission is refused."""

    PUBLIC = "public"
    OWN_PAGE = "own_page"  # anybody signed in, about themselves
    READ_COUNTY = "read_county"
    MANAGE_COUNTY = "manage_county"
    OWN_ORGANISATION = "own_organisation"  # a user organisation's own room
    MANAGE_ORGANISATIONS = "manage_organisations"  # who has adopted, who speaks for whom
    READ_BANK = "read_bank"
    MANAGE_BANK = "manage_bank"
    OPEN_PROTECTED = "open_protected"  # contact details of a protected identity, for a reason
    FILE_REQUEST = "file_request"
    HANDLE_REQUEST = "handle_request"
    READ_ACTIVITIES = "read_activities"
    MANAGE_ACTIVITIES = "manage_activities"
    MANAGE_TRAINING = "manage_training"
    APPROVE_CLAIMS = "approve_claims"
    EXPORT_PAYROLL = "export_payroll"
    READ_COSTS = "read_costs"  # what participation cost, never to whom it was paid
    MANAGE_DRAWS = "manage_draws"
    COUNCIL_WORKSPACE = "council_workspace"
    MANAGE_COUNCIL = "manage_council"
    MANAGE_QUESTIONNAIRES = "manage_questionnaires"
    READ_NAMED_ANSWERS = "read_named_answers"  # who answered what in a round with names
    READ_AUDITS = "read_audits"
    ORDER_AUDIT = "order_audit"
    CONDUCT_AUDIT = "conduct_audit"
    MANAGE_AUDITS = "manage_audits"
    CODE_MATERIAL = "code_material"
    WORK_WITH_MATERIAL = "work_with_material"  # also what one is named for and nothing else
    PUBLISH_FINDINGS = "publish_findings"
    EXTRACT_ANSWERS = "extract_answers"  # answers row by row, for a reason: a disclosure act
    READ_GROUP = "read_group"  # a group's own pages with what awaits its answer
    ANSWER_COMMITMENT = "answer_commitment"
    MANAGE_COMMITMENTS = "manage_commitments"
    MANAGE_PLANS = "manage_plans"
    MANAGE_REPORTS = "manage_reports"
    READ_OPERATIONS = "read_operations"
    MANAGE_OPERATIONS = "manage_operations"
    READ_EVENT_LOG = "read_event_log"
    MANAGE_ACCOUNTS = "manage_accounts"
    DEVELOPMENT = "development"  # pages that exist only in development


class Role(StrEnum):
    RESIDENT = "resident"
    COUNCIL_MEMBER = "council_member"
    AUDITOR = "auditor"
    USER_ORGANISATION = "user_organisation"
    CONTACT_PERSON = "contact_person"
    GROUP_MEMBER = "group_member"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    PROTECTION_KEEPER = "protection_keeper"


# Roles that see unpublished or personal data sign in with password and a second factor.
STRONG_ROLES = frozenset(
    {
        Role.CONTACT_PERSON,
        Role.COORDINATOR,
        Role.ADMINISTRATOR,
        Role.DATA_PROTECTION_OFFICER,
        Role.PROTECTION_KEEPER,
    }
)

_COORDINATOR = frozenset(
    {
        Permission.READ_COUNTY,
        Permission.MANAGE_ORGANISATIONS,
        Permission.READ_BANK,
        Permission.MANAGE_BANK,
        Permission.FILE_REQUEST,  # for an organisation that calls instead of writing
        Permission.HANDLE_REQUEST,
        Permission.READ_ACTIVITIES,
        Permission.MANAGE_ACTIVITIES,
        Permission.MANAGE_TRAINING,
        Permission.APPROVE_CLAIMS,
        Permission.EXPORT_PAYROLL,
        Permission.READ_COSTS,
        Permission.MANAGE_DRAWS,
        Permission.COUNCIL_WORKSPACE,
        Permission.MANAGE_COUNCIL,
        Permission.MANAGE_QUESTIONNAIRES,
        Permission.READ_NAMED_ANSWERS,
        Permission.READ_AUDITS,
        Permission.MANAGE_AUDITS,
        Permission.CODE_MATERIAL,
        Permission.WORK_WITH_MATERIAL,
        Permission.PUBLISH_FINDINGS,
        Permission.EXTRACT_ANSWERS,
        Permission.READ_GROUP,
        Permission.ANSWER_COMMITMENT,
        Permission.MANAGE_COMMITMENTS,
        Permission.MANAGE_PLANS,
        Permission.MANAGE_REPORTS,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: frozenset(),
    Role.COUNCIL_MEMBER: frozenset({Permission.COUNCIL_WORKSPACE}),
    Role.AUDITOR: frozenset(
        {Permission.CONDUCT_AUDIT, Permission.READ_AUDITS, Permission.WORK_WITH_MATERIAL}
    ),
    Role.USER_ORGANISATION: frozenset({Permission.FILE_REQUEST, Permission.OWN_ORGANISATION}),
    Role.CONTACT_PERSON: frozenset(
        {
            Permission.FILE_REQUEST,
            Permission.READ_ACTIVITIES,
            Permission.READ_COSTS,
            Permission.READ_AUDITS,
            Permission.ORDER_AUDIT,
            Permission.ANSWER_COMMITMENT,
        }
    ),
    Role.GROUP_MEMBER: frozenset({Permission.READ_GROUP, Permission.ANSWER_COMMITMENT}),
    Role.COORDINATOR: _COORDINATOR,
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ_COUNTY,
            Permission.MANAGE_COUNTY,
            Permission.EXPORT_PAYROLL,
            Permission.READ_COSTS,
            Permission.READ_OPERATIONS,
            Permission.MANAGE_OPERATIONS,
            Permission.MANAGE_ACCOUNTS,
        }
    ),
    # Few coordinators: TRUST.md, law (break-glass by a named role with a reason).
    Role.PROTECTION_KEEPER: frozenset({Permission.OPEN_PROTECTED}),
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {Permission.READ_COUNTY, Permission.READ_OPERATIONS, Permission.READ_EVENT_LOG}
    ),
}


@dataclass(frozen=True)
class Grant:
    """One role, for everything or for one organisation or one group."""

    role: Role
    organisation_id: int | None = None
    group_id: int | None = None

    @property
    def is_everywhere(self) -> bool:
        return self.organisation_id is None and self.group_id is None


@dataclass(frozen=True)
class Scope:
    """Where a permission holds. `everywhere` beats the lists."""

    everywhere: bool = False
    organisation_ids: frozenset[int] = frozenset()
    group_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.organisation_ids) or bool(self.group_ids)

    def has_organisation(self, organisation_id: int | None) -> bool:
        return self.everywhere or organisation_id in self.organisation_ids

    def has_group(self, group_id: int | None) -> bool:
        return self.everywhere or group_id in self.group_ids


@dataclass(frozen=True)
class Actor:
    """The person asking, as rules and queries see them; nobody signed in has no account id."""

    account_id: int | None = None
    display_name: str = ""
    grants: tuple[Grant, ...] = ()
    is_strong: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    def has_role(self, role: Role) -> bool:
        return any(grant.role is role for grant in self.grants)

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations the person has any role in, however they signed in."""
        return frozenset(g.organisation_id for g in self.grants if g.organisation_id is not None)

    def scope(self, permission: Permission) -> Scope:
        """Where this person holds `permission`; strong roles count after a strong sign-in."""
        holding = [g for g in self.usable_grants() if permission in ROLE_PERMISSIONS[g.role]]
        return Scope(
            everywhere=any(g.is_everywhere for g in holding),
            organisation_ids=frozenset(
                g.organisation_id for g in holding if g.organisation_id is not None
            ),
            group_ids=frozenset(g.group_id for g in holding if g.group_id is not None),
        )

    def usable_grants(self) -> tuple[Grant, ...]:
        return tuple(g for g in self.grants if self.is_strong or g.role not in STRONG_ROLES)

    def can(self, permission: Permission) -> bool:
        """Whether the person holds `permission` anywhere; rows are then cut by `scope`."""
        if permission is Permission.PUBLIC:
            return True
        if permission is Permission.OWN_PAGE:
            return self.is_signed_in
        return bool(self.scope(permission))

    def needs_strong_sign_in_for(self, permission: Permission) -> bool:
        """True when a stronger sign-in would open the page."""
        return not self.is_strong and any(
            permission in ROLE_PERMISSIONS[g.role] for g in self.grants if g.role in STRONG_ROLES
        )


NOBODY = Actor()
SYSTEM = Actor(account_id=None, display_name="system", grants=())
