"""What people write down about an activity, and which changes calendars must learn of."""

from dataclasses import fields

import pytest

from participation.activities.models import Activity
from participation.activities.rules.details import ActivityDetails, changes_calendars


def details_of(activity: Activity) -> ActivityDetails:
    """An activity as it would be written down again."""
    return ActivityDetails(
        **{field.name: getattr(activity, field.name) for field in fields(ActivityDetails)}
    )


@pytest.mark.parametrize("name", ["title", "place", "link", "starts_at", "ends_at"])
def test_what_stands_in_calendars_changes_them(name: str) -> None:
    before: dict[str, object] = dict.fromkeys(("title", "place", "link", "starts_at", "ends_at"), 1)
    assert changes_calendars(before, {**before, name: 2})
    assert not changes_calendars(before, before)
