"""What can be wrong with a document."""

from participation.foundation.errors import DomainError


class UnreadableDocument(DomainError):
    """The file is no document we read.

    `data["reason"]`: empty, too_big, wrong_type, protected, macros, unsafe or broken.
    """

    code = "unreadable_document"
