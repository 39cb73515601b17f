"""What a file is, told by its content and never by its name. Pure.

Source: TRUST 29 (HTML, SVG and polyglots are refused) and 30 (nothing is unpacked).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from participation.foundation.errors import DomainError

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 100

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
ENDINGS: Mapping[str, str] = {PDF: "pdf", PNG: "png", JPEG: "jpg"}
ACCEPT = ".pdf,.png,.jpg,.jpeg"

_PDF_END_WITHIN = 1024  # ISO 32000-1, annex H: %%EOF in the last 1,024 bytes
_PNG_END = b"IEND\xaeB`\x82"
# What a browser could take for a page, were it ever to guess; real receipts have none of it.
_MARKUP = re.compile(rb"<\s*(?:script|html|svg|body|iframe|!doctype)", re.IGNORECASE)


class UnsafeFile(DomainError):
    """Not a file we take. `data["reason"]`: empty, too_big or wrong_type."""

    code = "unsafe_file"


def checked_type(content: bytes) -> str:
    """The media type of a PDF, PNG or JPEG, whole from first byte to last.

    Raises:
        UnsafeFile: empty, over 5 MiB, or anything else, also a file that is two kinds at once.

    >>> checked_type(b"%PDF-1.7 ... %%EOF")
    'application/pdf'
    """
    if not content:
        raise UnsafeFile(reason="empty")
    if len(content) > MOST_BYTES:
        raise UnsafeFile(reason="too_big")
    for media_type, looks_like in _KINDS.items():
        if looks_like(content):
            return media_type
    raise UnsafeFile(reason="wrong_type")


def _is_pdf(content: bytes) -> bool:
    is_whole = content.startswith(b"%PDF-") and b"%%EOF" in content[-_PDF_END_WITHIN:]
    return is_whole and not _MARKUP.search(content[:_PDF_END_WITHIN])


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(_PNG_END)


def _is_jpeg(content: bytes) -> bool:
    is_whole = content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9")
    return is_whole and not _MARKUP.search(content[:_PDF_END_WITHIN])


_KINDS: Mapping[str, Callable[[bytes], bool]] = {PDF: _is_pdf, PNG: _is_png, JPEG: _is_jpeg}


def safe_name(typed: str, media_type: str) -> str:
    r"""A file name without folders, control signs or tricks, ending as its content demands.

    >>> safe_name("..\\..\\kvitto\u202efdp.exe", "application/pdf")
    'kvittofdp.pdf'
    """
    last = re.split(r"[\\/]", typed)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r"[^\w .()-]", "_", kept).rsplit(".", 1)[0].strip(" .")
    return f"{stem[:LONGEST_NAME] or 'fil'}.{ENDINGS[media_type]}"
