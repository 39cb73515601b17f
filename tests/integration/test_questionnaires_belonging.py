"""A round belongs to an activity, a commitment or an audit, and each leads to the other."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.questionnaires.models import SurveyRound
from tests.factories.activities import make_activity
from tests.factories.audits import make_audit
from tests.factories.commitments import make_commitment
from tests.factories.questionnaires import make_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


def _subjects(session: Session, county: SmallCounty) -> dict[str, Any]:
    return {
        "activity": make_activity(session, county.region, title="Fokusgrupp om hemgång"),
        "commitment": make_commitment(session, county.group, title="Kortare väntan i telefon"),
        "audit": make_audit(session, county.unit, title="Hur är det på boendet?"),
    }


@pytest.mark.parametrize("kind", ["activity", "commitment", "audit"])
def test_it_is_chosen_in_the_form_and_both_pages_lead_to_each_other(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, kind: str
) -> None:
    subject = _subjects(session, county)[kind]
    before = make_round(session)
    public_id, title = subject.public_id, subject.title
    here = f"/questionnaires/{before.version.questionnaire.public_id}/rounds/new"
    session.commit()
    assert title in as_coordinator.page(here)
    typed = {
        "wave_label": "2027",
        "opens_on": "2027-01-11",
        "closes_on": "2027-01-29",
        "mode": "confidential",
        "audience": ["patient"],
        "subject": f"{kind}:{public_id}",
    }
    as_coordinator.submit(here, typed)
    made = session.scalars(select(SurveyRound).where(SurveyRound.wave_label == "2027")).one()
    session.commit()
    place = {
        "activity": f"/activities/{public_id}/overview",
        "commitment": f"/commitments/{public_id}",
        "audit": f"/audits/{public_id}",
    }[kind]
    page = as_coordinator.page(f"/questionnaires/rounds/{made.public_id}")
    assert f'href="{place}"' in page
    assert "Stöd i vardagen 2027" in as_coordinator.page(place)


def test_what_cannot_be_chosen_is_refused_and_nothing_is_made(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    before = make_round(session)
    here = f"/questionnaires/{before.version.questionnaire.public_id}/rounds/new"
    session.commit()
    typed = {
        "wave_label": "2027",
        "opens_on": "2027-01-11",
        "closes_on": "2027-01-29",
        "mode": "",
        "audience": ["patient"],
        "subject": "activity:nosuchthing1",
    }
    page = as_coordinator.submit(here, typed).text
    assert "Välj hur svaren skyddas" in page  # nothing is chosen beforehand
    assert len(session.scalars(select(SurveyRound.id)).all()) == 1


def test_the_list_says_whose_and_leaves_out_what_is_long_over(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    subjects = _subjects(session, county)
    subjects["activity"].starts_at -= timedelta(days=400)
    before = make_round(session)
    here = f"/questionnaires/{before.version.questionnaire.public_id}/rounds/new"
    whose = subjects["commitment"].owed_by_name("sv")
    session.commit()
    page = as_coordinator.page(here)
    assert "Fokusgrupp om hemgång" not in page
    offered = re.findall(r'<option value="(\w+):\w+">([^<]*)', page)
    assert [kind for kind, _words in offered] == ["audit", "commitment"]  # by their words
    assert f"Kortare väntan i telefon ({whose})" in offered[1][1]
    assert page.index('name="mode"') < page.index("ms-disclose") < page.index('name="series_key"')
