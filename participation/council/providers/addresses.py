"""Where the council's providers lead to."""

from participation.council.queries import StatementLine
from participation.foundation.providers import Address

ROOM = "council"
WORKSPACE = Address(endpoint="council.workspace")


def statement_address(line: StatementLine) -> Address:
    """The page of one statement."""
    return Address(endpoint="council.statement", values={"public_id": line.statement.public_id})
