"""Commands of the foundation. `participation` puts the features in the context (`ctx.obj`)."""

import signal
from pathlib import Path

import click

from participation.foundation import backup as backups
from participation.foundation import journal, migrate
from participation.foundation.db import transaction
from participation.foundation.events import replace_subscribers
from participation.foundation.feature import Features
from participation.foundation.installation import open_installation
from participation.foundation.process_locks import InUseError, command_turn
from participation.foundation.worker import Worker


@click.command()
@click.pass_obj
def upgrade(features: Features) -> None:
    """Bring the database to the newest shape."""
    with open_installation() as installation, command_turn(installation.config):
        migrate.upgrade(installation.engine)
    _repeat_what_was_noted(features)
    click.echo(f"The database is at {migrate.head_revision()}.")


@click.command()
@click.pass_obj
def worker(features: Features) -> None:
    """Hand over mails and run jobs until told to stop (SIGTERM or Ctrl-C).

    With SQLite the web process does this itself, and the command refuses while it runs.
    """
    replace_subscribers(features.collect("subscribers"))
    with open_installation() as installation:
        running = Worker(
            installation.config,
            installation.sessions,
            features.collect("job_handlers"),
            features.collect("schedules"),
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: running.stopping.set())
        try:
            running.run()
        except InUseError as problem:
            raise click.ClickException(
                "a worker is running already; with SQLite it is part of the web process"
            ) from problem


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(features: Features, file: Path) -> None:
    """Write the whole database to FILE. The keys are not in it: keep them elsewhere."""
    with open_installation() as installation:
        try:
            manifest = backups.backup(
                installation.config,
                installation.engine,
                file,
                features.collect("never_backed_up"),
            )
        except backups.BackupError as problem:
            raise click.ClickException(str(problem)) from problem
    rows = sum(table["rows"] for table in manifest.tables.values())
    click.echo(f"{file}: {len(manifest.tables)} tables, {rows} rows.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Yes, throw away what is in the database now.")
@click.pass_obj
def restore(features: Features, file: Path, *, yes: bool) -> None:
    """Replace the whole database by the one in FILE; every table is compared afterwards.

    What people withdrew after the backup was made is withdrawn again.
    """
    if not yes:
        raise click.ClickException("this replaces the whole database: say --yes")
    with open_installation() as installation:
        config = installation.config
    try:
        manifest = backups.restore(config, file)
    except InUseError as problem:
        raise click.ClickException("stop the server and the workers first") from problem
    except backups.BackupError as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"Restored as of {manifest.made_at}: {len(manifest.tables)} tables are equal.")
    if manifest.revision == migrate.head_revision():
        _repeat_what_was_noted(features)
    else:
        click.echo("The backup is older than this version: run `participation upgrade` now.")


def _repeat_what_was_noted(features: Features) -> None:
    """Withdrawals in the journal happen again; those that stand are left alone."""
    replace_subscribers(features.collect("subscribers"))
    with open_installation() as installation:
        for one in features.collect("repeated"):
            with transaction(installation.sessions) as session:
                again = one.repeat(session, journal.noted(one.journal))
            if again:
                click.echo(f"{one.journal}: {again} done again.")
