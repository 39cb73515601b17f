"""`participation questionnaires load`: those that come with the platform, as drafts."""

import click

from participation.foundation.db import transaction
from participation.foundation.installation import open_installation
from participation.foundation.permissions import SYSTEM
from participation.foundation.process_locks import command_turn
from participation.questionnaires.services.shipping import (
    Stand,
    fetch_shipped,
    shipped_questionnaires,
)

TOLD = {
    Stand.MISSING: "fetched as a draft",
    Stand.SAME: "is here already",
    Stand.DIFFERS: "has a newer text: --new-versions fetches it as a draft",
    Stand.DRAFTED: "has a newer text, but somebody is writing on a draft: nothing is changed",
}


@click.group("questionnaires")
def questionnaire_commands() -> None:
    """Questionnaires that come with the platform."""


@questionnaire_commands.command("load")
@click.option("--new-versions", is_flag=True, help="Fetch newer texts as drafts, too.")
def load(*, new_versions: bool) -> None:
    """Fetch those that are missing as drafts. What is here is never changed."""
    lines = []
    with (
        open_installation() as installation,
        command_turn(installation.config),
        transaction(installation.sessions) as session,
    ):
        for one in shipped_questionnaires(session):
            is_newer = one.stand is Stand.DIFFERS and new_versions
            if one.stand is Stand.MISSING or is_newer:
                fetch_shipped(session, SYSTEM, one)
            told = "newer text fetched as a draft" if is_newer else TOLD[one.stand]
            lines.append(f"{one.key:<24}{told}")
    click.echo("\n".join(lines))
