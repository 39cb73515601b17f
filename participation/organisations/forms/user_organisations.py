"""Forms of user organisations: asking for a place, who speaks, what it tells about itself."""

from participation.foundation.forms import EmailLine, Form, PhoneLine, TextBlock, TextLine
from participation.foundation.i18n import lazy_gettext as _l


class ApplicationForm(Form):
    """A user organisation asks to be registered."""

    name = TextLine(_l("Name of the organisation"), max_length=200)
    about = TextBlock(
        _l("What does it do, and for whom?"),
        rows=4,
        max_length=2_000,
        hint=_l("It stands on your public page here. You can change it later."),
    )
    contact_name = TextLine(_l("Your name"))
    contact_email = EmailLine(
        _l("Your e-mail"), hint=_l("We send a link there when the organisation is registered.")
    )
    contact_phone = PhoneLine(_l("Your phone number"), optional=True)


class DeclineApplicationForm(Form):
    reason = TextBlock(_l("Why not?"), rows=3, max_length=1_000, hint=_l("They get it by mail."))


class SpeakerForm(Form):
    """Somebody more who speaks for the organisation."""

    name = TextLine(_l("Name"))
    email = EmailLine(_l("E-mail"), missing=_l("Write the e-mail address."))


class AboutForm(Form):
    about = TextBlock(_l("What does it do, and for whom?"), rows=6, max_length=2_000)
