"""What a round belongs to: chosen when it is made, and the way there from its page."""

from participation.county.models import CooperationAgreement, Unit
from participation.foundation.i18n import alphabetical, current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import NamedLink, RoundSubject
from participation.foundation.web import actor, db, extension
from participation.questionnaires.models import SurveyRound


def subject_choices() -> list[tuple[str, str]]:
    """Activities, commitments and audits that the reader may see, as `kind:public id`.

    By their words, which begin with what they are.
    """
    found = [
        (f"{source.kind}:{public_id}", words)
        for source in _sources()
        for public_id, words in source.choices(db(), actor())
    ]
    return sorted(found, key=lambda one: (alphabetical(one[1]), one[0]))


def belongs_to(found: SurveyRound) -> tuple[tuple[str, str, NamedLink | None], ...]:
    """Term, words and perhaps a link for each thing that the round belongs to."""
    locale, named = current_locale(), []
    if found.agreement_id is not None:
        agreement = db().get_one(CooperationAgreement, found.agreement_id)
        named.append((_("Cooperation agreement"), agreement.name_in(locale), None))
    if found.unit_id is not None:
        unit = db().get_one(Unit, found.unit_id)
        named.append((_("Unit"), unit.name_in(locale), None))
    link = _subject(found)
    return (*named, *([(link.text, link.title, link)] if link is not None else []))


def _subject(found: SurveyRound) -> NamedLink | None:
    for source in _sources():
        if source.kind == found.subject_kind:
            return source.link(db(), actor(), found.subject_public_id)
    return None


def _sources() -> tuple[RoundSubject, ...]:
    return extension().features.collect("round_subjects")
