"""What a recording tells beside its sound: title, artist, place, device, pictures. Pure.

A phone or an editor writes it into the file. Only what sounds stays: frames of an MP3, format and
samples of a WAV, sound of an Ogg with an empty comment. Source: ISO/IEC 11172-3 (frames), Microsoft
RIFF, RFC 3533 (Ogg), RFC 7845 (Opus), Vorbis I specification.
"""

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from participation.foundation.files.rules import MP3, OGG, WAV, UnsafeFile


def without_tags(content: bytes, media_type: str) -> bytes:
    """The same sound and nothing else.

    Raises:
        UnsafeFile: it cannot be read to its end, so nobody knows what it tells.
    """
    try:
        return {MP3: _clean_mp3, WAV: _clean_wav, OGG: _clean_ogg}[media_type](content)
    except (IndexError, ValueError, struct.error) as problem:
        raise UnsafeFile(reason="wrong_type") from problem


# -- MP3: frame after frame; tags stand before, after and seldom between them --------------------

_HEADER = 4
_KBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1, layer III
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2 and 2.5
}
_HERTZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _clean_mp3(content: bytes) -> bytes:
    frames = list(_frames(content))
    if not frames:
        raise ValueError
    return b"".join(frames)


def _frames(content: bytes) -> Iterator[bytes]:
    """All whole frames. What looks like one by chance is not followed by another."""
    place = 0
    while place <= len(content) - _HEADER:
        length = _frame_length(content, place)
        end = place + length
        if length and end <= len(content) and (end == len(content) or _begins(content, end)):
            yield content[place:end]
            place = end
        else:
            place = content.find(b"\xff", place + 1)
            if place < 0:
                return


def _begins(content: bytes, place: int) -> bool:
    """A frame, or a tag of those that follow the last one."""
    tags = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3")
    return bool(_frame_length(content, place)) or content.startswith(tags, place)


def _frame_length(content: bytes, place: int) -> int:
    """Bytes of the frame that begins here; 0 when none does."""
    head = content[place : place + _HEADER]
    if len(head) < _HEADER or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, pitch = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _HERTZ or rate in {0, 15} or pitch == 3:
        return 0
    is_first = version == 3
    samples = 144 if is_first else 72
    return samples * 1000 * _KBITS[is_first][rate] // _HERTZ[version][pitch] + (head[2] >> 1 & 1)


# -- WAV: chunks ---------------------------------------------------------------------------------

_SOUNDING_CHUNKS = frozenset((b"fmt ", b"fact", b"data"))


def _clean_wav(content: bytes) -> bytes:
    kept, place = [], 12
    while place < len(content):
        name, length = struct.unpack_from("<4sI", content, place)
        end = place + 8 + length + length % 2
        if place + 8 + length > len(content):
            raise IndexError
        if name in _SOUNDING_CHUNKS:
            kept.append(content[place:end])
        place = end
    written = b"".join(kept)
    return b"RIFF" + struct.pack("<I", 4 + len(written)) + b"WAVE" + written


# -- Ogg: pages with checksums, the comment in the second packet ----------------------------------

_PAGE = struct.Struct("<4sBBqIIIB")
_CONTINUED, _LAST_LACE, _MOST_LACES = 1, 255, 255
_NO_PACKET_ENDS = -1


class _Page(NamedTuple):
    kind: int
    granule: int
    serial: int
    laces: bytes
    body: bytes


def _clean_ogg(content: bytes) -> bytes:
    pages = list(_pages(content))
    first = pages[0]
    if len({page.serial for page in pages}) != 1:  # a picture track or a second recording
        raise ValueError
    is_opus = first.body.startswith(b"OpusHead")
    heads, sound = _heads(pages[1:], 1 if is_opus else 2)
    heads[0] = _no_comment(is_opus=is_opus)
    rewritten = [first, *_paged(heads, first.serial), *sound]
    return b"".join(_written(page, number) for number, page in enumerate(rewritten))


def _no_comment(*, is_opus: bool) -> bytes:
    """A comment packet that names neither a maker nor anything else."""
    nothing = struct.pack("<II", 0, 0)
    return b"OpusTags" + nothing if is_opus else b"\x03vorbis" + nothing + b"\x01"


def _pages(content: bytes) -> Iterator[_Page]:
    place = 0
    while place < len(content):
        mark, version, kind, granule, serial, _number, _sum, count = _PAGE.unpack_from(
            content, place
        )
        body = place + _PAGE.size + count
        laces = content[place + _PAGE.size : body]
        place = body + sum(laces)
        if mark != b"OggS" or version or len(laces) != count or place > len(content):
            raise IndexError
        yield _Page(kind, granule, serial, laces, content[body:place])


def _heads(pages: list[_Page], count: int) -> tuple[list[bytes], list[_Page]]:
    """(the packets that describe the sound, the pages behind them); sound begins a page."""
    packets, open_packet = [], b""
    for number, page in enumerate(pages, start=1):
        place = 0
        for lace in page.laces:
            open_packet += page.body[place : place + lace]
            place += lace
            if lace < _LAST_LACE:
                packets.append(open_packet)
                open_packet = b""
        if len(packets) >= count:
            if len(packets) > count or open_packet:
                raise ValueError
            return packets, pages[number:]
    raise IndexError


def _paged(packets: list[bytes], serial: int) -> list[_Page]:
    """Packets on as many pages as they need."""
    laces = b"".join(bytes([_LAST_LACE] * (len(one) // 255) + [len(one) % 255]) for one in packets)
    body, pages, place = b"".join(packets), [], 0
    for start, end in pairwise([*range(0, len(laces), _MOST_LACES), len(laces)]):
        here = laces[start:end]
        is_continued = start > 0 and laces[start - 1] == _LAST_LACE
        ends_one = any(lace < _LAST_LACE for lace in here)
        length = sum(here)
        pages.append(
            _Page(
                _CONTINUED if is_continued else 0,
                0 if ends_one else _NO_PACKET_ENDS,
                serial,
                here,
                body[place : place + length],
            )
        )
        place += length
    return pages


def _written(page: _Page, number: int) -> bytes:
    def head(checksum: int) -> bytes:
        fields = (page.granule, page.serial, number, checksum, len(page.laces))
        return _PAGE.pack(b"OggS", 0, page.kind, *fields) + page.laces

    return head(_checksum(head(0) + page.body)) + page.body


def _table() -> tuple[int, ...]:
    found = []
    for number in range(256):
        value = number << 24
        for _bit in range(8):
            value = value << 1 ^ (0x04C11DB7 if value & 1 << 31 else 0)
        found.append(value & 0xFFFFFFFF)
    return tuple(found)


_CRC = _table()


def _checksum(content: bytes) -> int:
    """CRC-32 as RFC 3533 has it: not mirrored, from 0; so not the one of `zlib`."""
    value = 0
    for byte in content:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ byte]
    return value
