"""Every page and state of the site map at 360 and 1280 px, into var/screenshots with an index.

python tools/screenshots.py                    # light, Swedish
python tools/screenshots.py --dark --lang ar --only questionnaires
python tools/screenshots.py --readme           # renews docs/images/*.png
"""

import argparse
import html
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Error, Page  # noqa: E402

from tests.site_map import Reader, State  # noqa: E402
from tests.support.browser import (  # noqa: E402
    ServedDemo,
    Shot,
    chromium,
    open_state,
    served_demo,
    shots,
)

FOLDER = ROOT / "var" / "screenshots"
IMAGES = ROOT / "docs" / "images"
WIDTHS = (360, 1280)
HEIGHT = 900
README_KILOBYTES = 150
CROP = 60

# What the README shows: file name → who looks, and at what.
README_PAGES: dict[str, tuple[Reader, str]] = {
    "start": (Reader.ANYBODY, "/"),
    "coordinator": (Reader.COORDINATOR, "/start"),
    "perspective": (Reader.GROUP_MEMBER, "/groups/{group}/resident-perspective"),
    "bank": (Reader.COORDINATOR, "/interest-bank/members"),
    "draw": (Reader.COORDINATOR, "/selection/{draw_stuck}/quotas"),
    "council": (Reader.ANYBODY, "/council"),
    "editor": (Reader.COORDINATOR, "/questionnaires/{questionnaire}"),
    "results": (Reader.ANYBODY, "/releases/{release}"),
    "audit": (Reader.ANYBODY, "/audits/{audit}/summary"),
    "meeting": (Reader.ANYBODY, "/meetings/{meeting_closed}/result"),
    "coding": (Reader.COORDINATOR, "/coding/materials/{material}"),
    "follow-up": (Reader.ANYBODY, "/groups/{group}/follow-up"),
    "indicator": (Reader.ANYBODY, "/indicators/{invented_indicator}#now"),
    "report": (Reader.ANYBODY, "/reports/{public_report}"),
}
README_PHONES: dict[str, tuple[Reader, str]] = {
    "question-phone": (Reader.ANYBODY, "/a/{draft}/q/{screen}"),
}


def main() -> None:
    options = _options()
    with served_demo() as served, chromium() as browser:
        if options.readme:
            _renew_readme(served, browser)
        else:
            _take_all(served, browser, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--lang", default="sv", choices=("sv", "en", "ar"))
    parser.add_argument("--only", default="", help="a part of the endpoint's name")
    parser.add_argument("--readme", action="store_true", help="renew docs/images instead")
    return parser.parse_args()


def _page(browser: Browser, width: int, *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="sv-SE",
    )
    return context.new_page()


def _take_all(served: ServedDemo, browser: Browser, options: argparse.Namespace) -> None:
    theme = "dark" if options.dark else "light"
    folder = FOLDER / f"{theme}-{options.lang}"
    folder.mkdir(parents=True, exist_ok=True)
    query = "" if options.lang == "sv" else f"lang={options.lang}"
    chosen = [shot for shot in shots() if options.only in shot.name]
    taken: dict[str, list[str]] = {}
    for width in WIDTHS:
        page = _page(browser, width, dark=options.dark)
        for shot in chosen:
            name = f"{re.sub(r'[^a-z0-9]+', '-', shot.name.lower()).strip('-')}-{width}.png"
            if _take(served, page, shot, query, folder / name):
                taken.setdefault(shot.name, []).append(name)
        page.context.close()
    _write_index(folder, taken)
    print(f"{sum(map(len, taken.values()))} pictures: {folder / 'index.html'}")
    missing = [shot.name for shot in chosen if shot.name not in taken]
    if missing:
        print("not shown by the demo:", ", ".join(missing))


def _take(served: ServedDemo, page: Page, shot: Shot, query: str, path: Path) -> bool:
    try:
        if not open_state(served, page, shot, query):
            return False
        page.screenshot(path=path, full_page=True)
    except Error as problem:
        print(f"{shot.name}: {str(problem).splitlines()[0]}", file=sys.stderr)
        return False
    return True


def _write_index(folder: Path, taken: dict[str, list[str]]) -> None:
    rows = "\n".join(
        f"<h2>{html.escape(name)}</h2>"
        + "".join(f'<a href="{file}"><img src="{file}" alt="" height="360"></a> ' for file in files)
        for name, files in taken.items()
    )
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages</title>\n{rows}\n',
        encoding="utf-8",
    )


def _renew_readme(served: ServedDemo, browser: Browser) -> None:
    """The first screenful of what the README shows, small enough to keep in the repository."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for width, pages in ((1280, README_PAGES), (360, README_PHONES)):
        page = _page(browser, width)
        for name, (reader, address) in pages.items():
            shot = Shot(name, reader, State("filled", address, readers=frozenset({reader})))
            if not open_state(served, page, shot):
                raise SystemExit(f"the demo cannot show {address}")
            path = IMAGES / f"{name}.png"
            print(f"{path.name:<28}{_keep_small(page, path, width):6.0f} kB")
        page.context.close()


def _keep_small(page: Page, path: Path, width: int) -> float:
    """The first screenful, from the top; less of it where it would weigh too much. In kB."""
    for height in range(HEIGHT, HEIGHT // 2, -CROP):
        page.screenshot(path=path, clip={"x": 0, "y": 0, "width": width, "height": height})
        if path.stat().st_size <= README_KILOBYTES * 1000:
            break
    return path.stat().st_size / 1000


if __name__ == "__main__":
    main()
