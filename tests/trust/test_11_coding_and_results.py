"""TRUST 11: who codes and publishes for one organisation reaches no material but its own."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Codebook, Material
from participation.coding.services.codebooks import use_codebook
from participation.foundation.permissions import Role
from participation.results.models import Finding
from tests.conftest import SignIn
from tests.factories.coding import code_of, make_codebook, make_reviewed_material, texts_of
from tests.factories.results import make_closed_round, make_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


@pytest.fixture
def narrow(sign_in: SignIn, county: SmallCounty) -> CheckingClient:
    return sign_in(Role.COORDINATOR, name="Lina Lokalsson", organisation=county.torsas)


@pytest.fixture
def book(session: Session) -> Codebook:
    return make_codebook(session)


def coded_by(session: Session, book: Codebook, organisation_id: int | None) -> Material:
    found = make_reviewed_material(
        session, organisation_id=organisation_id, source_public_id=f"of{organisation_id}"
    )
    use_codebook(session, found, book)
    session.commit()
    return found


def test_11_the_countys_materials_are_not_among_those_of_one_organisation(
    narrow: CheckingClient, session: Session, book: Codebook, county: SmallCounty
) -> None:
    countys = coded_by(session, book, None)
    own = coded_by(session, book, county.torsas.id)
    listed = narrow.page("/coding")
    assert f"/coding/materials/{own.public_id}" in listed
    assert f"/coding/materials/{countys.public_id}" not in listed
    text = texts_of(session, countys)[0]
    for address in (
        f"/coding/materials/{countys.public_id}",
        f"/coding/materials/{countys.public_id}/review",
        f"/coding/texts/{text.public_id}",
        f"/coding/texts/{text.public_id}/review",
    ):
        assert narrow.get(address).status_code == 404, address
    for act, data in (
        (f"texts/{text.public_id}/code", {"number": "1"}),
        (f"texts/{text.public_id}/aside", {}),
        (f"texts/{text.public_id}/mask", {"start": "0", "end": "3"}),
        (f"materials/{countys.public_id}/undo", {}),
        (f"materials/{countys.public_id}/codebook", {"codebook": book.public_id}),
        (f"materials/{countys.public_id}/review/clean", {}),
    ):
        assert narrow.submit(f"/coding/{act}", data).status_code == 404, act


def test_11_nor_does_anybody_else_add_codes_to_a_codebook_the_county_codes_with(
    narrow: CheckingClient,
    as_coordinator: CheckingClient,
    session: Session,
    book: Codebook,
    county: SmallCounty,
) -> None:
    own = coded_by(session, book, county.torsas.id)
    new_code = f"/coding/codebooks/{book.public_id}/codes/new"
    assert narrow.get(new_code).status_code == 200
    coded_by(session, book, None)
    before = session.scalars(select(Code.name).order_by(Code.id)).all()
    assert narrow.get(new_code).status_code == 404
    assert narrow.submit(new_code, {"name": "Ny", "theme": "Ny"}).status_code == 404
    assert session.scalars(select(Code.name).order_by(Code.id)).all() == before
    for page in ("/coding", f"/coding/materials/{own.public_id}"):
        assert new_code in as_coordinator.page(page)
        assert new_code not in narrow.page(page)


def test_11_a_code_shows_the_passages_of_ones_own_materials_only(
    narrow: CheckingClient, session: Session, book: Codebook, county: SmallCounty
) -> None:
    countys = coded_by(session, book, None)
    own = coded_by(session, book, county.torsas.id)
    code = code_of(session, 1)
    wide = make_finding(session)
    session.commit()
    page = narrow.page(f"/coding/codes/{code.public_id}")
    assert f"/coding/materials/{countys.public_id}" not in page
    assert wide.public_id not in narrow.page("/results")
    offered = narrow.page("/results/findings/new")
    assert f'name="materials" type="checkbox" value="{own.id}"' in offered
    assert f'name="materials" type="checkbox" value="{countys.id}"' not in offered


def test_11_a_finding_of_ones_own_rests_on_no_material_of_others(
    narrow: CheckingClient, session: Session, book: Codebook, county: SmallCounty
) -> None:
    countys = coded_by(session, book, None)
    answer = narrow.submit(
        "/results/findings/new",
        {"title": "Ett", "body": "Två", "materials": str(countys.id), "codes": "1"},
    )
    assert answer.status_code != 303
    assert session.scalars(select(Finding)).all() == []


@pytest.mark.parametrize("part", ["", "/withdraw", "/answers"])
def test_11_a_closed_rounds_numbers_are_the_whole_countys(
    narrow: CheckingClient, session: Session, part: str
) -> None:
    found = make_closed_round(session)
    session.commit()
    assert narrow.get(f"/results/rounds/{found.public_id}{part}").status_code == 404
    assert found.public_id not in narrow.page("/results")
