"""The data catalogue as DCAT-AP-SE 3, in the RDF/XML that dataportal.se harvests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import (  # nothing is parsed with it
    Element,
    SubElement,
    register_namespace,
    tostring,
)

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
XML = "http://www.w3.org/XML/1998/namespace"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
GOVERNMENT = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
SWEDISH = "http://publications.europa.eu/resource/authority/language/SWE"
AUTHORITY = "http://purl.org/adms/publishertype/RegionalAuthority"
FORMATS = (("json", "application/json", ""), ("csv", "text/csv", ".csv"))

for _prefix, _space in (
    *(("rdf", RDF), ("dcat", DCAT), ("dcterms", DCT), ("foaf", FOAF), ("vcard", VCARD)),
):
    register_namespace(_prefix, _space)

Words = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Entry:
    """One dataset, in the catalogue's languages."""

    key: str
    title: Words
    text: Words


@dataclass(frozen=True)
class Catalogue:
    """All of it. `site`: the installation's address; `email` of whom to ask, if known."""

    site: str
    title: Words
    text: Words
    publisher: str
    licence: str
    email: str
    entries: Sequence[Entry]

    @property
    def page(self) -> str:
        return f"{self.site}/open-data"


def as_rdf(catalogue: Catalogue) -> bytes:
    """The catalogue, its datasets with their files, and the service that gives them."""
    root = Element(f"{{{RDF}}}RDF")
    _publisher(root, catalogue)
    about = _node(root, DCAT, "Catalog", f"{catalogue.site}/data/dcat.rdf")
    _described(about, catalogue.title, catalogue.text, catalogue)
    _link(about, DCT, "license", catalogue.licence)
    _link(about, DCT, "language", SWEDISH)
    _link(about, FOAF, "homepage", catalogue.page)
    for entry in catalogue.entries:
        _link(about, DCAT, "dataset", f"{catalogue.page}#{entry.key}")
    _link(about, DCAT, "service", f"{catalogue.site}/api/v1/")
    for entry in catalogue.entries:
        _dataset(root, catalogue, entry)
    _service(root, catalogue)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _publisher(root: Element, catalogue: Catalogue) -> None:
    agent = _node(root, FOAF, "Agent", f"{catalogue.page}#publisher")
    _text(agent, FOAF, "name", catalogue.publisher)
    _link(agent, DCT, "type", AUTHORITY)
    contact = _node(root, VCARD, "Organization", f"{catalogue.page}#contact")
    _text(contact, VCARD, "fn", catalogue.publisher)
    if catalogue.email:
        _link(contact, VCARD, "hasEmail", f"mailto:{catalogue.email}")


def _dataset(root: Element, catalogue: Catalogue, entry: Entry) -> None:
    dataset = _node(root, DCAT, "Dataset", f"{catalogue.page}#{entry.key}")
    _described(dataset, entry.title, entry.text, catalogue)
    _link(dataset, DCAT, "contactPoint", f"{catalogue.page}#contact")
    _link(dataset, DCAT, "theme", GOVERNMENT)
    _link(dataset, DCAT, "landingPage", catalogue.page)
    _link(dataset, DCT, "accessRights", PUBLIC)
    _link(dataset, DCT, "language", SWEDISH)
    for name, _media_type, _suffix in FORMATS:
        _link(dataset, DCAT, "distribution", f"{catalogue.page}#{entry.key}-{name}")
    for name, media_type, suffix in FORMATS:
        address = f"{catalogue.site}/api/v1/{entry.key}{suffix}"
        one = _node(root, DCAT, "Distribution", f"{catalogue.page}#{entry.key}-{name}")
        for language, title in entry.title.items():
            _text(one, DCT, "title", f"{title} ({name.upper()})", language)
        _link(one, DCAT, "accessURL", address)
        _link(one, DCAT, "downloadURL", address)
        _text(one, DCT, "format", media_type)
        _link(one, DCT, "license", catalogue.licence)


def _service(root: Element, catalogue: Catalogue) -> None:
    service = _node(root, DCAT, "DataService", f"{catalogue.site}/api/v1/")
    _described(service, catalogue.title, catalogue.text, catalogue)
    _link(service, DCAT, "endpointURL", f"{catalogue.site}/api/v1/")
    _link(service, DCAT, "endpointDescription", f"{catalogue.site}/api/v1/openapi.json")
    _link(service, DCAT, "contactPoint", f"{catalogue.page}#contact")
    _link(service, DCT, "license", catalogue.licence)
    _link(service, DCT, "accessRights", PUBLIC)
    for entry in catalogue.entries:
        _link(service, DCAT, "servesDataset", f"{catalogue.page}#{entry.key}")


def _described(node: Element, title: Words, text: Words, catalogue: Catalogue) -> None:
    for language, words in title.items():
        _text(node, DCT, "title", words, language)
    for language, words in text.items():
        _text(node, DCT, "description", words, language)
    _link(node, DCT, "publisher", f"{catalogue.page}#publisher")


def _node(root: Element, space: str, name: str, about: str) -> Element:
    return SubElement(root, f"{{{space}}}{name}", {f"{{{RDF}}}about": about})


def _link(node: Element, space: str, name: str, address: str) -> None:
    SubElement(node, f"{{{space}}}{name}", {f"{{{RDF}}}resource": address})


def _text(node: Element, space: str, name: str, words: str, language: str = "") -> None:
    one = SubElement(node, f"{{{space}}}{name}", {f"{{{XML}}}lang": language} if language else {})
    one.text = words
