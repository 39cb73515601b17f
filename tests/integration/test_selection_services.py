"""Draws from preparing to closing: quotas, sealing, the draw, successors, homes, leaving."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import frozen_at, now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.events import replace_subscribers
from participation.foundation.jobs import Job
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.interest_bank.models import BankMember
from participation.interest_bank.services import withdraw_membership
from participation.registry import FEATURES
from participation.selection.commands import replay_draw
from participation.selection.models import Draw, DrawPerson, DrawPlace, Household
from participation.selection.queries import (
    alternates_of,
    drawn_successors,
    lottery_of,
    own_draws,
    panel_of,
    people_of,
    place_of_member,
    published_file,
    published_successor_file,
    quotas_of,
    replacements_of,
    same_phone,
    seeds_of,
)
from participation.selection.rules.draws import DrawState, LivingTogether, ReplacementState
from participation.selection.rules.features import Limits, QuotaKey
from participation.selection.rules.owners import DrawOwner, HeldBack
from participation.selection.rules.replay import verify
from participation.selection.services import (
    DrawUnderWay,
    PoolChanged,
    QuotasNotTried,
    ReplacementUnderWay,
    TooEarly,
    TooFewCandidates,
    accept_swap,
    agree_on_quotas,
    cancel_draw,
    choose_features,
    close_draw,
    draw_replacement,
    enter_seed,
    forget_household,
    make_draw,
    note_household,
    note_observer,
    price_quotas,
    publish_pool,
    refuse_swap,
    relax_quota,
    reopen_quotas,
    set_quotas,
)
from participation.selection.services.full_file import full_file
from tests.factories.draws import (
    MEN,
    SEED,
    WOMEN,
    agreed,
    drawn,
    make_candidates,
    make_draw_being_prepared,
    published,
    run_jobs,
)
from tests.factories.interest_bank import make_member
from tests.support.county import SmallCounty

Sessions = sessionmaker[Session]


class Heard:
    """Remembers an event's data."""

    def __init__(self, event_name: str) -> None:
        self.event_name = event_name
        self.data: list[Mapping[str, Any]] = []

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        self.data.append(dict(data))


@pytest.fixture
def members(session: Session, county: SmallCounty) -> list[BankMember]:
    return make_candidates(session)


@pytest.fixture
def draw(session: Session, members: list[BankMember]) -> Draw:
    return make_draw_being_prepared(session, members)


def reread(session: Session, draw: Draw) -> Draw:
    session.rollback()
    session.refresh(draw)
    return draw


def numbers(draw_places: list[DrawPlace]) -> list[int]:
    return [place.person.number or 0 for place in draw_places]


def test_a_draw_without_more_people_than_seats_is_refused(
    session: Session, county: SmallCounty
) -> None:
    three = make_candidates(session, women=2, men=1)
    with pytest.raises(TooFewCandidates):
        make_draw_being_prepared(session, three)


def test_one_owner_has_one_draw_under_way_for_each_purpose(
    session: Session, members: list[BankMember], draw: Draw
) -> None:
    with pytest.raises(DrawUnderWay) as refused:
        make_draw_being_prepared(session, members)
    assert refused.value.data["public_id"] == draw.public_id
    other = DrawOwner(kind="test", public_id="test", path="/", purpose="another")
    assert make_draw_being_prepared(session, members, owner=other).id != draw.id


def test_those_who_rest_are_counted_with_their_reason(
    session: Session, members: list[BankMember]
) -> None:
    resting = HeldBack("Har pausat", 2, None)
    draw = make_draw_being_prepared(session, members, held_back=[resting])
    assert [HeldBack.read(one) for one in draw.held_back] == [resting]


def test_long_work_says_which_draw_it_is_for(session: Session, draw: Draw) -> None:
    titles = set(session.scalars(select(Job.title)))
    assert titles
    assert all(draw.title in title for title in titles)


def test_possible_quotas_get_a_smallest_chance(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    session.commit()
    run_jobs(sessions)
    verdict = reread(session, draw).workshop or {}
    assert verdict["version"] == draw.quota_version
    assert verdict["can_be_met"]
    # 6 women and 4 men, 3 seats: everybody can have 3 of 10.
    assert verdict["min_chance"] == pytest.approx(0.3)
    assert verdict["counts"]["gender"] == {"woman": 6, "man": 4}
    assert verdict["counts"]["municipality"] == {"0880": 6, "0834": 4}


def test_impossible_quotas_name_the_conflict_and_a_change_that_helps(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    choose_features(session, SYSTEM, draw, ["gender", "municipality"])
    wishes = {WOMEN: Limits(3, 3), QuotaKey("municipality", "0834"): Limits(1, 3)}
    set_quotas(session, SYSTEM, draw, wishes)
    session.commit()
    run_jobs(sessions)
    verdict = reread(session, draw).workshop or {}
    assert not verdict["can_be_met"]
    assert {c["feature"] for c in verdict["conflicts"]} == {"gender", "municipality"}
    with pytest.raises(QuotasNotTried):
        agree_on_quotas(session, SYSTEM, draw)
    (change,) = verdict["relaxations"][0]["changes"]
    assert change["size" if "size" in change else "becomes"] == change["seats"] - 1
    key = QuotaKey(change["feature"], change["value"])
    relax_quota(session, SYSTEM, draw, {key: Limits(change["becomes"], 3)})
    session.commit()
    run_jobs(sessions)
    assert (reread(session, draw).workshop or {})["can_be_met"]


def test_quotas_that_say_nothing_are_not_kept(session: Session, draw: Draw) -> None:
    set_quotas(session, SYSTEM, draw, {WOMEN: Limits(0, 3), MEN: Limits(1, 3)})
    assert quotas_of(session, draw.id) == {MEN: Limits(1, 3)}


def test_roles_are_counted_one_by_one_since_a_person_can_have_several(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    choose_features(session, SYSTEM, draw, ["role"])
    both = {
        QuotaKey("role", "patient"): Limits(3, 3),
        QuotaKey("role", "next_of_kin"): Limits(3, 3),
    }
    set_quotas(session, SYSTEM, draw, both)
    session.commit()
    run_jobs(sessions)
    assert (reread(session, draw).workshop or {})["can_be_met"]


def test_quotas_are_priced_in_smallest_chance(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    set_quotas(session, SYSTEM, draw, {MEN: Limits(0, 1)})
    session.commit()
    run_jobs(sessions)
    price_quotas(session, SYSTEM, draw)
    session.commit()
    run_jobs(sessions)
    (price,) = (reread(session, draw).prices or {})["prices"]
    assert price["with_it"] == pytest.approx(0.25)
    assert price["without_it"] == pytest.approx(0.3)


def test_agreeing_gives_everybody_a_random_number_and_a_chance(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    agreed(session, sessions, draw)
    people = people_of(session, draw.id)
    assert draw.state == DrawState.AGREED
    assert [p.number for p in people] == list(range(1, 11))
    assert all(p.traits.keys() == {"gender"} for p in people), "only what the quotas ask about"
    assert all(p.chance == pytest.approx(0.3) for p in people)
    assert draw.min_chance == pytest.approx(0.3)


def test_opening_the_quotas_again_forgets_numbers_and_chances(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    agreed(session, sessions, draw)
    reopen_quotas(session, SYSTEM, draw)
    assert draw.state == DrawState.PREPARING
    assert all(p.number is None and p.chance is None for p in people_of(session, draw.id))
    assert lottery_of(session, draw.id) is None


def test_who_leaves_before_the_quotas_are_agreed_is_out_of_the_lottery(
    session: Session, sessions: Sessions, members: list[BankMember], draw: Draw
) -> None:
    replace_subscribers(FEATURES.collect("subscribers"))
    withdraw_membership(session, SYSTEM, members[0])
    agreed(session, sessions, draw)
    assert len(people_of(session, draw.id)) == 9


def test_who_leaves_between_agreeing_and_sealing_stops_the_sealing(
    session: Session, sessions: Sessions, members: list[BankMember], draw: Draw
) -> None:
    replace_subscribers(FEATURES.collect("subscribers"))
    agreed(session, sessions, draw)
    withdraw_membership(session, SYSTEM, members[0])
    with pytest.raises(PoolChanged):
        publish_pool(session, SYSTEM, draw, seed_source="x", seed_due_at=now() + timedelta(hours=1))


def test_the_seed_must_lie_ahead_when_the_draw_is_sealed(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    agreed(session, sessions, draw)
    with pytest.raises(Conflict):
        publish_pool(session, SYSTEM, draw, seed_source="x", seed_due_at=now())


def test_nothing_can_be_changed_after_sealing(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    published(session, sessions, draw)
    with pytest.raises(Conflict):
        set_quotas(session, SYSTEM, draw, {})
    with pytest.raises(Conflict):
        choose_features(session, SYSTEM, draw, [])
    with pytest.raises(Conflict):
        reopen_quotas(session, SYSTEM, draw)
    with pytest.raises(Conflict):
        agree_on_quotas(session, SYSTEM, draw)


def test_the_published_file_tells_nothing_about_anybody(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    published(session, sessions, draw)
    content = json.loads(published_file(session, draw))
    assert set(content) == {
        "format",
        "version",
        "commitment",
        "seed",
        "successors_seal",
        "fingerprint",
        "panels",
    }
    assert content["successors_seal"] == draw.successor_seal
    assert {n for panel in content["panels"] for n in panel} == set(range(1, 11))
    text = published_file(session, draw)
    for telling in (
        "gender",
        "woman",
        "Kvinna",
        "0880",
        "example.org",
        "household",
        draw.salt,
        draw.successor_secret,
    ):
        assert telling not in text
    for member in session.scalars(select(BankMember)):
        assert member.public_id not in text


def test_a_changed_pool_no_longer_fits_its_hash(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    published(session, sessions, draw)
    assert json.loads(full_file(session, draw))["hash_fits"]
    person = people_of(session, draw.id)[0]
    person.traits = {"gender": ["man" if person.traits["gender"] == ["woman"] else "woman"]}
    session.flush()
    assert not json.loads(full_file(session, draw))["hash_fits"]


def test_a_seed_before_its_time_is_refused(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    published(session, sessions, draw)
    with pytest.raises(TooEarly):
        enter_seed(session, SYSTEM, draw, value="1 2 3", witnessed_by="Revisorn")


def test_a_seed_entered_wrong_stays_visible_beside_the_right_one(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    published(session, sessions, draw)
    assert draw.seed_due_at is not None
    with frozen_at(draw.seed_due_at):
        enter_seed(session, SYSTEM, draw, value="1 2 3", witnessed_by="Revisorn")
        enter_seed(session, SYSTEM, draw, value="1  2 4 ", witnessed_by="Revisorn")
    assert [seed.value for seed in seeds_of(session, draw.id)] == ["1 2 4", "1 2 3"]


def test_the_draw_keeps_the_quotas_and_is_announced(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    heard = Heard("draw_made")
    replace_subscribers([heard])
    drawn(session, sessions, draw)
    panel = panel_of(session, draw)
    genders = [place.person.traits["gender"][0] for place in panel]
    assert len(panel) == 3
    assert 1 <= genders.count("woman") <= 2
    assert len(alternates_of(session, draw)) == 2
    assert not set(numbers(panel)) & set(numbers(alternates_of(session, draw)))
    assert heard.data == [{"draw_id": draw.id}]
    with pytest.raises(Conflict):
        make_draw(session, SYSTEM, draw)


def test_the_command_replays_the_published_file_to_the_same_panel(
    session: Session, sessions: Sessions, draw: Draw, tmp_path: Path
) -> None:
    drawn(session, sessions, draw)
    file = tmp_path / "lottery.json"
    file.write_text(published_file(session, draw), encoding="utf-8")
    shown = CliRunner().invoke(replay_draw, [str(file), "--seed", SEED])
    panel = " ".join(map(str, sorted(numbers(panel_of(session, draw)))))
    assert shown.exit_code == 0
    assert shown.output.splitlines()[-1] == f"panel        {panel}"


def test_the_command_detects_a_changed_file(
    session: Session, sessions: Sessions, draw: Draw, tmp_path: Path
) -> None:
    drawn(session, sessions, draw)
    content = json.loads(published_file(session, draw))
    content["panels"][0] = content["panels"][1]
    content["panels"].reverse()
    file = tmp_path / "lottery.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    shown = CliRunner().invoke(replay_draw, [str(file), "--seed", SEED])
    assert shown.exit_code == 1
    assert "changed" in shown.output


def test_people_of_one_home_are_never_drawn_together(
    session: Session, sessions: Sessions, members: list[BankMember], draw: Draw
) -> None:
    note_household(session, SYSTEM, [members[0].id, members[6].id], LivingTogether.DECLARED)
    published(session, sessions, draw)
    housemates = {
        p.number
        for p in people_of(session, draw.id)
        if p.member_id in (members[0].id, members[6].id)
    }
    for panel in json.loads(published_file(session, draw))["panels"]:
        assert not housemates <= set(panel)


def test_a_home_that_grows_is_one_home_and_one_left_alone_is_none(
    session: Session, members: list[BankMember]
) -> None:
    a, b, c = (member.id for member in members[:3])
    note_household(session, SYSTEM, [a, b], LivingTogether.DECLARED)
    home = note_household(session, SYSTEM, [b, c], LivingTogether.DECLARED)
    assert session.scalars(select(Household)).all() == [home]
    forget_household(session, SYSTEM, home)
    assert not session.scalars(select(Household)).all()
    with pytest.raises(Conflict):
        note_household(session, SYSTEM, [a], LivingTogether.DECLARED)


def test_a_member_of_a_home_who_leaves_the_bank_dissolves_it(
    session: Session, members: list[BankMember]
) -> None:
    replace_subscribers(FEATURES.collect("subscribers"))
    note_household(session, SYSTEM, [members[0].id, members[1].id], LivingTogether.PHONE)
    withdraw_membership(session, SYSTEM, members[0])
    assert not session.scalars(select(Household)).all()


def test_who_leaves_the_panel_is_followed_by_somebody_who_keeps_the_quotas(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    heard = Heard("place_in_draw_left")
    drawn(session, sessions, draw)
    replace_subscribers([heard])
    leaver = panel_of(session, draw)[0]
    kept = set(numbers(panel_of(session, draw)[1:]))
    draw_replacement(session, SYSTEM, draw, leaver.person.number or 0)
    with pytest.raises(ReplacementUnderWay):
        draw_replacement(session, SYSTEM, draw, min(kept))
    session.commit()
    run_jobs(sessions)
    session.expire_all()
    panel = panel_of(session, draw)
    genders = [place.person.traits["gender"][0] for place in panel]
    assert kept < set(numbers(panel))
    assert len(panel) == 3
    assert 1 <= genders.count("woman") <= 2
    (told,) = heard.data
    assert told["left_member_ids"] == [leaver.person.member_id]
    assert len(told["joined_member_ids"]) == 1


def test_everybody_on_the_panel_can_leave_one_after_the_other(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    drawn(session, sessions, draw)
    seen: set[int] = set()
    for _ in range(3):
        leaver = panel_of(session, draw)[0].person.number or 0
        assert leaver not in seen, "whoever left does not come back"
        seen.add(leaver)
        draw_replacement(session, SYSTEM, draw, leaver)
        session.commit()
        run_jobs(sessions)
        session.expire_all()
        assert len(panel_of(session, draw)) == 3


def test_a_successors_lot_takes_a_sealed_key_and_anybody_can_draw_it_again(
    session: Session, sessions: Sessions, county: SmallCounty
) -> None:
    # so many that four can leave and the spread still be kept, whoever is drawn
    draw = make_draw_being_prepared(session, make_candidates(session, women=9, men=9))
    drawn(session, sessions, draw)
    first, second = numbers(alternates_of(session, draw))
    draw_replacement(session, SYSTEM, draw, first)
    draw_replacement(session, SYSTEM, draw, second)
    assert drawn_successors(session, draw.id) == []
    for _ in range(2):
        draw_replacement(session, SYSTEM, draw, numbers(panel_of(session, draw))[0])
        session.commit()
        run_jobs(sessions)
        session.expire_all()
    lots = drawn_successors(session, draw.id)
    assert [lot.key_place for lot in lots] == [1, 2]
    assert lots[0].seed != lots[1].seed
    for lot in lots:
        file = json.loads(published_successor_file(session, draw, lot.public_id))
        assert list(verify(file, lot.seed or "").panel) == lot.joining
        assert file["successor"]["seal"] == draw.successor_seal


def test_a_draw_from_before_there_were_seals_gets_one_when_somebody_leaves(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    drawn(session, sessions, draw)
    draw.successor_secret = draw.successor_seal = draw.successors_sealed_at = None
    draw_replacement(session, SYSTEM, draw, numbers(panel_of(session, draw))[0])
    session.commit()
    run_jobs(sessions)
    session.expire_all()
    assert draw.successors_sealed_at is not None
    assert len(panel_of(session, draw)) == 3


def test_an_alternate_who_leaves_is_taken_off_the_list(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    drawn(session, sessions, draw)
    first, second = numbers(alternates_of(session, draw))
    draw_replacement(session, SYSTEM, draw, first)
    assert numbers(alternates_of(session, draw)) == [second]


def swap_case(session: Session, sessions: Sessions) -> tuple[Draw, int]:
    """Two seats, one woman in Kalmar and one man in Torsås or the other way; the man leaves.

    Only one of each is left who makes up a pair, so both seats have to change.
    """
    people = [
        make_member(session, name=f"Byte Exempel{i}", gender=gender, municipality_code=code)
        for i, (gender, code) in enumerate(
            [("woman", "0880"), ("man", "0834"), ("woman", "0834"), ("man", "0880")]
        )
    ]
    draw = make_draw_being_prepared(session, people, seats=2, alternates=0)
    choose_features(session, SYSTEM, draw, ["gender", "municipality"])
    one = Limits(1, 1)
    keys = (WOMEN, MEN, QuotaKey("municipality", "0880"), QuotaKey("municipality", "0834"))
    set_quotas(session, SYSTEM, draw, dict.fromkeys(keys, one))
    drawn(session, sessions, draw)
    leaver = panel_of(session, draw)[0].person.number or 0
    draw_replacement(session, SYSTEM, draw, leaver)
    session.commit()
    run_jobs(sessions)
    session.expire_all()
    return draw, leaver


def test_where_nobody_fits_alone_the_smallest_swap_is_proposed_and_can_be_made(
    session: Session, sessions: Sessions, county: SmallCounty
) -> None:
    draw, leaver = swap_case(session, sessions)
    (proposal,) = replacements_of(session, draw.id)
    before = set(numbers(panel_of(session, draw)))
    assert proposal.state == ReplacementState.PROPOSED
    assert set(proposal.leaving) == before
    assert leaver == proposal.leaving[0]
    with pytest.raises(NotFound):
        published_successor_file(session, draw, proposal.public_id)
    accept_swap(session, SYSTEM, proposal)
    assert not before & set(numbers(panel_of(session, draw)))
    file = json.loads(published_successor_file(session, draw, proposal.public_id))
    assert set(verify(file, proposal.seed or "").panel) == set(proposal.joining)
    assert len(panel_of(session, draw)) == 2


def test_a_refused_swap_leaves_the_seat_empty_and_the_others_seated(
    session: Session, sessions: Sessions, county: SmallCounty
) -> None:
    draw, leaver = swap_case(session, sessions)
    (proposal,) = replacements_of(session, draw.id)
    stays = set(numbers(panel_of(session, draw))) - {leaver}
    refuse_swap(session, SYSTEM, proposal)
    assert set(numbers(panel_of(session, draw))) == stays
    with pytest.raises(Conflict):
        accept_swap(session, SYSTEM, proposal)


def test_somebody_drawn_who_is_erased_can_be_replaced(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    drawn(session, sessions, draw)
    replace_subscribers(FEATURES.collect("subscribers"))
    place = panel_of(session, draw)[0]
    assert place.person.member is not None
    withdraw_membership(session, SYSTEM, place.person.member)
    session.commit()
    assert place.person.member_id is None
    assert place.person.traits == {}
    assert place.person.chance is not None, "the number's chance stays"
    draw_replacement(session, SYSTEM, draw, place.person.number or 0)
    session.commit()
    run_jobs(sessions)
    session.expire_all()
    assert len(panel_of(session, draw)) == 3
    assert all(p.person.member_id for p in panel_of(session, draw))


def test_each_candidate_sees_only_their_own_chance(
    session: Session, sessions: Sessions, members: list[BankMember], draw: Draw
) -> None:
    assert own_draws(session, members[0].account_id) == []
    published(session, sessions, draw)
    (own,) = own_draws(session, members[0].account_id)
    row = session.scalars(select(DrawPerson).where(DrawPerson.member_id == members[0].id)).one()
    assert (own.number, own.chance, own.kind) == (row.number, row.chance, None)
    outsider = make_member(session, name="Ute Utanför")
    assert own_draws(session, outsider.account_id) == []


def test_a_cancelled_draw_keeps_its_reason_and_cannot_go_on(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    published(session, sessions, draw)
    cancel_draw(session, SYSTEM, draw, "Fel lista.")
    assert (draw.state, draw.state_reason) == (DrawState.CANCELLED, "Fel lista.")
    assert draw.is_public
    with pytest.raises(Conflict):
        make_draw(session, SYSTEM, draw)
    with pytest.raises(Conflict):
        cancel_draw(session, SYSTEM, draw, "Igen.")


def test_a_closed_draw_replaces_nobody(session: Session, sessions: Sessions, draw: Draw) -> None:
    drawn(session, sessions, draw)
    close_draw(session, SYSTEM, draw)
    with pytest.raises(Conflict):
        draw_replacement(session, SYSTEM, draw, numbers(panel_of(session, draw))[0])
    with pytest.raises(Conflict):
        cancel_draw(session, SYSTEM, draw, "För sent.")


def test_an_observer_is_noted_by_role_between_sealing_and_end(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    today = now().date()
    with pytest.raises(Conflict):
        note_observer(session, SYSTEM, draw, role="Revisor", found="Rätt.", checked_on=today)
    published(session, sessions, draw)
    note_observer(session, SYSTEM, draw, role="Revisor", found="Rätt.", checked_on=today)


def test_every_step_stands_in_the_event_log(
    session: Session, sessions: Sessions, draw: Draw
) -> None:
    drawn(session, sessions, draw)
    close_draw(session, SYSTEM, draw)
    session.commit()
    actions = session.scalars(
        select(EventLogEntry.action)
        .where(EventLogEntry.object_id == draw.public_id)
        .order_by(EventLogEntry.id)
    ).all()
    assert [*dict.fromkeys(actions)] == [
        "draw_prepared",
        "draw_quotas_set",
        "draw_quotas_agreed",
        "draw_published",
        "draw_seed_entered",
        "draw_made",
        "draw_closed",
    ]


def test_a_place_is_found_by_its_member(session: Session, sessions: Sessions, draw: Draw) -> None:
    drawn(session, sessions, draw)
    place = panel_of(session, draw)[0]
    assert place.person.member_id is not None
    assert place_of_member(session, draw, place.person.member_id).id == place.id
    with pytest.raises(NotFound):
        place_of_member(session, draw, -1)


def test_the_same_phone_suggests_a_home(session: Session, county: SmallCounty) -> None:
    two = [make_member(session, name=f"Tel Exempel{i}", phone="+46701740605") for i in range(2)]
    make_member(session, name="Ensam Exempel", phone="+46701740606")
    coordinator = Actor(1, "Ebba", (Grant(Role.COORDINATOR),), is_strong=True)
    assert same_phone(session, coordinator) == [two]
    assert same_phone(session, SYSTEM) == []
    note_household(session, SYSTEM, [m.id for m in two], LivingTogether.PHONE)
    assert same_phone(session, coordinator) == []


def test_of_two_draws_begun_at_once_the_database_keeps_one(session: Session, draw: Draw) -> None:
    owner = {"owner_kind": draw.owner_kind, "owner_id": draw.owner_id, "owner_path": "/"}
    session.add(Draw(title="Samtidigt", seats=1, candidates=2, purpose=draw.purpose, **owner))
    with pytest.raises(IntegrityError):
        session.flush()
