"""Backup and restore: every table equal, drafts left out, damage noticed (TRUST 43)."""

import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from participation.foundation.backup import BackupError, backup, restore, table_hashes
from participation.foundation.config import Config
from participation.foundation.crypto import email_index
from participation.foundation.db import make_engine
from participation.foundation.jobs import Job, enqueue
from participation.foundation.outbox import OutboxMail
from participation.foundation.outbox.rules import MailState
from participation.foundation.process_locks import InUseError, in_use


@pytest.fixture
def settings(config: Config, engine: Engine, tmp_path: Path) -> Config:
    url = engine.url.render_as_string(hide_password=False)
    return replace(config, database_url=url, data_dir=tmp_path / "data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "safe" / "backup.tar"


@pytest.fixture
def rows(session: Session) -> None:
    for number in range(5):
        enqueue(session, "test", {"n": number, "text": "åäö 🌱"})
    session.add(a_mail("sent", MailState.SENT))
    session.commit()


def a_mail(message_id: str, state: MailState) -> OutboxMail:
    return OutboxMail(
        template="example",
        locale="sv",
        state=state,
        message_id=f"<{message_id}@example.org>",
        recipient="tuva@example.org",
        recipient_index=email_index("tuva@example.org"),
    )


def hashes(engine: Engine) -> dict[str, object]:
    with engine.connect() as connection:
        return dict(table_hashes(connection))


@pytest.mark.usefixtures("rows")
def test_what_comes_back_is_equal_table_by_table(
    settings: Config, engine: Engine, file: Path
) -> None:
    before = hashes(engine)
    backup(settings, engine, file)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM jobs"))
        connection.execute(text("CREATE TABLE left_over (id integer primary key)"))
    engine.dispose()
    for _ in range(2):  # also onto what a restore itself left
        restore(settings, file)
        assert hashes(engine) == before
        engine.dispose()


@pytest.mark.usefixtures("rows")
def test_a_clean_machine_gets_the_whole_database(
    settings: Config, engine: Engine, file: Path, tmp_path: Path
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("the test above empties the database first")
    before = hashes(engine)
    backup(settings, engine, file)
    elsewhere = replace(
        settings, database_url=f"sqlite:///{tmp_path}/new/participation.db", data_dir=tmp_path / "n"
    )
    restore(elsewhere, file)
    found = make_engine(elsewhere.database_url)
    assert hashes(found) == before
    found.dispose()


@pytest.mark.usefixtures("rows")
def test_drafts_are_left_out_also_from_the_bytes(
    settings: Config, engine: Engine, session: Session, file: Path
) -> None:
    enqueue(session, "test", {"draft": "VERYPRIVATEDRAFT"})
    session.commit()
    manifest = backup(settings, engine, file, never_backed_up=["jobs"])
    assert manifest.tables["jobs"]["rows"] == 0
    assert b"VERYPRIVATEDRAFT" not in file.read_bytes()
    engine.dispose()
    restore(settings, file)
    assert session.scalar(select(func.count(Job.id))) == 0
    session.rollback()
    engine.dispose()


def test_mails_on_their_way_are_held_for_a_person(
    settings: Config, engine: Engine, session: Session, file: Path
) -> None:
    states = [MailState.QUEUED, MailState.CLAIMED, MailState.HANDING, MailState.FAILED]
    session.add_all([a_mail(state, state) for state in states])
    session.commit()
    backup(settings, engine, file)
    engine.dispose()
    restore(settings, file)
    found = session.scalars(select(OutboxMail.state).order_by(OutboxMail.id)).all()
    assert found == [MailState.UNSURE] * 3 + [MailState.FAILED]
    session.rollback()
    engine.dispose()


@pytest.mark.usefixtures("rows")
def test_a_damaged_file_changes_nothing(settings: Config, engine: Engine, file: Path) -> None:
    before = hashes(engine)
    backup(settings, engine, file)
    engine.dispose()
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    file.write_bytes(raw)
    with pytest.raises(BackupError):
        restore(settings, file)
    file.write_text("not a backup")
    with pytest.raises(BackupError, match="not a backup"):
        restore(settings, file)
    assert hashes(engine) == before


def test_an_archive_cannot_write_elsewhere(settings: Config, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"format": 1}))
    with tarfile.open(evil, "w") as archive:
        archive.add(manifest, arcname="../outside.json")
    with pytest.raises(BackupError, match="not a backup"):
        restore(settings, evil)
    assert not (tmp_path.parent / "outside.json").exists()


@pytest.mark.usefixtures("rows")
def test_nothing_is_restored_under_a_running_server(
    settings: Config, engine: Engine, file: Path
) -> None:
    backup(settings, engine, file)
    with in_use(settings), pytest.raises(InUseError):
        restore(settings, file)


def test_an_existing_backup_is_not_overwritten(
    settings: Config, engine: Engine, file: Path
) -> None:
    backup(settings, engine, file)
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(BackupError, match="exists"):
        backup(settings, engine, file)


def test_the_hash_sees_doubled_rows_but_not_their_order(engine: Engine) -> None:
    def of(*values: int) -> object:
        with engine.connect() as connection:
            connection.execute(text("CREATE TABLE probe (n integer)"))
            for value in values:
                connection.execute(text("INSERT INTO probe VALUES (:n)"), {"n": value})
            found = table_hashes(connection)["probe"]
            connection.rollback()
            return found

    assert of(1, 2, 3) == of(3, 1, 2)
    assert of(1, 1) != of(2, 2) != of()
