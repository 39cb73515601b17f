"""What stands above on codes: findings that rest on them, as far as the reader may see them."""

from collections.abc import Collection

from participation.foundation.providers import NamedLink
from participation.foundation.web import actor, db, extension


def resting_on(code_ids: Collection[int]) -> dict[int, list[NamedLink]]:
    """By code; nothing is asked for where there are no codes."""
    found: dict[int, list[NamedLink]] = {}
    if not code_ids:
        return found
    for ground in extension().features.collect("coded_grounds"):
        for code_id, links in ground.resting_on(db(), actor(), code_ids).items():
            found.setdefault(code_id, []).extend(links)
    return found


def resting_on_any(code_ids: Collection[int]) -> list[NamedLink]:
    """All of it, each once."""
    links = [link for some in resting_on(code_ids).values() for link in some]
    return list({str(link.address): link for link in links}.values())
