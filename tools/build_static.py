"""Build participation/static/built/ from source/: `python tools/build_static.py [--check]`.

One stylesheet per kind of page (resident without a web font, staff with Inter): Designsystemet's
rules for the parts we use, our theme, our own rules, without comments and needless space.
The result is committed, so that nothing has to be built to run; `--check` fails when it is stale.
"""

import gzip
import hashlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from filecmp import cmpfiles
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "participation" / "static"
SOURCE = STATIC / "source"
BUILT = STATIC / "built"

# The parts of Designsystemet that our templates use; every other `.ds-…` rule is left out.
USED_PARTS = frozenset(
    {
        "ds-button",
        "ds-error-summary",
        "ds-field",
        "ds-fieldset",
        "ds-input",
        "ds-skip-link",
        "ds-sr-only",
        "ds-validation-message",
    }
)
# The theme's colours that neither our rules nor those parts ask for.
UNUSED_COLOURS = ("info",)
FONT = "inter-medskapa.woff2"
COPIED = (
    "vendor/mark.svg",
    f"vendor/{FONT}",
    "app.js",
    "coding.js",
    "editor.js",
    "field.js",
    "field-worker.js",
    "followups.js",
    "speak.js",
    "paper.css",
)
LICENCES = {
    "Designsystemet (in the stylesheets): the MIT License": "vendor/LICENSE-designsystemet.txt",
    "Inter (inter-medskapa.woff2): the SIL Open Font License": "vendor/LICENSE-inter.txt",
}

LICENCE_LINE = (
    "/*! Designsystemet (MIT), Inter (OFL): see LICENSES.txt. Medskapa's own rules: EUPL-1.2 */"
)


@dataclass(frozen=True)
class Rule:
    """One CSS rule or at-rule: what stands before the braces and in them (None: `…;`)."""

    prelude: str
    body: str | None


def rules(css: str) -> Iterator[Rule]:
    """Split one level of CSS, comments already removed; strings may hold any character."""
    start = at = depth = 0
    opened = 0
    while at < len(css):
        character = css[at]
        if character in "\"'":
            at = _end_of_string(css, at)
        elif character == "{":
            opened, depth = (at, 1) if depth == 0 else (opened, depth + 1)
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield Rule(css[start:opened].strip(), css[opened + 1 : at])
                start = at + 1
        elif character == ";" and depth == 0:
            yield Rule(css[start:at].strip(), None)
            start = at + 1
        at += 1
    if css[start:].strip():
        yield Rule(css[start:].strip(), None)


def _end_of_string(css: str, at: int) -> int:
    quote = css[at]
    at += 1
    while css[at] != quote:
        at += 2 if css[at] == "\\" else 1
    return at


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def keep_used(css: str) -> str:
    """Designsystemet without the parts nobody uses; nested groups that become empty go too."""
    kept = []
    for rule in rules(css):
        if rule.body is None:
            kept.append(f"{rule.prelude};")
        elif re.match(r"@(layer|media|supports)", rule.prelude):
            inner = keep_used(rule.body)
            if inner:
                kept.append(f"{rule.prelude}{{{inner}}}")
        elif not rule.prelude.startswith("@") and (selector := used(rule.prelude)):
            kept.append(f"{selector}{{{rule.body}}}")
    return "".join(kept)


def used(prelude: str) -> str:
    """The selectors of a list that our templates can match, or nothing.

    >>> used(".ds-button,.ds-chip:hover,:is(.ds-chip,.ds-tag)>a")
    '.ds-button'
    """
    return ",".join(s for s in split_selectors(prelude) if can_match(s))


def can_match(selector: str) -> bool:
    """Whether every part the selector demands is in use; what `:not()` names is no demand."""
    demanded = ""
    at = 0
    for found in re.finditer(r":(not|is|where|has)\(", selector):
        if found.start() < at:
            continue  # inside the brackets of an earlier one
        end = _closing_bracket(selector, found.end())
        alternatives = split_selectors(selector[found.end() : end])
        if found[1] != "not" and not any(can_match(one) for one in alternatives):
            return False
        demanded += selector[at : found.start()]
        at = end + 1
    names = re.findall(r"\.(ds-[a-z-]+)", demanded + selector[at:])
    return {name.split("--")[0] for name in names} <= USED_PARTS


def _closing_bracket(text: str, at: int) -> int:
    """Where the bracket opened just before `at` closes."""
    depth = 1
    while depth:
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
    return at - 1


def split_selectors(prelude: str) -> list[str]:
    """Split at commas outside brackets.

    >>> split_selectors("a:is(b,c),d")
    ['a:is(b,c)', 'd']
    """
    found, depth, start = [], 0, 0
    for at, character in enumerate(prelude):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            found.append(prelude[start:at].strip())
            start = at + 1
    return [*found, prelude[start:].strip()]


def without_colours(css: str) -> str:
    """The theme without the colours nobody asks for."""
    for name in UNUSED_COLOURS:
        css = re.sub(rf"--ds-color-{name}-[a-z-]+:[^;}}]+;?", "", css)
    return css


def minified(css: str) -> str:
    """Without comments and needless space; strings and calc() keep theirs."""
    pieces = re.split(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", without_comments(css))
    return "".join(
        piece if index % 2 else _without_space(piece) for index, piece in enumerate(pieces)
    ).strip()


def _without_space(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r"(?<=[{;])((?:--)?[\w-]+) ?: ?", r"\1:", css)
    return css.replace(";}", "}")


def stylesheet(*, with_inter: bool) -> str:
    """One complete stylesheet. Layers are declared first: the theme lowest, our rules on top."""
    own = (SOURCE / "medskapa.css").read_text().replace(FONT, f"{FONT}?v={_version(FONT)}")
    if not with_inter:
        own = re.sub(r"@font-face\s*{[^}]*}", "", own)
    theme = without_colours(minified((SOURCE / "vendor/medskapa-theme.css").read_text()))
    theme = theme.removeprefix('@charset "UTF-8";')
    parts = keep_used(without_comments((SOURCE / "vendor/designsystemet.css").read_text()))
    order = "@layer ds.theme,ds.base,ds.components,ms;"
    return f"{LICENCE_LINE}\n{order}{minified(parts)}{theme}{minified(own)}\n"


def _version(name: str) -> str:
    """What `static_url` would add: an address that changes with the content."""
    return hashlib.sha256((SOURCE / "vendor" / name).read_bytes()).hexdigest()[:10]


def build(folder: Path) -> None:
    """Write every built file and, beside what shrinks, its compressed twin for WhiteNoise."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "resident.css").write_text(stylesheet(with_inter=False))
    (folder / "staff.css").write_text(stylesheet(with_inter=True))
    for name in COPIED:
        shutil.copyfile(SOURCE / name, folder / Path(name).name)
    licences = (f"{title}\n\n{(SOURCE / name).read_text()}" for title, name in LICENCES.items())
    (folder / "LICENSES.txt").write_text("\n\n----\n\n".join(licences))
    for path in sorted(folder.iterdir()):
        if path.suffix in {".css", ".js", ".svg"}:
            twin = path.with_name(f"{path.name}.gz")
            twin.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def stale(folder: Path) -> list[str]:
    """Names of built files that differ from a fresh build."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        # Compressed twins depend on the zlib at hand; their originals are what counts.
        names = sorted(path.name for path in Path(fresh).iterdir() if path.suffix != ".gz")
        _same, differ, missing = cmpfiles(fresh, folder, names, shallow=False)
    return differ + missing


def main() -> int:
    if "--check" in sys.argv:
        names = stale(BUILT)
        if names:
            print(f"Stale: {', '.join(names)}. Run: python tools/build_static.py")
        return 1 if names else 0
    build(BUILT)
    for path in sorted(BUILT.iterdir()):
        print(f"{path.name:24} {path.stat().st_size:7} B")
    return 0


if __name__ == "__main__":
    sys.exit(main())
