"""The county file's `age_policy`: from which ages somebody may join alone."""

from participation.county.rules.nodes import Node, Shape
from participation.foundation.i18n import gettext as _
from participation.interest_bank.rules.ages import OF_AGE, PROPOSED_AGES, AgePolicy

AGE_POLICY = Shape(
    "age_policy",
    required=("youngest", "guardian_below"),
    optional=("decided_on", "decided_by"),
)
LONGEST_DECIDER = 200


def read_age_policy(section: Node) -> AgePolicy:
    """The ages as the file gives them; what is wrong is noted at its line."""
    if not section.follows(AGE_POLICY):
        return PROPOSED_AGES
    policy = AgePolicy(
        youngest=section.whole_number("youngest", smallest=0, largest=OF_AGE),
        guardian_below=section.whole_number("guardian_below", smallest=0, largest=OF_AGE),
        decided_on=section.day_or_none("decided_on"),
        decided_by=section.text_or_none("decided_by", LONGEST_DECIDER),
    )
    if policy.youngest > policy.guardian_below:
        section.error(_("“youngest” must not be above “guardian_below”"), "youngest")
    return policy
