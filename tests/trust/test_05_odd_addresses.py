"""TRUST 5, 10, 19: odd addresses get 400, errors carry nobody's words, shared computers nothing."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.factories.coding import make_reviewed_material
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.mark.parametrize(
    "address",
    [
        "/q/a%00b",
        "/you-said-we-did?area=%00",
        "/search?q=%00",
        "/findings/%00",
        "/i/%00",
    ],
)
def test_05_nul_in_an_address_is_a_bad_request(client: CheckingClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_05_a_number_no_column_holds_is_a_bad_request(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    material = make_reviewed_material(session, ["Jag fick vänta."])
    session.commit()
    odd = as_coordinator.get(f"/coding/materials/{material.public_id}?code={10**30}")
    assert odd.status_code == 400


def test_10_an_error_of_the_database_carries_no_value(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("SELECT :secret FROM no_such_table"), {"secret": "Tuvas ord"})
    assert "Tuvas ord" not in str(caught.value)


def test_19_pages_behind_mailed_links_are_not_kept(client: CheckingClient) -> None:
    for address in ("/i/x", "/sign-in/link/x", "/sign-in/invitation/x"):
        assert client.get(address).headers["Cache-Control"] == "no-store", address
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"
