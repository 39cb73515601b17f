"""Loading a county file: everything is checked first, and a broken file changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol

from sqlalchemy.orm import Session

from participation.county import queries
from participation.county.rules.county_file import layer_of, read_sections
from participation.county.rules.facts import CountyFile, KnownKeys
from participation.county.rules.nodes import CountyFileError, Findings, Node, Shape
from participation.county.rules.reading import read_county_file
from participation.county.services.sections import load_own_sections
from participation.county.services.upsert import SectionCounts
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.search.services import index_document, remove_document


class BrokenCountyFile(DomainError):
    """The file was refused; `errors` holds everything that is wrong with it, by line."""

    code: ClassVar[str] = "broken_county_file"

    def __init__(self, errors: list[CountyFileError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


class CountySection(Protocol):
    """A section of the county file that another feature owns (action plans, indicators).

    `read` gets the section's value and every key that may be pointed at; it notes errors on the
    nodes and returns plain content. `load` is called only when the whole file is right, with
    None when the file lacks the section, and brings the feature's rows of `layer` in line.
    """

    name: str
    shapes: tuple[Shape, ...]

    def read(self, section: Node, known: KnownKeys) -> Any: ...

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts: ...


@dataclass
class CountyReport:
    """What loading did, by section."""

    layer: str
    sections: dict[str, SectionCounts] = field(default_factory=dict)

    @property
    def total(self) -> SectionCounts:
        total = SectionCounts()
        for counts in self.sections.values():
            total += counts
        return total


def load_county(
    session: Session, path: Path | str, sections: Iterable[CountySection] = ()
) -> CountyReport:
    """Load or update one county file. Rows it no longer names are kept and marked as not current.

    Raises BrokenCountyFile, before anything was written, with every error found.
    """
    sections = tuple(sections)
    findings = Findings(str(path))
    content = _bytes(Path(path), findings)
    root = read_county_file(content, findings) if content is not None else None
    county_file, upper = _checked(session, root, findings, sections)
    report = CountyReport(county_file.layer, load_own_sections(session, county_file))
    for section in sections:
        report.sections[section.name] = section.load(
            session, county_file.layer, upper.get(section.name)
        )
    session.flush()
    _index(session)
    return report


def _index(session: Session) -> None:
    """Make the search find what is current now, and nothing else."""
    documents = queries.search_documents(session)
    current = {document.object_id for document in documents}
    for group in queries.groups(session, include_earlier=True):
        if group.public_id not in current:
            remove_document(session, queries.SEARCH_SOURCE, group.public_id)
    for document in documents:
        index_document(session, document)


def _checked(
    session: Session, root: Node | None, findings: Findings, sections: tuple[CountySection, ...]
) -> tuple[CountyFile, dict[str, Any]]:
    upper: dict[str, Any] = {}
    county_file = None
    if root is not None:
        layers = queries.keys_by_layer(session)
        layers.pop(layer_of(root), None)
        county_file = read_sections(root, layers, [section.name for section in sections])
        _check_county(session, root, county_file)
        for section in sections:
            node = root.child(section.name)
            if node is not None:
                upper[section.name] = section.read(node, county_file.known)
    if findings.errors or county_file is None:
        raise BrokenCountyFile(findings.sorted_errors())
    return county_file, upper


def _check_county(session: Session, root: Node, county_file: CountyFile) -> None:
    """One county per installation: its own file describes it, files on top of that do not."""
    existing = queries.county_or_none(session)
    if county_file.county is None:
        if not county_file.builds_on and not root.has("county"):
            root.error(_("a file that builds on no other must describe its “county”"))
    elif county_file.builds_on:
        root.error(_("a file that builds on another must not have “county”"), "county")
    elif existing is not None and existing.code != county_file.county.code:
        root.error(
            _(
                "this installation already holds %(name)s (%(code)s)",
                name=existing.name,
                code=existing.code,
            ),
            "county",
        )


def _bytes(path: Path, findings: Findings) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        findings.note(1, _("the file cannot be read: %(reason)s", reason=error.strerror))
        return None
