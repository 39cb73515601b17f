"""The HTML contract: what every page must be, checked on each page any test fetches.

After alphagov/notifications-admin's idea: the check sits in the test client, so no page escapes.
Each problem says how to mend it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.html_parsing import HtmlParser

IGNORED_PARSE_ERRORS = frozenset({"non-void-element-with-trailing-solidus"})  # inline SVG paths
UNLABELLED_TYPES = frozenset({"hidden", "submit", "button", "reset", "image"})
FORM_FIELDS = ("input", "select", "textarea")


def problems_of(html: str) -> list[str]:
    """Everything wrong with one page, in words; empty for a good page."""
    parser = HtmlParser()
    document = parser.parse(html)
    found = [
        f"HTML error {code} at line {position[0]}: {details}"
        for position, code, details in parser.errors
        if code not in IGNORED_PARSE_ERRORS
    ]
    for check in CHECKS:
        found += check(document)
    return found


def _text(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _headings(document: Element) -> Iterator[str]:
    headings = [_text(h1) for h1 in document.iter("h1")]
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements: a page has exactly one ({headings})"
        return
    title = _text(next(document.iter("title"), Element("title")))
    bare = re.sub(r"^(Fel|Error|خطأ): ", "", title)
    if not bare.startswith(headings[0]):
        yield f"title {title!r} must start with the h1 {headings[0]!r}"


def _language(document: Element) -> Iterator[str]:
    if document.get("lang") not in {"sv", "en", "ar"}:
        yield "html lang is missing"
    if (document.get("lang") == "ar") != (document.get("dir") == "rtl"):
        yield "html dir does not fit its lang"


def _unique_ids(document: Element) -> Iterator[str]:
    ids = Counter(e.get("id") for e in document.iter() if e.get("id") is not None)
    yield from (f"id {name!r} is used {n} times" for name, n in ids.items() if n > 1)
    for element in document.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{element.tag} points with {attribute} at the missing id {name!r}"


def _labelled_fields(document: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in document.iter("label")}
    wrapped = {id(field) for label in document.iter("label") for field in label.iter()}
    for tag in FORM_FIELDS:
        for field in document.iter(tag):
            if field.get("type") in UNLABELLED_TYPES:
                continue
            named = field.get("aria-label") or field.get("aria-labelledby")
            if not named and field.get("id") not in labelled and id(field) not in wrapped:
                yield f"{tag} {field.get('name')!r} has no label: use the field macro"
            if not field.get("name"):
                yield f"{tag} {field.get('id')!r} has no name"


def _forms(document: Element) -> Iterator[str]:
    for form in document.iter("form"):
        if form.get("action") is None:
            yield "a form has no action: use the form_start macro"
        if (form.get("method") or "get").lower() == "post":
            names = {field.get("name") for field in form.iter("input")}
            if "csrf_token" not in names:
                yield f"the form to {form.get('action')!r} has no CSRF token"


def _nothing_inline(document: Element) -> Iterator[str]:
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}: the content security policy forbids it"
        for attribute in element.attrib:
            if attribute == "style" or attribute.startswith("on"):
                yield f"attribute {attribute} on {element.tag}: the policy forbids it"
        address = element.get("href") or element.get("src") or ""
        if address.startswith("javascript:"):
            yield "a javascript: address"
        if element.tag in {"script", "link", "img"} and re.match(r"(https?:)?//", address):
            yield f"{element.tag} is fetched from another host: {address}"


def _links_and_images(document: Element) -> Iterator[str]:
    for image in document.iter("img"):
        if image.get("alt") is None:
            yield f"image {image.get('src')!r} has no alt"
    for link in document.iter("a"):
        if link.get("href") is not None and not (_text(link) or link.get("aria-label")):
            yield f"the link to {link.get('href')!r} has no words"
        if link.get("href") in {"", "#"}:
            yield f"the link {_text(link)!r} leads nowhere"
    for button in document.iter("button"):
        if not (_text(button) or button.get("aria-label")):
            yield "a button has no words"


def _leftovers(document: Element) -> Iterator[str]:
    for element in document.iter():
        if not isinstance(element.tag, str) or element.tag in {"textarea", "code", "pre"}:
            continue
        for text in (element.text, element.tail):
            if text and re.search(r"\{\{|\}\}|\{%|%\(\w+\)[sd]|<Lazy|Undefined", text):
                yield f"template leftovers in {element.tag}: {text.strip()[:60]!r}"


CHECKS = (
    _headings,
    _language,
    _unique_ids,
    _labelled_fields,
    _forms,
    _nothing_inline,
    _links_and_images,
    _leftovers,
)
