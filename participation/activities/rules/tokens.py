"""The personal link of an invitation.

The token is a keyed hash of the invitation's public id: 128 bits that only the key outside the
database can make again. So every mail about one invitation carries the same link, and a copy of
the database opens none.
"""

from participation.foundation.crypto import keys

TOKEN_PURPOSE = "invitation"  # noqa: S105 - a name, not a secret
CALENDAR_PURPOSE = "calendar"


def invitation_token(public_id: str) -> str:
    return keys().token_hash("invitation link", public_id)


def calendar_token(public_id: str) -> str:
    """The secret part of a calendar's address, made in the same way."""
    return keys().token_hash("calendar address", public_id)
