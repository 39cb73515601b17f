"""Publishing and withdrawing. There is no other way for a number about people to become public."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from participation.disclosure.models import Release, ReleasePreview
from participation.disclosure.queries import (
    everything_published,
    previews_of,
    seen_before,
    shown_figure,
)
from participation.disclosure.rules.attack import decide_proven
from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ReleaseKind,
    ShownFigure,
)
from participation.disclosure.rules.ledger import GENESIS, release_hash
from participation.disclosure.rules.tables import Thresholds
from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict, DomainError
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor

_LEDGER_LOCK = 0x6C656467  # any constant: orders the ledger on PostgreSQL
LONGEST_ATTACK = 60.0  # seconds; what takes longer to prove is refused

_thresholds = Thresholds()


class DisclosureRefused(DomainError):
    """The gate says no. `reasons` are sentences for the person who wanted to publish."""

    code = "disclosure_refused"
    http_status = 409

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons), reasons=reasons)
        self.reasons = reasons


def configure_thresholds(config: Config) -> None:
    """Raise this installation's limits. Called when the application, or the demo, begins."""
    global _thresholds
    _thresholds = Thresholds(minimum=config.smallest_group, by_cell=config.hides_cells)


def thresholds_in_force() -> Thresholds:
    return _thresholds


class RulingOutdated(Conflict):
    """Something was published, seen or answered since the gate ruled: rule again."""


@dataclass(frozen=True)
class Basis:
    """All that the gate rules on. The same basis is always ruled alike."""

    draft: ReleaseDraft
    earlier: Sequence[EarlierRelease]
    seen: Sequence[EarlierRelease]
    figure: ShownFigure | None
    thresholds: Thresholds


@dataclass(frozen=True)
class Ruled:
    """A decision and what it rests on. Attacking it takes seconds, so it is made before a turn is
    taken that keeps others from writing, and in the turn only compared.
    """

    basis: Basis
    decision: Decision


def rule_on(session: Session, draft: ReleaseDraft) -> Ruled:
    """What the gate says about `draft` now, after all numbers were attacked. Writes nothing."""
    basis = _basis(session, draft)
    ends = monotonic() + LONGEST_ATTACK
    decision = decide_proven(
        draft,
        basis.earlier,
        basis.seen,
        basis.thresholds,
        basis.figure,
        is_late=lambda: monotonic() > ends,
    )
    return Ruled(basis, decision)


def still_ruled(session: Session, draft: ReleaseDraft, ruled: Ruled | None) -> Ruled:
    """`ruled`, where nothing has changed since; None: ruled here and now.

    Raises:
        RulingOutdated: the gate would rule on something else now.
    """
    if ruled is None:
        return rule_on(session, draft)
    if ruled.basis != _basis(session, draft):
        raise RulingOutdated
    return ruled


def preview_release(session: Session, draft: ReleaseDraft) -> Decision:
    """What the gate would say about `draft` now. Writes nothing."""
    return rule_on(session, draft).decision


def _basis(session: Session, draft: ReleaseDraft) -> Basis:
    seen = (
        seen_before(session, draft.source_kind, draft.source_public_id)
        if draft.kind is ReleaseKind.ROUND_TOTALS
        else []
    )
    beside = [one for source in sorted(draft.beside) for one in seen_before(session, *source)]
    return Basis(
        draft=draft,
        earlier=[*everything_published(session), *beside],
        seen=seen,
        figure=None if draft.figure is None else shown_figure(session, draft.figure),
        thresholds=_thresholds,
    )


def keep_preview(
    session: Session,
    actor: Actor,
    draft: ReleaseDraft,
    *,
    is_binding: bool,
    ruled: Ruled | None = None,
) -> ReleasePreview:
    """Pass `draft` through the gate for those who publish, and remember what they see.

    What has been seen already is not remembered twice. `ruled`: what the gate said of it just now.

    Raises:
        DisclosureRefused: with the gate's reasons in words; nothing is shown.
        RulingOutdated: the gate would rule on something else now.
    """
    _wait_for_turn(session)
    decision = still_ruled(session, draft, ruled).decision
    if not decision.is_allowed:
        raise DisclosureRefused(decision.refusals)
    seen = shown_alike(session, draft, decision)
    if seen is not None:
        return seen
    preview = ReleasePreview(
        public_id=new_public_id(),
        source_kind=draft.source_kind,
        source_public_id=draft.source_public_id,
        title=draft.title,
        payload=dict(decision.payload),
        is_binding=is_binding,
        is_fictional=draft.is_fictional,
        made_at=now(),
        made_by_account_id=actor.account_id,
    )
    session.add(preview)
    session.flush()
    return preview


def shown_alike(session: Session, draft: ReleaseDraft, decision: Decision) -> ReleasePreview | None:
    """The newest preview of the source, where it shows just what `decision` lets out."""
    newest = next(iter(previews_of(session, draft.source_kind, draft.source_public_id)), None)
    return newest if newest is not None and decision.shows_just(newest.payload) else None


def publish_release(
    session: Session, actor: Actor, draft: ReleaseDraft, ruled: Ruled | None = None
) -> Release:
    """Pass `draft` through the gate and write it into the ledger.

    `ruled`: what the gate said of it just now.

    Raises:
        DisclosureRefused: with the gate's reasons in words; nothing is written.
        RulingOutdated: the gate would rule on something else now.
    """
    _wait_for_turn(session)
    decision = still_ruled(session, draft, ruled).decision
    if not decision.is_allowed:
        raise DisclosureRefused(decision.refusals)
    last = session.execute(
        select(Release.number, Release.hash).order_by(Release.number.desc()).limit(1)
    ).first()
    number, previous_hash = (1, GENESIS) if last is None else (last.number + 1, last.hash)
    release = Release(
        public_id=new_public_id(),
        number=number,
        kind=draft.kind.value,
        source_kind=draft.source_kind,
        source_public_id=draft.source_public_id,
        title=draft.title,
        payload=dict(decision.payload),
        outlook=decision.outlook.as_json(),
        is_fictional=draft.is_fictional,
        published_at=now(),
        published_by_account_id=actor.account_id,
        previous_hash=previous_hash,
        withdrawal_reason="",
    )
    release.hash = release_hash(previous_hash, release)
    session.add(release)
    session.flush()
    log_event(session, actor, "publish", "release", release.public_id, number=number)
    return release


def withdraw_release(session: Session, actor: Actor, release: Release, reason: str) -> None:
    """Take a release off the pages. It stays in the ledger: what was seen cannot be unseen.

    Raises:
        Conflict: it is withdrawn already.
    """
    if release.is_withdrawn:
        raise Conflict
    release.withdrawn_at = now()
    release.withdrawn_by_account_id = actor.account_id
    release.withdrawal_reason = reason
    session.flush()
    log_event(session, actor, "withdraw", "release", release.public_id, number=release.number)


def _wait_for_turn(session: Session) -> None:
    """One publication at a time; on SQLite the write turn sees to it already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LEDGER_LOCK})
