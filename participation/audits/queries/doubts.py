"""Words of a report that may point to somebody: looked at before others read them."""

from sqlalchemy.orm import Session

from participation.audits.models import Audit
from participation.audits.queries.reports import public_words
from participation.audits.rules.few import few_people
from participation.county.queries import units
from participation.disclosure.services import thresholds_in_force
from participation.foundation.deidentification import find_spans


def doubtful_words(session: Session, audit: Audit) -> dict[str, list[str]]:
    """`suspected`: names, numbers and places a machine found; `few`: what counts few people."""
    text = "\n".join(public_words(session, audit))
    found = find_spans(text, [unit.name for unit in units(session)])
    suspected = dict.fromkeys(text[span.start : span.end] for span in found)
    return {
        "suspected": [words for words in suspected if words not in audit.unit.name],
        "few": few_people(text, thresholds_in_force().minimum),
    }
