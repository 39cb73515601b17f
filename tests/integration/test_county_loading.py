"""Loading a county file: all or nothing, twice is once, and nothing is ever lost."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.county import queries
from participation.county.feature import load_county_command
from participation.county.models import Area, Group, Municipality, Organisation, Seat, Unit
from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Node, Shape
from participation.county.services import (
    BrokenCountyFile,
    CountyReport,
    SectionCounts,
    load_county,
)
from participation.foundation.errors import NotFound
from participation.foundation.feature import Feature, Features
from participation.foundation.i18n import use_locale
from participation.foundation.paths import PACKAGE
from participation.registry import FEATURES

FILES = PACKAGE / "county" / "files"

COUNTY = """\
layer: test
county: {code: "08", name: Provlän, run_by: Vi, names: {en: Test County}}
contact: {phone: 010-000 00 00, hours: vardagar 9–15, hours_in: {en: weekdays 9–15}}
areas:
  - {key: vard, name: Vård, names: {en: Care}}
  - {key: skola, name: Skola}
population: {year: 2024, source: S, bands: [0-17, 18+], approximate: true}
municipalities:
  - {code: "0880", name: Kalmar, population: 10, women: [1, 2], men: [3, 4]}
organisations:
  - key: regionen
    name: Regionen
    kind: region
    adoption: {date: 2018}
  - {key: kommunen, name: Kommunen, kind: municipality, municipality: "0880"}
units:
  - {key: enheten, name: Enheten, organisation: kommunen, municipality: "0880", area: vard}
groups:
  - key: under
    name: Under
    kind: working
    parent: over
    seats:
      - {key: invanare, kind: resident, label: Invånare, count: 2, appointed_by: over}
      - {key: okant, kind: other, label: Okänt}
  - {key: over, name: Över, kind: management}
"""

ON_TOP = """\
layer: on-top
builds_on: [test]
contact: {phone: 010-111 11 11}
units:
  - {key: pahittet, name: Påhittet, organisation: regionen, area: vard, fictional: true}
groups:
  - {key: provet, name: Provet, kind: working, parent: over, fictional: true}
"""


class Plans:
    """Stands for an upper feature's section."""

    name = "action_plans"
    shapes = (Shape("action_plans", ("key",)),)

    def __init__(self) -> None:
        self.loaded: list[Any] = []

    def read(self, section: Node, known: KnownKeys) -> list[str]:
        return [
            entry.reference("key", known.groups) for entry in section.shaped_entries(self.shapes[0])
        ]

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        self.loaded.append((layer, content))
        return SectionCounts(added=len(content or ()))


class Files:
    """Writes county files and loads them."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session = session
        self.folder = folder

    def load(self, text: str = COUNTY, *sections: Any) -> CountyReport:
        path = self.folder / "county.yaml"
        path.write_text(text, "utf-8")
        return load_county(self.session, path, sections)

    def refusal(self, text: str, *sections: Any) -> str:
        with pytest.raises(BrokenCountyFile) as refused, use_locale("en"):
            self.load(text, *sections)
        return "\n".join(f"{error.line}: {error.message}" for error in refused.value.errors)


@pytest.fixture
def files(session: Session, tmp_path: Path) -> Files:
    return Files(session, tmp_path)


def counted(report: CountyReport) -> tuple[int, int, int, int]:
    total = report.total
    return total.added, total.changed, total.unchanged, total.retired


def rows(session: Session) -> int:
    models = (Area, Group, Municipality, Organisation, Seat, Unit)
    return sum(session.scalar(select(func.count()).select_from(model)) or 0 for model in models)


def test_a_file_is_loaded_with_all_that_points_at_each_other(
    files: Files, session: Session
) -> None:
    assert counted(files.load()) == (16, 0, 0, 0)
    under, over = queries.group_by_key(session, "under"), queries.group_by_key(session, "over")
    assert under.parent_id == over.id
    seats = queries.seats(session, under.id)
    assert [(seat.key, seat.count, seat.appointed_by_group_id) for seat in seats] == [
        ("invanare", 2, over.id),
        ("okant", None, None),
    ]
    unit = queries.unit_by_key(session, "enheten")
    assert unit.organisation_id == queries.organisation_by_key(session, "kommunen").id
    assert unit.area_id == queries.area_by_key(session, "vard").id
    assert queries.county(session).name_in("en") == "Test County"


def test_loading_the_same_file_again_changes_nothing(files: Files) -> None:
    files.load()
    report = files.load()
    assert counted(report) == (0, 0, 16, 0)
    assert report.total.is_unchanged


def test_an_update_keeps_ids_and_addresses(files: Files, session: Session) -> None:
    files.load()
    before = queries.group_by_key(session, "under")
    kept = (before.id, before.public_id)
    report = files.load(COUNTY.replace("name: Under", "name: Nytt namn"))
    assert counted(report) == (0, 1, 15, 0)
    after = queries.group_by_key(session, "under")
    assert (after.id, after.public_id) == kept
    assert after.name == "Nytt namn"


def test_what_a_new_file_no_longer_names_is_kept_but_not_current(
    files: Files, session: Session
) -> None:
    files.load()
    before = rows(session)
    gone = COUNTY.replace("  - {key: skola, name: Skola}\n", "")
    assert counted(files.load(gone)) == (0, 0, 15, 1)
    assert rows(session) == before
    assert [area.key for area in queries.areas(session)] == ["vard"]
    assert {area.key for area in queries.areas(session, include_earlier=True)} == {"vard", "skola"}
    assert counted(files.load(gone)) == (0, 0, 15, 0)
    assert counted(files.load()) == (0, 1, 15, 0)
    assert {area.key for area in queries.areas(session)} == {"vard", "skola"}


def test_a_broken_file_changes_nothing(files: Files, session: Session) -> None:
    files.load()
    broken = COUNTY.replace("name: Regionen", "name: Annat namn").replace("count: 2", "count: -2")
    assert files.refusal(broken) == "24: “count” must not be below 0"
    assert not session.dirty
    assert not session.new
    assert queries.organisation_by_key(session, "regionen").name == "Regionen"


def test_a_file_that_is_not_there_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(BrokenCountyFile) as refused, use_locale("en"):
        load_county(session, tmp_path / "none.yaml")
    assert "none.yaml:1: the file cannot be read" in str(refused.value)


def test_a_file_on_top_adds_without_touching_what_lies_below(
    files: Files, session: Session
) -> None:
    files.load()
    assert counted(files.load(ON_TOP)) == (3, 0, 0, 0)
    assert counted(files.load(COUNTY)) == (0, 0, 16, 0)
    assert queries.unit_by_key(session, "pahittet").is_fictional
    contact = queries.contact(session)
    assert contact is not None
    assert contact.phone == "010-111 11 11"
    retired = files.load("layer: on-top\nbuilds_on: [test]\n")
    assert counted(retired) == (0, 0, 0, 3)
    assert len(queries.units(session)) == 1


def test_a_file_on_top_is_refused_before_the_one_below_is_loaded(files: Files) -> None:
    assert "2: the layer “test” is not loaded" in files.refusal(ON_TOP)


def test_a_file_may_not_take_over_what_another_file_owns(files: Files) -> None:
    files.load()
    taking = ON_TOP.replace("key: pahittet", "key: enheten")
    assert files.refusal(taking) == "5: “enheten” already belongs to another county file"


def test_there_is_one_county_and_its_own_file_describes_it(files: Files) -> None:
    assert "must describe its “county”" in files.refusal("layer: test\n")
    files.load()
    other = COUNTY.replace('"08"', '"07"')
    assert files.refusal(other) == "2: this installation already holds Provlän (08)"
    described = ON_TOP + 'county: {code: "08", name: X, run_by: Y}\n'
    assert "must not have “county”" in files.refusal(described)


def test_an_upper_feature_reads_and_loads_its_own_section(files: Files) -> None:
    plans = Plans()
    report = files.load(COUNTY + "action_plans:\n  - key: under\n", plans)
    assert plans.loaded == [("test", ["under"])]
    assert report.sections["action_plans"].added == 1
    files.load(COUNTY, plans)
    assert plans.loaded[-1] == ("test", None)


def test_an_upper_features_errors_stop_the_whole_file(files: Files, session: Session) -> None:
    plans = Plans()
    broken = COUNTY + "action_plans:\n  - key: nowhere\n    odd: 1\n"
    found = files.refusal(broken, plans)
    assert "28: “key” points at “nowhere”, which does not exist" in found
    assert "29: unknown key “odd” in action_plans" in found
    assert plans.loaded == []
    assert rows(session) == 0


def test_a_section_nobody_reads_is_unknown(files: Files) -> None:
    assert "27: unknown key “action_plans”" in files.refusal(COUNTY + "action_plans: []\n")


def test_partial_adoption_dates_are_kept_as_exact_as_they_are_known(
    files: Files, session: Session
) -> None:
    files.load()
    region = queries.organisation_by_key(session, "regionen")
    assert (str(region.adopted_on), region.adopted_precision) == ("2018-01-01", "year")
    assert region.has_adopted
    assert not queries.organisation_by_key(session, "kommunen").has_adopted
    may_invite = queries.organisations_that_may_invite(session)
    assert [organisation.key for organisation in may_invite] == ["regionen"]


def test_population_is_counted_for_the_county(files: Files, session: Session) -> None:
    files.load()
    assert [
        (band.sex, band.age_from, band.age_to, band.count, band.is_approximate)
        for band in queries.population_of_county(session)
    ] == [
        ("K", 0, 17, 1, True),
        ("K", 18, None, 2, True),
        ("M", 0, 17, 3, True),
        ("M", 18, None, 4, True),
    ]


def test_a_new_years_population_replaces_the_old_without_losing_it(
    files: Files, session: Session
) -> None:
    files.load()
    assert counted(files.load(COUNTY.replace("year: 2024", "year: 2025"))) == (4, 0, 12, 4)
    assert {band.year for band in queries.population(session)} == {2025}


def test_unseen_and_missing_are_the_same(session: Session) -> None:
    for lookup in (queries.group_by_key, queries.unit_by_public_id, queries.organisation_by_key):
        with pytest.raises(NotFound):
            lookup(session, "nothing")


def test_the_shipped_county_and_its_demo_load_and_load_again(session: Session) -> None:
    sections = [AnySection(section.name) for section in FEATURES.collect("county_sections")]
    for name in ("kalmar.yaml", "kalmar-demo.yaml"):
        assert load_county(session, FILES / name, sections).total.added
    for name in ("kalmar.yaml", "kalmar-demo.yaml"):
        assert load_county(session, FILES / name, sections).total.is_unchanged
    assert len(queries.municipalities(session)) == 12
    assert sum(seat.count or 0 for seat in queries.resident_seats(session)) == 22


class AnySection:
    """Accepts whatever an upper feature would read."""

    shapes = ()

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, section: Node, known: KnownKeys) -> None:
        return None

    def load(self, session: Session, layer: str, content: Any) -> SectionCounts:
        return SectionCounts()


# -- the command -------------------------------------------------------------------------------


@pytest.fixture
def installed(
    monkeypatch: pytest.MonkeyPatch, session: Session, tmp_path: Path
) -> pytest.MonkeyPatch:
    """The command finds the test's own database."""
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PARTICIPATION_ENV", "test")
    monkeypatch.setenv("PARTICIPATION_DATABASE_URL", url)
    monkeypatch.setenv("PARTICIPATION_DATA_DIR", str(tmp_path / "data"))
    return monkeypatch


def run(*arguments: str) -> Any:
    features = Features((Feature(name="county"),))
    return CliRunner().invoke(load_county_command, arguments, obj=features)


@pytest.mark.usefixtures("installed")
def test_the_command_loads_a_file(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "county.yaml"
    path.write_text(COUNTY, "utf-8")
    result = run(str(path))
    assert result.exit_code == 0, result.output
    assert "totalt: 16 nya, 0 ändrade, 0 oförändrade, 0 inte längre aktuella" in result.output
    assert queries.county(session).name == "Provlän"


@pytest.mark.usefixtures("installed")
def test_a_dry_run_changes_nothing(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "county.yaml"
    path.write_text(COUNTY, "utf-8")
    result = run(str(path), "--dry-run")
    assert result.exit_code == 0, result.output
    assert "totalt: 16 nya" in result.output
    assert "inget ändrades" in result.output
    assert queries.county_or_none(session) is None


@pytest.mark.usefixtures("installed")
def test_the_command_prints_every_error_with_file_and_line(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "county.yaml"
    path.write_text(COUNTY.replace("count: 2", "count: -2") + "odd: 1\n", "utf-8")
    result = run(str(path))
    assert result.exit_code == 1
    assert f"{path}:24: " in result.output
    assert f"{path}:27: " in result.output
    assert queries.county_or_none(session) is None
