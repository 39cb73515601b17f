"""A finding as readers see it: read from its release, never from the workroom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from participation.coding.rules.drafts import role_label
from participation.disclosure.rules.grounds import Lack, lacking
from participation.disclosure.rules.suppression import joined_labels
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import mid_sentence, ngettext
from participation.results.rules.uncertainty import wilson
from participation.results.rules.verdicts import ShownVerdict, shown_verdict

ANSWER_DAYS = 60  # how long a group has to answer a finding

STATE_LABELS: Mapping[str, Any] = {
    "draft": _l("Draft"),
    "published": _l("Published"),
    "withdrawn": _l("Withdrawn"),
}
WHOSE: Mapping[str, Any] = {
    "ours": _l("The group can change it itself"),
    "needs_others": _l("Needs others too"),
    "needs_management": _l("Needs a decision by the management"),
}


@dataclass(frozen=True, kw_only=True)
class FindingDraft:
    """What the form of a finding holds."""

    title: str
    body: str
    perspective_key: str
    area_id: int | None = None
    whose_to_change: str = "ours"
    group_ids: tuple[int, ...] = ()
    code_ids: tuple[int, ...] = ()
    material_ids: tuple[int, ...] = ()
    organisation_id: int | None = None
    is_fictional: bool = False
    is_own_observation: bool = False
    easy_text: str = ""  # a short sentence on each line

    def lacking(self, *, has_figure: bool) -> Lack | None:
        """What is wrong with what it rests on, if anything."""
        return lacking(
            is_own=self.is_own_observation,
            has_figure=has_figure,
            has_texts=bool(self.material_ids),
            has_codes=bool(self.code_ids),
        )


@dataclass(frozen=True, kw_only=True)
class Strength:
    """A published number: `count` of `n`, in whole percent with its uncertainty."""

    count: int
    n: int
    question: str
    answers: tuple[str, ...]
    release_public_id: str

    @property
    def answers_in_words(self) -> str:
        """ "Sällan eller aldrig"."""
        return joined_labels(self.answers)

    @property
    def answers_mid_sentence(self) -> str:
        """ "sällan eller aldrig", inside a sentence."""
        return mid_sentence(self.answers_in_words)

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.n)

    @property
    def low(self) -> int:
        return wilson(self.count, self.n).percents[0]

    @property
    def high(self) -> int:
        return wilson(self.count, self.n).percents[1]

    @property
    def in_words(self) -> str:
        """ "412 svar, osäkerhet 44–54."."""
        return ngettext(
            "%(num)s answer, uncertainty %(low)s–%(high)s.",
            "%(num)s answers, uncertainty %(low)s–%(high)s.",
            self.n,
            low=self.low,
            high=self.high,
        )


@dataclass(frozen=True, kw_only=True)
class Voices:
    """How many say it in their own words; count and n may be withheld by the gate."""

    count: int | None
    n: int | None
    roles: int
    municipalities: int

    @property
    def spread_in_words(self) -> str:
        """Over how many municipalities and roles, as far as it is known."""
        places = ngettext(
            "From %(num)s municipality.", "From %(num)s municipalities.", self.municipalities
        )
        roles = _("It is said in %(num)s roles, such as patient or next of kin.", num=self.roles)
        said = [places] if self.municipalities else []
        return " ".join([*said, roles] if self.roles > 1 else said)


@dataclass(frozen=True, kw_only=True)
class Quote:
    text: str
    language: str
    role: str | None

    @property
    def by(self) -> str:
        """A role, never a name."""
        return role_label(self.role)


@dataclass(frozen=True, kw_only=True)
class NamedGroup:
    public_id: str
    name: str
    is_fictional: bool
    names: Mapping[str, str] = field(default_factory=dict)  # in other languages, from the county


@dataclass(frozen=True, kw_only=True)
class PublishedFinding:
    """What everybody may read."""

    finding_id: int
    public_id: str
    title: str
    body: str
    perspective_key: str
    perspective: str
    area: str | None
    whose_to_change: str
    themes: tuple[str, ...]
    materials: tuple[str, ...]
    groups: tuple[NamedGroup, ...]
    strength: Strength | None
    voices: Voices | None
    quotes: tuple[Quote, ...]
    is_fictional: bool
    published_at: datetime
    release_number: int
    verdict: ShownVerdict | None = None
    is_own_observation: bool = False  # seen by those who wrote it: no number, nobody's words
    despite: str = ""  # why it is published although most who were asked said no
    easy_text: str = ""  # the same in short sentences

    @property
    def figure(self) -> str | None:
        """What stands large in the margin: "49 %", or "87 av 231"."""
        if self.strength is not None:
            return f"{self.strength.percent} %"
        if self.voices is not None and self.voices.count is not None:
            return _("%(count)s of %(total)s", count=self.voices.count, total=self.voices.n)
        return None

    @property
    def whose(self) -> str:
        return str(WHOSE[self.whose_to_change])


def published_finding(
    finding_id: int, public_id: str, number: int, at: datetime, payload: Mapping[str, Any]
) -> PublishedFinding:
    """Read a finding's release payload."""
    figure, voices = payload["figure"], payload["voices"]
    return PublishedFinding(
        finding_id=finding_id,
        public_id=public_id,
        title=payload["title"],
        body=payload["body"],
        perspective_key=payload["perspective"]["key"],
        perspective=payload["perspective"]["name"],
        area=payload["area"],
        whose_to_change=payload["whose_to_change"],
        themes=tuple(payload["themes"]),
        materials=tuple(payload["materials"]),
        groups=tuple(NamedGroup(**group) for group in payload["groups"]),
        strength=figure
        and Strength(
            count=figure["count"],
            n=figure["n"],
            question=figure["question"],
            answers=tuple(figure["answers"]),
            release_public_id=figure["release"],
        ),
        voices=voices
        and Voices(
            count=voices["count"],
            n=voices["n"],
            roles=voices["roles"],
            municipalities=voices["municipalities"],
        ),
        quotes=tuple(Quote(**quote) for quote in payload["quotes"]),
        is_fictional=payload["is_fictional"],
        published_at=at,
        release_number=number,
        verdict=shown_verdict(payload),
        despite=payload.get("despite", ""),
        easy_text=payload.get("easy_text", ""),
        is_own_observation=payload.get("is_own_observation", False),
    )
