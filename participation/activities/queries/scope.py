"""Whose requests and activities a person may see: conditions for the statements."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from participation.activities.models import Activity, ParticipationRequest
from participation.foundation.permissions import Actor, Permission, Scope


def may_see_request(actor: Actor) -> ColumnElement[bool]:
    request = ParticipationRequest
    own = actor.scope(Permission.FILE_REQUEST)
    handled = actor.scope(Permission.HANDLE_REQUEST)
    if handled:
        is_sent = or_(
            request.submitted_at.is_not(None), request.created_by_account_id == actor.account_id
        )
        return is_sent & _within(handled, request.organisation_id)
    return _within(own, request.organisation_id)


def may_see_activity(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    return _within(actor.scope(permission), Activity.organisation_id)


def _within(scope: Scope, organisation_id: ColumnElement[int] | Any) -> ColumnElement[bool]:
    if scope.everywhere:
        return true()
    return organisation_id.in_(scope.organisation_ids) if scope.organisation_ids else false()
