"""Pages of draws: the coordinator's way from quotas to panel, what everybody and candidates see."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account
from participation.activities.models import InvitationRound
from participation.activities.rules.states import ChosenBy
from participation.foundation.clock import frozen_at, local_now, now, to_local
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.services import account_pseudonym
from participation.foundation.permissions import SYSTEM, Role
from participation.interest_bank.models import BankMember
from participation.selection.commands import replay_draw
from participation.selection.models import Draw, Household
from participation.selection.queries import drawn_successors, own_draws, panel_of
from participation.selection.rules.draws import DrawState
from participation.selection.rules.replay import verify
from participation.selection.services import draw_replacement
from tests.factories.activities import make_activity
from tests.factories.draws import (
    SEED,
    drawn,
    make_candidates,
    make_draw_being_prepared,
    published,
    run_jobs,
)
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.signing_in import sign_in_client

Sessions = sessionmaker[Session]


@pytest.fixture
def members(session: Session, county: SmallCounty) -> list[BankMember]:
    return make_candidates(session)


@pytest.fixture
def draw(session: Session, members: list[BankMember], county: SmallCounty) -> Draw:
    draw = make_draw_being_prepared(session, members, organisation_id=county.region.id)
    session.commit()
    return draw


@pytest.fixture
def as_candidate(
    app: object, session: Session, members: list[BankMember]
) -> Callable[[int], CheckingClient]:
    def signed_in(which: int) -> CheckingClient:
        account = session.get_one(Account, members[which].account_id)
        client = app.test_client()  # type: ignore[attr-defined]
        sign_in_client(client, session, account)
        session.commit()
        return client  # type: ignore[no-any-return]

    return signed_in


def test_a_coordinator_goes_from_an_activity_to_a_drawn_and_invited_panel(
    session: Session,
    sessions: Sessions,
    county: SmallCounty,
    members: list[BankMember],
    as_coordinator: CheckingClient,
    tmp_path: Path,
) -> None:
    activity = make_activity(session, county.region, seats=3)
    session.commit()
    begun = as_coordinator.submit(
        f"/activities/{activity.public_id}/draw", {"people": "3", "alternates": "2"}
    )
    there = begun.headers["Location"].removesuffix("/quotas")
    run_jobs(sessions)
    as_coordinator.submit(f"{there}/features", {"features": ["gender"]})
    as_coordinator.submit(
        f"{there}/quotas",
        {"min.gender.woman": "1", "max.gender.woman": "2", "min.gender.man": "1"},
    )
    assert "Kraven prövas" in as_coordinator.page(f"{there}/quotas")
    run_jobs(sessions)
    assert "Ja, kraven går ihop" in as_coordinator.page(f"{there}/quotas")
    as_coordinator.submit(f"{there}/quotas/agree")
    run_jobs(sessions)
    late = to_local(activity.starts_at)
    refused = as_coordinator.submit(
        f"{there}/publish",
        {
            "seed_source": "De sju talen i Lotto 1",
            "due_day": late.date().isoformat(),
            "due_clock": f"{late:%H:%M}",
        },
    )
    assert 'id="due_day-error"' in refused.text
    due = local_now() + timedelta(minutes=2)
    as_coordinator.submit(
        f"{there}/publish",
        {
            "seed_source": "De sju talen i Lotto 1",
            "due_day": due.date().isoformat(),
            "due_clock": f"{due:%H:%M}",
        },
    )
    draw = session.scalars(select(Draw)).one()
    assert draw.state == DrawState.PUBLISHED
    session.commit()
    with frozen_at(now() + timedelta(minutes=4)):
        as_coordinator.submit(
            f"{there}/seed", {"value": SEED, "again": SEED, "witnessed_by": "Kommunens revisor"}
        )
        as_coordinator.submit(f"{there}/draw")
    panel = sorted(place.person.number or 0 for place in panel_of(session, draw))
    session.commit()
    public = f"/draws/{draw.public_id}"
    assert ", ".join(map(str, panel)) in as_coordinator.page(public)
    file = tmp_path / "lottery.json"
    file.write_bytes(as_coordinator.get(f"{public}/lottery.json").data)
    shown = CliRunner().invoke(replay_draw, [str(file), "--seed", SEED])
    assert shown.output.splitlines()[-1] == f"panel        {' '.join(map(str, panel))}"
    session.commit()
    page = as_coordinator.page(f"/activities/{activity.public_id}/draw")
    assert "3 lottade är inte inbjudna än" in page
    as_coordinator.submit(
        f"/activities/{activity.public_id}/draw/{draw.public_id}/invite",
        {"reply_day": (local_now() + timedelta(days=9)).date().isoformat()},
    )
    invitation_round = session.scalars(select(InvitationRound)).one()
    assert invitation_round.chosen_by == ChosenBy.LOTTERY


def test_impossible_quotas_are_told_with_a_change_that_one_press_makes(
    session: Session, sessions: Sessions, draw: Draw, as_coordinator: CheckingClient
) -> None:
    there = f"/selection/{draw.public_id}/quotas"
    typed = {"min.gender.woman": "2", "max.gender.woman": "3", "min.gender.man": "2"}
    as_coordinator.submit(there, typed)
    run_jobs(sessions)
    page = as_coordinator.page(there)
    assert "Nej, kraven går inte ihop" in page
    assert "Kvinna: minst 2" in page
    session.refresh(draw)
    newest = str(draw.quota_version)
    session.commit()
    as_coordinator.submit(f"{there}/relax", {"place": "0", "version": newest})
    run_jobs(sessions)
    assert "Ja, kraven går ihop" in as_coordinator.page(there)


def test_a_proposal_for_quotas_that_have_changed_is_not_taken(
    session: Session, sessions: Sessions, draw: Draw, as_coordinator: CheckingClient
) -> None:
    there = f"/selection/{draw.public_id}/quotas"
    before = draw.quota_version
    run_jobs(sessions)
    as_coordinator.submit(f"{there}/relax", {"place": "0", "version": str(before - 1)})
    session.refresh(draw)
    assert draw.quota_version == before


def test_typed_quotas_that_are_wrong_stay_in_their_fields(
    draw: Draw, as_coordinator: CheckingClient
) -> None:
    typed = {"min.gender.woman": "många", "min.gender.man": "3", "max.gender.man": "1"}
    page = as_coordinator.submit(f"/selection/{draw.public_id}/quotas", typed).text
    assert "Skriv ett heltal från 0 till 3." in page
    assert "Högst får inte vara mindre än minst." in page
    assert 'value="många"' in page


def test_the_county_can_be_filled_in(
    session: Session, draw: Draw, as_coordinator: CheckingClient
) -> None:
    as_coordinator.submit(f"/selection/{draw.public_id}/quotas/like-county")
    page = as_coordinator.page(f"/selection/{draw.public_id}/quotas")
    assert re.search(r'name="min.gender.woman"[^>]*value="1"', page) or re.search(
        r'value="1"[^>]*name="min.gender.woman"', page
    )


def test_nobody_else_than_coordinators_of_the_organisation_sees_the_draw(
    session: Session,
    sessions: Sessions,
    draw: Draw,
    county: SmallCounty,
    sign_in: Callable[..., CheckingClient],
    as_contact_person: CheckingClient,
) -> None:
    for path in ("", "/quotas", "/people", "/cancel"):
        address = f"/selection/{draw.public_id}{path}"
        assert as_contact_person.get(address).status_code in (403, 404)
        other = sign_in(Role.COORDINATOR, name="Annan Samordnare", organisation=county.torsas)
        assert other.get(address).status_code == 404
        own = sign_in(Role.COORDINATOR, name="Egen Samordnare", organisation=county.region)
        assert own.get(address).status_code == 200


def test_a_draw_that_is_not_sealed_is_nothing_to_the_public(
    session: Session, sessions: Sessions, draw: Draw, client: CheckingClient
) -> None:
    for path in ("", "/lottery.json"):
        assert client.get(f"/draws/{draw.public_id}{path}").status_code == 404
    published(session, sessions, draw)
    for path in ("", "/lottery.json"):
        assert client.get(f"/draws/{draw.public_id}{path}").status_code == 200


def test_the_public_sees_nothing_about_anybody(
    session: Session,
    sessions: Sessions,
    draw: Draw,
    members: list[BankMember],
    client: CheckingClient,
) -> None:
    drawn(session, sessions, draw)
    page = client.get(f"/draws/{draw.public_id}").text
    file = client.get(f"/draws/{draw.public_id}/lottery.json").text
    for member in members:
        for telling in (member.public_id, member.code, member.name, draw.salt or "-"):
            assert telling not in page
            assert telling not in file
    assert set(json.loads(file)) == {
        "format",
        "version",
        "commitment",
        "seed",
        "successors_seal",
        "fingerprint",
        "panels",
    }


def test_everybody_can_fetch_the_lot_about_a_successor_and_nothing_tells_who(
    session: Session,
    sessions: Sessions,
    draw: Draw,
    members: list[BankMember],
    client: CheckingClient,
) -> None:
    drawn(session, sessions, draw)
    for _ in range(3):  # two alternates step in first
        draw_replacement(session, SYSTEM, draw, panel_of(session, draw)[0].person.number or 0)
        session.commit()
        run_jobs(sessions)
        session.expire_all()
    (lot,) = drawn_successors(session, draw.id)
    page = client.get(f"/draws/{draw.public_id}").text
    assert draw.successor_seal in page
    assert lot.seed in page
    file = client.get(f"/draws/{draw.public_id}/successors/{lot.public_id}.json").text
    assert list(verify(json.loads(file), lot.seed or "").panel) == lot.joining
    for member in members:
        assert member.public_id not in page + file
    missing = client.get(f"/draws/{draw.public_id}/successors/{draw.public_id}.json")
    assert missing.status_code == 404


def test_a_cancelled_draw_stays_in_public_with_its_reason(
    session: Session,
    sessions: Sessions,
    draw: Draw,
    client: CheckingClient,
    as_coordinator: CheckingClient,
) -> None:
    published(session, sessions, draw)
    as_coordinator.submit(f"/selection/{draw.public_id}/cancel", {"reason": "Listan var gammal."})
    assert "Listan var gammal." in client.page(f"/draws/{draw.public_id}")
    assert draw.title in client.page("/draws")


def test_each_candidate_sees_their_own_chance_and_nobody_elses(
    session: Session,
    sessions: Sessions,
    draw: Draw,
    members: list[BankMember],
    as_candidate: Callable[[int], CheckingClient],
    as_resident: CheckingClient,
) -> None:
    drawn(session, sessions, draw)
    (own,) = own_draws(session, members[0].account_id)
    candidate = as_candidate(0)
    page = candidate.page(f"/my-draws/{draw.public_id}")
    assert "Din chans" in page
    assert "30" in page
    assert f"<dd>{own.number}</dd>" in page
    assert "Din chans var" in candidate.page("/start")
    assert draw.title in candidate.page("/me")
    own_page = candidate.page("/membership")
    assert f"/my-draws/{draw.public_id}" in own_page
    assert "Din chans: " in own_page
    assert as_resident.get(f"/my-draws/{draw.public_id}").status_code == 404
    assert "Du har inte varit med" in as_resident.page("/my-draws")


def test_who_looks_at_the_candidates_is_logged_to_each_of_them(
    session: Session,
    sessions: Sessions,
    draw: Draw,
    members: list[BankMember],
    as_coordinator: CheckingClient,
) -> None:
    published(session, sessions, draw)
    as_coordinator.page(f"/selection/{draw.public_id}/people")
    as_coordinator.get(f"/selection/{draw.public_id}/full.json")
    subjects = {account_pseudonym(member.account_id) for member in members}
    for action in ("candidates_seen", "full_pool_seen"):
        seen = session.scalars(
            select(EventLogEntry.subject).where(EventLogEntry.action == action)
        ).all()
        assert set(seen) == subjects


def test_two_who_say_that_they_live_together_are_noted_by_their_codes(
    session: Session, members: list[BankMember], as_coordinator: CheckingClient
) -> None:
    session.commit()
    codes = f"{members[0].code}, {members[1].code.lower()}"
    as_coordinator.submit("/selection/households", {"codes": codes})
    assert len(session.scalars(select(Household)).all()) == 1
    session.commit()
    assert members[0].code in as_coordinator.page("/selection/households")
    wrong = as_coordinator.submit("/selection/households", {"codes": "K-!!!! K-????"}).text
    assert "Minst en kod finns inte" in wrong


def test_the_seed_must_be_typed_twice_alike(
    session: Session, sessions: Sessions, draw: Draw, as_coordinator: CheckingClient
) -> None:
    published(session, sessions, draw)
    assert "Inte än" in as_coordinator.page(f"/selection/{draw.public_id}/seed")
    draw.seed_due_at = now() - timedelta(minutes=1)
    session.commit()
    typed = {"value": "1 2 3", "again": "1 2 4", "witnessed_by": "Revisorn"}
    page = as_coordinator.submit(f"/selection/{draw.public_id}/seed", typed).text
    assert "De två är inte lika." in page
