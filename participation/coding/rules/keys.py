"""What codes, themes and codebooks are called inside: the same for names that look alike."""

import re
import unicodedata

KEY_LENGTH = 64


def key_of(name: str) -> str:
    """The key of a name: letters without their marks, figures, underscores.

    >>> key_of("Börja om från början")
    'borja_om_fran_borjan'
    """
    folded = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", folded).strip("_")[:KEY_LENGTH] or "code"
