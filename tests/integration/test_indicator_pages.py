"""The register of indicators through HTTP: looking, writing, taking values in and back."""

import io
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Perspective
from participation.county.services import load_county
from participation.foundation.permissions import SYSTEM
from participation.foundation.tabular import read_table, xlsx_bytes
from participation.indicators.jobs import CheckImport, RunImport
from participation.indicators.models import Indicator, IndicatorImport, Measurement
from participation.indicators.services.defining import save_indicator
from participation.indicators.services.importing import AT_ONCE_BYTES, AT_ONCE_VALUES
from participation.indicators.services.load_section import IndicatorsSection
from tests.integration.test_indicator_series import make_indicators, put, value_row
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.jobs import Quiet

GOOD = "Indikator;Kommun;År;Värde\nTal 1;Kalmar;2023;50\nTal 1;Torsås;2023;61,5\n"


@pytest.fixture
def one(session: Session, county: SmallCounty) -> Indicator:
    (found,) = make_indicators(session, 1, county.group.id)
    session.commit()
    return found


def definition(session: Session, **differing: Any) -> dict[str, Any]:
    perspective = session.scalars(select(Perspective.id).order_by(Perspective.id).limit(1)).one()
    session.commit()
    return {
        "name": "Trygghet",
        "description": "Hur många som känner sig trygga.",
        "unit": "procent",
        "decimals": "1",
        "better": "higher",
        "source": "Påhittad mätning",
        "period_kind": "year",
        "level": "municipality",
        "perspective": str(perspective),
        **differing,
    }


def upload(client: CheckingClient, content: str | bytes, name: str = "tal.csv", **more: Any) -> str:
    """Send a file; the address of its page."""
    raw = content.encode() if isinstance(content, str) else content
    file = {"file": (io.BytesIO(raw), name), **more}
    answer = client.submit("/indicators/imports", file)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def values(session: Session) -> list[float]:
    session.expire_all()
    found = select(Measurement.value).where(Measurement.is_current).order_by(Measurement.value)
    shown = list(session.scalars(found))
    session.commit()
    return shown


# ---------------------------------------------------------------- reading


def test_the_register_is_narrowed_by_words_group_and_perspective(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    first, second = make_indicators(session, 2)
    first.name, first.group_id = "Trygghet i skolan", county.group.id
    second.name, second.outside_code = "Öppna insatser", "N00945"
    session.commit()
    group = county.group.public_id
    for query, shown, hidden in (
        ("words=trygg", "Trygghet i skolan", "Öppna insatser"),
        ("words=ÖPPNA", "Öppna insatser", "Trygghet i skolan"),
        ("words=n00945", "Öppna insatser", "Trygghet i skolan"),
        (f"group={group}", "Trygghet i skolan", "Öppna insatser"),
    ):
        page = client.page(f"/indicators?{query}")
        assert shown in page
        assert hidden not in page
    assert "0 indikatorer passar." in client.page("/indicators?words=zebra")
    assert "2 indikatorer passar." in client.page("/indicators?perspective=resident")


def test_seven_hundred_indicators_come_a_page_at_a_time(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    made = make_indicators(session, 700)
    put(session, *[value_row(one, "2024", number) for number, one in enumerate(made)])
    page = client.page("/indicators?page=28")
    assert "700 indikatorer." in page
    assert "Tal 700" in page
    assert "Tal 675<" not in page


def test_an_indicator_of_municipalities_alone_shows_how_they_differ(
    client: CheckingClient, session: Session, one: Indicator
) -> None:
    put(
        session,
        value_row(one, "2024", 51, municipality_code="0880"),
        value_row(one, "2024", 68, municipality_code="0834"),
    )
    assert "51,0–68,0" in client.page("/indicators")
    page = client.page(f"/indicators/{one.public_id}")
    assert "Det finns inget värde för hela länet." in page
    assert page.index("Torsås") < page.index("Kalmar</b>")


def test_the_newest_value_is_told_against_the_target(
    client: CheckingClient, session: Session, one: Indicator
) -> None:
    one.target_value, one.target_kind, one.target_by = 70, "at_least", "2027"
    put(session, value_row(one, "2024", 64, is_preliminary=True))
    page = client.page(f"/indicators/{one.public_id}")
    assert "64,0 procent (2024), preliminärt" in page
    assert "6,0 återstår till målet: minst 70,0 till 2027." in page
    one.target_kind = "at_most"
    session.commit()
    page = client.page(f"/indicators/{one.public_id}")
    assert "Målet är nått: högst 70,0 till 2027." in page


def test_what_is_downloaded_can_be_taken_in_again_and_hides_what_the_page_hides(
    as_coordinator: CheckingClient, session: Session, one: Indicator
) -> None:
    put(
        session,
        value_row(one, "2023", 50.5),
        value_row(one, "2023", 77, municipality_code="0880", count_behind=3),
        value_row(one, "2024", 60, reference_label="Riket", has_break_before=True),
    )
    answer = as_coordinator.get(f"/indicators/{one.public_id}/values.csv")
    assert "77" not in answer.get_data(as_text=True)
    page = as_coordinator.page(upload(as_coordinator, answer.data))
    assert "Det finns inget att läsa in." in page
    (found,) = session.scalars(select(IndicatorImport))
    assert (found.same_count, found.rejected_count) == (2, 0)
    book = as_coordinator.get(f"/indicators/{one.public_id}/values.xlsx")
    assert len(read_table(book.data).lines) == 3


# ---------------------------------------------------------------- definitions


def test_a_definition_is_written_and_shown_in_full(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty
) -> None:
    answer = as_coordinator.submit(
        "/indicators/register/new",
        definition(
            session,
            numerator="De som svarar att de är trygga",
            denominator="Alla som svarar",
            caveats="Bara de som går i skolan",
            source_url="https://www.kolada.se",
            target_kind="at_least",
            target_value="85,5",
            target_by="2027",
            areas=[str(county.area.id)],
            group=str(county.group.id),
        ),
    )
    page = as_coordinator.page(str(answer.headers["Location"]))
    for words in (
        *("De som svarar att de är trygga", "Alla som svarar", "Bara de som går i skolan"),
        *("https://www.kolada.se", "Psykisk hälsa", "Kommuner", "Varje år"),
    ):
        assert words in page
    (made,) = session.scalars(select(Indicator))
    assert (made.target_value, made.layer) == (85.5, "register")


@pytest.mark.parametrize(
    ("differing", "message"),
    [
        ({"name": " "}, "Skriv vad indikatorn heter."),
        ({"description": ""}, "Skriv vad siffran betyder."),
        ({"unit": ""}, "Skriv vad talet anges i."),
        ({"source": ""}, "Skriv var siffrorna kommer ifrån."),
        ({"source_url": "kolada.se"}, "Skriv hela adressen"),
        ({"source_url": "javascript:alert(1)"}, "Skriv hela adressen"),
        ({"decimals": "9"}, "Skriv ett heltal mellan 0 och 4."),
        ({"better": "sideways"}, "Välj ett av alternativen."),
        ({"target_value": "mycket", "target_kind": "at_least"}, "Skriv ett tal"),
        ({"target_value": "5"}, "Ett mål i siffror behöver båda"),
        ({"target_kind": "at_most"}, "Ett mål i siffror behöver båda"),
        ({"target_by": "2026/27"}, "Skriv en period av det slag du valde ovan."),
    ],
)
def test_what_is_wrong_with_a_definition_is_said_at_the_field(
    as_coordinator: CheckingClient,
    session: Session,
    county: SmallCounty,
    differing: dict[str, str],
    message: str,
) -> None:
    data = definition(session, caveats="<b>å</b>", **differing)
    answer = as_coordinator.submit("/indicators/register/new", data)
    page = answer.get_data(as_text=True)
    assert message in page
    assert "&lt;b&gt;å&lt;/b&gt;" in page
    assert session.scalar(select(Indicator.id)) is None


def test_two_indicators_cannot_have_the_same_code(
    as_coordinator: CheckingClient, session: Session, one: Indicator
) -> None:
    one.outside_code = "N00945"
    session.commit()
    data = definition(session, outside_code="N00945")
    answer = as_coordinator.submit("/indicators/register/new", data)
    assert "En annan indikator har den koden." in answer.get_data(as_text=True)
    address = f"/indicators/register/{one.public_id}"
    assert as_coordinator.submit(address, data).status_code == 303


def test_an_indicator_is_retired_with_a_reason_and_taken_up_again(
    as_coordinator: CheckingClient, session: Session, one: Indicator
) -> None:
    address = f"/indicators/register/{one.public_id}"
    refused = as_coordinator.submit(f"{address}/retire", {"because": ""})
    assert "Skriv varför" in refused.get_data(as_text=True)
    as_coordinator.submit(f"{address}/retire", {"because": "Mäts inte längre."})
    assert "Tal 1" not in as_coordinator.page("/indicators")
    assert "Mäts inte längre." in as_coordinator.page(f"/indicators/{one.public_id}")
    assert "Tal 1" in as_coordinator.page("/indicators/register?state=retired")
    assert as_coordinator.submit(f"{address}/retire", {"because": "x"}).status_code == 409
    as_coordinator.submit(f"{address}/take-up", {})
    assert "Tal 1" in as_coordinator.page("/indicators")


def test_loading_the_county_file_again_leaves_what_was_written_here(
    as_coordinator: CheckingClient, session: Session, county: SmallCounty, tmp_path: Any
) -> None:
    file = tmp_path / "tal.yaml"
    file.write_text(
        "layer: tal\nbuilds_on: [test]\nindicators:\n  - key: trygghet\n    name: Ur filen\n"
        "    unit: procent\n    source: Påhittad\n    measurements:\n"
        '      - {period: "2023", value: 50}\n      - {period: "2024", value: 60}\n',
        encoding="utf-8",
    )
    load_county(session, file, (IndicatorsSection(),))
    session.commit()
    (loaded,) = session.scalars(select(Indicator))
    as_coordinator.submit(
        f"/indicators/register/{loaded.public_id}", definition(session, name="Skriven här")
    )
    there = upload(as_coordinator, "Indikator;År;Värde\nSkriven här;2023;51\n")
    as_coordinator.submit(f"{there}/confirm", {})
    load_county(session, file, (IndicatorsSection(),))
    session.commit()
    session.expire_all()
    (still,) = session.scalars(select(Indicator))
    assert (still.name, still.is_current) == ("Skriven här", True)
    assert values(session) == [51, 60]


# ---------------------------------------------------------------- files


def test_a_file_is_looked_through_taken_in_and_taken_back(
    as_coordinator: CheckingClient, session: Session, one: Indicator
) -> None:
    there = upload(as_coordinator, GOOD + "Tal 1;Atlantis;2023;7\n", "Årets tal.csv")
    page = as_coordinator.page(there)
    assert "Det är ingen kommun i länet." in page
    assert "Atlantis" in page
    assert values(session) == []
    as_coordinator.submit(f"{there}/confirm", {})
    assert values(session) == [50, 61.5]
    log = as_coordinator.page("/indicators/imports")
    assert "Årets tal.csv" in log
    assert "Ebba Demolund" in log
    assert "2 nya värden försvinner" in as_coordinator.page(f"{there}/undo")
    as_coordinator.submit(f"{there}/undo", {})
    assert values(session) == []


def test_a_corrected_value_is_shown_as_corrected_to_everybody(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, one: Indicator
) -> None:
    for text in (GOOD, GOOD.replace(";50", ";52,5")):
        as_coordinator.submit(f"{upload(as_coordinator, text)}/confirm", {})
    page = client.page(f"/indicators/{one.public_id}")
    assert "Rättat" in page
    assert "50,0" in page
    assert "52,5" in page


def test_the_earlier_value_of_a_few_people_is_not_shown_as_corrected(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, one: Indicator
) -> None:
    head = "Indikator;Kommun;År;Värde;Antal svar\nTal 1;Kalmar;2023;"
    for text in (f"{head}33,3;3\n", f"{head}52,5;80\n"):
        as_coordinator.submit(f"{upload(as_coordinator, text)}/confirm", {})
    page = client.page(f"/indicators/{one.public_id}")
    assert "52,5" in page
    assert "33,3" not in page


def test_columns_that_are_called_something_else_are_chosen(
    as_coordinator: CheckingClient, session: Session, one: Indicator
) -> None:
    book = xlsx_bytes([("Tal", ("Ort", "När", "Hur mycket"), [("Kalmar", "2023", 50)])])
    there = upload(as_coordinator, book, "egna.xlsx")
    assert "Vilken kolumn är vilken?" in as_coordinator.page(there)
    as_coordinator.submit(
        f"{there}/columns",
        {"of": one.public_id, "municipality": "Ort", "period": "När", "value": "Hur mycket"},
    )
    as_coordinator.submit(f"{there}/confirm", {})
    assert values(session) == [50]


def test_a_file_that_is_given_up_leaves_nothing(
    as_coordinator: CheckingClient, session: Session, one: Indicator
) -> None:
    there = upload(as_coordinator, GOOD)
    as_coordinator.submit(f"{there}/drop", {})
    assert values(session) == []
    assert as_coordinator.submit(f"{there}/confirm", {}).status_code == 409


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n", "Det är en bild"),
        (b"{", "Filen är trasig"),
        (b"[]", "Det finns inga värden i den."),
        (b"PK\x03\x04", "Filen är trasig"),
    ],
)
def test_a_file_we_cannot_read_says_why(
    as_coordinator: CheckingClient, one: Indicator, content: bytes, message: str
) -> None:
    assert message in as_coordinator.page(upload(as_coordinator, content))


def test_a_large_file_goes_through_the_background_whole(
    as_coordinator: CheckingClient, session: Session, sessions: Any, county: SmallCounty
) -> None:
    make_indicators(session, 60)
    session.commit()
    rows = [
        f"Tal {number};{place};{year};{sex};{number}"
        for number in range(1, 61)
        for place in ("Kalmar", "Torsås", "Hela länet")
        for year in range(2010, 2025)
        for sex in "TKM"
    ]
    text = "Indikator;Kommun;År;Kön;Värde\n" + "\n".join(rows)
    assert len(text) > AT_ONCE_BYTES
    assert len(rows) > AT_ONCE_VALUES
    there = upload(as_coordinator, text)
    assert "Filen granskas" in as_coordinator.page(there)
    public_id = there.rsplit("/", 1)[1]
    CheckImport().run(sessions, Quiet(**{"import": public_id}))
    assert "8 100" in as_coordinator.page(there).replace("\u00a0", " ")
    as_coordinator.submit(f"{there}/confirm", {})
    assert values(session) == []
    job = Quiet(**{"import": public_id})
    job.created_by_account_id = session.scalars(select(IndicatorImport.created_by_account_id)).one()
    session.commit()
    RunImport().run(sessions, job)
    assert len(values(session)) == len(rows)
    RunImport().run(sessions, job)
    assert len(values(session)) == len(rows)


def test_a_population_table_becomes_values_by_age(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, one: Indicator
) -> None:
    one.name, one.unit, one.counts_people, one.decimals = "Folkmängd", "personer", True, 0
    session.commit()
    table = (
        '"region","ålder","kön","Folkmängd 2025"\n"0880 Kalmar","0-12 år","kvinnor","4 820"\n'
        '"0880 Kalmar","0-12 år","män","5 010"\n"0880 Kalmar","100+ år","kvinnor","3"\n'
        '"0834 Torsås","0-12 år","kvinnor",412\n'
    ).encode("cp1252")
    there = upload(as_coordinator, table, "be0101.csv", indicator=one.public_id)
    as_coordinator.submit(f"{there}/confirm", {})
    assert values(session) == [3, 412, 4820, 5010]
    page = client.page(f"/indicators/{one.public_id}").replace("\u00a0", " ")
    for words in ("Kvinnor och flickor, 2025", "Män och pojkar, 2025", "4 820", "100+"):
        assert words in page
    assert page.index("0-12") < page.index("100+")
    assert '<td class="num">3</td>' not in page


def test_a_figure_that_turns_out_to_count_people_hides_the_few_at_once(
    client: CheckingClient, session: Session, one: Indicator
) -> None:
    session.add(
        Measurement(
            indicator_id=one.id, layer="test", period="2025", municipality_code="0834", value=3
        )
    )
    session.commit()
    page = f"/indicators/{one.public_id}"
    assert '<td class="num">3</td>' in client.page(page).replace(",0", "")
    save_indicator(session, SYSTEM, one, {"counts_people": True}, ())
    session.commit()
    assert session.scalars(select(Measurement.is_withheld)).all() == [True]
    assert '<td class="num">3</td>' not in client.page(page).replace(",0", "")


def test_earlier_values_of_a_figure_that_counts_people_are_not_shown(
    as_coordinator: CheckingClient, client: CheckingClient, session: Session, one: Indicator
) -> None:
    for value in ("3", "50"):
        table = f"Kommun;År;Kön;Värde\nKalmar;2024;T;{value}\n".encode()
        there = upload(as_coordinator, table, "antal.csv", indicator=one.public_id)
        as_coordinator.submit(f"{there}/confirm", {})
    page = f"/indicators/{one.public_id}"
    assert 'id="corrected"' in client.page(page)
    save_indicator(session, SYSTEM, one, {"counts_people": True}, ())
    session.commit()
    assert 'id="corrected"' not in client.page(page)
