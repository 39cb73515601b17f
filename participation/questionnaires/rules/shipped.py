"""Questionnaires that come with the platform: the two yearly ones, next of kin's, the children's.

They are a beginning: a coordinator fetches one as a draft, reads and changes it. Pure.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent.parent / "data" / "questionnaires.yaml"
MUNICIPALITY = "municipality"
ELSEWHERE: Mapping[str, str] = {
    "sv": "En kommun i ett annat län",
    "en": "A municipality in another county",
    "ar": "بلدية في محافظة أخرى",
}


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded


def shipped(municipalities: Sequence[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """By key, each with the `option_sets` its questions refer to, in the order of the file.

    `municipalities`: code and name of the county's own. Without any, nobody
    is asked where they live.
    """
    names = [
        {"code": code, "text": dict.fromkeys(ELSEWHERE, name)}
        for code, name in sorted(municipalities, key=lambda one: _swedish(one[1]))
    ]
    elsewhere = {"code": "other", "text": dict(ELSEWHERE)}
    sets = {**_file()["option_sets"], MUNICIPALITY: [*names, elsewhere]}
    return {
        data["key"]: {**data, "questions": _asked(data, bool(names)), "option_sets": sets}
        for data in _file()["questionnaires"]
    }


def _swedish(name: str) -> str:
    """The end of the alphabet is å, ä, ö."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def _asked(data: Mapping[str, Any], knows_municipalities: bool) -> list[dict[str, Any]]:
    return [
        question
        for question in data["questions"]
        if knows_municipalities or question.get("option_set") != MUNICIPALITY
    ]
