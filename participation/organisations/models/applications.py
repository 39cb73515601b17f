"""Tables of organisations that want a place here, and of people invited to speak for one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.county.models import NAME_LENGTH, Organisation
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId


class OrganisationApplication(PublicId, Created, Base):
    """A user organisation asks to be registered; the contact's details go when it is answered."""

    __tablename__ = "organisation_applications"
    __table_args__ = (
        CheckConstraint("state IN ('new','accepted','declined')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    about: Mapped[str] = mapped_column(Text)
    contact_name: Mapped[str | None] = mapped_column(
        EncryptedText("organisation_applications.contact_name")
    )
    contact_email: Mapped[str | None] = mapped_column(
        EncryptedText("organisation_applications.contact_email")
    )
    contact_phone: Mapped[str | None] = mapped_column(
        EncryptedText("organisation_applications.contact_phone")
    )
    locale: Mapped[str] = mapped_column(String(8), default="sv")
    state: Mapped[str] = mapped_column(String(12), default="new", index=True)
    answer_text: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)


class OrganisationProfile(Base):
    """What a user organisation tells about itself on its public page."""

    __tablename__ = "organisation_profiles"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    about: Mapped[str] = mapped_column(Text)


class OrganisationInvitation(PublicId, Created, Base):
    """Somebody is invited to speak for a user organisation; the role comes with their yes.

    Name and address are blanked when it is answered or has run out.
    """

    __tablename__ = "organisation_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str | None] = mapped_column(EncryptedText("organisation_invitations.name"))
    email: Mapped[str | None] = mapped_column(EncryptedText("organisation_invitations.email"))
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    invited_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
