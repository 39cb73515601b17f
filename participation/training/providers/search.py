"""Courses in the search, for everybody."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.i18n import to_translate
from participation.foundation.providers import Address, SearchDocument
from participation.training.queries import courses


class CoursesInSearch:
    source = "courses"
    label = to_translate("Training")

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for course in courses(session):
            yield SearchDocument(
                source=self.source,
                object_id=course.public_id,
                title=course.name,
                body=f"{course.about}\n{course.for_whom}",
                address=Address(endpoint="training.course", values={"public_id": course.public_id}),
            )
