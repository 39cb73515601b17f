"""Files handed in: told by their content, named without tricks."""

import pytest

from participation.foundation.files.rules import (
    MOST_BYTES,
    SOUNDS,
    UnsafeFile,
    checked_type,
    safe_name,
)

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("content", "expected"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")],
)
def test_whole_receipts_are_taken(content: bytes, expected: str) -> None:
    assert checked_type(content) == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (PDF + b"\0" * MOST_BYTES, "too_big"),
        (b"<html><script>alert(1)</script>", "wrong_type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "wrong_type"),
        (b"%PDF-1.7 <script>alert(1)</script> %%EOF", "wrong_type"),
        (PNG + b"<script>alert(1)</script>", "wrong_type"),
        (PNG[:8] + b"<script>alert(1)</script>" + PNG[8:], "wrong_type"),
        (JPEG[:-2], "wrong_type"),
        (b"PK\x03\x04" + b"\0" * 30, "wrong_type"),
        (b"MZ\x90\0", "wrong_type"),
    ],
)
def test_everything_else_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnsafeFile) as refused:
        checked_type(content)
    assert refused.value.data["reason"] == reason


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("kvitto buss.pdf", "kvitto buss.pdf"),
        ("a\r\nContent-Type: text.pdf", "aContent-Type_ text.pdf"),
        ("...", "fil.pdf"),
        ("å" * 500 + ".png", "å" * 100 + ".pdf"),
    ],
)
def test_names_carry_no_folders_and_end_as_the_content_demands(typed: str, expected: str) -> None:
    assert safe_name(typed, "application/pdf") == expected


MP3 = b"ID3\x04\0\0\0\0\0\x05tag!!\xff\xfb\x90\x44" + b"\0" * 40
OGG = b"OggS\0\x02" + b"\0" * 22 + b"OpusHead" + b"\0" * 40
WAV = b"RIFF" + (40).to_bytes(4, "little") + b"WAVEfmt " + b"\0" * 32


@pytest.mark.parametrize(
    ("content", "expected"), [(MP3, "audio/mpeg"), (OGG, "audio/ogg"), (WAV, "audio/wav")]
)
def test_sounds_are_taken_where_sounds_are_asked_for_and_nowhere_else(
    content: bytes, expected: str
) -> None:
    assert checked_type(content, SOUNDS) == expected
    for refused in (content[:3], b"<html>" + content, PNG):
        with pytest.raises(UnsafeFile):
            checked_type(refused, SOUNDS)
    with pytest.raises(UnsafeFile):
        checked_type(content)
