"""Follow-up of a group and of an area: news first, then promises, then every perspective."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.commitments.services import answer_commitment
from participation.county.models import Perspective
from participation.follow_up.queries.overview import MOST_FIGURES, overview
from participation.follow_up.queries.subjects import subject
from participation.foundation.clock import today
from participation.foundation.permissions import SYSTEM
from participation.indicators.models import Measurement, indicator_areas
from tests.factories.commitments import make_commitment
from tests.factories.follow_up import make_indicator, make_told_finding
from tests.factories.results import make_release
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries


def page_of(county: SmallCounty) -> str:
    return f"/groups/{county.group.public_id}/follow-up"


def test_the_news_stands_first_then_what_is_late_then_the_figures(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding, _release = make_told_finding(session, group_ids=(county.group.id,))
    make_commitment(
        session, county.group, title="Öppna en kväll", due_on=today() - timedelta(days=12)
    )
    make_indicator(session, county.group.id, {"2024": 61.5, "2025": 64})
    session.commit()
    html = client.page(page_of(county))
    assert f"<h1>{finding.title}" in html
    assert "12 dagar försenat" in html
    assert "1 löfte är försenat." in html
    assert "Bättre än 2024 (61,5)." in html
    places = [html.index(text) for text in ("56 %", "12 dagar försenat", "64,0 procent (2025)")]
    assert places == sorted(places)


def test_a_perspective_with_nothing_says_so_in_one_sentence(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    make_indicator(session, county.group.id, {"2025": 64})
    session.commit()
    html = client.page(page_of(county))
    assert html.count("Här har ingen fått frågan och inget mäts ännu.") == 1
    assert "Här finns inga lärdomar än, bara siffror." in html


def test_a_group_that_nothing_is_known_of_has_one_sentence_for_all_perspectives(
    client: CheckingClient, county: SmallCounty
) -> None:
    html = client.page(page_of(county))
    assert html.count("Här har ingen fått frågan och inget mäts ännu.") == 1
    assert "Inget har lovats offentligt än." in html


def test_another_county_has_other_perspectives(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    session.add(Perspective(layer="test", key="nature", name="Naturen", position=3))
    session.flush()
    make_indicator(session, county.group.id, {"2025": 7}, perspective="nature", name="Träd")
    session.commit()
    html = client.page(page_of(county))
    assert html.index("Medarbetare") < html.index("Naturen") < html.index("Träd")


def test_the_questionnaire_to_professionals_stands_in_the_staff_perspective(
    session: Session, county: SmallCounty
) -> None:
    release = make_release(
        session, often=25, seldom=20, audience=["professional"], area_id=county.area.id
    )
    county.group.area_id = county.area.id
    session.commit()
    page = overview(session, subject(session, group=county.group.public_id), (), today())
    told = {part.perspective.key: [one.public_id for one in part.rounds] for part in page.parts}
    assert told == {"resident": [], "staff": [release.public_id]}


def test_an_area_has_its_own_page_whichever_group_it_concerns(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    finding, _release = make_told_finding(
        session, group_ids=(county.other_group.id,), area_id=county.area.id
    )
    session.commit()
    assert finding.title in client.page(f"/areas/{county.area.key}/follow-up")
    assert finding.title not in client.page(f"/areas/{county.other_area.key}/follow-up")
    assert finding.title not in client.page(page_of(county))
    assert f"/areas/{county.area.key}/follow-up" in client.page("/follow-up")


@pytest.mark.parametrize("address", ["/areas/nowhere/follow-up", "/groups/nosuchgroup1/follow-up"])
def test_what_does_not_exist_is_not_found(
    client: CheckingClient, county: SmallCounty, address: str
) -> None:
    client.page(address, status=404)


def test_drafts_and_what_is_not_public_never_show(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    from_inside = make_commitment(session, county.group, title="Bara inåt", is_public=False)
    session.commit()
    assert from_inside.title not in client.page(page_of(county))


def test_a_value_that_few_stand_behind_is_never_shown(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    one = make_indicator(session, county.group.id, {"2023": 61, "2024": 77.3})
    few = session.scalars(
        select(Measurement).where(Measurement.indicator_id == one.id, Measurement.period == "2024")
    ).one()
    few.count_behind = 3
    session.commit()
    html = client.page(page_of(county))
    assert not re.search(r"77[.,]3", html)  # with its decimal: an address may hold a 77
    assert "61,0 procent (2023)" in html


def test_an_areas_own_indicators_stand_on_its_page_with_their_target(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    one = make_indicator(
        session,
        county.other_group.id,
        {"2024": 60, "2025": 64},
        target_value=70,
        target_kind="at_least",
        decimals=0,
    )
    link = {"indicator_id": one.id, "area_id": county.area.id}
    session.execute(indicator_areas.insert().values(**link))
    session.commit()
    html = client.page(f"/areas/{county.area.key}/follow-up")
    assert "Bättre än 2024 (60). 6 återstår till målet: minst 70." in html
    assert one.name not in client.page(page_of(county))


def test_a_value_that_is_withheld_is_never_shown_on_any_face(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    one = make_indicator(session, county.group.id, {"2023": 61, "2024": 77})
    withheld = session.scalars(
        select(Measurement).where(Measurement.indicator_id == one.id, Measurement.period == "2024")
    ).one()
    withheld.is_withheld = True
    session.commit()
    own = f"/groups/{county.group.public_id}/resident-perspective"
    for address in (page_of(county), own, f"{own}/print"):
        assert "77" not in client.page(address)
    sheet = load_workbook(BytesIO(client.get(f"{own}/tables.xlsx").data))["Indikatorer"]
    assert [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)] == [61, None]


def test_the_answer_that_was_given_is_what_was_promised(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    owed = make_commitment(session, county.group, title="Vad ledde det till?")
    answer_commitment(
        session,
        SYSTEM,
        owed,
        answer="yes",
        answer_text="Vi håller med.",
        action_text="Vi inför en fast kontakt.",
        responsible="Ordföranden",
        action_due_on=today() + timedelta(days=40),
    )
    session.commit()
    html = client.page(page_of(county))
    assert "Vi inför en fast kontakt." in html
    assert "Gäller: Vad ledde det till?" in html


def test_the_page_asks_as_often_for_two_hundred_as_for_two(
    session: Session, engine: Engine, county: SmallCounty
) -> None:
    public_id = county.group.public_id

    def asked() -> int:
        session.commit()
        session.expunge_all()
        with counted_queries(engine) as queries:
            page = overview(session, subject(session, group=public_id), (), today())
        assert sum(len(part.lines) for part in page.parts) <= MOST_FIGURES
        return len(queries)

    def add(numbers: range) -> None:
        for number in numbers:
            make_commitment(session, county.group, title=f"Löfte {number}")
            values = {"2024": number, "2025": number + 1.0}
            make_indicator(session, county.group.id, values, key=f"tal-{number}")

    add(range(2))
    few = asked()
    add(range(2, 200))
    assert asked() == few
