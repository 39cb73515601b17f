"""The demo's texts: YAML beside this file, with every date moved to the day of loading."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from participation.demo.calendar import Calendar

FOLDER = Path(__file__).with_name("data")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str) -> Any:
    """One file as it is written."""
    return yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506


class Texts:
    """What happened in the demo's year; keys and shapes are described in data/README.md."""

    def __init__(self, loaded_at: datetime) -> None:
        self._activities = read("activities")
        self.calendar = Calendar(self._activities["as_of"], loaded_at)

    @cached_property
    def activities(self) -> dict[str, Any]:
        return self._moved(self._activities)

    @cached_property
    def people(self) -> dict[str, Any]:
        return self._moved(read("people"))

    @cached_property
    def council(self) -> dict[str, Any]:
        return self._moved(read("council"))

    @cached_property
    def feedback(self) -> list[dict[str, Any]]:
        return list(self._moved(read("feedback"))["entries"])

    @cached_property
    def questionnaires(self) -> dict[str, Any]:
        return self._moved(read("questionnaires"))

    @cached_property
    def surveys(self) -> list[dict[str, Any]]:
        return list(read("surveys")["surveys"])

    @cached_property
    def answer_patterns(self) -> dict[str, Any]:
        return self._moved(read("answer_patterns"))

    @cached_property
    def free_texts(self) -> list[dict[str, Any]]:
        return list(self._moved(read("free_texts"))["answers"])

    @cached_property
    def codebook(self) -> dict[str, Any]:
        return self._moved(read("codebook"))

    @cached_property
    def comment_cards(self) -> dict[str, Any]:
        return dict(read("comment_cards"))

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        return list(self._moved(read("findings"))["findings"])

    @cached_property
    def audit(self) -> dict[str, Any]:
        return self._moved(read("audit"))

    @cached_property
    def meetings(self) -> dict[str, Any]:
        return dict(read("meetings"))

    def _moved(self, content: Any) -> dict[str, Any]:
        return dict(self.calendar.moved(content))
