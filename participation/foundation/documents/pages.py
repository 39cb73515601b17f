"""Writing one page of HTML to keep: the same blocks as in a document, for whoever reads it by ear
too. One file; no script, no picture, nothing fetched; the same bytes each time. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from participation.foundation.documents.blocks import Block, Heading, Item, Paragraph, Table
from participation.foundation.documents.text import one_line_ending
from participation.foundation.i18n import text_direction

HTML = "text/html"

_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def html_bytes(
    blocks: Iterable[Block], *, title: str, contents: str, language: str = "sv"
) -> bytes:
    """A page that begins with `title` and a list of its first headings, called `contents`."""
    written = list(blocks)
    body = "\n".join([*_contents(written, contents), *_body(written)])
    return (
        f'<!DOCTYPE html>\n<html lang="{_words(language)}" dir="{text_direction(language)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f'<meta name="robots" content="noindex">\n<title>{_words(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{_words(title)}</h1>\n{body}\n"
        "</main>\n</body>\n</html>\n"
    ).encode()


def _contents(blocks: Sequence[Block], label: str) -> Iterator[str]:
    """Where to go: only where there are several places."""
    first = [(number, one) for number, one in _headings(blocks) if one.level == 1]
    if len(first) < 2:
        return
    rows = "".join(f'<li><a href="#h{number}">{_words(one.text)}</a></li>' for number, one in first)
    yield f'<nav aria-label="{_words(label)}"><ul>{rows}</ul></nav>'


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[int, Heading]]:
    return ((number, one) for number, one in enumerate(blocks) if isinstance(one, Heading))


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    """Items that follow each other are one list."""
    numbered = enumerate(blocks)
    for is_item, found in groupby(numbered, key=lambda pair: isinstance(pair[1], Item)):
        parts = [_block(number, block) for number, block in found]
        yield f"<ul>{''.join(parts)}</ul>" if is_item else "\n".join(parts)


def _block(number: int, block: Block) -> str:
    match block:
        case Heading(text, level):
            depth = min(max(level, 1), 3) + 1
            return f'<h{depth} id="h{number}">{_words(text)}</h{depth}>'
        case Paragraph(text, is_quote, spoken, label, address):
            said, words = _tongue(spoken), _led(label, text, address)
            shown = f"<blockquote{said}><p>{words}</p></blockquote>"
            return shown if is_quote else f"<p{said}>{words}</p>"
        case Item(text):
            return f"<li>{_words(text)}</li>"
        case Table(headings, rows, title):
            return _table(headings, rows, title)


def _led(label: str, text: str, address: str) -> str:
    """The words with what stands before and after them."""
    led = f"<strong>{_words(label)}:</strong> " if label else ""
    link = f'<a href="{_words(address)}">{_words(address)}</a>' if address else ""
    return " ".join(part for part in (led + _words(text), link) if part)


def _tongue(language: str) -> str:
    """A person's words keep their language and run its way, whatever the page's."""
    return f' lang="{_words(language)}" dir="auto"' if language else ""


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> str:
    named = f"<caption>{_words(title)}</caption>" if title else ""
    head = "".join(f'<th scope="col">{_words(heading)}</th>' for heading in headings)
    cells = ("".join(f"<td>{_words(cell)}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<table>{named}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _words(text: str) -> str:
    """Text that no reader takes for markup; line breaks stay."""
    return escape(one_line_ending(_NEVER.sub("", text)), quote=True).replace("\n", "<br>")


_STYLE = (
    "body{margin:0;font:1.0625rem/1.6 Arial,sans-serif;color:#16202b;background:#fff}"
    "main{max-width:42rem;margin-inline:auto;padding:1.5rem}"
    "h1,h2,h3,h4{line-height:1.25;overflow-wrap:anywhere}h2{margin-block-start:2.5rem}"
    "blockquote{margin-block:1rem .25rem;margin-inline:0;padding-inline-start:1rem;"
    "border-inline-start:3px solid #5b6b7a}blockquote p{margin:0}"
    "p,li{overflow-wrap:anywhere}a{color:#0b4f8a}"
    "table{border-collapse:collapse}th,td{border:1px solid #5b6b7a;padding:.25rem .5rem;"
    "text-align:start;vertical-align:top}"
    "@media(prefers-color-scheme:dark){body{color:#eef2f6;background:#12181f}a{color:#9cc9f5}}"
    "@media print{main{max-width:none;padding:0}h2,h3,h4{break-after:avoid}"
    "blockquote{break-inside:avoid}}"
)
