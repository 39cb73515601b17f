"""Two people with one form open: whoever saves last is told what the other changed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from wtforms import Field

from participation.foundation.forms import Form
from participation.foundation.i18n import format_day, format_labels
from participation.foundation.i18n import gettext as _

_SIGNS = 8
_MOST_SHOWN = 300


def stamp(loaded: Mapping[str, Any]) -> str:
    """A digest of each value that a form was filled with; the form carries it back unseen."""
    return ".".join(f"{name}-{_digest(value)}" for name, value in loaded.items())


def changed_meanwhile(carried: str, current: Mapping[str, Any]) -> list[str]:
    """The names of the values that are no longer what the form was filled with."""
    loaded = dict(part.split("-", 1) for part in carried.split(".") if "-" in part)
    return [
        name for name, value in current.items() if loaded.get(name, "") not in ("", _digest(value))
    ]


def point_out(form: Form, names: list[str], current: Mapping[str, Any]) -> None:
    """Say at each field what stands there now; what the person typed stays in the form."""
    form.form_errors = [
        _("Somebody else saved the activity while you wrote. Compare below, then save again.")
    ]
    for name in names:
        value = _in_words(form[name], current[name])
        form.add_error(
            name,
            _("Meanwhile changed to: %(value)s. What you have here is not saved.", value=value)
            if value
            else _("Meanwhile emptied. What you have here is not saved."),
        )


def _digest(value: Any) -> str:
    told = json.dumps(value, default=str, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:_SIGNS]


def _in_words(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return format_day(value)
    if hasattr(field, "iter_choices"):
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        return format_labels([c.label for c in field.iter_choices() if str(c.value) in chosen])
    told = str(value or "")
    return told if len(told) <= _MOST_SHOWN else f"{told[:_MOST_SHOWN]} …"
