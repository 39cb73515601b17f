"""Plain text in whatever encoding it was saved. Pure."""

from participation.foundation.documents.problems import UnreadableDocument

MOST_BYTES = 5 * 1024 * 1024
# PDF, RTF, old Office, archives, PNG, JPEG: what people choose by mistake.
_OTHER_FILES = (b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE = 4096


def read_text(content: bytes) -> str:
    """The text with "\\n" between lines, without NUL and byte-order mark; nothing is cut.

    Raises:
        UnreadableDocument: empty, too_big, wrong_type or broken.

    >>> read_text("Tuva från Öland\\r\\n".encode("cp1252"))
    'Tuva från Öland\\n'
    """
    if not content.strip(b" \t\r\n\0"):
        raise UnreadableDocument(reason="empty")
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(reason="too_big")
    if content.startswith(_OTHER_FILES):
        raise UnreadableDocument(reason="wrong_type")
    return one_line_ending(_decoded(content)).replace("\0", "")


def one_line_ending(text: str) -> str:
    """Windows and old Mac line ends as one "\\n"."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _as(content, encoding)
    if b"\0" in content[:_SAMPLE]:
        return _as(content, _unmarked_utf16(content))
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")  # the five bytes Windows-1252 leaves undefined


def _unmarked_utf16(content: bytes) -> str:
    """Which half of the bytes is empty tells the order; when neither is, it is no text."""
    even, odd = content[:_SAMPLE:2].count(0), content[1:_SAMPLE:2].count(0)
    if max(even, odd) < len(content[:_SAMPLE]) // 4:
        raise UnreadableDocument(reason="wrong_type")
    return "utf-16-be" if even > odd else "utf-16-le"


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableDocument(reason="broken") from problem
