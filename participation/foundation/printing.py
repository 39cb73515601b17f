"""Paper: the same page is printed by the browser or becomes a tagged PDF (PDF/UA-1).

The PDF library needs Pango on the machine. Where it is missing, every sheet is still a page that
the browser prints; nothing else depends on it. QR codes are pictures inside the page.
"""

import importlib
import mimetypes
import os
import re
from collections import OrderedDict
from functools import cache
from threading import Lock
from typing import Any

import segno

from participation.foundation.errors import DomainError
from participation.foundation.i18n import text_direction
from participation.foundation.look import STATIC_FILES, STATIC_PREFIX

BASE = "https://paper.invalid"
PDF = "application/pdf"


class NoPdfHere(DomainError):
    """The PDF library or Pango is not installed: docs/operations.md says how."""

    code = "no_pdf_here"
    http_status = 503


@cache
def can_make_pdf() -> bool:
    """Whether this machine makes PDFs itself."""
    try:
        _library()
    except NoPdfHere:
        return False
    return True


def pdf_bytes(html: str) -> bytes:
    """A tagged PDF of a page that extends base_paper.html. Its title and language go along.

    Nothing is fetched: only our own built files and pictures inside the page are read.

    Raises:
        NoPdfHere: this machine cannot.
    """
    library = _library()
    document = library.HTML(string=directed(html), base_url=BASE, url_fetcher=_own_files(library))
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made


_BY_ITS_TONGUE = re.compile(r'lang="([A-Za-z-]+)" dir="auto"')


def directed(html: str) -> str:
    """The PDF library knows no `dir="auto"`: words go the way of their language.

    >>> directed('<p lang="sv" dir="auto">Varför?</p>')
    '<p lang="sv" dir="ltr">Varför?</p>'
    """
    return _BY_ITS_TONGUE.sub(
        lambda found: f'lang="{found[1]}" dir="{text_direction(found[1])}"', html
    )


PAPERS_KEPT = 64
_kept: OrderedDict[str, bytes] = OrderedDict()
_press = Lock()


def kept_pdf(html: str) -> bytes | None:
    """As `pdf_bytes`, made once for the same words and one at a time; None while busy.

    Seconds of work that anybody may ask for: nobody's answer waits for it.
    """
    made = _kept.get(html)
    if made is None and _press.acquire(blocking=False):
        try:
            made = _kept[html] = pdf_bytes(html)
            while len(_kept) > PAPERS_KEPT:
                _kept.popitem(last=False)
        finally:
            _press.release()
    return made


def qr_picture(address: str) -> str:
    """The QR code of an address as a picture for an `img`, with its quiet zone."""
    picture = segno.make(address, error="m", micro=False)
    return str(picture.svg_data_uri(scale=8, border=4, light="#fff"))


def _library() -> Any:
    # Fonts inside a PDF would carry the second they were cut: the same page, the same bytes.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError) as problem:
        raise NoPdfHere from problem


def _own_files(library: Any) -> Any:
    """Reads /static/ from disk and data: pictures; refuses every other address."""

    class OwnFiles(library.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(BASE + STATIC_PREFIX):
                return super().fetch(url, headers)
            name = url.removeprefix(BASE + STATIC_PREFIX).partition("?")[0]
            path = (STATIC_FILES / name).resolve()
            if path.parent != STATIC_FILES.resolve():
                raise ValueError(url)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return library.urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OwnFiles(allowed_protocols=["data"])
