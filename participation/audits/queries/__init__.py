"""Reads of audits. Each person sees an audit through their own part in it, and no further.

Those who lead see everything but interviews, of which they see how many there are. The team sees
its own audit only. The unit's contact persons see the order, the way, and the report once it is
out. Whoever has no part in an audit gets NotFound, as for one that does not exist.
"""

from participation.audits.queries.field import answers_of, waiting_deposit, waiting_deposits
from participation.audits.queries.lenses import (
    ROUND_SUBJECT,
    Lens,
    audit_conducted_by,
    audit_inside,
    audit_led_by,
    audit_seen_by,
    audits_visible_to,
    steps_of,
    units_to_order_for,
)
from participation.audits.queries.reports import (
    SEARCH_SOURCE,
    SUBJECT_KIND,
    ProposalLine,
    Report,
    audit_document,
    audit_documents,
    paper_of,
    points_of,
    proposals_of,
    public_summary,
    published_audits,
    report_of,
)
from participation.audits.queries.teams import (
    earlier_guides,
    interview,
    interview_count,
    interviews_of,
    own_place,
    places_of,
    questions_of,
    team_member,
    team_of,
    team_size,
)
from participation.audits.queries.ties import tied_members
from participation.audits.queries.waiting import (
    agreements_to_accept,
    completed_audits,
    own_audits_going,
    ties_to_decide,
    to_declare,
    waiting_for_lead,
)

__all__ = [
    "ROUND_SUBJECT",
    "SEARCH_SOURCE",
    "SUBJECT_KIND",
    "Lens",
    "ProposalLine",
    "Report",
    "agreements_to_accept",
    "answers_of",
    "audit_conducted_by",
    "audit_document",
    "audit_documents",
    "audit_inside",
    "audit_led_by",
    "audit_seen_by",
    "audits_visible_to",
    "completed_audits",
    "earlier_guides",
    "interview",
    "interview_count",
    "interviews_of",
    "own_audits_going",
    "own_place",
    "paper_of",
    "places_of",
    "points_of",
    "proposals_of",
    "public_summary",
    "published_audits",
    "questions_of",
    "report_of",
    "steps_of",
    "team_member",
    "team_of",
    "team_size",
    "tied_members",
    "ties_to_decide",
    "to_declare",
    "units_to_order_for",
    "waiting_deposit",
    "waiting_deposits",
    "waiting_for_lead",
]
