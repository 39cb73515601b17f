"""Danger in a free text: flagged, mailed without a word of it, taken, done; the log has it all."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services import grant_role
from participation.coding.models import MaterialText, UrgentContact, UrgentText
from participation.coding.services import forget_material, review_text
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Role
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.services import NewResponse, close_round, store_responses
from tests.conftest import SignIn, make_account
from tests.factories.coding import make_material, texts_of
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

WORRYING = "Jag orkar inte leva längre."


def _text(session: Session) -> MaterialText:
    (text,) = texts_of(session, make_material(session, [WORRYING]))
    session.commit()
    return text


def _flagged(session: Session) -> UrgentText:
    session.expire_all()
    found = session.scalars(select(UrgentText)).one()
    session.commit()
    return found


def test_a_flag_mails_those_responsible_and_the_mail_says_nothing_of_the_text(
    as_coordinator: CheckingClient, session: Session
) -> None:
    text = _text(session)
    here = f"/coding/texts/{text.public_id}/urgent"
    assert "112" in as_coordinator.page(here)
    for _press in range(2):
        as_coordinator.submit(here)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "coding/urgent")).all()
    assert len(mails) == len(session.scalars(select(Account.id)).all()) == 1
    assert "orkar" not in f"{mails[0].subject} {mails[0].text}"
    assert _flagged(session).state == "new"
    assert "någon kan vara i fara" in as_coordinator.page("/start")


def test_it_is_taken_finished_and_logged(as_coordinator: CheckingClient, session: Session) -> None:
    text = _text(session)
    as_coordinator.submit(f"/coding/texts/{text.public_id}/urgent")
    here = f"/coding/urgent/{_flagged(session).public_id}"
    assert WORRYING in as_coordinator.page(here)
    as_coordinator.submit(f"{here}/take")
    assert _flagged(session).state == "taken"
    assert "Välj vad som hände" in as_coordinator.submit(f"{here}/done", {"outcome": ""}).text
    as_coordinator.submit(f"{here}/done", {"outcome": "handed_over", "note": "Ringde 112."})
    assert _flagged(session).state == "done"
    assert "Ringde 112." in as_coordinator.page(here)
    actions = set(session.scalars(select(EventLogEntry.action)))
    assert {f"urgent_text_{what}" for what in ("flagged", "read", "taken", "done")} <= actions


def test_only_those_named_are_mailed(
    as_coordinator: CheckingClient, session: Session, sign_in: SignIn
) -> None:
    sign_in(Role.COORDINATOR, name="Ove Provling")
    text = _text(session)
    ove = next(a for a in session.scalars(select(Account)) if a.display_name == "Ove Provling")
    public_id, address, number = ove.public_id, ove.email, ove.id
    session.commit()
    as_coordinator.submit("/coding/urgent", {"people": [public_id]})
    assert session.scalars(select(UrgentContact.account_id)).all() == [number]
    session.commit()
    as_coordinator.submit(f"/coding/texts/{text.public_id}/urgent")
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "coding/urgent"))
    assert [mail.recipient for mail in mails] == [address]


def test_when_nobody_named_is_coordinator_any_more_every_coordinator_is_mailed(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    text = _text(session)
    left = make_account(session, "Ove Provling")
    grant_role(session, left, Role.COORDINATOR, organisation=county.torsas)
    session.add(UrgentContact(account_id=left.id))
    session.commit()
    assert "Ove Provling" not in as_coordinator.page("/coding/urgent")
    as_coordinator.submit(f"/coding/texts/{text.public_id}/urgent")
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "coding/urgent"))
    assert [mail.recipient for mail in mails] == ["ebba.demolund@example.org"]


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (Mode.ANONYMOUS, "Omgången är anonym"),
        (Mode.CONFIDENTIAL, "Svaren ligger skilda från namn"),
        (Mode.NAMED, "Se vem som skrev det"),
    ],
)
def test_an_anonymous_answer_stays_anonymous_and_a_named_one_leads_to_its_writer(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, mode: Mode, said: str
) -> None:
    survey_round = make_round(session, mode=mode)
    answer = NewResponse(answers={"role": "me"}, texts={"difference": WORRYING}, name="Åsa Prov")
    store_responses(session, survey_round, [answer])
    close_round(session, round_by_id(session, survey_round.id), SYSTEM)
    text = session.scalars(select(MaterialText)).one()
    session.commit()
    as_coordinator.submit(f"/coding/texts/{text.public_id}/urgent")
    page = as_coordinator.page(f"/coding/urgent/{_flagged(session).public_id}")
    assert said in page
    assert "Åsa Prov" not in page


def test_a_flag_goes_with_the_text_that_is_taken_back(
    as_coordinator: CheckingClient, session: Session
) -> None:
    text = _text(session)
    as_coordinator.submit(f"/coding/texts/{text.public_id}/urgent")
    forget_material(session, text.source_ref)
    session.commit()
    assert session.scalars(select(UrgentText.id)).all() == []
    assert "Ingen text är flaggad" in as_coordinator.page("/coding/urgent")


def test_whoever_may_not_code_the_material_finds_nothing_to_flag(
    as_coordinator: CheckingClient, session: Session, sign_in: SignIn, county: SmallCounty
) -> None:
    text = _text(session)
    as_coordinator.submit(f"/coding/texts/{text.public_id}/urgent")
    narrow = sign_in(Role.COORDINATOR, name="Ove Provling", organisation=county.torsas)
    assert narrow.get(f"/coding/texts/{text.public_id}/urgent").status_code == 404
    assert "Ingen text är flaggad" in narrow.page("/coding/urgent")
    assert narrow.submit("/coding/urgent", {"people": []}).status_code in {403, 404}


def test_a_text_that_nobody_has_read_through_opens_for_its_owner_and_those_responsible_only(
    as_coordinator: CheckingClient, session: Session, sign_in: SignIn
) -> None:
    colleague = sign_in(Role.COORDINATOR, name="Ove Provling")
    accounts = {one.display_name: one.id for one in session.scalars(select(Account))}
    material = make_material(session, [WORRYING], owner_account_id=accounts["Ebba Demolund"])
    (text,) = texts_of(session, material)
    session.add(UrgentContact(account_id=accounts["Ebba Demolund"]))
    session.commit()
    here = f"/coding/texts/{text.public_id}/urgent"
    assert colleague.get(here).status_code == colleague.submit(here).status_code == 404
    as_coordinator.submit(here)
    there = f"/coding/urgent/{_flagged(session).public_id}"
    assert WORRYING in as_coordinator.page(there)
    assert colleague.get(there).status_code == 404
    assert "Ingen text är flaggad" in colleague.page("/coding/urgent")
    session.add(UrgentContact(account_id=accounts["Ove Provling"]))
    session.commit()
    assert WORRYING in colleague.page(there)
    assert colleague.get(here).status_code == 404
    session.execute(delete(UrgentContact))
    review_text(session, SYSTEM, text, [])
    session.add(UrgentContact(account_id=accounts["Ebba Demolund"]))
    session.commit()
    assert colleague.get(there).status_code == colleague.get(here).status_code == 200
