"""Renew the column cells of docs/privacy.md's data map from the models; new tables come in empty.

What a table is for, whom it is about and how long it is kept is written by hand.
"""

from pathlib import Path

from participation.foundation.db import Base
from participation.registry import FEATURES

ROOT = Path(__file__).resolve().parent.parent
PRIVACY = ROOT / "docs" / "privacy.md"
HEADING = "## Data map"
TO_WRITE = "write this"

assert FEATURES, "importing the registry registers every table"


def renew() -> None:
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    lines, known, last_row = [], set(), 0
    is_map = False
    for line in PRIVACY.read_text(encoding="utf-8").splitlines():
        is_map = is_map or line == HEADING
        if is_map and line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            name = cells[0].strip("`")
            if name not in tables:
                continue
            known.add(name)
            line = _row(name, cells[1:-1])  # noqa: PLW2901 - the line as it will stand
            last_row = len(lines) + 1
        lines.append(line)
    new = [_row(name, [TO_WRITE] * 3) for name in sorted(set(tables) - known)]
    lines[last_row:last_row] = new
    PRIVACY.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(known)} tables renewed, {len(new)} new")


def _row(name: str, cells: list[str]) -> str:
    columns = " ".join(f"`{column.name}`" for column in Base.metadata.tables[name].columns)
    return f"| `{name}` | {' | '.join(cells)} | {columns} |"


if __name__ == "__main__":
    renew()
