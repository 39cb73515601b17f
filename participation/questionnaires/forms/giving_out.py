"""What coordinators choose when a round is handed out beside the mail."""

from typing import Any

from participation.foundation.forms import Form, ManyOf
from participation.foundation.i18n import lazy_gettext as _l


def units_form(without_link: list[tuple[str, str]], **values: Any) -> Any:
    """Which units are to have a link of their own; those that have one are left out."""

    class UnitsForm(Form):
        units = ManyOf(_l("Units that have no link yet"), without_link, optional=True)

    return UnitsForm(**values)
