"""The coordinator's side of the bank: searches, notes, protection, calls, doubles, imports."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account
from participation.accounts.services import grant_role
from participation.activities.models import Attendance, Invitation
from participation.assignments.models import CompensationClaim
from participation.foundation.clock import today
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.events import replace_subscribers
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor, Grant, Role
from participation.foundation.tabular import csv_bytes
from participation.interest_bank.jobs import CheckImport, FindDuplicates, RunImport
from participation.interest_bank.models import (
    BankImport,
    BankMember,
    Consent,
    Letter,
    MemberNote,
    SavedSearch,
    SuspectedPair,
)
from participation.interest_bank.providers import NotesData
from participation.interest_bank.queries import Filters, members_visible_to
from participation.interest_bank.queries.duplicates import pair_to_decide, undecided_pairs
from participation.interest_bank.rules import Asked, ExperienceConsent, Sort, Source
from participation.interest_bank.services import forget_unconfirmed, withdraw_membership
from participation.interest_bank.services.asking import note_asked
from participation.interest_bank.services.assisting import sign_up_for
from participation.interest_bank.services.duplicates import (
    CannotMerge,
    Keep,
    keep_apart,
    merge,
    suspect,
)
from participation.registry import FEATURES
from participation.selection.models import DrawPerson, DrawPlace
from participation.selection.queries import alternates_of, panel_of
from participation.selection.rules.owners import DrawOwner
from tests.conftest import SignIn
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.assignments import make_claim
from tests.factories.draws import drawn, make_candidates, make_draw_being_prepared
from tests.factories.interest_bank import make_member, make_profile
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

BANK = "/interest-bank"
COORDINATOR = Actor(account_id=1, grants=(Grant(Role.COORDINATOR),), is_strong=True)
MEMBERS = f"{BANK}/members"


@pytest.fixture
def ebba(as_coordinator: CheckingClient, session: Session) -> Actor:
    account = session.scalars(
        select(Account).where(Account.display_name.is_not(None)).order_by(Account.id)
    ).first()
    assert account is not None
    session.commit()
    return Actor(account.id, "Ebba", (Grant(Role.COORDINATOR),), is_strong=True)


def found(session: Session, sort: str = "", **filters: object) -> list[int]:
    statement = members_visible_to(COORDINATOR, Filters(**filters), sort)  # type: ignore[arg-type]
    return [member.id for member in session.scalars(statement).unique()]


# ---------------------------------------------------------------- list


def test_every_filter_narrows_and_an_unknown_value_narrows_nothing(
    session: Session, county: SmallCounty
) -> None:
    young = make_member(
        session, name="En", birth_year=today().year - 20, needs=["breaks"], languages=["sv", "ar"]
    )
    old = make_member(session, name="Två", birth_year=today().year - 85, gender="man")
    session.add(Consent(member_id=old.id, purpose="experiences", notice_version="1", locale="sv"))
    note_asked(session, [old.id])
    session.flush()
    assert found(session, ages="18-29") == [young.id]
    assert found(session, ages="80-") == [old.id]
    assert found(session, need="breaks") == [young.id]
    assert found(session, language="ar") == [young.id]
    assert found(session, gender="man") == [old.id]
    assert found(session, consent=ExperienceConsent.GIVEN) == [old.id]
    assert found(session, consent=ExperienceConsent.NOT_GIVEN) == [young.id]
    assert found(session, asked=Asked.NEVER) == [young.id]
    assert found(session, asked=Asked.THIS_YEAR) == [old.id]
    assert found(session, text=young.code) == [young.id]
    for odd in ("' OR 1=1 --", "x", "%"):
        everybody = found(session, ages=odd, need=odd, language=odd, consent=odd, asked=odd)
        assert len(everybody) == 2
    assert found(session, Sort.ELDEST) == [old.id, young.id]
    assert found(session, Sort.LEAST_ASKED) == [young.id, old.id]
    assert len(found(session, "name; drop table bank_members")) == 2


def test_neither_filter_nor_order_tells_where_a_protected_person_lives(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    """TRUST 9: the same answers, whatever the hidden value is."""
    make_member(session, name="Öppen", municipality_code="0834")
    hidden = make_member(session, name="Siv Skyddad", is_protected=True, phone="+46701112233")
    answers = []
    for code in ("0880", "0834"):
        hidden.municipality_code = code
        session.commit()
        answers.append(
            (
                found(session, municipality_code="0880"),
                found(session, municipality_code="0834"),
                found(session, Sort.MUNICIPALITY),
                found(session, text="070-111 22 33"),
            )
        )
        session.commit()
    assert answers[0] == answers[1]
    assert hidden.id not in answers[0][0] + answers[0][1] + answers[0][3]


def test_searches_are_kept_shared_and_deleted_by_their_owner(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session
) -> None:
    saved = as_coordinator.submit(
        f"{MEMBERS}/save?ages=18-29&municipality=0880&page=3", {"name": "Unga", "is_shared": ""}
    )
    assert saved.headers["Location"] == f"{MEMBERS}?municipality=0880&ages=18-29"
    search = session.scalars(select(SavedSearch)).one()
    public_id = search.public_id
    session.commit()
    other = sign_in(Role.COORDINATOR, name="Ove Provling")
    assert "Unga" not in other.page(MEMBERS)
    assert as_coordinator.submit(f"{BANK}/searches/{public_id}/share").status_code == 303
    assert "Unga" in other.page(MEMBERS)
    assert other.submit(f"{BANK}/searches/{public_id}/delete").status_code == 404
    assert other.submit(f"{BANK}/searches/{public_id}/share").status_code == 404
    assert as_coordinator.submit(f"{BANK}/searches/{public_id}/delete").status_code == 303
    assert session.scalar(select(func.count()).select_from(SavedSearch)) == 0


def test_a_list_leaves_with_a_reason_a_line_each_and_no_formula(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    plain = make_member(session, name="=HYPERLINK(1)", email="a@example.org", phone="+46701234567")
    hidden = make_member(session, name="Siv Skyddad", is_protected=True, phone="+46701112233")
    session.commit()
    address = f"{MEMBERS}/export?role=patient"
    form = {"parts": ["contact", "background"], "file_format": "xlsx", "reason": "Utskick"}
    assert as_coordinator.submit(address, {**form, "reason": ""}).mimetype == "text/html"
    response = as_coordinator.submit(address, form)
    sheet = load_workbook(io.BytesIO(response.data)).active
    assert sheet is not None
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "=HYPERLINK(1)" in cells
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "Siv Skyddad" in cells
    assert not {"070-111 22 33", "+46701112233"} & cells
    for member in (plain, hidden):
        lines = [(line.action, line.reason) for line in entries_about(session, member.account_id)]
        assert ("member_exported", "Utskick") in lines
    session.commit()
    csv = as_coordinator.submit(address, {**form, "file_format": "csv"})
    assert b"'=HYPERLINK(1)" in csv.data


# ---------------------------------------------------------------- notes and protection


def test_notes_are_logged_when_read_and_belong_to_their_author(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, name="Maj Provberg")
    session.commit()
    address = f"{MEMBERS}/{member.public_id}/notes"
    assert as_coordinator.submit(address, {"text": " "}).status_code == 200
    assert as_coordinator.submit(address, {"text": "Ring efter fyra <b>"}).status_code == 303
    note = session.scalars(select(MemberNote)).one()
    raw = session.connection().exec_driver_sql("select text from bank_notes").scalar()
    assert "Ring" not in str(raw)
    session.commit()
    other = sign_in(Role.COORDINATOR, name="Ove Provling")
    assert "Ring efter fyra &lt;b&gt;" in other.page(address)
    assert other.submit(f"{address}/{note.public_id}/delete").status_code == 404
    actions = [line.action for line in entries_about(session, member.account_id)]
    assert {"notes_read", "note_written"} <= set(actions)
    (section,) = NotesData().sections(session, member.account_id)
    assert section.rows[0][1] == "Ring efter fyra <b>"
    session.commit()
    assert as_coordinator.submit(f"{address}/{note.public_id}/delete").status_code == 303
    assert list(NotesData().sections(session, member.account_id)) == []


def test_glass_is_broken_by_few_for_a_reason_that_person_and_officer_read(
    as_coordinator: CheckingClient,
    as_data_protection_officer: CheckingClient,
    session: Session,
    county: SmallCounty,
) -> None:
    member = make_member(
        session, name="Siv", is_protected=True, phone="+46701112233", municipality_code="0834"
    )
    session.commit()
    address = f"{MEMBERS}/{member.public_id}/protected"
    assert as_coordinator.get(address).status_code == 403
    ebba = session.scalars(select(Account).order_by(Account.id)).first()
    assert ebba is not None
    grant_role(session, ebba, Role.PROTECTION_KEEPER)
    session.commit()
    closed = as_coordinator.page(address)
    assert "070-111 22 33" not in closed
    assert "Torsås" not in as_coordinator.submit(address, {"reason": ""}).text
    opened = as_coordinator.submit(address, {"reason": "Måste nå henne i kväll"})
    assert "070-111 22 33" in opened.text
    assert "Torsås" in opened.text
    line = entries_about(session, member.account_id)[0]
    assert (line.action, line.reason) == ("glass_broken", "Måste nå henne i kväll")
    session.commit()
    seen = as_data_protection_officer.page(f"{BANK}/opened-protected")
    assert "Måste nå henne i kväll" in seen
    assert "Ebba Demolund" in seen


# ---------------------------------------------------------------- by phone and on paper

TOLD = {
    "told_how": "phone",
    "roles": ["patient"],
    "birth_year": "1941",
    "ways": ["phone"],
    "name": "Algot Pennberg",
    "email": "",
    "phone": "070-174 06 81",
    "preferred_contact": "call",
    "municipality_code": "0880",
    "gender": "man",
    "said_yes": "y",
}


def test_somebody_without_email_is_signed_up_by_phone_and_written_to(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    form = {**TOLD, "said_on": today().isoformat()}
    assert as_coordinator.submit(f"{BANK}/assisted", {**form, "said_yes": ""}).status_code == 200
    assert as_coordinator.submit(f"{BANK}/assisted", {**form, "phone": ""}).status_code == 200
    assert session.scalar(select(func.count()).select_from(BankMember)) == 0
    session.commit()
    assert as_coordinator.submit(f"{BANK}/assisted", form).status_code == 303
    member = session.scalars(select(BankMember)).one()
    consent = session.scalars(select(Consent)).one()
    assert (member.state, member.source) == ("active", "phone")
    assert (consent.given_how, consent.notice_version) == ("phone", "2026-11")
    assert consent.recorded_by_account_id is not None
    assert session.scalars(select(OutboxMail)).all() == []
    letter = session.scalars(select(Letter)).one()
    assert "Algot" in letter.text
    assert "mejlet" not in letter.text
    session.commit()
    assert "070-174 06 81" in as_coordinator.page(f"{BANK}/letters")
    page = f"{BANK}/letters/{letter.public_id}"
    assert "Algot Pennberg" in as_coordinator.page(page)
    assert as_coordinator.submit(page, {"how": "posted"}).status_code == 303
    assert as_coordinator.get(page).status_code == 404
    settled = session.scalars(select(Letter).execution_options(populate_existing=True)).one()
    assert (settled.text, settled.told_how) == ("", "posted")


def test_somebody_alike_is_shown_before_a_second_entry_is_made(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    there = make_member(session, name="Pennberg Algot", birth_year=1941)
    session.commit()
    form = {**TOLD, "said_on": today().isoformat()}
    asked = as_coordinator.submit(f"{BANK}/assisted", form)
    assert there.code in asked.text
    assert session.scalar(select(func.count()).select_from(BankMember)) == 1
    session.commit()
    saved = as_coordinator.submit(f"{BANK}/assisted", {**form, "not_the_same": "y"})
    assert saved.status_code == 303
    assert session.scalars(select(SuspectedPair)).one().reasons == ["name_and_year"]


def test_leaving_stops_letters_and_forgets_notes(
    ebba: Actor, session: Session, county: SmallCounty
) -> None:
    member = sign_up_for(
        session,
        ebba,
        make_profile(name="Algot", phone="+46701740681"),
        None,
        source=Source.PAPER,
        agreed_on=today(),
    )
    session.add(MemberNote(member_id=member.id, author_account_id=ebba.account_id, text="x"))
    session.flush()
    withdraw_membership(session, ebba, member)
    assert session.scalars(select(MemberNote)).all() == []
    assert {letter.text for letter in session.scalars(select(Letter))} <= {""}


def test_the_paper_form_is_for_everybody(client: CheckingClient) -> None:
    assert "Torsås" in client.page(f"{BANK}/paper-form")


# ---------------------------------------------------------------- duplicates


def pair_of(session: Session) -> SuspectedPair:
    found_pairs = session.scalars(undecided_pairs(COORDINATOR)).all()
    assert len(found_pairs) == 1
    return found_pairs[0]


def test_doubles_are_found_by_name_and_year_phone_and_mailbox_but_a_family_is_not(
    session: Session, county: SmallCounty
) -> None:
    one = make_member(session, name="Tuva Ek", birth_year=1980, email="tuva.ek@example.org")
    two = make_member(session, name="Ek Tuva", birth_year=1980, email="other@example.org")
    mother = make_member(session, name="Ada By", birth_year=1950, phone="+46701740690")
    make_member(session, name="Bo By", birth_year=1975, phone="+46701740690", email="b@example.org")
    same = make_member(session, name="Ada", birth_year=1951, phone="+46701740690", email="c@x.org")
    plus = make_member(session, name="T", birth_year=1991, email="tuvaek+ny@example.org")
    for member in (one, two):
        member.name_index = None  # from before the index: the night fills it in
    session.commit()
    sessions = sessionmaker(session.get_bind(), expire_on_commit=False)
    FindDuplicates().run(sessions, _Job())
    FindDuplicates().run(sessions, _Job())
    pairs = {(p.first_id, p.second_id): p.reasons for p in session.scalars(select(SuspectedPair))}
    assert pairs == {
        (one.id, two.id): ["name_and_year"],
        (mother.id, same.id): ["phone"],
        (one.id, plus.id): ["email"],
    }


def test_merging_moves_history_and_empties_the_other_entry(
    as_coordinator: CheckingClient, ebba: Actor, session: Session, county: SmallCounty
) -> None:
    kept = make_member(session, name="Tuva Ek", birth_year=1980)
    gone = make_member(session, name="Ek Tuva", birth_year=1980, email="x@example.org")
    for member in (kept, gone):
        member.name_index = None
    activity = make_activity(session, county.region)
    asked = make_round(session, activity)
    make_invitation(session, asked, gone, state="accepted")
    make_invitation(session, asked, kept, state="sent")
    session.add(Attendance(activity_id=activity.id, member_id=gone.id, present=True))
    session.commit()
    FindDuplicates().run(sessionmaker(session.get_bind(), expire_on_commit=False), _Job())
    pair = pair_of(session)
    session.commit()
    address = f"{BANK}/duplicates/{pair.public_id}"
    assert "Ek Tuva" not in as_coordinator.page(address)
    assert as_coordinator.submit(f"{address}/compare", {"reason": ""}).status_code == 200
    as_coordinator.submit(f"{address}/compare", {"reason": "Ringde"})
    assert "Ek Tuva" in as_coordinator.page(address)
    form = {"decision": "first", "reason": "Hon sa det"}
    assert as_coordinator.submit(address, form).status_code == 200
    assert as_coordinator.submit(address, {**form, "sure": "y"}).status_code == 303
    session.expire_all()
    invitation = session.scalars(select(Invitation)).one()
    assert (invitation.member_id, invitation.state) == (kept.id, "accepted")
    assert session.scalars(select(Attendance)).one().member_id == kept.id
    assert (gone.state, gone.name, gone.merged_into_id) == ("left", "", kept.id)
    assert pair.decision == "merged"
    assert "members_merged" in [x.action for x in entries_about(session, kept.account_id)]


def test_what_was_agreed_claimed_and_drawn_follows_to_the_entry_that_stays(
    ebba: Actor, session: Session, county: SmallCounty
) -> None:
    kept, gone, *others = make_candidates(session)
    claim = make_claim(session, county.region, gone)
    twin = CompensationClaim(
        activity_id=claim.activity_id,
        member_id=kept.id,
        rate_table_id=claim.rate_table_id,
        state="submitted",
        closes_on=claim.closes_on,
        attended_minutes=120,
    )
    session.add(twin)
    alone = make_claim(session, county.region, gone, rate_table_id=claim.rate_table_id)
    both = make_draw_being_prepared(session, [kept, gone, *others])
    elsewhere = DrawOwner(kind="test", public_id="other", path="/activities")
    one = make_draw_being_prepared(session, [gone, *others], owner=elsewhere)
    merged(session, ebba, kept, gone)
    claims = session.scalars(select(CompensationClaim).order_by(CompensationClaim.id)).all()
    assert [(found.id, found.member_id) for found in claims] == [
        (twin.id, kept.id),
        (alone.id, kept.id),
    ]
    rows = session.scalars(select(DrawPerson).order_by(DrawPerson.id)).all()
    assert sum(row.draw_id == one.id and row.member_id == kept.id for row in rows) == 1
    assert sum(row.draw_id == both.id and row.member_id == kept.id for row in rows) == 1
    assert sum(row.draw_id == both.id and row.member_id is None for row in rows) == 1


def test_the_place_that_was_drawn_follows_when_both_entries_were_in_the_draw(
    ebba: Actor, session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    draw = drawn(session, sessions, make_draw_being_prepared(session, make_candidates(session)))
    panel = drawn_people(panel_of(session, draw))
    gone = session.get_one(BankMember, panel[0])
    kept = session.scalars(
        select(BankMember)
        .join(DrawPerson, DrawPerson.member_id == BankMember.id)
        .where(BankMember.id.not_in([*panel, *drawn_people(alternates_of(session, draw))]))
        .order_by(BankMember.id)
    ).first()
    assert kept is not None
    merged(session, ebba, kept, gone)
    assert drawn_people(panel_of(session, draw)) == [kept.id, *panel[1:]]


def drawn_people(places: list[DrawPlace]) -> list[int | None]:
    return [place.person.member_id for place in places]


def merged(session: Session, actor: Actor, kept: BankMember, gone: BankMember) -> None:
    first, second = sorted((kept.id, gone.id))
    pair = SuspectedPair(first_id=first, second_id=second, reasons=["phone"])
    session.add(pair)
    session.commit()
    pair = pair_to_decide(session, COORDINATOR, pair.public_id)
    merge(session, actor, pair, Keep.FIRST if kept.id == first else Keep.SECOND, "Ringde")
    session.commit()
    session.expire_all()


def test_two_answers_to_one_invitation_stop_the_merging_and_change_nothing(
    as_coordinator: CheckingClient, ebba: Actor, session: Session, county: SmallCounty
) -> None:
    one = make_member(session, name="Tuva Ek")
    two = make_member(session, name="Tuva Ek B", email="x@example.org")
    asked = make_round(session, make_activity(session, county.region))
    make_invitation(session, asked, one, state="accepted")
    make_invitation(session, asked, two, state="declined")
    session.add(SuspectedPair(first_id=one.id, second_id=two.id, reasons=["phone"]))
    session.commit()
    pair = pair_to_decide(session, COORDINATOR, pair_of(session).public_id)
    with pytest.raises(CannotMerge):
        merge(session, ebba, pair, Keep.FIRST, "x")
    session.rollback()
    form = {"decision": "first", "reason": "x", "sure": "y"}
    address = f"{BANK}/duplicates/{pair.public_id}"
    assert as_coordinator.submit(address, form).status_code == 303
    session.expire_all()
    assert (one.state, two.state, pair.decision) == ("active", "active", None)


def test_two_people_are_kept_apart_for_good(
    ebba: Actor, session: Session, county: SmallCounty
) -> None:
    make_member(session, name="Tuva Ek", phone="+46701740690")
    make_member(session, name="Tuva By", phone="+46701740690", email="x@example.org")
    assert suspect(session) == 1
    keep_apart(session, ebba, pair_of(session), "Två systrar")
    assert suspect(session) == 0


# ---------------------------------------------------------------- import


class _Job:
    """What a job tells and asks."""

    public_id = "x"
    attempt = 1

    def __init__(self, account_id: int | None = None, **payload: str) -> None:
        self.created_by_account_id = account_id
        self.payload = payload

    def progress(self, done: int, total: int, text: str = "") -> None:
        assert done <= total


HEADINGS = ("Namn", "E-post", "Telefon", "Kommun", "Födelseår", "Område", "Behov")
ROWS = [
    ("Inga Listberg", "inga@example.org", "", "Kalmar", "1958", "Psykisk hälsa", "Rullstol"),
    ("Berta Cellgren", "", "070-174 06 84", "Torsås kommun", "1949", "", ""),
]


def upload(client: CheckingClient, content: bytes) -> str:
    response = client.submit(f"{BANK}/imports", {"file": (io.BytesIO(content), "bank.csv")})
    assert response.status_code == 303
    return str(response.headers["Location"]).rsplit("/", 1)[1]


@pytest.fixture
def sessions_here(session: Session) -> sessionmaker[Session]:
    return sessionmaker(session.get_bind(), expire_on_commit=False)


def the_import(session: Session, public_id: str) -> BankImport:
    found_import = session.scalars(
        select(BankImport)
        .where(BankImport.public_id == public_id)
        .execution_options(populate_existing=True)
    ).one()
    session.commit()
    return found_import


def test_a_list_is_checked_row_by_row_and_nobody_comes_in_before_a_yes(
    as_coordinator: CheckingClient,
    session: Session,
    sessions_here: sessionmaker[Session],
    county: SmallCounty,
) -> None:
    make_member(session, name="Inga Listberg", birth_year=1958, email="ny@example.org")
    member = session.scalars(select(BankMember)).one()
    member.name_index = None
    session.commit()
    FindDuplicates().run(sessions_here, _Job())
    wrong = [("Folke", "folke@example", "", "Växjö", "62", "", ""), ROWS[0]]
    public_id = upload(as_coordinator, csv_bytes(HEADINGS, [*ROWS, *wrong]))
    CheckImport().run(sessions_here, _Job(**{"import": public_id}))
    taken = the_import(session, public_id)
    assert (taken.row_count, taken.new_count, taken.wrong_count, taken.skipped_count) == (
        4,
        2,
        1,
        1,
    )
    page = as_coordinator.page(f"{BANK}/imports/{public_id}")
    for words in ("Växjö", "E-postadressen kan inte stämma", "Liknar någon", "Står redan"):
        assert words in page, words
    refused = as_coordinator.submit(
        f"{BANK}/imports/{public_id}/confirm", {"consent": "invite", "confirm_days": "30"}
    )
    assert refused.status_code == 409
    assert session.scalar(select(func.count()).select_from(BankMember)) == 1


def test_people_taken_in_say_yes_themselves_or_are_erased_and_all_can_be_undone(
    as_coordinator: CheckingClient,
    ebba: Actor,
    session: Session,
    sessions_here: sessionmaker[Session],
    county: SmallCounty,
) -> None:
    public_id = upload(as_coordinator, csv_bytes(HEADINGS, ROWS))
    CheckImport().run(sessions_here, _Job(**{"import": public_id}))
    address = f"{BANK}/imports/{public_id}"
    confirmed = as_coordinator.submit(
        f"{address}/confirm", {"consent": "invite", "confirm_days": "14"}
    )
    assert confirmed.status_code == 303
    job = _Job(ebba.account_id, **{"import": public_id})
    RunImport().run(sessions_here, job)
    RunImport().run(sessions_here, job)  # again, as after a crash
    members = session.scalars(select(BankMember).order_by(BankMember.id)).all()
    assert [m.state for m in members] == ["unconfirmed", "unconfirmed"]
    assert [m.source for m in members] == ["import", "import"]
    assert [m.needs for m in members] == [[], []]  # before a yes nothing about health is kept
    assert session.scalars(select(Consent).where(Consent.purpose == "experiences")).all() == []
    assert [m.template for m in session.scalars(select(OutboxMail))] == [
        "interest_bank/confirm_taken_over"
    ]
    assert session.scalar(select(func.count()).select_from(Letter)) == 1
    assert forget_unconfirmed(session) == 0
    session.commit()
    taken = the_import(session, public_id)
    assert (taken.state, taken.new_count) == ("done", 2)
    assert session.connection().exec_driver_sql("select content from bank_imports").scalar() is None
    session.commit()
    assert as_coordinator.submit(f"{address}/undo").status_code == 303
    session.expire_all()
    assert {m.state for m in session.scalars(select(BankMember))} == {"left"}
    assert {m.state for m in session.scalars(select(OutboxMail))} == {"cancelled"}


def test_consent_on_paper_needs_to_say_where_and_lets_people_in_at_once(
    as_coordinator: CheckingClient,
    ebba: Actor,
    session: Session,
    sessions_here: sessionmaker[Session],
    county: SmallCounty,
) -> None:
    public_id = upload(as_coordinator, csv_bytes(HEADINGS, ROWS))
    CheckImport().run(sessions_here, _Job(**{"import": public_id}))
    address = f"{BANK}/imports/{public_id}/confirm"
    form = {"consent": "paper", "confirm_days": "30"}
    assert as_coordinator.submit(address, form).status_code == 200
    assert as_coordinator.submit(address, {**form, "reason": "Pärm 3"}).status_code == 303
    RunImport().run(sessions_here, _Job(ebba.account_id, **{"import": public_id}))
    inga = session.scalars(select(BankMember).order_by(BankMember.id)).first()
    assert inga is not None
    assert inga.state == "active"
    consents = session.scalars(select(Consent).where(Consent.member_id == inga.id)).all()
    assert {(c.purpose, c.given_how) for c in consents} == {
        ("membership", "import"),
        ("experiences", "import"),
    }
    line = session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "member_imported")
    ).first()
    assert line is not None
    assert line.reason == "Pärm 3"


def test_columns_that_were_guessed_wrong_can_be_put_right(
    as_coordinator: CheckingClient,
    session: Session,
    sessions_here: sessionmaker[Session],
    county: SmallCounty,
) -> None:
    content = csv_bytes(("A", "B", "C", "D"), [("Inga", "inga@example.org", "Kalmar", "1958")])
    public_id = upload(as_coordinator, content)
    job = _Job(**{"import": public_id})
    CheckImport().run(sessions_here, job)
    assert the_import(session, public_id).wrong_count == 1
    columns = {"name": "A", "email": "B", "municipality": "C", "birth_year": "D"}
    changed = as_coordinator.submit(f"{BANK}/imports/{public_id}/columns", columns)
    assert changed.status_code == 303
    CheckImport().run(sessions_here, job)
    taken = the_import(session, public_id)
    assert (taken.wrong_count, taken.new_count) == (0, 1)
    assert as_coordinator.submit(f"{BANK}/imports/{public_id}/drop").status_code == 303
    assert the_import(session, public_id).state == "dropped"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\0\0\0"])
def test_what_is_no_list_is_told_so(
    as_coordinator: CheckingClient,
    session: Session,
    sessions_here: sessionmaker[Session],
    content: bytes,
) -> None:
    public_id = upload(as_coordinator, content)
    CheckImport().run(sessions_here, _Job(**{"import": public_id}))
    assert the_import(session, public_id).state == "unreadable"
    as_coordinator.page(f"{BANK}/imports/{public_id}")


def test_others_open_none_of_the_rooms(
    as_contact_person: CheckingClient,
    as_resident: CheckingClient,
    session: Session,
    county: SmallCounty,
) -> None:
    """TRUST 11 and 15: side views follow the same policy as the list."""
    member = make_member(session, name="Maj")
    session.commit()
    for client in (as_contact_person, as_resident):
        for path in (
            "/members/export",
            "/searches",
            f"/members/{member.public_id}/notes",
            f"/members/{member.public_id}/protected",
            "/letters",
            "/duplicates",
            "/imports",
            "/assisted",
            "/spread",
            "/opened-protected",
        ):
            assert client.get(f"{BANK}{path}").status_code == 403, path


def test_a_coordinator_changes_what_a_caller_asks_for_and_the_person_is_told_and_sees_who(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, name="Ring Erska", birth_year=1948)
    account_id = member.account_id
    session.commit()
    page = f"{BANK}/members/{member.public_id}/change/who"
    assert "1948" in as_coordinator.page(page)
    typed = {"roles": ["patient"], "birth_year": "1947", "told_how": "phone"}
    assert as_coordinator.submit(page, {**typed, "told_how": ""}).status_code == 200
    assert as_coordinator.submit(page, typed).status_code == 303
    session.refresh(member)
    assert (member.birth_year, member.name) == (1947, "Ring Erska")
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.template == "interest_bank/changed_for"
    assert "1947" not in (mail.text or "")
    actions = {entry.action for entry in entries_about(session, account_id)}
    assert {"member_opened", "membership_changed", "membership_changed_for"} <= actions


def test_where_a_protected_person_is_reached_is_changed_by_nobody_else(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, is_protected=True)
    session.commit()
    page = f"{BANK}/members/{member.public_id}/change"
    assert as_coordinator.get(f"{page}/reach").status_code == 404
    assert as_coordinator.submit(f"{page}/reach", {"name": "X"}).status_code == 404
    assert as_coordinator.get(f"{page}/how").status_code == 200
    assert as_coordinator.get(f"{page}/nosuch").status_code == 404


def test_a_noted_death_ends_everything_quietly_and_no_mail_goes_out_again(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    replace_subscribers(FEATURES.collect("subscribers"))
    member, waits = make_member(session, name="Sorg Ligen"), make_member(session, name="Nästa")
    account = session.get_one(Account, member.account_id)
    address = account.email
    activity = make_activity(session, county.region, state="open", seats=1)
    invitation_round = make_round(session, activity)
    seat = make_invitation(session, invitation_round, member, state="accepted")
    line = make_invitation(session, invitation_round, waits, state="waiting", waiting_number=1)
    queue_mail(
        session,
        to=address,
        template="interest_bank/welcome",
        locale="sv",
        context={"name": "Sorg", "link": "http://localhost/membership"},
    )
    session.commit()
    page = f"{BANK}/members/{member.public_id}/death"
    assert "avlidit" in as_coordinator.page(page)
    assert as_coordinator.submit(page).status_code == 303
    for row in (member, seat, line, account):
        session.refresh(row)
    assert (member.state, member.name, seat.state) == ("left", "", "withdrawn")
    assert line.state == "accepted"
    assert (account.is_active, account.has_mailbox) == (False, False)
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    assert [(mail.template, mail.state) for mail in mails] == [
        ("interest_bank/welcome", "cancelled"),
        ("activities/seat_free", "queued"),
    ]
    assert session.scalars(select(Letter)).all() == []
    assert "death_noted" in {entry.action for entry in entries_about(session, account.id)}
    assert as_coordinator.submit(page).status_code == 404
