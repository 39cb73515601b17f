"""The shape of double coding."""

from participation.foundation.forms import Form, OneOfList, WholeNumber
from participation.foundation.i18n import lazy_gettext as _l

FEWEST, MOST = 10, 200


class SampleForm(Form):
    """With whom, and how many texts."""

    second = OneOfList(_l("Who codes with you?"), [])
    size = WholeNumber(
        _l("How many texts?"),
        hint=_l("Drawn at random. Thirty is usual; below twenty the figure says too little."),
        minimum=FEWEST,
        maximum=MOST,
    )
