"""Writing a finding, before anybody else sees it."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.coding.models import Material
from participation.disclosure.models import Release
from participation.disclosure.rules.grounds import Lack
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.results.models import Finding, FindingCode, FindingGroup, FindingMaterial
from participation.results.queries.verdicts import newest_ask
from participation.results.rules.findings import FindingDraft


def draft_finding(session: Session, actor: Actor, draft: FindingDraft) -> Finding:
    """A new finding, seen only by those who publish.

    Raises Conflict when its grounds do not go together (disclosure.rules.grounds).
    """
    finding = Finding(
        created_by_account_id=actor.account_id,
        title=draft.title,
        perspective_key=draft.perspective_key,
        organisation_id=draft.organisation_id,
        is_fictional=draft.is_fictional,
        figure_codes=[],
    )
    session.add(finding)
    _write(session, finding, draft)
    log_event(session, actor, "create", "finding", finding.public_id)
    return finding


def revise_finding(session: Session, actor: Actor, finding: Finding, draft: FindingDraft) -> None:
    """Change a draft or a withdrawn finding; whoever was asked about other words is asked no more.

    Raises:
        Conflict: it is published, or its grounds do not go together.
    """
    lock_finding(session, finding)
    _must_be_editable(finding)
    if (finding.title, finding.body) != (draft.title, draft.body):
        close_ask(session, finding)
    _write(session, finding, draft)
    log_event(session, actor, "change", "finding", finding.public_id)


def choose_figure(
    session: Session, finding: Finding, release: Release, table_key: str, codes: Iterable[str]
) -> None:
    """Let the finding rest on a number of a release: how many gave one of `codes`.

    It is then no longer the team's own observation.
    """
    _must_be_editable(finding)
    finding.is_own_observation = False
    finding.figure_release_id = release.id
    finding.figure_table_key = table_key
    finding.figure_codes = sorted(codes)
    finding.is_fictional = finding.is_fictional or release.is_fictional
    finding.updated_at = now()
    session.flush()


def drop_figure(session: Session, finding: Finding) -> None:
    """The finding rests on words alone."""
    _must_be_editable(finding)
    finding.figure_release_id, finding.figure_table_key, finding.figure_codes = None, "", []
    session.flush()


def close_ask(session: Session, finding: Finding) -> None:
    """From now on nobody answers whether it rings true; a second time changes nothing."""
    ask = newest_ask(session, finding)
    if ask is not None and ask.closed_at is None:
        ask.closed_at = now()
        session.flush()


def lock_finding(session: Session, finding: Finding) -> None:
    """Two people who press a button at once take turns; the second sees what the first did."""
    session.refresh(finding, with_for_update=True)


def _must_be_editable(finding: Finding) -> None:
    if not finding.is_editable:
        raise Conflict


def _write(session: Session, finding: Finding, draft: FindingDraft) -> None:
    lack = draft.lacking(has_figure=finding.figure_release_id is not None)
    if lack not in (None, Lack.EVERYTHING):
        raise Conflict
    finding.title, finding.body = draft.title, draft.body
    finding.easy_text = draft.easy_text
    finding.perspective_key, finding.area_id = draft.perspective_key, draft.area_id
    finding.whose_to_change = draft.whose_to_change
    finding.is_own_observation = draft.is_own_observation
    finding.is_fictional = finding.is_fictional or _rests_on_invented(session, draft)
    finding.updated_at = now()
    session.flush()
    for model in (FindingGroup, FindingCode, FindingMaterial):
        session.execute(delete(model).where(model.finding_id == finding.id))
    session.add_all(
        [FindingGroup(finding_id=finding.id, group_id=i) for i in dict.fromkeys(draft.group_ids)]
        + [FindingCode(finding_id=finding.id, code_id=i) for i in dict.fromkeys(draft.code_ids)]
        + [
            FindingMaterial(finding_id=finding.id, material_id=i)
            for i in dict.fromkeys(draft.material_ids)
        ]
    )
    session.flush()


def _rests_on_invented(session: Session, draft: FindingDraft) -> bool:
    """What rests on an invented text is itself invented, and is marked so wherever it is read."""
    statement = select(Material.id).where(Material.id.in_(draft.material_ids))
    return session.scalar(statement.where(Material.is_fictional).limit(1)) is not None
