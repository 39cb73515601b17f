"""Open data: what is public and nothing else, gone when it is withdrawn, the same as CSV."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participation.commitments.services import owe
from participation.county.queries import perspective_by_key
from participation.follow_up.services.feedback import tell_feedback
from participation.foundation.clock import today
from participation.foundation.permissions import SYSTEM
from participation.indicators.models import Indicator, Measurement
from participation.open_data.queries import READERS
from participation.open_data.rules.catalogue import DCAT, DCT
from participation.open_data.rules.declared import BY_KEY, RESOURCES
from participation.open_data.rules.resources import LIST_MARK
from participation.open_data.views import answers
from participation.plans.models import ActionPlan, PlanActionStatus, PlanNode
from participation.results.services import publish_finding, withdraw_finding, withdraw_round
from tests.factories.results import make_finding, make_release
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.query_count import counted_queries

API = "/api/v1"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ceilings", answers.Ceilings())


@pytest.fixture
def indicator(session: Session, county: SmallCounty) -> Indicator:
    made = Indicator(
        layer="test", key="trygghet", name="Trygghet", group_id=county.group.id,
        perspective_id=perspective_by_key(session, "resident").id, unit="procent",
        better="higher", position=1,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _measure(session: Session, indicator: Indicator, period: str, **values: Any) -> None:
    given = {"value": 61.5, "municipality_code": "0880", "sex": "K", **values}
    session.add(Measurement(layer="test", indicator_id=indicator.id, period=period, **given))


def _plan(session: Session, county: SmallCounty, key: str = "p") -> PlanNode:
    plan = ActionPlan(
        layer="test", key=key, group_id=county.group.id, title="Handlingsplan", form="areas",
        content_state="loaded", period_from=2026, period_to=2026, position=1,
    )  # fmt: skip
    session.add(plan)
    session.flush()
    top = PlanNode(
        layer="test", plan_id=plan.id, key="a", kind="improvement_area", text="Möten", position=1
    )
    session.add(top)
    session.flush()
    action = PlanNode(
        layer="test", plan_id=plan.id, parent_id=top.id, key="b", kind="plan_action",
        text="=Skriva en mall", position=2,
    )  # fmt: skip
    session.add(action)
    session.flush()
    return action


def _rows(client: CheckingClient, question: str) -> list[dict[str, Any]]:
    answer = client.get(f"{API}/{question}")
    assert answer.status_code == 200, answer.text
    return list(answer.json["data"])


def _csv(client: CheckingClient, question: str) -> list[dict[str, str]]:
    text = client.get(f"{API}/{question}").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def _problem(client: CheckingClient, question: str, status: int) -> dict[str, Any]:
    answer = client.get(f"{API}/{question}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told: dict[str, Any] = json.loads(answer.data)
    assert told["status"] == status
    return told


def test_every_declared_dataset_is_read_and_no_other() -> None:
    assert set(READERS) == set(BY_KEY)
    assert len(BY_KEY) == len(RESOURCES)


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_an_empty_dataset_is_an_empty_list_with_its_columns(
    client: CheckingClient, key: str
) -> None:
    assert isinstance(_rows(client, key), list)
    head = client.get(f"{API}/{key}.csv").data.decode("utf-8-sig").splitlines()[0]
    assert tuple(head.split(";")) == BY_KEY[key].columns


def test_a_finding_is_there_while_it_is_published(session: Session, client: CheckingClient) -> None:
    finding = make_finding(session)
    session.commit()
    address = f"findings/{finding.public_id}"
    _problem(client, address, 404)
    publish_finding(session, SYSTEM, finding)
    session.commit()
    (row,) = _rows(client, "findings")
    assert row["title"] == finding.title
    assert row["release"] == 1
    assert client.get(f"{API}/{address}").json == row
    withdraw_finding(session, SYSTEM, finding, "Ett ord var fel")
    session.commit()
    assert _rows(client, "findings") == _rows(client, "quotes") == []
    told = _problem(client, address, 410)
    assert "drogs tillbaka" in told["title"]
    assert finding.title not in json.dumps(told)
    assert "Ett ord var fel" not in json.dumps(told)


def test_a_withdrawn_result_takes_its_cells_along(session: Session, client: CheckingClient) -> None:
    release = make_release(session)
    session.commit()
    assert _rows(client, f"result-cells?result={release.public_id}")
    withdraw_round(session, SYSTEM, release, "Fel fråga")
    session.commit()
    assert _rows(client, "result-cells") == _rows(client, "results") == []
    _problem(client, f"results/{release.public_id}", 410)


def test_what_a_release_hides_stays_hidden_and_says_why(
    session: Session, client: CheckingClient
) -> None:
    release = make_release(session, often=45, seldom=2)
    session.commit()
    published = {
        (table["key"], cell["label"]): cell["count"]
        for table in release.payload["tables"]
        for cell in table["cells"]
    }
    cells = [one for one in _rows(client, "result-cells") if one["breakdown"] is None]
    assert {(one["question_key"], one["answer"]): one["count"] for one in cells} == published
    hidden = [one for one in cells if one["count"] is None]
    assert hidden, "two of forty-seven are too few"
    assert all(one["hidden"] and one["share"] is None for one in hidden)
    assert not any(one["hidden"] for one in cells if one["count"] is not None)
    empty = [one for one in _csv(client, "result-cells.csv") if not one["count"]]
    assert empty
    assert all(one["hidden"] for one in empty)


def test_a_value_that_few_stand_behind_is_not_told(
    session: Session, client: CheckingClient, indicator: Indicator
) -> None:
    _measure(session, indicator, "2025", value=75.0, count_behind=4, note="Tre av fyra")
    session.commit()
    _measure(session, indicator, "2026", value=61.0, is_withheld=True)
    session.commit()
    for row in _rows(client, "measurements"):
        assert (row["value"], row["hidden"], row["note"]) == (None, "few_people", None)
    assert {one["value"] for one in _csv(client, "measurements.csv")} == {""}


def test_measurements_are_narrowed_and_go_on_where_they_stopped(
    session: Session, client: CheckingClient, indicator: Indicator
) -> None:
    for year in range(2016, 2026):
        _measure(session, indicator, str(year), value=float(year))
        _measure(session, indicator, str(year), municipality_code="", sex="T")
    session.commit()
    narrow = f"measurements?indicator={indicator.public_id}&municipality=0880&gender=K"
    assert len(_rows(client, narrow)) == 10
    assert len(_rows(client, "measurements?municipality=county")) == 10
    assert [one["value"] for one in _rows(client, f"{narrow}&period=2020")] == [2020.0]
    seen, address = [], f"{API}/{narrow}&limit=4"
    while address:
        answer = client.get(address).json
        seen += [one["period"] for one in answer["data"]]
        address = (answer["links"]["next"] or "").removeprefix("http://localhost")
    assert seen == [str(year) for year in range(2016, 2026)]


def test_numbers_go_on_from_one_result_to_the_next(
    session: Session, client: CheckingClient
) -> None:
    releases = {make_release(session, slug=f"round-{number}").public_id for number in range(3)}
    session.commit()
    everything = _rows(client, "result-cells?limit=1000")
    assert {one["result"] for one in everything} == releases
    seen, address = [], f"{API}/result-cells?limit=3"
    while address:
        answer = client.get(address).json
        seen += answer["data"]
        address = (answer["links"]["next"] or "").removeprefix("http://localhost")
    assert seen == everything
    assert [one["id"] for one in seen] == sorted(one["id"] for one in seen)


def test_pages_stay_in_step_when_something_is_withdrawn_between_them(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    for number in range(5):
        _plan(session, county, f"plan-{number}")
    session.commit()
    everything = [one["id"] for one in _rows(client, "plans")]
    first = client.get(f"{API}/plans?limit=2").json
    gone = session.query(ActionPlan).filter_by(public_id=everything[1]).one()
    gone.is_current = False
    session.commit()
    rest = client.get(first["links"]["next"].removeprefix("http://localhost")).json
    assert [one["id"] for one in rest["data"]] == everything[2:4]


def test_a_plan_with_its_lines_and_their_newest_status(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    action = _plan(session, county)
    for days, status in ((9, "not_started"), (2, "going")):
        session.add(
            PlanActionStatus(
                node_id=action.id, status=status, status_on=today() - timedelta(days=days), text="x"
            )
        )
    session.commit()
    (plan,) = _rows(client, "plans")
    assert (plan["actions"], plan["actions_going"], plan["actions_done"]) == (1, 1, 0)
    lines = {one["kind"]: one for one in _rows(client, f"plan-lines?plan={plan['id']}")}
    assert lines["plan_action"]["status"] == "going"
    assert lines["plan_action"]["parent"] == lines["improvement_area"]["id"]
    assert _rows(client, "plan-lines?status=done") == []


def test_a_file_holds_what_the_answers_hold_and_runs_no_formula(
    session: Session, client: CheckingClient, county: SmallCounty, indicator: Indicator
) -> None:
    _plan(session, county)
    _measure(session, indicator, "2025")
    publish_finding(session, SYSTEM, make_finding(session))
    make_release(session)
    session.commit()
    for resource in RESOURCES:
        rows = _rows(client, f"{resource.key}?limit=1000")
        told = [{name: _cell(row[name]) for name in resource.columns} for row in rows]
        assert _csv(client, f"{resource.key}.csv") == told, resource.key
    texts = [one["text"] for one in _csv(client, "plan-lines.csv")]
    assert "'=Skriva en mall" in texts


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return LIST_MARK.join(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    text = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    return f"'{text}" if text.startswith("=") else text


def test_a_matter_is_told_with_its_answer_and_without_anybodys_name(
    session: Session, client: CheckingClient, county: SmallCounty
) -> None:
    owed = owe(
        session,
        owed_by=county.group,
        owed_to="tolv som svarat",
        subject_kind="finding",
        subject_public_id="abc",
        title="Ett namn att ringa",
        due_on=today() - timedelta(days=3),
    )
    owed.responsible = "Anna Andersson"
    tell_feedback(
        session, SYSTEM, owed, title="Ett namn att ringa", voice_text="Ge mig ett namn",
        voice_on=today(), voice_where="", area_id=None,
    )  # fmt: skip
    session.commit()
    answer = client.get(f"{API}/matters?state=late")
    (row,) = answer.json["data"]
    assert row["days_late"] == 3
    assert row["owed_by"] == county.group.name
    assert "Anna" not in answer.text
    owed.is_public = False
    session.commit()
    assert _rows(client, "matters") == []


@pytest.mark.parametrize(
    "question",
    ["findings?grupp=x", "findings?limit=0", "findings?limit=1001", "findings?limit=alla",
     "measurements?after=x", "measurements?after=9999999999999999999999",
     "findings?limit=" + "9" * 5000, "findings.csv?limit=3"],
)  # fmt: skip
def test_a_question_that_is_not_understood_says_so(client: CheckingClient, question: str) -> None:
    assert _problem(client, question, 400)["title"] == "Frågan går inte att förstå"


@pytest.mark.parametrize("question", ["members", "accounts.csv", "findings/unknown1234", "areas/x"])
def test_what_there_is_not_is_not_found(client: CheckingClient, question: str) -> None:
    assert "/api/v1/" in _problem(client, question, 404)["detail"]


def test_the_question_of_a_known_parameter_lists_what_can_be_asked(client: CheckingClient) -> None:
    assert "area, group" in _problem(client, "findings?groups=x", 400)["detail"].replace(
        "after, ", ""
    )


def test_anybodys_page_may_read_it_and_no_cookie_is_set(client: CheckingClient) -> None:
    answer = client.get(f"{API}/groups", headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    asked = client.options(f"{API}/groups")
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]


def test_whoever_is_signed_in_reads_the_same(
    client: CheckingClient, as_coordinator: CheckingClient
) -> None:
    assert as_coordinator.get(f"{API}/groups").data == client.get(f"{API}/groups").data


def test_nothing_has_changed_is_said_by_the_validator_alone(
    session: Session, client: CheckingClient
) -> None:
    publish_finding(session, SYSTEM, make_finding(session))
    session.commit()
    address = f"{API}/findings"
    answer = client.get(address)
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    since = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert client.get(address, headers=since).status_code == 200


def test_an_address_that_asks_without_end_has_to_wait_and_others_do_not(
    client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "AT_ONCE", 2)
    monkeypatch.setattr(answers, "PER_SECOND", 0)
    for _time in range(2):
        _rows(client, "areas")
    told = client.get(f"{API}/areas")
    assert told.status_code == 429
    assert told.headers["Retry-After"] == "30"
    other = client.get(f"{API}/areas", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


def test_addresses_that_asked_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_ADDRESSES", 2)
    ceilings = answers.Ceilings()
    for address in ("a", "b", "c"):
        ceilings.take(address)
    assert list(ceilings._buckets) == ["b", "c"]


@pytest.mark.parametrize("key", ["findings", "quotes", "plans", "plan-lines", "result-cells"])
def test_more_rows_ask_the_database_no_more(
    session: Session, client: CheckingClient, county: SmallCounty, engine: Engine, key: str
) -> None:
    counts = []
    for number in range(2):
        _plan(session, county, f"plan-{number}")
        if number == 0:
            publish_finding(session, SYSTEM, make_finding(session))
        make_release(session, slug=f"round-{number}")
        session.commit()
        client.get(f"{API}/{key}")
        with counted_queries(engine) as asked:
            client.get(f"{API}/{key}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_the_catalogue_names_every_dataset_with_licence_and_files(client: CheckingClient) -> None:
    answer = client.get("/data/dcat.rdf")
    assert answer.mimetype == "application/rdf+xml"
    root = ElementTree.fromstring(answer.data)
    datasets = root.findall(f"{{{DCAT}}}Dataset")
    files = root.findall(f"{{{DCAT}}}Distribution")
    assert len(datasets) == len(RESOURCES)
    assert len(files) == 2 * len(RESOURCES)
    for node in (*datasets, *root.findall(f"{{{DCAT}}}Catalog")):
        for name in ("title", "description", "publisher"):
            assert node.find(f"{{{DCT}}}{name}") is not None
    licences = {value for one in files for value in one.find(f"{{{DCT}}}license").attrib.values()}
    assert licences == {"https://creativecommons.org/publicdomain/zero/1.0/"}
    addresses = [one.find(f"{{{DCAT}}}downloadURL").attrib.popitem()[1] for one in files]
    for address in addresses:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_the_page_offers_every_dataset(client: CheckingClient) -> None:
    page = client.page("/open-data")
    for resource in RESOURCES:
        assert f'href="/api/v1/{resource.key}.csv"' in page
        assert str(resource.title) in page
    assert "CC0 1.0" in page
    assert "Kalmar län" in page
    assert 'href="/open-data"' in client.page("/groups")
