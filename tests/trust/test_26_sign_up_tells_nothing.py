"""TRUST 26: signing up with an address that is known is as much work as with a new one."""

from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.outbox.models import OutboxMail
from participation.interest_bank.models import BankMember, BankNameToken, Consent
from participation.interest_bank.services import sign_up
from tests.factories.interest_bank import make_member, make_profile
from tests.support.county import SmallCounty

KEPT = (Account, BankMember, BankNameToken, Consent, EventLogEntry)


def test_26_a_known_address_is_as_much_writing_and_leaves_nothing(
    engine: Engine, session: Session, county: SmallCounty
) -> None:
    member = make_member(session, name="Tuva Ek")
    known = session.get_one(Account, member.account_id).email
    session.commit()
    written: list[str] = []
    event.listen(
        engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_more: written.append(statement.split()[0]),
    )
    before = [_count(session, table) for table in KEPT]
    written.clear()
    sign_up(session, known, make_profile(name="Tuva Provsson"), "sv")
    session.commit()
    for_known = written.count("INSERT")
    assert [_count(session, table) for table in KEPT] == before
    templates = session.scalars(select(OutboxMail.template)).all()
    assert templates == ["interest_bank/already_member"]
    written.clear()
    sign_up(session, "ny@example.org", make_profile(name="Tuva Provsson"), "sv")
    session.commit()
    assert for_known == written.count("INSERT")
    assert session.get_one(BankMember, member.id).name == "Tuva Ek"


def _count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
