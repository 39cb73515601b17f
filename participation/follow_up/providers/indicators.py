"""The model's own indicators that follow-up counts: how long a voice waits for its answer."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from participation.follow_up.queries.owed import voices_and_answers
from participation.follow_up.rules.owed import days_by_year
from participation.foundation.i18n import to_translate


class DaysToAnswer:
    """Median days from voice to answer, by the year of the answer.

    The rule: every matter of "you said – we did" that everybody may read and that is answered
    counts once, in the year of its first answer that was not taken back. Days are counted from the
    day it was said (for a finding, the day it was published) to the day of that answer; a
    correction later on changes nothing. The middle one of the year is taken, halves upwards. A
    year with fewer than five answers is withheld: it would tell of single matters.
    """

    key = "days_to_answer"
    label = to_translate("Median days from voice to answer")
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return days_by_year(voices_and_answers(session), years)
