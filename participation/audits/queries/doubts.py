"""Words of a report that may point to somebody: looked at before others read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.audits.models import Audit
from participation.audits.queries.reports import public_words
from participation.audits.rules.few import few_people
from participation.audits.rules.guides import mark_of
from participation.county.models import Unit
from participation.county.queries import units
from participation.disclosure.services import thresholds_in_force
from participation.foundation.deidentification import find_spans


@dataclass(frozen=True)
class Doubts:
    """`suspected`: names, numbers and places a machine found; `few`: what counts few people.

    `mark`: of the text they stand in; whoever has read them says so with it, and other words
    need a new reading.
    """

    suspected: list[str]
    few: list[str]
    mark: str

    def __bool__(self) -> bool:
        return bool(self.suspected or self.few)


NO_DOUBTS = Doubts(suspected=[], few=[], mark="")


def doubtful_words(session: Session, audit: Audit) -> Doubts:
    """In all that a public summary would show."""
    return doubts_in(session, audit, public_words(session, audit))


def doubts_in(session: Session, audit: Audit, words: Iterable[str]) -> Doubts:
    """In words that are to stand in the report."""
    text = "\n".join(words)
    found = find_spans(text, [unit.name for unit in units(session)])
    suspected = dict.fromkeys(text[span.start : span.end] for span in found)
    own_name = session.get_one(Unit, audit.unit_id).name
    return Doubts(
        suspected=[one for one in suspected if one not in own_name],
        few=few_people(text, thresholds_in_force().minimum),
        mark=mark_of(text),
    )
