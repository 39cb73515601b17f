"""Projects for other coding programs: valid under the published schema, and read back unchanged."""

from collections import Counter
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from lxml import etree

from bench.analysis.options import Options
from bench.figures import Figure
from participation.coding.rules.exchange import QdaProject, read_project, write_project
from tests.support.qda import PROJECTS as SCHEMA
from tests.support.qda import project_xml
from tests.support.qda_projects import projects

PROJECTS, QUICK_PROJECTS = 1_000, 50


def measure(options: Options) -> Iterator[Figure]:
    """How many of as many drawn projects hold; each is drawn anew, none is looked for."""
    drawn = QUICK_PROJECTS if options.is_quick else PROJECTS
    held = _round_trips(drawn)
    yield Figure("projects written", held["written"], "")
    for name in ("valid", "unchanged"):
        yield Figure(f"projects {name}", held[name], "", "all", held[name] == held["written"])


def _round_trips(drawn: int) -> Counter[str]:
    held: Counter[str] = Counter()

    @settings(
        max_examples=drawn, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(projects())
    def one(project: QdaProject) -> None:
        written = write_project(project)
        held["written"] += 1
        held["valid"] += SCHEMA.validate(etree.fromstring(project_xml(written)))
        held["unchanged"] += read_project(written) == project

    one()
    return held
