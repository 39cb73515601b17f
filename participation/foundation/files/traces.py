"""What a file tells beside itself; of a picture where and when it was taken, with what, by whom.

Pure. A phone writes it into each photo. Nobody here needs it, so it is taken out when a file
comes in: only what draws stays, so nothing that somebody invents later slips through. EXIF, XMP,
IPTC, comments and thumbnails of a JPEG go, all other chunks of a PNG, and what follows after their
end. Colours stay, and so does which side is up. Of sounds: sounds.py. Source: ITU-T T.81 annex B,
T.871 (JFIF), Exif 2.32, PNG 3rd edition.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from participation.foundation.files.rules import JPEG, PNG, SOUNDS, UnsafeFile
from participation.foundation.files.sounds import without_tags

_SOI, _EOI, _SOS, _EXIF = 0xD8, 0xD9, 0xDA, 0xE1
_JFIF, _ICC, _ADOBE = 0xE0, 0xE2, 0xEE  # the density, and how colours are meant
_DRAWS = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD}) - {
    0xC8
}  # frames, tables, lines, restarts
_KEPT_APPS = {_ICC: b"ICC_PROFILE\0", _ADOBE: b"Adobe"}
_JFIF_HEAD, _JFIF_LENGTH = b"JFIF\0", 14  # without its thumbnail
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # the others are part of the picture
_EXIF_HEAD = b"Exif\0\0"
_ORIENTATION, _SHORT = 0x0112, 3
_UPRIGHT = 1
_SIDES_UP = range(2, 9)

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWING_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP".split()
)


class _Segment(NamedTuple):
    marker: int
    content: bytes  # behind marker and length; of a scan: the picture as well


def without_traces(content: bytes, media_type: str) -> bytes:
    """The same picture or sound without what it tells beside itself; a PDF as it is.

    Raises:
        UnsafeFile: it cannot be read to its end, so nobody knows what it tells.
    """
    try:
        if media_type == JPEG:
            return _clean_jpeg(content)
        if media_type in SOUNDS:
            return without_tags(content, media_type)
        return _clean_png(content) if media_type == PNG else content
    except (IndexError, struct.error) as problem:
        raise UnsafeFile(reason="wrong_type") from problem


def _clean_jpeg(content: bytes) -> bytes:
    written = [bytes((0xFF, _SOI))]
    for segment in _segments(content):
        if segment.marker == _EXIF:
            written += _upright(segment.content)
        elif segment.marker == _EOI:
            written.append(bytes((0xFF, _EOI)))
        elif segment.marker == _JFIF:
            written += _density(segment.content)
        elif _stays(segment):
            length = _length_of(segment)
            written += [bytes((0xFF, segment.marker)), length, segment.content]
    return b"".join(written)


def _length_of(segment: _Segment) -> bytes:
    """As it stands in the file; a scan brings its own, before its picture."""
    return b"" if segment.marker == _SOS else struct.pack(">H", len(segment.content) + 2)


def _stays(segment: _Segment) -> bool:
    if segment.marker in _KEPT_APPS:
        return segment.content.startswith(_KEPT_APPS[segment.marker])
    return segment.marker == _SOS or segment.marker in _DRAWS


def _density(content: bytes) -> list[bytes]:
    """The JFIF header without a thumbnail; none for other blocks, which are thumbnails only."""
    if not content.startswith(_JFIF_HEAD) or len(content) < _JFIF_LENGTH:
        return []
    block = content[: _JFIF_LENGTH - 2] + bytes(2)  # thumbnail of 0 by 0
    return [bytes((0xFF, _JFIF)), struct.pack(">H", len(block) + 2), block]


def _segments(content: bytes) -> Iterator[_Segment]:
    """The parts of a JPEG to its first end. Raises IndexError where one of them is torn."""
    place = 2
    while True:
        while content[place] == 0xFF and content[place + 1] == 0xFF:  # filling
            place += 1
        if content[place] != 0xFF:
            raise IndexError
        marker = content[place + 1]
        place += 2
        if marker == _EOI:
            yield _Segment(marker, b"")
            return
        (length,) = struct.unpack(">H", content[place : place + 2])
        end = place + length
        if length < 2 or end > len(content):
            raise IndexError
        if marker == _SOS:
            found = _NEXT_MARKER.search(content, end)
            if found is None:
                raise IndexError
            yield _Segment(marker, content[place : found.start()])
            place = found.start()
        else:
            yield _Segment(marker, content[place + 2 : end])
            place = end


def _upright(exif: bytes) -> list[bytes]:
    """A block that says which side is up and nothing else; none when the picture stands right."""
    side = _side_up(exif)
    if side not in _SIDES_UP:
        return []
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, side, 0)
    block = _EXIF_HEAD + b"MM\0\x2a" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return [bytes((0xFF, _EXIF)), struct.pack(">H", len(block) + 2), block]


def _side_up(exif: bytes) -> int:
    """The orientation of an EXIF block; 1 where it says none that can be read."""
    tiff = exif.removeprefix(_EXIF_HEAD)
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:  # XMP uses the same kind of block
        return _UPRIGHT
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, kind, _count, value = struct.unpack_from(
                f"{order}HHIH", tiff, first + 2 + 12 * number
            )
            if (tag, kind) == (_ORIENTATION, _SHORT):
                return int(value)
    except struct.error:
        pass
    return _UPRIGHT


def _clean_png(content: bytes) -> bytes:
    """Chunks that draw, to the first end."""
    written, place = [_PNG_SIGNATURE], len(_PNG_SIGNATURE)
    while True:
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise IndexError
        if name in _DRAWING_CHUNKS:
            written.append(content[place:end])
        if name == b"IEND":
            return b"".join(written)
        place = end
