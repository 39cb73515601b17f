"""A child joins, a guardian answers by a link of their own, and either may change their mind."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.clock import frozen_at, now, today
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM
from participation.interest_bank.models import BankAgePolicy, BankMember, Consent, GuardianApproval
from participation.interest_bank.queries import (
    age_policy,
    may_be_invited,
    membership_to_change,
    minors_among,
)
from participation.interest_bank.services import (
    end_outgrown_approvals,
    forget_unconfirmed,
    let_asks_lapse,
    resume_membership,
    sign_up,
    wake_rested,
    withdraw_membership,
)
from participation.interest_bank.services.profile import NeedsGuardian
from tests.conftest import SignIn
from tests.factories.interest_bank import make_member, make_profile
from tests.integration.test_interest_bank_joining import typed_of
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

JOIN = "/young/join"
CHILD, GUARDIAN = "majken@example.org", "vuxen@example.org"


def born(age: int) -> int:
    return today().year - age


def walk(client: CheckingClient, age: int = 11, **last: object) -> tuple[int, str]:
    """The four steps in a child's words; the last page's status and address or HTML."""
    steps: list[dict[str, object]] = [
        {"birth_year": str(born(age)), "roles": ["patient"]},
        {"experience_text": "Det är tråkigt att vänta.", "agrees": "y"},
        {"ways": ["writing"], "needs": ["companion"], "needs_text": ""},
        {
            "name": "Majken",
            "email": CHILD,
            "guardian_email": GUARDIAN,
            "municipality_code": "0880",
            "gender": "woman",
            "gender_text": "",
            **last,
        },
    ]
    typed = html = ""
    for number, fields in enumerate(steps, start=1):
        response = client.submit(JOIN, {"step": str(number), "typed": typed, **fields})
        html = response.get_data(as_text=True)
        if response.status_code == 303:
            return 303, response.headers["Location"]
        if number < 4:
            typed = typed_of(html)
    return 200, html


def newest_mail(session: Session, template: str) -> OutboxMail:
    session.expire_all()
    mail = session.scalars(
        select(OutboxMail)
        .where(OutboxMail.template == f"interest_bank/{template}")
        .order_by(OutboxMail.id.desc())
    ).first()
    assert mail is not None, template
    session.commit()
    return mail


def templates(session: Session) -> list[str]:
    found = list(session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)))
    session.commit()
    return [name.rpartition("/")[2] for name in found]


def link_in(mail: OutboxMail) -> str:
    found = re.search(r"http://localhost(/\S+)", mail.text or "")
    assert found is not None
    return found[1]


def state_of(session: Session) -> str:
    session.expire_all()
    state = session.scalars(select(BankMember.state)).one()
    session.commit()
    return state


def approval(session: Session) -> GuardianApproval:
    session.expire_all()
    found = session.scalars(select(GuardianApproval).order_by(GuardianApproval.id.desc())).first()
    session.commit()
    assert found is not None
    return found


@pytest.fixture
def asked(client: CheckingClient, county: SmallCounty, session: Session) -> str:
    """The guardian's link, after the child has confirmed the child's own address."""
    assert walk(client) == (303, "/young/check-your-mail")
    client.submit(link_in(newest_mail(session, "confirm")))
    return link_in(newest_mail(session, "guardian_asked"))


def test_nobody_is_mailed_before_the_child_has_confirmed(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    client.page("/young")
    assert walk(client) == (303, "/young/check-your-mail")
    client.page("/young/check-your-mail")
    assert templates(session) == ["confirm"]
    assert state_of(session) == "unconfirmed"
    confirmed = client.submit(link_in(newest_mail(session, "confirm")))
    assert confirmed.headers["Location"] == "/young/waiting"
    client.page("/young/waiting")
    assert templates(session) == ["confirm", "guardian_asked"]
    assert state_of(session) == "awaiting"
    mail = newest_mail(session, "guardian_asked")
    assert mail.recipient == GUARDIAN
    assert "Det är tråkigt" not in (mail.text or "")
    kinds = session.scalars(select(Consent.notice_kind)).all()
    session.commit()
    assert set(kinds) == {"child"}


def test_a_guardian_says_yes_and_the_child_is_in(
    client: CheckingClient, asked: str, session: Session
) -> None:
    for _scanner in range(3):
        client.head(asked)
        page = client.page(asked)
    assert "Majken" in page
    assert "Det är tråkigt" not in page
    assert "Patient" not in page
    assert state_of(session) == "awaiting"
    assert client.submit(asked).headers["Location"] == "/guardian/approved"
    client.page("/guardian/approved")
    assert state_of(session) == "active"
    answered = approval(session)
    assert (answered.state, answered.guardian_email) == ("approved", None)
    assert answered.notice_version == "2026-11"
    assert templates(session)[2:] == ["guardian_thanks", "guardian_said_yes"]
    # A second press, and a look at the old link, are harmless.
    assert client.submit(asked).headers["Location"] == "/guardian/approved"
    assert client.get(asked).headers["Location"] == "/guardian/approved"
    assert len(templates(session)) == 4
    actions = session.scalars(select(EventLogEntry.action).order_by(EventLogEntry.id)).all()
    session.commit()
    assert actions == ["guardian_asked", "guardian_approved"]


def test_a_guardian_says_no_and_nothing_is_left(
    client: CheckingClient, asked: str, session: Session
) -> None:
    assert client.submit(asked, {"no": "1"}).headers["Location"] == "/guardian/refused"
    client.page("/guardian/refused")
    assert state_of(session) == "left"
    assert newest_mail(session, "guardian_said_no").recipient == CHILD
    session.expire_all()
    assert session.scalars(select(GuardianApproval)).all() == []
    member = session.scalars(select(BankMember)).one()
    assert (member.name, member.birth_year, member.experience_text) == ("", None, None)
    session.commit()
    assert client.get(asked).status_code == 410
    assert client.submit(asked).status_code == 410


def test_a_yes_taken_back_lets_the_membership_rest_until_another_yes(
    client: CheckingClient, asked: str, session: Session, sign_in: SignIn
) -> None:
    client.submit(asked)
    receipt = link_in(newest_mail(session, "guardian_thanks"))
    client.page(receipt)
    assert state_of(session) == "active"
    assert client.submit(receipt).headers["Location"] == "/guardian/withdrawn"
    client.page("/guardian/withdrawn")
    assert state_of(session) == "paused"
    assert "guardian_took_back" in templates(session)
    assert client.submit(receipt).status_code == 410
    assert client.get(receipt).status_code == 410
    with frozen_at(now() + timedelta(days=400)):
        assert wake_rested(session) == 0
    member = session.scalars(select(BankMember)).one()
    with pytest.raises(NeedsGuardian):
        resume_membership(session, SYSTEM, member)
    assert may_be_invited(session, [member.id]) == set()
    session.rollback()
    child = sign_in(None, name="Majken")
    assert child.submit("/membership/resume").headers["Location"] == "/membership/guardian"
    assert "Den vuxna vill inte längre" in child.page("/membership/guardian")
    child.submit("/membership/guardian", {"guardian_email": "annan@example.org"})
    client.submit(link_in(newest_mail(session, "guardian_asked")))
    assert state_of(session) == "active"
    assert "En vårdnadshavare sa ja" in child.page("/membership/agreed")


def test_the_child_may_ask_somebody_else_or_stop(
    client: CheckingClient, asked: str, session: Session, sign_in: SignIn
) -> None:
    child = sign_in(None, name="Majken")
    assert "Vi skrev till" in child.page("/membership")
    same = child.submit("/membership/guardian", {"guardian_email": CHILD.upper()})
    assert "inte din" in same.get_data(as_text=True)
    assert "MAJKEN@" in same.get_data(as_text=True)
    again = child.submit("/membership/guardian", {"guardian_email": "annan@example.org"})
    assert again.status_code == 303
    assert client.submit(asked).status_code == 410  # the link before works no more
    assert newest_mail(session, "guardian_asked").recipient == "annan@example.org"
    assert child.submit("/membership/guardian/stop").headers["Location"] == "/interest-bank/left"
    assert state_of(session) == "left"
    assert approval(session).guardian_email is None


def test_silence_erases_the_sign_up_and_the_child_is_told(
    client: CheckingClient, asked: str, session: Session
) -> None:
    with frozen_at(now() + timedelta(days=15)):
        assert client.submit(asked).status_code == 410
        assert client.get(asked).status_code == 410
        assert let_asks_lapse(session) == 1
        session.commit()
    assert state_of(session) == "left"
    assert templates(session)[-1] == "guardian_silent"


def test_growing_past_the_age_ends_the_need(
    client: CheckingClient, asked: str, session: Session
) -> None:
    client.submit(asked)
    receipt = link_in(newest_mail(session, "guardian_thanks"))
    assert end_outgrown_approvals(session) == 0
    with frozen_at(now() + timedelta(days=3 * 366)):
        assert end_outgrown_approvals(session) == 1
        session.commit()
        member = session.scalars(select(BankMember)).one()
        assert may_be_invited(session, [member.id]) == {member.id}
        session.commit()
        assert client.submit(receipt).status_code == 410
    assert state_of(session) == "active"


def test_from_thirteen_nobody_else_is_asked(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    assert walk(client, age=14) == (303, "/young/check-your-mail")
    done = client.submit(link_in(newest_mail(session, "confirm")))
    assert done.headers["Location"] == "/interest-bank/joined"
    assert templates(session) == ["confirm", "welcome"]
    member = session.scalars(select(BankMember)).one()
    assert minors_among(session, [member.id]) == {member.id}
    assert may_be_invited(session, [member.id]) == {member.id}


def test_a_grown_up_who_is_missing_or_the_child_itself_is_refused_in_words(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    assert "Skriv e-posten till en vuxen" in walk(client, guardian_email="")[1]
    html = walk(client, guardian_email="Majken@Example.org")[1]
    assert "Skriv den vuxnas egen e-post" in html
    assert "Majken@Example.org" in html
    assert templates(session) == []


def test_somebody_too_young_is_told_kindly_and_nothing_is_saved(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    html = client.submit(
        JOIN, {"step": "1", "birth_year": str(born(4)), "roles": ["patient"]}
    ).get_data(as_text=True)
    assert "Du kan gå med när du blir äldre" in html
    assert session.scalars(select(BankMember)).all() == []


def test_the_grown_ups_form_leads_a_child_on_with_what_was_typed(
    client: CheckingClient, county: SmallCounty
) -> None:
    page = client.submit(
        "/interest-bank/join",
        {"step": "1", "roles": ["patient"], "birth_year": str(born(11))},
    ).get_data(as_text=True)
    assert "En vuxen behöver också säga ja" in page
    on = client.submit(JOIN, {"typed": typed_of(page), "carry": "1"}).get_data(as_text=True)
    assert "Steg 2 av 4" in on
    assert str(born(11)) in typed_of(on)


def test_the_countys_ages_count_for_joining_and_for_inviting(
    client: CheckingClient, county: SmallCounty, session: Session
) -> None:
    older = make_member(session, name="Elis Provstig", birth_year=born(15))
    assert may_be_invited(session, [older.id]) == {older.id}
    session.add(BankAgePolicy(layer="x", youngest=12, guardian_below=16, is_current=True))
    session.commit()
    assert age_policy(session).guardian_below == 16
    assert may_be_invited(session, [older.id]) == set()
    session.commit()
    assert "Du måste vara 12 år" in client.page("/young")
    assert "guardian_email" in walk(client, age=14, email="")[1]


def test_two_links_of_different_purpose_are_never_the_same(
    client: CheckingClient, asked: str, session: Session
) -> None:
    token = asked.rpartition("/")[2]
    assert client.get(f"/guardian/withdraw/{token}").status_code == 410
    assert client.get(f"/interest-bank/confirm/{token}").status_code == 410
    client.submit(asked)
    receipt = link_in(newest_mail(session, "guardian_thanks")).rpartition("/")[2]
    assert client.get(f"/guardian/{receipt}").status_code == 410


def test_an_address_of_a_guardian_is_encrypted_and_goes_with_a_forgotten_sign_up(
    session: Session, county: SmallCounty
) -> None:
    with frozen_at(now() - timedelta(days=20)):
        profile = make_profile(birth_year=born(11))
        sign_up(session, CHILD, profile, "sv", guardian_email=GUARDIAN)
    row = session.connection().exec_driver_sql("SELECT * FROM bank_guardian_approvals").one()
    assert "vuxen" not in " ".join(str(value) for value in row)
    assert forget_unconfirmed(session) == 1
    assert session.scalars(select(GuardianApproval)).all() == []


def test_a_child_who_leaves_takes_the_approval_along(
    client: CheckingClient, asked: str, session: Session
) -> None:
    client.submit(asked)
    receipt = link_in(newest_mail(session, "guardian_thanks"))
    session.expire_all()
    member = membership_to_change(session, session.scalars(select(BankMember.account_id)).one())
    withdraw_membership(session, SYSTEM, member)
    session.commit()
    assert client.get(receipt).status_code == 410


SENTENCE = re.compile(r"[^.!?]+[.!?]")
LONGEST_SENTENCE = 14  # words
HIGHEST_LIX = 28  # below 30: as children's books


def lix(text: str) -> float:
    """Words per sentence plus the share of words longer than six letters, in per cent.

    Source: Björnsson, Läsbarhet (1968).
    """
    words = re.findall(r"[a-zåäöéA-ZÅÄÖ]+", text)
    sentences = max(1, len(re.findall(r"[.!?]", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def readable(html: str) -> str:
    """The words of the page's own part, one sentence per element."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r"<(select|progress)[\s\S]*?</\1>", "", main)
    main = re.sub(r"</(p|li|h1|h2|label|legend|summary|button)>", ". ", main)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))
    return re.sub(r"([.!?:])( ?\.)+", r"\1", text)


@pytest.mark.parametrize(
    "address",
    [
        "/young",
        "/young/join",
        "/young/check-your-mail",
        "/young/waiting",
        "/interest-bank/your-information/2026-11/child",
        "/interest-bank/your-information/2026-11/easy",
    ],
)
def test_the_childrens_pages_are_short_and_easy(
    client: CheckingClient, county: SmallCounty, address: str
) -> None:
    text = readable(client.page(address))
    assert lix(text) <= HIGHEST_LIX, f"LIX {lix(text):.0f}: {text}"
    longest = max(SENTENCE.findall(text), key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= LONGEST_SENTENCE + 4, longest


def test_nobody_restarts_a_sign_up_that_the_child_has_confirmed(
    client: CheckingClient, asked: str, session: Session
) -> None:
    assert walk(client) == (303, "/young/check-your-mail")
    assert templates(session)[-1] == "already_member"
    assert state_of(session) == "awaiting"
    assert client.submit(asked).headers["Location"] == "/guardian/approved"
