"""Forms of the interest bank: the four steps of joining (also used to change), pausing, lists."""

from participation.interest_bank.forms.coordinator import (
    ANY,
    MemberFilter,
    OpenMemberForm,
    ProtectionForm,
)
from participation.interest_bank.forms.joining import STEPS, ConfirmForm, Joining
from participation.interest_bank.forms.own_page import PARTS, PauseForm
from participation.interest_bank.forms.places import Places
from participation.interest_bank.forms.reach import ChangeReachStep, ReachStep
from participation.interest_bank.forms.steps import ExperienceStep, HowStep, Step, WhoStep
from participation.interest_bank.forms.young import AskGuardianForm, YoungJoining

__all__ = [
    "ANY",
    "PARTS",
    "STEPS",
    "AskGuardianForm",
    "ChangeReachStep",
    "ConfirmForm",
    "ExperienceStep",
    "HowStep",
    "Joining",
    "MemberFilter",
    "OpenMemberForm",
    "PauseForm",
    "Places",
    "ProtectionForm",
    "ReachStep",
    "Step",
    "WhoStep",
    "YoungJoining",
]
