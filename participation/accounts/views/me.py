"""One's own data: read, taken along, changed, erased; and where one is signed in."""

import json
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, session
from werkzeug.wrappers import Response

from participation.accounts.forms import LanguageForm, NameForm, NewEmailForm
from participation.accounts.queries import my_account, my_sessions, open_email_change
from participation.accounts.rules.sessions import ends_at
from participation.accounts.rules.throttling import LINKS_PER_EMAIL
from participation.accounts.rules.tokens import session_hash
from participation.accounts.services.own_data import (
    ask_for_new_email,
    confirm_new_email,
    erase_person,
)
from participation.accounts.services.people import rename_account, set_locale
from participation.accounts.services.sessions import end_all_sessions, end_one_session
from participation.accounts.services.throttling import check_throttle, count_try
from participation.accounts.views.browser import forget_session, session_token
from participation.accounts.views.event_words import event_name_for_person
from participation.accounts.views.sign_in import accounts
from participation.accounts.views.words import role_names
from participation.foundation.clock import now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.queries import entries_about
from participation.foundation.i18n import format_moment
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.providers import DataSection, KeptData, PersonData
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    log_access,
    render,
    requires,
    see_other,
)

SHOWN_EVENTS = 50


@accounts.get("/me")
@requires(Permission.OWN_PAGE)
def me() -> str:
    return render("accounts/me.html", sections=_sections(), events=_events())


@accounts.get("/me/data.json")
@requires(Permission.OWN_PAGE)
def export() -> FlaskResponse:
    """Everything as one JSON file: the same sections as the page, and the log about oneself."""
    person = actor()
    log_access(
        "own_data_exported",
        "account",
        my_account(db(), person).public_id,
        subject_account_id=person.account_id,
    )
    body = json.dumps(
        {
            "exported_at": now().isoformat(),
            "data": [{"title": part.title, "content": part.raw} for part in _sections()],
            "event_log": [
                {"at": when.isoformat(), "what": what, "who": who, "reason": reason}
                for when, what, who, reason in _events()
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
    headers = {"Content-Disposition": 'attachment; filename="medskapa-data.json"'}
    return FlaskResponse(body, mimetype="application/json", headers=headers)


@accounts.get("/me/data.txt")
@requires(Permission.OWN_PAGE)
def export_to_read() -> FlaskResponse:
    """The same to read or print: plain text, which every telephone opens."""
    person = actor()
    log_access(
        "own_data_exported",
        "account",
        my_account(db(), person).public_id,
        subject_account_id=person.account_id,
    )
    events = [
        (f"{format_moment(when)}", ", ".join(filter(None, (what, who, reason))))
        for when, what, who, reason in _events()
    ]
    parts = [(part.title, list(part.rows)) for part in _sections()]
    parts.append((_("Who has seen or changed your data"), events))
    headers = {"Content-Disposition": 'attachment; filename="medskapa-data.txt"'}
    return FlaskResponse(_readable(parts), mimetype="text/plain", headers=headers)


def _readable(parts: list[tuple[str, list[tuple[str, str]]]]) -> str:
    """Headings underlined, one line for each thing that is known."""
    lines: list[str] = []
    for title, rows in parts:
        lines += ["", title, "=" * len(title)]
        lines += [f"{term}: {value}" for term, value in rows if value]
    return "\n".join(lines).strip() + "\n"


@accounts.get("/me/settings")
@requires(Permission.OWN_PAGE)
def settings() -> str:
    return _settings_page()


@accounts.post("/me/language")
@requires(Permission.OWN_PAGE)
@commits
def change_language() -> Any:
    form = LanguageForm()
    if not form.validate():
        return _settings_page(language=form)
    set_locale(db(), my_account(db(), actor()), form.language.data)
    return see_other("accounts.settings", lang=form.language.data)


@accounts.post("/me/name")
@requires(Permission.OWN_PAGE)
@commits
def change_name() -> Any:
    form = NameForm()
    if not form.validate():
        return _settings_page(name=form)
    rename_account(db(), my_account(db(), actor()), form.name.data or "")
    flash(_("Your name is changed."))
    return see_other("accounts.settings")


@accounts.post("/me/email")
@requires(Permission.OWN_PAGE)
@commits
def change_email() -> Any:
    form = NewEmailForm()
    if not form.validate():
        return _settings_page(email=form)
    key = f"new address of {actor().account_id}"
    check_throttle(db(), LINKS_PER_EMAIL, key)
    count_try(db(), LINKS_PER_EMAIL, key)
    ask_for_new_email(db(), actor(), form.email.data or "")
    flash(_("Look in the mailbox of the new address. Open the link within a day."))
    return see_other("accounts.settings")


@accounts.get("/me/email/<token>")
@requires(Permission.OWN_PAGE)
def open_new_email(token: str) -> str:
    link = open_email_change(db(), actor(), token)
    return render("accounts/new_email.html", token=token, email=link.new_email)


@accounts.post("/me/email/<token>")
@requires(Permission.OWN_PAGE)
@commits
def use_new_email(token: str) -> Response:
    try:
        confirm_new_email(db(), actor(), token, browser=session_token())
    except Conflict:
        flash(_("That address already has an account. Your old address stays."), "error")
    else:
        flash(_("Your new e-mail address is in use now. Your other devices are signed out."))
    return see_other("accounts.settings")


@accounts.get("/me/erase")
@requires(Permission.OWN_PAGE)
def confirm_erasure() -> str:
    kept = [
        sentence
        for provider in _providers()
        if isinstance(provider, KeptData)
        for sentence in provider.kept(db(), actor().account_id or 0)
    ]
    return render("accounts/erase.html", sections=_sections(), kept=kept)


@accounts.post("/me/erase")
@requires(Permission.OWN_PAGE)
@commits
def erase() -> Response:
    kept = erase_person(db(), actor(), _providers())
    session.clear()
    return forget_session(render("accounts/erased.html", kept=kept))


@accounts.get("/me/sessions")
@requires(Permission.OWN_PAGE)
def sessions() -> str:
    this_one = session_hash(session_token())
    found = [
        (item, ends_at(item.created_at, item.seen_at, item.is_strong), item.token_hash == this_one)
        for item in my_sessions(db(), actor())
    ]
    return render("accounts/sessions.html", sessions=found)


@accounts.post("/me/sessions/<public_id>/end")
@requires(Permission.OWN_PAGE)
@commits
def end_session_elsewhere(public_id: str) -> Response:
    end_one_session(db(), actor().account_id or 0, public_id)
    flash(_("That device is signed out."))
    return see_other("accounts.sessions")


@accounts.post("/me/sessions/end-all")
@requires(Permission.OWN_PAGE)
@commits
def sign_out_everywhere() -> Response:
    end_all_sessions(db(), actor().account_id or 0)
    session.clear()
    return forget_session(see_other("accounts.signed_out"))


def _providers() -> tuple[PersonData, ...]:
    return extension().features.collect("person_data")


def _sections() -> list[DataSection]:
    account_id = actor().account_id or 0
    return [part for provider in _providers() for part in provider.sections(db(), account_id)]


def _events() -> list[tuple[Any, str, str, str]]:
    """Who saw or changed the person's data: when, what, in which role, why."""
    account_id = actor().account_id
    if account_id is None:
        raise NotFound
    return [
        (
            entry.at,
            event_name_for_person(entry.action),
            _("You") if entry.actor == entry.subject else role_names(entry.actor_role),
            entry.reason,
        )
        for entry in entries_about(db(), account_id, SHOWN_EVENTS)
    ]


def _settings_page(**forms: Any) -> str:
    """Three small forms; the one that was sent comes back with its errors."""
    account = my_account(db(), actor())
    shown = {
        "name": NameForm(formdata=None, data={"name": account.display_name}),
        "language": LanguageForm(formdata=None, data={"language": account.locale}),
        "email": NewEmailForm(formdata=None),
        **forms,
    }
    failed = next((form for form in forms.values() if form.errors), None)
    return render("accounts/settings.html", account=account, form=failed, **shown)
