"""What is said about a file of another program."""

from collections.abc import Callable, Mapping
from typing import Any

from participation.coding.rules.exchange.shapes import LeftOut, QdaProject
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import ngettext

_UNREADABLE: Mapping[str, Any] = {
    "empty": _l("The file is empty."),
    "too_big": _l("The file holds more than we can take in at once. Divide the project."),
    "wrong_type": _l("This is neither a project (.qdpx) nor a codebook (.qdc)."),
    "unsafe": _l("The file has names in it that point outside itself. We do not open it."),
    "two_projects": _l("There is more than one project in the file. Send one at a time."),
    "no_project": _l("The file is an archive, but there is no project in it."),
    "locked": _l("The file is locked with a password. Save it without one."),
    "own_texts": _l("Every text in the file came from here and is here already."),
    "nothing": _l("There are neither codes nor texts in the file."),
}


def why_unreadable(reason: str) -> str:
    """What to tell whoever sent it."""
    return str(_UNREADABLE.get(reason, _l("The file is broken. Export it once more.")))


def left_out_lines(project: QdaProject) -> list[str]:
    """A sentence for each kind of thing that has no place here."""
    said: Mapping[LeftOut, Callable[[int], str]] = {
        LeftOut.PICTURES: lambda n: ngettext("%(num)s picture", "%(num)s pictures", n),
        LeftOut.PDFS: lambda n: ngettext(
            "%(num)s PDF without its text", "%(num)s PDFs without their text", n
        ),
        LeftOut.SOUND: lambda n: ngettext(
            "%(num)s recording, sound or film", "%(num)s recordings, sound or film", n
        ),
        LeftOut.MISSING_TEXTS: lambda n: ngettext(
            "%(num)s text that is not in the file: choose to include sources when you export",
            "%(num)s texts that are not in the file: choose to include sources when you export",
            n,
        ),
        LeftOut.EMPTY_TEXTS: lambda n: ngettext(
            "%(num)s text with nothing in it", "%(num)s texts with nothing in them", n
        ),
        LeftOut.OUTSIDE: lambda n: ngettext(
            "%(num)s passage that lies outside its text",
            "%(num)s passages that lie outside their text",
            n,
        ),
        LeftOut.UNKNOWN_CODES: lambda n: ngettext(
            "%(num)s marking whose code is not in the codebook",
            "%(num)s markings whose code is not in the codebook",
            n,
        ),
        LeftOut.OWN_TEXTS: lambda n: ngettext(
            "%(num)s text that came from here: it is here already, and no voice counts twice",
            "%(num)s texts that came from here: they are here already, and no voice counts twice",
            n,
        ),
        LeftOut.NOTES: lambda n: ngettext("%(num)s note", "%(num)s notes", n),
        LeftOut.LINKS: lambda n: ngettext("%(num)s link", "%(num)s links", n),
        LeftOut.GRAPHS: lambda n: ngettext("%(num)s drawing", "%(num)s drawings", n),
    }
    lines = [said[kind](count) for kind, count in project.left_out.items()]
    if len(project.users) > 1:
        lines.append(_("who coded what: here all of it becomes your coding"))
    return lines
