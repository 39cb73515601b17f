"""Loading the ages of a county file."""

from typing import Any

from sqlalchemy.orm import Session

from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Node, Shape
from participation.county.services.upsert import SectionCounts, Upsert
from participation.interest_bank.models import BankAgePolicy
from participation.interest_bank.rules.age_file import AGE_POLICY, read_age_policy
from participation.interest_bank.rules.ages import AgePolicy


class AgePolicySection:
    """`age_policy:` of the county file."""

    name = "age_policy"
    shapes: tuple[Shape, ...] = (AGE_POLICY,)

    def read(self, section: Node, known: KnownKeys) -> AgePolicy:
        return read_age_policy(section)

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        rows = [{"layer": layer, **vars(content)}] if content is not None else []
        return Upsert(session, layer, BankAgePolicy, (BankAgePolicy.layer,)).put_all(rows)
