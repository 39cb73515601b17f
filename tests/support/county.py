"""A small county for tests, straight into the tables: fast, and the same in every test."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from participation.county.models import (
    Area,
    CooperationAgreement,
    County,
    CountyContact,
    Group,
    HelpContact,
    Municipality,
    Organisation,
    Perspective,
    PopulationBand,
    Seat,
    Unit,
)

LAYER = "test"


@dataclass(frozen=True)
class SmallCounty:
    """Two organisations that have adopted the model, one that has not; two groups; two areas."""

    region: Organisation
    torsas: Organisation
    kalmar: Organisation  # has not adopted the model
    unit: Unit  # of the region
    torsas_unit: Unit
    group: Group
    other_group: Group
    area: Area  # sensitive
    other_area: Area


def make_county(session: Session) -> SmallCounty:
    """Lay the county into an empty database and commit."""
    session.add_all(
        [
            County(layer=LAYER, code="08", name="Kalmar län", run_by="Region och kommuner"),
            CountyContact(layer=LAYER, phone="010-000 00 00", hours="vardagar 9–15"),
            Municipality(layer=LAYER, code="0880", name="Kalmar", population=72_000),
            Municipality(layer=LAYER, code="0834", name="Torsås", population=7_000),
            Perspective(layer=LAYER, key="resident", name="Invånare", position=1),
            Perspective(layer=LAYER, key="staff", name="Medarbetare", position=2),
            HelpContact(
                layer=LAYER,
                key="1177",
                name="1177",
                phone="1177",
                text="Sjukvårdsrådgivning dygnet runt",
                audience="everyone",
                position=1,
            ),
        ]
    )
    session.flush()
    area = Area(
        layer=LAYER, key="psykisk_halsa", name="Psykisk hälsa", is_sensitive=True, position=1
    )
    other_area = Area(layer=LAYER, key="aldre", name="Äldre", position=2)
    region = Organisation(
        layer=LAYER,
        key="region",
        name="Region Kalmar län",
        kind="region",
        adopted_on=date(2015, 6, 1),
    )
    torsas = Organisation(
        layer=LAYER,
        key="torsas",
        name="Torsås kommun",
        kind="municipality",
        municipality_code="0834",
        adopted_on=date(2018, 1, 1),
    )
    kalmar = Organisation(
        layer=LAYER,
        key="kalmar",
        name="Kalmar kommun",
        kind="municipality",
        municipality_code="0880",
    )
    session.add_all([area, other_area, region, torsas, kalmar])
    session.flush()
    unit, torsas_unit = (
        Unit(
            layer=LAYER,
            key=key,
            name=name,
            organisation_id=organisation.id,
            municipality_code=code,
            area_id=area.id,
            is_fictional=True,
        )
        for key, name, organisation, code in (
            ("exempelviken", "Vårdcentralen Exempelviken", region, "0880"),
            ("provbacken", "Boendestödet Provbacken", torsas, "0834"),
        )
    )
    group, other_group = (
        Group(
            layer=LAYER,
            key=key,
            name=name,
            kind="coordinating",
            area_id=its_area.id,
            position=position,
        )
        for position, (key, name, its_area) in enumerate(
            [("psykisk_halsa", "Psykisk hälsa", area), ("aldre", "Äldre", other_area)]
        )
    )
    session.add_all([unit, torsas_unit, group, other_group])
    session.flush()
    session.add_all(
        [
            Seat(
                layer=LAYER,
                group_id=group.id,
                key="resident",
                kind="resident",
                label="Invånarrepresentant",
                count=2,
                position=1,
            ),
            CooperationAgreement(
                layer=LAYER, key="psykiatri", name="Psykisk funktionsnedsättning", area_id=area.id
            ),
            *(
                PopulationBand(
                    layer=LAYER,
                    municipality_code=code,
                    year=2025,
                    sex=sex,
                    age_from=low,
                    age_to=high,
                    count=count,
                    is_approximate=True,
                    source="test",
                )
                for code, count in (("0880", 9_000), ("0834", 900))
                for sex in "KM"
                for low, high in ((0, 17), (18, 64), (65, None))
            ),
        ]
    )
    session.commit()
    return SmallCounty(
        region=region,
        torsas=torsas,
        kalmar=kalmar,
        unit=unit,
        torsas_unit=torsas_unit,
        group=group,
        other_group=other_group,
        area=area,
        other_area=other_area,
    )
