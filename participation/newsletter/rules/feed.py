"""An Atom feed out of news (RFC 4287). Knows no database and no addresses but those it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50


@dataclass(frozen=True)
class Entry:
    """One entry: `key` never changes, `url` is where it is read."""

    key: str
    title: str
    text: str
    kind: str
    url: str
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """A feed: `authority` is "host,year", as a tag URI needs it (RFC 4151)."""

    authority: str
    key: str
    title: str
    own_url: str
    page_url: str
    author: str
    language: str
    entries: Sequence[Entry]


def atom(feed: Feed, made_at: datetime) -> bytes:
    """The feed as bytes. `made_at` is told only where there is no entry to tell of."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": feed.language})
    _text(root, "id", tag_uri(feed.authority, feed.key))
    _text(root, "title", feed.title)
    entries = feed.entries[:MOST_ENTRIES]
    _text(root, "updated", max((e.updated for e in entries), default=made_at).isoformat())
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "href": feed.own_url})
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "alternate", "href": feed.page_url})
    _text(ET.SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    for entry in entries:
        _add(root, feed.authority, entry)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def tag_uri(authority: str, key: str) -> str:
    """An id that is one for ever, wherever the site moves.

    >>> tag_uri("example.org,2026", "finding:abc")
    'tag:example.org,2026:finding:abc'
    """
    return f"tag:{authority}:{key}"


def _add(root: ET.Element, authority: str, entry: Entry) -> None:
    one = ET.SubElement(root, f"{{{ATOM}}}entry")
    _text(one, "id", tag_uri(authority, entry.key))
    _text(one, "title", f"{entry.kind}: {entry.title}")
    _text(one, "updated", entry.updated.isoformat())
    _text(one, "published", entry.updated.isoformat())
    ET.SubElement(one, f"{{{ATOM}}}link", {"rel": "alternate", "href": entry.url})
    _text(one, "summary", entry.text)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text
