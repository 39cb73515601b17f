"""The shape of what is written on a device without a connection. Nothing of it is ever posted:
field.js reads the fields, and the interview leaves the device sealed."""

from participation.coding.rules.drafts import ROLE_LABELS
from participation.foundation.forms import Form, OneOf, OneOfList, PasswordLine, TextBlock, Tick
from participation.foundation.i18n import lazy_gettext as _l

CONSENT_LABEL = _l("The person has heard this and wants to take part")
CONSENT_HINT = _l("They say it in their own words. No name is written down.")
NOTES_HINT = _l("In the person's own words where you can. No names, nothing that points to them.")


class _OnDevice(Form):
    class Meta(Form.Meta):
        csrf = False


class ChoosePinForm(_OnDevice):
    """A PIN for a device that has none yet."""

    pin = PasswordLine(
        _l("Choose a PIN for this device"),
        hint=_l("At least six signs. Digits are enough; a short sentence is safer."),
        autocomplete="off",
    )
    again = PasswordLine(_l("The same PIN again"), autocomplete="off")


class KnownPinForm(_OnDevice):
    """The PIN a device has already."""

    known = PasswordLine(
        _l("Your PIN on this device"),
        hint=_l("The one you chose when you first took an audit along."),
        autocomplete="off",
    )


class FieldInterviewForm(_OnDevice):
    """One interview. Weeks, the team and the guide are filled in by the device."""

    role = OneOf(
        _l("Who did you talk with?"),
        [(role, label) for role, label in ROLE_LABELS.items() if role != "professional"],
    )
    week = OneOfList(_l("Which week?"), [])
    second = OneOfList(_l("Who was with you?"), [("", _l("Nobody else"))])
    consent = Tick(
        CONSENT_LABEL,
        hint=CONSENT_HINT,
    )
    answer = TextBlock(_l("Notes"), rows=4)
    notes = TextBlock(
        _l("Anything else that was said"),
        hint=NOTES_HINT,
        rows=6,
    )
