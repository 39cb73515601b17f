"""A picture that comes in tells nothing beside itself, and is the same picture."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from participation.foundation.files.rules import JPEG, PNG, UnsafeFile, checked_type
from participation.foundation.files.traces import without_traces

SECRETS = (b"Ebbas telefon", b"2026:11:27", b"Nygatan 5", b"GPS")
ORIENTATION, MAKE, TAKEN, GPS = 0x0112, 0x010F, 0x0132, 0x8825


def picture() -> Image.Image:
    drawn = Image.new("RGB", (64, 32), "white")
    drawn.paste("red", (0, 0, 20, 32))
    drawn.paste("blue", (0, 0, 64, 8))
    return drawn


def photo(side_up: int = 6, *, progressive: bool = False) -> bytes:
    """As a phone writes it: with maker, time and place; the second picture behind it as well."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE], exif[TAKEN] = side_up, "Ebbas telefon", "2026:11:27 10:00:00"
    exif.get_ifd(GPS)[29] = "GPS 56.66 16.36"
    written = io.BytesIO()
    picture().save(
        written, "JPEG", exif=exif, comment=b"Nygatan 5", progressive=progressive, icc_profile=ICC
    )
    return written.getvalue() * 2


ICC = b"\0\0\0\x80 colours " + bytes(116)


def opened(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("side_up", [1, 3, 6])
def test_a_photo_tells_nothing_and_stands_as_it_stood(side_up: int, progressive: bool) -> None:
    before = photo(side_up, progressive=progressive)
    assert all(secret in before for secret in SECRETS)
    after = without_traces(before, JPEG)
    assert checked_type(after) == JPEG
    assert not [secret for secret in SECRETS if secret in after]
    shown = [ImageOps.exif_transpose(opened(one)) for one in (before, after)]
    assert shown[0].tobytes() == shown[1].tobytes()
    assert opened(after).info["icc_profile"] == ICC
    told = dict(opened(after).getexif())
    assert told == ({ORIENTATION: side_up} if side_up != 1 else {})
    assert without_traces(after, JPEG) == after


def test_a_drawing_loses_its_texts_and_times() -> None:
    texts = PngInfo()
    texts.add_text("Author", "Ebbas telefon")
    texts.add_itxt("XML:com.adobe.xmp", "Nygatan 5", zip=False)
    exif = Image.Exif()
    exif[TAKEN] = "2026:11:27 10:00:00"
    written = io.BytesIO()
    picture().save(written, "PNG", pnginfo=texts, exif=exif, icc_profile=ICC)
    before = written.getvalue() + b"GPS" + written.getvalue()
    after = without_traces(before, PNG)
    assert checked_type(after) == PNG
    assert not [secret for secret in SECRETS if secret in after]
    assert opened(after).tobytes() == picture().tobytes()
    assert opened(after).info["icc_profile"] == ICC


def test_a_drawing_keeps_only_chunks_that_draw() -> None:
    written = io.BytesIO()
    picture().convert("P").save(written, "PNG", transparency=0, dpi=(72, 72))
    whole, head = written.getvalue(), 8 + 25  # signature and IHDR
    invented = b"".join(chunk(name, b"Nygatan 5") for name in (b"prVt", b"caNv", b"zzZz", b"iDOT"))
    after = without_traces(whole[:head] + invented + whole[head:], PNG)
    assert after == whole


def chunk(name: bytes, content: bytes) -> bytes:
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def test_a_photo_keeps_neither_thumbnails_nor_blocks_of_other_kinds() -> None:
    written = io.BytesIO()
    picture().save(written, "JPEG", dpi=(72, 72))
    whole = written.getvalue()
    assert whole[2:4] == b"\xff\xe0"
    header = whole[6:20]
    with_thumbnail = block(0xE0, header[:12] + b"\x01\x03" + b"Nygatan 5")
    others = [
        block(marker, content + b"Nygatan 5")
        for marker, content in (
            (0xE0, b"JFXX\0\x10"),
            (0xE0, b"CIFF"),
            (0xEE, b"Secret"),
            (0xE2, b"MPF\0"),
            (0xED, b"Photoshop 3.0\0"),
            (0xF0, b""),
            (0xFE, b""),
        )
    ]
    after = without_traces(b"".join((whole[:2], with_thumbnail, *others, whole[20:])), JPEG)
    assert after == whole
    adobe = block(0xEE, b"Adobe\0\x64\0\0\0\0\0")
    assert adobe in without_traces(whole[:20] + adobe + whole[20:], JPEG)


def block(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


@pytest.mark.parametrize("media_type", [JPEG, PNG])
def test_a_picture_that_is_torn_is_refused(media_type: str) -> None:
    written = io.BytesIO()
    picture().save(written, media_type.partition("/")[2].upper())
    whole = written.getvalue()
    for end in (8, 20, len(whole) // 2, len(whole) - 2):
        with pytest.raises(UnsafeFile):
            without_traces(whole[:end], media_type)


def test_a_block_that_lies_about_itself_does_no_harm() -> None:
    lying = b"Exif\0\0MM\0\x2a" + struct.pack(">IH", 8, 0xFFFF) + b"\x01\x12"
    block = b"\xff\xe1" + struct.pack(">H", len(lying) + 2) + lying
    whole = photo()
    plain = whole[:2] + block + whole[2:]
    assert lying not in without_traces(plain, JPEG)


def test_other_files_stay_as_they_are() -> None:
    assert without_traces(b"%PDF-1.7 %%EOF", "application/pdf") == b"%PDF-1.7 %%EOF"
