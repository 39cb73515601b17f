"""Tables of the members: who they are, what they told, how they are found."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.county.models import Area, Municipality
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.rules import (
    IN_THE_BANK,
    ContactWay,
    ExperienceRole,
    Gender,
    MemberState,
    Profile,
    Source,
    member_code,
)


class BankMember(PublicId, Created, Base):
    """One person in the bank; the e-mail address is the account's.

    When somebody leaves, everything about them is blanked and the row stays, so that what points
    at it (took part, sat in the council) still counts a person without naming one.
    """

    __tablename__ = "bank_members"
    __table_args__ = (
        CheckConstraint(
            "state IN ('unconfirmed','awaiting','active','paused','left')", name="state_known"
        ),
        CheckConstraint(
            "gender IN ('woman','man','other','undisclosed')",
            name="gender_known",
        ),
        CheckConstraint(
            "state = 'left' OR (municipality_code IS NOT NULL AND birth_year IS NOT NULL)",
            name="told_while_in",
        ),
        CheckConstraint("source IN ('web','phone','paper','import')", name="source_known"),
        Index("ix_bank_members_state_municipality_code", "state", "municipality_code"),
        Index("ix_bank_members_created_at_id", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    name: Mapped[str] = mapped_column(EncryptedText("bank_members.name"))
    phone: Mapped[str | None] = mapped_column(EncryptedText("bank_members.phone"))
    phone_index: Mapped[str | None] = mapped_column(index_column(), index=True)
    state: Mapped[str] = mapped_column(String(12), default=MemberState.UNCONFIRMED)
    municipality_code: Mapped[str | None] = mapped_column(
        String(4), ForeignKey("municipalities.code")
    )
    birth_year: Mapped[int | None]
    gender: Mapped[str] = mapped_column(String(12), default=Gender.UNDISCLOSED)
    gender_text: Mapped[str | None] = mapped_column(EncryptedText("bank_members.gender_text"))
    experience_text: Mapped[str | None] = mapped_column(
        EncryptedText("bank_members.experience_text")
    )
    ways: Mapped[list[str]] = mapped_column(default=list)
    assignments: Mapped[list[str]] = mapped_column(default=list)
    times: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    needs: Mapped[list[str]] = mapped_column(default=list)
    needs_text: Mapped[str | None] = mapped_column(EncryptedText("bank_members.needs_text"))
    interpreter_language: Mapped[str | None] = mapped_column(
        EncryptedText("bank_members.interpreter_language")
    )
    yearly_ceiling: Mapped[int | None]
    preferred_contact: Mapped[str] = mapped_column(String(8), default="email")
    paused_until: Mapped[date | None]
    is_protected: Mapped[bool] = mapped_column(default=False)
    confirmation_hash: Mapped[str | None] = mapped_column(index_column(), unique=True)
    confirmation_expires_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(String(8), default=Source.WEB)
    # A keyed hash of name and birth year: two rows that share it may be one person.
    name_index: Mapped[str | None] = mapped_column(index_column(), index=True)
    # When somebody above last invited the person; kept here so that lists can be sorted by it.
    last_asked_at: Mapped[datetime | None] = mapped_column(index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("bank_imports.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("bank_members.id"))

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    municipality: Mapped[Municipality | None] = relationship(lazy="raise_on_sql")
    roles: Mapped[list["MemberRole"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="MemberRole.role"
    )
    experiences: Mapped[list["MemberExperience"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="MemberExperience.area_id"
    )

    @property
    def code(self) -> str:
        """What staff see instead of a name until a name is needed."""
        return member_code(self.public_id)

    @property
    def is_in_bank(self) -> bool:
        return self.state in IN_THE_BANK

    def profile(self) -> Profile:
        """What the person told, to be changed and told again; roles and experiences are loaded."""
        assert self.municipality_code is not None
        assert self.birth_year is not None
        return Profile(
            name=self.name,
            phone=self.phone,
            municipality_code=self.municipality_code,
            birth_year=self.birth_year,
            gender=Gender(self.gender),
            gender_text=self.gender_text,
            roles=tuple(ExperienceRole(row.role) for row in self.roles),
            area_ids=tuple(row.area_id for row in self.experiences),
            experience_text=self.experience_text,
            ways=tuple(self.ways),
            times=tuple(self.times),
            languages=tuple(self.languages),
            needs=tuple(self.needs),
            needs_text=self.needs_text,
            yearly_ceiling=self.yearly_ceiling,
            preferred_contact=ContactWay(self.preferred_contact),
            assignments=tuple(self.assignments),
            interpreter_language=self.interpreter_language,
        )

    def is_resting_on(self, day: date) -> bool:
        """Whether the person has paused; a pause ends by itself after its last day."""
        if self.state != MemberState.PAUSED:
            return False
        return self.paused_until is None or day <= self.paused_until


class BankNameToken(Base):
    """A keyed prefix token of a member's name: search by name without a readable name."""

    __tablename__ = "bank_name_tokens"
    __table_args__ = (Index("ix_bank_name_tokens_token", "token"),)

    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id", ondelete="CASCADE"), primary_key=True
    )
    token: Mapped[str] = mapped_column(index_column(), primary_key=True)


class MemberRole(Base):
    """From which side the person has experience: patient, service user, next of kin."""

    __tablename__ = "bank_member_roles"
    __table_args__ = (
        CheckConstraint("role IN ('patient','service_user','next_of_kin')", name="role_known"),
    )

    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(16), primary_key=True, index=True)


class MemberExperience(Base):
    """An area the person has experience of."""

    __tablename__ = "bank_member_experiences"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id", ondelete="CASCADE"), primary_key=True
    )
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), primary_key=True, index=True)

    area: Mapped[Area] = relationship(lazy="raise_on_sql")
