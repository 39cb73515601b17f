"""A text is held while its words or the places in it change: one person after the other."""

from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.coding.models import MaterialText
from participation.coding.rules.passages import shown_mark
from participation.foundation.errors import Conflict, NotFound


class TextChanged(Conflict):
    """The words are no longer those that the person read: places in them mean something else."""

    code: ClassVar[str] = "text_changed"

    def __init__(self, text: MaterialText) -> None:
        super().__init__()
        self.text = text


def hold_text(session: Session, text: MaterialText, shown: str | None = None) -> None:
    """Wait for whoever is changing the text, and read it anew.

    `shown`: the mark (`shown_mark`) of the words that were on the person's screen; without it,
    those that were read into this session.

    Raises:
        TextChanged: it has other words now.
        NotFound: it is gone.
    """
    read = shown_mark(text.text) if shown is None else shown
    again = select(MaterialText).where(MaterialText.id == text.id).with_for_update()
    if session.scalar(again.execution_options(populate_existing=True)) is None:
        raise NotFound
    if shown_mark(text.text) != read:
        raise TextChanged(text)
