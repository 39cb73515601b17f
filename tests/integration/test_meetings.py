"""Meetings: tables write and place dots without an account; what becomes of it passes the gate."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.coding.models import Material, MaterialText
from participation.disclosure.services import publish_release
from participation.foundation.ceilings import TokenBucket
from participation.foundation.errors import Conflict, Forbidden
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.foundation.search.models import SearchEntry
from participation.foundation.search.services import index_document
from participation.meetings.models import Meeting, MeetingDot, MeetingNote, MeetingStatement
from participation.meetings.providers import ReaderData, ResultsInSearch
from participation.meetings.queries import (
    chosen_by,
    own_words,
    published_meeting,
    releases_standing,
)
from participation.meetings.rules.codes import in_groups, new_place_code, table_code
from participation.meetings.services import (
    MeetingDraft,
    NotAllRead,
    NotOpen,
    StillPublished,
    TableFull,
    TooManyDots,
    WordsDestroyed,
    WordsOfOldMeetings,
    change_meeting,
    close_meeting,
    forget_table,
    meeting_release_draft,
    place_dots,
    plan_meeting,
    publish_meeting,
    remove_statement,
    renew_code,
    review_statement,
    withdraw_meeting,
    write_note,
    write_statement,
)
from participation.meetings.views import CEILINGS
from tests.conftest import SignIn
from tests.factories.accounts import make_account
from tests.factories.meetings import make_meeting, make_open_meeting, sit_at
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

pytestmark = pytest.mark.usefixtures("county")


def dots(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(MeetingDot)) or 0


def written(session: Session, people: int = 12) -> Meeting:
    """An open meeting: two statements, a note, and `people` of whom half chose each."""
    meeting = make_open_meeting(session)
    write_statement(session, sit_at(session, meeting), "Ge oss tid.", "sv")
    write_statement(session, sit_at(session, meeting, 2), "Ring Anna Karlsson.", "sv")
    write_note(session, sit_at(session, meeting), "Vi pratade om väntan.", "sv")
    for number in range(people):
        numbers = [1 + number % 2]
        place_dots(session, sit_at(session, meeting, numbers[0]), new_place_code(), numbers)
    return meeting


def closed(session: Session, participants: int = 12) -> Meeting:
    meeting = written(session)
    close_meeting(session, SYSTEM, meeting, participants)
    return meeting


def read_all(session: Session, meeting: Meeting) -> None:
    for one, table in own_words(session, meeting):
        text = one.text.replace("Anna Karlsson", "[namn]")
        review_statement(session, SYSTEM, meeting, one, text=text, is_shown=table == 1)


def test_nothing_is_written_before_a_meeting_opens_or_after_it_closes(session: Session) -> None:
    meeting = make_meeting(session)
    with pytest.raises(NotOpen):
        write_note(session, sit_at(session, meeting), "För tidigt", "sv")
    over = closed(session)
    with pytest.raises(NotOpen):
        place_dots(session, sit_at(session, over), new_place_code(), [1])


def test_dots_are_moved_and_never_more_than_each_has(session: Session) -> None:
    meeting = written(session, people=0)
    at, place = sit_at(session, meeting), new_place_code()
    assert place_dots(session, at, place, [1, 2]) == 2
    assert place_dots(session, at, place, [2]) == 1
    assert dots(session) == 1
    write_statement(session, at, "Ett till.", "sv")
    with pytest.raises(TooManyDots):
        place_dots(session, at, place, [1, 2, 3])
    remove_statement(session, at, 1)
    assert place_dots(session, at, place, [1, 2]) == 1, "one has been taken down"


def test_a_place_that_is_taken_along_to_another_meeting_leaves_its_dots_there(
    session: Session,
) -> None:
    first, place = written(session, people=0), new_place_code()
    place_dots(session, sit_at(session, first), place, [1, 2])
    close_meeting(session, SYSTEM, first, 9)
    second = written(session, people=0)
    assert place_dots(session, sit_at(session, second), place, [2]) == 1
    assert dots(session) == 3
    assert len(chosen_by(session, second, place)) == 1


def test_a_table_has_no_more_dots_than_places(session: Session) -> None:
    meeting = make_open_meeting(session, places=2)
    at = sit_at(session, meeting)
    write_statement(session, at, "Ge oss tid.", "sv")
    first = new_place_code()
    place_dots(session, at, first, [1])
    place_dots(session, at, new_place_code(), [1])
    with pytest.raises(TableFull):
        place_dots(session, at, new_place_code(), [1])
    assert place_dots(session, at, first, [1]) == 1, "who has a place moves freely"


def test_closing_hands_everything_to_the_review_of_coding(session: Session) -> None:
    meeting = closed(session)
    assert session.scalar(select(func.count(MeetingNote.id))) == 0
    texts = session.execute(
        select(Material.question_key, MaterialText.source_ref, MaterialText.reviewed_at)
        .join(Material, Material.id == MaterialText.material_id)
        .where(Material.source_kind == "dialogue", Material.source_public_id == meeting.public_id)
        .order_by(Material.question_key, MaterialText.source_ref)
    ).all()
    assert [tuple(one) for one in texts] == [
        ("notes", f"meeting:{meeting.public_id}:1", None),
        ("statements", f"meeting:{meeting.public_id}:1", None),
        ("statements", f"meeting:{meeting.public_id}:2", None),
    ]
    with pytest.raises(Conflict):
        close_meeting(session, SYSTEM, meeting, 9)


def test_a_result_waits_until_every_statement_has_been_read(session: Session) -> None:
    meeting = closed(session)
    with pytest.raises(NotAllRead):
        meeting_release_draft(session, meeting)
    read_all(session, meeting)
    release = publish_meeting(session, SYSTEM, meeting)
    assert [quote["text"] for quote in release.payload["quotes"]] == ["Ge oss tid."]
    assert "Karlsson" not in str(release.payload)
    assert release.payload["tables"][0]["n"] == 12


def test_a_table_takes_its_words_back_and_the_next_result_shows_nobody_by_it(
    session: Session,
) -> None:
    meeting = closed(session)
    read_all(session, meeting)
    first = publish_meeting(session, SYSTEM, meeting)
    index_document(session, next(iter(ResultsInSearch().documents(session))))
    assert forget_table(session, SYSTEM, meeting, sit_at(session, meeting).table) == 2
    assert releases_standing(session, meeting.public_id) == [], "the words are public no more"
    assert first.withdrawal_reason == "Ett bord tog tillbaka sina ord."
    assert session.scalar(select(func.count(SearchEntry.id))) == 0
    second = publish_meeting(session, SYSTEM, meeting)
    assert second.payload["quotes"] == []
    assert second.payload["tables"] == first.payload["tables"]
    assert published_meeting(session, meeting.public_id) is second
    left = session.scalars(select(MeetingStatement.text).order_by(MeetingStatement.number)).all()
    assert left == ["", "Ring [namn]."]


def test_one_result_stands_at_a_time_and_no_older_one_comes_back(session: Session) -> None:
    meeting = closed(session)
    read_all(session, meeting)
    publish_meeting(session, SYSTEM, meeting)
    with pytest.raises(StillPublished):
        publish_meeting(session, SYSTEM, meeting)
    draft = meeting_release_draft(session, meeting)
    publish_release(session, SYSTEM, draft)  # as two could stand before
    assert len(releases_standing(session, meeting.public_id)) == 2
    withdraw_meeting(session, SYSTEM, meeting, "Fel antal")
    assert releases_standing(session, meeting.public_id) == []
    with pytest.raises(Conflict):
        withdraw_meeting(session, SYSTEM, meeting, "Igen")


def test_words_of_an_old_meeting_go_and_what_was_published_can_still_be_taken_back(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session
) -> None:
    meeting, going_on = closed(session), make_open_meeting(session)
    read_all(session, meeting)
    publish_meeting(session, SYSTEM, meeting)
    rule, later = WordsOfOldMeetings(), meeting.held_on + timedelta(days=1)
    assert rule.due(session, meeting.held_on) == 0, "the day itself is not before it"
    assert rule.destroy(session, later) == rule.due(session, later) + 1 == 1
    assert going_on.words_destroyed_on is None, "an open meeting is closed first"
    session.commit()
    assert (dots(session), own_words(session, meeting)) == (0, [])
    here = f"/meetings/{meeting.public_id}"
    assert "är förstörda" in as_coordinator.page(here)
    assert "Ge oss tid." in client.page(f"{here}/result")
    assert forget_table(session, SYSTEM, meeting, sit_at(session, meeting).table) == 2
    session.commit()
    assert client.get(f"{here}/result").status_code == 404
    assert as_coordinator.get(f"{here}/publish").status_code == 404
    with pytest.raises(WordsDestroyed):
        publish_meeting(session, SYSTEM, meeting)


def test_who_read_statements_sees_it_among_their_data_and_is_forgotten(session: Session) -> None:
    meeting = closed(session)
    reader, other = make_account(session), make_account(session)
    one, two = (statement for statement, _table in own_words(session, meeting))
    for statement, account in ((one, reader), (two, other)):
        actor = Actor(account_id=account.id)
        review_statement(session, actor, meeting, statement, text=statement.text, is_shown=True)
    (section,) = ReaderData().sections(session, reader.id)
    assert section.rows == ((meeting.theme, "1 påstående"),)
    assert ReaderData().erase(session, reader.id) == ()
    assert list(ReaderData().sections(session, reader.id)) == []
    assert one.is_reviewed
    assert list(ReaderData().sections(session, other.id)) != []


def form_of(page: str) -> dict[str, str]:
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return {"csrf_token": token[1]}


def test_a_table_goes_its_way_on_a_phone_without_a_cookie(
    client: CheckingClient, session: Session
) -> None:
    meeting = make_open_meeting(session)
    sit_at(session, meeting).table.has_agreed = False
    home = f"/t/{in_groups(table_code(meeting.public_id, 1))}"
    session.commit()
    first = client.get(home)
    assert "Set-Cookie" not in first.headers
    form = form_of(first.text)
    assert client.post(f"{home}/agree", data={"csrf_token": "x"}).status_code == 400
    assert client.get(f"{home}/notes").status_code == 303, "the words come first"
    assert client.post(f"{home}/agree", data=form).status_code == 303
    client.post(f"{home}/notes", data={**form, "text": "Vi pratade länge."})
    assert "Vi pratade länge." in client.page(f"{home}/notes")
    client.post(f"{home}/statements", data={**form, "text": "Ge oss tid."})
    assert "Skriv något först" in client.post(f"{home}/statements", data=form).text
    own = client.post(f"{home}/dots", data=form).headers["Location"]
    placed = client.post(own, data={**form, "chosen": "1"})
    assert placed.status_code == 303
    assert "Du har använt 1 av 2" in client.page(placed.headers["Location"])
    assert "checked" in client.page(own), "the same address shows the same dots"
    assert client.get("/t/0000-0000-0000-0000").status_code == 404


def test_whoever_is_one_too_many_at_a_table_reads_it_before_choosing(
    client: CheckingClient, session: Session
) -> None:
    meeting = make_open_meeting(session, places=2)
    at = sit_at(session, meeting)
    write_statement(session, at, "Ge oss tid.", "sv")
    first, last = new_place_code(), new_place_code()
    place_dots(session, at, first, [1])
    home = f"/t/{in_groups(table_code(meeting.public_id, 1))}"
    session.commit()
    late = f"{home}/dots/{in_groups(new_place_code())}"
    form = form_of(client.page(late))
    place_dots(session, at, last, [1])
    session.commit()
    full = "Alla platser vid bordet har satt sina prickar"
    assert full in client.page(home)
    assert full in client.page(late)
    assert "<form" not in client.page(late)
    sent = client.post(late, data={**form, "chosen": "1"}).text
    assert "checked" in sent, "what was chosen while the last place was taken stays"
    assert full not in client.page(f"{home}/dots/{in_groups(first)}"), (
        "who has a place moves freely"
    )


def test_words_that_may_point_to_somebody_are_shown_to_the_table_before_all_tables_see_them(
    client: CheckingClient, session: Session
) -> None:
    meeting = make_open_meeting(session)
    home = f"/t/{in_groups(table_code(meeting.public_id, 1))}/statements"
    session.commit()
    said = "Ring Anna Svensson på 070-174 06 05."
    form = form_of(client.page(home))
    asked = client.post(home, data={**form, "text": said})
    assert asked.status_code == 200
    assert "Alla bord ser det direkt" in asked.text
    assert said in asked.text, "nothing typed is lost"
    assert said not in client.page(home)
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', asked.text)
    assert seen is not None
    other = {**form, "text": "Ring Bo Lind på 070-174 06 05.", "seen": seen[1]}
    assert "Alla bord ser det direkt" in client.post(home, data=other).text
    shown = client.post(home, data={**form, "text": said, "seen": seen[1]})
    assert shown.status_code == 303
    assert said in client.page(home)


def test_taking_a_statement_away_asks_first_since_its_dots_go_too(
    client: CheckingClient, session: Session
) -> None:
    meeting = written(session)
    home = f"/t/{in_groups(table_code(meeting.public_id, 1))}"
    before = dots(session)
    session.commit()
    asked = client.page(f"{home}/statements/1/remove")
    assert "Prickarna" in asked
    session.expire_all()
    assert dots(session) == before
    session.commit()
    client.page(f"{home}/statements/99/remove", status=404)
    gone = client.post(f"{home}/statements/1/remove", data=form_of(asked))
    assert gone.status_code == 303
    session.expire_all()
    assert dots(session) < before


def test_a_result_that_is_not_published_says_why(
    as_coordinator: CheckingClient, session: Session
) -> None:
    meeting = closed(session)
    here = f"/meetings/{meeting.public_id}"
    session.commit()

    def why() -> str:
        answer = as_coordinator.submit(f"{here}/publish", {})
        assert answer.status_code == 303
        with as_coordinator.session_transaction() as told:
            return str(told.pop("_flashes", ""))

    assert "Läs alla påståenden först." in why()
    read_all(session, meeting)
    publish_meeting(session, SYSTEM, meeting)
    session.commit()
    assert "redan publicerat" in why()
    withdraw_meeting(session, SYSTEM, meeting, "Fel antal")
    session.execute(
        delete(MeetingDot).where(MeetingDot.table_id == sit_at(session, meeting).table.id)
    )
    session.commit()
    assert "alarm" in why()


def test_when_too_many_write_at_once_the_words_are_given_back(
    client: CheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = make_open_meeting(session)
    notes = f"/t/{in_groups(table_code(meeting.public_id, 1))}/notes"
    session.commit()
    said = {**form_of(client.page(notes)), "text": "Vi pratade länge."}
    none = TokenBucket(burst=0, per_second=0)
    monkeypatch.setattr(client.application.extensions[CEILINGS], "writes", none)
    crowded = client.post(notes, data=said)
    assert crowded.status_code == 429
    assert "Vi pratade länge." in crowded.text
    forged = client.post(notes, data={**said, "csrf_token": "x"})
    assert "Vi pratade länge." not in forged.text, "nobody else's words are shown as theirs"


def test_a_new_code_stops_the_old_one_and_gives_the_words_back(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session
) -> None:
    meeting = written(session, people=4)
    notes = f"/t/{in_groups(table_code(meeting.public_id, 1))}/notes"
    session.commit()
    said = {**form_of(client.page(notes)), "text": "Vi pratade länge."}
    ask = f"/meetings/{meeting.public_id}/tables/1/new-code"
    assert 'name="edition" value="1"' in as_coordinator.page(ask)
    printed = as_coordinator.submit(ask, {"edition": "1"})
    assert printed.headers["Location"].endswith("/sheets?table=1")
    new = in_groups(table_code(meeting.public_id, 1, 2))
    sheet = as_coordinator.page(printed.headers["Location"])
    assert new in sheet
    assert "Bord 2" not in sheet
    gone = client.post(notes, data=said)
    assert gone.status_code == 410
    assert "Vi pratade länge." in gone.text
    assert new not in gone.text, "whoever photographed the old sheet does not learn the new code"
    assert client.get(notes).status_code == 404
    forged = client.post(notes, data={**said, "csrf_token": "x"})
    assert forged.status_code == 404
    assert "Vi pratade länge." not in forged.text
    assert "Vi pratade om väntan." in client.page(f"/t/{new}/notes")
    assert dots(session) == 4


def test_a_place_whose_code_is_old_learns_that_its_dots_are_counted(
    client: CheckingClient, session: Session
) -> None:
    meeting = written(session, people=0)
    table, place = sit_at(session, meeting).table, new_place_code()
    mine = f"/t/{table_code(meeting.public_id, 1)}/dots/{place}"
    session.commit()
    chosen = {**form_of(client.page(mine)), "chosen": "1"}
    place_dots(session, sit_at(session, meeting, 2), new_place_code(), [1])
    session.commit()
    client.post(mine, data=chosen)
    renew_code(session, SYSTEM, meeting, table, 1)
    session.commit()
    moved = client.post(mine, data={**chosen, "chosen": "2"})
    assert moved.status_code == 410
    assert "är räknade" in moved.text
    assert dots(session) == 2
    renew_code(session, SYSTEM, meeting, table, 2, clears_dots=True)
    session.commit()
    assert "är räknade" not in client.post(mine, data=chosen).text
    assert dots(session) == 1, "the other table's dots stay"


def test_two_who_press_at_once_give_one_new_code(
    as_coordinator: CheckingClient, session: Session
) -> None:
    meeting = make_open_meeting(session)
    session.commit()
    ask = f"/meetings/{meeting.public_id}/tables/1/new-code"
    as_coordinator.submit(ask, {"edition": "1"})
    assert (
        as_coordinator.submit(ask, {"edition": "1"}).headers["Location"].endswith(meeting.public_id)
    )
    session.expire_all()
    assert sit_at(session, meeting, edition=2).table.edition == 2
    close_meeting(session, SYSTEM, meeting, 9)
    session.commit()
    assert as_coordinator.get(ask).status_code == 404


def test_who_leads_one_organisation_plans_no_meeting_of_the_whole_county(
    sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    narrow = sign_in(Role.COORDINATOR, name="Nora Närmare", organisation=county.torsas)
    told = {"kind": "dialogue", "theme": "Väntan", "held_on": "2026-11-30", "dots_each": "3"}
    room = {"tables": "2", "places": "6"}
    for holder in ("", str(county.region.id)):
        page = narrow.submit("/meetings/new", {**told, **room, "organisation": holder})
        assert "Välj ett av alternativen." in page.text
    planned = narrow.submit(
        "/meetings/new", {**told, **room, "organisation": str(county.torsas.id)}
    )
    assert planned.status_code == 303
    meeting = session.scalars(select(Meeting)).one()
    own = Grant(Role.COORDINATOR, organisation_id=county.torsas.id)
    actor = Actor(grants=(own,), is_strong=True)
    draft = MeetingDraft(kind="dialogue", theme="Väntan", held_on=meeting.held_on)
    with pytest.raises(Forbidden):
        plan_meeting(session, actor, draft)
    with pytest.raises(Forbidden):
        change_meeting(session, actor, meeting, draft)


def test_who_leads_opens_closes_reads_and_publishes(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session
) -> None:
    meeting = written(session)
    here = f"/meetings/{meeting.public_id}"
    session.commit()
    assert "Hur många deltog" in as_coordinator.submit(f"{here}/close", {"participants": ""}).text
    assert (
        "Räkna en gång till" in as_coordinator.submit(f"{here}/close", {"participants": "1"}).text
    )
    as_coordinator.submit(f"{here}/close", {"participants": "12"})
    assert "Läs 2 påståenden" in as_coordinator.page(here)
    assert "Ring Anna Karlsson" not in as_coordinator.page(here), "not before it is opened to read"
    assert "Ring [namn]" in as_coordinator.page(f"{here}/statements/2")
    for number, words, shown in ((1, "Ge oss tid.", "yes"), (2, "Ring [namn].", "no")):
        as_coordinator.submit(f"{here}/statements/{number}", {"text": words, "is_shown": shown})
    assert client.get(f"{here}/result").status_code == 404
    assert "Publicera resultatet" in as_coordinator.page(f"{here}/publish")
    as_coordinator.submit(f"{here}/publish", {})
    stands = as_coordinator.page(f"{here}/publish")
    assert "Publicerat sedan" in stands
    assert "Ge oss tid." in stands
    assert f'action="{here}/publish"' not in stands, "one result stands at a time"
    result = client.page(f"{here}/result")
    assert "Ge oss tid." in result
    assert "[namn]" not in result
    assert "Ge oss tid.;6" in client.get(f"{here}/result.csv").text
    taken_back = as_coordinator.submit(f"{here}/withdraw", {"reason": "Fel antal"})
    again = as_coordinator.page(taken_back.headers["Location"])
    assert "Fel antal" in again
    assert "Publicera det igen" in again
    assert client.get(f"{here}/result").status_code == 404
