"""A finding on its way out: through the gate, into the ledger, to those who must answer."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from participation.coding.models import Code, Material
from participation.coding.queries import codes_read_as, voice_spread, voices_by_role
from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about
from participation.commitments.rules import Status
from participation.commitments.services import call_off, lock_commitment, owe, put_anew
from participation.disclosure.models import Release
from participation.disclosure.rules.drafts import (
    Decision,
    Figure,
    QuoteDraft,
    ReleaseDraft,
    ReleaseKind,
    VoiceCount,
)
from participation.disclosure.rules.tables import Table
from participation.disclosure.services import (
    Ruled,
    preview_release,
    publish_release,
    rule_on,
    thresholds_in_force,
    withdraw_release,
)
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.events import announce
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Actor
from participation.foundation.search.services import index_document, remove_document
from participation.results import queries
from participation.results.models import Finding
from participation.results.queries.verdicts import Heard, heard
from participation.results.rules.findings import ANSWER_DAYS
from participation.results.rules.verdicts import shown_verdict, verdict_table
from participation.results.services.findings import close_ask, lock_finding

SOURCE_KIND = "finding"
CONTRADICTED = "contradicted"


def preview_finding(session: Session, finding: Finding, said: Heard) -> Decision:
    """What the gate would say now. Writes nothing."""
    return preview_release(session, release_draft(session, finding, said))


def publish_finding(session: Session, actor: Actor, finding: Finding, despite: str = "") -> Release:
    """Publish, and let every group it concerns owe an answer within sixty days.

    `despite`: why, when most of those who were asked said that it is not so and readers see it.

    Raises:
        DisclosureRefused: with the gate's reasons.
        Conflict: it is published already, or said not to be so and nobody says why it goes out.
    """
    lock_finding(session, finding)
    if not finding.is_editable:
        raise Conflict
    close_ask(session, finding)
    draft, ruled = _ruled(session, finding, despite.strip())
    release = publish_release(session, actor, draft, ruled)
    finding.release_id = release.id
    finding.state = "published"
    finding.published_at = release.published_at
    finding.withdrawn_at = None
    finding.updated_at = now()
    session.flush()
    _owe_answers(session, actor, finding)
    index_document(session, queries.search_document(session, finding.public_id))
    announce(session, "finding_published", finding_id=finding.id)
    return release


def _ruled(session: Session, finding: Finding, despite: str) -> tuple[ReleaseDraft, Ruled]:
    """What goes out and what the gate says of it; the reason stands beside a denial alone.

    Raises:
        Conflict: readers see that most said no, and nobody says why it goes out.
    """
    said = heard(session, finding)
    finding.despite_verdict = despite
    draft = release_draft(session, finding, said)
    ruled = rule_on(session, draft)
    if is_contradicted(ruled.decision):
        if not despite:
            raise Conflict(CONTRADICTED)
    elif despite:
        finding.despite_verdict = ""
        draft = release_draft(session, finding, said)
        ruled = rule_on(session, draft)
    return draft, ruled


def is_contradicted(decision: Decision) -> bool:
    """Whether readers would see that most answers say that it is not so.

    Where the gate hides a number nobody is told so, not even those who publish: it would tell it.
    """
    shown = shown_verdict(decision.payload)
    return shown is not None and shown.is_contradicted


def is_enough(said: Heard) -> bool:
    """Whether no more can answer, and so many did that what they wrote points to nobody."""
    return said.is_over and said.counts.n >= thresholds_in_force().minimum


def withdraw_finding(session: Session, actor: Actor, finding: Finding, reason: str) -> None:
    """Take a finding off every page; its history stays, and it can be published anew.

    What follows from it goes too: a group that has not answered does not need to any more, what
    others promised stays theirs but is public no longer, the search forgets it, and the floors
    above are told.

    Raises:
        Conflict: it is not published.
    """
    _take_down(session, actor, finding, reason)
    for commitment in commitments_about(session, SOURCE_KIND, finding.public_id):
        lock_commitment(session, commitment)
        if commitment.status == Status.OPEN:
            call_off(session, actor, commitment, reason)


def _take_down(session: Session, actor: Actor, finding: Finding, reason: str) -> None:
    lock_finding(session, finding)
    release = queries.release_by_id(session, finding.release_id)
    if finding.state != "published" or release is None:
        raise Conflict
    withdraw_release(session, actor, release, reason)
    finding.state = "withdrawn"
    finding.withdrawn_at = now()
    finding.updated_at = now()
    for commitment in commitments_about(session, SOURCE_KIND, finding.public_id):
        commitment.is_public = False
    session.flush()
    remove_document(session, queries.SEARCH_SOURCE, finding.public_id)
    announce(session, "finding_withdrawn", finding_id=finding.id)


def forget_quotes(session: Session, text_ids: Collection[int]) -> int:
    """A voice takes its words back: its quotes are emptied, how many there were.

    A release cannot be changed, so a published finding that quotes the voice is taken down at
    once, and waits for somebody to publish it anew without the quote. What it claims still stands:
    whoever owes an answer to it owes it by the same day, out of the public's sight meanwhile, and
    gets no mail. So no voice that leaves frees anybody from answering the others, and no mail
    tells a group when somebody left.
    """
    quotes = queries.quotes_out_of(session, text_ids)
    for quote in quotes:
        quote.text, quote.respondent_role, quote.excerpt_id = "", None, None
    session.flush()
    with use_locale(DEFAULT_LOCALE):  # stored words are Swedish, as when a person writes them
        reason = _("Somebody who is quoted has taken their words back.")
    for finding_id in dict.fromkeys(quote.finding_id for quote in quotes):
        finding = session.get_one(Finding, finding_id)
        if finding.state == "published":
            _take_down(session, SYSTEM, finding, reason)
    return len(quotes)


def release_draft(session: Session, finding: Finding, said: Heard) -> ReleaseDraft:
    """All that the finding would show, for the gate."""
    codes = queries.codes_of(session, finding)
    materials = queries.materials_of(session, finding)
    perspective, area = queries.place_of(session, finding)
    tables = _verdict(said)
    return ReleaseDraft(
        kind=ReleaseKind.FINDING,
        source_kind=SOURCE_KIND,
        source_public_id=finding.public_id,
        title=finding.title,
        is_fictional=finding.is_fictional,
        figure=_figure(session, finding),
        respondents=sum(table.n for table in tables),
        tables=tables,
        voices=_voices(session, materials, [code for code, _t in codes]),
        quotes=_quotes(session, finding),
        content={
            "title": finding.title,
            "body": finding.body,
            "easy_text": finding.easy_text,
            "perspective": {"key": perspective.key, "name": perspective.name},
            "area": area and area.name,
            "whose_to_change": finding.whose_to_change,
            "despite": finding.despite_verdict,
            "is_own_observation": finding.is_own_observation,
            "themes": list(dict.fromkeys(theme.name for _code, theme in codes)),
            "codes": [code.name for code, _theme in codes],
            "materials": list(dict.fromkeys(material.title for material in materials)),
            "groups": [
                {
                    "public_id": g.public_id,
                    "name": g.name,
                    "names": g.names,
                    "is_fictional": g.is_fictional,
                }
                for g in queries.groups_of(session, finding)
            ],
        },
    )


def _verdict(said: Heard) -> tuple[Table, ...]:
    if said.ask is None or not (is_enough(said) and said.is_of_these_words):
        return ()
    return (verdict_table(said.ask.public_id, said.counts),)


def _figure(session: Session, finding: Finding) -> Figure | None:
    release = queries.release_by_id(session, finding.figure_release_id)
    if release is None:
        return None
    return Figure(
        release_public_id=release.public_id,
        table_key=finding.figure_table_key,
        codes=frozenset(finding.figure_codes),
    )


def _voices(
    session: Session, materials: Sequence[Material], codes: Sequence[Code]
) -> VoiceCount | None:
    if not codes or not materials:
        return None
    code_ids = [code.id for code in codes]
    spread = voice_spread(session, [m.id for m in materials], code_ids)
    return VoiceCount(
        materials=frozenset(m.public_id for m in materials),
        codes=frozenset(codes_read_as(session, code_ids)),
        count=spread.count,
        n=spread.n,
        roles=spread.roles,
        municipalities=spread.municipalities,
    )


def _quotes(session: Session, finding: Finding) -> tuple[QuoteDraft, ...]:
    """A quote without an excerpt (its voice or its coder took it back) is left out."""
    quotes = [q for q in queries.quotes_of(session, finding) if q.excerpt_id is not None]
    by_role = voices_by_role(session, {q.material_id for q in quotes})
    return tuple(
        QuoteDraft(
            text=quote.text,
            language=quote.language,
            role=quote.respondent_role,
            voices=sum(
                n for (material_id, _r), n in by_role.items() if material_id == quote.material_id
            ),
            voices_in_role=by_role.get((quote.material_id, quote.respondent_role or ""), 0),
            is_approved=quote.approved_at is not None,
        )
        for quote in quotes
    )


def _owe_answers(session: Session, actor: Actor, finding: Finding) -> None:
    """Each group owes one answer per finding, however often the finding is published, and by the
    day it had the first time."""
    owed = commitments_about(session, SOURCE_KIND, finding.public_id)
    due_on = today() + timedelta(days=ANSWER_DAYS)
    groups = queries.groups_of(session, finding)
    for commitment in owed:
        _owe_again(session, actor, commitment, finding, [group.id for group in groups])
    owing = {commitment.owed_by_group_id for commitment in owed}
    for group in groups:
        if group.id not in owing:
            owe(
                session,
                owed_by=group,
                owed_to=_("Everybody who answered"),
                subject_kind=SOURCE_KIND,
                subject_public_id=finding.public_id,
                title=finding.title,
                due_on=due_on,
                is_fictional=finding.is_fictional or group.is_fictional,
                actor=actor,
            )


def _owe_again(
    session: Session,
    actor: Actor,
    commitment: Commitment,
    finding: Finding,
    group_ids: Collection[int | None],
) -> None:
    lock_commitment(session, commitment)
    commitment.title = finding.title
    concerned = commitment.owed_by_group_id in group_ids
    if concerned and commitment.is_called_off:
        put_anew(session, actor, commitment)
    elif not concerned and commitment.status == Status.OPEN:
        with use_locale(DEFAULT_LOCALE):
            reason = _("The finding does not concern the group any more.")
        call_off(session, actor, commitment, reason)
    commitment.is_public = not commitment.is_called_off
