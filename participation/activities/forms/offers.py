"""What the forms offer to choose from, and row ids on their way into and out of fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from participation.county.models import Area, Group, Municipality, Organisation, Unit
from participation.foundation.forms import Form
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.training.models import Course

NONE = [("", _l("None in particular"))]
ALL = [("", _l("All"))]


@dataclass(frozen=True)
class Places:
    """The county's rows that forms offer; the view fetches them."""

    organisations: Sequence[Organisation]
    units: Sequence[Unit] = ()
    areas: Sequence[Area] = ()
    groups: Sequence[Group] = ()
    municipalities: Sequence[Municipality] = ()
    courses: Sequence[Course] = ()

    def offer(self, form: Form) -> None:
        """Fill the lists a form has."""
        rows = {
            "organisation_id": [("", _("Choose")), *_named(self.organisations)],
            "unit_id": [*NONE, *_named(self.units)],
            "area_id": [*NONE, *_named(self.areas)],
            "group_id": [*NONE, *_named(self.groups)],
            "course_id": [*NONE, *_named(self.courses)],
            "wanted_municipalities": [
                (m.code, m.name) for m in sorted(self.municipalities, key=lambda place: place.name)
            ],
        }
        for name, offered in rows.items():
            if name in form:
                form[name].choices = offered

    def belongs(self, unit_id: int | None, organisation_id: int) -> bool:
        """Whether a chosen unit is the chosen organisation's."""
        return unit_id is None or any(
            unit.id == unit_id and unit.organisation_id == organisation_id for unit in self.units
        )


def _named(rows: Sequence[Any]) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in rows]


def id_chosen(value: str | None) -> int | None:
    """The row somebody chose in a list, if any."""
    return int(value) if value else None


def ids_shown(row: Any, *names: str) -> dict[str, str]:
    """A row's references as the lists of a form show them."""
    return {name: str(getattr(row, name) or "") for name in names}
