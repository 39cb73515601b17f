"""What a follow-up page joins: a finding with its number, indicators with their values."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Perspective
from participation.disclosure.models import Release
from participation.foundation.permissions import SYSTEM
from participation.indicators.models import Indicator, Measurement
from participation.results.models import Finding
from participation.results.rules.findings import FindingDraft
from participation.results.services import choose_figure, draft_finding, publish_finding
from tests.factories.results import make_finding, make_release


def make_told_finding(session: Session, **overrides: object) -> tuple[Finding, Release]:
    """A published finding that rests on a published number: 25 of 45."""
    release = make_release(session, often=25, seldom=20)
    finding = make_finding(session, **overrides)  # type: ignore[arg-type]
    _tell(session, finding, release)
    return finding, release


def tell_another(session: Session, release: Release, title: str, group_id: int) -> Finding:
    """One more that rests on the same number, and on no words."""
    draft = FindingDraft(title=title, body="", perspective_key="resident", group_ids=(group_id,))
    finding = draft_finding(session, SYSTEM, draft)
    _tell(session, finding, release)
    return finding


def _tell(session: Session, finding: Finding, release: Release) -> None:
    choose_figure(session, finding, release, "respect", ["often"])
    publish_finding(session, SYSTEM, finding)
    session.flush()


def make_indicator(
    session: Session,
    group_id: int,
    values: dict[str, float],
    *,
    key: str = "trygghet",
    perspective: str = "resident",
    **overrides: object,
) -> Indicator:
    """An indicator of a group with a value for each period, for the whole county."""
    found = session.scalar(select(Perspective.id).where(Perspective.key == perspective))
    settings = {"name": "Trygghet", "unit": "procent", "better": "higher", "position": 1}
    one = Indicator(
        layer="test", key=key, group_id=group_id, perspective_id=found, **{**settings, **overrides}
    )
    session.add(one)
    session.flush()
    session.add_all(
        Measurement(layer="test", indicator_id=one.id, period=period, value=value)
        for period, value in values.items()
    )
    session.flush()
    return one
