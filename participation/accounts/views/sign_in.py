"""Signing in and out. Every answer is the same whether or not somebody has an account."""

from typing import Any

import segno
from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from participation.accounts.forms import (
    AskForLinkForm,
    InvitationForm,
    MailCodeForm,
    PasswordForm,
)
from participation.accounts.models import Account
from participation.accounts.queries import link_is_open
from participation.accounts.rules.secrets import provisioning_uri
from participation.accounts.rules.sessions import SignInMethod, device_name, own_path
from participation.accounts.rules.throttling import (
    ACCOUNT_FAILURES,
    ADDRESS_FAILURES,
    ADDRESS_LINKS,
    Limit,
)
from participation.accounts.services.invitations import (
    OpenInvitation,
    WrongCode,
    accept_invitation,
    open_invitation,
)
from participation.accounts.services.sessions import end_session, start_session
from participation.accounts.services.signing_in import (
    count_code_try,
    log_sign_in,
    request_sign_in_link,
    take_code,
    take_link,
    take_password,
)
from participation.accounts.services.throttling import check_throttle, count_try
from participation.accounts.views.browser import (
    browser_token,
    ensured_browser_token,
    forget_session,
    remember_browser,
    remember_session,
    session_token,
)
from participation.foundation.context import PRODUCT_NAME
from participation.foundation.crypto import normalised_email
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    after_response,
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)

accounts = Blueprint("accounts", __name__)

GONE = 410


@accounts.get("/sign-in")
@requires(Permission.PUBLIC)
def sign_in() -> Any:
    wanted = own_path(request.args.get("next"))
    if actor().is_signed_in:
        # Signed in by link and sent here: the page asks for password and code.
        return see_other("accounts.sign_in_with_password", next=wanted) if wanted else _onward("")
    form = AskForLinkForm(data={"next": wanted})
    return render("accounts/sign_in.html", form=form)


@accounts.post("/sign-in")
@requires(Permission.PUBLIC)
@commits
def ask_for_link() -> Any:
    form = AskForLinkForm()
    if request.form.get("way") == "password":  # with the address that was typed, in no address bar
        kept = {"email": form.email.data, "next": own_path(form.next.data)}
        return render("accounts/password.html", form=PasswordForm(formdata=None, data=kept))
    if not form.validate():
        return render("accounts/sign_in.html", form=form)
    check_throttle(db(), ADDRESS_LINKS, _address())
    count_try(db(), ADDRESS_LINKS, _address())
    request_sign_in_link(
        db(),
        form.email.data or "",
        browser=ensured_browser_token(),
        locale=current_locale(),
        next_path=own_path(form.next.data),
        allow_demo=_allows_demo(),
    )
    return remember_browser(see_other("accounts.link_sent"))


@accounts.get("/sign-in/sent")
@requires(Permission.PUBLIC)
def link_sent() -> str:
    return render("accounts/link_sent.html", form=MailCodeForm())


@accounts.post("/sign-in/code")
@requires(Permission.PUBLIC)
@commits
def use_code() -> Any:
    form = MailCodeForm()
    if not form.validate():
        return render("accounts/link_sent.html", form=form)
    check_throttle(db(), ADDRESS_FAILURES, _address())
    browser = browser_token()
    taken = take_code(db(), browser, form.code.data or "") if browser else None
    if taken is None:
        _count_failure(ADDRESS_FAILURES, _address())
        after_response(lambda short: count_code_try(short, browser))
        form.add_error("code", _("The code does not work. Check it, or ask for a new mail."))
        return render("accounts/link_sent.html", form=form)
    return _signed_in(*taken, SignInMethod.LINK)


@accounts.get("/sign-in/link/<token>")
@requires(Permission.PUBLIC)
def open_link(token: str) -> Any:
    """Mail programs fetch links before people do, so opening one changes nothing (TRUST 24)."""
    is_open = link_is_open(db(), token, browser_token())
    if is_open:
        return render("accounts/open_link.html", token=token)
    form = AskForLinkForm()
    page = render("accounts/link_gone.html", form=form, is_elsewhere=is_open is None)
    return page, 200 if is_open is None else GONE


@accounts.post("/sign-in/link/<token>")
@requires(Permission.PUBLIC)
@commits
def use_link(token: str) -> Any:
    check_throttle(db(), ADDRESS_FAILURES, _address())
    taken = take_link(db(), token, browser_token())
    if taken is None:
        _count_failure(ADDRESS_FAILURES, _address())
        form = AskForLinkForm(formdata=None)
        return render("accounts/link_gone.html", form=form, is_elsewhere=False), GONE
    return _signed_in(*taken, SignInMethod.LINK)


@accounts.get("/sign-in/password")
@requires(Permission.PUBLIC)
def sign_in_with_password() -> str:
    form = PasswordForm(data={"next": own_path(request.args.get("next"))})
    return render("accounts/password.html", form=form)


@accounts.post("/sign-in/password")
@requires(Permission.PUBLIC)
@commits
def use_password() -> Any:
    form = PasswordForm()
    if not form.validate():
        return render("accounts/password.html", form=form)
    check_throttle(db(), ADDRESS_FAILURES, _address())
    email = normalised_email(form.email.data or "")
    check_throttle(db(), ACCOUNT_FAILURES, email)
    account = take_password(
        db(), email, form.password.data or "", form.code.data or "", allow_demo=_allows_demo()
    )
    if account is None:
        _count_failure(ADDRESS_FAILURES, _address())
        _count_failure(ACCOUNT_FAILURES, email)
        form.add_error("email", _("The address, the password or the code is not right. Try again."))
        return render("accounts/password.html", form=form)
    return _signed_in(account, own_path(form.next.data), SignInMethod.PASSWORD_AND_CODE)


@accounts.get("/sign-in/invitation/<token>")
@requires(Permission.PUBLIC)
def invitation(token: str) -> Any:
    try:
        found = open_invitation(db(), token)
    except NotFound:
        return render("accounts/invitation_gone.html"), GONE
    return _invitation_page(found, InvitationForm(), token)


@accounts.post("/sign-in/invitation/<token>")
@requires(Permission.PUBLIC)
@commits
def use_invitation(token: str) -> Any:
    check_throttle(db(), ADDRESS_FAILURES, _address())
    try:
        found = open_invitation(db(), token)
    except NotFound:
        _count_failure(ADDRESS_FAILURES, _address())
        return render("accounts/invitation_gone.html"), GONE
    form = InvitationForm(found.account.email, found.account.display_name)
    if not form.validate():
        return _invitation_page(found, form, token)
    try:
        codes = accept_invitation(db(), token, form.password.data or "", form.code.data or "")
    except WrongCode:
        form.add_error("code", _("That is not the code the app shows now. Write the newest one."))
        return _invitation_page(found, form, token)
    page = render("accounts/recovery_codes.html", codes=codes)
    return remember_session(page, _start(found.account, SignInMethod.PASSWORD_AND_CODE))


@accounts.post("/stay")
@requires(Permission.OWN_PAGE)
@commits
def stay() -> Response:
    """Somebody is still here: asking is being seen. A browser stays on its page at 204."""
    return Response(status=204)


@accounts.get("/stay")
@requires(Permission.OWN_PAGE)
def stay_again() -> Response:
    return see_other("accounts.start")


@accounts.post("/sign-out")
@requires(Permission.PUBLIC)
@commits
def sign_out() -> Response:
    end_session(db(), session_token())
    session.clear()
    return forget_session(see_other("accounts.signed_out"))


@accounts.get("/signed-out")
@requires(Permission.PUBLIC)
def signed_out() -> str:
    return render("accounts/signed_out.html")


def _signed_in(account: Account, wanted: str, method: SignInMethod) -> Response:
    return remember_session(_onward(wanted), _start(account, method))


def signed_in_by_mail(account: Account, response: Response) -> Response:
    """Let whoever just used a link from their own mail stay signed in, as by a sign-in link.

    An ordinary session, never a strong one. Nothing changes for a browser in which somebody is
    signed in already, nor for an account that may not sign in here.
    """
    may_sign_in = account.is_active and (not account.is_demo or _allows_demo())
    if actor().is_signed_in or not may_sign_in:
        return response
    return remember_session(response, _start(account, SignInMethod.LINK))


def _start(account: Account, method: SignInMethod) -> str:
    """A fresh session for this browser; whatever it carried before is worth nothing now."""
    session.clear()
    log_sign_in(db(), account, method.value)
    return start_session(
        db(),
        account.id,
        is_strong=method.is_strong,
        device=device_name(request.user_agent.string),
        replaces=session_token(),
    )


def _onward(wanted: str) -> Response:
    return redirect(wanted or url_for("accounts.start"), code=303)


def _invitation_page(found: OpenInvitation, form: InvitationForm, token: str) -> str:
    uri = provisioning_uri(found.totp_secret, found.account.email, PRODUCT_NAME)
    return render(
        "accounts/invitation.html",
        form=form,
        token=token,
        name=found.account.display_name,
        secret=found.totp_secret,
        qr=segno.make(uri, error="m", micro=False).svg_data_uri(scale=5, border=4, light="#fff"),
    )


def _count_failure(limit: Limit, key: str) -> None:
    """Kept although the request changes nothing: counted in a transaction of its own."""
    after_response(lambda short: count_try(short, limit, key))


def _address() -> str:
    return request.remote_addr or "unknown"


def _allows_demo() -> bool:
    config = extension().config
    return config.is_demo or not config.is_production
