"""Forms of the coordinator: the list of members, opening and protecting one."""

from typing import Any

from participation.foundation.forms import Form, OneOf, OneOfList, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import (
    AGE_BANDS,
    ASKED_LABELS,
    CONSENT_LABELS,
    GENDER_LABELS,
    LANGUAGE_LABELS,
    NEED_LABELS,
    REASON_LABELS,
    SHORT_ROLE_LABELS,
    SORT_LABELS,
    STATE_LABELS,
    WAY_LABELS,
    MemberState,
    OpeningReason,
    choices,
)

ANY = [("", _l("All"))]


class OpenMemberForm(Form):
    """Why a coordinator opens somebody's page."""

    reason = OneOf(_l("Why do you open the page?"), choices(REASON_LABELS))
    words = TextLine(_l("In your own words"), optional=True, max_length=200)

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if self.reason.data == OpeningReason.OTHER and not self.words.data:
            self.add_error("words", _("Write why, in a few words."))
            return False
        return holds


class ProtectionForm(Form):
    words = TextLine(
        _l("Why?"), hint=_l("It stands in the event log."), missing=_l("Write why, in a few words.")
    )


class MemberFilter(Form):
    """The list of members; everything may be empty."""

    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Name, e-mail, phone or code"), optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    role = OneOfList(_l("Experience as"), [*ANY, *choices(SHORT_ROLE_LABELS)], optional=True)
    way = OneOfList(_l("Takes part"), [*ANY, *choices(WAY_LABELS)], optional=True)
    ages = OneOfList(
        _l("Age"), lambda: [*ANY, *((band, age_words(band)) for band in AGE_BANDS)], optional=True
    )
    gender = OneOfList(_l("Gender"), [*ANY, *choices(GENDER_LABELS)], optional=True)
    need = OneOfList(_l("Needs"), [*ANY, *choices(NEED_LABELS)], optional=True)
    language = OneOfList(_l("Language"), [*ANY, *choices(LANGUAGE_LABELS)], optional=True)
    consent = OneOfList(
        _l("May we keep experiences?"), [*ANY, *choices(CONSENT_LABELS)], optional=True
    )
    asked = OneOfList(_l("Was asked"), [*ANY, *choices(ASKED_LABELS)], optional=True)
    state = OneOfList(
        _l("State"),
        [
            *ANY,
            *(
                (str(s), STATE_LABELS[s])
                for s in (MemberState.ACTIVE, MemberState.PAUSED, MemberState.UNCONFIRMED)
            ),
        ],
        optional=True,
    )
    sort = OneOfList(_l("Order"), choices(SORT_LABELS), optional=True)

    def right(self) -> dict[str, str]:
        """What was chosen, without what is no choice."""
        return {f.name: f.data for f in self if f.data and not f.errors and f.name != "submit"}


def age_words(band: str) -> str:
    """An age band as people say it: "18–29 years"."""
    youngest, oldest = AGE_BANDS[band]
    if oldest is None:
        return _("%(low)s and older", low=youngest)
    return _("%(low)s–%(high)s years", low=youngest, high=oldest)
