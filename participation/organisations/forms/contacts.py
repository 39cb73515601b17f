"""Who speaks for an organisation, and about what."""

from collections.abc import Sequence

from participation.county.models import Area
from participation.foundation.forms import EmailLine, Form, ManyOf, TextLine
from participation.foundation.i18n import lazy_gettext as _l


class ContactAreasForm(Form):
    """Which areas somebody is the contact for."""

    areas = ManyOf(
        _l("Contact for"), [], optional=True, hint=_l("Tick nothing, and it is for all areas.")
    )

    def offer(self, areas: Sequence[Area]) -> None:
        """The areas there are."""
        self.areas.choices = [(str(area.id), area.name) for area in areas]

    def area_ids(self) -> list[int]:
        return [int(value) for value in self.areas.data or ()]


class ContactForm(ContactAreasForm):
    """A new contact person."""

    name = TextLine(_l("Name"))
    email = EmailLine(_l("E-mail"), missing=_l("Write the e-mail address."))
