"""Small pictures for the demo, drawn here: bars that rise like a flight of stairs."""

import struct
import zlib

STEPS = 4
STEP = 48  # pixels, wide and high
PAPER, INK = b"\xf4\xf1\xea", b"\x1f\x5c\x57"


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def stairs() -> bytes:
    """A flight of stairs as a PNG, rising to the right."""
    side = STEPS * STEP
    lines = []
    for row in range(side):
        inked = row // STEP + 1  # that many steps, counted from the right, reach up here
        lines.append(b"\0" + PAPER * (side - inked * STEP) + INK * (inked * STEP))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"".join(lines)))
        + _chunk(b"IEND", b"")
    )
