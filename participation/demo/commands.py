"""`participation demo`: load the demo county, and serve it."""

import os
import socket

import click

from participation.accounts.services.demo import demo_sign_ins
from participation.app import create_app
from participation.demo.load import is_empty, load_demo
from participation.disclosure.services import configure_thresholds
from participation.foundation import migrate
from participation.foundation.config import Config
from participation.foundation.db import transaction
from participation.foundation.feature import Features
from participation.foundation.installation import Installation, open_installation
from participation.foundation.process_locks import InUseError, command_turn
from participation.foundation.serving import background_worker

HOST = "127.0.0.1"
DEFAULT_PORT = 8000


@click.command()
@click.option("--if-empty", is_flag=True, help="Load nothing when there is data already.")
@click.option("--serve", is_flag=True, help="Serve the site afterwards, until Ctrl-C.")
@click.option("--port", default=DEFAULT_PORT, show_default=True)
@click.pass_obj
def demo(features: Features, *, if_empty: bool, serve: bool, port: int) -> None:
    """Load the demo county: a believable year in which everybody is invented."""
    os.environ["PARTICIPATION_DEMO"] = "1"
    os.environ.setdefault("PARTICIPATION_PUBLIC_URL", f"http://{HOST}:{port}")
    if serve:
        _check_port(port)
    with open_installation() as installation:
        with command_turn(installation.config):
            _load(installation, features, if_empty=if_empty)
        _tell(installation)
    if serve:
        _serve(port)


def _check_port(port: int) -> None:
    """Say that the port is taken before anything is loaded."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as problem:
            raise click.ClickException(
                f"port {port} is taken: stop what runs there, or choose another,"
                f" for example make run PORT={port + 1}"
            ) from problem


def _load(installation: Installation, features: Features, *, if_empty: bool) -> None:
    migrate.upgrade(installation.engine)
    configure_thresholds(installation.config)
    with transaction(installation.sessions) as session:
        if is_empty(session):
            load_demo(session, features, click.echo)
        elif not if_empty:
            raise click.ClickException(
                "the database holds data already; the demo goes into an empty one"
            )


def _tell(installation: Installation) -> None:
    """Where the site is, where its mails can be read, and how to sign in."""
    public_url = installation.config.public_url
    with installation.sessions() as session:
        people = demo_sign_ins(session)
    click.echo(f"\nSite        {public_url}/\nMails       {public_url}/dev/mail")
    click.echo(f"Sign in     {public_url}/sign-in\n")
    for person in people:
        roles = ", ".join(f"{role} ({where})" if where else role for role, where in person.roles)
        way = f"password: {person.password}" if person.password else "link by mail"
        click.echo(f"  {person.email:<38}{roles:<48}{way}")
    click.echo("\nThe six-digit codes stand on the mail page.")


def _serve(port: int) -> None:
    app = create_app(Config.from_environment())
    try:
        with background_worker(app):
            app.run(host=HOST, port=port, threaded=True)
    except InUseError as problem:
        raise click.ClickException(
            "the site runs already from this folder: stop it first"
        ) from problem
