"""The guide: written questions, an order of one's own, another audit's questions."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditQuestion
from participation.audits.rules.guides import THEMES, is_hard, mark_of, written_questions
from participation.audits.rules.states import AuditState
from tests.factories.audits import make_audit_at
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def audit(session: Session, county: SmallCounty) -> Audit:
    found = make_audit_at(session, county.unit, AuditState.AGREED)
    session.commit()
    return found


def guide(session: Session, audit: Audit) -> list[str]:
    session.rollback()
    asked = select(AuditQuestion.text).where(AuditQuestion.audit_id == audit.id)
    found = list(session.scalars(asked.order_by(AuditQuestion.number)))
    session.rollback()
    return found


def test_written_questions_are_short_plain_and_each_has_a_theme_and_a_key_of_its_own() -> None:
    library = written_questions()
    assert {one.theme for one in library} == set(THEMES)
    assert len({one.key for one in library}) == len(library)
    assert not [one.text for one in library if is_hard(one.text) or is_hard(one.easy)]


def test_questions_are_picked_moved_changed_and_never_doubled(
    as_coordinator: CheckingClient, session: Session, audit: Audit
) -> None:
    here = f"/audits/{audit.public_id}/guide"
    nothing = as_coordinator.submit(f"{here}/pick", {"wording": "easy"})
    assert "Välj minst en fråga" in nothing.text
    picked = {"questions": ["say_no", "usual_day"], "wording": "easy"}
    for _twice in range(2):
        as_coordinator.submit(f"{here}/pick", picked)
    assert "2 frågor är tillagda" in as_coordinator.page(here)
    assert guide(session, audit) == ["Hur är en vanlig dag?", "Kan du säga nej?"]
    as_coordinator.submit(f"{here}/1/move/down")
    as_coordinator.submit(f"{here}/1/change", {"text": "Får du säga nej?", "follow_up": ""})
    assert guide(session, audit) == ["Får du säga nej?", "Hur är en vanlig dag?"]
    assert as_coordinator.submit(f"{here}/9/move/up").status_code == 404
    as_coordinator.submit(f"{here}/1/remove", {"was": mark_of("Hur är en vanlig dag?")})
    assert len(guide(session, audit)) == 2, "another question stood there"
    assert "En kollega ändrade guiden" in as_coordinator.page(here)
    meant = {"was": mark_of("Får du säga nej?")}
    assert "Ta bort frågan?" in as_coordinator.submit(f"{here}/1/remove", meant).text
    assert len(guide(session, audit)) == 2, "it is asked first"
    as_coordinator.submit(f"{here}/1/remove", {**meant, "sure": "yes"})
    assert guide(session, audit) == ["Hur är en vanlig dag?"]
    assert as_coordinator.submit(f"{here}/1/move/aside").status_code == 404
    hard = "Upplever du verksamheternas samverkan kring individanpassade insatser ändamålsenlig?"
    as_coordinator.submit(here, {"text": hard})
    assert "säg det enklare" in as_coordinator.page(here)


def test_the_guide_of_another_audit_is_taken_over(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, audit: Audit
) -> None:
    other = make_audit_at(session, county.unit, AuditState.AGREED, title="En äldre")
    session.commit()
    old, new = (f"/audits/{one.public_id}/guide" for one in (other, audit))
    session.rollback()
    as_coordinator.submit(old, {"text": "Hur trivs du?", "follow_up": "Varför?"})
    assert "En äldre" in as_coordinator.page(new)
    as_coordinator.submit(f"{new}/copy", {"audit": other.public_id})
    assert guide(session, audit) == ["Hur trivs du?"]
    unknown = as_coordinator.submit(f"{new}/copy", {"audit": "nothere"})
    assert "Kontrollera" in unknown.text or "Välj" in unknown.text


def test_once_interviews_are_held_the_guide_stands(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    held = make_audit_at(session, county.unit, AuditState.INTERVIEWING)
    session.commit()
    here = f"/audits/{held.public_id}/guide"
    session.rollback()
    assert as_coordinator.get(f"{here}/pick").status_code == 404
    assert as_coordinator.submit(here, {"text": "En till?"}).status_code == 409
