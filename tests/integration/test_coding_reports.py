"""A coded material as a report to read, in Word and as a page: read back from the files."""

import io
import re

import docx
import html5lib
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.coding.models import Material, MaterialText
from participation.coding.rules.drafts import MaterialTextDraft
from participation.coding.rules.passages import Mask
from participation.coding.services import apply_code, review_text, take_material
from participation.coding.services.double import draw_sample
from participation.coding.services.exchange import ReportWish, take_out
from participation.coding.services.memos import write_memo
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import make_account
from tests.factories.coding import code_of, make_codebook, make_reviewed_material, texts_of
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

HOSTILE = '<script>alert("x")</script> {{ 7*7 }} =1+1 & så'
ARABIC = "كان علي أن أبدأ من جديد"
NAME = "Viljar Påhittsson"


@pytest.fixture
def coordinator(session: Session, county: SmallCounty) -> Actor:
    account = make_account(session, "Ebba Demolund")
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def colleague(session: Session, county: SmallCounty) -> Actor:
    account = make_account(session, "Örjan Låtsberg")
    session.flush()
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def coded(session: Session, county: SmallCounty, coordinator: Actor, colleague: Actor) -> Material:
    """Seven voices, one of them alone in Torsås, one in Arabic, one that nobody has read."""
    make_codebook(session)
    words = [HOSTILE, ARABIC, f"Jag bad {NAME} om hjälp.", "Samma människa.", "Ingen.", "Nej."]
    material = take_material(
        session,
        title="Enkät <2026>",
        source_kind="round",
        source_public_id="round2026bcd",
        question="Vad hade gjort skillnad?",
        wave_label="2026",
        texts=[
            MaterialTextDraft(
                text=text,
                source_ref=f"voice-{number}",
                respondent_role="next_of_kin",
                municipality_code="0834" if number == 3 else "0880",
                language="ar" if text == ARABIC else "sv",
            )
            for number, text in enumerate([*words, "Oläst text om mig."])
        ],
    )
    for text in texts_of(session, material):
        if text.text.startswith("Oläst"):
            continue
        at = text.text.find(NAME)
        masks = [Mask(start=at, end=at + len(NAME), kind="name")] if at >= 0 else []
        review_text(session, coordinator, text, masks)
        number = 12 if text.text == ARABIC else 1
        for coder in (coordinator, colleague):
            apply_code(session, coder, text, code_of(session, number), start=0, end=len(text.text))
    write_memo(session, coordinator, "Läs om hjälpen.", material=material)
    write_memo(session, colleague, "Smal kod.", code=code_of(session, 12))
    return material


def made(session: Session, actor: Actor, material: Material, kind: str, wish: ReportWish) -> bytes:
    return take_out(
        session, actor, material, file_format=kind, reason="Till styrgruppen.", wish=wish
    ).content


def in_word(content: bytes) -> list[tuple[str, str]]:
    found = docx.Document(io.BytesIO(content)).paragraphs
    return [(one.style.name if one.style else "", one.text) for one in found]


def test_a_word_report_has_themes_and_codes_as_headings_with_their_passages(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    lines = in_word(made(session, coordinator, coded, "docx", ReportWish()))
    headings = [line for line in lines if line[0].startswith(("Title", "Heading"))]
    assert headings == [
        ("Title", "Enkät <2026> – kodade ställen"),
        ("Heading 1", "Sammanhang"),
        ("Heading 2", "1 Börja om från början"),
        ("Heading 1", "Praktiskt"),
        ("Heading 2", "12 Övergångar"),
    ]
    quotes = [words for style, words in lines if style == "Quote"]
    assert sorted(quotes) == sorted(
        [HOSTILE, ARABIC, "Jag bad [namn] om hjälp.", "Samma människa.", "Ingen.", "Nej."]
    )


def test_a_passage_that_two_coded_is_there_once_with_both_numbered_and_nobody_named(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    page = made(session, coordinator, coded, "html", ReportWish(with_memos=True)).decode()
    assert page.count("Ingen.</p>") == 1
    assert page.count("Kodare 1 · Kodare 2") == 6
    assert not re.search("Demolund|Låtsberg|Påhittsson", page)


def test_what_nobody_has_read_through_is_in_no_report(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    for kind in ("docx", "html"):
        content = made(session, coordinator, coded, kind, ReportWish(with_memos=True))
        text = " ".join(w for _s, w in in_word(content)) if kind == "docx" else content.decode()
        assert "Oläst" not in text
        assert "6 texter" in text


def test_a_place_that_too_few_share_is_left_out(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    page = made(session, coordinator, coded, "html", ReportWish()).decode()
    assert page.count("Kalmar") == 5
    assert "Torsås" not in page
    assert page.count("Närstående") == 6


def test_the_page_stands_alone_is_told_in_its_language_and_runs_nothing(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    content = made(session, coordinator, coded, "html", ReportWish()).decode()
    page = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True
    ).parse(content)
    assert page.get("lang") == "sv"
    assert [one.text for one in page.iter("h1")] == ["Enkät <2026> – kodade ställen"]
    assert not list(page.iter("script"))
    assert not list(page.iter("link"))
    assert not list(page.iter("img"))
    assert HOSTILE in ["".join(one.itertext()) for one in page.iter("blockquote")]
    targets = [one.get("href") for one in page.iter("a")]
    ids = {f"#{one.get('id')}" for one in page.iter("h2")}
    assert targets
    assert set(targets) <= ids
    (arabic,) = [one for one in page.iter("blockquote") if one.get("lang") == "ar"]
    assert (arabic.get("dir"), "".join(arabic.itertext())) == ("auto", ARABIC)


def test_arabic_words_run_from_right_to_left_in_word_too(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    content = made(session, coordinator, coded, "docx", ReportWish())
    (arabic,) = [one for one in docx.Document(io.BytesIO(content)).paragraphs if one.text == ARABIC]
    markup = arabic._p.xml
    assert "<w:bidi/>" in markup
    assert "<w:rtl/>" in markup
    assert 'w:bidi="ar"' in markup


def test_memos_come_along_only_when_they_are_asked_for(
    session: Session, coordinator: Actor, colleague: Actor, coded: Material
) -> None:
    text = next(t for t in texts_of(session, coded) if t.text == "Ingen.")
    write_memo(session, coordinator, "Kort men tungt.", text=text)
    write_memo(session, colleague, "Smal kod här.", text=text, code=code_of(session, 1))
    without = made(session, coordinator, coded, "html", ReportWish()).decode()
    asked = made(session, coordinator, coded, "html", ReportWish(with_memos=True)).decode()
    for words in ("Läs om hjälpen.", "Smal kod här.", "Kort men tungt."):
        assert words not in without
        assert asked.count(words) == 1


def test_memos_that_may_tell_of_other_materials_stay(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    other = make_reviewed_material(session, ["En annan röst."])
    (text,) = texts_of(session, other)
    write_memo(session, coordinator, "Om det andra.", material=other)
    write_memo(session, coordinator, "I det andra.", text=text, code=code_of(session, 1))
    write_memo(session, coordinator, "På koden.", code=code_of(session, 1))
    page = made(session, coordinator, coded, "html", ReportWish(with_memos=True)).decode()
    assert "Läs om hjälpen." in page
    for words in ("Om det andra.", "I det andra.", "På koden.", "Smal kod."):
        assert words not in page


def test_one_more_code_with_memos_asks_the_database_no_more_often(
    session: Session, engine: Engine, coordinator: Actor, colleague: Actor, coded: Material
) -> None:
    def asked() -> int:
        session.flush()
        with counted_queries(engine) as queries:
            made(session, coordinator, coded, "html", ReportWish(with_memos=True))
        return len(queries)

    few = asked()
    text = next(t for t in texts_of(session, coded) if t.text == "Ingen.")
    apply_code(session, coordinator, text, code_of(session, 2), start=0, end=3)
    write_memo(session, colleague, "Här.", text=text, code=code_of(session, 2))
    assert asked() == few


def test_code_by_code_the_numbers_lead_and_each_says_its_theme(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    lines = in_word(made(session, coordinator, coded, "docx", ReportWish(arranged="code")))
    assert [words for style, words in lines if style == "Heading 1"] == [
        "1 Börja om från början",
        "12 Övergångar",
    ]
    assert ("Normal", "Tema: Praktiskt") in lines


def test_an_answer_to_a_question_of_its_own_stands_under_the_question(
    session: Session, coordinator: Actor, coded: Material
) -> None:
    for text in texts_of(session, coded):
        text.question = "Vem hjälpte dig?"
    lines = in_word(made(session, coordinator, coded, "docx", ReportWish()))
    assert [style for style, words in lines if words == "Vem hjälpte dig?"] == ["Heading 3"] * 2


def test_what_a_colleague_codes_blind_just_now_is_in_no_report(
    session: Session, coordinator: Actor, colleague: Actor, coded: Material
) -> None:
    read = session.scalars(select(MaterialText.id).where(MaterialText.reviewed_at.is_not(None)))
    assert len(read.all()) == 6
    draw_sample(
        session, coordinator, coded, second_account_id=colleague.account_id or 0, size=6, seed=1
    )
    page = made(session, coordinator, coded, "html", ReportWish()).decode()
    assert "Kodare 2" not in page


def test_a_report_is_taken_out_with_a_reason_that_is_logged(
    as_coordinator: CheckingClient, session: Session, coded: Material
) -> None:
    session.commit()
    address = f"/coding/materials/{coded.public_id}/out"
    refused = as_coordinator.submit(address, {"file_format": "docx", "reason": ""})
    assert refused.status_code == 200
    sent = as_coordinator.submit(
        address, {"file_format": "html", "reason": "Till styrgruppen.", "arranged": "code"}
    )
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert "12 Övergångar" in sent.text
    entry = session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "texts_taken_out")
    ).one()
    assert entry.data["file_format"] == "html"
    assert entry.reason == "Till styrgruppen."
