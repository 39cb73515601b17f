"""What retention adds: the command that records decisions, and the nightly destruction.

It is made from all other features, because they say what can go.
"""

import click

from participation.foundation.db import transaction
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.feature import Feature, Features
from participation.foundation.installation import open_installation
from participation.foundation.permissions import SYSTEM
from participation.foundation.process_locks import command_turn
from participation.foundation.retention.jobs import EVERY_NIGHT, DestroyByDecision
from participation.foundation.retention.services import (
    Standing,
    decide_retention,
    hold_retention,
    standing_of,
)


@click.group(invoke_without_command=True)
@click.pass_context
def retention(context: click.Context) -> None:
    """How long things are kept: what is decided, what is due, and recording a decision.

    Without a command: every rule with its decision, and how many things are older than that.
    Nothing is destroyed without a recorded decision.
    """
    if context.invoked_subcommand is not None:
        return
    rules = context.obj.collect("retention_rules")
    with open_installation() as installation, installation.sessions() as session:
        for standing in standing_of(session, rules):
            click.echo(_line(standing))


@retention.command()
@click.argument("rule")
@click.option("--days", type=click.IntRange(min=0), required=True, help="How long it is kept.")
@click.option("--decided-by", required=True, help="The body or the post that decided.")
@click.option("--reference", required=True, help="Where the decision is filed.")
@click.pass_obj
def decide(features: Features, rule: str, days: int, decided_by: str, reference: str) -> None:
    """Record that things of RULE are destroyed so many days after their end."""
    with (
        open_installation() as installation,
        command_turn(installation.config),
        transaction(installation.sessions) as session,
    ):
        try:
            decide_retention(
                session,
                SYSTEM,
                features.collect("retention_rules"),
                key=rule,
                days=days,
                decided_by=decided_by,
                reference=reference,
            )
        except NotFound:
            raise click.ClickException(f"there is no rule {rule}") from None
    click.echo(f"{rule}: destroyed {days} days after its end, from tonight.")


@retention.command()
@click.argument("rule")
@click.option("--decided-by", required=True, help="The body or the post that decided.")
@click.option("--reference", required=True, help="Where the decision is filed.")
def hold(rule: str, decided_by: str, reference: str) -> None:
    """Stop the destruction of RULE until it is decided on anew (a legal hold)."""
    with (
        open_installation() as installation,
        command_turn(installation.config),
        transaction(installation.sessions) as session,
    ):
        try:
            hold_retention(session, SYSTEM, key=rule, decided_by=decided_by, reference=reference)
        except Conflict:
            raise click.ClickException(f"nothing is decided about {rule}") from None
    click.echo(f"{rule}: held. Nothing is destroyed.")


def _line(standing: Standing) -> str:
    rule, decision = standing.rule, standing.decision
    if decision is None:
        told = f"not decided, nothing is destroyed (proposal: {rule.proposed_days} days)"
    elif decision.is_held:
        told = f"held ({decision.decided_by}, {decision.reference})"
    else:
        told = f"{decision.days} days ({decision.decided_by}, {decision.reference})"
    return f"{rule.key}: {rule.what}. {told}; {standing.due} due"


def retention_feature(others: Features) -> Feature:
    """Destruction of what the other features hold."""
    return Feature(
        name="retention",
        commands=(retention,),
        job_handlers=(DestroyByDecision(lambda: others.collect("retention_rules")),),
        schedules=(EVERY_NIGHT,),
    )
