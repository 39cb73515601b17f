"""The short way of reading HTML finds what html5lib finds: the same tree, the same errors there."""

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from participation.foundation.paths import PACKAGE
from tests.support.html_parsing import HtmlParser

PIECES = (
    *("<!doctype html>", "<html lang=sv>", "<title>Å & B</title>", "</body>", "<!-- -- >", "-->"),
    *('<p class="a" id="b">', "</p>", "<P>", "<br/>", "<br />", "</br>", "<p/>", "<b", "<", ">"),
    *('<a href="/x?a=1&amp;b=2">', '<a href="/x?a=1&b">', "</a>", "<a href=x>", "<a href='x'>"),
    *('<input disabled name="n">', '<input a="1" a="2">', '<i a="1" A="2">', '<i a="1"b="2">'),
    *("</p class>", "</p/>", "</p >", '<p\n\tid="x"\f>', "<p =>", '<p id ="x">', '<p id= "x">'),
    *("<textarea>", "</textarea>", "<script>", "</script>", "<style>", "</style>", "<plaintext>"),
    *('<svg viewBox="0 0 1 1">', '<path d="M0 0"/>', "<title>", "</svg>", "<math>", "<mi>"),
    *("<table>", "<tr>", "<td>", "</table>", "<select>", "<option>", "<ul>", "<li>", "<form>"),
    *("<![CDATA[x]]>", "<?x>", "&amp;", "&", "&nosuch;", "&#0;", "\0", "\r\n", "\r", " ", "\n\t "),
    *("ord och ord", "سلام", "\x01", "\ufdd0", "\U0001f600", '"', "=", '<p title="\0">', "x" * 300),
    *('<p title="rad\nrad">', '<p data-x_y:z="<>">', "<tag-with-dash>", "<h1>", "</h1>"),
)


def told(parser: html5lib.HTMLParser, html: str) -> tuple[list[object], list[object]]:
    """Every element with what is in it; every error with its place."""
    found = parser.parse(html).iter()
    elements = [(e.tag, list(e.attrib.items()), e.text, e.tail, len(e)) for e in found]
    return elements, parser.errors


def both(html: str) -> None:
    assert told(HtmlParser(), html) == told(html5lib.HTMLParser(namespaceHTMLElements=False), html)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_odd_pages_are_read_as_html5lib_reads_them(pieces: list[str]) -> None:
    both("".join(pieces))


@given(st.text(alphabet="<>/=\"'& \n!-ab\0", max_size=60))
def test_any_signs_are_read_as_html5lib_reads_them(html: str) -> None:
    both(html)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.integers(10_180, 10_260))
def test_what_lies_across_two_chunks_is_read_the_same(pieces: list[str], before: int) -> None:
    both("<!doctype html><p>" + "y" * before + "".join(pieces * 3))


def test_whole_pages_are_read_the_same() -> None:
    """Templates as they stand: real tags, long, and with braces everywhere."""
    for path in sorted(PACKAGE.glob("templates/**/*.html")):
        both(path.read_text(encoding="utf-8"))
