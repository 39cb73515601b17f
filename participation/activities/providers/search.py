"""Requests and activities in the search."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.activities.providers.addresses import request_address
from participation.activities.queries import all_activities, all_requests
from participation.foundation.i18n import to_translate
from participation.foundation.permissions import Permission
from participation.foundation.providers import Address, SearchDocument


class ActivitiesInSearch:
    """Activities: public ones for everybody, the rest for those who may read them."""

    source = "activities"
    label = to_translate("Activities")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for activity in all_activities(session):
            values = {"public_id": activity.public_id}
            page = "public_page" if activity.has_public_page else "overview"
            yield SearchDocument(
                source=self.source,
                object_id=activity.public_id,
                title=activity.title,
                body=f"{activity.description}\n{activity.place}",
                address=Address(endpoint=f"activities.{page}", values=values),
                permission=None if activity.has_public_page else Permission.READ_ACTIVITIES,
                organisation_id=activity.organisation_id,
            )


class RequestsInSearch:
    """Requests that were sent, for coordinators and the organisation's own people."""

    source = "requests"
    label = to_translate("Requests")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for request in all_requests(session):
            yield SearchDocument(
                source=self.source,
                object_id=request.public_id,
                title=request.title,
                body=request.task,
                address=request_address(request),
                permission=Permission.FILE_REQUEST,
                organisation_id=request.organisation_id,
            )
