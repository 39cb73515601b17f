"""What every part of the demo works with: the session, the texts, chance, the people who act."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import actor_of
from participation.activities.models import Activity, ParticipationRequest
from participation.coding.models import Code, Material, MaterialText
from participation.county.models import Area, Group, Municipality, Organisation, Unit
from participation.demo.calendar import Calendar
from participation.demo.texts import Texts
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.questionnaires.models import SurveyRound
from participation.results.models import Finding
from participation.training.queries import course_by_key

SEED = 2026

Row = TypeVar("Row", Area, Unit, Group, Organisation)


@dataclass
class Coded:
    """What findings need: texts by their key, codes by key, materials by (round, question)."""

    texts: dict[str, MaterialText] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    materials: dict[tuple[str, str], Material] = field(default_factory=dict)


@dataclass
class Year:
    """Parts leave here what later parts need, by the keys of the texts."""

    session: Session
    texts: Texts
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    accounts: dict[str, Account] = field(default_factory=dict)  # by name
    members: dict[str, BankMember] = field(default_factory=dict)  # by name
    requests: dict[str, ParticipationRequest] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    rounds: dict[str, SurveyRound] = field(default_factory=dict)
    coded: Coded = field(default_factory=Coded)
    findings: dict[str, Finding] = field(default_factory=dict)
    fresh_mails: set[int] = field(default_factory=set)  # ids of mails to be delivered after all

    @property
    def calendar(self) -> Calendar:
        return self.texts.calendar

    def actor(self, name: str) -> Actor:
        """The named person, strongly signed in."""
        return actor_of(self.session, self.accounts[name])

    @cached_property
    def coordinator(self) -> Actor:
        return self.actor("Ebba Demolund")

    @cached_property
    def area_ids(self) -> dict[str, int]:
        return {area.key: area.id for area in self._all(Area)}

    def area_id(self, key: str | None) -> int | None:
        return None if key is None else self.area_ids[key]

    def municipality_name(self, code: str | None) -> str:
        """Where a unit lies, in words."""
        return self.session.scalar(select(Municipality.name).where(Municipality.code == code)) or ""

    def course_id(self, key: str | None) -> int | None:
        return None if key is None else course_by_key(self.session, key).id

    @cached_property
    def units(self) -> dict[str, Unit]:
        """By name, as the texts call them."""
        return {unit.name: unit for unit in self._all(Unit)}

    @cached_property
    def groups(self) -> dict[str, Group]:
        """By name, as the texts call them."""
        return {group.name: group for group in self._all(Group)}

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """By key."""
        return {organisation.key: organisation for organisation in self._all(Organisation)}

    def _all(self, model: type[Row]) -> Sequence[Row]:
        return self.session.scalars(select(model)).all()
