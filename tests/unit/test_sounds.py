"""Recordings keep their sound and lose what they tell beside it."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.foundation.files.rules import MP3, OGG, WAV, UnsafeFile
from participation.foundation.files.sounds import without_tags

SECRET = b"Anna Exempel, Storgatan 1"
FRAME = b"\xff\xfb\x90\x44" + b"\x5a" * 413  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes


def tagged_mp3() -> bytes:
    size = len(SECRET)
    before = b"ID3\x04\0\0\0\0\0" + bytes([size]) + SECRET
    return before + FRAME * 5 + b"TAG" + SECRET.ljust(125, b"\0")


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def tagged_wav() -> bytes:
    parts = (
        chunk(b"fmt ", b"\1" * 16) + chunk(b"LIST", b"INFO" + SECRET) + chunk(b"data", b"\7" * 9)
    )
    return b"RIFF" + struct.pack("<I", 4 + len(parts)) + b"WAVE" + parts


def checksum(content: bytes) -> int:
    """CRC-32 of RFC 3533, bit by bit."""
    value = 0
    for byte in content:
        value ^= byte << 24
        for _bit in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value >> 31 else value << 1) & 0xFFFFFFFF
    return value


def ogg_page(body: bytes, laces: bytes, number: int, kind: int = 0, serial: int = 77) -> bytes:
    head = struct.pack("<4sBBqII", b"OggS", 0, kind, 0, serial, number)
    tail = bytes([len(laces)]) + laces + body
    return head + struct.pack("<I", checksum(head + b"\0\0\0\0" + tail)) + tail


def tagged_opus(pages_of_tags: int = 3) -> bytes:
    """Comments so long that they take several pages, then one page of sound."""
    head = b"OpusHead" + b"\1" * 11
    full, last = bytes([255] * 255), bytes([255, 200])
    filled = SECRET * 10_000
    tags = b"OpusTags" + filled[: 255 * 255 * (pages_of_tags - 1) + 455 - 8]
    pages = [ogg_page(head, bytes([len(head)]), 0, kind=2)]
    for number in range(pages_of_tags - 1):
        part = tags[number * 255 * 255 : (number + 1) * 255 * 255]
        pages.append(ogg_page(part, full, number + 1, kind=int(number > 0)))
    pages.append(ogg_page(tags[-455:], last, pages_of_tags, kind=1))
    return b"".join([*pages, ogg_page(b"sounds", bytes([6]), pages_of_tags + 1, kind=4)])


def read_pages(content: bytes) -> list[tuple[int, bytes]]:
    """(number, body) of each page, whose checksum is right."""
    found, place = [], 0
    while place < len(content):
        (number, said, count) = struct.unpack_from("<IIB", content, place + 18)
        end = place + 27 + count + sum(content[place + 27 : place + 27 + count])
        page = content[place:end]
        assert checksum(page[:22] + b"\0\0\0\0" + page[26:]) == said
        found.append((number, page[27 + count :]))
        place = end
    return found


def test_an_mp3_keeps_its_frames_only() -> None:
    assert without_tags(tagged_mp3(), MP3) == FRAME * 5


def test_a_wav_keeps_format_and_samples_only() -> None:
    clean = without_tags(tagged_wav(), WAV)
    assert clean[12:] == chunk(b"fmt ", b"\1" * 16) + chunk(b"data", b"\7" * 9)
    assert int.from_bytes(clean[4:8], "little") == len(clean) - 8


def test_an_ogg_keeps_its_sound_and_an_empty_comment() -> None:
    pages = read_pages(without_tags(tagged_opus(), OGG))
    assert [number for number, _body in pages] == [0, 1, 2]
    assert pages[0][1].startswith(b"OpusHead")
    assert pages[1][1] == b"OpusTags" + bytes(8)
    assert pages[2][1] == b"sounds"


def test_a_vorbis_keeps_the_packet_that_says_how_it_sounds() -> None:
    setup = b"\x05vorbis" + b"\3" * 600
    comment = b"\x03vorbis" + SECRET
    laces = bytes([len(comment), 255, 255, len(setup) - 510])
    first = ogg_page(b"\x01vorbis" + b"\1" * 23, bytes([30]), 0, kind=2)
    content = first + ogg_page(comment + setup, laces, 1) + ogg_page(b"sounds", bytes([6]), 2)
    pages = read_pages(without_tags(content, OGG))
    assert pages[1][1] == b"\x03vorbis" + bytes(8) + b"\x01" + setup
    assert pages[2][1] == b"sounds"


def test_what_is_clean_stays_as_it_is() -> None:
    for media_type, content in ((MP3, tagged_mp3()), (WAV, tagged_wav()), (OGG, tagged_opus())):
        clean = without_tags(content, media_type)
        assert SECRET not in clean
        assert without_tags(clean, media_type) == clean


def test_two_recordings_in_one_file_are_refused() -> None:
    other = ogg_page(b"pictures", bytes([8]), 0, kind=2, serial=78)
    with pytest.raises(UnsafeFile):
        without_tags(tagged_opus() + other, OGG)


@given(st.data())
def test_a_torn_file_is_refused_or_loses_its_tags_all_the_same(data: st.DataObject) -> None:
    media_type, content = data.draw(
        st.sampled_from([(MP3, tagged_mp3()), (WAV, tagged_wav()), (OGG, tagged_opus(1))])
    )
    length = data.draw(st.integers(12, len(content)))
    try:
        clean = without_tags(content[:length], media_type)
    except UnsafeFile:
        return
    assert SECRET not in clean
