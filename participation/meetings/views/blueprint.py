"""Two blueprints: those who lead and everybody, and the tables' phones, which get no cookie."""

from flask import Blueprint

from participation.foundation.ceilings import TokenBucket

meetings = Blueprint("meetings", __name__)
at_the_table = Blueprint("at_the_table", __name__)

CEILINGS = "meeting_ceilings"


class Ceilings:
    """What one process bears from everybody together; nobody's address is kept (TRUST 23, 46)."""

    def __init__(self) -> None:
        self.wrong_codes = TokenBucket(burst=60, per_second=1)
        self.writes = TokenBucket(burst=200, per_second=20)
