"""When and where the results come: corrected with what was said before, nothing counted anew."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import SYSTEM
from participation.results.services import publish_round
from tests.factories.results import make_closed_round
from tests.support.client import CheckingClient


def test_what_is_said_of_the_results_is_corrected_after_publishing_and_the_old_words_kept(
    session: Session, as_coordinator: CheckingClient, client: CheckingClient
) -> None:
    made = make_closed_round(session, results_on="i mars")
    release = publish_round(session, SYSTEM, made.id)
    session.commit()
    page = f"/questionnaires/rounds/{made.public_id}/results-text"
    as_coordinator.submit(page, {"results_on": "i april, på sidan Du sa – vi gjorde"})
    as_coordinator.submit(page, {"results_on": "i april, på sidan Du sa – vi gjorde"})  # twice
    shown = as_coordinator.page(page)
    assert "Det som har sagts förut" in shown
    assert "i mars" in shown
    assert "i april" in client.page("/q/stod")
    session.expire_all()
    assert [one["texts"] for one in made.results_said] == [{"sv": "i mars"}]
    assert session.scalars(select(Release.hash)).all() == [release.hash]
    actions = session.scalars(select(EventLogEntry.action)).all()
    assert actions.count("results_words_changed") == 1


def test_other_languages_do_not_stand_without_swedish(
    session: Session, as_coordinator: CheckingClient
) -> None:
    made = make_closed_round(session, results_on="i mars")
    session.commit()
    page = f"/questionnaires/rounds/{made.public_id}/results-text"
    answer = as_coordinator.submit(page, {"results_on": "", "results_on_en": "in March"})
    assert "på svenska också" in answer.text
    assert "in March" in answer.text
