"""The county file: every kind of error is told with its line, and the shipped files are right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from participation.county.rules.county_file import read_sections
from participation.county.rules.facts import CountyFile, KnownKeys
from participation.county.rules.nodes import Findings, Node, partial_date
from participation.county.rules.population import age_band
from participation.county.rules.reading import LONGEST_FILE, read_county_file
from participation.foundation.i18n import use_locale
from participation.foundation.paths import PACKAGE
from participation.registry import FEATURES

FILES = PACKAGE / "county" / "files"
UPPER = tuple(section.name for section in FEATURES.collect("county_sections"))
START = "layer: test\n"

OTHERS = {"base": KnownKeys(areas=frozenset({"taken"}), groups=frozenset({"above"}))}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with use_locale("en"):
        yield


def read(text: str | bytes, **layers: KnownKeys) -> tuple[CountyFile | None, list[str]]:
    """What the text holds, and its errors as "line: message"."""
    findings = Findings("test.yaml")
    root = read_county_file(text.encode() if isinstance(text, str) else text, findings)
    found = read_sections(root, layers, UPPER) if root else None
    return found, [f"{error.line}: {error.message}" for error in findings.sorted_errors()]


def errors_in(text: str | bytes, **layers: KnownKeys) -> list[str]:
    return read(text, **layers)[1]


BROKEN = {
    "unknown section": ("villages: []\n", "2: unknown key “villages” in file"),
    "unknown key": (
        "areas:\n  - key: a\n    name: A\n    colour: red\n",
        "5: unknown key “colour” in areas; known keys: key, name, names, sensitive",
    ),
    "duplicate key": ("areas:\n  - key: a\n    key: b\n    name: A\n", "4: “key” stands twice"),
    "duplicate section": ("areas: []\nareas: []\n", "3: “areas” stands twice; first on line 2"),
    "missing key": ("areas:\n  - name: A\n", "3: areas lacks “key”"),
    "empty required key": ("areas:\n  - key: a\n    name:\n", "4: areas lacks “name”"),
    "blank text": ("areas:\n  - key: a\n    name: ' '\n", "4: “name” must not be empty"),
    "number for text": ("areas:\n  - key: a\n    name: 12\n", "4: “name” must be text"),
    "yes for text": ("areas:\n  - key: a\n    name: no\n", "4: “name” must be text"),
    "too long": (
        f"areas:\n  - key: a\n    name: {'x' * 201}\n",
        "4: “name” is longer than 200 characters",
    ),
    "text for flag": (
        "areas:\n  - key: a\n    name: A\n    sensitive: maybe\n",
        "5: “sensitive” must be true or false",
    ),
    "mapping for list": ("areas:\n  key: a\n", "3: expected a list here"),
    "text for mapping": ("areas:\n  - a\n", "3: areas: expected keys with values here"),
    "no key": ("areas:\n  - {key: Å Ä, name: A}\n", "3: “Å Ä” is no key"),
    "key used twice": (
        "areas:\n  - {key: a, name: A}\n  - {key: a, name: B}\n",
        "4: “a” is used twice; first on line 3",
    ),
    "dangling reference": (
        "units:\n  - key: u\n    name: U\n    organisation: nowhere\n",
        "5: “organisation” points at “nowhere”, which does not exist",
    ),
    "dangling parent": (
        "groups:\n  - key: g\n    name: G\n    kind: area\n    parent: h\n",
        "6: “parent” points at “h”, which does not exist",
    ),
    "dangling appointer": (
        (
            "groups:\n  - key: g\n    name: G\n    kind: area\n    seats:\n"
            "      - {key: s, kind: chair, label: S, appointed_by: h}\n"
        ),
        "7: “appointed_by” points at “h”, which does not exist",
    ),
    "circle": (
        "groups:\n  - {key: g, name: G, kind: area, parent: g}\n",
        "3: “g” stands above itself",
    ),
    "wrong word": (
        "groups:\n  - key: g\n    name: G\n    kind: club\n",
        (
            "5: “kind” must be one of: political, management, coordinating, area, council, working "
            "(not “club”)"
        ),
    ),
    "negative count": (
        (
            "groups:\n  - key: g\n    name: G\n    kind: area\n    seats:\n"
            "      - key: s\n        kind: chair\n        label: S\n        count: -1\n"
        ),
        "10: “count” must not be below 0",
    ),
    "decimal count": (
        (
            "groups:\n  - key: g\n    name: G\n    kind: area\n    seats:\n"
            "      - {key: s, kind: chair, label: S, count: 1.5}\n"
        ),
        "7: “count” must be a whole number",
    ),
    "huge count": (
        (
            "groups:\n  - key: g\n    name: G\n    kind: area\n    seats:\n"
            "      - {key: s, kind: chair, label: S, count: 5000}\n"
        ),
        "7: “count” must not be above 1000",
    ),
    "wrong date": (
        (
            "organisations:\n  - key: o\n    name: O\n    kind: other\n"
            "    adoption:\n      date: 2018-02-30\n"
        ),
        "7: “date” must be a date: 2018, 2018-09 or 2018-09-14",
    ),
    "half a date": (
        (
            "organisations: [{key: o, name: O, kind: other}]\n"
            "documents:\n  - key: d\n    name: D\n    kind: other\n    adoptions:\n"
            "      - organisation: o\n        date: 2018-02\n"
        ),
        "9: “date” must be a whole date, such as 2018-09-14",
    ),
    "unknown language": (
        "areas:\n  - key: a\n    name: A\n    names: {fi: A}\n",
        "5: unknown key “fi” in names; known keys: ar, en",
    ),
    "code without quotes": (
        "municipalities:\n  - {code: 1234, name: M, population: 1}\n",
        "3: “code” must be text; put quotes round numbers and yes/no",
    ),
    "short code": (
        'municipalities:\n  - {code: "12", name: M, population: 1}\n',
        "3: “code” must be 4 figures in quotes",
    ),
    "no such audience": (
        "cooperation_agreements:\n  - key: c\n    name: C\n    yearly_questionnaires: [cats]\n",
        (
            "5: “yearly_questionnaires” must be one of: service_user, next_of_kin, "
            "professional, child (not “cats”)"
        ),
    ),
    "syntax": ("areas: [\n", "3: this is not readable YAML"),
    "alias": ("areas: &all []\nunits: *all\n", "2: anchors and aliases (& and *) are not allowed"),
    "object tag": ("areas: !!python/object:os.system []\n", "2: the tag “"),
    "list as key": ("? [a]\n: b\n", "2: a key must be one word"),
    "not UTF-8": (b"areas: []\n# \xe5\n", "3: this line is not written in UTF-8"),
    "control character": ("areas: []\n# \x07\n", "3: this line holds a character"),
    "layer not loaded": ("builds_on: [elsewhere]\n", "2: the layer “elsewhere” is not loaded"),
    "key of another file": (
        "areas:\n  - key: taken\n    name: A\n",
        "3: “taken” already belongs to another county file",
    ),
    "reference into a layer it does not build on": (
        "groups:\n  - {key: g, name: G, kind: area, parent: above}\n",
        "3: “parent” points at “above”, which does not exist",
    ),
}

POPULATION = """\
population:
  year: 2024
  source: S
  bands: [0-17, 18+]
municipalities:
  - code: "0880"
    name: Kalmar
    population: 10
    women: [1, 2]
    men: [3, 4]
"""
BROKEN_POPULATION = {
    "sum": ("population: 10", "population: 11", "9: women and men add up to 10, not to the"),
    "too few figures": ("men: [3, 4]", "men: [3]", "11: “men” has 1 figures but there are 2 age"),
    "negative": ("men: [3, 4]", "men: [-3, 4]", "11: “men” must not be below 0"),
    "decimal": ("men: [3, 4]", "men: [3.5, 4]", "11: “men” must hold whole numbers"),
    "no band": ("18+", "grown", "5: “grown” is no age band, such as “18-29” or “80+”"),
    "gap": ("18+", "19+", "5: the age bands must follow on each other from 0 to the oldest"),
    "year": ("2024", "1024", "3: “year” must not be below 1900"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_says_on_which_line_it_is_broken(kind: str) -> None:
    text, expected = BROKEN[kind]
    start = START.encode() if isinstance(text, bytes) else START
    found = errors_in(start + text, **OTHERS)  # type: ignore[operator]
    assert any(error.startswith(expected) for error in found), found


@pytest.mark.parametrize("kind", BROKEN_POPULATION)
def test_a_broken_population_says_on_which_line_it_is_broken(kind: str) -> None:
    old, new, expected = BROKEN_POPULATION[kind]
    found = errors_in(START + POPULATION.replace(old, new))
    assert any(error.startswith(expected) for error in found), found


def test_every_error_is_told_at_once() -> None:
    text = START + "areas:\n  - {key: a, name: 1, odd: 2}\n  - {key: a}\nwrong: 1\n"
    assert [error.split(":")[0] for error in errors_in(text)] == ["3", "3", "4", "4", "5"]


def test_an_error_names_its_file() -> None:
    findings = Findings("kalmar.yaml")
    read_county_file(b"- a\n", findings)
    assert [str(error) for error in findings.errors] == [
        "kalmar.yaml:1: the file must begin with sections, such as “county:”"
    ]


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"just text", b"[1, 2]"])
def test_a_file_without_sections_is_refused(content: bytes) -> None:
    assert errors_in(content) == ["1: the file must begin with sections, such as “county:”"]


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    assert errors_in(b"#" * (LONGEST_FILE + 1)) == ["1: the file is larger than 5 MB"]


def test_a_file_nested_too_deeply_is_refused() -> None:
    assert errors_in("\nlayer: " + "[" * 20_000) == ["2: the file is nested too deeply"]


def test_a_file_may_point_at_what_the_layer_below_owns() -> None:
    text = START + "builds_on: [base]\ngroups:\n  - {key: g, name: G, kind: working, parent: above}"
    found, errors = read(text, **OTHERS)
    assert errors == []
    assert found is not None
    assert found.known.groups == {"g", "above"}


def test_a_right_population_is_read_by_sex_and_age() -> None:
    found, errors = read(START + POPULATION)
    assert errors == []
    assert found is not None
    bands = found.municipalities[0].bands
    assert [(band.sex, band.age_from, band.age_to, band.count) for band in bands] == [
        ("K", 0, 17, 1),
        ("K", 18, None, 2),
        ("M", 0, 17, 3),
        ("M", 18, None, 4),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0-12", (0, 12)), ("80+", (80, None)), ("12-0", None), ("80", None), ("-1-5", None)],
)
def test_an_age_band_is_a_range_or_open_upwards(text: str, expected: Any) -> None:
    assert age_band(text) == expected


@pytest.mark.parametrize("text", ["2018", "2018-09", "2018-09-14"])
def test_a_partial_date_is_written_as_it_was_read(text: str) -> None:
    assert str(partial_date(text)) == text


@pytest.mark.parametrize("text", ["", "18", "2018-13", "2018-9", "2018-02-30", "14/9 2018"])
def test_what_is_no_date_is_refused(text: str) -> None:
    assert partial_date(text) is None


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    read(START + text)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    read(content)


# -- the shipped files -------------------------------------------------------------------------


def shipped(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FILES / name).read_bytes())
    return content


def file_of(name: str, **layers: KnownKeys) -> CountyFile:
    found, errors = read((FILES / name).read_bytes(), **layers)
    assert errors == []
    assert found is not None
    return found


def test_the_shipped_files_are_right() -> None:
    kalmar = file_of("kalmar.yaml")
    file_of("kalmar-demo.yaml", kalmar=kalmar.known)


def test_kalmar_has_its_twelve_municipalities_with_all_residents_counted() -> None:
    kalmar = file_of("kalmar.yaml")
    assert len(kalmar.municipalities) == 12
    assert sum(item.population for item in kalmar.municipalities) == 246_000
    for item in kalmar.municipalities:
        assert sum(band.count for band in item.bands) == item.population
        assert len(item.bands) == 14
    assert kalmar.population is not None
    assert kalmar.population.is_approximate


def test_residents_have_the_seats_that_were_agreed() -> None:
    """Source: DOMAIN.md, "Levels" and the participation model, point 4."""
    kalmar = file_of("kalmar.yaml")
    seats = {
        group.key: [
            (seat.kind, seat.count, seat.appointed_by)
            for seat in group.seats
            if seat.kind.startswith("resident")
        ]
        for group in kalmar.groups
    }
    for key in ("barn-och-unga", "psykisk-halsa", "aldre"):
        assert seats[key] == [("resident", 2, "invanarmedverkan")]
    assert seats["lgl"] == [
        ("resident", 1, "utvecklingsrad"),
        ("resident_alternate", 1, "utvecklingsrad"),
    ]
    assert seats["utvecklingsrad"] == [("resident", 12, None)]


def test_a_coordinating_group_has_the_agreed_fourteen_seats() -> None:
    group = next(item for item in file_of("kalmar.yaml").groups if item.key == "psykisk-halsa")
    assert sum(seat.count or 0 for seat in group.seats) == 14


def test_only_the_region_and_torsas_are_known_to_have_adopted_the_model() -> None:
    adopted = [item.key for item in file_of("kalmar.yaml").organisations if item.adopted_on]
    assert adopted == ["region-kalmar-lan", "torsas-kommun"]


def test_everybody_adopted_the_joint_plan_between_february_and_may_2026() -> None:
    documents = {item.key: item for item in file_of("kalmar.yaml").documents}
    days = [str(item.adopted_on) for item in documents["gemensam-plan"].adoptions]
    assert len(days) == 13
    assert (min(days), max(days)) == ("2026-02-04", "2026-05-25")


def test_what_residents_choose_from_has_a_name_in_every_language() -> None:
    kalmar = file_of("kalmar.yaml")
    for item in (*kalmar.areas, *kalmar.perspectives):
        assert set(item.names) == {"ar", "en"}, item.key
    assert all("ar" in item.names for item in kalmar.municipalities)


def test_the_real_file_holds_nothing_invented_and_the_demo_nothing_else() -> None:
    kalmar, demo = file_of("kalmar.yaml"), shipped("kalmar-demo.yaml")
    assert not any(item.is_fictional for item in (*kalmar.groups, *kalmar.organisations))
    assert not kalmar.units
    for section in ("organisations", "units", "groups", "action_plans"):
        assert all(item["fictional"] is True for item in demo[section]), section


def everything_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from everything_in(item)


def test_real_plans_carry_no_status() -> None:
    for entry in everything_in(shipped("kalmar.yaml")["action_plans"]):
        assert not {key for key in entry if key.startswith("status")}, entry


def test_only_invented_groups_have_plans_with_status() -> None:
    demo = shipped("kalmar-demo.yaml")
    invented = {group["key"] for group in demo["groups"] if group["fictional"]}
    assert {plan["group"] for plan in demo["action_plans"]} <= invented


def test_a_plan_that_is_not_loaded_has_its_decision_and_nothing_more() -> None:
    plans = shipped("kalmar.yaml")["action_plans"]
    unloaded = [plan for plan in plans if plan["content"] == "not_loaded"]
    assert len(unloaded) == 5
    for plan in unloaded:
        assert plan["decided"]
        assert not {key for key in plan if key.endswith("areas")}


def test_the_keys_of_plan_actions_are_unique_within_a_plan() -> None:
    for name in ("kalmar.yaml", "kalmar-demo.yaml"):
        for plan in shipped(name)["action_plans"]:
            keys = [
                action["key"]
                for entry in everything_in(plan)
                for action in entry.get("plan_actions", [])
            ]
            assert len(keys) == len(set(keys)), plan["key"]


def test_indicators_that_plans_name_exist() -> None:
    content = shipped("kalmar.yaml")
    known = {indicator["key"] for indicator in content["indicators"]}
    named = {
        entry["indicator"]
        for entry in everything_in(content["action_plans"])
        if "indicator" in entry
    }
    assert named <= known


def test_a_series_that_was_measured_differently_is_broken() -> None:
    series = {item["key"]: item for item in shipped("kalmar.yaml")["indicators"]}
    measured = series["halsoundersokning-placerade"]["measurements"]
    assert [(m["value"], m["n"], m.get("break_before", False)) for m in measured] == [
        (58, 12, False),
        (58, 46, True),
        (51, 157, True),
    ]


def test_node_getters_note_errors_and_never_raise() -> None:
    findings = Findings("x.yaml")
    root = read_county_file(b"a: [1]\nb: {c: 1}\nd: 2024\n", findings)
    assert isinstance(root, Node)
    assert root.text_or_none("a") is None
    assert root.whole_number_or_none("b") is None
    assert root.flag("d") is False
    assert root.children("d") == []
    assert root.decimal_or_none("d") == 2024.0
    assert [error.line for error in findings.sorted_errors()] == [1, 2, 3, 3]


def test_paths_of_shipped_files_travel_with_the_package() -> None:
    assert Path(FILES).is_relative_to(PACKAGE)
