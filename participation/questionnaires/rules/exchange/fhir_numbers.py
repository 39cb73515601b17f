"""Numbers and days of a FHIR item: limits, steps, and the unit they are told in. Pure."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.exchange.fhir_nodes import Node, number_at, type_of, whole
from participation.questionnaires.rules.exchange.fhir_words import (
    BROKEN,
    HIGHEST,
    ITEM_CONTROL,
    LOWEST,
    OWN,
    SLIDER_STEP,
    UNIT,
    UNIT_OPTION,
    WHOLE,
    as_list,
    control_codes,
    extension,
)
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.kinds import MOST_STEPS


def limits_of(item: Node, path: str, notebook: Notebook) -> dict[str, Any]:
    """Longest text, lowest, highest and step; a day's limits as a constraint."""
    found: dict[str, Any] = {"max_length": whole(item.get("maxLength"))}
    kind = type_of(item)
    if kind in {WHOLE, BROKEN, "quantity"}:
        found["minimum"] = number_at(extension(item, LOWEST), path, notebook)
        found["maximum"] = number_at(extension(item, HIGHEST), path, notebook)
        step = number_at(extension(item, OWN + "step"), path, notebook)
        step = step or number_at(extension(item, SLIDER_STEP), path, notebook)
        found["step"] = step or (1 if kind == WHOLE else None)
    elif kind == "date":
        days = ((">=", extension(item, LOWEST)), ("<=", extension(item, HIGHEST)))
        told = ((sign, day) for sign, day in days if isinstance(day, str) and "'" not in day)
        found["constraint"] = " and ".join(f". {sign} '{day}'" for sign, day in told)
    return found


def is_slider(item: Node, limits: Mapping[str, Any]) -> bool:
    """Whether a number is chosen on a line that is short enough to be drawn."""
    low, high = limits.get("minimum"), limits.get("maximum")
    if "slider" not in control_codes(item, ITEM_CONTROL) or low is None or high is None:
        return False
    step = limits.get("step") or 1
    return low < high and step > 0 and (high - low) / step <= MOST_STEPS


def with_unit(
    texts: Mapping[str, str], item: Node, path: str, notebook: Notebook
) -> dict[str, str]:
    """The question's texts with the unit after them; a choice of units is told as a fault."""
    units = _units(item)
    if len(units) > 1:
        said = _("The answer is asked for in several units. Ask in one.")
        notebook.stop(f"{path}.extension", said)
    if len(units) != 1 or any(units[0] in text for text in texts.values()):
        return dict(texts)
    return {language: f"{text} ({units[0]})" for language, text in texts.items()}


def _units(item: Node) -> list[str]:
    stated = extension(item, UNIT)
    choices = [
        one.get("valueCoding")
        for one in as_list(item.get("extension"))
        if isinstance(one, Mapping) and one.get("url") == UNIT_OPTION
    ]
    codings = [stated] if isinstance(stated, Mapping) else choices
    return [
        str(one.get("display") or one.get("code")) for one in codings if isinstance(one, Mapping)
    ]
