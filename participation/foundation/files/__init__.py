"""Files that people hand in: checked by content, encrypted at rest, given back as attachments."""

from participation.foundation.files.models import StoredFile
from participation.foundation.files.rules import MOST_BYTES, UnsafeFile, checked_type
from participation.foundation.files.services import forget_file, store_file

__all__ = ["MOST_BYTES", "StoredFile", "UnsafeFile", "checked_type", "forget_file", "store_file"]
