"""Invented figures: a file as Kolada gives it, corrected later; small numbers; files that wait."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from participation.county.models import Area, Group, Municipality, Perspective
from participation.county.queries import ids_by_key
from participation.demo.year import Year
from participation.foundation.permissions import Actor
from participation.foundation.tabular import csv_bytes
from participation.indicators.models import Indicator
from participation.indicators.services.defining import save_indicator
from participation.indicators.services.importing import (
    check_file,
    confirm_import,
    note_check,
    receive_file,
    take_in,
)

MARK = "påhittat exempel"
YEARS = 9
SEED = 20_261_128
COUNTY, NATION, SOME_GROUP = "0008", "0000", "G12345"


@dataclass(frozen=True)
class Invented:
    """One indicator of the file: where it begins, how it drifts, how women and men differ."""

    code: str
    name: str
    text: str
    level: float
    drift: float
    women: float
    better: str
    perspective: str
    group: str
    area: str
    target: float | None = None
    target_kind: str | None = None


FIGURES = (
    Invented(
        "X90001",
        f"Elever i årskurs 9 som känner sig trygga i skolan ({MARK}), andel (%)",
        "Elever i årskurs 9 som har svarat att de alltid eller oftast känner sig trygga i skolan.",
        *(79.0, 0.5, -4.0),
        *("higher", "health", "barn-och-unga", "barn-unga"),
        *(85.0, "at_least"),
    ),
    Invented(
        "X90002",
        f"Brukare i socialpsykiatrin som får bestämma om viktiga saker ({MARK}), andel (%)",
        "Personer med boendestöd som har svarat att de får bestämma om saker som är viktiga "
        "för dem.",
        *(71.0, 0.9, 2.0),
        *("higher", "resident", "psykisk-halsa", "psykisk-halsa"),
        *(80.0, "at_least"),
    ),
    Invented(
        "X90003",
        f"Medarbetare i hemtjänsten en äldre möter under 14 dagar ({MARK}), antal",
        "Hur många olika personer ur hemtjänsten som i genomsnitt kommer hem till en äldre "
        "under fjorton dagar.",
        *(15.5, -0.25, 0.2),
        *("lower", "resources", "aldre", "aldre"),
        *(12.0, "at_most"),
    ),
)
SIP = f"Personer som har fått en samordnad plan ({MARK})"
REVISED_YEARS = 2


def take_figures_in(year: Year) -> None:
    """As it went: Kolada's file, what it could not tell, a correction, small numbers."""
    chance = random.Random(SEED)
    codes = list(year.session.scalars(select(Municipality.code).order_by(Municipality.code)))
    entries = list(_entries(year, chance, codes))
    kpi = [{"id": one.code, "title": one.name, "description": one.text} for one in FIGURES]
    content = json.dumps({"kpi": {"values": kpi}, "data": {"values": entries}}, ensure_ascii=False)
    _take_in(year, 40, "Kolada i form, påhittade tal.json", content.encode())
    for one in FIGURES:
        _complete(year, one)
    _take_in(year, 12, "Rättade tal, påhittade.csv", _corrections(entries))
    _count_plans(year, chance)
    _let_a_file_wait(year)


def _entries(year: Year, chance: random.Random, codes: Sequence[str]) -> Iterator[dict[str, Any]]:
    last = year.calendar.today.year - 1
    for one in FIGURES:
        spread = abs(one.level) * 0.06
        places = {code: chance.gauss(0, spread) for code in codes}
        for code, lean in {**places, COUNTY: 0.0, NATION: -spread / 2, SOME_GROUP: 0.0}.items():
            for number in range(YEARS):
                level = one.level + lean + one.drift * number + chance.gauss(0, spread / 5)
                yield {
                    "kpi": one.code,
                    "municipality": code,
                    "period": last - YEARS + 1 + number,
                    "values": _by_gender(one, level, is_last=number == YEARS - 1, code=code),
                }


def _by_gender(one: Invented, level: float, *, is_last: bool, code: str) -> list[dict[str, Any]]:
    """The smallest place gives no figures by gender: they are missing, and that is no fault."""
    shown = {"T": level}
    if code != "0821":
        shown |= {"K": level + one.women / 2, "M": level - one.women / 2}
    status = "Preliminary" if is_last else ""
    return [
        {"gender": sex, "count": 1, "status": status, "value": round(value, 1), "isdeleted": False}
        for sex, value in shown.items()
    ]


def _complete(year: Year, one: Invented) -> None:
    """What Kolada cannot tell: which way is better, whose it is, what is aimed at."""
    session = year.session
    found = session.scalars(select(Indicator).where(Indicator.outside_code == one.code)).one()
    perspectives = ids_by_key(session, Perspective)
    groups = ids_by_key(session, Group)
    areas = session.scalars(select(Area.id).where(Area.key == one.area)).all()
    values = {
        "better": one.better,
        "perspective_id": perspectives[one.perspective],
        "group_id": groups.get(one.group),
        "source": f"{MARK.capitalize()} i Koladas form",
        "source_url": None,
        "caveats": "Talen är påhittade, för att visa hur en sida med tolv kommuner ser ut.",
        "target_value": one.target,
        "target_kind": one.target_kind,
        "target_by": str(year.calendar.today.year + 1) if one.target else None,
    }
    save_indicator(session, year.coordinator, found, values, areas)


def _corrections(entries: Sequence[dict[str, Any]]) -> bytes:
    """Kalmar's earlier figures were counted wrong, and it was measured anew from one year on."""
    of_it = [e for e in entries if e["kpi"] == FIGURES[0].code and e["municipality"] == "0880"]
    headings = ("Indikator", "Kommun", "År", "Kön", "Värde", "Brott")
    rows = [
        (
            *(FIGURES[0].code, "Kalmar", str(entry["period"]), "T"),
            str(round(entry["values"][0]["value"] - 1.4, 1)).replace(".", ","),
            "ja" if number == REVISED_YEARS - 1 else "",
        )
        for number, entry in enumerate(of_it[3 : 3 + REVISED_YEARS])
    ]
    return csv_bytes(headings, rows)


def _count_plans(year: Year, chance: random.Random) -> None:
    """A number of people each quarter, so that some are too few to show."""
    session = year.session
    perspective = session.scalars(select(Perspective.id).where(Perspective.key == "resident")).one()
    group = session.scalar(select(Group.id).where(Group.key == "informationsoverforing"))
    made = save_indicator(
        session,
        year.coordinator,
        None,
        {
            "name": SIP,
            "description": "Hur många som har fått en samordnad individuell plan under kvartalet.",
            "unit": "personer",
            "decimals": 0,
            "counts_people": True,
            "better": "higher",
            "period_kind": "quarter",
            "level": "municipality",
            "source": MARK.capitalize(),
            "caveats": "1–4 personer visas aldrig, och inte heller det som skulle avslöja dem.",
            "perspective_id": perspective,
            "group_id": group,
        },
        [],
    )
    last = year.calendar.today.year
    quarters = [f"{y} kv {q}" for y in (last - 2, last - 1) for q in (1, 2, 3, 4)]
    rows: list[list[str]] = []
    for code, people in session.execute(
        select(Municipality.code, Municipality.population).order_by(Municipality.code)
    ):
        expected = people / 900
        rows.append([code, *(str(max(0, round(chance.gauss(expected, 2)))) for _q in quarters)])
    sums = [str(sum(int(row[place + 1]) for row in rows)) for place in range(len(quarters))]
    content = csv_bytes(("Kommun", *quarters), [*rows, ["Hela länet", *sums]])
    _take_in(year, 8, "SIP per kvartal, påhittade tal.csv", content, indicator_id=made.id)


def _let_a_file_wait(year: Year) -> None:
    """A file with faults that somebody has looked through and not said yes to."""
    headings = ("Nyckeltal", "Kommun", "År", "Kön", "Värde")
    name, last = FIGURES[1].code, str(year.calendar.today.year - 1)
    rows = (
        (name, "Kalmar", last, "T", "77,5"),
        (name, "Nybro", last, "kvinnor", "74,0"),
        (name, "Torsås", str(year.calendar.today.year), "T", "76,1 %"),
        (name, "Vimmerby", last, "T", ".."),
        (name, "Atlantis", last, "T", "70"),
        (name, "Borgholm", "förra året", "T", "71"),
        (name, "Högsby", last, "T", "sjuttio"),
    )
    _receive(year, 1, "Nya tal att ta in, påhittade.csv", csv_bytes(headings, rows))
    _receive(year, 1, "Tal med egna rubriker.csv", csv_bytes(("Ort", "Tid A", "Tal"), rows[:1]))
    _receive(year, 1, "Skärmbild.png", b"\x89PNG\r\n")


def _take_in(year: Year, days_ago: int, name: str, content: bytes, **more: Any) -> None:
    taken = _receive(year, days_ago, name, content, **more)
    with year.calendar.stand_at(year.calendar.today - timedelta(days=days_ago), hour=11):
        confirm_import(year.session, year.coordinator, taken)
        take_in(year.session, year.coordinator, taken, check_file(year.session, taken, _silently))


def _receive(year: Year, days_ago: int, name: str, content: bytes, **more: Any) -> Any:
    actor: Actor = year.coordinator
    with year.calendar.stand_at(year.calendar.today - timedelta(days=days_ago)):
        taken = receive_file(year.session, actor, name, content, **more)
        # A long file waits for a worker, and the demo has none while it is laid in.
        note_check(year.session, taken, check_file(year.session, taken, _silently))
        return taken


def _silently(_done: int, _total: int) -> None:
    """Nobody looks how far it is."""
