"""Signing somebody up during a call or from a paper form, and the form itself to print."""

from typing import Any

from flask import flash

from participation.county.queries import areas, municipalities
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)
from participation.interest_bank.forms.places import Places
from participation.interest_bank.forms.rooms.assisted import AssistedForm
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries.duplicates import like
from participation.interest_bank.rules import (
    CONTACT_LABELS,
    GENDER_LABELS,
    LIKENESS_LABELS,
    NEED_LABELS,
    NOTICE_VERSION,
    ROLE_LABELS,
    TIME_LABELS,
    WAY_LABELS,
    Source,
)
from participation.interest_bank.services import NeedsGuardian
from participation.interest_bank.services.assisting import AlreadyMember, sign_up_for
from participation.interest_bank.services.duplicates import suspect_pair
from participation.interest_bank.views.blueprint import interest_bank


@interest_bank.get("/interest-bank/assisted")
@requires(Permission.MANAGE_BANK, whole_county=True)
def assisted() -> str:
    return _page(AssistedForm(formdata=None))


@interest_bank.post("/interest-bank/assisted")
@requires(Permission.MANAGE_BANK, whole_county=True)
@commits
def assist() -> Any:
    form = AssistedForm()
    _offer(form)
    if not form.validate():
        return _page(form)
    found = [] if form.not_the_same.data else like(db(), form.profile(), form.email.data or None)
    if found:
        log_access_to([one.member.account_id for one in found], "pair_compared", "bank", "assisted")
        return _page(form, found)
    try:
        member = _sign_up(form)
    except AlreadyMember:
        form.add_error("email", _("Somebody in the bank has this address already."))
        return _page(form)
    except NeedsGuardian:
        form.add_error("birth_year", _("So young: a guardian has to say yes. Use the web form."))
        return _page(form)
    flash(_("%(name)s is in the bank now.", name=member.name))
    return see_other(".letters" if not form.email.data else ".members")


def _sign_up(form: AssistedForm) -> BankMember:
    """Sign up, and let who was alike stand among possible duplicates: a call can be misheard."""
    email = form.email.data or None
    alike = like(db(), form.profile(), email)
    member = sign_up_for(
        db(),
        actor(),
        form.profile(),
        email,
        source=Source(form.told_how.data),
        agreed_on=form.agreed_on,
    )
    for one in alike:
        suspect_pair(db(), member, one.member.id, one.reasons)
    return member


@interest_bank.get("/interest-bank/paper-form")
@requires(Permission.PUBLIC)
def paper_form() -> str:
    """To be printed on A4: the same questions, to fill in with a pen."""
    return render(
        "interest_bank/paper_form.html",
        roles=ROLE_LABELS,
        ways=WAY_LABELS,
        times=TIME_LABELS,
        needs=NEED_LABELS,
        genders=GENDER_LABELS,
        contacts=CONTACT_LABELS,
        areas=areas(db()),
        municipalities=municipalities(db()),
    )


def _offer(form: AssistedForm) -> None:
    Places(areas(db()), municipalities(db())).offer(form)


def _page(form: AssistedForm, found: Any = ()) -> str:
    _offer(form)
    return render(
        "interest_bank/rooms/assisted.html",
        form=form,
        found=found,
        likenesses=LIKENESS_LABELS,
        notice_version=NOTICE_VERSION,
    )
