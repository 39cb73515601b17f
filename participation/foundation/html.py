"""The one sanitiser. Everything a person typed is text; only these two functions let markup out."""

import re

import bleach
from markupsafe import Markup, escape

ALLOWED_TAGS = frozenset(
    {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h2", "h3", "blockquote"}
)
ALLOWED_ATTRIBUTES = {"a": ["href"]}
ALLOWED_PROTOCOLS = frozenset({"https", "http", "mailto", "tel"})


# What foundation/tongues.py puts around words of another language than the page.
IN_ITS_TONGUE = Markup('<bdi lang="{}">{}</bdi>')  # language, text
IN_SWEDISH = Markup('<bdi lang="sv">{}</bdi>')
LEFT_TO_RIGHT = Markup('<bdi dir="ltr">{}</bdi>')
SWEDISH_PARAGRAPH = Markup(' lang="sv" dir="ltr"')
BETWEEN_FACTS = Markup(" · ")


def clean_html(markup: str) -> Markup:
    """Rich text written by staff, reduced to a few harmless tags; no style, script or image."""
    cleaned = bleach.clean(
        markup,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        protocols=ALLOWED_PROTOCOLS,
        strip=True,
    )
    return Markup(cleaned)


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: blank lines separate them, single line breaks stay.

    >>> str(paragraphs("a<b\\n\\nc"))
    '<p>a&lt;b</p><p>c</p>'
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return Markup("").join(
        Markup("<p>%s</p>") % Markup("<br>").join(escape(line) for line in block.split("\n"))
        for block in blocks
        if block
    )


def plain(text: str) -> str:
    """Text without control characters (NUL, ANSI escapes, bidi overrides); line breaks stay.

    Nor signs for private use: nobody types them, and mails mark places for personal words by them.

    Halves of a sign that stand alone (lone surrogates) go too: no database and no page holds them.
    """
    return re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\uf8ff]",
        "",
        text,
    )
