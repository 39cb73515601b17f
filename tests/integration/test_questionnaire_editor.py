"""The editor: what a coordinator sees while writing, and trying a draft without a trace."""

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.files import StoredFile
from participation.foundation.permissions import Role
from participation.questionnaires.models import (
    Questionnaire,
    Response,
    ResponseDraft,
    ResponseText,
)
from participation.questionnaires.queries import versions
from participation.questionnaires.services import import_questionnaire
from tests.conftest import SignIn
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.support.client import CheckingClient


@pytest.fixture
def here(session: Session) -> str:
    found = import_questionnaire(session, questionnaire_data())
    session.commit()
    return f"/questionnaires/{found.public_id}"


def questions(session: Session) -> dict[str, dict[str, object]]:
    found = session.scalars(select(Questionnaire)).one()
    version = versions(session, found.id)[0]
    session.refresh(version)
    session.commit()
    return {question["key"]: question for question in version.content["questions"]}


def test_a_trial_asks_as_the_answering_pages_do_and_keeps_nothing(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    client = as_coordinator
    assert "Provifyllning – inget sparas" in client.page(f"{here}/try")
    first = client.submit(f"{here}/try", {"answers_for": "self"})
    assert "Vem är du?" in first.text
    needed = client.submit(f"{here}/try", {"screen": "role", "state": "{}"})
    assert "Här behöver vi ett svar innan du går vidare" in needed.text
    second = client.submit(f"{here}/try", {"screen": "role", "state": "{}", "q_role": "me"})
    assert "Varifrån kommer stödet?" in second.text
    state = '{"closed": {"role": "me"}, "texts": {}}'
    typed = {"screen": "from_whom", "state": state, "q_from_whom": ["care", "none"]}
    assert "”Inget stöd” går inte" in client.submit(f"{here}/try", typed).text
    skipped = client.submit(f"{here}/try", {**typed, "q_from_whom": "care"})
    assert "Får du vara med?" not in skipped.text
    assert "Jag möts med respekt" in skipped.text
    review = client.submit(f"{here}/try", {"screen": "municipality", "state": state})
    assert "Är dina svar rätt?" in review.text or "Patient" in review.text
    ended = client.submit(f"{here}/try", {"screen": "review", "state": state, "act": "send"})
    assert "Inget sparades" in ended.text
    for table in (Response, ResponseDraft, ResponseText):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_trial_speaks_arabic_from_right_to_left_and_the_coordinator_stays_swedish(
    as_coordinator: CheckingClient, here: str
) -> None:
    assert 'dir="rtl"' in as_coordinator.page(f"{here}/try?in=ar")
    assert "Provifyllning – inget sparas" in as_coordinator.page(f"{here}/try")


def test_a_trial_whose_state_was_meddled_with_begins_anew(
    as_coordinator: CheckingClient, here: str
) -> None:
    for state in ("not json", "[]", '{"closed": {"role": "banana", "visits": [1]}}'):
        page = as_coordinator.submit(f"{here}/try", {"screen": "review", "state": state})
        assert "Ett svar behövs" in page.text


def test_what_is_typed_is_shown_as_a_respondent_sees_it_and_not_saved(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    typed = {"kind": "single", "text": "Hur går det?", "options": "A\nB"}
    before = questions(session)
    seen = as_coordinator.submit(f"{here}/questions/new", {**typed, "show_in": "ar"})
    assert "Inte skriven på det här språket än (العربية)" in seen.text
    page = as_coordinator.submit(f"{here}/questions/new", {**typed, "show_in": "sv"})
    assert page.text.count("Hur går det?") >= 2
    lacking = as_coordinator.submit(
        f"{here}/questions/new", {**typed, "options": "A", "show_in": "sv"}
    )
    assert "minst två svarsalternativ" in lacking.text
    assert questions(session) == before


def test_every_part_of_a_choice_can_be_written(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    typed = {
        "kind": "multiple",
        "text": "Vad hjälpte?",
        "options": "Samtal\nMedicin",
        "other": "Något annat",
        "none": "Inget av detta",
        "offers_dont_know": "y",
        "shuffled": "y",
        "when": "unless",
        "about": "role",
        "pick_role": ["kin"],
    }
    as_coordinator.submit(f"{here}/questions/new", typed)
    made = questions(session)["vad_hjalpte"]
    codes = {option["code"]: option for option in made["options"]}  # type: ignore[attr-defined]
    assert list(codes) == ["samtal", "medicin", "other", "none", "dont_know"]
    assert codes["other"]["text"] == {"sv": "Något annat"}
    assert codes["none"]["text"]["ar"]
    assert codes["dont_know"]["is_exclusive"]
    assert made["relevant"] == "not(${role} = 'kin')"
    assert made["shuffled"] is True
    page = as_coordinator.page(f"{here}/questions/vad_hjalpte")
    assert "Något annat" in page
    again = {**typed, "other": "", "offers_dont_know": ""}
    as_coordinator.submit(f"{here}/questions/vad_hjalpte", again)
    kept = questions(session)["vad_hjalpte"]["options"]
    assert [option["code"] for option in kept] == [  # type: ignore[attr-defined]
        "samtal",
        "medicin",
        "none",
    ]


def test_a_number_on_a_scale_has_decimals_and_a_condition_its_number(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    typed = {"kind": "range", "text": "Hur mycket?", "minimum": "0", "maximum": "2,5", "step": ".5"}
    condition = {"when": "if", "about": "visits", "least": "3", "most": "2"}
    page = as_coordinator.submit(f"{here}/questions/new", {**typed, **condition})
    assert "Det är lägre än ”minst”." in page.text
    as_coordinator.submit(f"{here}/questions/new", {**typed, **condition, "most": ""})
    made = questions(session)["hur_mycket"]
    assert (made["maximum"], made["step"]) == (2.5, 0.5)
    assert made["relevant"] == "${visits} >= 3"
    wrong = as_coordinator.submit(f"{here}/questions/new", {**typed, "minimum": "mycket"})
    assert "Skriv ett tal med siffror" in wrong.text


def order(session: Session) -> list[str]:
    return list(questions(session))


def test_questions_are_moved_copied_removed_and_the_last_change_undone(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    client = as_coordinator
    moved = client.submit(f"{here}/questions/visits/move", {"to": "up"})
    assert moved.headers["Location"].endswith("at=visits&by=up")
    page = client.page(moved.headers["Location"])
    assert "”Hur många besök?” är nummer 4 av 8 nu" in page
    assert page.count("autofocus") == 1
    client.submit(f"{here}/questions/visits/move", {"to": "8"})
    assert order(session)[-1] == "visits"
    refused = client.submit(f"{here}/questions/role/move", {"to": "8"})
    assert "kommer senare" in client.page(refused.headers["Location"])
    client.submit(f"{here}/questions/feelings/copy")
    at = order(session).index("feelings")
    assert order(session)[at + 1] == "feelings_2"
    rows = questions(session)["feelings_2"]["rows"]
    assert [row["key"] for row in rows] == ["respect_2", "reach_2"]  # type: ignore[attr-defined]
    client.submit(f"{here}/questions/feelings_2/remove")
    assert "Ångra senaste ändringen" in client.page(here)
    client.submit(f"{here}/undo")
    assert "feelings_2" in order(session)
    client.submit(f"{here}/undo")
    assert "feelings_2" not in order(session)


def test_after_a_change_one_lands_at_the_question_with_one_message_there(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    client = as_coordinator
    typed = {"kind": "number", "text": "Hur många dagar?", "when": "always"}
    saved = client.submit(f"{here}/questions/visits", typed)
    assert saved.headers["Location"].endswith("?at=visits#question-visits")
    page = client.page(saved.headers["Location"])
    row = page[page.index('<h3 id="question-visits" tabindex="-1">') :]
    assert row.index("Frågan är sparad.") < row.index('<p class="ms-meta">')
    assert page.count("Frågan är sparad.") == 1
    removed = client.submit(f"{here}/questions/role/remove")
    assert removed.headers["Location"].endswith("?at=role#question-role"), "another asks about it"
    assert "uestion-role" in client.page(removed.headers["Location"])
    keys = order(session)
    after = keys[keys.index("visits") + 1]
    removed = client.submit(f"{here}/questions/visits/remove")
    assert removed.headers["Location"].endswith(f"#question-{after}")
    undone = client.submit(f"{here}/undo")
    assert undone.headers["Location"].endswith("#question-visits")


def test_advice_that_was_considered_is_folded_away_and_comes_back_with_new_words(
    as_coordinator: CheckingClient, here: str
) -> None:
    client = as_coordinator
    typed = {"kind": "number", "text": "Hur många besök och samtal?", "when": "always"}
    client.submit(f"{here}/questions/visits", typed)
    page = client.page(here)
    advice = page[page.index("Råd:", page.index("question-visits")) :].split("</p>")[0]
    assert "och" in advice
    mark = {"question": "visits", "code": "two_things"}
    noted = client.submit(f"{here}/considered", mark)
    assert noted.headers["Location"].endswith("#question-visits")
    page = client.page(noted.headers["Location"])
    assert "1 råd övervägt" in page
    assert 'name="again"' in page
    client.submit(f"{here}/considered", mark)
    client.submit(f"{here}/considered", {**mark, "again": "1"})
    assert "1 råd övervägt" not in client.page(here)
    client.submit(f"{here}/considered", mark)
    client.submit(f"{here}/questions/visits", {**typed, "text": "Hur många samtal och brev?"})
    assert "1 råd övervägt" not in client.page(here)
    assert client.submit(f"{here}/considered", {**mark, "code": "zebra"}).status_code == 404
    keys = [key for key in ("feelings", "visits") if f"#question-{key}" in client.page(here)]
    assert keys, "the links at the top lead to the questions with advice"


def test_nobody_takes_back_what_a_colleague_changed(
    as_coordinator: CheckingClient, session: Session, here: str, sign_in: SignIn
) -> None:
    colleague = sign_in(Role.COORDINATOR, name="Ove Provling")
    colleague.submit(f"{here}/questions/visits/remove")
    assert "Ångra senaste ändringen" not in as_coordinator.page(here)
    refused = as_coordinator.submit(f"{here}/undo")
    assert "En kollega gjorde den senaste ändringen" in as_coordinator.page(
        refused.headers["Location"]
    )
    assert "visits" not in order(session)
    colleague.submit(f"{here}/undo")
    assert "visits" in order(session)


def test_a_copy_too_many_is_refused_with_the_reason(
    as_coordinator: CheckingClient, session: Session
) -> None:
    asked = [{"key": f"q{n}", "kind": "number", "text": {"sv": f"{n}?"}} for n in range(200)]
    found = import_questionnaire(session, questionnaire_data(key="lang", questions=asked))
    session.commit()
    refused = as_coordinator.submit(f"/questionnaires/{found.public_id}/questions/q1/copy")
    assert "Fler än 200 frågor" in as_coordinator.page(refused.headers["Location"])


def test_two_tabs_are_noticed_and_nothing_typed_is_lost(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    address = f"{here}/questions/visits"
    read = as_coordinator.page(address).partition('name="read" value="')[2].partition('"')[0]
    typed = {"kind": "number", "text": "Min egen fråga?", "minimum": "0", "read": read}
    as_coordinator.submit(address, {**typed, "text": "Den andra flikens?"})
    noticed = as_coordinator.submit(address, typed)
    assert "”Den andra flikens?” nu" in noticed.text
    assert "Min egen fråga?" in noticed.text
    assert questions(session)["visits"]["text"] == {"sv": "Den andra flikens?"}
    fresh = noticed.text.partition('name="read" value="')[2].partition('"')[0]
    as_coordinator.submit(address, {**typed, "read": fresh})
    assert questions(session)["visits"]["text"] == {"sv": "Min egen fråga?"}
    as_coordinator.submit(f"{address}/remove")
    gone = as_coordinator.submit(address, {**typed, "read": fresh})
    assert "tagits bort i en annan flik" in gone.text
    assert "Min egen fråga?" in gone.text


def test_a_questionnaire_is_translated_to_finnish_a_little_at_a_time(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    client = as_coordinator
    assert "suomi" in client.page(f"{here}/languages") or "finska" in client.page(
        f"{here}/languages"
    )
    address = f"{here}/translate?to=fi"
    page = client.page(address)
    fields = dict(re.findall(r'<label for="(t_\w+)" lang="sv">([^<]*)</label>', page))
    assert list(fields.values()).count("Ofta") == 1
    texts = {
        name: f"suomi {words}" for name, words in fields.items() if words != "Hur många besök?"
    }
    client.submit(address, texts)
    said = questions(session)
    assert said["role"]["text"] == {"sv": "Vem är du?", "fi": "suomi Vem är du?"}
    assert "fi" not in said["visits"]["text"]
    assert "1 text saknas" in client.page(f"{here}/languages")
    tried = client.submit(f"{here}/try?in=fi", {"screen": "feelings", "state": "{}"})
    assert "Frågan finns inte på finska än" in tried.text
    assert 'lang="sv" dir="ltr"' in tried.text
    rest = client.page(f"{address}&missing=1")
    left = re.findall(r'<label for="(t_\w+)" lang="sv">([^<]*)</label>', rest)
    assert [words for _name, words in left] == ["Hur många besök?"]
    assert client.get(f"{here}/translate?to=banana").status_code == 404


def test_an_answer_page_speaks_a_language_that_only_the_questions_have(
    client: CheckingClient, session: Session
) -> None:
    data = questionnaire_data()
    for words in [data["title"], *(question["text"] for question in data["questions"])]:
        words["fi"] = f"suomi {words['sv']}"
    for row in data["questions"][3]["rows"]:
        row["text"]["fi"] = "suomi"
    made = make_round(session, data)
    session.commit()
    assert "suomi Stöd i vardagen" in client.page(f"/q/{made.slug}?lang=fi")
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.page(f"/q/{made.slug}"))
    assert token
    data = {"csrf_token": token[1], "answers_for": "self"}
    started = client.post(f"/q/{made.slug}/start?lang=fi", data=data)
    first = client.page(started.headers["Location"])
    assert "suomi Vem är du?" in first
    assert 'lang="fi" dir="ltr"' in first


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 28 + b"IEND\xaeB`\x82"
WAV = b"RIFF\x28\0\0\0WAVEfmt \x10\0\0\0" + b"\1" * 16 + b"data\4\0\0\0" + b"\7" * 4


def test_a_question_has_a_picture_in_words_and_a_sound_that_players_can_jump_in(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    client = as_coordinator
    at = f"{here}/questions/visits"
    picture = {"picture": (BytesIO(PNG), "kalender.png"), "alt": ""}
    assert "Beskriv bilden" in client.submit(f"{at}/picture", picture).text
    fake = {"picture": (BytesIO(b"<svg onload=alert(1)>"), "k.png"), "alt": "En kalender"}
    assert "går inte att visa" in client.submit(f"{at}/picture", fake).text
    whole = {"picture": (BytesIO(PNG), "kalender.png"), "alt": "En kalender"}
    assert client.submit(f"{at}/picture", whole).status_code == 303
    sound = {"sound": (BytesIO(WAV), "fraga.wav"), "language": "sv"}
    assert client.submit(f"{at}/sound", sound).status_code == 303
    state = '{"closed": {"role": "me"}}'
    tried = client.submit(f"{here}/try", {"screen": "feelings", "state": state}).text
    assert 'alt="En kalender"' in tried
    assert "<audio" in tried
    file = re.search(r'<audio[^>]* src="(/m/\w+)"', tried)
    assert file
    part = client.get(file[1], headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data, part.mimetype) == (206, b"RIFF", "audio/wav")
    assert part.headers["X-Content-Type-Options"] == "nosniff"
    assert "media-src 'self'" in client.get(here).headers["Content-Security-Policy"]
    client.submit(f"{at}/media/drop", {"what": "sv"})
    assert "sounds" not in questions(session)["visits"]
    assert client.get(file[1]).status_code == 404
    assert client.get("/m/nosuchfile").status_code == 404
    assert session.scalars(select(StoredFile.media_type)).all() == ["image/png", "audio/wav"]
    session.commit()
    client.submit(f"{here}/publish", {})
    assert session.scalars(select(StoredFile.media_type)).all() == ["image/png"]


def test_an_earlier_answer_is_repeated_escaped_and_only_where_it_was_given(
    as_coordinator: CheckingClient, here: str
) -> None:
    typed = {"kind": "short_text", "text": "Du sa ${from_whom|något}. Hur så?"}
    early = as_coordinator.submit(f"{here}/questions/role", {**typed, "kind": "short_text"})
    assert "”from_whom”, som kommer senare" in early.text
    as_coordinator.submit(f"{here}/questions/new", typed)
    state = '{"closed": {"role": "me", "from_whom": "other"}, "texts": {"from_whom.other": "<i>X"}}'
    at = {"screen": "municipality", "state": state}
    assert "Du sa &lt;i&gt;X. Hur så?" in as_coordinator.submit(f"{here}/try", at).text
    unanswered = {"screen": "municipality", "state": '{"closed": {"role": "me"}}'}
    assert "Du sa något. Hur så?" in as_coordinator.submit(f"{here}/try", unanswered).text


def test_a_group_has_a_heading_and_a_condition_and_questions_step_into_it(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    client = as_coordinator
    at = f"{here}/questions/from_whom/group"
    early = client.submit(at, {"title": "Stöd", "when": "rule", "relevant": "${visits} > 1"})
    assert "kommer senare" in early.text
    client.submit(at, {"title": "Om stödet", "when": "if", "about": "role", "pick_role": ["me"]})
    page = client.page(here)
    assert "Grupp: Om stödet" in page
    assert "visas bara om ”Vem är du?” är ”Patient”" in page
    assert '<input checked class="ds-input" id="pick_role-' in client.page(
        f"{here}/groups/om_stodet"
    )
    joined = client.submit(f"{here}/questions/kin_let_in/move", {"to": "up"})
    assert "i gruppen ”Om stödet”" in client.page(joined.headers["Location"])
    groups = [(key, one.get("group", "")) for key, one in questions(session).items()]
    inside = ["from_whom", "kin_let_in"]
    assert groups[1:4] == [*((key, "om_stodet") for key in inside), ("feelings", "")]
    kin = '{"closed": {"role": "kin"}}'
    skipped = client.submit(f"{here}/try", {"screen": "role", "state": kin, "q_role": "kin"})
    assert "Jag möts med respekt" in skipped.text
    asked = client.submit(f"{here}/try", {"screen": "role", "state": "{}", "q_role": "me"})
    assert "Om stödet" in asked.text
    client.submit(f"{here}/groups/om_stodet/dissolve")
    assert all("group" not in one for one in questions(session).values())
    assert questions(session)["kin_let_in"]["relevant"] == "${role} = 'kin'"


def test_a_question_about_who_answers_that_becomes_a_text_is_about_that_no_longer(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    typed = {"kind": "short_text", "text": "Vilken kommun bor du i?"}
    as_coordinator.submit(f"{here}/questions/municipality", typed)
    after = questions(session)["municipality"]
    assert after["kind"] == "short_text"
    assert not after.get("background")


def test_faces_are_chosen_in_the_editor_and_seen_beside_the_words(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    typed = {"kind": "scale", "text": "Hur är det?", "options": "Bra\nDåligt"}
    seen = as_coordinator.submit(
        f"{here}/questions/new", {**typed, "faces": "glad_first", "show_in": "sv"}
    ).text
    assert seen.count('<svg class="ms-face"') == 2
    assert "</svg><span>Bra</span></label>" in seen
    as_coordinator.submit(f"{here}/questions/new", {**typed, "faces": "glad_first"})
    assert questions(session)["hur_ar_det"]["faces"] == "glad_first"


def test_a_question_tells_the_role_that_each_alternative_stands_for(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    typed = {
        "kind": "single",
        "text": "Vem är du här?",
        "options": "Jag\nMin son",
        "tells_role": "y",
    }
    saved = as_coordinator.submit(f"{here}/questions/new", typed)
    at = f"{here}/questions/vem_ar_du_har"
    assert saved.headers["Location"].endswith("/questions/vem_ar_du_har")
    assert "”Min son” betyder" in as_coordinator.page(at)
    roles = {"role_jag": "patient", "role_min_son": "next_of_kin"}
    changed = {**typed, **roles, "options": "Min dotter\nJag\nNågon annan"}
    as_coordinator.submit(at, {**typed, **roles})
    as_coordinator.submit(at, {**changed, "role_min_son": "next_of_kin"})
    made = questions(session)["vem_ar_du_har"]
    told = {o["text"]["sv"]: o.get("respondent_role", "") for o in made["options"]}  # type: ignore[attr-defined]
    assert (told["Jag"], told["Någon annan"]) == ("patient", "")
    assert made["sets_respondent_role"] is True


def test_who_translates_meets_a_placeholder_and_is_told_when_it_is_lost(
    as_coordinator: CheckingClient, session: Session, here: str
) -> None:
    client = as_coordinator
    typed = {"kind": "long_text", "text": "Du sa ${role|något}. Varför?", "when": "always"}
    client.submit(f"{here}/questions/new", typed)
    address = f"{here}/translate?to=fi"
    page = client.page(address)
    assert "Du sa [svar på fråga 1: något]. Varför?" in page
    assert "${" not in page
    name = page.partition("Du sa [svar på fråga 1")[0].rpartition('for="')[2].partition('"')[0]
    refused = client.submit(address, {name: "Sanoit niin. Miksi?"})
    assert "[svar på fråga 1] saknas: kopiera det från svenskan." in refused.text
    assert "Sanoit niin. Miksi?" in refused.text
    client.submit(address, {name: "Sanoit [svar på fråga 1: jotain]. Miksi?"})
    said = next(one for one in questions(session).values() if "Du sa" in str(one["text"]))["text"]
    assert said["fi"] == "Sanoit ${role|jotain}. Miksi?"  # type: ignore[index]
