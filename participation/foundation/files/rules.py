"""What a file is, told by its content and never by its name. Pure.

Source: TRUST 29 (HTML, SVG and polyglots are refused) and 30 (nothing is unpacked).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from participation.foundation.errors import DomainError

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 100

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
MP3 = "audio/mpeg"
OGG = "audio/ogg"
WAV = "audio/wav"
ENDINGS: Mapping[str, str] = {
    PDF: "pdf",
    PNG: "png",
    JPEG: "jpg",
    MP3: "mp3",
    OGG: "ogg",
    WAV: "wav",
}
HANDED_IN = (PDF, PNG, JPEG)
PICTURES = (PNG, JPEG)
SOUNDS = (MP3, OGG, WAV)
ACCEPT = ".pdf,.png,.jpg,.jpeg"

_PDF_END_WITHIN = 1024  # ISO 32000-1, annex H: %%EOF in the last 1,024 bytes
_ID3_HEADER = 10  # bytes; id3.org, ID3v2.4, section 3.1
_PNG_END = b"IEND\xaeB`\x82"
# What a browser could take for a page, were it ever to guess; real receipts have none of it.
_MARKUP = re.compile(rb"<\s*(?:script|html|svg|body|iframe|!doctype)", re.IGNORECASE)


class UnsafeFile(DomainError):
    """Not a file we take. `data["reason"]`: empty, too_big or wrong_type."""

    code = "unsafe_file"


def checked_type(content: bytes, allowed: Sequence[str] = HANDED_IN) -> str:
    """The media type of a file that is whole from first byte to last: usually PDF, PNG or JPEG.

    Raises:
        UnsafeFile: empty, over 5 MiB, or anything else, also a file that is two kinds at once.

    >>> checked_type(b"%PDF-1.7 ... %%EOF")
    'application/pdf'
    """
    if not content:
        raise UnsafeFile(reason="empty")
    if len(content) > MOST_BYTES:
        raise UnsafeFile(reason="too_big")
    for media_type in allowed:
        if _KINDS[media_type](content):
            return media_type
    raise UnsafeFile(reason="wrong_type")


def _is_pdf(content: bytes) -> bool:
    is_whole = content.startswith(b"%PDF-") and b"%%EOF" in content[-_PDF_END_WITHIN:]
    return is_whole and not _MARKUP.search(content[:_PDF_END_WITHIN])


def _is_png(content: bytes) -> bool:
    is_whole = content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(_PNG_END)
    return is_whole and not _MARKUP.search(content[:_PDF_END_WITHIN])


def _is_jpeg(content: bytes) -> bool:
    is_whole = content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9")
    return is_whole and not _MARKUP.search(content[:_PDF_END_WITHIN])


def _is_mp3(content: bytes) -> bool:
    """Frames of MPEG audio, layer III, after an ID3 tag or from the first byte."""
    start = 0
    if content[:3] == b"ID3" and len(content) > _ID3_HEADER:
        size = content[6:_ID3_HEADER]
        if max(size) >= 0x80:  # a "syncsafe" size: seven bits a byte
            return False
        start = _ID3_HEADER + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    head = content[start:].lstrip(b"\0")[:2]
    is_framed = len(head) == 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return is_framed and not _MARKUP.search(content[:_PDF_END_WITHIN])


def _is_ogg(content: bytes) -> bool:
    head = content[:128]
    has_sound = b"OpusHead" in head or b"\x01vorbis" in head
    return head[:5] == b"OggS\0" and has_sound and not _MARKUP.search(content[:_PDF_END_WITHIN])


def _is_wav(content: bytes) -> bool:
    is_whole = int.from_bytes(content[4:8], "little") == len(content) - 8
    is_sound = content[:4] == b"RIFF" and content[8:16] == b"WAVEfmt " and is_whole
    return is_sound and not _MARKUP.search(content[:_PDF_END_WITHIN])


_KINDS: Mapping[str, Callable[[bytes], bool]] = {
    PDF: _is_pdf,
    PNG: _is_png,
    JPEG: _is_jpeg,
    MP3: _is_mp3,
    OGG: _is_ogg,
    WAV: _is_wav,
}


def safe_name(typed: str, media_type: str) -> str:
    r"""A file name without folders, control signs or tricks, ending as its content demands.

    >>> safe_name("..\\..\\kvitto\u202efdp.exe", "application/pdf")
    'kvittofdp.pdf'
    """
    last = re.split(r"[\\/]", typed)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r"[^\w .()-]", "_", kept).rsplit(".", 1)[0].strip(" .")
    return f"{stem[:LONGEST_NAME] or 'fil'}.{ENDINGS[media_type]}"
