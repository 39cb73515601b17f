"""Words that many people share, with marks where each person's own values go. Pure."""

from collections.abc import Mapping

# Private-use signs: in no alphabet, and left alone by everything a text passes through.
_OPEN, _CLOSE = "\ue000", "\ue001"


def personal(name: str) -> str:
    """What stands in the shared words for a value that differs: a link may hold it as a part."""
    return f"{_OPEN}{name}{_CLOSE}"


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with each mark's value in its place.

    Each piece between marks is looked at once: a value is never searched for marks.

    >>> merged(f"Hej {personal('name')}!", {"name": "Tuva"})
    'Hej Tuva!'
    """
    head, *rest = text.split(_OPEN)
    pieces = [head]
    for part in rest:
        name, _, tail = part.partition(_CLOSE)
        pieces += [values[name], tail]
    return "".join(pieces)
