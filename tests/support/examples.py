"""What fills the placeholders of the site map: rows of the demo, and pieces laid out for it.

A new placeholder is one line in `FROM_DEMO` (a select that gives one value) or, for what no demo
can hold (links that live for minutes, half-finished answers), one function in `LAID_OUT`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from participation.accounts.models import SignInLink
from participation.accounts.rules.sessions import LINK_LASTS, LinkPurpose
from participation.accounts.rules.tokens import browser_hash, link_hash
from participation.accounts.services.invitations import invite_to_strong_sign_in
from participation.activities.models import Activity, Invitation, ParticipationRequest
from participation.activities.rules.states import RequestState
from participation.activities.rules.tokens import calendar_token, invitation_token
from participation.activities.services import close_attendance, note_attendance, renew_calendar
from participation.assignments.models import CompensationClaim
from participation.assignments.rules.states import ClaimState
from participation.audits.models import (
    Audit,
    AuditFactRemark,
    AuditFieldDeposit,
    AuditFieldDevice,
    AuditInterview,
    AuditMeeting,
    AuditPoint,
    AuditTeamMember,
)
from participation.audits.rules.states import REPORT_IS_OUT, AuditState
from participation.coding.models import CodingRound, Material
from participation.council.models import SeatOffer, Statement
from participation.council.rules.offers import offer_token
from participation.county.models import Group, Organisation
from participation.foundation.clock import now
from participation.foundation.crypto import email_index, new_token, token_hash
from participation.foundation.files import StoredFile
from participation.foundation.jobs.models import Job, WorkerHeartbeat
from participation.foundation.jobs.rules import JobState
from participation.foundation.outbox import OutboxMail
from participation.foundation.outbox.rules import NOT_HANDED_OVER, MailState
from participation.foundation.outbox.transports import MaildirTransport, maildir_folder
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.foundation.tabular import read_table, xlsx_bytes
from participation.foundation.web import EXTENSION
from participation.interest_bank.models import BankMember, GuardianApproval
from participation.interest_bank.rules import (
    APPROVAL_PURPOSE,
    TOKEN_PURPOSE,
    WITHDRAWAL_PURPOSE,
    ApprovalState,
    MemberState,
)
from participation.interest_bank.rules.importing import ImportState
from participation.interest_bank.services.importing import receive_file
from participation.inventory.queries import known_names
from participation.inventory.rules import read_surveys
from participation.inventory.services import keep_list
from participation.meetings.models import Meeting
from participation.meetings.rules.codes import in_groups, new_place_code, table_code
from participation.newsletter.models import NewsletterSubscriber
from participation.newsletter.services.subscribing import CONFIRM, LEAVE, link_key
from participation.organisations.models import Dialogue, Nomination, OrganisationInvitation
from participation.organisations.rules.states import INVITATION_PURPOSE, NOMINATION_PURPOSE
from participation.questionnaires.models import NamedRespondent, Questionnaire, SurveyRound
from participation.questionnaires.queries import content_of_round, round_to_answer, versions
from participation.questionnaires.queries.media import ABOUT
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.grouping import Attribute
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.services import (
    NewResponse,
    begin_draft,
    close_round,
    store_responses,
)
from participation.questionnaires.services.authoring import create_from_content
from participation.questionnaires.services.importing import receive_form
from participation.questionnaires.services.results_words import correct_results_words
from participation.questionnaires.services.sharing import share_question
from participation.results.models import Finding, FindingQuote
from participation.results.services import (
    order_export,
    order_round_preview,
    show_round,
    withdraw_finding,
)
from participation.results.services.exporting import finish_export, keep_piece
from participation.selection.jobs.chances import fair_lottery, keep_lottery
from participation.selection.jobs.workshop import verdict_on
from participation.selection.models import Draw, DrawReplacement
from participation.selection.queries import panel_of
from participation.selection.queries.draws import LOTTERY, job_key
from participation.selection.queries.people import rows_of_pool
from participation.selection.rules.owners import DrawOwner
from participation.selection.services import agree_on_quotas, prepare_draw, publish_pool
from participation.selection.services.pool import frozen_pool
from participation.training.rules.details import CourseDetails
from participation.training.services import add_course
from tests.factories.activities import make_activity, make_invitation, make_round
from tests.factories.questionnaires import make_round as make_survey_round
from tests.factories.questionnaires import questionnaire_data
from tests.support.demo_site import DemoSite, person

OWN = "(select id from organisations where key = 'exempelregionen')"
MUNICIPAL = "organisation_id = (select id from organisations where key = 'exempelkommunen')"
PSYCHE = "(select id from county_groups where name = 'Psykisk hälsa')"
BROWSER = "the browser that asked"


SUBMITTED = "(select id from compensation_claims where state = 'submitted' order by id limit 1)"


def _claim(state: str) -> str:
    return _first("compensation_claims", f"state = '{state}'")


def _first(table: str, where: str = "1 = 1", column: str = "public_id") -> str:
    return f"select {column} from {table} where {where} order by id limit 1"


def _activity(state: str, more: str = "1 = 1") -> str:
    return _first("activities", f"state = '{state}' and organisation_id = {OWN} and {more}")


SPOKEN_FOR = (
    "(select organisation_id from role_assignments where role = 'user_organisation' order by id "
    "limit 1)"
)
# An activity whose evaluation is over, with enough answers and something nobody has read.
EVALUATED = (
    "select i.activity_id from activity_evaluations e join invitations i on "
    "i.id = e.invitation_id group by i.activity_id "
    "having sum(case when e.is_read then 0 else 1 end) > 0 "
    "order by count(*) desc, i.activity_id limit 1"
)

FROM_DEMO: Mapping[str, str] = {
    # county
    "group": _first("county_groups", f"id = {PSYCHE}"),
    "quiet_group": _first("county_groups", "kind = 'political'"),
    # accounts
    "account": _first("accounts", "display_name is not null and id > 20"),
    "assignment": _first("role_assignments", "role = 'auditor'", "id"),
    "auditor_account": "select a.public_id from accounts a join role_assignments r on "
    "r.account_id = a.id where r.role = 'auditor' order by r.id limit 1",
    # reports
    "public_report": _first("reports", "is_public"),
    "own_report": _first("reports", "state = 'ready' and not is_public"),
    "draft_report": _first("reports", "state = 'draft'"),
    # commitments
    "commitment": _first("commitments", f"owed_by_organisation_id = {OWN} and answer is not null"),
    "open_commitment": _first("commitments", f"owed_by_organisation_id = {OWN} and answer is null"),
    "finding_commitment": _first(
        "commitments", f"owed_by_group_id = {PSYCHE} and subject_kind = 'finding'"
    ),
    "group_commitment": _first("commitments", f"owed_by_group_id = {PSYCHE} and answer is null"),
    # interest bank
    "member": _first("bank_members", "state = 'active'"),
    "saved_search": _first("bank_saved_searches"),
    "protected_member": _first("bank_members", "is_protected"),
    "noted_member": _first(
        "bank_members", "id in (select member_id from bank_notes order by id limit 1)"
    ),
    "own_note": _first(
        "bank_notes",
        "author_account_id in (select account_id from role_assignments "
        "where role = 'protection_keeper')",
    ),
    "call": _first("bank_call_requests", "settled_at is null"),
    "letter": _first("bank_letters", "told_at is null"),
    "pair": _first("bank_suspected_pairs", "decision is null"),
    "checked_import": _first("bank_imports", "state = 'checked'"),
    "done_import": _first("bank_imports", "state = 'done'"),
    # activities
    "request": _first("participation_requests", f"state = 'submitted' and {MUNICIPAL}"),
    "draft_request": _first(
        "participation_requests", f"state = 'draft' and organisation_id = {OWN}"
    ),
    "declined_request": _first("participation_requests", f"state = 'declined' and {MUNICIPAL}"),
    "incomplete_request": _first("participation_requests", f"state = 'incomplete' and {MUNICIPAL}"),
    "withdrawn_request": _first(
        "participation_requests", f"state = 'withdrawn' and organisation_id = {OWN}"
    ),
    "user_organisation": _first("organisations", f"id = {SPOKEN_FOR}"),
    "quiet_user_organisation": _first(
        "organisations", f"kind = 'user_organisation' and id <> {SPOKEN_FOR}"
    ),
    "speaker": "select a.public_id from role_assignments r join accounts a on a.id = r.account_id "
    "where r.role = 'user_organisation' order by r.id limit 1",
    "ask": _first("nomination_asks", "id in (select ask_id from nominations)"),
    "empty_ask": _first("nomination_asks", "id not in (select ask_id from nominations)"),
    "nomination": _first("nominations"),
    "application": _first("organisation_applications"),
    "dialogue": _first("dialogues"),
    "course": _first("courses", "valid_months is not null"),
    "lasting_course": _first("courses", "valid_months is null"),
    "completion": "select p.public_id from course_completions p join courses c on "
    "c.id = p.course_id where c.valid_months is not null order by p.id limit 1",
    "own_completion": "select p.public_id from course_completions p join role_assignments r on "
    "r.account_id = p.account_id where r.role = 'auditor' order by r.id, p.id limit 1",
    "adopter": _first("organisations", f"id = {OWN}"),
    "not_adopter": _first("organisations", "kind = 'municipality' and adopted_on is null"),
    "contact": "select a.public_id from role_assignments r join accounts a on a.id = r.account_id "
    f"where r.role = 'contact_person' and r.organisation_id = {OWN} order by r.id limit 1",
    "closed_request": _first("participation_requests", f"state = 'closed' and {MUNICIPAL}"),
    "activity": _activity("open"),
    "considered_activity": "select a.public_id from activities a join activity_child_answers c "
    "on c.activity_id = a.id order by a.id limit 1",
    "planned_activity": _activity("planned"),
    "past_activity": _activity("completed"),
    "cancelled_activity": _activity("cancelled"),
    "public_activity": _first("activities", "is_open_to_all and state in ('open', 'planned')"),
    "activity_invitation": "select i.public_id from invitations i join activities a on "
    f"a.id = i.activity_id where a.public_id = ({_activity('open')}) and i.state = 'sent' limit 1",
    "asked_activity": "select a.public_id from automatic_rounds r join activities a on "
    "a.id = r.activity_id order by a.id limit 1",
    "asking_invitation": "select i.public_id from invitations i join automatic_rounds r on "
    "r.activity_id = i.activity_id where i.asked_at is not null order by i.id limit 1",
    "reminder": "select m.public_id from activity_reminders m join automatic_rounds r on "
    "r.activity_id = m.activity_id order by m.id limit 1",
    "series": _first("activity_series"),
    "evaluated_activity": f"select a.public_id from activities a where a.id = ({EVALUATED})",
    "unread_evaluation": "select e.public_id from activity_evaluations e join invitations i on "
    f"i.id = e.invitation_id where not e.is_read and i.activity_id = ({EVALUATED}) "
    "order by e.public_id limit 1",
    # assignments
    "claim_submitted": _claim("submitted"),
    "claim_offered": _claim("offered"),
    "claim_returned": _claim("returned"),
    "claim_approved": _claim("approved"),
    "claim_paid": _claim("paid"),
    "claim_line": _first("claim_lines", f"claim_id = {SUBMITTED}", "id"),
    "claim_with_receipt": "select about_id from stored_files where about_kind = 'claim' limit 1",
    "receipt": _first("stored_files", "about_kind = 'claim'"),
    "batch": _first("payroll_batches", "paid_on is null"),
    "paid_batch": _first("payroll_batches", "paid_on is not null"),
    "declaration": _first("conflict_declarations", "has_ties and decision is null"),
    "asked_agreement": _first("assignment_agreements", "question is not null"),
    "agreed_activity": "select a.public_id from activities a join assignment_agreements g on "
    "g.activity_id = a.id where g.question is not null order by g.id limit 1",
    # council
    "seat": _first("council_seats", "member_id is not null"),
    "empty_seat": _first("council_seats", "member_id is null"),
    "meeting": _first("council_meetings", "approved_on is not null"),
    "coming_meeting": "select m.public_id from council_meetings m join activities a on "
    "a.id = m.activity_id where a.state != 'completed' order by m.id limit 1",
    "public_meeting": _first("council_meetings", "published_on is not null"),
    "draft_meeting": "select m.public_id from council_meetings m join council_adjusters j on "
    "j.meeting_id = m.id where m.approved_on is null and j.approved_on is null limit 1",
    "paper": _first("stored_files", "about_kind = 'council_paper'"),
    "paper_point": "select about_id from stored_files where about_kind = 'council_paper' "
    "order by id limit 1",
    "paper_meeting": "select m.public_id from stored_files f join council_agenda_items i on "
    "i.public_id = f.about_id join council_meetings m on m.id = i.meeting_id "
    "where f.about_kind = 'council_paper' order by f.id limit 1",
    "left_seat": _first("council_seats", "vacant_since is not null"),
    "empty_alternate": _first("council_seats", "member_id is null"),
    "offer": _first("council_seat_offers", "state = 'asked'"),
    "own_place": _first("representations", "seat_id is null"),
    "agreed_statement": _first("council_statements", "agreed_on is not null and sent_on is null"),
    "answered_statement": "select s.public_id from council_statements s join commitments c on "
    "c.subject_public_id = s.public_id and c.subject_kind = 'statement' "
    "where c.answered_on is not null and s.followed_up_on is null order by s.id limit 1",
    "late_statement": "select s.public_id from council_statements s join commitments c on "
    "c.subject_public_id = s.public_id and c.subject_kind = 'statement' "
    "where c.answered_on is null order by c.due_on, s.id limit 1",
    "decision": _first("council_decisions"),
    "decision_meeting": "select m.public_id from council_decisions d join council_meetings m on "
    "m.id = d.meeting_id order by d.id limit 1",
    "representation": _first("representations"),
    "statement": _first("council_statements", "sent_on is not null"),
    # selection
    "draw_made": _first("draws", "state = 'drawn' and owner_kind = 'activity'"),
    "drawn_successor": _first("draw_replacements", "seed is not null"),
    "draw_sealed": _first("draws", "state = 'published'"),
    "draw_cancelled": _first("draws", "state = 'cancelled'"),
    "draw_stuck": _first("draws", "state = 'preparing'"),
    "draw_number": "select p.number from draw_places d join draw_people p on p.id = d.person_id "
    "join draws w on w.id = d.draw_id where w.state = 'drawn' and w.owner_kind = 'activity' "
    "and d.left_at is null and d.kind = 'panel' order by d.id limit 1",
    "drawn_activity": _first("draws", "state = 'drawn' and owner_kind = 'activity'", "owner_id"),
    "lot_activity": _first("activities", "draw_on is not null"),
    "household": _first("households"),
    # audits
    "audit": _first("audits", "state in ('followed_up', 'answered', 'fed_back')"),
    "drawn_audit": _first("draws", "owner_kind = 'audit'", "owner_id"),
    "audit_without_draw": _first(
        "audits",
        "state in ('team_ready', 'preparing') and public_id not in (select owner_id from draws)",
    ),
    "drawn_auditor": "select p.number from draw_places d join draw_people p on p.id = d.person_id "
    "join draws w on w.id = d.draw_id where w.owner_kind = 'audit' and d.left_at is null "
    "and d.kind = 'panel' order by d.id desc limit 1",
    "report_point": "select p.id from audit_points p join audits a on a.id = p.audit_id "
    "where a.state = 'analysing' order by p.id limit 1",
    "audit_analysing": _first("audits", "state = 'analysing'"),
    "proposal": _first("audit_proposals"),
    "team_place": _first("audit_team_members"),
    "tied_place": _first("audit_team_members", "ties is not null and cleared_at is null"),
    "tied_audit": "select a.public_id from audits a join audit_team_members m on m.audit_id = a.id "
    "where m.ties is not null and m.cleared_at is null limit 1",
    # coding
    "material": _first("materials", "codebook_id is not null and source_kind = 'round'"),
    "material_text": _first("material_texts", "id not in (select text_id from text_states)"),
    "unread_text": _first("material_texts", "reviewed_at is null"),
    "unread_material": "select m.public_id from material_texts t join materials m on "
    "m.id = t.material_id where t.reviewed_at is null order by t.id limit 1",
    "urgent_text": _first("urgent_texts", "done_at is null"),
    "urgent_done": _first("urgent_texts", "done_at is not null"),
    "codebook": _first("codebooks"),
    "code": _first("codes"),
    "verdict_ask": _first("finding_verdict_asks", "closed_at is null"),
    "verdict_over": _first("finding_verdict_asks", "closed_at is not null"),
    "qda_import": _first("qda_imports"),
    "theme": _first("themes"),
    "material_import": _first("material_imports"),
    "excerpt": _first("excerpts"),
    "memo": _first("memos"),
    # questionnaires
    "questionnaire": "select q.public_id from questionnaires q join questionnaire_versions v on "
    "v.questionnaire_id = q.id join survey_rounds r on r.version_id = v.id "
    "where r.slug is not null and r.closed_at is null limit 1",
    "round_open": _first("survey_rounds", "closed_at is null"),
    "round_closed": _first("survey_rounds", "state = 'closed'"),
    "round_published": _first("survey_rounds", "state = 'published'"),
    "round_named": _first("survey_rounds", "mode = 'named'"),
    "open_link": _first("survey_rounds", "slug is not null and closed_at is null", "slug"),
    "tablet": _first("open_links", "kind = 'kiosk'", "code"),
    "unit_link": _first("open_links", "kind = 'poster'", "code"),
    # results
    # meetings
    "meeting_planned": _first("meetings", "state = 'planned'"),
    "meeting_open": _first("meetings", "state = 'open'"),
    "meeting_closed": _first("meetings", "state = 'closed'"),
    "inventory_survey": _first("inventory_surveys", "ended_at is null"),
    "release": _first("releases", "kind = 'round_totals' and withdrawn_at is null"),
    "themes": _first("releases", "kind = 'theme_counts' and withdrawn_at is null"),
    "round_themes": _first(
        "survey_rounds",
        "public_id in (select source_public_id from releases where kind = 'theme_counts')",
    ),
    "finding": _first("findings", "state = 'published'"),
    "draft_finding": _first("findings", "state = 'draft'"),
    # follow-up
    "plan": _first("action_plans", "content_state = 'loaded' and form = 'areas'"),
    "goal_plan": _first("action_plans", "content_state = 'loaded' and form = 'goals'"),
    "unloaded_plan": _first("action_plans", "content_state = 'not_loaded'"),
    "invented_plan": _first("action_plans", "is_fictional"),
    "revised_plan": _first("action_plans", "id in (select plan_id from plan_versions)"),
    "evident_line": _first("plan_nodes", "id in (select node_id from plan_evidence)"),
    "plan_draft": _first("plan_drafts"),
    "plan_draft_line": _first("plan_draft_lines", "kind = 'improvement_area'"),
    "plan_action": "select n.public_id from plan_nodes n join action_plans p on p.id = n.plan_id "
    f"where n.kind = 'plan_action' and p.group_id = {PSYCHE} order by p.is_fictional, n.id limit 1",
    "told_action": _first(
        "plan_nodes",
        "id in (select node_id from plan_action_statuses) and id not in "
        "(select node_id from plan_action_statuses where corrected_at is not null)",
    ),
    "indicator": "select i.public_id from indicators i join measurements m on "
    "m.indicator_id = i.id order by i.id limit 1",
    "own_indicator": _first("indicators", "counter_key = 'activities_with_participation'"),
    "matter": _first("feedbacks", "is_public"),
    "invented_indicator": _first("indicators", "outside_code is not null"),
    "checked_values": _first("indicator_imports", "state = 'checked' and rejected_count > 0"),
    "other_headings": _first("indicator_imports", "state = 'checked' and row_count = 1"),
    "done_values": "select public_id from indicator_imports where state = 'done' "
    "order by done_at desc limit 1",
    "earlier_values": _first("indicator_imports", "state = 'done'"),
    "unreadable_values": _first("indicator_imports", "state = 'unreadable'"),
    "area_in_news": "select a.key from areas a join findings f on f.area_id = a.id "
    "where f.state = 'published' order by f.id limit 1",
    "sent_issue": _first("newsletter_issues", "state <> 'draft'"),
    "draft_issue": _first("newsletter_issues", "state = 'draft'"),
    "issue_item": _first(
        "newsletter_items",
        "issue_id = (select id from newsletter_issues where state = 'draft' limit 1)",
    ),
}


def _invitation(session: Session, _site: DemoSite, state: str, activity: str) -> str | None:
    public_id = session.scalar(
        text(
            "select i.public_id from invitations i join activities a on a.id = i.activity_id "
            "join invitation_rounds r on r.id = i.round_id where i.state = :state "
            "and a.state = :activity order by r.reply_by desc, i.id limit 1"
        ),
        {"state": state, "activity": activity},
    )
    return invitation_token(public_id) if public_id else None


def _held_activity(session: Session, _site: DemoSite) -> str | None:
    """A copy of the first open activity, as it stands when people arrive."""
    model = session.scalars(
        select(Activity).where(Activity.state == "open").order_by(Activity.id)
    ).first()
    coming = session.scalars(
        select(Invitation)
        .where(Invitation.activity_id == model.id if model else False)
        .where(Invitation.state == "accepted")
        .order_by(Invitation.id)
        .limit(3)
    ).all()
    if model is None or not coming:
        return None
    held = make_activity(
        session,
        session.get_one(Organisation, model.organisation_id),
        state="open",
        title=model.title,
        starts_at=now() - timedelta(minutes=30),
    )
    asked = make_round(session, held, reply_by=held.starts_at - timedelta(days=1))
    for invitation in coming:
        member = session.get_one(BankMember, invitation.member_id)
        make_invitation(session, asked, member, state="accepted")
    return held.public_id


def _was_there(session: Session, site: DemoSite) -> str | None:
    """Somebody who was at an activity whose attendance has just been closed."""
    public_id = _held_activity(session, site)
    activity = session.scalar(select(Activity).where(Activity.public_id == public_id))
    if activity is None:
        return None
    invitation = session.scalars(
        select(Invitation).where(Invitation.activity_id == activity.id).order_by(Invitation.id)
    ).first()
    assert invitation is not None
    actor, member = coordinator(session), session.get_one(BankMember, invitation.member_id)
    note_attendance(session, actor, activity, member, True)
    close_attendance(session, actor, activity)
    return invitation_token(invitation.public_id)


def _calendar(session: Session, _site: DemoSite) -> str:
    account = person(session, "council_member")
    made = renew_calendar(session, Actor(account.id))
    return calendar_token(made.public_id)


def _claimant(state: str) -> "Piece":
    """The link of somebody whose claim is in that state."""

    def lay_out(session: Session, _site: DemoSite) -> str | None:
        return _token_beside(session, "compensation_claims", f"b.state = '{state}'")

    return lay_out


def _with_receipt(session: Session, _site: DemoSite) -> str | None:
    holds = "b.public_id = (select about_id from stored_files where about_kind = 'claim' limit 1)"
    return _token_beside(session, "compensation_claims", holds)


def _agreed(session: Session, _site: DemoSite) -> str | None:
    return _token_beside(session, "assignment_agreements", "b.accepted_at is not null")


def _with_ties(session: Session, _site: DemoSite) -> str | None:
    return _token_beside(session, "conflict_declarations", "b.decision is not null")


def _to_agree(session: Session, _site: DemoSite) -> str | None:
    return _token_beside(session, "assignment_agreements", "b.accepted_at is null")


def _token_beside(session: Session, table: str, where: str) -> str | None:
    """The link of an invitation whose person has such a row for the same activity."""
    public_id = session.scalar(
        text(
            f"select i.public_id from {table} b join invitations i on "
            "i.activity_id = b.activity_id and i.member_id = b.member_id "
            f"where {where} order by b.id limit 1"
        )
    )
    return invitation_token(public_id) if public_id else None


def _closed_claim(session: Session) -> CompensationClaim | None:
    """Somebody who wanted nothing, as if they had never answered."""
    claim = session.scalars(
        select(CompensationClaim)
        .where(CompensationClaim.state.in_((ClaimState.DECLINED, ClaimState.CLOSED)))
        .order_by(CompensationClaim.id)
    ).first()
    if claim is not None:
        claim.state = ClaimState.CLOSED
        session.flush()
    return claim


def _claim_closed(session: Session, _site: DemoSite) -> str | None:
    claim = _closed_claim(session)
    return claim.public_id if claim else None


def _closed_claimant(session: Session, _site: DemoSite) -> str | None:
    _closed_claim(session)
    return _token_beside(session, "compensation_claims", "b.state = 'closed'")


def _link(purpose: LinkPurpose, *, asked_in: str = "", new_email: str | None = None) -> "Piece":
    def lay_out(session: Session, _site: DemoSite) -> str:
        token = new_token()
        session.add(
            SignInLink(
                account_id=person(session, "resident").id,
                purpose=purpose,
                token_hash=link_hash(purpose, token),
                expires_at=now() + LINK_LASTS,
                browser_hash=browser_hash(asked_in) if asked_in else None,
                new_email=new_email,
            )
        )
        return token

    return lay_out


def _password_invitation(session: Session, _site: DemoSite) -> str:
    path = invite_to_strong_sign_in(session, SYSTEM, person(session, "user_organisation"))
    return path.rsplit("/", 1)[1]


def _form_import(name: str, *, is_whole: bool) -> "Piece":
    """A form from another program, read and waiting for a yes; or one that is stopped."""

    def lay_out(session: Session, _site: DemoSite) -> str:
        data = questionnaire_data()
        whole = write_xlsform(read_content(data), data["key"])
        stopped = xlsx_bytes(
            [("survey", ["type", "name", "label"], [["geopoint", "where", "Var bor du?"]])]
        )
        return receive_form(session, name, whole if is_whole else stopped).public_id

    return lay_out


def _grouped(session: Session, _site: DemoSite) -> str:
    """A questionnaire with a group called about_you, and one inside it for some."""
    inside = {"inside": "about_you", "relevant": "${role} = 'kin'"}
    groups = [
        {"key": "about_you", "title": {"sv": "Om dig"}},
        {"key": "support", "title": {"sv": "Om ditt stöd"}, **inside},
    ]
    data = questionnaire_data(key="grouped", groups=groups)
    for place, group in enumerate(("about_you", "support", "support", "about_you")):
        data["questions"][place]["group"] = group
    return create_from_content(session, coordinator(session), data, "test").public_id


def _shared_question(session: Session, _site: DemoSite) -> str:
    """A question that the county has put into its library."""
    made = session.scalars(select(Questionnaire).order_by(Questionnaire.id)).first()
    assert made is not None
    question = versions(session, made.id)[0].content["questions"][0]
    said = {"area": "access", "licence": "county", "source": "Egen", "owner": "Exempelregionen"}
    return share_question(session, coordinator(session), made, question, **said).public_id


def _question_picture(session: Session, _site: DemoSite) -> str:
    """The picture that a question of the demo shows."""
    return session.scalars(
        select(StoredFile.public_id).where(StoredFile.about_kind == ABOUT).order_by(StoredFile.id)
    ).first()


def _survey_list(*, is_whole: bool) -> "Piece":
    """A list of surveys, read and waiting for a yes; or one with a fault."""

    def lay_out(session: Session, _site: DemoSite) -> str:
        whose = "Exempelkommunen" if is_whole else "Ingen alls"
        table = f"Enkät;Organisation;Frågor\nOmsorgens egen;{whose};Hur mår du?\n".encode()
        read = read_surveys(read_table(table), known_names(session))
        return keep_list(session, SYSTEM, "enkater.csv", read).public_id

    return lay_out


def _import(state: ImportState) -> "Piece":
    """A list in a state that the demo's own have left behind."""

    def lay_out(session: Session, _site: DemoSite) -> str:
        taken = receive_file(session, coordinator(session), "Lista.csv", b"namn;ort")
        taken.state = state
        taken.report = "broken" if state is ImportState.UNREADABLE else None
        session.flush()
        return taken.public_id

    return lay_out


def _joining(session: Session, _site: DemoSite) -> str:
    """Somebody of the bank who is, for once, not confirmed yet."""
    member = session.scalars(
        select(BankMember).where(BankMember.state == "active").order_by(BankMember.id.desc())
    ).first()
    assert member is not None
    token = new_token()
    member.state = MemberState.UNCONFIRMED
    member.confirmation_hash = token_hash(TOKEN_PURPOSE, token)
    member.confirmation_expires_at = now() + timedelta(days=2)
    return token


def _guardian(session: Session, _site: DemoSite) -> str | None:
    """The link of a guardian who has not answered."""
    approval = session.scalars(
        select(GuardianApproval).where(GuardianApproval.state == ApprovalState.ASKED)
    ).first()
    if approval is None:
        return None
    token = new_token()
    approval.token_hash = token_hash(APPROVAL_PURPOSE, token)
    approval.expires_at = now() + timedelta(days=2)
    return token


def _guardian_receipt(session: Session, _site: DemoSite) -> str | None:
    """The link with which a guardian takes a yes back."""
    approval = session.scalars(
        select(GuardianApproval).where(GuardianApproval.state == ApprovalState.APPROVED)
    ).first()
    if approval is None:
        return None
    token = new_token()
    approval.withdrawal_hash = token_hash(WITHDRAWAL_PURPOSE, token)
    return token


def _draft_statement(session: Session, _site: DemoSite) -> str | None:
    sent = session.scalars(select(Statement).order_by(Statement.id)).first()
    if sent is None:
        return None
    draft = Statement(
        term_id=sent.term_id,
        meeting_id=sent.meeting_id,
        group_id=sent.group_id,
        written_by_account_id=person(session, "council_member").id,
        title="Väntetider i telefon",
        text="Rådet vill att gruppen ser över väntetiderna i telefon.",
        is_fictional=True,
    )
    session.add(draft)
    session.flush()
    return draft.public_id


def _council_link(session: Session, _site: DemoSite) -> str | None:
    """The link of somebody who thinks about a seat in the council."""
    return _offer_link(session, "asked")


def _declined_council_link(session: Session, _site: DemoSite) -> str | None:
    """The link of somebody who said no."""
    return _offer_link(session, "declined")


def _offer_link(session: Session, state: str) -> str | None:
    found = select(SeatOffer).where(SeatOffer.state == state).order_by(SeatOffer.id)
    offer = session.scalars(found).first()
    return None if offer is None else offer_token(offer.public_id)


def _withdrawn_finding(session: Session, _site: DemoSite) -> str | None:
    finding = session.scalars(
        select(Finding).where(Finding.state == "published").order_by(Finding.id.desc())
    ).first()
    if finding is None:
        return None
    withdraw_finding(session, coordinator(session), finding, "Siffran var fel.")
    return finding.public_id


def _quote(session: Session, _site: DemoSite) -> str | None:
    """A quote that waits for approval, on the finding that is not published yet."""
    model = session.scalars(select(FindingQuote).order_by(FindingQuote.id)).first()
    draft = session.scalars(select(Finding).where(Finding.state == "draft")).first()
    if model is None or draft is None:
        return None
    quote = FindingQuote(
        finding_id=draft.id,
        material_id=model.material_id,
        excerpt_id=model.excerpt_id,
        text=model.text,
        language=model.language,
        position=1,
    )
    session.add(quote)
    session.flush()
    return quote.public_id


def _table_code(state: str, table: int = 1) -> Callable[[Session, DemoSite], str | None]:
    """The code on the sheet of a table at the first meeting in a state."""

    def code(session: Session, _site: DemoSite) -> str | None:
        found = select(Meeting.public_id).where(Meeting.state == state).order_by(Meeting.id)
        public_id = session.scalars(found.limit(1)).first()
        return in_groups(table_code(public_id, table)) if public_id else None

    return code


def _meeting_place(_session: Session, _site: DemoSite) -> str:
    return in_groups(new_place_code())


def _going_on(session: Session) -> Audit | None:
    ready = select(Audit).where(Audit.state.in_((AuditState.TEAM_READY, AuditState.INTERVIEWING)))
    audit = session.scalars(ready.order_by(Audit.id)).first()
    if audit is not None:
        audit.state = AuditState.INTERVIEWING
    return audit


def _audit_going_on(session: Session, _site: DemoSite) -> str | None:
    """The newest audit, as it will stand when its interviews have begun."""
    audit = _going_on(session)
    return audit.public_id if audit else None


def _fresh_interview(session: Session, _site: DemoSite) -> str | None:
    audit = _going_on(session)
    if audit is None:
        return None
    interview = AuditInterview(
        audit_id=audit.id,
        number=1,
        by_account_id=person(session, "auditor").id,
        respondent_role="patient",
        held_week="2026-W46",
        notes="Hon trivs, men vill veta vem som kommer på morgonen.",
    )
    session.add(interview)
    session.flush()
    return interview.public_id


def _material_doubled(session: Session, _site: DemoSite) -> str | None:
    """A material that two have begun to code double."""
    free = select(Material).where(
        Material.codebook_id.is_not(None),
        Material.id.not_in(select(CodingRound.material_id)),
        Material.source_kind == "round",
    )
    material = session.scalars(free.order_by(Material.id)).first()
    if material is None:
        return None
    coder = person(session, "coordinator").id
    session.add(
        CodingRound(
            material_id=material.id, first_account_id=coder, second_account_id=coder, seed=1
        )
    )
    session.flush()
    return material.public_id


def _fact_remark(session: Session, _site: DemoSite) -> str | None:
    """The unit says that a fact is wrong in the report in whole; nobody has answered."""
    out = select(Audit).where(Audit.state.in_(REPORT_IS_OUT))
    audit = session.scalars(out.order_by(Audit.id)).first()
    if audit is None:
        return None
    remark = AuditFactRemark(audit_id=audit.id, text="Vi är trettio som arbetar här.")
    session.add(remark)
    session.flush()
    return remark.public_id


def _weak_point(session: Session, _site: DemoSite) -> str | None:
    """A report that is handed over has a point that nobody who was interviewed stands behind."""
    out = select(Audit).where(Audit.state.in_(REPORT_IS_OUT))
    audit = session.scalars(out.order_by(Audit.id)).first()
    if audit is None:
        return None
    point = AuditPoint(
        audit_id=audit.id, kind="strength", number=99, title="Lampan", text="Den är ny."
    )
    session.add(point)
    session.flush()
    return str(point.id)


def _audit_met(session: Session, _site: DemoSite) -> str | None:
    """An audit whose feedback meeting has just been held and is not noted yet."""
    other = session.scalars(select(Audit).where(Audit.state == AuditState.ANALYSING)).first()
    if other is None:
        return None
    audit = Audit(
        unit_id=other.unit_id,
        title="Hur var det att komma hit?",
        question=other.question,
        target_group=other.target_group,
        period_from=other.period_from,
        period_to=other.period_to,
        state=AuditState.REPORTED,
    )
    session.add(audit)
    session.flush()
    ended = now() - timedelta(hours=1)
    session.add_all(
        (
            AuditTeamMember(
                audit_id=audit.id, account_id=person(session, "auditor").id, declared_at=ended
            ),
            AuditMeeting(
                audit_id=audit.id,
                starts_at=ended - timedelta(hours=1),
                ends_at=ended,
                place="Samlingssalen",
            ),
        )
    )
    session.flush()
    return audit.public_id


def _waiting_deposit(session: Session, _site: DemoSite) -> str | None:
    """An interview from a device that waits for the team's word."""
    audit = _going_on(session)
    if audit is None:
        return None
    device = AuditFieldDevice(audit_id=audit.id, token_hash=token_hash("field device", "example"))
    session.add(device)
    session.flush()
    deposit = AuditFieldDeposit(
        audit_id=audit.id,
        device_id=device.id,
        ref="0" * 32,
        version=1,
        digest="0" * 64,
        sealed=b"sealed",
        received_week="2026-W46",
        state="late",
    )
    session.add(deposit)
    session.flush()
    return deposit.public_id


def _unsure_mail(session: Session, _site: DemoSite) -> str:
    """A mail whose hand-over was cut off, so that somebody must decide."""
    mail = session.scalars(
        select(OutboxMail).where(OutboxMail.recipient.is_not(None)).order_by(OutboxMail.id.desc())
    ).first()
    assert mail is not None
    mail.state = MailState.UNSURE
    return mail.public_id


def _heartbeat(session: Session, _site: DemoSite) -> str:
    """A worker lives and nothing is overdue, so that the site calls itself ready."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.state.in_(NOT_HANDED_OVER))
        .values(next_try_at=now() + timedelta(hours=1))
    )
    session.add(WorkerHeartbeat(name="test", part="mail", seen_at=now() + timedelta(hours=1)))
    return "test"


def _accepted_request(session: Session, _site: DemoSite) -> str | None:
    """The last request that waits, as it is once a coordinator has said yes."""
    request = session.scalars(
        select(ParticipationRequest)
        .where(ParticipationRequest.state == RequestState.SUBMITTED)
        .order_by(ParticipationRequest.id.desc())
    ).first()
    if request is None:
        return None
    request.state = RequestState.ACCEPTED
    return request.public_id


def _fresh_material(session: Session, _site: DemoSite) -> str | None:
    """A material without a codebook: the newest, for as long as the tests run."""
    material = session.scalars(select(Material).order_by(Material.id.desc())).first()
    if material is None:
        return None
    material.codebook_id = None
    return material.public_id


def _speaking(session: Session, _site: DemoSite) -> str:
    """The link of somebody who is invited to speak for a user organisation."""
    token = new_token()
    session.add(
        OrganisationInvitation(
            organisation_id=session.scalar(text(f"select {SPOKEN_FOR}")),
            name="Nya Företrädaren",
            email="nya.foretradaren@example.org",
            token_hash=token_hash(INVITATION_PURPOSE, token),
            expires_at=now() + timedelta(days=3),
        )
    )
    return token


def _speaker_invitation(session: Session, site: DemoSite) -> str | None:
    _speaking(session, site)
    session.flush()
    newest = select(OrganisationInvitation.public_id).order_by(OrganisationInvitation.id.desc())
    return session.scalars(newest).first()


def _nominated(session: Session, _site: DemoSite) -> str | None:
    """The link of somebody who is nominated and has not answered."""
    nomination = session.scalars(select(Nomination).order_by(Nomination.id.desc())).first()
    if nomination is None:
        return None
    token = new_token()
    nomination.token_hash = token_hash(NOMINATION_PURPOSE, token)
    return token


def _group_dialogue(session: Session, _site: DemoSite) -> str | None:
    """A dialogue with the group that the site map's group member sits in."""
    model = session.scalars(select(Dialogue).order_by(Dialogue.id)).first()
    group = session.scalars(select(Group).where(Group.key == "psykisk-halsa")).first()
    if model is None or group is None:
        return None
    dialogue = Dialogue(
        organisation_id=model.organisation_id,
        group_id=group.id,
        theme="Telefontider",
        is_fictional=True,
    )
    session.add(dialogue)
    session.flush()
    return dialogue.public_id


def _own_course(session: Session, _site: DemoSite) -> str:
    """A course that coordinators keep themselves."""
    details = CourseDetails(
        name="Att sitta vid bordet",
        about="Om mötesspråk och att våga fråga.",
        for_whom="För nya ledamöter.",
        hours=3,
        valid_months=None,
        required_for=(),
    )
    return add_course(session, coordinator(session), details).public_id


def coordinator(session: Session) -> Actor:
    account = person(session, "coordinator")
    return Actor(account.id, account.display_name, (Grant(Role.COORDINATOR),), is_strong=True)


def _open_round(session: Session) -> SurveyRound | None:
    slug = session.execute(text(FROM_DEMO["open_link"])).scalar()
    return round_to_answer(session, slug) if slug else None


def _draft(session: Session, _site: DemoSite) -> str | None:
    survey_round = _open_round(session)
    return begin_draft(session, survey_round) if survey_round else None


def _screen(which: int) -> "Piece":
    def lay_out(session: Session, _site: DemoSite) -> str | None:
        survey_round = _open_round(session)
        if survey_round is None:
            return None
        return content_of_round(session, survey_round).screens[which].key

    return lay_out


def _question(session: Session, _site: DemoSite) -> str | None:
    survey_round = _open_round(session)
    if survey_round is None:
        return None
    return next(iter(content_of_round(session, survey_round).asked))


def _named_answer(session: Session, _site: DemoSite) -> str | None:
    found = session.scalars(
        select(NamedRespondent.response_id).order_by(NamedRespondent.response_id)
    ).first()
    return bytes(found).hex() if found else None


def _named_draft(session: Session, _site: DemoSite) -> str | None:
    asked = session.scalar(text(FROM_DEMO["round_named"]))
    found = round_to_answer(session, asked) if asked else None
    return begin_draft(session, found, name="Stina Låtsas") if found else None


def _answer_export(session: Session, _site: DemoSite) -> str | None:
    """A file with the answers of a closed round that its orderer can download."""
    survey_round = session.scalars(
        select(SurveyRound).where(SurveyRound.state == "closed").order_by(SurveyRound.id)
    ).first()
    if survey_round is None:
        return None
    made = order_export(
        session,
        coordinator(session),
        survey_round,
        file_format="csv",
        with_series=False,
        with_texts=False,
        reason="Underlag till rapporten",
    )
    keep_piece(session, made.id, 0, b"round;version\r\n")
    finish_export(session, made.id, rows=45, size=15)
    return made.public_id


def _round_foreseen(session: Session, _site: DemoSite) -> str:
    """A closed anonymous round whose figures those who publish have seen."""
    made = make_survey_round(
        session,
        questionnaire_data(key="foreseen", title={"sv": "Enkät om stödet"}),
        mode=Mode.ANONYMOUS,
        slug=None,
    )
    for answer, count in (("often", 14), ("seldom", 12)):
        for role in ("me", "kin"):
            given = NewResponse(answers={"role": role, "respect": answer, "reach": answer})
            store_responses(session, made, [given] * count)
    close_round(session, made, coordinator(session))
    order = order_round_preview(
        session, coordinator(session), made, [Attribute.ROLE], with_figures=True
    )
    seen = show_round(session, coordinator(session), made.id, attributes=[Attribute.ROLE])
    order.state, order.result = JobState.DONE, seen.as_json()
    session.flush()
    return made.public_id


def _round_corrected(session: Session, _site: DemoSite) -> str | None:
    """A published round that says of its results what it did not say at first."""
    found = session.scalars(
        select(SurveyRound)
        .where(SurveyRound.state == "published", SurveyRound.results_on != "")
        .order_by(SurveyRound.id.desc())
    ).first()
    if found is None:
        return None
    texts = {"sv": "i mars, på sidan Du sa – vi gjorde", "en": "in March, at You said – we did"}
    correct_results_words(session, coordinator(session), found, texts)
    return found.public_id


def _job(state: JobState) -> "Piece":
    def lay_out(session: Session, _site: DemoSite) -> str:
        job = Job(
            kind="search.rebuild",
            title="Sökregistret byggs om",
            state=state,
            progress_done=40,
            progress_total=100,
            run_after=now() + timedelta(days=1),
            created_by_account_id=person(session, "coordinator").id,
            error="OperationalError" if state is JobState.FAILED else None,
        )
        session.add(job)
        session.flush()
        return job.public_id

    return lay_out


def _mail_in_box(_session: Session, site: DemoSite) -> str:
    folder = maildir_folder(site.app.extensions[EXTENSION].config)
    MaildirTransport(folder).hand_over("", "", MAIL)
    return next((folder / "new").iterdir()).name


MAIL = (
    b"From: Medskapa <no-reply@example.org>\r\nTo: tuva.exempelstrand@example.org\r\n"
    b"Subject: Din inloggning\r\nDate: Mon, 16 Nov 2026 10:00:00 +0100\r\n\r\n"
    b"Hej!\r\n\r\nhttp://localhost/sign-in\r\n"
)

Piece = Callable[[Session, DemoSite], str | None]


def _copied_draw(session: Session, how: str) -> Draw:
    """A draw among the same people as the demo's first, whose quotas are agreed."""
    is_activitys = (Draw.state == "drawn") & (Draw.owner_kind == "activity")
    model = session.scalars(select(Draw).where(is_activitys).order_by(Draw.id)).one()
    draw = prepare_draw(
        session,
        coordinator(session),
        title=model.title,
        seats=model.seats,
        members=[p.member_id for p in rows_of_pool(session, model.id) if p.member_id],
        owner=DrawOwner(kind="test", public_id=how, path="/selection"),
        is_fictional=True,
    )
    draw.workshop = verdict_on(session, draw)
    agree_on_quotas(session, coordinator(session), draw)
    lottery = fair_lottery(frozen_pool(session, draw))
    keep_lottery(session, draw.id, draw.quota_version, lottery)
    return draw


def _draw_agreed(session: Session, _site: DemoSite) -> str:
    draw = _copied_draw(session, "agreed")
    work = select(Job).where(Job.once_key == job_key(LOTTERY, draw))
    session.scalars(work).one().state = JobState.DONE
    return draw.public_id


def _draw_due(session: Session, _site: DemoSite) -> str:
    """A sealed draw whose seed is known by now."""
    draw = _copied_draw(session, "due")
    due = now() + timedelta(hours=1)
    publish_pool(session, coordinator(session), draw, seed_source="Lotto 1", seed_due_at=due)
    draw.seed_due_at = now() - timedelta(hours=1)
    return draw.public_id


def _draw_swap(session: Session, _site: DemoSite) -> str:
    """A swap that waits for a yes or a no, in the demo's draw that is made."""
    is_activitys = (Draw.state == "drawn") & (Draw.owner_kind == "activity")
    model = session.scalars(select(Draw).where(is_activitys).order_by(Draw.id)).one()
    first, second, *_rest = panel_of(session, model)
    swap = DrawReplacement(
        draw_id=model.id,
        person_id=first.person_id,
        state="proposed",
        came_by="swap",
        leaving=[first.person.number, second.person.number],
        joining=[1, 2],
    )
    session.add(swap)
    session.flush()
    return swap.public_id


def _newsletter_link(purpose: str, *, is_confirmed: bool) -> dict[str, "Piece"]:
    """Both ends of a mailed link to the newsletter, of somebody who asked just now."""

    def subscriber(session: Session) -> NewsletterSubscriber:
        address = f"{purpose.replace('.', '-')}@example.org"
        known = session.scalar(
            select(NewsletterSubscriber).where(
                NewsletterSubscriber.email_index == email_index(address)
            )
        )
        if known is not None:
            return known
        made = NewsletterSubscriber(
            email=address,
            email_index=email_index(address),
            asked_at=now(),
            confirmed_at=now() if is_confirmed else None,
        )
        session.add(made)
        session.flush()
        return made

    act = purpose.removeprefix("newsletter.")
    return {
        f"newsletter_to_{act}": lambda session, _site: subscriber(session).public_id,
        f"newsletter_{act}_key": lambda session, _site: link_key(purpose, subscriber(session)),
    }


LAID_OUT: Mapping[str, Piece] = {
    "year_before": lambda _session, _site: str(now().year - 1),
    **_newsletter_link(CONFIRM, is_confirmed=False),
    **_newsletter_link(LEAVE, is_confirmed=True),
    "answer_export": _answer_export,
    "round_foreseen": _round_foreseen,
    "round_corrected": _round_corrected,
    "named_answer": _named_answer,
    "draw_agreed": _draw_agreed,
    "draw_due": _draw_due,
    "draw_swap": _draw_swap,
    "browser": lambda _session, _site: BROWSER,
    "link": _link(LinkPurpose.SIGN_IN, asked_in=BROWSER),
    "new_email": _link(LinkPurpose.EMAIL, new_email="tuva.ny@example.org"),
    "password_invitation": _password_invitation,
    "joining": _joining,
    "question_picture": _question_picture,
    "grouped": _grouped,
    "shared_question": _shared_question,
    "form_import": _form_import("stod.xlsx", is_whole=True),
    "stopped_form_import": _form_import("karta.xlsx", is_whole=False),
    "inventory_import": _survey_list(is_whole=True),
    "stopped_inventory_import": _survey_list(is_whole=False),
    "running_import": _import(ImportState.UPLOADED),
    "unreadable_import": _import(ImportState.UNREADABLE),
    "guardian": _guardian,
    "guardian_receipt": _guardian_receipt,
    "invited": lambda session, site: _invitation(session, site, "sent", "open"),
    "accepted": lambda session, site: _invitation(session, site, "accepted", "open"),
    "in_draw": lambda session, site: _invitation(session, site, "in_draw", "open"),
    "said_no": lambda session, site: _invitation(session, site, "declined", "open"),
    "late": lambda session, site: _invitation(session, site, "not_now", "open"),
    "held_activity": _held_activity,
    "was_there": _was_there,
    "calendar": _calendar,
    "past_invited": lambda session, site: _invitation(session, site, "accepted", "completed"),
    "cancelled_invited": lambda session, site: _invitation(session, site, "accepted", "cancelled"),
    "to_claim": _claimant("offered"),
    "returned_claim": _claimant("returned"),
    "sent_claim": _claimant("submitted"),
    "approved_claim": _claimant("approved"),
    "exported_claim": _claimant("exported"),
    "paid_claim": _claimant("paid"),
    "claim_closed": _claim_closed,
    "closed_claim": _closed_claimant,
    "declined_claim": _claimant("declined"),
    "with_receipt": _with_receipt,
    "agreed": _agreed,
    "with_ties": _with_ties,
    "to_agree": _to_agree,
    "draft": _draft,
    "named_draft": _named_draft,
    "draft_statement": _draft_statement,
    "council_link": _council_link,
    "declined_council_link": _declined_council_link,
    "withdrawn_finding": _withdrawn_finding,
    "quote": _quote,
    "fresh_material": _fresh_material,
    "screen": _screen(0),
    "last_screen": _screen(-1),
    "question": _question,
    "job": _job(JobState.QUEUED),
    "running_job": _job(JobState.RUNNING),
    "failed_job": _job(JobState.FAILED),
    "accepted_request": _accepted_request,
    "mail": _unsure_mail,
    "worker": _heartbeat,
    "meeting_code": _table_code("open"),
    "fresh_meeting_code": _table_code("open", 3),
    "planned_meeting_code": _table_code("planned"),
    "closed_meeting_code": _table_code("closed"),
    "meeting_place": _meeting_place,
    "audit_going_on": _audit_going_on,
    "audit_met": _audit_met,
    "fresh_interview": _fresh_interview,
    "fact_remark": _fact_remark,
    "weak_point": _weak_point,
    "material_doubled": _material_doubled,
    "deposit": _waiting_deposit,
    "mail_in_box": _mail_in_box,
    "own_course": _own_course,
    "speaking": _speaking,
    "nominated": _nominated,
    "speaker_invitation": _speaker_invitation,
    "group_dialogue": _group_dialogue,
}


def lay_out(site: DemoSite) -> dict[str, str]:
    """Fill every placeholder that the demo can fill; pieces are committed."""
    found: dict[str, str] = {}
    with site.app.app_context(), site.sessions() as session:
        for name, sql in FROM_DEMO.items():
            value = session.execute(text(sql)).scalar()
            if value is not None:
                found[name] = str(value)
        for name, piece in LAID_OUT.items():
            value = piece(session, site)
            if value is not None:
                found[name] = value
        session.commit()
    return found


def placeholders(address: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", address))
