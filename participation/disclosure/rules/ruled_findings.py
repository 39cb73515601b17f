"""The gate's rulings on a finding: its number, its voices and its quotes."""

from collections.abc import Sequence
from typing import Any

from participation.disclosure.rules.drafts import (
    EarlierRelease,
    QuoteDraft,
    ReleaseDraft,
    ReleaseKind,
    ShownFigure,
    VoiceCount,
)
from participation.disclosure.rules.grounds import Lack, lacking
from participation.disclosure.rules.ledger import voices_clash
from participation.disclosure.rules.ruling import (
    Ruling,
)
from participation.disclosure.rules.tables import Thresholds
from participation.foundation.i18n import gettext as _


def ruled_grounds(draft: ReleaseDraft, ruling: Ruling) -> None:
    """A finding says what it rests on, in a number or in voices that are counted, or that it is
    the team's own observation and no more than that. Texts alone say nothing of how many.
    """
    if draft.kind is not ReleaseKind.FINDING:
        return
    lack = lacking(
        is_own=bool(draft.content.get("is_own_observation")),
        has_figure=draft.figure is not None,
        has_texts=draft.voices is not None,
        has_codes=draft.voices is not None,
    )
    if lack is Lack.OWN_AND_OTHERS:
        ruling.refusals.append(
            _("It rests on a number or on texts, so it is not only the team's own observation.")
        )
    elif lack is not None:
        ruling.refusals.append(
            _(
                "It does not say what it rests on. Choose a number, or texts and the codes that "
                "carry it, or say that it is the team's own observation."
            )
        )


def ruled_figure(
    draft: ReleaseDraft, figure: ShownFigure | None, ruling: Ruling
) -> dict[str, Any] | None:
    if draft.figure is None:
        return None
    if figure is None:
        ruling.refusals.append(
            _("The number is hidden in the publication it comes from. Choose another answer.")
        )
        return None
    return figure.as_json()


def ruled_voices(
    voices: VoiceCount | None,
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    ruling: Ruling,
) -> dict[str, Any] | None:
    if voices is None:
        return None
    if voices.count < thresholds.minimum:
        ruling.refusals.append(
            _(
                "Fewer than %(minimum)s people say this in the coded texts. Wait for more voices, "
                "or choose codes that more people share.",
                minimum=thresholds.minimum,
            )
        )
        return None
    if thresholds.is_small(voices.n - voices.count):
        ruling.adjustments.append(
            _("Almost everybody says this, so the number of texts is not shown: the few are few.")
        )
        return voices.as_json(with_count=False, with_n=False)
    told = [one for release in earlier for one in release.voices_told]
    if voices_clash(told, voices, thresholds):
        ruling.adjustments.append(
            _(
                "The number of texts is not shown: beside an earlier finding about the same texts "
                "it could show a group of fewer than %(minimum)s.",
                minimum=thresholds.minimum,
            )
        )
        return voices.as_json(with_count=False, with_n=False)
    return voices.as_json()


def ruled_quote(quote: QuoteDraft, thresholds: Thresholds, ruling: Ruling) -> dict[str, Any]:
    """A quote labelled with a small group is a cell of one: the label goes."""
    if not quote.is_approved:
        ruling.refusals.append(
            _(
                "A quote has not been approved: “%(start)s”. Somebody must read it and see that "
                "it points to nobody.",
                start=quote.text[:60],
            )
        )
    if quote.voices < thresholds.minimum:
        ruling.refusals.append(
            _(
                "A quote comes from a material with fewer than %(minimum)s voices. "
                "It cannot be published.",
                minimum=thresholds.minimum,
            )
        )
    role = quote.role
    if role is not None and quote.voices_in_role < thresholds.minimum:
        role = None
        ruling.adjustments.append(
            _(
                "A quote is shown without its role: fewer than %(minimum)s people in the material "
                "have that role.",
                minimum=thresholds.minimum,
            )
        )
    return {"text": quote.text, "language": quote.language, "role": role}
