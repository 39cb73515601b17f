"""`participation …`: the commands of the installation."""

import click

from participation.app import create_app
from participation.demo.commands import demo
from participation.foundation.serving import background_worker
from participation.registry import FEATURES

DEFAULT_PORT = 8000


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Medskapa: interest bank, questionnaires, audits and follow-up for one county."""
    context.obj = FEATURES


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=DEFAULT_PORT, show_default=True)
def run(host: str, port: int) -> None:
    """Serve the site with Flask's development server (production: gunicorn, docs/operations.md)."""
    app = create_app()
    with background_worker(app):
        app.run(host=host, port=port, threaded=True)


main.add_command(demo)
for command in FEATURES.collect("commands"):
    main.add_command(command)
