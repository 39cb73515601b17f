"""The question beside a change that a coordinator writes down for somebody."""

from participation.foundation.forms import Form, OneOf
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import Source

HOW_TOLD = [(Source.PHONE, _l("In a call or a meeting")), (Source.PAPER, _l("In writing"))]


class ToldForm(Form):
    told_how = OneOf(_l("How did the person tell?"), HOW_TOLD, default=Source.PHONE)
