"""Forms of requests: what an organisation wishes, and the talk about it."""

from typing import Any

from wtforms.validators import ValidationError

from participation.activities.forms.offers import ALL, id_chosen, ids_shown
from participation.activities.models import ParticipationRequest
from participation.activities.rules.details import RequestDetails
from participation.activities.rules.states import KIND_LABELS, REQUEST_KINDS, REQUEST_STATE_LABELS
from participation.foundation.clock import today
from participation.foundation.forms import Day, Form, OneOfList, TextBlock, TextLine, WholeNumber
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

MOST_ASKED_FOR = 100


class RequestForm(Form):
    """What an organisation wishes."""

    organisation_id = OneOfList(_l("Organisation"), [])
    unit_id = OneOfList(_l("Unit of the organisation"), [], optional=True)
    title = TextLine(
        _l("What is it about?"), hint=_l("A short name, for example: Better letters of invitation.")
    )
    kind = OneOfList(
        _l("What kind of participation?"), [(str(k), KIND_LABELS[k]) for k in REQUEST_KINDS]
    )
    task = TextBlock(
        _l("What will the participants do?"),
        hint=_l(
            "Tell what you want to know, how much time it takes, and what you will do with it."
        ),
    )
    people_count = WholeNumber(_l("How many people?"), minimum=1, maximum=MOST_ASKED_FOR)
    wanted_from = Day(_l("When, at the earliest?"), hint=_l("We need about four weeks to invite."))
    area_id = OneOfList(_l("Area"), [], optional=True)

    def validate_wanted_from(self, field: Any) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))

    def details(self) -> RequestDetails:
        return RequestDetails(
            organisation_id=int(self.organisation_id.data or 0),
            unit_id=id_chosen(self.unit_id.data),
            title=self.title.data or "",
            task=self.task.data or "",
            kind=self.kind.data or "",
            people_count=self.people_count.data or 1,
            wanted_from=self.wanted_from.data or today(),
            area_id=id_chosen(self.area_id.data),
        )


class DeclineForm(Form):
    reason = TextBlock(
        _l("Why not?"), rows=3, hint=_l("The organisation reads this."), max_length=1_000
    )


class MessageForm(Form):
    text = TextBlock(_l("Write to each other"), rows=3, max_length=2_000)


class RequestFilter(Form):
    class Meta(Form.Meta):
        csrf = False

    state = OneOfList(
        _l("State"),
        [
            *ALL,
            *((str(s), label) for s, label in REQUEST_STATE_LABELS.items()),
        ],
        optional=True,
    )


def request_data(request: ParticipationRequest) -> dict[str, Any]:
    """A request as RequestForm shows it."""
    return {
        **ids_shown(request, "organisation_id", "unit_id", "area_id"),
        **{
            name: getattr(request, name)
            for name in ("title", "task", "kind", "people_count", "wanted_from")
        },
    }
