"""Small files that ask for much, read one after the other in a process of their own.

Run as a module: prints for each the seconds, the megabytes it made the process grow, and why it
was refused.
"""

import io
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from participation.coding.rules.exchange import UnreadableProject, read_codebook, read_project
from participation.foundation.documents import UnreadableDocument, read_document

KILOBYTES = 1024
XMLNS = 'xmlns="urn:QDA-XML:project:1.0"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LONG = "abcdefgh " * 115_000  # a megabyte of letters in a few kilobytes of archive


def packed(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def project(inside: str, **texts: str) -> bytes:
    files = {f"Sources/{name}.txt": content for name, content in texts.items()}
    return packed(**{"project.qde": f"<Project {XMLNS}>{inside}</Project>"}, **files)


def source(number: int, path: str, inside: str = "") -> str:
    guid = UUID(int=number + 1)
    return f'<TextSource guid="{guid}" plainTextPath="internal://{path}.txt">{inside}</TextSource>'


def document(inside: str, notes: str = "") -> bytes:
    return packed(
        **{
            "word/document.xml": f"<w:document {WORD}><w:body>{inside}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {WORD}>{notes}</w:footnotes>",
        }
    )


def files() -> Iterator[tuple[str, Callable[[bytes], object], bytes]]:
    many = "".join(source(n, "a") for n in range(1_500))
    yield "one text for all", read_project, project(f"<Sources>{many}</Sources>", a=LONG)
    texts = {f"t{n}": LONG for n in range(15)}
    each = "".join(source(n, f"t{n}") for n in range(15))
    yield "fifteen megabytes", read_project, project(f"<Sources>{each}</Sources>", **texts)
    hands = project(f"<Sources>{source(0, 'a')}</Sources>", a="\U0001f44b" * 3_000_000)
    yield "emoji", read_project, hands
    lines = project(f"<Sources>{source(0, 'a')}</Sources>", a="a\r\n" * 600_000)
    yield "line ends", read_project, lines
    yield "elements", read_project, project("<Notes>" + "<a/>" * 260_000 + "</Notes>")
    signs = "".join(f' a{n}="1"' for n in range(400))
    yield "attributes", read_codebook, f"<CodeBook>{f'<a{signs}/>' * 3_000}</CodeBook>".encode()
    marks = "".join(
        f'<PlainTextSelection startPosition="{n % 9}" endPosition="900000" name="a"/>'
        for n in range(20_000)
    )
    marked = project(f"<Sources>{source(0, 'a', marks)}</Sources>", a=LONG + "\U0001f44b")
    yield "long passages", read_project, marked
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{UUID(int=n)}"/><TextValue>1</TextValue>'
        "</VariableValue>"
        for n in range(1, 1_000)
    )
    names = "".join(f'<Variable guid="{UUID(int=n)}" name="{n}"/>' for n in range(1, 1_000))
    refs = "".join(f'<SourceRef targetGUID="{UUID(int=n)}"/>' for n in range(1, 2_000))
    case = f'<Case guid="{UUID(int=1)}">{values}{refs}</Case>'
    cases = f"<Variables>{names}</Variables><Cases>{case}</Cases>"
    yield "cases", read_project, project(f"{cases}<Sources>{source(0, 'a')}</Sources>", a="Hej.")
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{LONG}</w:t></w:r></w:p></w:footnote>'
    said = '<w:p><w:footnoteReference w:id="1"/></w:p>' * 1_500
    yield "one note for all", read_document, document(said, note)
    cell = "<w:p><w:t>a</w:t></w:p>" * 85_000
    row = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    yield "one cell", read_document, document(row)


def resident(kind: str) -> int:
    """Megabytes now (VmRSS), or the most there were since `forget_most` (VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{kind}:")[1].split()[0]) // KILOBYTES


def forget_most() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main() -> None:
    for name, read, content in files():
        forget_most()
        before, began, why = resident("VmRSS"), time.process_time(), "read"
        try:
            read(content)
        except (UnreadableProject, UnreadableDocument) as problem:
            why = problem.data["reason"]
        seconds, megabytes = time.process_time() - began, resident("VmHWM") - before
        sys.stdout.write(f"{name}|{seconds:.2f}|{megabytes}|{why}\n")


if __name__ == "__main__":
    main()
