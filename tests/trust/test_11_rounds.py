"""TRUST 11, 52: rounds are the whole county's, and small numbers wait for publication."""

import pytest
from sqlalchemy.orm import Session

from participation.foundation.permissions import Role
from tests.conftest import SignIn
from tests.factories.questionnaires import make_round
from tests.factories.results import make_closed_round
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.mark.parametrize("part", ["", "/close", "/qr.svg"])
def test_11_a_round_does_not_exist_for_a_coordinator_of_one_organisation(
    sign_in: SignIn, session: Session, county: SmallCounty, part: str
) -> None:
    survey_round = make_round(session)
    session.commit()
    narrow = sign_in(Role.COORDINATOR, name="Lina Lokalsson", organisation=county.region)
    address = f"/questionnaires/rounds/{survey_round.public_id}{part}"
    assert narrow.get(address).status_code == 404
    wide = sign_in(Role.COORDINATOR, name="Ebba Demolund")
    assert wide.get(address).status_code == 200


def test_52_a_closed_round_with_few_answers_does_not_tell_how_few(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    survey_round = make_closed_round(session, often=2, seldom=1)
    session.commit()
    page = as_coordinator.page(f"/questionnaires/rounds/{survey_round.public_id}")
    assert "färre än 5 svar" in page.lower()
    assert "3 svar" not in page
