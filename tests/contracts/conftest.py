"""The demo county, loaded once for every contract test of this process."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.support.demo_site import DemoSite, demo_site
from tests.support.examples import lay_out, placeholders


@dataclass(frozen=True)
class MappedSite:
    """The demo with every placeholder of the site map that it can fill."""

    demo: DemoSite
    examples: dict[str, str]

    def address(self, template: str) -> str | None:
        """The address with its placeholders filled; None when the demo has no such row."""
        if placeholders(template) - set(self.examples):
            return None
        return template.format(**self.examples)


@pytest.fixture(scope="session")
def mapped() -> Iterator[MappedSite]:
    with demo_site() as site:
        yield MappedSite(site, lay_out(site))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The demo county lives on SQLite: its pages are tried once, not once per database."""
    if config.getoption("--database") == "postgres":
        on_demo = [item for item in items if "mapped" in getattr(item, "fixturenames", ())]
        items[:] = [item for item in items if item not in on_demo]
        config.hook.pytest_deselected(items=on_demo)
