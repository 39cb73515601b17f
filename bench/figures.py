"""How every benchmark tells what it found: figure · value · goal · holds, and the same as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured value. `goal` is written as people read it; `holds` None means no goal."""

    figure: str
    value: float
    unit: str
    goal: str = ""
    holds: bool | None = None


def tell(name: str, figures: list[Figure]) -> None:
    """Print the table and write bench/results/<name>.json."""
    rows = [("figure", "value", "goal", "holds")]
    for item in figures:
        holds = {True: "yes", False: "NO", None: ""}[item.holds]
        rows.append((item.figure, f"{item.value:g} {item.unit}".strip(), item.goal, holds))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(
        json.dumps([asdict(item) for item in figures], ensure_ascii=False, indent=1)
    )
