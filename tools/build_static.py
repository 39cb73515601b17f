"""Build participation/static/built/ from source/: `python tools/build_static.py [--check]`.

One stylesheet per kind of page (resident without a web font, staff with Inter): Designsystemet's
rules for the parts we use, our theme, our own rules, without comments and needless space.
The result is committed, so that nothing has to be built to run; `--check` fails when it is stale.
"""

import gzip
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
COPIED = ("vendor/mark.svg", "vendor/inter-medskapa.woff2", "app.js")
LICENCES = ("vendor/LICENSE-designsystemet.txt", "vendor/LICENSE-inter.txt")

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
        elif not rule.prelude.startswith("@keyframes") and (selector := used(rule.prelude)):
            kept.append(f"{selector}{{{rule.body}}}")
    return "".join(kept)


def used(prelude: str) -> str:
    """The selectors of a list that our templates can match, or nothing.

    >>> used(".ds-button,.ds-chip:hover")
    '.ds-button'
    """
    return ",".join(s for s in split_selectors(prelude) if _parts(s) <= USED_PARTS)


def _parts(selector: str) -> set[str]:
    """The parts a selector demands: what stands inside :not() is no demand."""
    demanded = re.sub(r":not\((?:[^()]|\([^()]*\))*\)", "", selector)
    alternatives = re.sub(r":(?:is|where|has)\((?:[^()]|\([^()]*\))*\)", "", demanded)
    return {name.split("--")[0] for name in re.findall(r"\.(ds-[a-z-]+)", alternatives)}


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
    own = (SOURCE / "medskapa.css").read_text()
    if not with_inter:
        own = re.sub(r"@font-face\s*{[^}]*}", "", own)
    theme = without_colours(minified((SOURCE / "vendor/medskapa-theme.css").read_text()))
    theme = theme.removeprefix('@charset "UTF-8";')
    parts = keep_used(without_comments((SOURCE / "vendor/designsystemet.css").read_text()))
    order = "@layer ds.theme,ds.base,ds.components,ms;"
    return f"{LICENCE_LINE}\n{order}{minified(parts)}{theme}{minified(own)}\n"


def build(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "resident.css").write_text(stylesheet(with_inter=False))
    (folder / "staff.css").write_text(stylesheet(with_inter=True))
    for name in COPIED:
        shutil.copyfile(SOURCE / name, folder / Path(name).name)
    licences = ((SOURCE / name).read_text() for name in LICENCES)
    (folder / "LICENSES.txt").write_text("\n\n----\n\n".join(licences))


def stale(folder: Path) -> list[str]:
    """Names of built files that differ from a fresh build."""
    with tempfile.TemporaryDirectory() as fresh:
        build(Path(fresh))
        names = sorted(path.name for path in Path(fresh).iterdir())
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
        size = path.read_bytes()
        print(f"{path.name:24} {len(size):7} B  {len(gzip.compress(size, 9)):6} B gzip")
    return 0


if __name__ == "__main__":
    sys.exit(main())
