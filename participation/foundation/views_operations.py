"""Pages for whoever keeps the system running: mails in need of a decision, jobs, health."""

from collections.abc import Iterable

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from participation.foundation.health import readiness
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import ngettext
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.queries import all_jobs, job_for
from participation.foundation.jobs.rules import JobState
from participation.foundation.jobs.services import retry_job
from participation.foundation.outbox.queries import (
    mail_counts,
    mail_to_decide,
    mails,
    mails_to_decide,
)
from participation.foundation.outbox.rules import (
    CANNOT_BE_WRITTEN,
    NEEDS_DECISION,
    NOT_HANDED_OVER,
    RESTORED,
    STOPPED_DURING_HAND_OVER,
    MailState,
)
from participation.foundation.outbox.services import give_up_mail, mark_mail_sent, retry_mail
from participation.foundation.paging import page_number
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    render,
    requires,
    see_other,
)

operations = Blueprint("operations", __name__)
jobs = Blueprint("jobs", __name__)

# What a state is called, and the mark that goes with it.
MAIL_STATES = {
    MailState.UNSURE: ("late", _l("Unsure")),
    MailState.FAILED: ("late", _l("Not delivered")),
    MailState.QUEUED: ("new", _l("Waiting")),
    MailState.CLAIMED: ("going", _l("On its way out")),
    MailState.HANDING: ("going", _l("Being handed over")),
    MailState.SENT: ("done", _l("Sent")),
    MailState.CANCELLED: ("no", _l("Stopped")),
}
MAIL_FILTERS = {
    "undecided": NEEDS_DECISION,
    "waiting": (*NOT_HANDED_OVER, MailState.HANDING),
    "sent": (MailState.SENT,),
}
# Reasons this platform gives itself; a mail server's answer is shown as its code.
REASONS = {
    STOPPED_DURING_HAND_OVER: _l("The worker stopped while the mail was handed over"),
    RESTORED: _l("Comes from a backup; may have been sent since"),
    CANNOT_BE_WRITTEN: _l("The message could not be written"),
}
# What a mail is, by its template; one that is missing here is shown as its template.
MAIL_NAMES = {
    "sign_in": _l("Sign-in link"),
    "sign_in_unknown": _l("Sign-in with an unknown address"),
    "sign_in_invitation": _l("Invitation to an account"),
    "sign_in_new_email": _l("New e-mail address to confirm"),
    "sign_in_email_changed": _l("Changed e-mail address"),
    "sign_in_erased": _l("Erased data"),
    "commitment_reminder": _l("Reminder about commitments"),
    "commitment_called_off": _l("Answer that is not owed any more"),
    "commitment_put_anew": _l("Answer that is owed again"),
    "activities/invitation": _l("Invitation to an activity"),
    "activities/accepted": _l("Yes to an invitation"),
    "activities/waiting": _l("In the queue for a seat"),
    "activities/in_draw": _l("In the draw of seats"),
    "activities/in_draw_changed": _l("Changed for those in the draw"),
    "activities/seat_drawn": _l("Drawn: a seat"),
    "activities/not_drawn": _l("Drawn: the waiting list"),
    "activities/seat_free": _l("A seat became free"),
    "activities/not_coming": _l("No longer coming"),
    "activities/withdrawn": _l("Invitation taken back"),
    "activities/changed": _l("Changed activity"),
    "activities/cancelled": _l("Cancelled activity"),
    "activities/reminder_answer": _l("Reminder to answer"),
    "activities/reminder_coming": _l("Reminder before an activity"),
    "activities/reply": _l("Answer to a question about an activity"),
    "activities/evaluation": _l("Questions about how it was"),
    "activities/led_to": _l("What an activity led to"),
    "organisations/invitation": _l("Invitation to speak for an organisation"),
    "organisations/declined": _l("No to an organisation that asked for a place"),
    "organisations/nomination_asked": _l("Question about nominations"),
    "organisations/nominated": _l("Nomination"),
    "organisations/dialogue": _l("Something new in a dialogue"),
    "training/offered": _l("A training is offered"),
    "training/refresher": _l("Time for a refresher"),
    "activities/request_accepted": _l("Yes to a request"),
    "activities/request_incomplete": _l("A request needs completion"),
    "activities/request_overdue": _l("Requests that wait too long"),
    "activities/request_reply": _l("Message from an organisation about its request"),
    "activities/request_declined": _l("No to a request"),
    "activities/request_message": _l("Message about a request"),
    "audits/team": _l("Place in an audit team"),
    "audits/agreement": _l("Agreement about a user audit"),
    "audits/agreed": _l("Yes to the agreement about a user audit"),
    "audits/fed_back": _l("Answers to a user audit are asked for"),
    "audits/consent": _l("May the summary of a user audit be public?"),
    "audits/answered": _l("A unit has answered the auditors"),
    "audits/all_agree": _l("The summary of a user audit can be made public"),
    "audits/answers": _l("Answers to a user audit are due"),
    "audits/follow_up": _l("Time to follow up a user audit"),
    "audits/report": _l("Report of a user audit"),
    "audits/facts": _l("Time to say which facts of a report are wrong"),
    "audits/fact_remark": _l("A fact of a report is wrong, says the unit"),
    "audits/fact_answered": _l("Answer about a fact of a report"),
    "audits/point_taken_out": _l("A point is taken out of the report"),
    "audits/asked_again": _l("New question about a corrected report"),
    "audits/meeting": _l("Feedback meeting of a user audit"),
    "follow_up/came_of_it": _l("What came of what people said"),
    "plans/status": _l("Plan actions whose status is asked for"),
    "follow_up/put_before_group": _l("A finding is put before a group"),
    "newsletter/confirm": _l("Confirm the newsletter"),
    "newsletter/known": _l("Gets the newsletter already"),
    "newsletter/issue": _l("Newsletter"),
    "newsletter/test": _l("Newsletter, a copy to who writes it"),
    "council/agenda": _l("Agenda of the council"),
    "council/left": _l("Left the council"),
    "council/offer": _l("Offer of a seat in the council"),
    "council/seated": _l("Seat in the council"),
    "council/statement": _l("Statement from the council"),
    "coding/urgent": _l("A text where somebody may be in danger"),
    "questionnaires/link": _l("Link to a questionnaire"),
    "questionnaires/reminder": _l("Reminder of a questionnaire"),
    "interest_bank/confirm": _l("Confirm the sign-up"),
    "interest_bank/already_member": _l("Already in the interest bank"),
    "interest_bank/welcome": _l("Welcome to the interest bank"),
    "interest_bank/left": _l("Left the interest bank"),
    "interest_bank/changed_for": _l("Changed with a coordinator"),
    "interest_bank/signed_up_for": _l("Signed up with a coordinator"),
    "interest_bank/taken_over": _l("Taken over from an earlier list"),
    "interest_bank/confirm_taken_over": _l("Say yes after an earlier list"),
    "interest_bank/guardian_asked": _l("A guardian is asked"),
    "interest_bank/guardian_thanks": _l("Receipt to a guardian"),
    "interest_bank/guardian_said_yes": _l("A guardian said yes"),
    "interest_bank/guardian_said_no": _l("A guardian said no"),
    "interest_bank/guardian_took_back": _l("A guardian took their yes back"),
    "interest_bank/guardian_silent": _l("A guardian did not answer"),
    "assignments/agreement_accepted": _l("Somebody agreed to an assignment"),
    "assignments/agreement_answered": _l("A question before agreeing was answered"),
    "assignments/reminder": _l("Reminder to agree or declare ties"),
    "assignments/ties_decided": _l("Declared ties were decided on"),
    "assignments/claim_offered": _l("Compensation is offered"),
    "assignments/claim_submitted": _l("A claim has come"),
    "assignments/claim_approved": _l("A claim is approved"),
    "assignments/claim_returned": _l("A claim is sent back"),
    "assignments/claim_exported": _l("A claim went to payroll"),
    "assignments/claim_paid": _l("A claim is paid"),
    "assignments/claim_declined": _l("Somebody wants no compensation"),
    "assignments/claim_withdrawn": _l("A claim is taken back"),
    "assignments/claim_closing": _l("Soon the last day to claim"),
    "assignments/claim_closed": _l("The time to claim has passed"),
}
JOB_STATES = {
    JobState.QUEUED: ("new", _l("Waiting")),
    JobState.RUNNING: ("going", _l("Running")),
    JobState.DONE: ("done", _l("Done")),
    JobState.FAILED: ("late", _l("Failed")),
}


@operations.get("/operations")
@requires(Permission.READ_OPERATIONS)
def overview() -> str:
    return render(
        "operations/overview.html",
        checks=readiness(db()),
        counts=mail_counts(db()),
        states=MAIL_STATES,
        to_decide=mails_to_decide(db()),
    )


@operations.get("/operations/mails")
@requires(Permission.READ_OPERATIONS)
def mail_list() -> str:
    shown = request.args.get("show", "")
    number = page_number(request.args.get("page"))
    return render(
        "operations/mails.html",
        page=mails(db(), states=MAIL_FILTERS.get(shown, ()), number=number),
        may_manage=actor().can(Permission.MANAGE_OPERATIONS),
        states=MAIL_STATES,
        names=MAIL_NAMES,
        reasons=REASONS,
        shown=shown if shown in MAIL_FILTERS else "",
    )


@operations.get("/operations/mails/<public_id>")
@requires(Permission.MANAGE_OPERATIONS)
def mail(public_id: str) -> str:
    found = mail_to_decide(db(), public_id)
    log_access("mail_read", "mail", public_id)
    return render("operations/mail.html", mail=found, states=MAIL_STATES, reasons=REASONS)


@operations.post("/operations/mails/<public_id>/retry")
@requires(Permission.MANAGE_OPERATIONS)
@commits
def retry(public_id: str) -> Response:
    retry_mail(db(), actor(), public_id)
    flash(_("The mail is sent again."))
    return see_other("operations.mail_list")


@operations.post("/operations/mails/<public_id>/mark-sent")
@requires(Permission.MANAGE_OPERATIONS)
@commits
def mark_sent(public_id: str) -> Response:
    mark_mail_sent(db(), actor(), public_id)
    flash(_("The mail is marked as sent."))
    return see_other("operations.mail_list")


@operations.post("/operations/mails/<public_id>/give-up")
@requires(Permission.MANAGE_OPERATIONS)
@commits
def give_up(public_id: str) -> Response:
    give_up_mail(db(), actor(), public_id)
    flash(_("The mail is not sent."))
    return see_other("operations.mail_list")


@operations.get("/operations/jobs")
@requires(Permission.READ_OPERATIONS)
def job_list() -> str:
    state = _one_of(JobState, request.args.get("state"))
    number = page_number(request.args.get("page"))
    return render(
        "operations/jobs.html",
        page=all_jobs(db(), state, number),
        may_manage=actor().can(Permission.MANAGE_OPERATIONS),
        states=JOB_STATES,
        state=state,
    )


@operations.post("/operations/jobs/<public_id>/retry")
@requires(Permission.MANAGE_OPERATIONS)
@commits
def retry_failed_job(public_id: str) -> Response:
    retry_job(db(), public_id)
    flash(_("The job runs again."))
    return see_other("operations.job_list")


@jobs.get("/jobs/<public_id>")
@requires(Permission.OWN_PAGE)
def status(public_id: str) -> str:
    """How far a job has come, for whoever started it; the page refreshes the part by itself."""
    job = job_for(db(), actor(), public_id)
    result_url = (job.result or {}).get("url", "")
    return render(
        "operations/job.html",
        job=job,
        percent=percent_done(job),
        result_url=result_url if result_url.startswith("/") else "",
        page_url=url_for("jobs.status", public_id=public_id),
    )


def percent_done(job: Job) -> int:
    """0–99 while it runs, 100 when it is done."""
    if job.state == JobState.DONE:
        return 100
    if not job.progress_total:
        return 0
    return min(99, 100 * job.progress_done // job.progress_total)


def _one_of(states: type[JobState], text: str | None) -> str | None:
    return text if text in {state.value for state in states} else None


class MailsToDecide:
    """Start page: mails that a person has to decide about."""

    room = "operations"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_OPERATIONS):
            return
        count = mails_to_decide(session)
        if count:
            yield StartItem(
                title=ngettext("Decide about %(num)s mail", "Decide about %(num)s mails", count),
                detail=_("They were not delivered, or it is not known whether they were."),
                address=Address(endpoint="operations.mail_list", values={"show": "undecided"}),
                action=_("See the mails"),
                count=count,
            )
