"""Reports that build themselves: who reads them, the same bytes twice, and what is withdrawn."""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participation.accounts.services import ensure_account, grant_role
from participation.county.models import Group, Unit
from participation.foundation.clock import today
from participation.foundation.db import make_sessions
from participation.foundation.i18n import use_locale
from participation.foundation.jobs import Job
from participation.foundation.permissions import SYSTEM, Role
from participation.foundation.printing import can_make_pdf
from participation.indicators.models import Measurement
from participation.plans.models import ActionPlan, PlanActionStatus, PlanNode
from participation.reports.jobs import BuildReport, RenewReports
from participation.reports.models import Report, ReportFile
from participation.reports.queries.composing import Providers, compose
from participation.reports.queries.reports import shown_now
from participation.reports.rules.files import page_html, workbook
from participation.reports.rules.snapshot import digest
from participation.reports.services.reports import (
    ReportDraft,
    copy_report,
    finish_report,
    publish_report,
    write_report,
)
from participation.results.services import withdraw_finding
from tests.factories.commitments import make_commitment
from tests.factories.follow_up import make_indicator, make_told_finding
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.jobs import Quiet
from tests.support.query_count import counted_queries
from tests.support.signing_in import sign_in_client

ROOT = Path(__file__).parents[2]


class Told(Quiet):
    """A running job that remembers how far it said it was."""

    def __init__(self, **payload: Any) -> None:
        super().__init__(**payload)
        self.steps: list[tuple[int, int]] = []

    def progress(self, done: int, total: int, text: str = "") -> None:
        self.steps.append((done, total))


@pytest.fixture
def leading(session: Session, county: SmallCounty) -> Group:
    """The county's joint management, which reports can be for."""
    group = Group(
        layer=county.group.layer,
        key="ledning",
        name="Ledningen",
        kind="management",
        position=90,
        names={},
    )
    session.add(group)
    session.flush()
    return group


def draft_for(session: Session, reader: str, **more: Any) -> Report:
    start = today().replace(month=1, day=1)
    draft = ReportDraft(reader=reader, period_from=start, period_to=today(), **more)
    return write_report(session, SYSTEM, draft)


def finished(session: Session, engine: Engine, reader: str, **more: Any) -> Report:
    """A report whose files are made."""
    report = draft_for(session, reader, **more)
    finish_report(session, SYSTEM, report, Providers(session, (), ()))
    session.commit()
    build(engine, session, report)
    return report


def make_told_action(session: Session, group: Group, name: str) -> None:
    """A plan of the group with one plan action that is done today."""
    year = today().year
    plan = ActionPlan(
        layer="test",
        key=f"plan-{name}",
        group_id=group.id,
        title=f"Plan {name}",
        form="areas",
        content_state="loaded",
        period_from=year,
        period_to=year,
        position=1,
    )
    session.add(plan)
    session.flush()
    node = PlanNode(
        layer="test",
        plan_id=plan.id,
        key=name,
        kind="plan_action",
        text=f"Åtgärden {name}",
        position=1,
    )
    session.add(node)
    session.flush()
    session.add(PlanActionStatus(node_id=node.id, status="done", status_on=today()))
    session.flush()


def build(engine: Engine, session: Session, report: Report) -> Told:
    job = Told(report_id=report.id)
    session.commit()
    BuildReport().run(make_sessions(engine), job)
    session.expire_all()
    return job


def signed_in(
    client: CheckingClient, session: Session, name: str, role: Role, **where: Any
) -> CheckingClient:
    account = ensure_account(session, f"{name}@example.org", name, "sv")
    session.flush()
    grant_role(session, account, role, **where)
    session.commit()
    sign_in_client(client, session, account)
    session.commit()
    return client


def test_a_report_is_read_by_its_group_by_coordinators_and_when_public_by_everybody(
    client: CheckingClient, session: Session, engine: Engine, leading: Group, county: SmallCounty
) -> None:
    report = finished(session, engine, f"group:{leading.public_id}")
    here = f"/reports/{report.public_id}"
    assert client.get(here).status_code == 404
    assert client.get(f"{here}/files/report.xlsx").status_code == 404
    signed_in(client, session, "annan", Role.GROUP_MEMBER, group=county.group)
    assert client.get(here).status_code == 404
    signed_in(client, session, "ledare", Role.GROUP_MEMBER, group=leading)
    assert client.get(here).status_code == 200
    assert client.get(f"{here}/files/report.xlsx").status_code == 200
    assert client.get(f"{here}/work").status_code in {403, 404}
    client.delete_cookie("session")
    publish_report(session, SYSTEM, session.get_one(Report, report.id))
    session.commit()
    assert "Ledningen" in client.page(here)
    assert report.title in client.page("/reports")


def test_a_draft_is_nobodys_to_read_but_the_coordinators(
    client: CheckingClient, session: Session, leading: Group
) -> None:
    report = draft_for(session, f"group:{leading.public_id}")
    signed_in(client, session, "ledare", Role.GROUP_MEMBER, group=leading)
    assert client.get(f"/reports/{report.public_id}").status_code == 404


def test_a_coordinator_makes_a_report_sees_it_and_finishes_it(
    as_coordinator: CheckingClient, session: Session, engine: Engine, leading: Group
) -> None:
    finding, _release = make_told_finding(session, group_ids=(leading.id,))
    title, reader = finding.title, f"group:{leading.public_id}"
    session.commit()
    as_coordinator.submit(
        "/reports/new",
        {
            "reader": reader,
            "period_from": f"{today().year}-01-01",
            "period_to": today().isoformat(),
        },
    )
    here = f"/reports/{session.scalars(select(Report.public_id)).one()}"
    session.commit()
    assert title in as_coordinator.page(f"{here}/work")
    as_coordinator.submit(f"{here}/finish")
    told = Told(**session.scalars(select(Job.payload).where(Job.kind == "reports.build")).one())
    session.commit()
    assert "data-poll" in as_coordinator.page(f"{here}/work")
    BuildReport().run(make_sessions(engine), told)
    assert told.steps[0][0] == 0
    assert [done for done, _all in told.steps] == sorted(done for done, _all in told.steps)
    assert "report.zip" in as_coordinator.page(f"{here}/work")
    assert f"<h1>{title}" in as_coordinator.page(here)


def test_a_draft_is_deleted_after_a_question_and_a_finished_one_never(
    as_coordinator: CheckingClient, session: Session, engine: Engine, leading: Group
) -> None:
    draft = draft_for(session, f"group:{leading.public_id}")
    kept = finished(session, engine, f"group:{leading.public_id}")
    where, left = f"/reports/{draft.public_id}/delete", kept.public_id
    session.commit()
    assert "Ta bort utkastet?" in as_coordinator.page(where)
    as_coordinator.submit(where)
    session.commit()
    assert session.scalars(select(Report.public_id)).all() == [left]
    session.commit()
    assert as_coordinator.get(f"/reports/{left}/delete").status_code == 303


def test_the_same_snapshot_gives_the_same_bytes_in_another_process(
    session: Session, engine: Engine, leading: Group, tmp_path: Path
) -> None:
    make_told_finding(session, group_ids=(leading.id,))
    report = finished(session, engine, f"group:{leading.public_id}")
    files = session.execute(select(ReportFile.name, ReportFile.content))
    stored = {row[0]: row[1] for row in files}
    (tmp_path / "snapshot.json").write_text(_as_json(report.snapshot))
    subprocess.run([sys.executable, "-c", _AGAIN, str(tmp_path)], check=True, cwd=ROOT)
    again = {one.name: one.read_bytes() for one in tmp_path.glob("report.*")}
    assert set(stored) >= {"report.html", "report.xlsx", "report.zip"}
    assert stored == again


_AGAIN = """
import json, sys
from pathlib import Path
from participation.reports.jobs import rendered
folder = Path(sys.argv[1])
for name, content in rendered(json.loads((folder / "snapshot.json").read_text()), 1):
    (folder / name).write_bytes(content)
"""


def _as_json(snapshot: dict[str, Any]) -> str:
    return json.dumps(snapshot, ensure_ascii=False)


def test_later_data_does_not_change_an_earlier_report(
    client: CheckingClient, session: Session, engine: Engine, leading: Group
) -> None:
    make_told_finding(session, group_ids=(leading.id,))
    report = finished(session, engine, f"group:{leading.public_id}")
    publish_report(session, SYSTEM, report)
    session.commit()
    before = client.page(f"/reports/{report.public_id}")
    make_commitment(session, leading, title="Något som kom efteråt")
    session.commit()
    assert client.page(f"/reports/{report.public_id}") == before


def test_53_a_withdrawn_finding_is_gone_from_the_page_and_the_files_at_once(
    client: CheckingClient, session: Session, engine: Engine, leading: Group
) -> None:
    finding, _release = make_told_finding(session, group_ids=(leading.id,))
    title = finding.title
    report = finished(
        session, engine, f"group:{leading.public_id}", introduction=f"Läs om detta: {title}."
    )
    publish_report(session, SYSTEM, report)
    session.commit()
    here = f"/reports/{report.public_id}"
    assert title in client.page(here)
    withdraw_finding(session, SYSTEM, finding, "Någon kan kännas igen")
    session.commit()
    html = client.page(here)
    assert title not in html
    assert "En del har dragits tillbaka" in html
    assert "Version 2" in html
    assert client.get(f"{here}/files/report.html").status_code == 303
    assert session.scalars(select(Job).where(Job.kind == "reports.renew")).all()
    session.commit()
    RenewReports().run(make_sessions(engine), Quiet())
    session.expire_all()
    assert session.scalars(select(ReportFile.name)).all() == []
    assert title not in _as_json(session.get_one(Report, report.id).snapshot)
    build(engine, session, report)
    again = client.get(f"{here}/files/report.html").text
    assert title not in again
    assert "En del har dragits tillbaka." in again
    assert session.get_one(Report, report.id).version == 2


def test_a_report_about_a_unit_holds_nothing_of_the_county(
    session: Session, leading: Group, county: SmallCounty
) -> None:
    finding, _release = make_told_finding(session, group_ids=(leading.id,))
    make_commitment(session, leading, title="Gruppens eget löfte")
    unit = session.scalars(select(Unit).order_by(Unit.id)).first()
    assert unit is not None
    report = draft_for(session, f"unit:{unit.public_id}")
    told = _as_json(compose(report, Providers(session, (), ())))
    assert finding.title not in told
    assert "Gruppens eget löfte" not in told
    assert "minst fem personer" in told


def test_cells_of_the_workbook_are_the_cells_of_the_page(session: Session, leading: Group) -> None:
    make_told_finding(session, group_ids=(leading.id,))
    make_commitment(session, leading, title="Ett löfte")
    snapshot = compose(draft_for(session, f"group:{leading.public_id}"), Providers(session, (), ()))
    with use_locale("sv"):
        page = html5lib.parse(page_html(snapshot, 1, ""), namespaceHTMLElements=False)
        book = load_workbook(io.BytesIO(workbook(snapshot, 1)))
    shown = [
        [["".join(cell.itertext()) for cell in line] for line in one.iter("tr")]
        for one in page.iter("table")
    ]
    sheets = [
        [["–" if cell is None else str(cell) for cell in line] for line in one.values]
        for one in book.worksheets
    ]
    assert shown
    assert [table for table in shown if table not in sheets] == []


def test_what_was_composed_twice_has_the_same_digest(session: Session, leading: Group) -> None:
    make_told_finding(session, group_ids=(leading.id,))
    report = draft_for(session, f"group:{leading.public_id}")
    providers = Providers(session, (), ())
    assert digest(compose(report, providers)) == digest(compose(report, providers))


def test_the_next_report_begins_where_the_last_one_ended(session: Session, leading: Group) -> None:
    report = draft_for(session, f"group:{leading.public_id}", parts=("plans", "summary"))
    a_month_on = report.period_to + timedelta(days=31)
    made = copy_report(session, SYSTEM, report, a_month_on)
    assert made.parts == ["plans", "summary"]
    assert made.period_from == report.period_to + timedelta(days=1)
    assert made.period_to == a_month_on


def test_a_report_copied_before_its_period_is_over_is_about_that_day_alone(
    session: Session, leading: Group
) -> None:
    report = draft_for(session, f"group:{leading.public_id}")
    made = copy_report(session, SYSTEM, report, today())
    assert made.period_from == made.period_to == today()


def test_an_indicator_is_told_against_the_number_it_is_to_reach(
    session: Session, leading: Group
) -> None:
    make_indicator(
        session,
        leading.id,
        {"2024": 60.0, "2025": 64.0},
        target_value=70,
        target_kind="at_least",
        target_by="2027",
        decimals=0,
    )
    report = draft_for(session, f"group:{leading.public_id}", parts=("indicators",))
    told = _as_json(compose(report, Providers(session, (), ())))
    assert "minst 70 till 2027" in told
    assert "6 återstår till målet" in told


def test_a_draft_asks_as_often_with_many_plans_as_with_few(
    session: Session, engine: Engine, leading: Group
) -> None:
    report = draft_for(session, f"group:{leading.public_id}")
    session.flush()
    providers = Providers(session, (), ())
    make_told_action(session, leading, "a")
    make_indicator(session, leading.id, {"2025": 64.0})
    with counted_queries(engine) as few:
        told = _as_json(compose(report, providers))
    assert "Åtgärden a" in told
    for name in "bcd":
        make_told_action(session, leading, name)
        make_indicator(session, leading.id, {"2025": 64.0}, key=name, name=f"Mått {name}")
    session.flush()
    with counted_queries(engine) as many:
        told = _as_json(compose(report, providers))
    assert "Åtgärden d" in told
    assert "Mått d" in told
    assert len(many) == len(few)


@pytest.mark.skipif(not can_make_pdf(), reason="no PDF library on this machine")
def test_the_pdf_is_tagged_and_says_its_language(
    session: Session, engine: Engine, leading: Group
) -> None:
    make_told_finding(session, group_ids=(leading.id,))
    finished(session, engine, f"group:{leading.public_id}")
    content = session.scalars(
        select(ReportFile.content).where(ReportFile.name == "report.pdf")
    ).one()
    streams = re.findall(rb"stream\n(.*?)endstream", content, re.DOTALL)
    inside = b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    for told in (b"StructTreeRoot", b"/H1", b"/TH", b"/Figure", b"/Lang", b"pdfuaid"):
        assert told in inside + content, told


def test_everything_in_one_file_has_pictures_for_slides(
    session: Session, engine: Engine, leading: Group
) -> None:
    make_told_finding(session, group_ids=(leading.id,))
    finished(session, engine, f"group:{leading.public_id}")
    content = session.scalars(
        select(ReportFile.content).where(ReportFile.name == "report.zip")
    ).one()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "report.xlsx" in names
    assert "bild-01.svg" in names


def test_a_value_that_is_withheld_later_goes_from_a_finished_report(
    session: Session, engine: Engine, leading: Group
) -> None:
    make_indicator(session, leading.id, {"2024": 58.5, "2025": 64.25}, name="Mått som döljs")
    report = finished(session, engine, f"group:{leading.public_id}", parts=("indicators",))
    assert "64.25" in json.dumps(shown_now(session, report).snapshot)
    value = session.scalars(select(Measurement).where(Measurement.period == "2025")).one()
    value.is_withheld = True
    session.flush()
    assert "64.25" not in json.dumps(shown_now(session, report).snapshot)
