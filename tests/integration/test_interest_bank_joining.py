"""Joining the interest bank: four steps, one mail, one press."""

import re
from datetime import timedelta
from html import unescape
from typing import cast

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import LoginSession
from participation.foundation.clock import frozen_at, now
from participation.foundation.outbox.models import OutboxMail
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.services import (
    confirm_membership,
    forget_unconfirmed,
    sign_up,
)
from tests.factories.interest_bank import make_member, make_profile
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

JOIN = "/interest-bank/join"


def typed_of(html: str) -> str:
    """What the page carries in its hidden field."""
    found = re.search(r'name="typed" value="([^"]*)"', html)
    assert found is not None
    return unescape(found[1])


def walk(client: CheckingClient, county: SmallCounty, **last: object) -> tuple[int, str]:
    """All four steps as a browser sends them; the last page's status and address or HTML."""
    steps: list[dict[str, object]] = [
        {"roles": ["patient", "next_of_kin"], "birth_year": "1980"},
        {"areas": [str(county.area.id)], "experience_text": "Två år av väntan", "agrees": "y"},
        {"ways": ["on_site"], "languages": ["sv"], "needs_text": "", "yearly_ceiling": "3"},
        {
            "name": "Tuva",
            "email": "tuva@example.org",
            "phone": "",
            "preferred_contact": "email",
            "municipality_code": "0880",
            "gender": "woman",
            "gender_text": "",
            **last,
        },
    ]
    typed = ""
    for number, fields in enumerate(steps, start=1):
        response = client.submit(JOIN, {"step": str(number), "typed": typed, **fields})
        html = response.get_data(as_text=True)
        if response.status_code == 303:
            return 303, response.headers["Location"]
        if number < 4:
            typed = typed_of(html)
    return response.status_code, html


def mails(session: Session) -> list[OutboxMail]:
    found = list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))
    session.commit()  # an open reading transaction would keep the application from writing
    return found


def only_member(session: Session) -> BankMember:
    session.expire_all()
    member = session.scalars(select(BankMember)).one()
    session.commit()
    return member


def link_in(mail: OutboxMail) -> str:
    assert mail.text is not None
    found = re.search(r"http://localhost(/\S+)", mail.text)
    assert found is not None
    return found[1]


def test_a_resident_joins_in_four_steps_and_confirms_by_mail(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    assert client.page("/interest-bank")
    assert walk(client, county) == (303, "/interest-bank/check-your-mail")
    client.page("/interest-bank/check-your-mail")
    member = only_member(session)
    assert (member.state, member.name, member.yearly_ceiling) == ("unconfirmed", "Tuva", 3)
    link = link_in(mails(session)[0])
    for _scanner in range(5):
        client.head(link)
        client.page(link)
    assert only_member(session).state == "unconfirmed"
    assert client.submit(link).headers["Location"] == "/interest-bank/joined"
    client.page("/interest-bank/joined")
    assert only_member(session).state == "active"
    assert only_member(session).confirmed_at is not None
    purposes = session.scalars(select(Consent.purpose).order_by(Consent.purpose)).all()
    session.commit()
    assert purposes == ["experiences", "membership"]
    # A second press is harmless.
    assert client.submit(link).status_code == 303
    assert len(mails(session)) == 2


def test_the_press_that_joins_opens_ones_own_page_without_a_second_mail(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    walk(client, county)
    link = link_in(mails(session)[0])
    client.submit(link)
    assert "Tuva" in client.page("/membership")
    started = session.scalars(select(LoginSession)).one()
    assert (started.account_id, started.is_strong) == (only_member(session).account_id, False)
    # The link is used: whoever finds it later joins nobody and is let in nowhere.
    stranger = cast(CheckingClient, client.application.test_client())
    assert stranger.submit(link).headers.getlist("Set-Cookie") == []
    assert stranger.get("/membership").status_code == 303
    assert session.scalar(select(func.count()).select_from(LoginSession)) == 1


def test_joining_leaves_somebody_else_who_is_signed_in_as_they_are(
    as_coordinator: CheckingClient, client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    walk(client, county)
    answer = as_coordinator.submit(link_in(mails(session)[0]))
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (303, [])
    assert only_member(session).state == "active"
    assert as_coordinator.get("/interest-bank/members").status_code == 200
    assert client.get("/membership").status_code == 303


def test_the_database_holds_no_readable_contact_or_words(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    walk(client, county)
    row = session.connection().exec_driver_sql("SELECT * FROM bank_members").one()
    dump = " ".join(str(value) for value in row)
    for secret in ("Tuva", "tuva@", "väntan"):
        assert secret not in dump


def test_going_back_loses_nothing(client: CheckingClient, county: SmallCounty) -> None:
    first = client.submit(JOIN, {"step": "1", "roles": ["service_user"], "birth_year": "1999"})
    typed = typed_of(first.get_data(as_text=True))
    back = client.submit(
        JOIN,
        {
            "step": "2",
            "typed": typed,
            "back": "1",
            "experience_text": 'Mitt "långa" svar <b> & så 🙂',
        },
    )
    html = back.get_data(as_text=True)
    assert 'value="1999"' in html
    assert re.search(r'value="service_user"[^>]*checked|checked[^>]*value="service_user"', html)
    again = client.submit(
        JOIN,
        {"step": "1", "typed": typed_of(html), "roles": ["patient"], "birth_year": "1999"},
    ).get_data(as_text=True)
    assert "Mitt &#34;långa&#34; svar &lt;b&gt; &amp; så 🙂" in again


def test_errors_stand_at_the_field_and_keep_what_was_typed(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    status, html = walk(client, county, email="tuva.example.org", preferred_contact="")
    assert status == 200
    assert "<title>Fel: " in html
    assert 'value="tuva.example.org"' in html
    assert html.count("Skriv e-postadressen med ett @") == 2
    assert not mails(session)


@pytest.mark.parametrize(
    "odd", ["<script>alert(1)</script>", "مرحبا بالعالم", "🙂🙂🙂", "x" * 5_000, "\u202etxt"]
)
def test_odd_text_is_kept_or_refused_in_words(
    client: CheckingClient, county: SmallCounty, odd: str
) -> None:
    status, answer = walk(client, county, name=odd)
    assert status in {200, 303}
    assert "<script>alert" not in answer


@pytest.mark.parametrize("typed", ["{", "[]", '{"roles": 3}', '{"is_protected": ["1"]}', "x" * 90])
def test_a_tampered_page_starts_over_instead_of_failing(
    client: CheckingClient, county: SmallCounty, session: Session, typed: str
) -> None:
    response = client.submit(JOIN, {"step": "4", "typed": typed, "name": "Tuva"})
    assert response.status_code == 200
    assert session.scalar(select(func.count()).select_from(BankMember)) == 0


def test_experience_without_consent_is_refused(client: CheckingClient, county: SmallCounty) -> None:
    typed = typed_of(
        client.submit(JOIN, {"step": "1", "roles": ["patient"], "birth_year": "1980"}).get_data(
            as_text=True
        )
    )
    html = client.submit(
        JOIN, {"step": "2", "typed": typed, "areas": [str(county.area.id)], "experience_text": ""}
    ).get_data(as_text=True)
    assert "Kryssa i rutan" in html


def test_a_child_is_told_kindly_and_nothing_is_saved(
    client: CheckingClient, session: Session
) -> None:
    html = client.submit(
        JOIN, {"step": "1", "roles": ["patient"], "birth_year": str(now().year - 12)}
    ).get_data(as_text=True)
    assert "under 13" in html
    assert "010-000 00 00" in html
    assert session.scalar(select(func.count()).select_from(BankMember)) == 0


def test_the_answer_is_the_same_for_somebody_already_in_the_bank(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    make_member(session, email="tuva@example.org", name="Tuva Första")
    session.commit()
    assert walk(client, county) == (303, "/interest-bank/check-your-mail")
    member = session.scalars(select(BankMember)).one()
    session.refresh(member)
    assert (member.state, member.name) == ("active", "Tuva Första")
    assert [mail.template for mail in mails(session)] == ["interest_bank/already_member"]


def test_a_new_sign_up_replaces_one_that_was_not_confirmed(
    session: Session, county: SmallCounty
) -> None:
    sign_up(session, "tuva@example.org", make_profile(name="En"), "sv")
    sign_up(session, "Tuva@Example.org", make_profile(name="Två"), "sv")
    assert session.scalars(select(BankMember)).one().name == "Två"
    first, second = (link_in(mail).rsplit("/", 1)[1] for mail in mails(session))
    assert confirm_membership(session, second)[0].name == "Två"
    assert first != second


def test_the_link_shows_whose_sign_up_it_is_and_can_be_refused(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    told = make_profile(name="Någon Annanberg", area_ids=(county.area.id,))
    sign_up(session, "tuva@example.org", told, "sv")
    session.commit()
    link = link_in(mails(session)[0])
    page = client.page(link)
    assert "Någon Annanberg" in page
    assert "1980" in page
    assert county.area.name not in page
    assert f'action="{link}/not-me"' in client.page(
        f"{link}/not-me"
    )  # a language link or a scanner: nothing is refused by reading
    assert only_member(session).state == "unconfirmed"
    refused = client.submit(f"{link}/not-me")
    assert refused.headers["Location"] == "/interest-bank/forgotten"
    client.page("/interest-bank/forgotten")
    member = only_member(session)
    assert (member.state, member.name, member.municipality_code) == ("left", "", None)
    assert client.submit(link).status_code == 410
    assert client.submit(f"{link}/not-me").status_code == 410


def test_a_confirmed_membership_is_not_refused_by_the_old_link(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    walk(client, county)
    link = link_in(mails(session)[0])
    client.submit(link)
    assert client.submit(f"{link}/not-me").status_code == 410
    assert only_member(session).state == "active"


def test_nobodys_mailbox_is_filled(session: Session, county: SmallCounty) -> None:
    for number in range(9):
        sign_up(session, "tuva@example.org", make_profile(name=f"Tuva {number}"), "sv")
    assert len(mails(session)) == 5


def test_a_second_press_sends_no_second_mail_and_the_link_goes_on_working(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    for _press in range(3):
        assert walk(client, county) == (303, "/interest-bank/check-your-mail")
    (mail,) = mails(session)
    assert client.submit(link_in(mail)).headers["Location"] == "/interest-bank/joined"


@pytest.mark.parametrize("year", ["0", "1899", "-5", "2999", "19", "åttiofyra", "1" * 5_000])
def test_an_odd_birth_year_is_refused_in_words(
    client: CheckingClient, county: SmallCounty, year: str
) -> None:
    page = client.submit(JOIN, {"step": "1", "roles": ["patient"], "birth_year": year})
    html = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "Steg 1 av 4" in html
    assert "<title>Fel: " in html


@pytest.mark.parametrize(
    "name", ["Tuva http://spam.example", "<b>Tuva</b>", "Tuva www.spam.example", "a@b.example"]
)
def test_a_name_carries_no_address_into_a_mail(
    client: CheckingClient, county: SmallCounty, session: Session, name: str
) -> None:
    status, html = walk(client, county, name=name)
    assert status == 200
    assert "Skriv bara ett namn" in html
    assert not mails(session)


def test_line_breaks_in_a_name_cannot_reach_a_mails_head(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    walk(client, county, name="Tuva\r\nBcc: x.example.org")
    assert all("\n" not in (mail.subject or "") for mail in mails(session))


def test_another_language_keeps_what_is_typed_in_every_step(
    client: CheckingClient, county: SmallCounty
) -> None:
    first = client.submit(JOIN, {"step": "1", "roles": ["patient"], "birth_year": "1980"})
    english = client.submit(
        f"{JOIN}?lang=en",
        {
            "step": "2",
            "typed": typed_of(first.get_data(as_text=True)),
            "experience_text": "Två år av väntan",
            "language": "en",
        },
    ).get_data(as_text=True)
    assert "What do you know something about?" in english
    assert "Två år av väntan" in english
    assert "<title>Error" not in english
    back = client.submit(JOIN, {"step": "2", "typed": typed_of(english), "back": "1"})
    html = back.get_data(as_text=True)
    assert "Who are you?" in html
    assert 'value="1980"' in html


def test_the_notice_that_was_shown_is_stored_with_the_consent(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    assert walk(client, county, notice="plain", show="easy")[0] == 200
    _status, html = walk(client, county, show="easy")
    assert "IMY" in html
    assert "krypterade" not in html
    assert walk(client, county, notice="easy")[0] == 303
    kinds = set(session.execute(select(Consent.notice_kind, Consent.notice_version)).all())
    session.commit()
    assert kinds == {("easy", "2026-11")}
    for kind in ("plain", "easy", "child", "guardian"):
        client.page(f"/interest-bank/your-information/2026-11/{kind}")
    assert client.get("/interest-bank/your-information/2019-01/plain").status_code == 404
    assert client.get("/interest-bank/your-information/2026-11/legal").status_code == 404


def test_more_than_a_meeting_and_an_interpreters_language_can_be_told(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    typed = typed_of(
        client.submit(JOIN, {"step": "1", "roles": ["patient"], "birth_year": "1980"}).get_data(
            as_text=True
        )
    )
    told = {"ways": ["on_site"], "needs": ["interpreter"], "assignments": ["audit", "panel"]}
    html = client.submit(JOIN, {"step": "3", "typed": typed, **told}).get_data(as_text=True)
    assert "Skriv vilket språk du vill ha" in html
    html = client.submit(
        JOIN, {"step": "3", "typed": typed, **told, "interpreter_language": "thailändska"}
    ).get_data(as_text=True)
    assert "Steg 4 av 4" in html


def test_an_old_link_says_so(client: CheckingClient, county: SmallCounty, session: Session) -> None:
    with frozen_at(now() - timedelta(days=8)):
        sign_up(session, "tuva@example.org", make_profile(), "sv")
        session.commit()
    response = client.submit(link_in(mails(session)[0]))
    assert response.status_code == 410
    assert client.get("/interest-bank/confirm/guessed").status_code == 410


def test_sign_ups_never_confirmed_are_forgotten(session: Session, county: SmallCounty) -> None:
    with frozen_at(now() - timedelta(days=15)):
        sign_up(session, "tuva@example.org", make_profile(area_ids=(county.area.id,)), "sv")
    assert forget_unconfirmed(session) == 1
    member = session.scalars(select(BankMember)).one()
    assert (member.state, member.name, member.birth_year) == ("left", "", None)
    assert session.scalar(select(func.count()).select_from(Consent)) == 0
