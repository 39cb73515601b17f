"""`participation demo` never touches a database that holds data already."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participation.cli import main
from participation.interest_bank.models import BankMember
from tests.support.county import SmallCounty


@pytest.fixture
def installed(
    engine: Engine, county: SmallCounty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command's settings point at the test's database, with the small county in it."""
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PARTICIPATION_DATABASE_URL", url)
    monkeypatch.setenv("PARTICIPATION_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PARTICIPATION_PUBLIC_URL", "http://localhost")
    monkeypatch.setenv("PARTICIPATION_ENV", "test")
    monkeypatch.setenv("PARTICIPATION_DEMO", "")


@pytest.mark.usefixtures("installed")
def test_it_refuses_a_database_with_data(session: Session) -> None:
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 1
    assert "holds data already" in result.output
    assert session.scalar(select(func.count(BankMember.id))) == 0


@pytest.mark.usefixtures("installed")
def test_with_if_empty_it_leaves_the_data_and_says_where_to_sign_in(session: Session) -> None:
    result = CliRunner().invoke(main, ["demo", "--if-empty"])
    assert result.exit_code == 0, result.output
    assert "http://localhost/dev/mail" in result.output
    assert session.scalar(select(func.count(BankMember.id))) == 0


@pytest.mark.usefixtures("installed")
def test_it_refuses_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTICIPATION_ENV", "production")
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code != 0
    assert "PARTICIPATION_DEMO" in str(result.exception or result.output)
