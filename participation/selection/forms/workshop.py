"""Forms of the quota workshop: which spread matters, and how many seats at least and at most."""

from collections.abc import Iterable, Mapping
from typing import Any

from participation.foundation.forms import Form, ManyOf, WholeNumber
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.selection.rules.features import FEATURE_LABELS, FeatureKind, Limits, QuotaKey


class FeaturesForm(Form):
    """`knows_practice`: whether the draw knows who has done this before."""

    features = ManyOf(
        _l("Spread over"), [(str(k), v) for k, v in FEATURE_LABELS.items()], optional=True
    )

    def __init__(self, *, knows_practice: bool, **values: Any) -> None:
        super().__init__(**values)
        if not knows_practice:
            self.features.choices = [
                (str(k), v) for k, v in FEATURE_LABELS.items() if k is not FeatureKind.PRACTICE
            ]


def quota_form(
    words: Mapping[QuotaKey, str], seats: int, quotas: Mapping[QuotaKey, Limits] | None = None
) -> Form:
    """A form with two number fields for each value; what is typed wins over `quotas`.

    An empty field means no limit: at least 0, at most all seats.
    """
    fields: dict[str, Any] = {}
    for key, label in words.items():
        limits = (quotas or {}).get(key)
        fields[f"min.{key}"] = _seats(
            _("%(what)s: at least", what=label), seats, limits.minimum if limits else None
        )
        fields[f"max.{key}"] = _seats(
            _("%(what)s: at most", what=label), seats, limits.maximum if limits else None
        )

    class QuotaForm(_QuotaForm):
        keys = tuple(words)
        most = seats

    for name, field in fields.items():
        setattr(QuotaForm, name, field)
    return QuotaForm()


def _seats(label: str, seats: int, default: int | None) -> WholeNumber:
    return WholeNumber(
        label,
        minimum=0,
        maximum=seats,
        optional=True,
        default=default,
        wrong=_("Write a whole number from 0 to %(seats)s.", seats=seats),
    )


class _QuotaForm(Form):
    keys: tuple[QuotaKey, ...] = ()
    most = 0

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = bool(super().validate(extra_validators))
        for key in self.keys:
            low, high = self[f"min.{key}"], self[f"max.{key}"]
            if low.errors or high.errors or None in (low.data, high.data):
                continue
            if low.data > high.data:
                self.add_error(f"max.{key}", _("At most must not be less than at least."))
                is_right = False
        return is_right


def quotas_in(form: Any, keys: Iterable[QuotaKey]) -> dict[QuotaKey, Limits]:
    """What was typed, for a form that is right."""
    found = {}
    for key in keys:
        low, high = form[f"min.{key}"].data, form[f"max.{key}"].data
        if low is not None or high is not None:
            found[key] = Limits(low or 0, form.most if high is None else high)
    return found
