"""Reading a plan out of a document, and making a draft of what a person chose."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from participation.county.models import Group
from participation.foundation.documents import read_docx, read_text
from participation.foundation.errors import DomainError
from participation.foundation.permissions import Actor
from participation.plans.models import PlanDraft
from participation.plans.rules.plan_facts import Chosen, Head, Wrong, plan_facts
from participation.plans.rules.plan_lines import lines_of_document, lines_of_text
from participation.plans.rules.plan_reading import PlanReading
from participation.plans.rules.plan_text import read_plan
from participation.plans.services.drafts import create_draft

_PACKED_OR_OLD = (b"PK", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class AboutPlan:
    """What a person says of the plan that is read."""

    title: str
    period_from: int
    period_to: int


class LinesOutOfPlace(DomainError):
    """Some lines cannot stand where they stand; `data["wrong"]`: why, by their place."""

    code = "lines_out_of_place"


def read_words(text: str) -> PlanReading:
    """A plan that was pasted. Raises UnreadableDocument."""
    return read_plan(lines_of_text(text))


def read_file(content: bytes) -> PlanReading:
    """A plan in a .docx or a text file, told by its content. Raises UnreadableDocument."""
    if content.startswith(_PACKED_OR_OLD):
        return read_plan(lines_of_document(read_docx(content)))
    return read_words(read_text(content))


def draft_of_reading(
    session: Session, actor: Actor, group: Group, about: AboutPlan, reading: PlanReading
) -> PlanDraft:
    """A draft of a new plan with the lines a person has looked at.

    Raises LinesOutOfPlace, before anything is written.
    """
    head = Head(group.key, about.title, reading.form, about.period_from, about.period_to)
    facts, wrong = plan_facts(head, [Chosen(line.kind, line.text) for line in reading.lines])
    if wrong:
        raise LinesOutOfPlace(wrong=wrong)
    return create_draft(session, actor, group, replace(facts, is_fictional=group.is_fictional))


def wrong_lines(problem: LinesOutOfPlace) -> dict[int, Wrong]:
    """Why lines cannot stand where they stand, by their place."""
    found: dict[int, Wrong] = problem.data["wrong"]
    return found
