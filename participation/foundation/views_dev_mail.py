"""Development only: the mails that would have been sent, with links to click."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask import Blueprint, request
from sqlalchemy.orm import Session

from participation.foundation.mail_templates import linked_paragraphs
from participation.foundation.outbox.mailbox_reader import delivered_mail, newest_mails
from participation.foundation.outbox.transports import maildir_folder
from participation.foundation.permissions import Permission
from participation.foundation.web import db, extension, render, requires

dev_mail = Blueprint("dev_mail", __name__)


class DevMailExtra(Protocol):
    """Something more for the page: accounts shows each demo person's present code.

    `template` is included on the page with `values` under the name `extra`.
    """

    template: str

    def values(self, session: Session) -> Mapping[str, Any]: ...


@dev_mail.get("/dev/mail")
@requires(Permission.DEVELOPMENT)
def inbox() -> str:
    to = request.args.get("q", "").strip()
    extras: tuple[DevMailExtra, ...] = extension().features.collect("dev_mail_extras")
    return render(
        "operations/dev_mail.html",
        to=to,
        mails=newest_mails(maildir_folder(extension().config), to=to),
        extras=[(extra.template, extra.values(db())) for extra in extras],
    )


@dev_mail.get("/dev/mail/<key>")
@requires(Permission.DEVELOPMENT)
def message(key: str) -> str:
    mail = delivered_mail(maildir_folder(extension().config), key)
    return render("operations/dev_mail_message.html", mail=mail, text=linked_paragraphs(mail.text))
