"""Mail texts: a Jinja environment of its own, without Flask, for services and jobs.

A mail is `templates/mail/<name>.txt`, which extends `mail/base.txt` and fills the blocks `subject`
and `body`. The HTML part is made from the same text (paragraphs, lists; "Words: address" alone
in a paragraph becomes a button), so the two can never say different things. A template that needs
more brings its own `<name>.html`, which extends `mail/base.html`.

Only addresses of this site become links: what a person typed cannot lead anywhere else.
What a person typed is literal: every `{{ expression }}` in a text stays on one line (use the
filter `lines` where line breaks belong to the content) and is escaped in HTML.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from participation.foundation.config import Config
from participation.foundation.errors import ConfigurationError
from participation.foundation.i18n import (
    current_locale,
    format_clock,
    format_day,
    format_moment,
    format_number,
    format_weekday,
    raw_gettext,
    raw_ngettext,
    raw_pgettext,
    text_direction,
    use_locale,
)
from participation.foundation.paths import PACKAGE

SITE_NAME = "Medskapa"

# Control characters, line and paragraph separators, and marks that reorder what is read.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


@dataclass(frozen=True)
class RenderedMail:
    """What a template became in one language."""

    subject: str
    text: str
    html: str


class KeepLines(str):
    """Text whose line breaks are meant: made by the filter `lines`."""

    __slots__ = ()


_public_url: str | None = None


def configure_mail(config: Config) -> None:
    """Tell this process what every mailed link starts with (TRUST 20: never the Host header)."""
    global _public_url
    _public_url = config.public_url


def public_url() -> str:
    if _public_url is None:
        raise ConfigurationError("mail is not configured; call configure_mail first")
    return _public_url


def absolute_url(path: str) -> str:
    """The full address of a path on this site: "/in/abc" → "https://example.org/in/abc".

    Raises ValueError for anything that is not a path here ("//evil", "https://…").
    """
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise ValueError("expected a path on this site")
    return public_url() + path


def new_message_id() -> str:
    """A Message-ID made once, when the mail is queued: every try carries the same one."""
    return f"<{secrets.token_hex(16)}@{urlsplit(public_url()).hostname}>"


def one_line(value: str) -> str:
    """`value` on one line: line breaks and control characters become one space.

    >>> one_line("Hej\\r\\nBcc: x@y.se")
    'Hej Bcc: x@y.se'
    """
    return " ".join(_BREAKS.sub(" ", value).split(" ")).strip()


def render_mail(
    template: str, locale: str, context: Mapping[str, Any], folder: Path | None = None
) -> RenderedMail:
    """`mail/<template>.txt` (and `.html` where there is one) in `locale`.

    Raises:
        jinja2.UndefinedError: the template uses a value the context lacks.
    """
    texts, pages = _environments(folder or PACKAGE / "templates")
    with use_locale(locale):
        values = {
            **context,
            "site_name": SITE_NAME,
            "public_url": public_url(),
            "lang": current_locale(),
            "dir": text_direction(),
        }
        source = texts.get_template(f"mail/{template}.txt")
        subject = one_line(_block(source, "subject", values))
        body = _block(source, "body", values)
        values["subject"] = subject
        text = _tidy(source.render(values))
        page = pages.select_template([f"mail/{template}.html", "mail/base.html"])
        html = page.render(values, content=text_as_html(_tidy(body)))
    return RenderedMail(subject, text, html)


def text_as_html(text: str) -> Markup:
    """Plain text as paragraphs: everything escaped, addresses of this site become links.

    "Words: address" alone in a paragraph is drawn as a button; lines starting with "- " as a list.
    """
    parts = [_paragraph(part) for part in re.split(r"\n{2,}", text.strip()) if part.strip()]
    return Markup("\n").join(parts)


def with_links(text: str) -> Markup:
    """`text` escaped, with this site's addresses clickable; nothing else becomes markup."""
    pieces: list[Markup] = []
    position = 0
    for match in _LINK.finditer(text):
        if not is_own_address(match.group()):
            continue
        address = escape(match.group())
        pieces.append(escape(text[position : match.start()]))
        pieces.append(Markup('<a href="{0}">{0}</a>').format(address))
        position = match.end()
    pieces.append(escape(text[position:]))
    return Markup("").join(pieces)


def linked_paragraphs(text: str) -> Markup:
    """Plain text as paragraphs with this site's addresses shown and clickable."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return Markup("\n").join(_run_of_lines(is_item=False, lines=part.split("\n")) for part in parts)


def is_own_address(address: str) -> bool:
    """Whether `address` leads to this site: the same scheme, host and port."""
    theirs, ours = urlsplit(address), urlsplit(public_url())
    return (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)


def _paragraph(part: str) -> Markup:
    lines = [line.strip() for line in part.strip().split("\n")]
    label, _, address = lines[-1].rpartition(": ")
    if len(lines) == 1 and label and _LINK.fullmatch(address) and is_own_address(address):
        return Markup('<p class="act"><a class="button" href="{}">{}</a></p>').format(
            address, label
        )
    runs = [(is_item, list(run)) for is_item, run in groupby(lines, key=_is_item)]
    return Markup("\n").join(_run_of_lines(is_item=is_item, lines=run) for is_item, run in runs)


def _is_item(line: str) -> bool:
    return line.startswith("- ")


def _run_of_lines(*, is_item: bool, lines: list[str]) -> Markup:
    if is_item:
        items = Markup("").join(Markup("<li>{}</li>").format(with_links(x[2:])) for x in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(Markup("<br>").join(with_links(line) for line in lines))


def _tidy(text: str) -> str:
    """No trailing spaces, at most one empty line in a row, one newline at the end."""
    # The dashes above a signature keep their space: mail programs know it by that.
    stripped = "\n".join(x if x == "-- " else x.rstrip() for x in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", stripped).strip() + "\n"


def _block(template: Template, name: str, values: Mapping[str, Any]) -> str:
    if name not in template.blocks:
        raise LookupError(f"{template.name} lacks the block {name!r}")
    return "".join(template.blocks[name](template.new_context(dict(values))))


_built: dict[Path, tuple[Environment, Environment]] = {}


def _environments(folder: Path) -> tuple[Environment, Environment]:
    """One environment for plain text, one that escapes HTML; built once per folder."""
    if folder not in _built:
        texts = Environment(
            loader=FileSystemLoader(folder),
            autoescape=False,  # noqa: S701 - plain text; HTML has the environment below
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_on_one_line,
            extensions=["jinja2.ext.i18n"],
        )
        pages = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        for environment in (texts, pages):
            _equip(environment)
        _built[folder] = (texts, pages)
    return _built[folder]


def _on_one_line(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, KeepLines):
        return one_line(value)
    return value


def _keep_lines(value: str) -> KeepLines:
    return KeepLines("\n".join(one_line(line) for line in value.splitlines()))


def _equip(environment: Environment) -> None:
    # New-style calls fill the placeholders themselves (and escape them in HTML).
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        raw_gettext, raw_ngettext, newstyle=True, pgettext=raw_pgettext
    )
    environment.filters.update(
        lines=_keep_lines,
        day=format_day,
        weekday=format_weekday,
        moment=format_moment,
        clock=format_clock,
        number=format_number,
    )
