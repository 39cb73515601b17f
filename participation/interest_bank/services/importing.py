"""Taking an existing bank in: file, dry run, all or nothing, and back out again."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from participation.accounts.services.people import many_accounts
from participation.county.queries import areas, municipalities
from participation.foundation.clock import now, today
from participation.foundation.crypto import email_index, new_token, token_hash
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs.services import enqueue
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor
from participation.foundation.tabular import UnreadableTable, read_table
from participation.interest_bank.models import BankImport, BankMember, Consent
from participation.interest_bank.queries.imports import (
    Known,
    known_index,
    may_be_undone,
    members_of_import,
)
from participation.interest_bank.rules import (
    TOKEN_PURPOSE,
    MemberState,
    Profile,
    Source,
    name_and_year_index,
)
from participation.interest_bank.rules.importing import (
    MOST_PROBLEMS,
    Field,
    ImportConsent,
    ImportState,
    Outcome,
    Places,
    Problem,
    Reader,
    Remark,
    Row,
    folded,
    guess_columns,
)
from participation.interest_bank.services.enrolling import Newcomer, enrol_members
from participation.interest_bank.services.leaving import forget_sign_up

CHECK = "interest_bank.import_check"
RUN = "interest_bank.import_run"
AT_ONCE = 500
STEP = 2_000  # rows of a dry run between two signs of life
MAILS_AT_ONCE = 100
MOST_BYTES = 10 * 1024 * 1024  # below what a request may hold

Step = Callable[[int, int], None]  # rows done, rows in all
Item = TypeVar("Item")


def receive_file(session: Session, actor: Actor, name: str, content: bytes) -> BankImport:
    """Keep an uploaded file and have it checked in the background."""
    taken = BankImport(
        created_by_account_id=actor.account_id, file_name=name[:100], content=content
    )
    session.add(taken)
    session.flush()
    _queue(session, actor, taken, CHECK)
    return taken


def choose_columns(
    session: Session, actor: Actor, taken: BankImport, columns: Mapping[str, str]
) -> None:
    """Say what stands in which column, and have the file checked again."""
    _must_be(taken, ImportState.CHECKED)
    taken.columns = {name: heading for name, heading in columns.items() if heading}
    taken.state = ImportState.UPLOADED
    _queue(session, actor, taken, CHECK)


def confirm_import(
    session: Session,
    actor: Actor,
    taken: BankImport,
    *,
    consent: ImportConsent,
    confirm_days: int | None,
    reason: str | None,
) -> None:
    """Take everybody in, in the background. Raises Conflict while a row must be corrected."""
    _must_be(taken, ImportState.CHECKED)
    if taken.wrong_count or not taken.new_count:
        raise Conflict
    taken.consent, taken.consent_reason = consent, reason
    taken.confirm_days = confirm_days
    taken.state = ImportState.RUNNING
    _queue(session, actor, taken, RUN)


def drop_import(session: Session, taken: BankImport) -> None:
    """Give it up before anybody is taken in; the file goes at once."""
    if taken.state not in {ImportState.UPLOADED, ImportState.CHECKED, ImportState.UNREADABLE}:
        raise Conflict
    taken.state = ImportState.DROPPED
    taken.content = taken.report = None
    session.flush()


def undo_import(session: Session, actor: Actor, taken: BankImport) -> int:
    """Take everybody out again, as if they had never been in; how many.

    Raises Conflict once somebody has confirmed or been asked to something.
    """
    if taken.state != ImportState.DONE or not may_be_undone(session, taken):
        raise Conflict
    members = members_of_import(session, taken)
    for member in members:
        forget_sign_up(session, member)
    taken.state, taken.undone_at = ImportState.UNDONE, now()
    log_event(session, actor, "import_undone", "bank_import", taken.public_id, count=len(members))
    session.flush()
    return len(members)


def forget_old_files(session: Session, after: timedelta = timedelta(days=30)) -> int:
    """Files nobody went on with go after 30 days; how many."""
    stale = session.execute(
        update(BankImport)
        .where(
            # RUNNING after a month: it never came through, and nobody was taken in.
            BankImport.state.in_((ImportState.UPLOADED, ImportState.CHECKED, ImportState.RUNNING)),
            BankImport.created_at < now() - after,
        )
        .values(state=ImportState.DROPPED, content=None, report=None)
        .returning(BankImport.id)
    )
    return len(stale.all())


# ---------------------------------------------------------------- the dry run


@dataclass(frozen=True)
class Checked:
    """What a dry run found. `unreadable` says why nothing could be read."""

    unreadable: str = ""
    headings: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    remarks: Sequence[Remark] = ()
    rows: int = 0
    new: int = 0


def check_file(session: Session, taken: BankImport, step: Step) -> Checked:
    """Read the whole file and say what is wrong and what would happen. Writes nothing.

    100,000 rows fit in memory: of each row only its remarks are kept.
    """
    try:
        sheet = read_table(taken.content or b"")
    except UnreadableTable as problem:
        return Checked(unreadable=str(problem.data["reason"]))
    columns = {k: v for k, v in taken.columns.items() if v in sheet.headings}
    columns = columns or guess_columns(sheet.headings)
    reader = Reader(columns, _places(session), today().year)
    members = known_index(session)
    new = 0
    for number, line in enumerate(sheet.lines, start=1):
        row = reader.read(line.number, line.cells)
        if row is not None and _is_new(row, members, reader.remarks, columns):
            new += 1
        if number % STEP == 0:
            step(number, len(sheet.lines))
    return Checked("", sheet.headings, columns, reader.remarks, len(sheet.lines), new)


def note_check(session: Session, taken: BankImport, found: Checked) -> None:
    """Write down what a dry run found; nothing when the import has moved on meanwhile."""
    if taken.state != ImportState.UPLOADED:
        return
    if found.unreadable:
        taken.state, taken.report, taken.content = (
            ImportState.UNREADABLE,
            found.unreadable,
            None,
        )
        return
    ordered = sorted(found.remarks, key=lambda r: (r.outcome is not Outcome.STOPS, r.row))
    wrong = {r.row for r in found.remarks if r.outcome is Outcome.STOPS}
    skipped = {r.row for r in found.remarks if r.outcome is Outcome.SKIPPED} - wrong
    taken.headings, taken.columns = list(found.headings), dict(found.columns)
    taken.row_count, taken.new_count = found.rows, found.new
    taken.wrong_count, taken.skipped_count = len(wrong), len(skipped)
    taken.report = json.dumps([asdict(r) for r in ordered[:MOST_PROBLEMS]], ensure_ascii=False)
    taken.state = ImportState.CHECKED
    session.flush()


def _is_new(row: Row, known: Known, remarks: list[Remark], columns: Mapping[str, str]) -> bool:
    column = columns.get(Field.EMAIL, "") if row.email else columns.get(Field.PHONE, "")
    if row.email and email_index(row.email) in known.emails:
        remarks.append(Remark(row.number, column, Problem.ALREADY_MEMBER))
        return False
    index = name_and_year_index(row.profile.name, row.profile.birth_year)
    if index in known.names:
        remarks.append(
            Remark(row.number, columns.get(Field.NAME, ""), Problem.LOOKS_LIKE, known.names[index])
        )
    return True


# ---------------------------------------------------------------- taking in


def take_in(session: Session, actor: Actor, taken: BankImport) -> None:
    """Everybody in the file who is new, in the caller's one transaction: all or nobody.

    Mails follow in steps of their own (`mail_taken_over`), so that nobody waits for the database.
    """
    if taken.state != ImportState.RUNNING:
        return  # done before a crash; the second try finds it so
    sheet = read_table(taken.content or b"")
    reader = Reader(taken.columns, _places(session), today().year)
    known = known_index(session)
    rows = [
        row
        for line in sheet.lines
        if (row := reader.read(line.number, line.cells)) is not None
        and not (row.email and email_index(row.email) in known.emails)
    ]
    for part in _parts(rows, AT_ONCE):
        _take_part_in(session, actor, taken, part)
    taken.state, taken.done_at, taken.new_count = ImportState.DONE, now(), len(rows)
    taken.content = taken.report = None
    session.flush()


def _take_part_in(session: Session, actor: Actor, taken: BankImport, rows: Sequence[Row]) -> None:
    is_paper = taken.consent == ImportConsent.PAPER
    accounts = many_accounts(session, [(row.email, row.profile.name) for row in rows])
    members = enrol_members(
        session,
        [
            Newcomer(
                account=account,
                profile=row.profile if is_paper else _without_experience(row.profile),
                locale=account.locale,
                at=now(),
            )
            for row, account in zip(rows, accounts, strict=True)
        ],
    )
    for member in members:
        member.source, member.import_id = Source.IMPORT, taken.id
        if not is_paper:
            member.state, member.confirmed_at = MemberState.UNCONFIRMED, None
        _log(session, actor, taken, member)
    session.execute(
        update(Consent)
        .where(Consent.member_id.in_([member.id for member in members]))
        .values(given_how=Source.IMPORT, recorded_by_account_id=actor.account_id)
    )
    session.flush()


def mail_taken_over(session: Session, taken: BankImport) -> int:
    """Tell the next hundred people; how many there were. The import remembers how far it came."""
    members = session.scalars(
        select(BankMember)
        .where(BankMember.import_id == taken.id, BankMember.id > taken.mailed_up_to_id)
        .options(joinedload(BankMember.account))
        .order_by(BankMember.id)
        .limit(MAILS_AT_ONCE)
    ).all()
    for member in members:
        is_waiting = member.state == MemberState.UNCONFIRMED
        if is_waiting or member.state == MemberState.ACTIVE:
            token = _let_wait(member, taken.confirm_days or 0) if is_waiting else None
            _mail(session, member, token, taken.confirm_days)
        taken.mailed_up_to_id = member.id
    session.flush()
    return len(members)


def _let_wait(member: BankMember, days: int) -> str:
    """Not in the bank until the person says yes; who stays silent is erased."""
    token = new_token()
    member.confirmation_hash = token_hash(TOKEN_PURPOSE, token)
    member.confirmation_expires_at = now() + timedelta(days=days)
    return token


def _without_experience(profile: Profile) -> Profile:
    """Health and the like is not kept before the person has said yes to exactly that."""
    told = {"area_ids": (), "experience_text": None, "needs": (), "needs_text": None}
    return Profile(**{**vars(profile), **told})


def _mail(session: Session, member: BankMember, token: str | None, days: int | None) -> None:
    path = "/membership" if token is None else f"/interest-bank/confirm/{token}"
    name = "taken_over" if token is None else "confirm_taken_over"
    queue_mail(
        session,
        to=member.account.email,
        template=f"interest_bank/{name}",
        locale=member.account.locale,
        context={"name": member.name, "link": absolute_url(path), "days": days},
        about=("bank_member", member.public_id),
    )


def _log(session: Session, actor: Actor, taken: BankImport, member: BankMember) -> None:
    log_event(
        session,
        actor,
        "member_imported",
        "bank_import",
        taken.public_id,
        subject_account_id=member.account_id,
        reason=taken.consent_reason or "",
        consent=taken.consent,
    )


def _queue(session: Session, actor: Actor, taken: BankImport, kind: str) -> None:
    job = enqueue(
        session,
        kind,
        {"import": taken.public_id},
        title=_("People from a file"),
        created_by_account_id=actor.account_id,
    )
    taken.job_public_id = job.public_id
    session.flush()


def _must_be(taken: BankImport, state: ImportState) -> None:
    if taken.state != state:
        raise Conflict


def _places(session: Session) -> Places:
    towns: dict[str, str] = {}
    for place in municipalities(session):
        towns.update({folded(place.name): place.code, place.code: place.code})
    known: dict[str, int] = {}
    for area in areas(session):
        known.update({folded(area.name): area.id, folded(area.key): area.id})
    return Places(towns, known)


def _parts(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while part := list(islice(remaining, size)):
        yield part
