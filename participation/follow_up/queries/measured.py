"""What the newest later round of the same series shows of the numbers that findings rest on."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from participation.commitments.models import Commitment
from participation.disclosure.models import Release
from participation.disclosure.queries import tables_of
from participation.disclosure.rules.drafts import ReleaseKind
from participation.follow_up.models import Feedback
from participation.follow_up.rules.measured import Measured, measured
from participation.questionnaires.models import SurveyRound
from participation.results.models import Finding

OWN, LATER = aliased(SurveyRound), aliased(SurveyRound)
OLD, NEW = aliased(Release), aliased(Release)


def newest_measures(session: Session, finding_ids: Collection[int]) -> Mapping[int, Measured]:
    """By finding, where a later published round can be compared. One query."""
    if not finding_ids:
        return {}
    found: dict[int, Measured] = {}
    for finding, old, later, new in session.execute(
        _pairs().where(Finding.id.in_(list(finding_ids)))
    ):
        if finding.id in found:
            continue
        one = _compared(finding, old, later, new)
        if one is not None:
            found[finding.id] = one
    return found


def answered_and_measured_by(session: Session, round_id: int) -> Sequence[Commitment]:
    """Public answers to findings whose number this round, just published, shows anew."""
    rows = session.execute(_pairs().where(LATER.id == round_id)).all()
    finding_ids = [
        finding.id
        for finding, old, later, new in rows
        if _compared(finding, old, later, new) is not None
    ]
    return session.scalars(
        select(Commitment)
        .join(Feedback, Feedback.commitment_id == Commitment.id)
        .where(
            Feedback.finding_id.in_(finding_ids),
            Feedback.is_public,
            Commitment.answered_on.is_not(None),
        )
        .order_by(Commitment.id)
    ).all()


def _pairs() -> Select[Finding, Release, SurveyRound, Release]:
    """A published finding's number, and each later published round of its series, newest first."""
    return (
        select(Finding, OLD, LATER, NEW)
        .join(OLD, OLD.id == Finding.figure_release_id)
        .join(OWN, OWN.public_id == OLD.source_public_id)
        .join(LATER, LATER.series_id == OWN.series_id)
        .join(NEW, NEW.source_public_id == LATER.public_id)
        .where(
            Finding.state == "published",
            OLD.kind == ReleaseKind.ROUND_TOTALS.value,
            OLD.withdrawn_at.is_(None),
            NEW.kind == ReleaseKind.ROUND_TOTALS.value,
            NEW.withdrawn_at.is_(None),
            LATER.closes_at > OWN.closes_at,
        )
        .order_by(Finding.id, LATER.closes_at.desc(), LATER.id.desc(), NEW.id.desc())
    )


def _compared(finding: Finding, old: Release, later: SurveyRound, new: Release) -> Measured | None:
    key = finding.figure_table_key
    before, now = (
        next((table for table in tables_of(one) if table.key == key), None) for one in (old, new)
    )
    return measured(later.wave_label, before, now, frozenset(finding.figure_codes))
