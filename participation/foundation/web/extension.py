"""What a running application knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.config import Config
from participation.foundation.feature import Features
from participation.foundation.kept_pages import KeptPages
from participation.foundation.permissions import NOBODY, Actor

EXTENSION = "participation"


@dataclass(frozen=True)
class Contact:
    """Whom residents call; the county floor fills it from the county file."""

    county_name: str = ""
    phone: str = ""
    hours: str = ""


@dataclass
class Extension:
    """What a running application knows; `extension()` gives it to views and providers' pages."""

    config: Config
    sessions: sessionmaker[Session]
    features: Features
    # accounts sets this; until then nobody is ever signed in
    load_actor: Callable[[], Actor] = field(default=lambda: NOBODY)
    # county sets this; takes the request's session only when it has to ask the database
    contact: Callable[[Callable[[], Session]], Contact] = field(default=lambda _db: Contact())
    # what foundation/context.py knows of addresses that never change, by the site's own path
    fixed_links: dict[str, Mapping[str, str]] = field(default_factory=dict)
    # pages that are the same for everybody (kept_pages.py); none: made anew each time
    kept: KeptPages | None = None


def extension() -> Extension:
    return cast(Extension, current_app.extensions[EXTENSION])
