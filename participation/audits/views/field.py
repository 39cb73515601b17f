"""Interviews where there is no connection: the page a device keeps, taking an audit along, and
the box that sealed interviews are put into. Decision: docs/decisions/0013.

The kept page is the same for everybody and names nobody: no session is read for it.
"""

import base64
import binascii
import hashlib
import json
from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify, request, url_for

from participation.audits import queries
from participation.audits.forms import ChoosePinForm, FieldInterviewForm, KnownPinForm
from participation.audits.rules.field import (
    CHANGED_HERE,
    LARGEST_SEALED,
    is_ref,
)
from participation.audits.rules.information import consent_version, spoken_consent
from participation.audits.services import (
    KeyGone,
    NewerHere,
    NoConsent,
    accept_late,
    put_in,
    take_along,
    throw_away,
)
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.information import name_of_way
from participation.foundation.ceilings import TokenBucket
from participation.foundation.errors import NotFound
from participation.foundation.i18n import LOCALES, use_locale
from participation.foundation.look import STATIC_FILES, static_url
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    cookieless,
    db,
    render,
    requires,
    see_other,
)

field_box = Blueprint("field", __name__)

FIELD_CEILINGS = "field_ceilings"
MAX_BODY = 2 * LARGEST_SEALED
KEPT_FILES = ("resident.css", "app.js", "field.js", "mark.svg")


class FieldCeilings:
    """What one process bears from everybody together; nobody's address is kept (TRUST 23, 46)."""

    def __init__(self) -> None:
        self.wrong_tokens = TokenBucket(burst=60, per_second=1)


@field_box.get("/field/")
@requires(Permission.PUBLIC)
@cookieless
def shell() -> str:
    """The page a device keeps and opens without a connection."""
    return _shell()


def _shell() -> str:
    return render(
        "audits/field.html",
        known_form=KnownPinForm(),
        interview_form=FieldInterviewForm(),
        consent_version=consent_version(),
        consent=spoken_consent(consent_version()),
        way_name=name_of_way,
    )


@field_box.get("/field/worker.js")
@requires(Permission.PUBLIC)
@cookieless
def worker() -> Response:
    """The service worker: it keeps the page in each language and its files, and nothing else."""
    pages, seen = [], hashlib.sha256()
    for locale in LOCALES:
        with use_locale(locale):
            seen.update(_shell().encode())
        pages.append(url_for("field.shell", lang=locale))
    files = [*pages, *(static_url(name) for name in KEPT_FILES)]
    source = (STATIC_FILES / "field-worker.js").read_text()
    seen.update(source.encode())
    kept = {"version": seen.hexdigest()[:16], "files": files}
    return Response(f"const KEPT = {json.dumps(kept)};\n{source}", mimetype="text/javascript")


@field_box.post("/field/deposit")
@requires(Permission.PUBLIC)
@cookieless
@commits
def deposit() -> tuple[Response, int]:
    """Keep one sealed interview; the answer proves which bytes are kept."""
    request.max_content_length = MAX_BODY
    try:
        token, told = _told(_posted())
        kept = put_in(db(), token, **told)
    except NotFound:
        db().rollback()
        is_busy = not _ceilings().wrong_tokens.take()
        return (jsonify(problem="busy"), 429) if is_busy else (jsonify(problem="unknown"), 404)
    except NewerHere:
        db().rollback()
        return jsonify(problem="newer"), 409
    except KeyGone:
        db().rollback()
        return jsonify(problem="over"), 410
    except ValueError:
        return jsonify(problem="damaged"), 400
    return jsonify(digest=kept.digest, version=kept.version), 200


def _ceilings() -> FieldCeilings:
    return cast(FieldCeilings, current_app.extensions[FIELD_CEILINGS])


def _posted() -> Any:
    """What stands in the body, None for what is no JSON. Raises ValueError when it has no end."""
    try:
        return request.get_json(force=True, silent=True)
    except RecursionError as problem:
        raise ValueError("no deposit") from problem


def _told(data: Any) -> tuple[str, dict[str, Any]]:
    """Token and what is put in. Raises ValueError."""
    try:
        sealed = base64.b64decode(data["sealed"], validate=True)
        version, ref = data["version"], data["ref"]
        token, digest = str(data["token"]), str(data["digest"])
    except (TypeError, KeyError, binascii.Error) as problem:
        raise ValueError("no deposit") from problem
    is_version = type(version) is int and 0 < version < CHANGED_HERE
    if not (is_ref(ref) and is_version and len(sealed) <= LARGEST_SEALED):
        raise ValueError("no deposit")
    return token, {"ref": ref, "version": version, "sealed": sealed, "digest": digest}


@audits.get("/audits/<public_id>/field")
@requires(Permission.CONDUCT_AUDIT)
def field(public_id: str) -> str:
    """Take the audit along on this device."""
    lens = _interviewing(public_id)
    return audit_page(
        "take_along", lens, "interviews", form=ChoosePinForm(), known_form=KnownPinForm()
    )


@audits.post("/audits/<public_id>/field")
@requires(Permission.CONDUCT_AUDIT)
@commits
def take(public_id: str) -> Response:
    """What the device keeps, sealed under its PIN: the guide, the team, the key to seal to."""
    lens = _interviewing(public_id)
    taken = take_along(db(), actor(), lens.audit)
    own = queries.own_place(db(), lens, actor())
    return jsonify(
        id=lens.audit.public_id,
        title=lens.audit.title,
        token=taken.token,
        key=base64.b64encode(taken.public_key).decode(),
        guide=[
            {"number": one.number, "text": one.text, "further": one.follow_up}
            for one in queries.questions_of(db(), lens)
        ],
        team=[
            {"id": place.public_id, "name": place.account.display_name}
            for place in queries.team_of(db(), lens)
            if own is None or place.id != own.id
        ],
    )


@audits.post("/audits/<public_id>/interviews/waiting/<deposit_id>/accept")
@requires(Permission.CONDUCT_AUDIT)
@commits
def take_in(public_id: str, deposit_id: str) -> Any:
    """Take in an interview that came late."""
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    found = queries.waiting_deposit(db(), lens, deposit_id)
    has_consent = request.form.get("consent") == "yes"
    try:
        accept_late(db(), actor(), lens.audit, found, has_consent=has_consent)
    except NoConsent:
        return audit_page("no_consent", lens, "interviews", deposit=found)
    return see_other("audits.interviews", public_id=public_id)


@audits.post("/audits/<public_id>/interviews/waiting/<deposit_id>/remove")
@requires(Permission.CONDUCT_AUDIT)
@commits
def destroy(public_id: str, deposit_id: str) -> Any:
    """Destroy an interview that waits."""
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    throw_away(db(), actor(), lens.audit, queries.waiting_deposit(db(), lens, deposit_id))
    return see_other("audits.interviews", public_id=public_id)


def _interviewing(public_id: str) -> queries.Lens:
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    if not lens.may_interview:
        raise NotFound
    return lens
