"""Default deny: every route declares a permission, and the declaration is what decides."""

from flask import Flask

from participation.foundation.permissions import ROLE_PERMISSIONS, Permission, Role
from participation.foundation.web import is_cookieless
from tests.support.client import CheckingClient

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


def test_every_route_declares_a_permission(app: Flask) -> None:
    unmarked = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "__permission__", None) is None
    ]
    assert unmarked == [], "put @requires(Permission.X) right under the route"


# A typed code travels in a POST so that it stands in no address or log; a plan that is read is only
# shown. Neither changes anything.
LOOKS_UP_ONLY = {"answering.enter_code", "plans.read_document"}


def test_every_changing_route_commits(app: Flask) -> None:
    """A POST view without @commits would answer before anything is saved."""
    forgetful = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) & CHANGING
        and rule.endpoint not in LOOKS_UP_ONLY
        and not getattr(app.view_functions[rule.endpoint], "__commits__", False)
    ]
    assert forgetful == []


def test_every_permission_is_held_by_some_role_or_needs_none() -> None:
    free = {Permission.PUBLIC, Permission.OWN_PAGE, Permission.DEVELOPMENT}
    held = frozenset().union(*ROLE_PERMISSIONS.values())
    assert set(Permission) - held == free
    assert set(ROLE_PERMISSIONS) == set(Role)


def test_an_unknown_address_and_an_unseen_one_get_the_same_friendly_page(
    client: CheckingClient,
) -> None:
    assert client.get("/no-such-page").status_code == 404


def test_answer_routes_set_no_cookie(app: Flask, client: CheckingClient) -> None:
    with app.test_request_context():
        cookieless = [rule for rule in app.url_map.iter_rules() if is_cookieless(rule.endpoint)]
    assert cookieless, "questionnaires declare their answer routes @cookieless"
    for rule in cookieless:
        if "GET" not in (rule.methods or set()):
            continue
        address = "/" + "/".join(
            "unknown" if part.startswith("<") else part for part in rule.rule.strip("/").split("/")
        )
        assert "Set-Cookie" not in client.get(address).headers, address
