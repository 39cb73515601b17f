"""The information notice: every version, in every kind of words, always readable."""

from flask import abort

from participation.foundation.permissions import Permission
from participation.foundation.web import db, render, requires
from participation.interest_bank.queries import age_policy
from participation.interest_bank.rules import (
    NOTICE_LABELS,
    NOTICE_VERSION,
    NOTICE_VERSIONS,
    NoticeKind,
)
from participation.interest_bank.views.blueprint import interest_bank


@interest_bank.get("/interest-bank/your-information")
@requires(Permission.PUBLIC)
def notice() -> str:
    return _notice_page(NOTICE_VERSION, NoticeKind.PLAIN)


@interest_bank.get("/interest-bank/your-information/<version>/<kind>")
@requires(Permission.PUBLIC)
def notice_of(version: str, kind: str) -> str:
    if version not in NOTICE_VERSIONS or kind not in set(NoticeKind):
        abort(404)
    return _notice_page(version, NoticeKind(kind))


def _notice_page(version: str, kind: NoticeKind) -> str:
    return render(
        "interest_bank/notice.html",
        notice_version=version,
        notice=kind,
        kinds=NOTICE_LABELS,
        policy=age_policy(db()),
    )
