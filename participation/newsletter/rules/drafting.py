"""The first draft of an issue: what was published, and what is late and coming on that day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DraftItem:
    """An item as it is proposed; `path` is where it is read on this site."""

    section: str
    key: str
    title: str
    text: str
    path: str
