"""What is written down about a course. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CourseDetails:
    """A course; `valid_months` None: it holds for good. `required_for`: kinds of activities."""

    name: str
    about: str
    for_whom: str
    hours: int
    valid_months: int | None
    required_for: tuple[str, ...]
