"""Forms of draws."""

from participation.selection.forms.drawing import (
    CancelForm,
    LeaveForm,
    ObserverForm,
    PublishForm,
    SeedForm,
)
from participation.selection.forms.households import DeclaredHouseholdForm
from participation.selection.forms.workshop import FeaturesForm, quota_form, quotas_in

__all__ = [
    "CancelForm",
    "DeclaredHouseholdForm",
    "FeaturesForm",
    "LeaveForm",
    "ObserverForm",
    "PublishForm",
    "SeedForm",
    "quota_form",
    "quotas_in",
]
