"""The county file's `assignment_agreements`: what people agree to, per kind of activity."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.activities.rules.states import ActivityKind
from participation.county.rules.nodes import Claims, Node, Shape

ANY_KIND = "any"
KINDS = (ANY_KIND, *ActivityKind)

AGREEMENT = Shape(
    "assignment_agreements",
    required=("key", "kind", "version", "valid_from", "sections"),
    optional=("example",),
)
SECTION = Shape("sections", required=("title", "text"), optional=("titles", "texts"))
SHAPES = (AGREEMENT, SECTION)
HIGHEST_VERSION = 999
LONGEST_TEXT = 2_000


@dataclass(frozen=True, kw_only=True)
class TemplateFacts:
    """One version of the agreement for one kind of activity (or any)."""

    key: str
    kind: str
    version: int
    valid_from: date
    is_example: bool
    sections: list[dict[str, Any]]


def read_agreements(section: Node) -> list[TemplateFacts]:
    """Every template; what is wrong is noted on the nodes."""
    found, keys, versions = [], Claims(), Claims()
    for node in section.shaped_entries(AGREEMENT):
        facts = TemplateFacts(
            key=node.own_key(),
            kind=node.choice("kind", KINDS),
            version=node.whole_number("version", 1, HIGHEST_VERSION),
            valid_from=node.day_or_none("valid_from") or date.min,
            is_example=node.flag("example"),
            sections=[_section(entry) for entry in node.shaped_children("sections", SECTION)],
        )
        keys.claim(node, facts.key)
        versions.claim(node, f"{facts.kind} {facts.version}", "version")
        found.append(facts)
    return found


def _section(node: Node) -> dict[str, Any]:
    return {
        "title": node.text("title", 120),
        "titles": node.text_by_locale("titles", 120),
        "text": node.text_or_none("text", LONGEST_TEXT) or "",
        "texts": node.text_by_locale("texts", LONGEST_TEXT),
    }
