"""Suggestions from a coder's own codes: when they come, what they never do, and how they go."""

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy import text as sql
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import Account, RoleAssignment
from participation.coding.jobs import LearnFromCodes
from participation.coding.models import (
    Code,
    Codebook,
    CodeModel,
    Excerpt,
    Material,
    MaterialText,
    TextState,
    Theme,
)
from participation.coding.providers import CoderData
from participation.coding.queries.learning import learners_due, learnt, lesson, suggestions
from participation.coding.services import apply_code, forget_material, mask_passage
from participation.coding.services.double import draw_sample
from participation.coding.services.learning import decline_code, keep_model
from participation.foundation.clock import now
from participation.foundation.permissions import Actor, Grant, Role
from tests.conftest import make_account
from tests.factories.coding import code_of, make_codebook, make_material, make_reviewed_material
from tests.factories.coding import texts_of as texts_of_material
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.jobs import Quiet

WAITING = [f"Jag fick vänta {n} veckor på en telefontid" for n in range(22)]
OTHER = [f"Bussen till möte nummer {n} går aldrig hem" for n in range(22)]
NEW = "Jag fick vänta 99 veckor på en telefontid"


@pytest.fixture
def material(session: Session, county: SmallCounty, as_coordinator: CheckingClient) -> Material:
    """The coordinator has coded what is about waiting with 1 and the rest with 2."""
    make_codebook(session)
    made = make_reviewed_material(session, [*WAITING, *OTHER, NEW])
    for text in texts_of_material(session, made):
        if text.text != NEW:
            code = code_of(session, 1 if "vänta" in text.text else 2)
            apply_code(session, coder(session), text, code, start=0, end=len(text.text))
    session.commit()
    return made


def coder(session: Session) -> Actor:
    accounts = session.scalars(select(Account).order_by(Account.id))
    account = next(one for one in accounts if one.display_name == "Ebba Demolund")
    return Actor(account_id=account.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)


def text_with(session: Session, words: str) -> MaterialText:
    return session.scalars(select(MaterialText).where(MaterialText.text == words)).one()


def teach(session: Session, sessions: sessionmaker[Session]) -> None:
    session.commit()
    LearnFromCodes().run(sessions, Quiet())
    session.expire_all()


def suggested(session: Session, material: Material, actor: Actor) -> list[int]:
    known = learnt(session, actor, material.codebook_id)
    text = text_with(session, NEW)
    return [one.number for one in suggestions(session, known, [text]).get(text.id, [])]


def models(session: Session) -> int:
    return session.scalar(select(func.count(CodeModel.id))) or 0


def test_a_suggestion_says_how_often_it_was_right_and_is_put_only_by_hand(
    as_coordinator: CheckingClient,
    session: Session,
    sessions: sessionmaker[Session],
    material: Material,
) -> None:
    teach(session, sessions)
    before = session.scalar(select(func.count(Excerpt.id)))
    text, address = text_with(session, NEW), f"/coding/materials/{material.public_id}"
    session.commit()
    page = as_coordinator.get(address).text
    assert "Förslag: 1 Börja om från början" in page
    assert "Har stämt i 21 av 21 fall" in page
    assert session.scalar(select(func.count(Excerpt.id))) == before
    session.commit()
    as_coordinator.submit(f"/coding/texts/{text.public_id}/code", data={"number": "1"})
    assert "Förslag: 1" not in as_coordinator.get(address).text
    as_coordinator.submit(f"{address}/undo", data={})
    assert "Förslag: 1" in as_coordinator.get(address).text
    as_coordinator.submit(f"/coding/texts/{text.public_id}/decline", data={"number": "1"})
    assert "Förslag: 1" not in as_coordinator.get(address).text


def test_it_learns_from_own_codes_on_texts_that_were_read_through(
    session: Session, sessions: sessionmaker[Session], material: Material
) -> None:
    me = coder(session)
    unread = make_material(session, ["Jag fick vänta, sa Lisa."], question_key="unread")
    (raw,) = texts_of_material(session, unread)
    session.add(
        Excerpt(
            text_id=raw.id,
            code_id=code_of(session, 1).id,
            start=0,
            end=3,
            coder_account_id=me.account_id,
        )
    )
    session.flush()
    (learner,) = learners_due(session)
    assert raw.text not in lesson(session, learner).texts
    teach(session, sessions)
    other = make_account(session, "Otto Annan")
    session.flush()
    outsider = Actor(account_id=other.id, grants=(Grant(Role.COORDINATOR),), is_strong=True)
    assert suggested(session, material, me) == [1]
    assert suggested(session, material, outsider) == []
    assert learners_due(session) == []


def test_nothing_is_suggested_where_two_read_blind_or_the_coder_said_no(
    session: Session, sessions: sessionmaker[Session], material: Material
) -> None:
    teach(session, sessions)
    me = coder(session)
    decline_code(session, me, text_with(session, NEW), code_of(session, 1))
    assert suggested(session, material, me) == []
    session.rollback()
    other = make_account(session, "Otto Annan")
    session.flush()
    draw_sample(session, me, material, second_account_id=other.id, size=99)
    assert suggested(session, material, me) == []


@pytest.mark.parametrize("how", ["voice", "words", "person"])
def test_what_was_learnt_goes_with_a_voice_with_hidden_words_and_with_the_coder(
    session: Session, sessions: sessionmaker[Session], material: Material, how: str
) -> None:
    teach(session, sessions)
    assert models(session) == 1
    text, me = text_with(session, WAITING[0]), coder(session)
    if how == "voice":
        forget_material(session, text.source_ref)
    elif how == "words":
        mask_passage(session, me, text, 0, 3)
    else:
        (section,) = CoderData().sections(session, me.account_id or 0)
        assert section.rows[0] == ("1 Börja om från början", "Har stämt i 21 av 21 fall")
        CoderData().erase(session, me.account_id or 0)
    assert models(session) == 0
    assert suggested(session, material, me) == []


@pytest.mark.parametrize("how", ["closed", "erased", "no role"])
def test_nothing_is_learnt_again_from_somebody_who_codes_no_more(
    session: Session, material: Material, how: str
) -> None:
    me = coder(session).account_id or 0
    (learner,) = learners_due(session)
    begun = lesson(session, learner)
    if how == "no role":
        session.execute(
            update(RoleAssignment).where(RoleAssignment.account_id == me).values(revoked_at=now())
        )
    elif how == "closed":
        session.get_one(Account, me).is_active = False
    else:
        session.get_one(Account, me).erased_at = now()
    session.flush()
    assert learners_due(session) == []
    assert not keep_model(session, begun, None)
    assert models(session) == 0


def test_a_book_is_learnt_from_texts_that_were_coded_with_it(
    session: Session, material: Material
) -> None:
    me = coder(session).account_id
    (learner,) = learners_due(session)
    before = lesson(session, learner).texts
    book = Codebook(key="annan", title="Annan")
    session.add(book)
    session.flush()
    theme = Theme(codebook_id=book.id, key="t", name="Tema", position=1)
    session.add(theme)
    session.flush()
    code = Code(codebook_id=book.id, theme_id=theme.id, key="k", number=1, name="Kod")
    beside = make_reviewed_material(session, ["En annan bok", "Lagd åt sidan"], question_key="o")
    beside.codebook_id = book.id
    coded, aside = texts_of_material(session, beside)
    session.add_all([code, TextState(text_id=aside.id, coder_account_id=me, set_aside_at=now())])
    session.flush()
    session.add(Excerpt(text_id=coded.id, code_id=code.id, start=0, end=3, coder_account_id=me))
    session.flush()
    assert lesson(session, learner).texts == before


def test_no_text_goes_between_what_was_learnt_from_it_and_its_being_kept(
    session: Session, sessions: sessionmaker[Session], material: Material
) -> None:
    (learner,) = learners_due(session)
    begun = lesson(session, learner)
    session.commit()
    with sessions() as keeping, sessions() as other:
        assert keep_model(keeping, begun, None)
        is_sqlite = other.get_bind().dialect.name == "sqlite"
        wait = "PRAGMA busy_timeout=5" if is_sqlite else "SET LOCAL lock_timeout='5ms'"
        other.execute(sql(wait))
        with pytest.raises(OperationalError):
            other.execute(delete(MaterialText).where(MaterialText.id == begun.text_ids[0]))
