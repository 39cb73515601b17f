"""Codebooks to begin from are loaded from a file: all or nothing, and twice is once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.coding.commands import load_codebooks
from participation.coding.models import Code, Codebook, StartingCodebook
from participation.coding.queries.starting import starting_book, starting_titles
from participation.coding.rules.starting import BrokenCodebookFile, read_books
from participation.coding.services.codebooks import new_codebook
from participation.coding.services.starting import LoadedBooks, load_starting_books
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.paths import PACKAGE
from participation.foundation.permissions import SYSTEM
from tests.support.client import CheckingClient

DOCUMENT = PACKAGE.parent / "docs" / "codebook-file.md"


def example() -> str:
    """The file that the document shows."""
    (found,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    return str(found)


def load(session: Session, text: str) -> LoadedBooks:
    return load_starting_books(session, read_books(text.encode(), "bok.yaml"))


def test_the_example_of_the_document_is_loaded_and_the_second_time_changes_nothing(
    session: Session,
) -> None:
    assert load(session, example()) == LoadedBooks(added=1)
    assert load(session, example()) == LoadedBooks(unchanged=1)
    assert load(session, example().replace("Bråttom", "Jäkt")) == LoadedBooks(changed=1)
    assert session.scalar(select(func.count()).select_from(StartingCodebook)) == 1
    draft = starting_book(session, "home_care", "sv")
    assert [code.name for code in draft.themes[0].codes] == ["Jäkt", "På utsatt tid"]
    assert [code.number for code in draft.themes[0].codes] == [1, 2]


def test_a_loaded_codebook_is_offered_beside_those_that_come_along(
    session: Session, as_coordinator: CheckingClient
) -> None:
    load(session, example())
    session.commit()
    page = as_coordinator.page("/coding/codebooks/new")
    assert "Hemtjänst" in page
    assert "Nationella patientenkätens dimensioner" in page
    sent = as_coordinator.submit(
        "/coding/codebooks/new", data={"title": "Vår hemtjänst", "begin_from": "home_care"}
    )
    assert sent.status_code == 303
    assert session.scalars(select(Code.name).order_by(Code.number)).all() == [
        "Bråttom",
        "På utsatt tid",
    ]


def test_with_the_key_of_one_that_comes_along_it_is_offered_instead(session: Session) -> None:
    load(session, example().replace("home_care", "patient_survey"))
    assert starting_titles(session, "en") == {"patient_survey": "Home care"}


def test_what_was_begun_before_stays_as_it_is(session: Session) -> None:
    load(session, example())
    new_codebook(session, SYSTEM, "Vår", starting_book(session, "home_care", "sv"))
    load(session, example().replace("Bråttom", "Jäkt"))
    assert "Bråttom" in session.scalars(select(Code.name)).all()
    assert session.scalars(select(Codebook.title)).all() == ["Vår"]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda text: text.replace("key: hurry", "key: Hurry up"), 9),
        (lambda text: text.replace("key: at_the_hour", "key: hurry"), 10),
        (lambda text: text.replace('name: {sv: "På utsatt tid"}', 'name: {en: "On time"}'), 10),
        (lambda text: text.replace('memo: {sv: "När', 'note: {sv: "När'), 9),
        (lambda text: text.replace('"Hemtjänst"', "2026"), 3),
        (lambda text: text.replace('Tid"', "T" * 81 + '"'), 7),
        (lambda text: text.replace("themes:", "themes: ["), 6),
    ],
)
def test_every_error_is_told_with_its_line(change: Callable[[str], str], line: int) -> None:
    with pytest.raises(BrokenCodebookFile) as problem:
        read_books(change(example()).encode(), "bok.yaml")
    assert line in {error.line for error in problem.value.errors}
    assert all(str(error).startswith("bok.yaml:") for error in problem.value.errors)


def test_all_errors_of_a_file_are_told_at_once() -> None:
    broken = example().replace("key: hurry", "key: Hurry up").replace('"Hemtjänst"', "2026")
    with pytest.raises(BrokenCodebookFile) as problem:
        read_books(broken.encode(), "bok.yaml")
    assert [error.line for error in problem.value.errors] == [3, 9]


@pytest.fixture
def run(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command, which finds the test's own database."""
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PARTICIPATION_ENV", "test")
    monkeypatch.setenv("PARTICIPATION_DATABASE_URL", url)
    monkeypatch.setenv("PARTICIPATION_DATA_DIR", str(tmp_path / "data"))
    file = tmp_path / "bok.yaml"

    def with_file(text: str, *options: str) -> Result:
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(load_codebooks, [str(file), *options])

    return with_file


def test_the_command_tries_loads_and_says_what_changed(
    session: Session, run: Callable[..., Result]
) -> None:
    tried = run(example(), "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "1 nya" in tried.output
    assert session.scalar(select(func.count()).select_from(StartingCodebook)) == 0
    session.rollback()
    assert "1 nya" in run(example()).output
    assert "1 oförändrade" in run(example()).output
    loaded = session.scalars(
        select(EventLogEntry.action).where(EventLogEntry.action == "codebooks_loaded")
    ).all()
    assert len(loaded) == 2


def test_the_command_refuses_a_broken_file_with_its_lines(
    session: Session, run: Callable[..., Result]
) -> None:
    refused = run(example().replace("key: hurry", "key: Hurry up"))
    assert refused.exit_code == 1
    assert "bok.yaml:9:" in refused.output
    assert session.scalar(select(func.count()).select_from(StartingCodebook)) == 0
