"""The foundation's own declaration: operations pages, health, development mail, commands."""

from participation.foundation.commands import backup, restore, upgrade, worker
from participation.foundation.feature import Feature, NavItem
from participation.foundation.files import StoredFile  # noqa: F401 - registers its table
from participation.foundation.health import health
from participation.foundation.i18n import to_translate
from participation.foundation.pages import pages
from participation.foundation.permissions import Permission
from participation.foundation.retention.rows import MAILS_AND_JOBS
from participation.foundation.views_dev_mail import dev_mail
from participation.foundation.views_operations import MailsToDecide, jobs, operations

FEATURE = Feature(
    name="operations",
    blueprints=(operations, jobs, health, dev_mail, pages),
    navigation=(
        NavItem(
            section="care",
            order=90,
            label=to_translate("Operations"),
            endpoint="operations.overview",
            permission=Permission.READ_OPERATIONS,
            room="operations",
        ),
    ),
    commands=(upgrade, worker, backup, restore),
    start_cards=(MailsToDecide(),),
    retention_rules=MAILS_AND_JOBS,
)
