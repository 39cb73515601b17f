"""The three ways out for numbers; each route that shows some says which it is.

- publication: through gate and ledger, for everybody the page is open to
- workroom: entitled staff over one closed or rewritten round; nothing leaves the room
- row_extract: own permission, reason, logged, shuffled, coarsened: a disclosure act

Decision: docs/decisions/0002-three-outlets-and-ledger.md. A contract test demands it.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
Outlet = Literal["publication", "workroom", "row_extract"]
OUTLETS: tuple[Outlet, ...] = ("publication", "workroom", "row_extract")


def outlet(name: Outlet) -> Callable[[View], View]:
    """Declare by which outlet a view shows numbers. Stands right under `@requires`."""
    if name not in OUTLETS:
        raise ValueError(f"unknown outlet {name}")

    def mark(view: View) -> View:
        view.__outlet__ = name  # type: ignore[attr-defined]
        return view

    return mark


def outlet_of(view: Callable[..., Any]) -> Outlet | None:
    """What a view declared; None when it shows no numbers about people."""
    return getattr(view, "__outlet__", None)
