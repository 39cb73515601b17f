"""What a bench of follow-up is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    is_quick: bool = False
