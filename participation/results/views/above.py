"""What stands above a finding: what it is about in plans, as features above say."""

from dataclasses import dataclass

from participation.foundation.i18n import gettext as _
from participation.foundation.providers import NamedLink
from participation.foundation.web import actor, db, extension


@dataclass(frozen=True)
class Above:
    """One heading, its links, and where the reader chooses them."""

    title: str
    links: list[NamedLink]
    choosing: NamedLink | None


def above(finding_id: int, public_id: str) -> list[Above]:
    """Everything above a finding, also where there is nothing yet but something to choose."""
    return [
        Above(_(one.title), list(one.links(db(), finding_id)), one.choosing(actor(), public_id))
        for one in extension().features.collect("finding_links")
    ]


def acts(public_id: str) -> list[NamedLink]:
    """What this person may do with a published finding above."""
    return [
        link
        for one in extension().features.collect("finding_acts")
        for link in one.links(actor(), public_id)
    ]
