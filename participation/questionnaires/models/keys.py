"""Keys of questions and rows."""

import secrets

KEY_LENGTH = 64
ROW_ID_BYTES = 16


def new_row_id() -> bytes:
    """A random key of 128 bits."""
    return secrets.token_bytes(ROW_ID_BYTES)
