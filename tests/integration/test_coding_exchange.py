"""Codebooks and coded texts leave for other programs and come in from them."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from participation.coding import queries
from participation.coding.jobs import ForgetOldImports
from participation.coding.models import (
    Code,
    Codebook,
    Excerpt,
    Material,
    MaterialImport,
    MaterialText,
    QdaImport,
)
from participation.coding.providers import CoderData
from participation.coding.queries.exchange import reviewed_texts
from participation.coding.rules.exchange import (
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaText,
    UnreadableProject,
    read_codebook,
    read_project,
    write_codebook,
    write_project,
)
from participation.coding.rules.exchange.words import left_out_lines
from participation.coding.rules.passages import Mask
from participation.coding.services import apply_code, forget_material, review_text
from participation.coding.services.exchange import (
    codebook_project,
    material_project,
    read_import,
    receive_file,
    take_in_codebook,
    take_in_project,
    take_out,
)
from participation.coding.services.importing import receive_words
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import Actor, Grant, Role
from participation.foundation.tabular import read_workbook
from tests.conftest import SignIn, make_account
from tests.factories.coding import (
    code_of,
    make_codebook,
    make_reviewed_material,
    texts_of,
)
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.qda import assert_valid_codebook, assert_valid_project

GUIDS = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(10)]
FOREIGN = QdaProject(
    title="Intervjuer om bemötande",
    codes=(
        QdaCode(
            guid=GUIDS[0],
            name="Bemötande",
            is_codable=False,
            codes=(
                QdaCode(guid=GUIDS[1], name="Bli lyssnad på", description="När någon hör."),
                QdaCode(guid=GUIDS[2], name="Tid"),
            ),
        ),
    ),
    texts=(
        QdaText(
            guid=GUIDS[3],
            name="1",
            text="Viljar Påhitt gav mig tid 👋 att berätta.",
            codings=(
                QdaCoding(start=0, end=25, code=GUIDS[2]),
                QdaCoding(start=28, end=40, code=GUIDS[1]),
            ),
            values=(("Roll", "Närstående"), ("Kommun", "Kalmar"), ("Skostorlek", "42")),
        ),
        QdaText(guid=GUIDS[4], name="2", text="Ingen frågade."),
    ),
)


@pytest.fixture
def coordinator(session: Session, county: SmallCounty) -> Actor:
    account = make_account(session, "Åke Låtsasson")
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def book(session: Session, county: SmallCounty) -> Codebook:
    made = make_codebook(session)
    session.commit()
    return made


def receive(session: Session, actor: Actor, content: bytes, name: str = "a.qdpx") -> QdaImport:
    return receive_file(session, actor, name, content)


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# ---------------------------------------------------------------- codebooks


def test_a_codebook_leaves_as_a_valid_file_and_comes_back_without_anything_twice(
    session: Session, coordinator: Actor, book: Codebook
) -> None:
    written = write_codebook(codebook_project(session, book))
    assert_valid_codebook(written)
    names = [[code.name for code in theme.walk()] for theme in read_codebook(written).codes]
    assert names == [
        ["Sammanhang", "Börja om från början", "Samma människa"],
        ["Praktiskt", "Övergångar"],
    ]
    before = count(session, Code)
    code_of(session, 1).name = "Ett annat namn"
    session.flush()
    codes = take_in_codebook(session, coordinator, receive(session, coordinator, written), book)
    assert (len(codes), count(session, Code), count(session, QdaImport)) == (3, before, 0)
    assert code_of(session, 1).name == "Ett annat namn"


def test_codes_with_the_same_name_in_two_themes_are_two_codes(
    session: Session, coordinator: Actor, book: Codebook
) -> None:
    twice = QdaProject(
        title="",
        codes=tuple(
            QdaCode(
                guid=GUIDS[place],
                name=theme,
                is_codable=False,
                codes=(QdaCode(guid=GUIDS[place + 5], name="Övrigt"),),
            )
            for place, theme in enumerate(("Vården", "Kommunen"))
        ),
    )
    content = write_codebook(twice)
    codes = take_in_codebook(session, coordinator, receive(session, coordinator, content), book)
    assert sorted(code.key for code in codes.values()) == ["ovrigt", "ovrigt_2"]
    before = count(session, Code)
    take_in_codebook(session, coordinator, receive(session, coordinator, content), book)
    assert count(session, Code) == before


# ---------------------------------------------------------------- projects in


def test_a_project_waits_for_its_owners_review_and_its_codes_move_with_what_is_hidden(
    session: Session, coordinator: Actor, book: Codebook
) -> None:
    received = receive(session, coordinator, write_project(FOREIGN))
    material = take_in_project(session, coordinator, received, book, "Bemötande")
    assert material.owner_account_id == coordinator.account_id
    assert reviewed_texts(session, material) == []
    tid = session.scalars(select(Code).where(Code.name == "Tid")).one()
    passages = queries.excerpts_of_codes(session, coordinator, [tid.id])
    assert session.execute(passages).all() == []
    text = next(one for one in texts_of(session, material) if "Viljar" in one.text)
    assert (text.respondent_role, text.municipality_code) == ("next_of_kin", "0880")
    review_text(session, coordinator, text, [Mask(start=0, end=13, kind="name")])
    words = {
        session.get_one(Code, one.code_id).name: text.text[one.start : one.end]
        for one in session.scalars(select(Excerpt).where(Excerpt.text_id == text.id))
    }
    assert words == {"Tid": "[namn] gav mig tid", "Bli lyssnad på": "att berätta."}


def test_a_project_taken_in_twice_is_there_once(
    session: Session, coordinator: Actor, book: Codebook
) -> None:
    content = write_project(FOREIGN)
    for _time in range(2):
        received = receive(session, coordinator, content)
        take_in_project(session, coordinator, received, book, "Bemötande")
    assert (count(session, Material), count(session, MaterialText)) == (1, 2)
    assert (count(session, Excerpt), count(session, QdaImport)) == (2, 0)


def test_a_long_text_comes_in_as_pieces_and_nothing_of_it_is_lost(
    session: Session, coordinator: Actor, book: Codebook
) -> None:
    words = " ".join(f"En mening till, {number:04}." for number in range(2_000))
    long = QdaText(
        guid=GUIDS[3],
        name="1",
        text=words,
        codings=(QdaCoding(start=0, end=len(words), code=GUIDS[1]),),
    )
    project = QdaProject(title="", codes=FOREIGN.codes, texts=(long,))
    received = receive(session, coordinator, write_project(project))
    material = take_in_project(session, coordinator, received, book, "Långt")
    texts = texts_of(session, material)
    assert sum(one.text.count("En mening till") for one in texts) == 2_000
    assert count(session, Excerpt) == len(texts) == 3


# ---------------------------------------------------------------- texts out


@pytest.fixture
def coded(session: Session, coordinator: Actor, book: Codebook) -> Material:
    """Six voices, one with a role of its own, and a code on the first."""
    roles = ["next_of_kin"] * 5 + ["patient"]
    material = _six(session, roles)
    for text in texts_of(session, material)[:2]:
        apply_code(session, coordinator, text, code_of(session, 1), start=9, end=17)
    session.commit()
    return material


def _six(session: Session, roles: list[str]) -> Material:
    texts = [f"Jag fick börja om 👋 gång {number}." for number in range(len(roles))]
    material = make_reviewed_material(session, texts)
    for text in texts_of(session, material):
        text.respondent_role = roles[int(text.source_ref.removeprefix("voice-"))]
    session.flush()
    return material


def test_texts_leave_valid_without_names_sources_or_what_few_share(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    made = take_out(session, coordinator, coded, file_format="qdpx", reason="Två kodar.")
    assert_valid_project(made.content)
    project = read_project(made.content)
    assert [user.name for user in project.users] == ["Kodare 1"]
    first = next(text for text in project.texts if text.codings)
    (coding,) = first.codings
    assert first.text[coding.start : coding.end] == "börja om"
    values = sorted(text.values for text in project.texts)
    assert values == [(), *[(("Roll", "Närstående"), ("Kommun", "Kalmar"))] * 5]
    assert b"voice-" not in made.content
    session.commit()
    taken = select(EventLogEntry).where(EventLogEntry.action == "texts_taken_out")
    logged = session.scalars(taken).one()
    assert (logged.object_id, logged.reason) == (coded.public_id, "Två kodar.")


def test_two_files_of_the_same_material_are_the_same_file(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    files = [
        take_out(session, coordinator, coded, file_format="qdpx", reason="Igen.").content
        for _time in range(2)
    ]
    assert files[0] == files[1]


def elsewhere(project: QdaProject) -> QdaProject:
    """As if another county had written it: its texts have guids that are none of ours."""
    texts = tuple(
        replace(text, guid=str(UUID(int=number)))
        for number, text in enumerate(project.texts, start=1)
    )
    return replace(project, texts=texts)


def test_what_left_another_county_comes_in_as_it_was(
    session: Session, coordinator: Actor, coded: Material, book: Codebook
) -> None:
    before = elsewhere(material_project(session, coded, reviewed_texts(session, coded)))
    received = receive(session, coordinator, write_project(before))
    again = take_in_project(session, coordinator, received, book, "Igen")
    for text in texts_of(session, again):
        review_text(session, coordinator, text, [])
    after = material_project(session, again, reviewed_texts(session, again))
    assert after.codes == before.codes
    assert sorted((t.text, t.values, t.codings) for t in after.texts) == sorted(
        (t.text, t.values, t.codings) for t in before.texts
    )


def test_a_voice_that_left_from_here_is_not_taken_in_again(
    session: Session, coordinator: Actor, coded: Material, book: Codebook
) -> None:
    project = material_project(session, coded, reviewed_texts(session, coded))
    forget_material(session, texts_of(session, coded)[0].source_ref)
    received = receive(session, coordinator, write_project(project))
    assert read_import(received).texts == ()
    assert left_out_lines(read_import(received)) == [
        "6 texter som kommer härifrån: de finns redan här, och ingen röst räknas två gånger"
    ]
    foreign = replace(project, texts=(*project.texts, *FOREIGN.texts), codes=())
    received = receive(session, coordinator, write_project(foreign))
    assert [text.name for text in read_import(received).texts] == ["1", "2"]
    with pytest.raises(UnreadableProject) as refused:
        receive(session, coordinator, write_project(replace(project, codes=())))
    assert refused.value.reason == "own_texts"


def test_several_texts_of_one_voice_are_one_voice_in_the_file_and_where_it_comes_in(
    session: Session, coordinator: Actor, coded: Material, book: Codebook
) -> None:
    first, second, *_rest = texts_of(session, coded)
    first.source_ref = second.source_ref
    session.flush()
    written = write_project(
        elsewhere(material_project(session, coded, reviewed_texts(session, coded)))
    )
    assert_valid_project(written)
    received = receive(session, coordinator, written)
    again = take_in_project(session, coordinator, received, book, "Igen")
    assert len({text.source_ref for text in texts_of(session, again)}) == 5
    assert len(texts_of(session, again)) == 6


def test_a_workbook_has_passages_answers_against_codes_and_the_codebook(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    made = take_out(session, coordinator, coded, file_format="xlsx", reason="Tabell.")
    sheets = read_workbook(made.content, ("ställen", "svar och koder", "kodbok")).sheets
    assert [line.cells["Ställe"] for line in sheets["ställen"].lines] == ["börja om"] * 2
    answers = [line.cells["1 Börja om från början"] for line in sheets["svar och koder"].lines]
    assert sorted(answers) == ["0"] * 4 + ["1"] * 2
    assert len(sheets["kodbok"].lines) == 3


def test_fewer_than_five_voices_stay_here(
    session: Session, coordinator: Actor, book: Codebook
) -> None:
    material = make_reviewed_material(session, ["Ett.", "Två.", "Tre.", "Fyra."])
    with pytest.raises(Conflict):
        take_out(session, coordinator, material, file_format="qdpx", reason="Nej.")


# ---------------------------------------------------------------- pages


def test_a_file_is_read_shown_and_taken_in(
    as_coordinator: CheckingClient, session: Session, book: Codebook
) -> None:
    sent = as_coordinator.submit(
        "/coding/exchange", data={"file": (io.BytesIO(write_project(FOREIGN)), "intervjuer.qdpx")}
    )
    page = as_coordinator.get(sent.location).text
    assert "Intervjuer om bemötande" in page
    assert "Bli lyssnad på" in page
    taken = as_coordinator.submit(
        f"{sent.location}/confirm",
        data={"title": "Intervjuer", "codebook": "new", "book_title": "Bemötande"},
    )
    assert "/review" in taken.location
    assert count(session, QdaImport) == 0
    assert as_coordinator.get(sent.location).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "trasig"), (b"PK\x03\x04x", "trasig"), (b"", "tom"), (b"<a/>", "varken")],
)
def test_what_cannot_be_read_is_said_at_the_field(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, content: bytes, said: str
) -> None:
    page = as_coordinator.submit("/coding/exchange", data={"file": (io.BytesIO(content), "a.qdpx")})
    assert said in page.text
    assert count(session, QdaImport) == 0


def test_nobody_else_sees_a_file_that_waits(
    as_coordinator: CheckingClient, sign_in: SignIn, session: Session, book: Codebook
) -> None:
    sent = as_coordinator.submit(
        "/coding/exchange", data={"file": (io.BytesIO(write_project(FOREIGN)), "a.qdpx")}
    )
    other = sign_in(Role.COORDINATOR, name="Olof Ägarsson")
    assert other.get(sent.location).status_code == 404
    assert other.submit(f"{sent.location}/drop").status_code == 404


def test_texts_are_downloaded_with_a_reason_only(
    as_coordinator: CheckingClient, coded: Material
) -> None:
    address = f"/coding/materials/{coded.public_id}/out"
    assert "Skriv varför" in as_coordinator.submit(address, data={"file_format": "qdpx"}).text
    made = as_coordinator.submit(address, data={"file_format": "qdpx", "reason": "Två kodar."})
    assert made.headers["Content-Disposition"].startswith("attachment")
    assert_valid_project(made.data)


def test_voices_are_counted_not_texts_before_anything_is_taken_out(
    as_coordinator: CheckingClient, session: Session, coded: Material
) -> None:
    first, *others = texts_of(session, coded)
    for text in others[:2]:
        text.source_ref = first.source_ref
    session.commit()
    address = f"/coding/materials/{coded.public_id}/out"
    assert "färre än 5 personer" in as_coordinator.page(address)
    refused = as_coordinator.submit(address, {"file_format": "qdpx", "reason": "Två kodar."})
    assert "färre än 5 personer" in refused.text


def test_what_waits_is_deleted_after_a_month_and_with_whoever_sent_it(
    session: Session, sessions: sessionmaker[Session], coordinator: Actor, book: Codebook
) -> None:
    old = receive(session, coordinator, write_project(FOREIGN), "gammal.qdpx")
    receive_words(session, coordinator, "Ny", "Viljar ringde.")
    receive(session, coordinator, write_project(FOREIGN), "ny.qdpx")
    old.created_at = now() - timedelta(days=31)
    session.commit()
    assert ForgetOldImports().run(sessions, None) == {"files": 1}  # type: ignore[arg-type]
    assert coordinator.account_id is not None
    (section,) = CoderData().sections(session, coordinator.account_id)
    assert section.raw == {"sent_in": 2}
    assert list(CoderData().erase(session, coordinator.account_id)) == []
    assert (count(session, QdaImport), count(session, MaterialImport)) == (0, 0)


def test_a_material_that_is_coded_keeps_its_codebook(
    as_coordinator: CheckingClient, session: Session, coded: Material, book: Codebook
) -> None:
    other = Codebook(key="annan", title="En annan")
    session.add(other)
    session.commit()
    address = f"/coding/materials/{coded.public_id}/codebook"
    said = as_coordinator.submit(address, {"codebook": other.public_id}, follow_redirects=True)
    assert "redan kodade" in said.text
    session.refresh(coded)
    assert coded.codebook_id == book.id
