"""Answers row by row: who may take them out, what the file holds, and when it is gone."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.services import close_round
from participation.questionnaires.services.storing import NewResponse, store_responses
from participation.results.jobs import ExportAnswers, ForgetExports
from participation.results.models import AnswerExport, AnswerExportPiece
from participation.results.services import order_export
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty


class SilentJob:
    """What the worker hands to a job, without a worker."""

    public_id = "job"
    created_by_account_id = None
    attempt = 1

    def __init__(self, export_id: int) -> None:
        self.payload = {"export_id": export_id}

    def progress(self, done: int, total: int, text: str = "") -> None:
        assert done <= total


def answered(session: Session, survey_round: SurveyRound) -> SurveyRound:
    """Seven patients in Kalmar and two next of kin elsewhere; one writes a formula."""
    patient = {"role": "me", "from_whom": ["care"], "respect": "often", "municipality": "0880"}
    kin = {"role": "kin", "respect": "seldom", "visits": 2.5, "municipality": "other"}
    store_responses(
        session,
        survey_round,
        [
            NewResponse(answers=patient, texts={"difference": "=1+1"}),
            *(NewResponse(answers=patient) for _number in range(6)),
            *(NewResponse(answers=kin) for _number in range(2)),
        ],
    )
    close_round(session, survey_round, SYSTEM)
    return survey_round


@pytest.fixture
def closed(session: Session, county: SmallCounty) -> SurveyRound:
    made = answered(session, make_round(session, series_key="stod"))
    session.commit()
    return made


def written(
    session: Session, sessions: sessionmaker[Session], survey_round: SurveyRound, **options: object
) -> bytes:
    """The file of an export, written by the job."""
    values: dict[str, object] = {"file_format": "csv", "with_series": False, "with_texts": False}
    made = order_export(
        session,
        SYSTEM,
        survey_round,
        reason="Rapport",
        **{**values, **options},  # type: ignore[arg-type]
    )
    session.commit()
    ExportAnswers().run(sessions, SilentJob(made.id))
    return b"".join(
        session.scalars(
            select(AnswerExportPiece.content)
            .where(AnswerExportPiece.export_id == made.id)
            .order_by(AnswerExportPiece.position)
        )
    )


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_file_has_a_row_per_answer_and_a_column_per_question_key(
    session: Session, sessions: sessionmaker[Session], closed: SurveyRound
) -> None:
    rows = rows_of(written(session, sessions, closed, with_texts=True))
    assert len(rows) == 9
    patients = [row for row in rows if row["role"] == "me"]
    assert len(patients) == 7
    assert {row["from_whom.care"] for row in patients} == {"1"}
    assert {row["from_whom.none"] for row in patients} == {"0"}
    assert {row["version"] for row in rows} == {"1"}
    assert sorted(row["visits"] for row in rows)[-2:] == ["2,5", "2,5"]
    assert [row["difference"] for row in rows if row["difference"]] == ["'=1+1"]


def test_who_else_was_chosen_and_what_was_written_beside_it_are_apart(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    made = make_round(session)
    chosen = NewResponse(
        answers={"role": "me", "from_whom": ["care", "other"]},
        texts={"from_whom.other": "Grannen"},
    )
    store_responses(session, made, [chosen] * 5)
    close_round(session, made, SYSTEM)
    session.commit()
    content = written(session, sessions, made, with_texts=True)
    headings = content.decode("utf-8-sig").splitlines()[0].split(";")
    assert len(headings) == len(set(headings))
    rows = rows_of(content)
    assert {(row["from_whom.other"], row["from_whom.other_text"]) for row in rows} == {
        ("1", "Grannen")
    }
    line = written(session, sessions, made, with_texts=True, file_format="ndjson").splitlines()[0]
    item = next(one for one in json.loads(line)["item"] if one["linkId"] == "from_whom")
    assert item["answer"][-1] == {"valueString": "Grannen"}


def test_what_few_share_is_left_empty_and_no_date_or_key_leaves(
    session: Session, sessions: sessionmaker[Session], closed: SurveyRound
) -> None:
    rows = rows_of(written(session, sessions, closed))
    kin = [row for row in rows if row["role"] == "kin"]
    assert {row["respondent_role"] for row in kin} == {""}
    assert {row["municipality"] for row in kin} == {""}
    assert {row["municipality"] for row in rows if row not in kin} == {"0880"}
    assert not {"id", "answered_week", "receipt", "difference"} & set(rows[0])


def test_rounds_of_a_series_share_a_file_with_one_column_per_key(
    session: Session, sessions: sessionmaker[Session], closed: SurveyRound
) -> None:
    data = questionnaire_data(key="stod_2")
    data["questions"][3]["rows"][1] = {"key": "calm", "text": {"sv": "Jag är lugn"}}
    later = make_round(session, data, slug="stod2", wave_label="2027", series_key="stod")
    answered(session, later)
    session.commit()
    rows = rows_of(written(session, sessions, later, with_series=True))
    assert sorted(row["round"] for row in rows) == ["2026"] * 9 + ["2027"] * 9
    assert {"respect", "reach", "calm"} <= set(rows[0])


def test_the_workbook_explains_every_column(
    session: Session, sessions: sessionmaker[Session], closed: SurveyRound
) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(written(session, sessions, closed, file_format="xlsx"))
    )
    answers, codes = book.worksheets
    assert answers.max_row == 10
    told = [
        [cell.value for cell in row]
        for row in codes.iter_rows(min_row=2)
        if row[0].value == "respect"
    ]
    assert told[0] == ["respect", "Hur ofta stämmer det? – Jag möts med respekt", None, None, "1"]
    assert told[1] == ["respect", None, "often", "Ofta", None]


def test_a_round_with_four_answers_gives_no_file(
    session: Session, as_coordinator: CheckingClient
) -> None:
    small = make_round(session)
    store_responses(session, small, [NewResponse(answers={"role": "me"}) for _n in range(4)])
    close_round(session, small, SYSTEM)
    session.commit()
    page = as_coordinator.page(f"/results/rounds/{small.public_id}/answers")
    assert "Färre än 5" in page
    with pytest.raises(Conflict):
        order_export(
            session,
            SYSTEM,
            small,
            file_format="csv",
            with_series=False,
            with_texts=False,
            reason="Rapport",
        )


@pytest.fixture
def ordered(
    session: Session,
    sessions: sessionmaker[Session],
    closed: SurveyRound,
    as_coordinator: CheckingClient,
) -> Iterator[AnswerExport]:
    """A file a coordinator has ordered on the page and the worker has written."""
    page = f"/results/rounds/{closed.public_id}/answers"
    assert "Skriv vad" in as_coordinator.submit(page, {"reason": ""}).text
    answer = as_coordinator.submit(page, {"reason": "Rapport", "file_format": "csv"})
    assert answer.status_code == 303
    made = session.scalars(select(AnswerExport)).one()
    session.commit()
    ExportAnswers().run(sessions, SilentJob(made.id))
    session.refresh(made)
    session.commit()  # SQLite has one writer: the pages below write a log line
    return made


def test_ordering_and_downloading_are_logged_with_the_reason(
    session: Session, as_coordinator: CheckingClient, ordered: AnswerExport
) -> None:
    got = as_coordinator.get(f"/results/answers/{ordered.public_id}/file")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert len(rows_of(got.data)) == 9
    actions = [
        (entry.action, entry.reason)
        for entry in session.scalars(select(EventLogEntry).order_by(EventLogEntry.id))
        if entry.action.startswith("answers_")
    ]
    assert actions == [("answers_exported", "Rapport"), ("answers_downloaded", "")]


def test_the_syntax_names_the_columns_of_its_file(
    as_coordinator: CheckingClient, ordered: AnswerExport
) -> None:
    file = as_coordinator.get(f"/results/answers/{ordered.public_id}/file")
    syntax = as_coordinator.get(f"/results/answers/{ordered.public_id}/spss").text
    headings = file.data.decode("utf-8-sig").splitlines()[0].split(";")
    declared = syntax.split("/VARIABLES=")[1].split("  .")[0].split()[::2]
    assert declared == headings
    assert "VALUE LABELS respect\r\n  'often' 'Ofta'" in syntax


def test_the_syntax_names_its_file_whenever_each_of_them_is_downloaded(
    session: Session, as_coordinator: CheckingClient, ordered: AnswerExport
) -> None:
    """Just before midnight in Sweden it is the day before elsewhere."""
    ordered.created_at = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    session.commit()
    file = as_coordinator.get(f"/results/answers/{ordered.public_id}/file?lang=en")
    syntax = as_coordinator.get(f"/results/answers/{ordered.public_id}/spss").text
    name = re.search(r"/FILE='(svar-\w+-2026-11-27\.csv)'", syntax)
    assert name
    assert f"filename={name[1]};" in file.headers["Content-Disposition"]


def test_an_answer_is_one_line_of_the_csv_file_however_many_lines_were_written(
    session: Session, sessions: sessionmaker[Session], county: SmallCounty
) -> None:
    """SPSS reads a line a person."""
    made = make_round(session, series_key="rader")
    store_responses(
        session,
        made,
        [
            NewResponse(answers={"role": "me"}, texts={"difference": f"Ett {n}\nTvå\r\n\r\nTre"})
            for n in range(9)
        ],
    )
    close_round(session, made, SYSTEM)
    session.commit()
    content = written(session, sessions, made, with_texts=True)
    assert len(content.decode().splitlines()) == 10
    assert {row["difference"][-7:] for row in rows_of(content)} == {"Två Tre"}


def test_somebody_elses_and_expired_files_do_not_exist(
    session: Session,
    sessions: sessionmaker[Session],
    as_coordinator: CheckingClient,
    ordered: AnswerExport,
) -> None:
    ordered.expires_at = now() - timedelta(minutes=1)
    session.commit()
    as_coordinator.page(f"/results/answers/{ordered.public_id}/file", status=404)
    session.commit()
    assert ForgetExports().run(sessions, SilentJob(ordered.id)) == {"forgotten": 1}
    assert session.scalars(select(AnswerExportPiece.position)).all() == []
    ordered.expires_at = now() + timedelta(minutes=9)
    ordered.created_by_account_id = None
    session.commit()
    as_coordinator.page(f"/results/answers/{ordered.public_id}/file", status=404)


def test_answers_leave_as_fhir_resources_that_name_nobody(
    session: Session, sessions: sessionmaker[Session], closed: SurveyRound
) -> None:
    content = written(session, sessions, closed, file_format="ndjson", with_texts=True)
    resources = [json.loads(line) for line in content.decode().splitlines()]
    assert len(resources) == 9
    assert b"subject" not in content
    assert {one["resourceType"] for one in resources} == {"QuestionnaireResponse"}
    assert resources[0]["questionnaire"] == "urn:medskapa:questionnaire:stod|1"
    answers = [{item["linkId"]: item for item in one["item"]} for one in resources]
    chosen = [one["from_whom"]["answer"] for one in answers if "from_whom" in one]
    care = [{"valueCoding": {"code": "care", "display": "Vården"}}]
    assert chosen == [care] * 7
    visits = [one["visits"]["answer"] for one in answers if "visits" in one]
    assert visits == [[{"valueDecimal": 2.5}]] * 2
    texts = [one["difference"]["answer"] for one in answers if "difference" in one]
    assert texts == [[{"valueString": "=1+1"}]]
