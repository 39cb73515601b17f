"""The registry of question kinds: parse, store, show, summarise, render, export. Nowhere else.

A stored closed answer is a code, several codes separated by spaces (as in XLSForm; a ranking: the
first place first), a number or an ISO date; text is stored apart. So one SQL statement counts every
closed kind alike: `summarise` turns the counts per stored value into counts per option.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from participation.foundation.html import plain
from participation.foundation.i18n import current_locale, format_and, format_day, format_number
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.content import BATTERY, INFORMATION, Question
from participation.questionnaires.rules.typed import read_day, read_number

Stored = str | int | float
SHORT_LENGTH = 200
LONG_LENGTH = 2_000
MAX_NUMBER = 1_000_000_000
RANKING = "ranking"
RANGE = "range"
MOST_STEPS = 200
PLACE_MARK = ":"  # "code:2": this option got the second place
FIRST_YEAR, LAST_YEAR = 1900, 2100


class AnswerError(ValueError):
    """An answer that cannot be kept; the message tells the respondent how to put it right."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of question. `render` names the field that `forms/answer.py` draws."""

    name: str
    label: str
    render: str  # radios, ticks, places, number, steps, line, day, block, tick, nothing
    has_options: bool = False
    is_closed: bool = False
    is_text: bool = False
    parse: Callable[[Question, Sequence[str]], Stored | None]
    show: Callable[[Question, Stored, str], str]
    summarise: Callable[[Question, Mapping[str, int]], Mapping[str, int]]
    export: Callable[[Question, Stored | None], Mapping[str, str]]


def _first(values: Sequence[str]) -> str:
    return plain(values[0]).strip() if values else ""


def _nothing(_question: Question, _values: Sequence[str]) -> Stored | None:
    return None


def _parse_one(question: Question, values: Sequence[str]) -> Stored | None:
    code = _first(values)
    if not code:
        return None
    if question.option(code) is None:
        raise AnswerError(_("Choose one of the alternatives."))
    return code


def _parse_several(question: Question, values: Sequence[str]) -> Stored | None:
    chosen = {plain(value).strip() for value in values} - {""}
    if not chosen:
        return None
    kept = [option for option in question.options if option.code in chosen]
    if len(kept) != len(chosen):
        raise AnswerError(_("Choose among the alternatives."))
    alone = [option for option in kept if option.is_exclusive]
    if alone and len(kept) > 1:
        raise AnswerError(
            _(
                "“%(alone)s” cannot be combined with other answers. Untick it or the others.",
                alone=alone[0].text.said(current_locale()),
            )
        )
    return " ".join(option.code for option in kept)


def _parse_number(question: Question, values: Sequence[str]) -> Stored | None:
    typed = _first(values)
    if not typed:
        return None
    number = read_number(typed)
    if number is None:
        raise AnswerError(_("Write a number with digits, for example 3."))
    low = -MAX_NUMBER if question.minimum is None else question.minimum
    high = MAX_NUMBER if question.maximum is None else question.maximum
    if not math.isfinite(number) or not low <= number <= high:
        raise AnswerError(
            _(
                "Write a number between %(low)s and %(high)s.",
                low=format_number(low),
                high=format_number(high),
            )
        )
    if question.step is not None and not _is_on_step(number, question):
        raise AnswerError(
            _("Write a whole number.")
            if question.step == 1
            else _("Write a number in steps of %(step)s.", step=format_number(question.step))
        )
    return int(number) if number.is_integer() else number


def _is_on_step(number: float, question: Question) -> bool:
    steps = (number - (question.minimum or 0)) / (question.step or 1)
    return abs(steps - round(steps)) < 1e-6


def range_numbers(question: Question) -> tuple[float, ...]:
    """The numbers a range offers, first to last; none when it is endless or turned around.

    From 0 to 10 in steps of 5: 0, 5, 10.
    """
    low, high, step = question.minimum, question.maximum, question.step or 1
    if low is None or high is None or step <= 0 or not 0 <= (high - low) / step <= MOST_STEPS:
        return ()
    return tuple(
        round(low + step * place, 6) for place in range(math.floor((high - low) / step + 1e-9) + 1)
    )


def _parse_day(_question: Question, values: Sequence[str]) -> Stored | None:
    typed = _first(values)
    if not typed:
        return None
    day = read_day(typed)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise AnswerError(_("Write a date that exists, for example 2026-11-30."))
    return day.isoformat()


def _parse_ranking(question: Question, values: Sequence[str]) -> Stored | None:
    """Places chosen per option ("code:2"), or codes in their order; gaps close up, ties do not."""
    places: dict[int, list[str]] = {}
    for position, value in enumerate((plain(value).strip() for value in values), start=1):
        code, _mark, place = value.partition(PLACE_MARK)
        if not code or (_mark and not place):
            continue
        if (
            question.option(code) is None
            or (place and not place.isascii())
            or not (place.isdigit() or not _mark)
        ):
            raise AnswerError(_("Choose among the alternatives."))
        places.setdefault(int(place[:4]) if place else position, []).append(code)
    if any(len(codes) > 1 for codes in places.values()):
        raise AnswerError(_("Two alternatives have the same place. Give each a place of its own."))
    ranked = [places[place][0] for place in sorted(places)]
    if len(set(ranked)) != len(ranked):
        raise AnswerError(_("Choose among the alternatives."))
    return " ".join(ranked) or None


def _parse_text(default_length: int) -> Callable[[Question, Sequence[str]], Stored | None]:
    def parse(question: Question, values: Sequence[str]) -> Stored | None:
        text = plain(values[0] if values else "").replace("\r\n", "\n").strip()
        limit = question.max_length or default_length
        if len(text) > limit:
            raise AnswerError(
                _(
                    "This is too long. Use at most %(max)s characters; you have written %(num)s.",
                    max=format_number(limit),
                    num=format_number(len(text)),
                )
            )
        return text or None

    return parse


def _parse_consent(question: Question, values: Sequence[str]) -> Stored | None:
    return "yes" if _first(values) in {"yes", "y", "on", "1"} else None


def _show_one(question: Question, stored: Stored, locale: str) -> str:
    option = question.option(str(stored))
    return option.text.said(locale) if option is not None else str(stored)


def _show_several(question: Question, stored: Stored, locale: str) -> str:
    return format_and([_show_one(question, code, locale) for code in str(stored).split(" ")])


def _show_ranking(question: Question, stored: Stored, locale: str) -> str:
    codes = str(stored).split(" ")
    return "; ".join(
        f"{format_number(place)}. {_show_one(question, code, locale)}"
        for place, code in enumerate(codes, start=1)
    )


def _show_day(_question: Question, stored: Stored, _locale: str) -> str:
    return format_day(date.fromisoformat(str(stored)))


def _show_number(_question: Question, stored: Stored, _locale: str) -> str:
    return format_number(stored) if not isinstance(stored, str) else stored


def _show_text(_question: Question, stored: Stored, _locale: str) -> str:
    return str(stored)


def _show_consent(_question: Question, _stored: Stored, _locale: str) -> str:
    return _("Yes")


def _count_each(question: Question, counts: Mapping[str, int]) -> Mapping[str, int]:
    """Every option in order, also those nobody chose; unknown codes are kept at the end."""
    found = {option.code: 0 for option in question.options}
    for code, count in counts.items():
        found[code] = found.get(code, 0) + count
    return found


def _count_split(question: Question, counts: Mapping[str, int]) -> Mapping[str, int]:
    """Each option once per answer that holds it; a combination counts for all of its options.

    {"a b": 2, "a": 1} → {"a": 3, "b": 2}.
    """
    split: Counter[str] = Counter()
    for combination, count in counts.items():
        for code in combination.split(" "):
            split[code] += count
    return _count_each(question, split)


def _count_first(question: Question, counts: Mapping[str, int]) -> Mapping[str, int]:
    """How many gave each option the first place: {"b a": 2, "a": 1} → {"a": 1, "b": 2}."""
    first: Counter[str] = Counter()
    for ranked, count in counts.items():
        first[ranked.split(" ")[0]] += count
    return _count_each(question, first)


def _count_values(_question: Question, counts: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(counts.items(), key=lambda item: float(item[0])))


def _count_nothing(_question: Question, _counts: Mapping[str, int]) -> Mapping[str, int]:
    return {}


def _export_one(question: Question, stored: Stored | None) -> Mapping[str, str]:
    return {question.key: "" if stored is None else str(stored)}


def _export_several(question: Question, stored: Stored | None) -> Mapping[str, str]:
    """One column per option: 1 chosen, 0 not chosen, empty when the question was left out."""
    chosen = set() if stored is None else set(str(stored).split(" "))
    return {
        f"{question.key}.{option.code}": "" if stored is None else str(int(option.code in chosen))
        for option in question.options
    }


def _export_ranking(question: Question, stored: Stored | None) -> Mapping[str, str]:
    """One column per option: its place, empty when it got none."""
    ranked = [] if stored is None else str(stored).split(" ")
    return {
        f"{question.key}.{option.code}": (
            str(ranked.index(option.code) + 1) if option.code in ranked else ""
        )
        for option in question.options
    }


def _export_nothing(_question: Question, _stored: Stored | None) -> Mapping[str, str]:
    return {}


def _choice(name: str, label: str) -> Kind:
    return Kind(
        name=name,
        label=label,
        render="radios",
        has_options=True,
        is_closed=True,
        parse=_parse_one,
        show=_show_one,
        summarise=_count_each,
        export=_export_one,
    )


def _text(name: str, label: str, render: str, length: int) -> Kind:
    return Kind(
        name=name,
        label=label,
        render=render,
        is_text=True,
        parse=_parse_text(length),
        show=_show_text,
        summarise=_count_nothing,
        export=_export_one,
    )


def _unanswered(name: str, label: str, has_options: bool = False) -> Kind:
    return Kind(
        name=name,
        label=label,
        render="nothing",
        has_options=has_options,
        parse=_nothing,
        show=_show_text,
        summarise=_count_nothing,
        export=_export_nothing,
    )


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        _choice("single", _l("One choice")),
        Kind(
            name="multiple",
            label=_l("Several choices"),
            render="ticks",
            has_options=True,
            is_closed=True,
            parse=_parse_several,
            show=_show_several,
            summarise=_count_split,
            export=_export_several,
        ),
        _choice("scale", _l("Scale in words")),
        _choice("yes_no", _l("Yes or no")),
        _unanswered(BATTERY, _l("Several statements with the same scale"), has_options=True),
        Kind(
            name="number",
            label=_l("A number"),
            render="number",
            is_closed=True,
            parse=_parse_number,
            show=_show_number,
            summarise=_count_values,
            export=_export_one,
        ),
        Kind(
            name=RANGE,
            label=_l("A number on a scale"),
            render="steps",
            is_closed=True,
            parse=_parse_number,
            show=_show_number,
            summarise=_count_values,
            export=_export_one,
        ),
        Kind(
            name=RANKING,
            label=_l("Put in order"),
            render="places",
            has_options=True,
            is_closed=True,
            parse=_parse_ranking,
            show=_show_ranking,
            summarise=_count_first,
            export=_export_ranking,
        ),
        Kind(
            name="date",
            label=_l("A date"),
            render="day",
            parse=_parse_day,
            show=_show_day,
            summarise=_count_nothing,
            export=_export_one,
        ),
        _text("short_text", _l("A short text"), "line", SHORT_LENGTH),
        _text("long_text", _l("Own words"), "block", LONG_LENGTH),
        _unanswered(INFORMATION, _l("Information, no question")),
        Kind(
            name="consent",
            label=_l("A consent to tick"),
            render="tick",
            is_closed=True,
            parse=_parse_consent,
            show=_show_consent,
            summarise=lambda question, counts: dict(counts),
            export=_export_one,
        ),
    )
}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]
