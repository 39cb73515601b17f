"""What somebody had typed when a form cannot be saved: given back to whoever typed it."""

from collections.abc import Mapping

from flask import request
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

# Secrets, and what pages send along by themselves.
NEVER_GIVEN_BACK = frozenset(
    {"csrf_token", "password", "code", "receipt", "round", "act", "was", "consent_version"}
)


def typed_text() -> Mapping[str, str]:
    """What the person had typed, so that a failed save gives it back (TRUST 42)."""
    typed: MultiDict[str, str] = request.form
    return {n: value for n, value in typed.items() if n not in NEVER_GIVEN_BACK and value.strip()}


def came_from_here() -> bool:
    """Whether our own page sent the form: nobody else's words are shown as somebody's own."""
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError:
        return False
    return True
