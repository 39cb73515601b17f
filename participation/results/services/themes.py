"""How many said something about each theme of a round: through the gate, like every number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from participation.coding.models import Material
from participation.coding.queries.double import theme_figures_of
from participation.coding.queries.voices import (
    WhoSaidWhat,
    materials_of_round,
    uncoded_in,
    who_said_what,
)
from participation.county.queries import units
from participation.disclosure.models import Release
from participation.disclosure.rules.drafts import ReleaseDraft, ReleaseKind
from participation.disclosure.services import (
    publish_release,
    rule_on,
    thresholds_in_force,
    withdraw_release,
)
from participation.foundation.errors import Conflict
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.permissions import SYSTEM, Actor
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.rules.grouping import Attribute
from participation.results.queries import round_title, standing_by_source
from participation.results.queries.themes import THEMES_KIND, themes_of_round
from participation.results.rules.theme_counts import (
    agreement_word,
    theme_breakdowns,
    theme_table,
    voice_counts,
)
from participation.results.services.looking import locked_round


class NothingCoded(Conflict):
    """Nobody has put a code on what was written in the round."""

    code: ClassVar[str] = "nothing_coded"


class TextsUnread(Conflict):
    """Somebody must first read every text for what points to a person."""

    code: ClassVar[str] = "texts_not_read"


class TextsUncoded(Conflict):
    """Texts wait to be coded: as long as they do, nobody knows what they speak of."""

    code: ClassVar[str] = "texts_not_coded"


class TotalsUnpublished(Conflict):
    """The round's own numbers come first: themes told before could keep them back for ever."""

    code: ClassVar[str] = "totals_unpublished"


class ShownAnew(Conflict):
    """Something else would be published now than what was looked at."""

    code: ClassVar[str] = "shown_anew"


@dataclass(frozen=True)
class RoundThemes:
    """What was written in a round, and who said what of it."""

    materials: Sequence[Material]
    said: WhoSaidWhat


def round_themes(session: Session, survey_round: SurveyRound) -> RoundThemes:
    """Who said what in a round (outlet: workroom, or through the gate).

    Raises:
        NothingCoded: there is no code on any text.
        TextsUnread: a text has not been read for what points to a person.
        TotalsUnpublished: the round's own numbers do not stand.
        TextsUncoded: a text has been read, and nobody has coded it or set it aside.
    """
    if survey_round.public_id not in standing_by_source(session, [survey_round.public_id]):
        raise TotalsUnpublished
    materials, unread = materials_of_round(session, survey_round.public_id)
    if unread:
        raise TextsUnread
    if not materials:
        raise NothingCoded
    ids = [one.id for one in materials]
    said = who_said_what(session, ids)
    if not said.themes:
        raise NothingCoded
    if uncoded_in(session, SYSTEM, ids):
        raise TextsUncoded
    return RoundThemes(materials, said)


def themes_draft(
    session: Session,
    survey_round: SurveyRound,
    found: RoundThemes,
    attributes: Collection[Attribute],
) -> ReleaseDraft:
    """All that would be shown, held against what is published of the round's answers too."""
    table = theme_table(found.said)
    names = {str(unit.id): unit.name for unit in units(session, include_earlier=True)}
    content = content_of_round(session, survey_round)
    ids = [one.public_id for one in found.materials]
    with use_locale(DEFAULT_LOCALE):
        return ReleaseDraft(
            kind=ReleaseKind.THEME_COUNTS,
            source_kind=THEMES_KIND,
            source_public_id=survey_round.public_id,
            title=round_title(survey_round),
            respondents=table.n,
            tables=(table,),
            breakdowns=theme_breakdowns(found.said, table, attributes, content, names),
            beside=frozenset({("round", survey_round.public_id)}),
            voice_counts=voice_counts(found.said, ids),
            is_fictional=survey_round.is_fictional,
            agreement=_agreement(session, found),
            content={"questions": list(dict.fromkeys(one.question for one in found.materials))},
        )


def _agreement(session: Session, found: RoundThemes) -> dict[str, str]:
    """How alike two coded each theme in these texts, by its public id, where that tells of no few.

    The gate tells it of shown themes alone.
    """
    figures = theme_figures_of(session, [one.id for one in found.materials])
    minimum = thresholds_in_force().minimum
    words = {
        theme.public_id: agreement_word(figures.get(theme.id), minimum)
        for theme in found.said.themes
    }
    return {theme: word for theme, word in words.items() if word}


def publish_themes(
    session: Session,
    actor: Actor,
    survey_round: SurveyRound,
    attributes: Collection[Attribute] = (),
    seen: str | None = None,
) -> Release:
    """Publish how many said something about each theme, by each of `attributes`.

    `seen`: the digest of what was looked at before; None: nobody needed to.

    Raises:
        Conflict: it is published already.
        NothingCoded, TextsUnread, TextsUncoded, TotalsUnpublished: as `round_themes`.
        DisclosureRefused: with the gate's reasons.
        ShownAnew: something else would be published than what was looked at.
    """
    locked_round(session, survey_round.id)
    if themes_of_round(session, survey_round.public_id) is not None:
        raise Conflict
    found = round_themes(session, survey_round)
    draft = themes_draft(session, survey_round, found, attributes)
    ruled = rule_on(session, draft)
    if seen is not None and seen != ruled.decision.digest:
        raise ShownAnew
    return publish_release(session, actor, draft, ruled)


def withdraw_themes(session: Session, actor: Actor, survey_round: SurveyRound, reason: str) -> None:
    """Take the round's themes off the pages. Raises Conflict: none stand."""
    locked_round(session, survey_round.id)
    release = themes_of_round(session, survey_round.public_id)
    if release is None:
        raise Conflict
    withdraw_release(session, actor, release, reason)
