"""What is followed up: a group, or an area whichever groups work with it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Area, Group
from participation.county.queries import area_by_key, group_by_public_id
from participation.foundation.providers import Address


@dataclass(frozen=True)
class Subject:
    """A group, or an area; never both. `place` names it in addresses."""

    group: Group | None
    area: Area | None
    group_ids: tuple[int, ...]  # the group, or every group whose own area it is

    @property
    def named(self) -> Group | Area:
        """What has the name."""
        found = self.group or self.area
        assert found is not None
        return found

    @property
    def area_id(self) -> int | None:
        """The area itself, or the one that the group works with."""
        if self.area is not None:
            return self.area.id
        return self.group.area_id if self.group else None

    @property
    def is_fictional(self) -> bool:
        return self.group is not None and self.group.is_fictional

    @property
    def place(self) -> dict[str, str]:
        """Values of the addresses of its pages."""
        if self.group is not None:
            return {"group": self.group.public_id}
        assert self.area is not None
        return {"area": self.area.key}

    def address(self, endpoint: str) -> Address:
        return Address(endpoint=f"follow_up.{endpoint}", values=self.place)


def subject(session: Session, *, group: str = "", area: str = "") -> Subject:
    """The group with this public id, or the area with this key. Raises NotFound."""
    if group:
        found = group_by_public_id(session, group)
        return Subject(found, None, (found.id,))
    chosen = area_by_key(session, area)
    own = select(Group.id).where(Group.area_id == chosen.id, Group.is_current).order_by(Group.id)
    return Subject(None, chosen, tuple(session.scalars(own)))
