"""Tables of the county. Every row comes from a county file and is never deleted by loading one.

A row remembers its `layer` (which file it came from: the county's own, or one laid on top of it,
such as the demo's invented units). What a newer file no longer names stays, with
`is_current` false, so that nothing that points at it is lost.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base, Created, PublicId

KEY_LENGTH = 64
NAME_LENGTH = 200


class FromCountyFile:
    """Mixin: which file the row came from, and whether the newest version still names it."""

    layer: Mapped[str] = mapped_column(String(KEY_LENGTH))
    is_current: Mapped[bool] = mapped_column(default=True)


class Named:
    """Mixin: a Swedish name, and the same name in other languages where residents meet it."""

    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    names: Mapped[dict[str, str]] = mapped_column(default=dict)

    def name_in(self, locale: str) -> str:
        """The name in `locale` ("en", "ar", …); Swedish where no translation was given."""
        return self.names.get(locale[:2], self.name)


class County(FromCountyFile, Named, Base):
    """The one county of the installation: SCB code, name, shared motto, who runs the site."""

    __tablename__ = "counties"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(2), unique=True)
    motto: Mapped[str | None] = mapped_column(String(300))
    run_by: Mapped[str] = mapped_column(String(300))
    run_by_in: Mapped[dict[str, str]] = mapped_column(default=dict)


class CountyContact(FromCountyFile, Base):
    """How residents reach somebody, for the footer. The newest layer's contact is shown."""

    __tablename__ = "county_contacts"
    __table_args__ = (UniqueConstraint("layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))
    address: Mapped[str | None] = mapped_column(String(300))
    hours: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    hours_by_locale: Mapped[dict[str, str]] = mapped_column(default=dict)

    def hours_in(self, locale: str) -> str | None:
        """Opening hours in `locale`; Swedish where no translation was given."""
        return self.hours_by_locale.get(locale[:2], self.hours)


class Perspective(FromCountyFile, Named, Base):
    """One of the perspectives that learning follow-up looks from (resident, staff, …)."""

    __tablename__ = "perspectives"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    description: Mapped[str | None] = mapped_column(String(1000))
    position: Mapped[int]


class Area(FromCountyFile, Named, Base):
    """A subject people have experience of and can choose in the interest bank."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]


class Municipality(FromCountyFile, Named, Base):
    """A municipality with its SCB code and its whole population."""

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(4), unique=True)
    population: Mapped[int]


class PopulationBand(FromCountyFile, Base):
    """Residents of a municipality by sex ("K" women, "M" men) and age; no `age_to`: and older."""

    __tablename__ = "population_bands"
    __table_args__ = (
        UniqueConstraint("municipality_code", "year", "sex", "age_from"),
        CheckConstraint("count >= 0", name="count_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(
        String(4), ForeignKey("municipalities.code"), index=True
    )
    year: Mapped[int]
    sex: Mapped[str] = mapped_column(String(1))
    age_from: Mapped[int]
    age_to: Mapped[int | None]
    count: Mapped[int]
    is_approximate: Mapped[bool]
    source: Mapped[str] = mapped_column(String(500))


class Organisation(FromCountyFile, Named, PublicId, Base):
    """A region, municipality, federation or user organisation.

    Only one that has adopted the participation model may invite (DOMAIN.md, model point 2).
    `adopted_on` may be known to the year or month only: see `adopted_precision`. It tells what
    holds now; who decided, and what held before, stands in `Adoption`.
    """

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    municipality_code: Mapped[str | None] = mapped_column(
        String(4), ForeignKey("municipalities.code"), index=True
    )
    adopted_on: Mapped[date | None]
    adopted_precision: Mapped[str | None] = mapped_column(String(5))
    adoption_note: Mapped[str | None] = mapped_column(String(500))
    is_fictional: Mapped[bool] = mapped_column(default=False)

    @property
    def has_adopted(self) -> bool:
        """Whether the organisation has adopted the participation model and so may invite."""
        return self.adopted_on is not None


class Adoption(PublicId, Created, Base):
    """One stretch of time during which an organisation has held to the participation model.

    `layer` names the county file that told of it; None: a coordinator wrote it down. The one
    without `until` holds now, and `Organisation.adopted_on` says the same.
    """

    __tablename__ = "adoptions"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_began"),
        CheckConstraint("since_precision IN ('year','month','day')", name="precision_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    since: Mapped[date]
    since_precision: Mapped[str] = mapped_column(String(5), default="day")
    until: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    diary_number: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    ended_because: Mapped[str] = mapped_column(String(500), default="")
    layer: Mapped[str | None] = mapped_column(String(KEY_LENGTH))

    @property
    def since_text(self) -> str:
        """The first day, as exact as it is known: "2018", "2018-09" or "2018-09-14"."""
        length = {"year": 4, "month": 7}.get(self.since_precision, 10)
        return self.since.isoformat()[:length]


class Unit(FromCountyFile, Named, PublicId, Base):
    """A place where people meet care, support or school: belongs to one organisation."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    municipality_code: Mapped[str | None] = mapped_column(
        String(4), ForeignKey("municipalities.code"), index=True
    )
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)


class Group(FromCountyFile, Named, PublicId, Base):
    """A group of the county's joint work, on one of its levels (`kind`).

    `is_current` is false for an earlier group that the file keeps for the record, and for one
    that the newest file no longer names.
    """

    __tablename__ = "county_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    description: Mapped[str | None] = mapped_column(String(2000))
    meets: Mapped[str | None] = mapped_column(String(300))
    formed: Mapped[str | None] = mapped_column(String(10))
    earlier_name: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    is_fictional: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]


class Seat(FromCountyFile, Base):
    """`count` equal places in a group, and which group appoints to them, if any does."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("group_id", "key"),
        CheckConstraint("count >= 0", name="count_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(NAME_LENGTH))
    labels: Mapped[dict[str, str]] = mapped_column(default=dict)
    count: Mapped[int | None]
    appointed_by_group_id: Mapped[int | None] = mapped_column(
        ForeignKey("county_groups.id"), index=True
    )
    position: Mapped[int]

    def label_in(self, locale: str) -> str:
        """The label in `locale`; Swedish where no translation was given."""
        return self.labels.get(locale[:2], self.label)


class CooperationAgreement(FromCountyFile, Named, PublicId, Base):
    """What region and municipalities agreed; some are followed up by a yearly questionnaire."""

    __tablename__ = "cooperation_agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    target_group: Mapped[str | None] = mapped_column(String(500))
    parties: Mapped[list[str]] = mapped_column(default=list)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    version: Mapped[str | None] = mapped_column(String(100))
    yearly_questionnaires: Mapped[list[str]] = mapped_column(default=list)
    has_practical_instructions: Mapped[bool] = mapped_column(default=False)


class HelpContact(FromCountyFile, Named, Base):
    """Where somebody who feels unwell can turn at once: shown beside hard questions."""

    __tablename__ = "help_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    phone: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(500))
    texts: Mapped[dict[str, str]] = mapped_column(default=dict)
    audience: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]

    def text_in(self, locale: str) -> str:
        """The text in `locale`; Swedish where no translation was given."""
        return self.texts.get(locale[:2], self.text)


class SteeringDocument(FromCountyFile, Named, PublicId, Base):
    """A link in the chain vision → joint plan → strategic directions → action plans."""

    __tablename__ = "steering_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("steering_documents.id"), index=True)
    summary: Mapped[str | None] = mapped_column(String(2000))
    decided: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[str | None] = mapped_column(String(300))
    position: Mapped[int]


class DocumentAdoption(FromCountyFile, Base):
    """When one organisation adopted a steering document, and which of its bodies did."""

    __tablename__ = "document_adoptions"
    __table_args__ = (UniqueConstraint("document_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("steering_documents.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    adopted_on: Mapped[date | None]
    adopted_by: Mapped[str | None] = mapped_column(String(NAME_LENGTH))


class StrategicDirection(FromCountyFile, Base):
    """What a steering document asks a group (or all) to steer towards."""

    __tablename__ = "strategic_directions"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("steering_documents.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    text: Mapped[str] = mapped_column(String(1000))
    position: Mapped[int]
