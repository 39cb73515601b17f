"""Accounts: sign-in, sessions, roles, the start page, one's own data, the event log's page."""

from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy.orm import Session

from participation.accounts.forms import ROLE_NAMES
from participation.accounts.jobs import SCHEDULES, TidySignIns
from participation.accounts.rules.roles import matrix
from participation.accounts.services.demo import demo_sign_ins
from participation.accounts.services.invitations import invite_to_strong_sign_in
from participation.accounts.services.own_data import AccountData
from participation.accounts.services.people import ensure_account, grant_role
from participation.accounts.views import (
    account_admin,
    accounts,
    begin_sign_in,
    event_log,
    init_sign_in,
)
from participation.foundation.db import transaction
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import to_translate
from participation.foundation.installation import open_installation
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import SYSTEM, Permission, Role
from participation.foundation.process_locks import command_turn


@click.command("roles")
def roles_command() -> None:
    """Print which role may do what; a star marks roles that need password and code."""
    rows = matrix()
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@click.command("create-admin")
@click.argument("email")
@click.option("--name", default="Administratör", show_default=True, help="What pages call them.")
def create_admin_command(email: str, name: str) -> None:
    """Make EMAIL an administrator; prints (and mails) the link to choose a password."""
    with (
        open_installation() as installation,
        command_turn(installation.config),
        transaction(installation.sessions) as session,
    ):
        account = ensure_account(session, email, name)
        grant_role(session, account, Role.ADMINISTRATOR)
        path = invite_to_strong_sign_in(session, SYSTEM, account)
    click.echo(absolute_url(path))


class DemoSignIns:
    """On the development mail page: how to sign in as each of the demo's people."""

    template = "accounts/demo_sign_ins.html"

    def values(self, session: Session) -> Mapping[str, Any]:
        return {"people": demo_sign_ins(session), "role_names": ROLE_NAMES}


FEATURE = Feature(
    name="accounts",
    blueprints=(accounts, account_admin, event_log),
    navigation=(
        NavItem(
            section="start",
            order=0,
            label=to_translate("Start"),
            endpoint="accounts.start",
            permission=Permission.OWN_PAGE,
            room="start",
        ),
        NavItem(
            section="care",
            order=70,
            label=to_translate("Accounts"),
            endpoint="account_admin.account_list",
            permission=Permission.MANAGE_ACCOUNTS,
            room="accounts",
        ),
        NavItem(
            section="care",
            order=80,
            label=to_translate("Event log"),
            endpoint="event_log.entries",
            permission=Permission.READ_EVENT_LOG,
            room="event_log",
        ),
    ),
    commands=(roles_command, create_admin_command),
    job_handlers=(TidySignIns(),),
    schedules=SCHEDULES,
    person_data=(AccountData(),),
    dev_mail_extras=(DemoSignIns(),),
    init_app=init_sign_in,
    begin=begin_sign_in,
)
