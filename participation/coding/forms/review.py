"""The shape of a review: what to hide in a text."""

from participation.foundation.forms import (
    Form,
    Hidden,
    ManyOf,
    TextBlock,
)
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_MEMO = 2_000


class ReviewForm(Form):
    """What to hide in a text: ticked finds, and words of one's own."""

    masks = ManyOf(_l("Hide"), [], optional=True)
    words = TextBlock(
        _l("Hide these words too"),
        hint=_l("One word or phrase on each line, as it stands in the text."),
        optional=True,
        rows=2,
        max_length=LONGEST_MEMO,
    )

    @property
    def own_words(self) -> list[str]:
        return [line for line in (self.words.data or "").splitlines() if line.strip()]


class CleanForm(Form):
    """Texts on one page that somebody has read and found nothing to hide in."""

    texts = Hidden(max_length=2_000)


def mask_value(start: int, end: int, kind: str) -> str:
    """How a find travels in the form: "12-17-name"."""
    return f"{start}-{end}-{kind}"


def mask_parts(value: str) -> tuple[int, int, str]:
    """The other way; the values were offered by this form, so they have this shape."""
    start, end, kind = value.split("-", 2)
    return int(start), int(end), kind
