"""`participation replay-draw`: the published file and the seed give the panel."""

import json
from pathlib import Path

import click

from participation.selection.rules.replay import verify


@click.command("replay-draw")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--seed", required=True, help="The seed as it became known, in quotes.")
def replay_draw(file: Path, seed: str) -> None:
    """Replay a published lottery FILE: which panel does the seed draw?"""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        replayed = verify(content, seed)
    except (ValueError, KeyError, TypeError) as problem:
        raise click.ClickException(f"{file} cannot be replayed: {problem}") from problem
    click.echo(f"fingerprint  {replayed.fingerprint}")
    click.echo(f"number       {replayed.index + 1} of {len(content['panels'])}")
    click.echo(f"panel        {' '.join(map(str, replayed.panel))}")
