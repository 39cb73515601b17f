"""The county file's `courses`."""

from dataclasses import dataclass

from participation.county.rules.nodes import Claims, Node, Shape
from participation.foundation.i18n import gettext as _
from participation.training.rules.kinds import DEMANDING_KINDS

COURSE = Shape(
    "courses",
    required=("key", "name", "about", "for_whom", "hours"),
    optional=("names", "valid_months", "required_for", "fictional"),
)
SHAPES = (COURSE,)
MOST_HOURS = 500
MOST_MONTHS = 240


@dataclass(frozen=True)
class CourseFacts:
    """One course, as the file tells."""

    key: str
    name: str
    names: dict[str, str]
    about: str
    for_whom: str
    hours: int
    valid_months: int | None
    required_for: tuple[str, ...]
    is_fictional: bool


def read_courses(section: Node) -> list[CourseFacts]:
    """Every course; errors are noted on the nodes."""
    claims = Claims()
    found = []
    for entry in section.shaped_entries(COURSE):
        claims.claim(entry, entry.text("key"))
        found.append(
            CourseFacts(
                key=entry.own_key(),
                name=entry.text("name"),
                names=entry.text_by_locale("names"),
                about=entry.text("about", 2000),
                for_whom=entry.text("for_whom", 500),
                hours=entry.whole_number("hours", smallest=1, largest=MOST_HOURS),
                valid_months=entry.whole_number_or_none("valid_months", largest=MOST_MONTHS),
                required_for=_kinds(entry),
                is_fictional=entry.flag("fictional"),
            )
        )
    return found


def _kinds(entry: Node) -> tuple[str, ...]:
    kinds = tuple(entry.texts("required_for", 20))
    for kind in kinds:
        if kind not in DEMANDING_KINDS:
            entry.error(
                _(
                    "“%(key)s” must be one of: %(allowed)s (not “%(text)s”)",
                    key="required_for",
                    allowed=", ".join(DEMANDING_KINDS),
                    text=kind,
                ),
                "required_for",
            )
    return kinds
