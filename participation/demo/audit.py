"""User-directed audits at invented units: one from order to follow-up, one being analysed, one
about to begin, one just agreed on, where somebody in the team has ties."""

from datetime import date, datetime, time, timedelta
from typing import Any

from participation.assignments.rules.states import TieKind
from participation.audits.models import Audit, AuditInterview
from participation.audits.queries import points_of, proposals_of
from participation.audits.queries.agreements import agreement_of
from participation.audits.queries.doubts import doubtful_words, doubts_in
from participation.audits.rules.agreement import proposed_plan
from participation.audits.rules.facts import FactAnswer
from participation.audits.rules.guides import chosen
from participation.audits.rules.information import consent_version
from participation.audits.rules.meeting import MeetingDraft, MeetingNotes
from participation.audits.rules.states import AuditState
from participation.audits.rules.weeks import week_of
from participation.audits.services import (
    GuideQuestion,
    NotRead,
    add_auditor,
    add_point,
    add_questions,
    advance_audit,
    answer_remark,
    declare_ties,
    note_answer,
    note_meeting,
    note_users_told,
    order_audit,
    plan_meeting,
    publish_summary,
    record_proposal,
    remark_on_fact,
    say_about_publishing,
    set_guide,
    write_follow_up,
    write_interview,
    write_report,
)
from participation.audits.services.agreements import (
    AgreementDraft,
    accept_agreement,
    write_agreement,
)
from participation.demo.asking import contact_person
from participation.demo.audit_draw import draw_rest_of_team
from participation.demo.coding import code_interviews
from participation.demo.feedback import follow
from participation.demo.year import Year
from participation.foundation.clock import from_local
from participation.foundation.permissions import Actor

AGREED_AFTER = timedelta(days=12)
TEAM_AFTER = timedelta(days=21)
PREPARED_BEFORE = timedelta(days=10)
PLANNED_BEFORE = timedelta(days=7)
COMES_IN = timedelta(days=24)
PUBLISHED_AFTER = timedelta(days=19)  # after the feedback meeting
WEEKS_OF_INTERVIEWS = 4


def hold_audits(year: Year) -> None:
    """The finished one first."""
    written = year.texts.audit
    audit = _order(year, written, written["dates"]["ordered_on"])
    _prepare(year, audit, written)
    interviews = _interview(year, audit, written)
    _report(year, audit, written, interviews)
    _answer(year, audit, written)
    _follow_up(year, audit, written)
    _begin_next(year, written["next_audit"])
    _agree_on_a_third(year, written["agreed_audit"])
    _analyse_a_fourth(year, written["analysed_audit"])


def _order(year: Year, written: dict[str, Any], ordered_on: date) -> Audit:
    unit = year.units[written["unit"]]
    dates = written.get("dates", written)
    with year.calendar.stand_at(ordered_on, 9):
        audit = order_audit(
            year.session,
            contact_person(year, unit),
            unit=unit,
            title=written["title"],
            question=written["question"],
            target_group=written["target_group"],
            period_from=dates.get("interviews_from") or dates["period_from"],
            period_to=dates.get("interviews_to") or dates["period_to"],
            request=year.requests.get(written.get("request", "")),
        )
        draft = AgreementDraft(
            plan=proposed_plan(audit.period_from, audit.period_to),
            **year.texts.audit["agreement"],
        )
        write_agreement(year.session, year.coordinator, audit, draft, is_told=False)
        agreement = agreement_of(year.session, audit)
        assert agreement is not None
        accept_agreement(
            year.session,
            contact_person(year, unit),
            audit,
            agreement.written_at.isoformat(),
            is_told=False,
        )
    return audit


def _step(year: Year, actor: Actor, audit: Audit, to: AuditState, on: date) -> None:
    with year.calendar.stand_at(on, 15):
        advance_audit(year.session, actor, audit, to, is_told=False)


def _prepare(year: Year, audit: Audit, written: dict[str, Any]) -> None:
    dates = written["dates"]
    ordered_on = dates["ordered_on"]
    _step(year, year.coordinator, audit, AuditState.AGREED, ordered_on + AGREED_AFTER)
    with year.calendar.stand_at(ordered_on + TEAM_AFTER, 13):
        _gather_team(year, audit, written)
    _step(year, year.coordinator, audit, AuditState.TEAM_READY, ordered_on + TEAM_AFTER)
    auditor = year.actor(written["team"][0]["name"])
    with year.calendar.stand_at(dates["information_on"], 11):
        unit = year.units[written["unit"]]
        note_users_told(year.session, contact_person(year, unit), audit)
    _step(year, auditor, audit, AuditState.PREPARING, dates["information_on"])
    _step(year, auditor, audit, AuditState.INTERVIEWING, dates["interviews_from"])


def _gather_team(year: Year, audit: Audit, written: dict[str, Any]) -> None:
    for auditor in written["team"]:
        place = add_auditor(
            year.session,
            year.coordinator,
            audit,
            year.members[auditor["name"]],
            own_experience=auditor["own_experience"],
            is_told=False,
        )
        declare_ties(year.session, year.actor(auditor["name"]), audit, place)
    set_guide(
        year.session,
        year.actor(written["team"][0]["name"]),
        audit,
        [GuideQuestion(text=q["text"], follow_up=q["follow_up"]) for q in written["guide"]],
    )


def _interview(year: Year, audit: Audit, written: dict[str, Any]) -> dict[str, AuditInterview]:
    """Spread over the weeks, each written by one of the team."""
    found = {}
    first = written["dates"]["interviews_from"]
    for number, interview in enumerate(written["interviews"]):
        on = first + timedelta(weeks=number % WEEKS_OF_INTERVIEWS, days=number % 3)
        author = written["team"][number % len(written["team"])]["name"]
        with year.calendar.stand_at(on, 16):
            found[interview["key"]] = write_interview(
                year.session,
                year.actor(author),
                audit,
                respondent_role=interview["role"],
                held_week=week_of(on),
                notes=interview.get("text", ""),
                answers=interview.get("answers"),
                consent_version=consent_version(),
            )
    return found


def _analyse(year: Year, audit: Audit, written: dict[str, Any]) -> None:
    auditor, analysed_on = year.actor(written["team"][0]["name"]), written["dates"]["analysis_on"]
    _step(year, auditor, audit, AuditState.ANALYSING, analysed_on)
    with year.calendar.stand_at(analysed_on, 17):
        code_interviews(year, audit.public_id, written["interviews"])


def _report(
    year: Year, audit: Audit, written: dict[str, Any], interviews: dict[str, AuditInterview]
) -> None:
    auditor, dates = year.actor(written["team"][0]["name"]), written["dates"]
    _analyse(year, audit, written)
    with year.calendar.stand_at(dates["report_on"], 10):
        write_report(
            year.session,
            auditor,
            audit,
            summary=written["summary"].strip(),
            method=written["method"].strip(),
            independence=written["independence"],
            team_note=written["team_note"],
            easy_summary=written["easy_summary"].strip(),
        )
        for kind in ("strength", "shortcoming"):
            _add_points(year, audit, written, kind, interviews)
        for proposal in written["proposals"]:
            record_proposal(
                year.session, auditor, audit, title=proposal["title"], text=proposal["text"]
            )
    _hand_over(year, auditor, audit, dates["report_on"])
    _check_facts(year, audit, written)
    _meet(year, audit, written["meeting"], dates["feedback_on"])
    _step(year, year.coordinator, audit, AuditState.FED_BACK, dates["feedback_on"])


def _hand_over(year: Year, actor: Actor, audit: Audit, on: date) -> None:
    with year.calendar.stand_at(on, 15):
        read = doubtful_words(year.session, audit).mark
        advance_audit(year.session, actor, audit, AuditState.REPORTED, read=read, is_told=False)


def _check_facts(year: Year, audit: Audit, written: dict[str, Any]) -> None:
    """The unit says which facts are wrong; the auditors correct one, and another stays."""
    told, unit = written["facts"], year.units[written["unit"]]
    points = {point.title: point for point in points_of(year.session, audit.id)}
    texts = {one["title"]: one["text"] for one in written["shortcomings"]}
    for line in told["remarks"]:
        point = points[line["point"]]
        with year.calendar.stand_at(told["said_on"], 10):
            remark = remark_on_fact(
                year.session,
                contact_person(year, unit),
                audit,
                point=point,
                text=line["text"],
                is_told=False,
            )
        words = {"title": point.title, "text": texts[point.title], "easy_text": point.easy_text}
        with year.calendar.stand_at(told["answered_on"], 14):
            answer_remark(
                year.session,
                year.actor(written["team"][0]["name"]),
                audit,
                remark,
                answer=FactAnswer(line["answer"]),
                reason=line["reason"],
                words=words,
                read=doubts_in(year.session, audit, words.values()).mark,
                is_told=False,
            )


def _meet(year: Year, audit: Audit, told: dict[str, Any], on: date) -> None:
    """Planned when the report was handed over, and noted the same afternoon."""
    with year.calendar.stand_at(on - PLANNED_BEFORE, 10):
        _plan_meeting(year, audit, told, on)
    notes = MeetingNotes(came=told["came"], said=told["said"], changes=told["changes"])
    with year.calendar.stand_at(on, 14):
        note_meeting(year.session, year.coordinator, audit, notes)


def _plan_meeting(year: Year, audit: Audit, told: dict[str, Any], on: date) -> None:
    draft = MeetingDraft(
        starts_at=from_local(datetime.combine(on, time(12))),
        ends_at=from_local(datetime.combine(on, time(13, 30))),
        place=told["place"],
        how=told["how"],
    )
    plan_meeting(year.session, year.coordinator, audit, draft, is_told=False)


def _add_points(
    year: Year,
    audit: Audit,
    written: dict[str, Any],
    kind: str,
    interviews: dict[str, AuditInterview],
) -> None:
    for point in written[f"{kind}s"]:
        add_point(
            year.session,
            year.actor(written["team"][0]["name"]),
            audit,
            kind=kind,
            title=point["title"],
            text=point.get("handed_over_as", point["text"]),
            easy_text=point.get("easy", ""),
            interviews=[interviews[key] for key in point["interviews"]],
            is_own_observation=not point["interviews"],
        )


def _answer(year: Year, audit: Audit, written: dict[str, Any]) -> None:
    """The unit answers every proposal; with the last answer the audit is answered."""
    lines = proposals_of(year.session, audit.id)
    commitments = {line.proposal.title: line.commitment for line in lines}
    for proposal in written["proposals"]:
        commitment = commitments[proposal["title"]]
        assert commitment is not None
        follow(year, commitment, proposal)
        with year.calendar.stand_at(proposal["answered_on"], 15):
            note_answer(year.session, year.coordinator, commitment, is_told=False)
    with year.calendar.stand_at(written["dates"]["feedback_on"] + PUBLISHED_AFTER, 10):
        unit = year.units[written["unit"]]
        who = [(contact_person(year, unit), True)]
        who += [(year.actor(auditor["name"]), False) for auditor in written["team"]]
        for actor, as_unit in who:
            say_about_publishing(
                year.session, actor, audit, as_unit=as_unit, says_yes=True, is_told=False
            )
        read = doubtful_words(year.session, audit).mark
        publish_summary(year.session, year.coordinator, audit, read=read)


def _follow_up(year: Year, audit: Audit, written: dict[str, Any]) -> None:
    told = written["follow_up"]
    why = told["why_early"]
    words = {name: told[name].strip() for name in ("who", "text", "remaining")}
    with year.calendar.stand_at(told["held_on"], 14):
        try:
            write_follow_up(year.session, year.coordinator, audit, **words, why_early=why)
        except NotRead as found:
            read = found.doubts.mark
            write_follow_up(
                year.session, year.coordinator, audit, **words, why_early=why, read=read
            )
    with year.calendar.stand_at(told["held_on"], 15):
        to = AuditState.FOLLOWED_UP
        advance_audit(year.session, year.coordinator, audit, to, note=why, is_told=False)


def _begin_next(year: Year, written: dict[str, Any]) -> None:
    audit = _order(year, written, written["ordered_on"])
    _step(year, year.coordinator, audit, AuditState.AGREED, written["agreed_on"])
    with year.calendar.stand_at(written["team_ready_on"], 13):
        _gather_team(year, audit, written)
    _step(year, year.coordinator, audit, AuditState.TEAM_READY, written["team_ready_on"])


def _agree_on_a_third(year: Year, written: dict[str, Any]) -> None:
    """The team is being gathered, half of it by lot; one has ties that somebody must decide on."""
    audit = _order(year, written, written["ordered_on"])
    _step(year, year.coordinator, audit, AuditState.AGREED, written["agreed_on"])
    with year.calendar.stand_at(written["agreed_on"], 16):
        for auditor in written["team"]:
            place = add_auditor(
                year.session,
                year.coordinator,
                audit,
                year.members[auditor["name"]],
                is_told=False,
            )
            declare_ties(
                year.session,
                year.actor(auditor["name"]),
                audit,
                place,
                kinds=[TieKind(kind) for kind in auditor["ties"]],
                words=auditor["words"],
            )
        add_questions(
            year.session, year.coordinator, audit, chosen(written["guide"], is_easy=False)
        )
    draw_rest_of_team(year, audit)


def _analyse_a_fourth(year: Year, written: dict[str, Any]) -> None:
    """All interviews are coded and the report is begun; the rest is for the visitor to write."""
    dates = written["dates"]
    audit = _order(year, written, dates["ordered_on"])
    _prepare(year, audit, written)
    interviews = _interview(year, audit, written)
    _analyse(year, audit, written)
    with year.calendar.stand_at(dates["analysis_on"] + timedelta(days=1), 10):
        _add_points(year, audit, written, "strength", interviews)
        _plan_meeting(year, audit, written["meeting"], year.calendar.today + COMES_IN)
