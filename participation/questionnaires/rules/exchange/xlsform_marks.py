"""Bold, colours and links in the texts of an XLSForm, which are plain words here. Pure."""

import re

# Markdown and the few HTML tags that XLSForm's labels may hold. Source: xlsform.org, "Styling".
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_ANCHOR = re.compile(r"<a\b[^<>]*\bhref=[\"']([^\"'<>\s]+)[\"'][^<>]*>([^<>]*)</a>", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:span|font|b|i|u|strong|em|small|big|p|div|center|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_STRONG = tuple(
    re.compile(rf"(?<!\w){sign}(?=[^\s*_])(.+?)(?<=[^\s*_]){sign}(?!\w)")
    for sign in (r"\*\*", "__", r"\*", "_")
)


def without_marks(text: str) -> str:
    """The words alone.

    >>> without_marks("# Hej **du** [där](https://example.org)<br>2 * 3 * 4 <50 år")
    'Hej du där (https://example.org)\\n2 * 3 * 4 <50 år'
    """
    text = _BREAK.sub("\n", _TAG.sub("", _ANCHOR.sub(r"[\2](\1)", text)))
    text = _LINK.sub(_link, _HEADING.sub("", text))
    for strong in _STRONG:
        text = strong.sub(r"\1", text)
    return text.strip()


def _link(match: re.Match[str]) -> str:
    words, address = match.groups()
    return words if words == address else f"{words} ({address})"
