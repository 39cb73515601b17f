"""What activities' own pages show from here: next steps for the person, links for staff."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.assignments.queries import OwnAssignment, assignment_of
from participation.assignments.rules.states import (
    CLAIM_LABELS,
    DECISION_LABELS,
    WITH_THE_PERSON,
)
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, NamedLink, NextStep


class AssignmentSteps:
    """Behind the personal link, after a yes: agree, declare ties, claim."""

    def steps(
        self, session: Session, activity_id: int, member_id: int, token: str
    ) -> Iterable[NextStep]:
        one = assignment_of(session, activity_id, member_id)
        if one is not None:
            yield from _claim_step(one, token)
            yield from _agreement_step(one, token)
            yield from _declaration_step(one, token)


def _claim_step(one: OwnAssignment, token: str) -> Iterable[NextStep]:
    if one.claim is None:
        return
    if one.claim.state in WITH_THE_PERSON:
        detail = _("You can claim until %(day)s.", day=format_day(one.claim.closes_on))
        title, action = _("Claim your compensation"), _("Claim")
        yield _step("claim", token, title, detail, action=action)
    else:
        detail = str(CLAIM_LABELS[one.claim.state])
        yield _step("claim", token, _("Your compensation"), detail, is_done=True)


def _agreement_step(one: OwnAssignment, token: str) -> Iterable[NextStep]:
    if one.must_agree:
        detail = _("It says what you and we may expect of each other.")
        yield _step("agreement", token, _("Read and accept the agreement"), detail)
    elif one.agreed_at is not None:
        detail = _("Agreed %(day)s", day=format_day(one.agreed_at))
        yield _step("agreement", token, _("Your agreement"), detail, is_done=True)


def _declaration_step(one: OwnAssignment, token: str) -> Iterable[NextStep]:
    if one.must_declare:
        detail = _("Do you work there, or are you close to somebody who does?")
        title, action = _("Declare your ties"), _("Declare")
        yield _step("declaration", token, title, detail, action=action)
    elif one.declaration is not None:
        declared = _("Declared %(day)s", day=format_day(one.declaration.declared_at))
        decision = one.declaration.decision
        detail = str(DECISION_LABELS[decision]) if decision else declared
        yield _step("declaration", token, _("Your declaration"), detail, is_done=True)


def _step(
    page: str, token: str, title: str, detail: str, *, action: str = "", is_done: bool = False
) -> NextStep:
    return NextStep(
        title=title,
        detail=detail,
        address=Address(endpoint=f"assignments.{page}", values={"token": token}),
        action=action or _("Read"),
        is_done=is_done,
    )


class AssignmentLinks:
    """From an activity's overview, for staff."""

    def links(
        self, session: Session, actor: Actor, activity_id: int, public_id: str
    ) -> Iterable[NamedLink]:
        if actor.can(Permission.MANAGE_ACTIVITIES):
            yield NamedLink(
                title=_("Agreements"),
                text=_("Who has agreed, and declared ties"),
                address=Address(
                    endpoint="compensation.agreements", values={"public_id": public_id}
                ),
            )
        if actor.can(Permission.APPROVE_CLAIMS):
            yield NamedLink(
                title=_("Compensation"),
                text=_("Claims of those who came"),
                address=Address(endpoint="compensation.claim_list", values={"activity": public_id}),
            )
