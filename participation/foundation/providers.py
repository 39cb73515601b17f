"""What a lower page shows from above: small protocols, offered by features, collected once.

Addresses are given as endpoint + values, so that rules and queries never know Flask; the
template resolves them, and a contract test resolves them all.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from sqlalchemy import Select
from sqlalchemy.orm import Session

from participation.foundation.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a link leads: a Flask endpoint and its values."""

    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StartItem:
    """One thing that waits for somebody: a verb-first title, a detail, what the button says."""

    title: str
    detail: str
    address: Address
    action: str
    due_on: date | None = None  # None: no date, shown under "when you have time"
    count: int = 1  # how many things this row stands for in the navigation's number
    # Someone else has to act: shown aside under "You are waiting for others" and never counted.
    waits_for_others: bool = False


class StartCard(Protocol):
    """What waits for me. `room` is the navigation room the items belong to."""

    room: str

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]: ...


@dataclass(frozen=True, kw_only=True)
class TrailStep:
    """One step of "what my voice led to": `is_answer` tells voice from answer."""

    at: datetime
    title: str
    text: str
    is_answer: bool = False
    is_late: bool = False
    address: Address | None = None


class VoiceTrail(Protocol):
    """What one person's voice led to."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]: ...


@dataclass(frozen=True, kw_only=True)
class OwnRow:
    """One thing on a person's own page; `state` is a kind of mark and its words."""

    title: str
    detail: str = ""
    state: tuple[str, str] | None = None
    address: Address | None = None


@dataclass(frozen=True, kw_only=True)
class OwnSection:
    """One heading of a person's own page: what they were asked, agreed to, are paid."""

    key: str
    title: str
    rows: tuple[OwnRow, ...]
    more: Address | None = None  # where all of them are
    more_label: str = ""


class OwnPageSection(Protocol):
    """What a feature shows a person about themselves. Nothing to show: None."""

    def section(self, session: Session, account_id: int) -> OwnSection | None: ...


@dataclass(frozen=True, kw_only=True)
class DataSection:
    """One heading of a person's own data: plain rows for the page, `raw` for the JSON export."""

    title: str
    rows: tuple[tuple[str, str], ...]
    raw: Mapping[str, Any]
    edit: Address | None = None


class PersonData(Protocol):
    """What a feature holds about one person: shown, exported, and forgotten on request.

    `erase` removes what may go and returns one sentence per thing that must stay, with the reason.
    """

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]: ...

    def erase(self, session: Session, account_id: int) -> Iterable[str]: ...


@runtime_checkable
class KeptData(Protocol):
    """Optional beside PersonData: what an erasure will leave and why, told beforehand."""

    def kept(self, session: Session, account_id: int) -> Iterable[str]: ...


class Repeated(Protocol):
    """What must happen again after a restore: `journal` names the file (foundation/journal.py).

    `repeat` may meet what is gone already; it tells how many things it did.
    """

    journal: str

    def repeat(self, session: Session, noted: Iterable[str]) -> int: ...


class RetentionRule(Protocol):
    """One kind of thing that can be destroyed some days after its end, once that is decided.

    `before`: what ended before that day is due.
    """

    key: str
    what: str  # what goes, and from when its days are counted
    proposed_days: int

    def due(self, session: Session, before: date) -> int: ...

    def destroy(self, session: Session, before: date) -> int: ...


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One searchable thing. `permission` None means public; ids narrow a scoped permission."""

    source: str
    object_id: str
    title: str
    body: str
    address: Address
    permission: str | None = None
    organisation_id: int | None = None
    group_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SurveyEntry:
    """One survey of the inventory. `targets` are codes; `latest` the newest year or round.

    `needs`: which improvement needs it found; `done`: what is done about them. `titles`: its name
    in other languages; `other_words`: what else it is found by, as names in other languages.
    """

    key: str
    title: str
    organisation: str
    titles: Mapping[str, str] = field(default_factory=dict)
    other_words: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    area: str = ""
    place: str = ""
    latest: str = ""
    needs: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    how_often: str = ""
    link: str = ""
    address: Address | None = None
    is_open: bool = False  # one can answer now
    is_own: bool = False  # held on this platform
    is_fictional: bool = False

    def title_in(self, locale: str) -> str:
        return self.titles.get(locale, self.title)

    @property
    def searchable(self) -> str:
        """Every word of it, in small letters."""
        words = (self.title, self.organisation, self.area, self.place, *self.needs, *self.done)
        elsewhere = (*self.titles.values(), *self.other_words)
        return " ".join((*words, *self.questions, *elsewhere)).casefold()


class SurveySource(Protocol):
    """Surveys that a feature above holds itself: they stand in the inventory by themselves."""

    def surveys(self, session: Session) -> Iterable[SurveyEntry]: ...


class SearchSource(Protocol):
    """Everything a feature wants found; asked when the index is rebuilt.

    `label`: what its things are called together, untranslated (`to_translate`).
    """

    source: str
    label: str

    def documents(self, session: Session) -> Iterable[SearchDocument]: ...


class IndicatorCounter(Protocol):
    """One of the participation model's own indicators, counted from the platform's data.

    `key` is what the county file's `counted` names. `counts` gives each year its number in one
    query; None, or no entry: nothing to count that year.
    """

    key: str
    label: str  # English source string, translated when shown
    is_about_people: bool  # 1 to 4 people are shown as "fewer than five"

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]: ...


@dataclass(frozen=True, kw_only=True)
class CountedThing:
    """One thing behind a count: `why_not` says why it is not counted; empty, it is."""

    title: str
    on: date | None
    why_not: str = ""
    address: Address | None = None


@runtime_checkable
class ExplainedCounter(Protocol):
    """Optional beside IndicatorCounter: what a year's number is made of, for those who lead.

    `rule`: what is counted, in one sentence, untranslated. As many of the things as the year's
    number says have no `why_not`.
    """

    rule: str

    def things(self, session: Session, year: int) -> Iterable[CountedThing]: ...


class RepresentationCounter(Protocol):
    """One step after joining the bank, for the comparison with the county's population.

    `members` selects the ids of the bank's people who took the step.
    """

    label: str  # English source string, translated when shown

    def members(self) -> Select[int]: ...


class EventSubscriber(Protocol):
    """Told in the same transaction when something happens below (see foundation/events.py)."""

    event_name: str

    def handle(self, session: Session, data: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something open to everybody now: a coming activity, an open questionnaire."""

    when: str  # "26 november", in the reader's language
    when_detail: str  # "kl. 17–19"
    title: str
    text: str
    address: Address
    sort_on: date


class PublicNotice(Protocol):
    def notices(self, session: Session) -> Iterable[Notice]: ...


@dataclass(frozen=True, kw_only=True)
class NewsItem:
    """Something that was published: `kind` is the provider's word for it, `key` names it for ever.

    `text`: a sentence or two that anybody may read, from what is published and nothing else.
    """

    kind: str
    key: str
    title: str
    text: str
    published_at: datetime
    address: Address
    area_id: int | None = None
    is_fictional: bool = False


class PublishedNews(Protocol):
    """What a feature has published and not withdrawn: asked anew for each page, feed and mail.

    `kinds`: each kind of item with what it is called, untranslated (`to_translate`).
    """

    kinds: Mapping[str, str]

    def news(self, session: Session, since: datetime, until: datetime) -> Iterable[NewsItem]:
        """What was published from `since` up to, but not at, `until`; in any order."""
        ...


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A count of the platform's own process for the start page; never a result of answers."""

    key: str  # members, activities, responses, commitments, answered, overdue
    value: int


class PublicFigure(Protocol):
    def figures(self, session: Session) -> Iterable[Figure]: ...


@dataclass(frozen=True, kw_only=True)
class NamedLink:
    """A link with the words that say where it leads and what is there."""

    title: str
    text: str
    address: Address


class DrawDeadline(Protocol):
    """When what a draw is for begins: its lots have to be drawn before. `kind`: of the owner."""

    kind: str

    def begins_at(self, session: Session, owner_id: str) -> datetime | None: ...


class CourseOffer(Protocol):
    """Coming occasions of a course that are open to everybody; shown on the course's page."""

    def offers(self, session: Session, course_id: int) -> Iterable[Notice]: ...


class GroupLink(Protocol):
    """What features above have to show about a group; linked from the group's page."""

    def links(self, session: Session, group_id: int) -> Iterable[NamedLink]: ...


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What comes after a yes to an invitation: verb-first title, a detail, what the button says."""

    title: str
    detail: str
    address: Address
    action: str
    is_done: bool = False


class InvitationStep(Protocol):
    """What an invited person who said yes is asked for next; shown behind their personal link."""

    def steps(
        self, session: Session, activity_id: int, member_id: int, token: str
    ) -> Iterable[NextStep]: ...


class ActivityLink(Protocol):
    """What features above keep about one activity; linked from its overview, for staff."""

    def links(
        self, session: Session, actor: Actor, activity_id: int, public_id: str
    ) -> Iterable[NamedLink]: ...


class CommitmentLink(Protocol):
    """What features above keep about one commitment; linked from its page, for staff."""

    def links(self, session: Session, actor: Actor, public_id: str) -> Iterable[NamedLink]: ...


class CommitmentSubject(Protocol):
    """A kind of thing that commitments answer: its words, and where they stand.

    `kind`: as commitments keep it. None: the person may not see it.
    """

    kind: str

    def subject(self, session: Session, actor: Actor, public_id: str) -> NamedLink | None: ...


class RoundSubject(Protocol):
    """A kind of thing that a survey round can be about; `kind` is kept with the round."""

    kind: str

    def choices(self, session: Session, actor: Actor) -> Iterable[tuple[str, str]]:
        """Public id and words of what can be chosen, the nearest in time first."""
        ...

    def link(self, session: Session, actor: Actor, public_id: str) -> NamedLink | None: ...


class LoggedThing(Protocol):
    """A kind of thing that the event log is searched for by its name; `kind` as it is logged."""

    kind: str

    def choices(self, session: Session, actor: Actor) -> Iterable[tuple[str, str]]:
        """Public id and words, the newest first."""
        ...


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whether somebody can be found behind a text: in words, and perhaps where to look."""

    text: str
    link: NamedLink | None = None


class TextOrigin(Protocol):
    """Whoever collected a free text knows whether its writer can be reached at all."""

    source_kind: str

    def reach(
        self, session: Session, actor: Actor, source_public_id: str, source_ref: str
    ) -> Reach | None: ...


class MaterialSource(Protocol):
    """Where a material comes from: a page of its source, for whoever may open it."""

    source_kind: str

    def link(self, session: Session, actor: Actor, source_public_id: str) -> NamedLink | None: ...


class CodedGround(Protocol):
    """What features above rest on codes: shown with a code, a codebook and a coded text."""

    def resting_on(
        self, session: Session, actor: Actor, code_ids: Collection[int]
    ) -> Mapping[int, Sequence[NamedLink]]:
        """By the id of the code: what the person may see of what rests on it. One query."""
        ...


class FindingLink(Protocol):
    """What features above say that a finding is about: its goals in plans."""

    title: str  # English source string, translated when shown

    def links(self, session: Session, finding_id: int) -> Iterable[NamedLink]: ...

    def choosing(self, actor: Actor, public_id: str) -> NamedLink | None:
        """Where the person chooses them; None: they may not."""
        ...


class FindingAct(Protocol):
    """What staff do with a published finding above: put it before groups."""

    def links(self, actor: Actor, public_id: str) -> Iterable[NamedLink]: ...


class RoundAfterwards(Protocol):
    """Where everybody follows what became of a round, also who answered without a name."""

    def address(self, round_public_id: str) -> Address: ...


class RoundLink(Protocol):
    """Where a closed survey round is worked on above: its results, what is published."""

    def links(self, session: Session, actor: Actor, public_id: str) -> Iterable[NamedLink]: ...
