"""Running a job's work at once, without a worker."""

from collections.abc import Mapping
from typing import Any


class Quiet:
    """A running job that tells nobody how far it is."""

    public_id = ""
    created_by_account_id = None
    attempt = 1

    def __init__(self, **payload: Any) -> None:
        self.payload: Mapping[str, Any] = payload

    def progress(self, done: int, total: int, text: str = "") -> None:
        pass
