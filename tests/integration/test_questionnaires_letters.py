"""Letters and text messages: the codes leave in one file, once, and the list is not kept."""

import io
import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.tabular import read_table
from participation.questionnaires.models import AccessToken
from participation.questionnaires.rules.letters import SMS_LENGTH, sms_text
from participation.questionnaires.rules.rounds import Mode
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient

LIST = (
    "Namn;Gata;Mobil\n"
    "Tuva Provgren;Provgatan 1;070-174 06 05\n"
    "Ask Låtsberg;Låtsvägen 2;0701740606\n"
)


def _sent(client: CheckingClient, here: str, kind: str, content: str = LIST) -> bytes:
    file = (io.BytesIO(content.encode()), "lista.csv")
    data = {"kind": kind, "words": "sv", "unit": "", "count": "", "file": file}
    return client.submit(here, data, content_type="multipart/form-data").get_data()


def test_letters_carry_name_code_and_picture_and_only_hashes_stay(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}/letters"
    session.commit()
    page = _sent(as_coordinator, here, "letters").decode()
    codes = re.findall(r'<strong><bdi dir="ltr">([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</bdi>', page)
    assert len(set(codes)) == 2
    assert "Tuva Provgren" in page
    assert page.count("data:image/svg+xml") == 2
    assert len(session.scalars(select(AccessToken.hash)).all()) == 2
    session.commit()
    opened = as_coordinator.get(f"/a/{codes[0]}")
    assert "Stöd i vardagen" in opened.text
    actions = session.scalars(select(EventLogEntry.action)).all()
    assert actions.count("codes_issued") == 1


def test_text_messages_are_short_and_do_not_tell_the_subject(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}/letters"
    session.commit()
    sheet = read_table(_sent(as_coordinator, here, "sms"))
    texts = [line.cells[sheet.headings[1]] for line in sheet.lines]
    assert len(texts) == 2
    numbers = [line.cells[sheet.headings[0]] for line in sheet.lines]
    assert all(re.fullmatch(r"467\d{8}", number) for number in numbers), numbers
    assert all(len(text) <= SMS_LENGTH and "/a/" in text for text in texts)
    assert not any("Stöd" in text for text in texts)


def test_rows_without_a_usable_number_are_named_and_nothing_is_issued(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session)
    here = f"/questionnaires/rounds/{survey_round.public_id}/letters"
    session.commit()
    wrong = "Namn;Mobil\nTuva;0701740605\nAsk;hemma\n"
    assert "rad 3" in _sent(as_coordinator, here, "sms", wrong).decode()
    assert "Välj en lista" in _sent(as_coordinator, here, "sms", "").decode()
    assert session.scalars(select(AccessToken.hash)).all() == []


def test_a_long_address_leaves_out_what_matters_least() -> None:
    address = "https://" + "x" * 80
    text = sms_text(address, "14 dec. 2026", "010-000 00 00")
    assert address in text
    assert len(text) <= SMS_LENGTH


def test_an_anonymous_round_never_puts_a_name_beside_a_code(
    as_coordinator: CheckingClient, session: Session
) -> None:
    survey_round = make_round(session, mode=Mode.ANONYMOUS)
    here = f"/questionnaires/rounds/{survey_round.public_id}/letters"
    session.commit()
    page = as_coordinator.page(here)
    assert "Breven har inga namn" in page
    assert 'type="file"' not in page
    assert "Tuva Provgren" not in _sent(as_coordinator, here, "letters").decode()
    _sent(as_coordinator, here, "sms")
    assert session.scalars(select(AccessToken.hash)).all() == []
