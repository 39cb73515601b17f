"""The command that loads codebooks to begin from."""

from pathlib import Path

import click

from participation.coding.rules.starting import BrokenCodebookFile, read_books
from participation.coding.services.starting import LoadedBooks, load_starting_books
from participation.foundation.db import write_turn
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.installation import open_installation
from participation.foundation.permissions import SYSTEM
from participation.foundation.process_locks import command_turn


@click.command("load-codebooks")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Check the file and say what would change.")
def load_codebooks(file: Path, dry_run: bool) -> None:
    """Load or update codebooks to begin from, out of FILE. A broken file changes nothing."""
    try:
        books = read_books(file.read_bytes(), file.name)
    except BrokenCodebookFile as problem:
        for error in problem.errors:
            click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None
    with (
        open_installation() as installation,
        command_turn(installation.config),
        installation.sessions() as session,
        write_turn(session),
    ):
        loaded = load_starting_books(session, books)
        if dry_run:
            session.rollback()
        else:
            log_event(session, SYSTEM, "codebooks_loaded", "codebook", file.name[:40])
            session.commit()
    _print(loaded, is_dry=dry_run)


def _print(loaded: LoadedBooks, *, is_dry: bool) -> None:
    click.echo(
        _(
            "Codebooks: %(added)s added, %(changed)s changed, %(unchanged)s unchanged",
            **vars(loaded),
        )
    )
    if is_dry:
        click.echo(_("Only tried: nothing was changed."))
