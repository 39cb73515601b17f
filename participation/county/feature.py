"""What the county declares: its pages, the command that loads a file, and whom residents call."""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.orm import Session

from participation.county import queries
from participation.county.services import BrokenCountyFile, CountyReport, load_county
from participation.county.views import blueprint
from participation.foundation.db import write_turn
from participation.foundation.eventlog.services import log_event
from participation.foundation.feature import Feature, Features, NavItem
from participation.foundation.i18n import current_locale, to_translate
from participation.foundation.i18n import gettext as _
from participation.foundation.installation import open_installation
from participation.foundation.permissions import SYSTEM, Permission
from participation.foundation.process_locks import command_turn
from participation.foundation.providers import CountedThing, SearchDocument
from participation.foundation.web import EXTENSION, Contact

CONTACT_SECONDS = 60  # how long a process may show an older phone number


@click.command("load-county")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and say what would change.")
@click.pass_obj
def load_county_command(features: Features, file: Path, dry_run: bool) -> None:
    """Load or update the county from FILE. A broken file changes nothing."""
    with (
        open_installation() as installation,
        command_turn(installation.config),
        installation.sessions() as session,
        write_turn(session),
    ):
        try:
            report = load_county(session, file, features.collect("county_sections"))
        except BrokenCountyFile as problem:
            for error in problem.errors:
                click.echo(str(error), err=True)
            raise click.exceptions.Exit(1) from None
        if dry_run:
            session.rollback()
        else:
            log_event(session, SYSTEM, "county_loaded", "county", report.layer)
            session.commit()
    _print(report, dry_run)


def _print(report: CountyReport, dry_run: bool) -> None:
    for name, counts in [*report.sections.items(), (_("in all"), report.total)]:
        click.echo(
            _(
                "%(name)s: %(added)s added, %(changed)s changed, %(unchanged)s unchanged, "
                "%(retired)s retired",
                name=name,
                **vars(counts),
            )
        )
    if dry_run:
        click.echo(_("Only tried: nothing was changed."))


class GroupsInSearch:
    """The groups, for the search index."""

    source = queries.SEARCH_SOURCE
    label = to_translate("Groups")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        return queries.search_documents(session)


class MunicipalitiesThatAdopted:
    """One of the participation model's own indicators, counted from the county file."""

    key = "municipalities_that_adopted"
    label = to_translate("Municipalities that have adopted the participation model")
    rule = to_translate(
        "A municipality counts when it holds to the model on the last day of the year."
    )
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return queries.municipalities_that_adopted(session, years)

    def things(self, session: Session, year: int) -> Iterable[CountedThing]:
        for one, since in queries.municipalities_in(session, year):
            invented = _("It is invented.") if one.is_fictional else ""
            not_adopted = "" if since else _("It has not adopted the model.")
            yield CountedThing(title=one.name, on=since, why_not=invented or not_adopted)


class FooterContact:
    """Whom residents call, remembered for a minute so that not every page has to ask."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Contact]] = {}

    def __call__(self, db: Callable[[], Session]) -> Contact:
        locale = current_locale()
        until, known = self._known.get(locale, (0.0, Contact()))
        if time.monotonic() < until:
            return known
        found = _contact(db(), locale)
        if found.county_name:
            self._known[locale] = (time.monotonic() + CONTACT_SECONDS, found)
        return found


def _contact(session: Session, locale: str) -> Contact:
    county, contact = queries.county_or_none(session), queries.contact(session)
    return Contact(
        county_name=county.name_in(locale) if county else "",
        phone=(contact.phone or "") if contact else "",
        hours=(contact.hours_in(locale) or "") if contact else "",
    )


def begin(app: Flask) -> None:
    """Let every page know the county and whom to call."""
    app.extensions[EXTENSION].contact = FooterContact()


FEATURE = Feature(
    name="county",
    blueprints=(blueprint,),
    navigation=(
        NavItem(
            section="care",
            order=510,
            label=to_translate("Organisations"),
            endpoint="county.organisations",
            permission=Permission.READ_COUNTY,
            room="county",
        ),
    ),
    commands=(load_county_command,),
    search_sources=(GroupsInSearch(),),
    indicator_counters=(MunicipalitiesThatAdopted(),),
    begin=begin,
)
