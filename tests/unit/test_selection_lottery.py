"""Panels of people, the draw, alternates, and that anybody can replay it."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from participation.selection.rules import replay, replay_script
from participation.selection.rules.leximin import fair_distribution
from participation.selection.rules.lottery import (
    Lottery,
    draw,
    equally_likely_panels,
    lottery_of_successors,
)
from participation.selection.rules.pool import Pool, QuotasCannotBeMet, broken_rules
from participation.selection.rules.replay_script import Stream, canonical, drawn_index
from participation.selection.rules.sealed_keys import LENGTH, key_at, seal_of, seed_with_key
from tests.factories import selection
from tests.factories.selection import people, quotas, small_pools

SALT = "5f" * 16
SECRET = "a7" * 32
SUCCESSORS_SEED = seed_with_key("3 1 4 1 5", key_at(SECRET, 2))


@pytest.fixture(scope="module")
def council() -> Pool:
    return selection.council(120)


@pytest.fixture(scope="module")
def lottery(council: Pool) -> Lottery:
    return equally_likely_panels(fair_distribution(council), SALT)


def test_every_panel_keeps_the_quotas_and_housemates_apart(council: Pool, lottery: Lottery) -> None:
    assert len(lottery.panels) == 1_000
    assert [broken_rules(council, panel) for panel in set(lottery.panels)] == [[]] * len(
        set(lottery.panels)
    )


def test_alike_people_are_on_equally_many_panels(council: Pool, lottery: Lottery) -> None:
    chances = lottery.chances()
    for person_type in fair_distribution(council).types:
        places = [round(chances.get(n, 0) * len(lottery.panels)) for n in person_type.numbers]
        assert max(places) - min(places) <= 2


def test_the_panels_give_the_chances_of_the_distribution(council: Pool, lottery: Lottery) -> None:
    chances = lottery.chances()
    for number, chance in fair_distribution(council).chances.items():
        assert chances[number] == pytest.approx(chance, abs=0.005)


@settings(max_examples=15, deadline=None)
@given(small_pools(largest=10))
def test_housemates_are_never_together(pool: Pool) -> None:
    try:
        found = equally_likely_panels(fair_distribution(pool), SALT)
    except QuotasCannotBeMet:
        assume(False)
    assert not any(broken_rules(pool, panel) for panel in set(found.panels))


def test_seated_people_are_on_every_panel(council: Pool) -> None:
    found = equally_likely_panels(fair_distribution(council, seated=[1, 5]), SALT)
    assert all({1, 5} <= set(panel) and len(panel) == 12 for panel in found.panels)
    assert not any(broken_rules(council, panel) for panel in set(found.panels))


def test_another_secret_seats_other_people_together(council: Pool, lottery: Lottery) -> None:
    again = equally_likely_panels(fair_distribution(council), SALT)
    other = equally_likely_panels(fair_distribution(council), "other")
    assert again == lottery
    assert other.panels != lottery.panels


# The draw.


def test_numbers_from_a_seed_are_the_same_everywhere() -> None:
    """Fixed for good: published lotteries depend on them."""
    stream = Stream("fingerprint", "panel", "4 8 15 16 23 42")
    assert [stream.below(1_000) for _ in range(5)] == [542, 61, 729, 816, 802]
    assert Stream("", "x", "å").shuffled("abcdef") == list("eabdcf")


def test_spaces_and_how_a_letter_is_composed_do_not_matter() -> None:
    assert Stream("m", "p", " lå  1\n").below(10**9) == Stream("m", "p", "la\u030a 1").below(10**9)


@given(st.integers(1, 1_000), st.text(max_size=8))
def test_numbers_stay_below_the_limit(limit: int, seed: str) -> None:
    assert 0 <= Stream("mark", "test", seed).below(limit) < limit


def test_all_numbers_are_equally_likely() -> None:
    stream = Stream("mark", "test", "seed")
    counts = Counter(stream.below(5) for _ in range(5_000))
    assert sorted(counts) == [0, 1, 2, 3, 4]
    assert max(counts.values()) - min(counts.values()) < 200


def test_the_seed_alone_decides(council: Pool, lottery: Lottery) -> None:
    first = draw(lottery, "4 8 15 16 23 42", council, alternates=4)
    assert first == draw(lottery, " 4 8 15  16 23 42", council, alternates=4)
    assert first.panel == lottery.panels[first.index]
    assert first.index != draw(lottery, "4 8 15 16 23 43", council).index


def test_each_alternate_can_step_in_for_those_named(council: Pool, lottery: Lottery) -> None:
    drawn = draw(lottery, "seed", council, alternates=6)
    assert len(drawn.alternates) == 6
    assert {a.number for a in drawn.alternates}.isdisjoint(drawn.panel)
    for alternate in drawn.alternates:
        assert alternate.can_replace
        for member in drawn.panel:
            panel = {*drawn.panel, alternate.number} - {member}
            assert (not broken_rules(council, panel)) == (member in alternate.can_replace)


def test_alternates_cover_as_many_seats_as_they_can(council: Pool, lottery: Lottery) -> None:
    drawn = draw(lottery, "seed", council, alternates=12)
    everybody = draw(lottery, "seed", council, alternates=len(council.people))
    covered = {member for a in drawn.alternates for member in a.can_replace}
    assert covered == {member for a in everybody.alternates for member in a.can_replace}


def test_nobody_is_an_alternate_who_could_replace_no_one() -> None:
    pool = Pool(people("woman", "man", "man"), 1, quotas(gender={"woman": (1, 1)}))
    found = equally_likely_panels(fair_distribution(pool), SALT)
    assert draw(found, "seed", pool, alternates=2).alternates == ()


# What is published.


def test_the_commitment_is_of_the_whole_pool(council: Pool) -> None:
    mark = replay.commitment(council, SALT)
    shuffled = replace(council, people=tuple(reversed(council.people)))
    renamed = replace(
        council,
        people=tuple(
            replace(p, household=p.household and f"{p.household}!") for p in council.people
        ),
    )
    assert replay.commitment(shuffled, SALT) == mark
    assert replay.commitment(renamed, SALT) == mark
    assert replay.commitment(council, SALT[::-1]) != mark


def test_any_change_of_the_pool_breaks_the_commitment(council: Pool) -> None:
    mark = replay.commitment(council, SALT)
    first, *others = council.people
    changed = [
        replace(council, seats=11),
        replace(council, quotas={}),
        replace(council, people=tuple(others)),
        replace(council, people=(replace(first, values={}), *others)),
        replace(council, people=tuple(replace(p, household=None) for p in council.people)),
    ]
    assert mark not in {replay.commitment(pool, SALT) for pool in changed}


def test_a_short_salt_is_refused(council: Pool) -> None:
    with pytest.raises(ValueError, match="salt"):
        replay.commitment(council, "short")


def test_candidate_numbers_tell_nothing_of_the_order() -> None:
    keys = [f"person {i}" for i in range(50)]
    numbers = replay.candidate_numbers(keys, SALT)
    assert sorted(numbers.values()) == list(range(1, 51))
    assert numbers == replay.candidate_numbers(keys[::-1], SALT)
    assert list(numbers.values()) != sorted(numbers.values())


@pytest.fixture
def published(council: Pool, lottery: Lottery) -> dict[str, object]:
    return replay.replay_file(
        lottery.panels,
        commitment=replay.commitment(council, SALT),
        seed_source="Lotto 1, the seven numbers in the order drawn",
        seed_known_on="2026-12-05",
        successors_seal=seal_of(SECRET),
    )


def test_anybody_can_replay_the_draw(
    council: Pool, lottery: Lottery, published: dict[str, object]
) -> None:
    drawn = draw(lottery, "3 1 4 1 5", council)
    replayed = replay.verify(json.loads(canonical(published)), "3 1 4 1 5")
    assert (replayed.index, replayed.panel) == (drawn.index, drawn.panel)
    assert replayed.fingerprint == lottery.fingerprint


def test_a_changed_panel_is_noticed(published: dict[str, object]) -> None:
    changed = json.loads(canonical(published))
    changed["panels"][0][0] += 1
    with pytest.raises(ValueError, match="changed"):
        replay.verify(changed, "seed")
    with pytest.raises(ValueError, match="can read"):
        replay.verify({"format": "other"}, "seed")


def test_the_published_file_holds_no_value_of_anybody(
    council: Pool, published: dict[str, object]
) -> None:
    assert set(published) == {
        "format",
        "version",
        "commitment",
        "seed",
        "successors_seal",
        "fingerprint",
        "panels",
    }
    text = canonical(published).decode()
    values = {value for person in council.people for value in person.values.values()}
    assert not [value for value in values if value in text]


def test_the_script_replays_alone_with_the_standard_library(
    council: Pool, lottery: Lottery, published: dict[str, object], tmp_path: Path
) -> None:
    script, file = tmp_path / "replay.py", tmp_path / "lottery.json"
    script.write_text(replay.script_text(), encoding="utf-8")
    file.write_bytes(canonical(published))
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(file), "3 1 4 1 5"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    drawn = draw(lottery, "3 1 4 1 5", council)
    assert lottery.fingerprint in ran.stdout
    assert f"number       {drawn.index + 1} of 1000" in ran.stdout
    assert " ".join(map(str, drawn.panel)) in ran.stdout


# Successors.


@pytest.fixture(scope="module")
def successors(council: Pool, lottery: Lottery) -> Lottery:
    """Who could come after the lowest number of the first panel, drawn with the second key."""
    first, *staying = lottery.panels[0]
    fair = fair_distribution(council.without({first}), seated=staying)
    return lottery_of_successors(fair, SUCCESSORS_SEED, staying)


@pytest.fixture
def successor_file(successors: Lottery, lottery: Lottery) -> dict[str, object]:
    return replay.successor_file(
        successors,
        seed_of_draw="3 1 4 1 5",
        seal=seal_of(SECRET),
        place=2,
        left=lottery.panels[0][:1],
    )


def test_a_key_leads_to_the_seal_and_to_no_later_key() -> None:
    keys = [key_at(SECRET, place) for place in range(1, 4)]
    assert [replay_script.hashed(key, n) for n, key in enumerate(keys, 1)] == [seal_of(SECRET)] * 3
    assert [replay_script.hashed(keys[2], n) for n in (1, 2)] == [keys[1], keys[0]]
    for place in (0, LENGTH):
        with pytest.raises(ValueError, match="no key"):
            key_at(SECRET, place)


def test_a_successors_lot_names_only_who_would_come(successors: Lottery, lottery: Lottery) -> None:
    staying = set(lottery.panels[0][1:])
    assert {len(coming) for coming in successors.panels} == {1}
    assert not staying & {coming[0] for coming in successors.panels}


def test_anybody_can_replay_a_successors_lot(
    successors: Lottery, successor_file: dict[str, object], tmp_path: Path
) -> None:
    index = drawn_index(successors.fingerprint, len(successors.panels), SUCCESSORS_SEED)
    replayed = replay.verify(json.loads(canonical(successor_file)), SUCCESSORS_SEED)
    assert replayed.panel == successors.panels[index]
    file = tmp_path / "successor.json"
    file.write_bytes(canonical(successor_file))
    assert replay_script.main([str(file), SUCCESSORS_SEED]) == 0


@pytest.mark.parametrize(
    "seed",
    [
        "3 1 4 1 5",
        seed_with_key("3 1 4 1 5", key_at(SECRET, 1)),
        seed_with_key("3 1 4 1 5", key_at(SECRET, 3)),
        seed_with_key("3 1 4 1 6", key_at(SECRET, 2)),
        seed_with_key("3 1 4 1 5", key_at("b8" * 32, 2)),
    ],
    ids=["no key", "an earlier key", "a later key", "another draw's seed", "another secret"],
)
def test_a_seed_that_does_not_open_the_seal_is_refused(
    successor_file: dict[str, object], seed: str
) -> None:
    with pytest.raises(ValueError, match="seal"):
        replay.verify(json.loads(canonical(successor_file)), seed)


def test_the_script_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert replay_script.main([]) == 2
    assert "python3" in capsys.readouterr().err
