"""An indicator's newest value as a sentence: where it stands, and against the target. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
from participation.indicators.rules.definitions import TargetKind, reaches
from participation.indicators.rules.series import Point, Series


def newest_in_words(
    series: Sequence[Series], sexes: Mapping[str, Any], unit: str, decimals: int
) -> list[str]:
    """Where the county stands: of everybody, or of women and of men where nobody counted all."""
    own = [one for one in series if not (one.municipality_code or one.reference_label)]
    if not own:
        return [_("There is no value for the whole county.")]
    if own[0].sex == "T":
        return [_in_words(own[0].points[-1], unit, decimals)]
    return [
        _("%(who)s: %(said)s", who=sexes[one.sex], said=_in_words(one.points[-1], unit, decimals))
        for one in own
    ]


def county_notes(series: Sequence[Series]) -> list[str]:
    """What is remarked about the county's values, and how many they rest on, each once."""
    own = [one for one in series if not one.municipality_code]
    return list(dict.fromkeys(filter(None, (_note(p) for one in own for p in one.points))))


def _note(point: Point) -> str:
    parts = [point.note] if point.note else []
    if point.count_behind is not None:
        parts.insert(0, _("rests on %(count)s", count=format_number(point.count_behind)))
    if not parts or point.note.startswith(point.period):
        return point.note
    return f"{point.period}: {', '.join(parts)}"


def _in_words(point: Point, unit: str, decimals: int) -> str:
    """ "64,0 procent (2016/17)"; what stands in its place when it may not be shown."""
    if point.value is None:
        return point.note or _("There is no value yet.")
    value = format_number(point.value, decimals)
    said = _("%(value)s %(unit)s (%(period)s)", value=value, unit=unit, period=point.period)
    return _("%(said)s, preliminary", said=said) if point.is_preliminary else said


def against_target(
    point: Point | None, target: float | None, kind: str | None, by: str | None, decimals: int
) -> str:
    """Whether the target is reached, or how far it is; "" without a target or a value."""
    if point is None or point.value is None or target is None or kind is None:
        return ""
    wanted = wanted_in_words(target, kind, by, decimals)
    if reaches(point.value, target, kind):
        return _("The target is reached: %(wanted)s.", wanted=wanted)
    left = format_number(abs(point.value - target), decimals)
    return _("%(left)s is left to the target: %(wanted)s.", left=left, wanted=wanted)


def wanted_in_words(target: float, kind: str, by: str | None, decimals: int) -> str:
    """ "at least 70 by 2027" """
    value = format_number(target, decimals)
    said = (
        _("at least %(value)s", value=value)
        if kind == TargetKind.AT_LEAST
        else _("at most %(value)s", value=value)
    )
    return _("%(said)s by %(period)s", said=said, period=by) if by else said
