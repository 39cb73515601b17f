"""TRUST 11, 16, 37: a narrow role stays narrow, and nobody passes those who wait."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.forms import activity_data
from participation.activities.models import Activity, Invitation
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.states import Answer, InvitationState
from participation.activities.services import answer_invitation, change_activity
from participation.foundation.clock import now
from participation.foundation.permissions import SYSTEM, Role
from tests.conftest import SignIn
from tests.factories.activities import link_of, make_activity, make_invitation, make_round
from tests.factories.commitments import make_commitment
from tests.factories.interest_bank import make_member
from tests.support.county import SmallCounty


def test_11_a_coordinator_of_one_organisation_plans_nothing_for_another(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    narrow = sign_in(Role.COORDINATOR, name="Lina Lokalsson", organisation=county.region)
    own = make_activity(session, county.region)
    session.commit()
    shown = activity_data(own)
    form = {
        **{name: value for name, value in shown.items() if isinstance(value, str | int)},
        "organisation_id": str(county.torsas.id),
        "day": shown["day"].isoformat(),
        "starts": f"{shown['starts']:%H:%M}",
        "ends": f"{shown['ends']:%H:%M}",
        "contact_text": "Ebba Demolund",
    }
    form.pop("is_open_to_all")
    for address in ("/activities/new", f"/activities/{own.public_id}/edit"):
        assert narrow.submit(address, form).status_code == 200
    allowed = {**form, "organisation_id": str(county.region.id)}
    assert narrow.submit(f"/activities/{own.public_id}/edit", allowed).status_code == 303
    session.expire_all()
    theirs = select(Activity).where(Activity.organisation_id == county.torsas.id)
    assert session.scalars(theirs).all() == []


def test_11_nor_does_it_move_remind_or_tell_of_anothers_promise(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    narrow = sign_in(Role.COORDINATOR, name="Lina Lokalsson", organisation=county.region)
    promise = make_commitment(session, owed_by=county.torsas)
    session.commit()
    for act in ("move", "remind", "feedback"):
        refused = narrow.submit(f"/commitments/{promise.public_id}/{act}")
        assert refused.status_code == 404, act


def test_37_new_seats_go_to_those_who_wait_in_their_order(
    session: Session, county: SmallCounty
) -> None:
    activity = make_activity(session, county.region, state="open", seats=1)
    asked = make_round(session, activity, reply_by=now() + timedelta(days=2))
    first, second, third, late = (
        make_invitation(session, asked, make_member(session, name=f"Person {n}")) for n in range(4)
    )
    for invitation in (first, second, third):
        answer_invitation(session, link_of(invitation)[3:], Answer.YES)
    details = {name: getattr(activity, name) for name in ActivityDetails.__dataclass_fields__}
    change_activity(session, SYSTEM, activity, ActivityDetails(**{**details, "seats": 2}))
    answer_invitation(session, link_of(late)[3:], Answer.YES)
    states = {i.id: i.state for i in session.scalars(select(Invitation))}
    assert states[second.id] == InvitationState.ACCEPTED
    assert states[third.id] == states[late.id] == InvitationState.WAITING
