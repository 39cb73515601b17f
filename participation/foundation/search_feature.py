"""What search adds: its page, the command that rebuilds the index, and the hourly rebuild.

It is made from all other features, because they are what it searches.
"""

from datetime import timedelta

import click

from participation.foundation.db import transaction
from participation.foundation.feature import Feature, Features
from participation.foundation.installation import open_installation
from participation.foundation.jobs.rules import Schedule
from participation.foundation.process_locks import command_turn
from participation.foundation.search.jobs import REBUILD, RebuildIndex
from participation.foundation.search.services import rebuild_index
from participation.foundation.search.views import blueprint

REBUILT_EVERY = timedelta(hours=1)


@click.command()
@click.pass_obj
def reindex(features: Features) -> None:
    """Rebuild the search index from everything that can be found."""
    with (
        open_installation() as installation,
        command_turn(installation.config),
        transaction(installation.sessions) as session,
    ):
        count = rebuild_index(session, features.collect("search_sources"))
    click.echo(f"{count} documents can be found.")


def search_feature(others: Features) -> Feature:
    """Search over everything the other features offer."""
    return Feature(
        name="search",
        blueprints=(blueprint,),
        commands=(reindex,),
        job_handlers=(RebuildIndex(lambda: others.collect("search_sources")),),
        schedules=(Schedule(REBUILD, REBUILT_EVERY),),
    )
