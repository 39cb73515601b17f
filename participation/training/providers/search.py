"""Courses in the search, for everybody."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.providers import Address, SearchDocument
from participation.training.queries import courses


class CoursesInSearch:
    source = "courses"

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for course in courses(session):
            yield SearchDocument(
                source=self.source,
                object_id=course.public_id,
                title=course.name,
                body=f"{course.about}\n{course.for_whom}",
                address=Address(endpoint="training.course", values={"public_id": course.public_id}),
            )
