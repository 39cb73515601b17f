"""The Atom feed says what RFC 4287 asks for, and nothing typed can break it."""

import doctest
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from participation.newsletter.rules import feed
from participation.newsletter.rules.feed import ATOM, MOST_ENTRIES, Entry, Feed, atom

MADE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
NS = {"a": ATOM}


def entry(number: int, title: str = "Hälften får ofta börja om") -> Entry:
    return Entry(
        key=f"finding:{number}",
        title=title,
        text="Många berättar samma sak",
        kind="Lärdom",
        url=f"https://example.org/findings/{number}",
        updated=datetime(2026, 11, 1 + number % 28, tzinfo=UTC),
    )


def read(*entries: Entry) -> ET.Element:
    made = Feed(
        authority="example.org,2026",
        key="news",
        title="Nytt",
        own_url="https://example.org/news.atom",
        page_url="https://example.org/news",
        author="Medskapa",
        language="sv",
        entries=entries,
    )
    return ET.fromstring(atom(made, MADE))


def words(root: ET.Element, path: str) -> list[str]:
    return [element.text or "" for element in root.findall(path, NS)]


def test_the_examples_hold() -> None:
    assert doctest.testmod(feed).failed == 0


def test_the_feed_has_an_id_a_title_an_author_and_a_link_to_itself() -> None:
    root = read(entry(1))
    assert root.tag == f"{{{ATOM}}}feed"
    assert words(root, "a:id") == ["tag:example.org,2026:news"]
    assert words(root, "a:title") == ["Nytt"]
    assert words(root, "a:author/a:name") == ["Medskapa"]
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", NS)}
    assert links == {
        "self": "https://example.org/news.atom",
        "alternate": "https://example.org/news",
    }


def test_an_entry_keeps_its_id_and_says_when_and_where() -> None:
    root = read(entry(1), entry(2))
    assert words(root, "a:entry/a:id") == [
        "tag:example.org,2026:finding:1",
        "tag:example.org,2026:finding:2",
    ]
    assert words(root, "a:entry/a:title")[0] == "Lärdom: Hälften får ofta börja om"
    assert words(root, "a:updated") == ["2026-11-03T00:00:00+00:00"]
    assert root.find("a:entry/a:link", NS).get("href") == "https://example.org/findings/1"  # type: ignore[union-attr]


def test_a_feed_without_entries_tells_when_it_was_made() -> None:
    assert words(read(), "a:updated") == [MADE.isoformat()]


def test_markup_in_a_title_stays_words() -> None:
    assert words(read(entry(1, "<script>&")), "a:entry/a:title") == ["Lärdom: <script>&"]


def test_a_feed_has_at_most_fifty_entries() -> None:
    assert len(read(*(entry(n) for n in range(60))).findall("a:entry", NS)) == MOST_ENTRIES
