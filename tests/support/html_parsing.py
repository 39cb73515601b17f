"""html5lib, with a short way for what is written as it should be.

html5lib reads sign by sign. What most of a page consists of (plain text, tags with double-quoted
attributes) is recognised here by one pattern each and given on as the same token; whatever looks
the least bit odd takes html5lib's own way, errors and all.
tests/unit/test_html_parsing.py holds the two ways against each other.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

import html5lib
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes

_SPACE = r"[\t\n\f ]"
_PLAIN = re.compile(
    rf"(?P<space>{_SPACE}+)"
    rf"|(?P<text>[^\t\n\f &<\0][^&<\0]*)"
    r"|</(?P<end>[a-z][a-z0-9]*)>"
    r"|<(?P<start>[a-z][a-z0-9]*)"
    rf'(?P<attributes>(?:{_SPACE}+[a-zA-Z][a-zA-Z0-9_:-]*(?:="[^"&\0]*")?)*){_SPACE}*(?P<closes>/?)>'
)
_ATTRIBUTE = re.compile(r'([a-zA-Z][a-zA-Z0-9_:-]*)(?:="([^"]*)")?')


class _Tokenizer(HTMLTokenizer):
    def __iter__(self) -> Iterator[dict[str, Any]]:
        self.tokenQueue = deque()
        while True:
            if self.state == self.dataState:
                while (token := self._plain()) is not None:
                    yield token
                    if self.state != self.dataState:  # the parser's word: <title>, <textarea> …
                        break
            if not self.state():
                return
            while self.stream.errors:
                yield {"type": tokenTypes["ParseError"], "data": self.stream.errors.pop(0)}
            while self.tokenQueue:
                yield self.tokenQueue.popleft()

    def _plain(self) -> dict[str, Any] | None:
        """The next token when nothing about it is odd and it ends inside what has been read."""
        stream = self.stream
        found = _PLAIN.match(stream.chunk, stream.chunkOffset)
        if found is None or found.end() >= stream.chunkSize:
            return None
        token = _token(found)
        if token is None:
            return None
        if "name" in token:
            self.currentToken = token
        stream.chunkOffset = found.end()
        return token


def _token(found: re.Match[str]) -> dict[str, Any] | None:
    """The token of a match; None when an attribute comes twice."""
    kind = found.lastgroup
    if kind == "space":
        return {"type": tokenTypes["SpaceCharacters"], "data": found[0]}
    if kind == "text":
        return {"type": tokenTypes["Characters"], "data": found[0]}
    if kind == "end":
        name = found["end"]
        return {"type": tokenTypes["EndTag"], "name": name, "data": [], "selfClosing": False}
    pairs = _ATTRIBUTE.findall(found["attributes"])
    attributes = {name.lower(): value for name, value in pairs}
    if len(attributes) < len(pairs):
        return None
    return {
        "type": tokenTypes["StartTag"],
        "name": found["start"],
        "data": attributes,
        "selfClosing": bool(found["closes"]),
        "selfClosingAcknowledged": False,
    }


class HtmlParser(html5lib.HTMLParser):
    """Parses whole pages; `errors` as html5lib's."""

    def __init__(self) -> None:
        super().__init__(namespaceHTMLElements=False)

    def _parse(self, stream: str, *_more: Any, **_named: Any) -> None:
        self.innerHTMLMode = self.scripting = False
        self.container = "div"
        self.tokenizer = _Tokenizer(stream, parser=self)
        self.reset()
        self.mainLoop()
