"""Forms of requests: what an organisation wishes, and the talk about it."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from participation.activities.forms.offers import ALL, id_chosen, ids_shown
from participation.activities.models import ParticipationRequest
from participation.activities.queries import RequestChoice, RequestSort
from participation.activities.rules.details import RequestDetails
from participation.activities.rules.states import KIND_LABELS, REQUEST_KINDS, REQUEST_STATE_LABELS
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    Form,
    ManyOf,
    OneOfList,
    TextBlock,
    TextLine,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import SHORT_ROLE_LABELS, WAY_LABELS, choices

MOST_ASKED_FOR = 100
# What even a draft must say, so that it can be found again.
NEEDED_IN_A_DRAFT = ("organisation_id", "title")


class RequestForm(Form):
    """What an organisation wishes. As a draft it may lack almost everything."""

    organisation_id = OneOfList(_l("Organisation"), [])
    unit_id = OneOfList(_l("Unit of the organisation"), [], optional=True)
    title = TextLine(
        _l("What is it about?"), hint=_l("A short name, for example: Better letters of invitation.")
    )
    purpose = TextBlock(
        _l("Why do you want residents to take part?"),
        rows=3,
        hint=_l("What you want to get better at, and what you do not know yourselves."),
    )
    kind = OneOfList(
        _l("What kind of participation?"),
        [("", _l("Choose")), *((str(k), KIND_LABELS[k]) for k in REQUEST_KINDS)],
    )
    task = TextBlock(
        _l("What will the participants do?"), hint=_l("Write it to the person who is asked.")
    )
    people_count = WholeNumber(_l("How many people?"), minimum=1, maximum=MOST_ASKED_FOR)
    area_id = OneOfList(_l("Area they know something about"), [], optional=True)
    wanted_roles = ManyOf(_l("Experience as"), choices(SHORT_ROLE_LABELS), optional=True)
    experience_text = TextBlock(
        _l("Which experience, more exactly?"),
        rows=2,
        optional=True,
        max_length=1_000,
        hint=_l("For example: has been discharged from hospital during the last two years."),
    )
    wanted_from = Day(_l("When, at the earliest?"), hint=_l("We need about four weeks to invite."))
    wanted_ways = ManyOf(_l("How can one take part?"), choices(WAY_LABELS), optional=True)
    place = TextLine(
        _l("Where?"), max_length=300, optional=True, hint=_l("A town is enough for now.")
    )
    time_text = TextLine(
        _l("How much time does it take?"),
        max_length=300,
        hint=_l("For example: three meetings of two hours, and an hour of reading."),
    )
    compensation_text = TextBlock(
        _l("What do they get?"),
        rows=2,
        max_length=1_000,
        default=lambda: _("Fee and travel are paid."),
        hint=_l("Fee, travel, lost income, food."),
    )
    paid_by = TextLine(
        _l("Who pays?"), max_length=200, hint=_l("The unit or the account that is charged.")
    )
    use_text = TextBlock(
        _l("What will you do with what they say?"),
        rows=3,
        hint=_l("Who reads it, and what can be changed because of it."),
    )
    answer_by = Day(
        _l("By when do you tell them what it led to?"),
        hint=_l("Those who took part are promised an answer by this day."),
    )
    contact_text = TextBlock(
        _l("Whom can we ask?"), rows=2, max_length=500, hint=_l("Name, e-mail and phone number.")
    )

    def __init__(self, *more: Any, is_draft: bool = False, **data: Any) -> None:
        super().__init__(*more, **data)
        self.is_draft = is_draft
        if is_draft:
            for field in self:
                if field.name not in NEEDED_IN_A_DRAFT:
                    field.validators = _optional(field.validators)

    def validate_wanted_from(self, field: Any) -> None:
        if field.data and field.data < today() and not self.is_draft:
            raise ValidationError(_("Choose a day that has not passed."))

    def validate_answer_by(self, field: Any) -> None:
        if field.data and self.wanted_from.data and field.data <= self.wanted_from.data:
            raise ValidationError(_("Choose a day after the one when they take part."))

    def details(self) -> RequestDetails:
        return RequestDetails(
            organisation_id=int(self.organisation_id.data or 0),
            unit_id=id_chosen(self.unit_id.data),
            area_id=id_chosen(self.area_id.data),
            people_count=self.people_count.data,
            wanted_from=self.wanted_from.data,
            answer_by=self.answer_by.data,
            wanted_roles=tuple(self.wanted_roles.data or ()),
            wanted_ways=tuple(self.wanted_ways.data or ()),
            **{name: self[name].data or "" for name in TEXTS},
        )


TEXTS = (
    "title",
    "purpose",
    "kind",
    "task",
    "experience_text",
    "place",
    "time_text",
    "compensation_text",
    "paid_by",
    "use_text",
    "contact_text",
)


def _optional(validators: Sequence[Any]) -> list[Any]:
    """The same checks, but an empty field is fine."""
    kept = [check for check in validators if not isinstance(check, DataRequired | InputRequired)]
    return [Optional(strip_whitespace=True), *kept]


class DeclineForm(Form):
    reason = TextBlock(
        _l("Why not?"), rows=3, hint=_l("The organisation reads this."), max_length=1_000
    )


class ReturnForm(Form):
    missing = TextBlock(
        _l("What is missing?"), rows=3, hint=_l("The organisation reads this."), max_length=1_000
    )


class WithdrawForm(Form):
    reason = TextBlock(_l("Why?"), rows=3, optional=True, max_length=1_000)


class MessageForm(Form):
    text = TextBlock(_l("Write to each other"), rows=3, max_length=2_000)


class RequestFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Search"), optional=True)
    state = OneOfList(
        _l("State"),
        [
            *ALL,
            (str(RequestChoice.GOING), _l("Going on")),
            (str(RequestChoice.LATE), _l("Late")),
            *((str(s), label) for s, label in REQUEST_STATE_LABELS.items()),
        ],
        optional=True,
    )
    organisation_id = OneOfList(_l("Organisation"), [], optional=True)
    area_id = OneOfList(_l("Area"), [], optional=True)
    sort = OneOfList(
        _l("Order"),
        [
            (str(RequestSort.NEWEST), _l("Newest first")),
            (str(RequestSort.DUE), _l("Most urgent first")),
            (str(RequestSort.WANTED), _l("Soonest wanted first")),
        ],
        optional=True,
    )


def request_data(request: ParticipationRequest) -> dict[str, Any]:
    """A request as RequestForm shows it."""
    names = (*TEXTS, "people_count", "wanted_from", "answer_by", "wanted_roles", "wanted_ways")
    return {
        **ids_shown(request, "organisation_id", "unit_id", "area_id"),
        **{name: getattr(request, name) for name in names},
    }


def copied_data(request: ParticipationRequest) -> dict[str, Any]:
    """An earlier request as the start of a new one: everything but its days."""
    return {**request_data(request), "wanted_from": None, "answer_by": None}
