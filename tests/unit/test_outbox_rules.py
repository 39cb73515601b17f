"""The outbox's pure rules and the bytes of a message."""

import email
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.foundation.outbox.messages import Letter, message_bytes
from participation.foundation.outbox.rules import (
    LONGEST_DELAY,
    MAX_TRIES,
    Attachment,
    checked_recipient,
    delay_before_try,
)

SENDER = "Medskapa <no-reply@example.org>"


def a_letter(**changed: Any) -> Letter:
    fields: dict[str, Any] = {
        "mail_id": 1,
        "public_id": "abc",
        "template": "example",
        "message_id": "<1@example.org>",
        "recipient": "tuva@example.org",
        "subject": "Inbjudan till samtal på torsdag",
        "text": "Hej!\n.\nVälkommen.\n",
        "html": "<p>Hej!</p>",
        "locale": "sv",
        "headers": {},
        "attachments": (),
        "queued_at": datetime(2026, 11, 12, 11, 0, tzinfo=UTC),
        "attempts": 0,
    }
    return Letter(**{**fields, **changed})


def parsed(letter: Letter) -> EmailMessage:
    raw = message_bytes(letter, SENDER)
    return cast(EmailMessage, email.message_from_bytes(raw, policy=default))


def test_waiting_grows_to_a_limit_and_covers_a_night() -> None:
    waits = [delay_before_try(tries, jitter=0.0) for tries in range(1, MAX_TRIES)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_DELAY
    assert sum(waits, timedelta()) > timedelta(hours=8)


def test_waiting_is_spread_so_that_mails_do_not_come_back_together() -> None:
    assert len({delay_before_try(3) for _ in range(20)}) > 1


@pytest.mark.parametrize(
    "address",
    ["a@b.se, c@d.se", "a@b.se\r\nBcc: c@d.se", "A <a@b.se>", "ab.se", "", "a@b@c.se", "a b@c.se"],
)
def test_a_mail_goes_to_exactly_one_bare_address(address: str) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        checked_recipient(address)


def test_a_message_has_both_parts_and_stable_headers() -> None:
    message = parsed(a_letter())
    assert message["Message-ID"] == "<1@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"] == "Inbjudan till samtal på torsdag"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == ["Hej!", ".", "Välkommen."]
    assert message.get_body(("html",)) is not None
    assert message_bytes(a_letter(), SENDER).isascii()


@given(st.text(), st.text())
def test_no_value_adds_a_header_or_a_recipient(subject: str, text: str) -> None:
    message = parsed(a_letter(subject=subject, text=text))
    assert message.get_all("To") == ["tuva@example.org"]
    assert len(message.get_all("Subject") or []) == 1
    assert message["Bcc"] is None
    assert message["Cc"] is None


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",))))
def test_a_header_from_outside_is_one_plain_line_or_refused(value: str) -> None:
    try:
        raw = message_bytes(a_letter(headers={"In-Reply-To": value}), SENDER)
    except ValueError:
        return
    assert f"In-Reply-To: {value}\r\n".encode() in raw


def test_a_long_link_in_a_header_is_not_cut_into_pieces() -> None:
    link = f"<https://example.org/u/{'x' * 200}>"
    raw = message_bytes(a_letter(headers={"List-Unsubscribe": link}), SENDER)
    assert f"List-Unsubscribe: {link}\r\n".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_a_calendar_invitation_is_a_form_of_the_message_itself() -> None:
    invitation = Attachment("m.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n", method="REQUEST")
    parts = [part.get_content_type() for part in parsed(a_letter(attachments=(invitation,))).walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]


def test_a_file_lies_beside_the_message() -> None:
    file = Attachment("råd.pdf", "application/pdf", b"%PDF")
    attached = list(parsed(a_letter(attachments=(file,))).iter_attachments())
    assert [part.get_filename() for part in attached] == ["råd.pdf"]
