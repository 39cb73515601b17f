"""Names of those who answer in a round with names."""

from enum import StrEnum

NAME_LENGTH = 100


class Sort(StrEnum):
    """How those who answered can be listed; those who are alike, by name."""

    NAME = "name"
    ROLE = "role"
    UNIT = "unit"
