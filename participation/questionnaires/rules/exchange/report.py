"""What an import found, told by place: the sheet's row or the JSON path."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from participation.foundation.html import plain
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.reading import ContentInvalid, read_content
from participation.questionnaires.rules.words import FIRST_LANGUAGE
from participation.questionnaires.rules.writing import content_data

MOST_FINDINGS = 200
TITLE_LENGTH = 200
_NUMBERED = re.compile(r"(.* )(\d+)")  # "Sheet survey, row 12"


class Weight(StrEnum):
    """How much a finding matters: it stops the import, something is left out, good to know."""

    STOP = "stop"
    LEFT_OUT = "left_out"
    NOTE = "note"


class FormSource(StrEnum):
    """What kind of file a form came in."""

    XLSFORM = "xlsform"
    FHIR = "fhir"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    weight: Weight
    where: str
    message: str


@dataclass(frozen=True)
class Reading:
    """A questionnaire's JSON, or None when something stops it; never a part of one."""

    data: Mapping[str, Any] | None
    findings: tuple[Finding, ...]

    def stored_findings(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.findings]


@dataclass
class Notebook:
    """Findings as they are made; what repeats is told once, and the list has an end."""

    findings: list[Finding] = field(default_factory=list)
    unlisted: int = 0

    def say(self, weight: Weight, where: str, message: str) -> None:
        finding = Finding(weight, clean(where), clean(message))
        if finding in self.findings:
            return
        most = 2 * MOST_FINDINGS if weight is Weight.STOP else MOST_FINDINGS
        if len(self.findings) >= most:
            self.unlisted += 1
        else:
            self.findings.append(finding)

    def stop(self, where: str, message: str) -> None:
        self.say(Weight.STOP, where, message)

    def left_out(self, where: str, message: str) -> None:
        self.say(Weight.LEFT_OUT, where, message)

    def note(self, where: str, message: str) -> None:
        self.say(Weight.NOTE, where, message)

    @property
    def is_stopped(self) -> bool:
        return any(one.weight is Weight.STOP for one in self.findings)

    def listed(self) -> tuple[Finding, ...]:
        order = list(Weight)
        found = sorted(self.findings, key=lambda one: order.index(one.weight))
        if self.unlisted:
            more = _("%(num)s more of the same kind are not listed.", num=self.unlisted)
            found.append(Finding(Weight.NOTE, "", more))
        return tuple(found)


def gathered(findings: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Where and what, each message once: "Sheet survey, row 9, 10, 36", in order of finding.

    >>> gathered([{"where": "Rad 2", "message": "Nej."}, {"where": "Rad 5", "message": "Nej."}])
    [('Rad 2, 5', 'Nej.')]
    """
    places: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        found = _NUMBERED.fullmatch(one["where"])
        before, number = found.groups() if found else (one["where"], "")
        places.setdefault((before, one["message"]), []).append(number)
    return [
        (before + ", ".join(filter(None, numbers)), message)
        for (before, message), numbers in places.items()
    ]


def finish(
    notebook: Notebook, data: Mapping[str, Any], places: Mapping[str, str], *, title_at: str
) -> Reading:
    """The whole content through the same reader as the editor's; its problems get their place.

    `places`: where each question stands in the file, by key. `title_at`: where its title stands.
    """
    whole: Mapping[str, Any] | None = None
    data = clean(data)
    if len(with_swedish(data.get("title") or {}, "").get(FIRST_LANGUAGE, "")) > TITLE_LENGTH:
        notebook.stop(title_at, _("The title is longer than %(max)d characters.", max=TITLE_LENGTH))
    if not notebook.is_stopped:
        try:
            whole = content_data(read_content(data))
        except ContentInvalid as problem:
            for one in problem.problems:
                notebook.stop(places.get(one.question, one.where), one.message)
    return Reading(whole, notebook.listed())


def clean(value: Any) -> Any:
    """The same without signs that no database keeps: control characters and half characters."""
    if isinstance(value, str):
        return plain(value).encode("utf-8", "ignore").decode()
    if isinstance(value, Mapping):
        return {str(name): clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value


def with_swedish(texts: Mapping[str, str], fallback: str) -> dict[str, str]:
    """Texts with something in the Swedish place: `fallback`'s words where there is no Swedish."""
    said = {code: text for code, text in texts.items() if text and code}
    if FIRST_LANGUAGE not in said:
        instead = texts.get("") or said.get(fallback) or next(iter(said.values()), "")
        if instead:
            said[FIRST_LANGUAGE] = instead
    return said
