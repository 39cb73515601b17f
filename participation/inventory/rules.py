"""What an entry of the inventory holds, how a list of them is read and narrowed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import DEFAULT_LOCALE
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.providers import SurveyEntry
from participation.foundation.tabular import Line, Sheet

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
MOST_QUESTIONS = 200
LONGEST_TITLE, LONGEST_PLACE, LONGEST_LINK, LONGEST_TEXT = 200, 200, 300, 3_000


class TargetGroup(StrEnum):
    """For whom a survey is."""

    CHILDREN = "children"
    PATIENTS = "patients"
    SERVICE_USERS = "service_users"
    NEXT_OF_KIN = "next_of_kin"
    OLDER = "older"
    RESIDENTS = "residents"
    PROFESSIONALS = "professionals"


TARGET_LABELS: Mapping[TargetGroup, Any] = {
    TargetGroup.CHILDREN: _l("Children and young people"),
    TargetGroup.PATIENTS: _l("Patients"),
    TargetGroup.SERVICE_USERS: _l("Service users"),
    TargetGroup.NEXT_OF_KIN: _l("Next of kin"),
    TargetGroup.OLDER: _l("Older people"),
    TargetGroup.RESIDENTS: _l("All residents"),
    TargetGroup.PROFESSIONALS: _l("Professionals"),
}


class HowOften(StrEnum):
    ONCE = "once"
    YEARLY = "yearly"
    EVERY_OTHER_YEAR = "every_other_year"
    SELDOM = "seldom"
    ALL_THE_TIME = "all_the_time"


OFTEN_LABELS: Mapping[HowOften, Any] = {
    HowOften.YEARLY: _l("Every year"),
    HowOften.EVERY_OTHER_YEAR: _l("Every other year"),
    HowOften.SELDOM: _l("More seldom"),
    HowOften.ALL_THE_TIME: _l("All the time"),
    HowOften.ONCE: _l("Once"),
}


@dataclass(frozen=True, kw_only=True)
class SurveyDraft:
    """What somebody says about a survey; `organisation_id` who holds it."""

    title: str
    organisation_id: int
    targets: tuple[str, ...] = ()
    area_id: int | None = None
    place: str = ""
    how_often: str = HowOften.YEARLY.value
    last_year: int | None = None
    needs: str = ""
    done: str = ""
    questions: tuple[str, ...] = ()
    link: str = ""


# ---------------------------------------------------------------- narrowing a list


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for; "" everywhere means all."""

    words: str = ""
    target: str = ""
    area: str = ""
    organisation: str = ""
    sort: str = "title"

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.target or self.area or self.organisation)


def narrowed(
    entries: Iterable[SurveyEntry], wanted: Wanted, locale: str = DEFAULT_LOCALE
) -> list[SurveyEntry]:
    """The entries that fit, in the wanted order; every word must stand somewhere in an entry.

    By name means by the name that is shown in `locale`.
    """
    words = wanted.words.casefold().split()
    fitting = [
        entry
        for entry in entries
        if (not wanted.target or wanted.target in entry.targets)
        and (not wanted.area or entry.area == wanted.area)
        and (not wanted.organisation or entry.organisation == wanted.organisation)
        and all(word in entry.searchable for word in words)
    ]
    fitting.sort(key=lambda entry: (entry.title_in(locale).casefold(), entry.key))
    if wanted.sort == "organisation":
        fitting.sort(key=lambda entry: entry.organisation.casefold())
    elif wanted.sort == "latest":
        fitting.sort(key=lambda entry: entry.latest, reverse=True)
    return fitting


# ---------------------------------------------------------------- lists from elsewhere


def headings() -> dict[str, str]:
    """The columns of a list, in and out: what is taken in can be written out and read again."""
    return {
        "title": _("Survey"),
        "organisation": _("Organisation"),
        "targets": _("For whom"),
        "area": _("Area"),
        "place": _("Where"),
        "how_often": _("How often"),
        "last_year": _("Latest year"),
        "needs": _("Improvement needs"),
        "done": _("What is done"),
        "questions": _("Questions"),
        "link": _("Link"),
    }


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row; its number as the sheet program shows it."""

    row: int
    message: str


@dataclass
class SurveyList:
    """What a list holds: drafts by row, those we had already, and all that is wrong."""

    drafts: list[SurveyDraft] = field(default_factory=list)
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What rows may name, by their names in small letters; `taken`: what is registered already."""

    organisations: Mapping[str, int]
    areas: Mapping[str, int]
    taken: frozenset[tuple[str, int]]


def read_surveys(sheet: Sheet, known: Known) -> SurveyList:
    """Every row of the table, or everything that is wrong with it."""
    found = SurveyList()
    columns = {heading.strip().casefold(): heading for heading in sheet.headings}
    names = {key: columns.get(label.casefold()) for key, label in headings().items()}
    for key in ("title", "organisation"):
        if names[key] is None:
            message = _("There is no column called “%(name)s”.", name=headings()[key])
            found.problems.append(Problem(1, message))
    if found.problems:
        return found
    seen = set(known.taken)
    for line in sheet.lines:
        draft = _Row(line, names, known, found.problems).draft()
        if draft is None:
            continue
        pair = (draft.title.casefold(), draft.organisation_id)
        if pair in seen:
            found.known += 1
        else:
            seen.add(pair)
            found.drafts.append(draft)
    return found


class _Row:
    """One row on its way to a draft; what is wrong goes to `problems`."""

    def __init__(
        self,
        line: Line,
        names: Mapping[str, str | None],
        known: Known,
        problems: list[Problem],
    ) -> None:
        self.line, self.names, self.known, self.problems = line, names, known, problems
        self.before = len(problems)

    def draft(self) -> SurveyDraft | None:
        title = self._text("title", LONGEST_TITLE)
        if not title:
            self._wrong(_("The survey has no name."))
        organisation = self._named("organisation", self.known.organisations)
        draft = SurveyDraft(
            title=title,
            organisation_id=organisation or 0,
            targets=self._targets(),
            area_id=self._named("area", self.known.areas),
            place=self._text("place", LONGEST_PLACE),
            how_often=self._often(),
            last_year=self._year(),
            needs=self._text("needs", LONGEST_TEXT),
            done=self._text("done", LONGEST_TEXT),
            questions=split_questions(self._cell("questions").replace("|", "\n")),
            link=self._link(),
        )
        if organisation is None and not self._cell("organisation"):
            self._wrong(_("The row names no organisation."))
        return draft if len(self.problems) == self.before else None

    def _cell(self, key: str) -> str:
        name = self.names[key]
        return self.line.cells.get(name, "").strip() if name else ""

    def _wrong(self, message: str) -> None:
        self.problems.append(Problem(self.line.number, message))

    def _text(self, key: str, most: int) -> str:
        text = self._cell(key)
        if len(text) > most:
            name = headings()[key]
            self._wrong(_("“%(name)s” is longer than %(max)s characters.", name=name, max=most))
        return text

    def _named(self, key: str, ids: Mapping[str, int]) -> int | None:
        given = self._cell(key)
        found = ids.get(given.casefold())
        if given and found is None:
            name = headings()[key]
            self._wrong(_("%(name)s “%(given)s” is not known here.", name=name, given=given))
        return found

    def _targets(self) -> tuple[str, ...]:
        by_label = {str(label).casefold(): key.value for key, label in TARGET_LABELS.items()}
        given = [part.strip() for part in self._cell("targets").split(",") if part.strip()]
        for part in given:
            if part.casefold() not in by_label:
                labels = ", ".join(str(label) for label in TARGET_LABELS.values())
                self._wrong(
                    _("“%(given)s” is no target group. Choose: %(all)s.", given=part, all=labels)
                )
        return tuple(by_label[p.casefold()] for p in given if p.casefold() in by_label)

    def _often(self) -> str:
        by_label = {str(label).casefold(): key.value for key, label in OFTEN_LABELS.items()}
        given = self._cell("how_often")
        if given and given.casefold() not in by_label:
            labels = ", ".join(str(label) for label in OFTEN_LABELS.values())
            self._wrong(_("“%(given)s” is not one of: %(all)s.", given=given, all=labels))
        return by_label.get(given.casefold(), HowOften.YEARLY.value)

    def _year(self) -> int | None:
        given = self._cell("last_year")
        if not given:
            return None
        if not given.isdecimal() or not EARLIEST_YEAR <= int(given) <= LATEST_YEAR:
            self._wrong(_("“%(given)s” is no year, such as 2026.", given=given))
            return None
        return int(given)

    def _link(self) -> str:
        given = self._text("link", LONGEST_LINK)
        if given and not given.startswith("https://"):
            self._wrong(_("Write the whole link, beginning with https://"))
        return given


def split_questions(text: str) -> tuple[str, ...]:
    """One question a line, without empty ones."""
    lines: Sequence[str] = [line.strip() for line in text.splitlines()]
    return tuple(line for line in lines if line)[:MOST_QUESTIONS]
