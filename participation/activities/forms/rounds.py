"""The form of what shall happen by itself when the last day to answer has passed."""

from participation.activities.models import AutomaticRounds
from participation.activities.rules.rounds import (
    MOST_PEOPLE_EACH,
    MOST_REPLY_DAYS,
    MOST_ROUNDS,
    RoundSettings,
)
from participation.activities.rules.states import CHOSEN_BY_LABELS, ChosenBy
from participation.foundation.forms import Form, OneOf, TextBlock, WholeNumber
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import choices

ORDERS: dict[str, object] = {
    kind: CHOSEN_BY_LABELS[kind] for kind in (ChosenBy.TURN, ChosenBy.SHUFFLE)
}


class RoundsForm(Form):
    people_each = WholeNumber(
        _l("How many people each time?"), minimum=1, maximum=MOST_PEOPLE_EACH, default=6
    )
    most_rounds = WholeNumber(
        _l("How many times, at most?"), minimum=1, maximum=MOST_ROUNDS, default=2
    )
    reply_days = WholeNumber(
        _l("How many days to answer?"), minimum=2, maximum=MOST_REPLY_DAYS, default=7
    )
    lead_days = WholeNumber(
        _l("Days between the last answer and the activity"),
        minimum=1,
        maximum=MOST_REPLY_DAYS,
        default=3,
    )
    chosen_by = OneOf(
        _l("Who is asked?"),
        choices(ORDERS),
        default=ChosenBy.TURN,
        hint=_l(
            "Random order keeps no spread and cannot be checked afterwards. For that, draw lots."
        ),
    )
    reason = TextBlock(
        _l("Why these people?"),
        rows=2,
        max_length=300,
        hint=_l("It is logged, and those you invite can read it."),
    )

    def settings(self) -> RoundSettings:
        """Raises AssertionError unless the form was validated."""
        assert self.people_each.data is not None
        return RoundSettings(
            people_each=self.people_each.data,
            most_rounds=self.most_rounds.data,
            reply_days=self.reply_days.data,
            lead_days=self.lead_days.data,
        )


def rounds_data(decided: AutomaticRounds | None) -> dict[str, object]:
    """What was decided as RoundsForm shows it."""
    if decided is None:
        return {}
    names = ("people_each", "most_rounds", "reply_days", "lead_days", "chosen_by", "reason")
    return {name: getattr(decided, name) for name in names}
