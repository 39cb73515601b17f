"""What whoever measures may choose."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """`is_quick`: fewer runs. `corpora`: the folder with texts from elsewhere."""

    is_quick: bool
    corpora: Path
