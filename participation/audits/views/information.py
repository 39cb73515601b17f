"""What those who use the unit are told: read on a page, printed as sheet, poster or cards."""

from typing import Any

from flask import flash, request

from participation.audits import queries
from participation.audits.rules.information import WAYS_OF_SAYING, AuditFacts, information
from participation.audits.rules.states import GUIDE_OPEN
from participation.audits.services import note_users_told
from participation.audits.views.blueprint import audit_page, audits
from participation.county.queries import contact
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.files.web import attachment
from participation.foundation.i18n import LOCALES
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, pdf_bytes
from participation.foundation.web import actor, commits, db, render, requires, see_other

KINDS = ("sheet", "poster", "cards")
CARDS_A_SHEET = 4


@audits.get("/audits/<public_id>/information")
@requires(Permission.READ_AUDITS)
def tell(public_id: str) -> str:
    """The words in one language; unit, team and those who lead all read and print them."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    key = _key()
    return audit_page(
        "information",
        lens,
        "tell",
        said=information(key, _facts(lens)),
        ways=[(one, name_of_way(one)) for one in WAYS_OF_SAYING],
        key=key,
        has_pdf=can_make_pdf(),
        may_say=lens.is_unit and lens.state in GUIDE_OPEN,
    )


@audits.post("/audits/<public_id>/information/told")
@requires(Permission.ORDER_AUDIT)
@commits
def say_told(public_id: str) -> Any:
    """The unit says that those who get help there are told, or takes it back."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    if not lens.is_unit:
        raise NotFound
    are_told = request.form.get("told") == "yes"
    try:
        note_users_told(db(), actor(), lens.audit, are_told=are_told)
        flash(_("Thank you. The team sees it.") if are_told else _("It is taken back."))
    except Conflict:
        flash(_("The interviews have begun, or the agreement is not made yet."), "error")
    return see_other("audits.tell", public_id=public_id)


@audits.get("/audits/<public_id>/information/print")
@requires(Permission.READ_AUDITS)
def tell_print(public_id: str) -> str:
    """Paper: `kind` sheet, poster or cards; `language` one way of saying it, or "all"."""
    return _paper(queries.audit_seen_by(db(), actor(), public_id), as_pdf=False)


@audits.get("/audits/<public_id>/information.pdf")
@requires(Permission.READ_AUDITS)
def tell_pdf(public_id: str) -> Any:
    """The same as a tagged PDF; where this machine makes none, the page to print."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    if not can_make_pdf():
        return see_other("audits.tell_print", public_id=public_id, **request.args)
    made = pdf_bytes(_paper(lens, as_pdf=True))
    return attachment(made, _("information") + ".pdf", PDF)


def _paper(lens: queries.Lens, *, as_pdf: bool) -> str:
    kind = request.args.get("kind", "sheet")
    kind = kind if kind in KINDS else "sheet"
    wanted = request.args.get("language", "")
    keys = WAYS_OF_SAYING if wanted == "all" else (_key(),)
    here = {"public_id": lens.audit.public_id, "kind": kind, "language": wanted or None}
    return render(
        "audits/information_paper.html",
        title=_("Information about the audit"),
        audit=lens.audit,
        kind=kind,
        said=[information(key, _facts(lens)) for key in keys],
        cards=CARDS_A_SHEET,
        here=here,
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
    )


def _facts(lens: queries.Lens) -> AuditFacts:
    audit, own = lens.audit, contact(db())
    return AuditFacts(
        unit=audit.unit.name,
        question=audit.question,
        start=audit.period_from,
        end=audit.period_to,
        phone=(own.phone if own else None) or "",
    )


def _key() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in WAYS_OF_SAYING else WAYS_OF_SAYING[0]


def name_of_way(key: str) -> str:
    """What a way of saying it is called where one chooses among them."""
    return LOCALES.get(key) or _("Easy Swedish")
