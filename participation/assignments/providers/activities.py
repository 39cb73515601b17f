"""What activities' own pages show from here: next steps for the person, links for staff."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.assignments.queries import assignment_of
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
        if one is None:
            return

        def step(page: str, title: str, detail: str, action: str, *, is_done: bool) -> NextStep:
            return NextStep(
                title=title,
                detail=detail,
                address=Address(endpoint=f"assignments.{page}", values={"token": token}),
                action=action,
                is_done=is_done,
            )

        if one.claim is not None:
            is_done = one.claim.state not in WITH_THE_PERSON
            detail = (
                str(CLAIM_LABELS[one.claim.state])
                if is_done
                else _("You can claim until %(day)s.", day=format_day(one.claim.closes_on))
            )
            title, action = _("Your compensation"), _("Read")
            if not is_done:
                title, action = _("Claim your compensation"), _("Claim")
            yield step("claim", title, detail, action, is_done=is_done)
        if one.must_agree:
            detail = _("It says what you and we may expect of each other.")
            yield step(
                "agreement", _("Read and accept the agreement"), detail, _("Read"), is_done=False
            )
        elif one.agreed_at is not None:
            detail = _("Agreed %(day)s", day=format_day(one.agreed_at))
            yield step("agreement", _("Your agreement"), detail, _("Read"), is_done=True)
        if one.must_declare:
            detail = _("Do you work there, or are you close to somebody who does?")
            yield step("declaration", _("Declare your ties"), detail, _("Declare"), is_done=False)
        elif one.declaration is not None:
            decision = one.declaration.decision
            detail = (
                str(DECISION_LABELS[decision])
                if decision
                else _("Declared %(day)s", day=format_day(one.declaration.declared_at))
            )
            yield step("declaration", _("Your declaration"), detail, _("Read"), is_done=True)


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
