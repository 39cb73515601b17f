"""Words that tell of so few people that somebody could be recognised. Pure."""

import re

_VALUES = {"en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7}
_VALUES |= {"åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14}
_VALUES |= {"femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20}
_VALUE = rf"\d+|{'|'.join(_VALUES)}"
_PEOPLE = (
    "personer|person|boende|patienter|patient|brukare|anhöriga|anhörig|närstående|barn|deltagare|"
    "medarbetare|anställda|anställd|i personalen|sköterskor|läkare|män|man|kvinnor|kvinna|"
    "ungdomar|intervjuade"
)
_OF = r"\s+av\s+(?:de\s+|dem\s+|alla\s+)?"
_PART = re.compile(rf"\b({_VALUE}){_OF}({_VALUE})\b", re.IGNORECASE)
_COUNT = re.compile(
    rf"\b({_VALUE})(?:\s+|{_OF})(?:{_PEOPLE})\b|\balla\s+utom\s+({_VALUE})\b", re.IGNORECASE
)


def few_people(text: str, minimum: int) -> list[str]:
    """Places where Swedish words count fewer people than `minimum`, each once.

    A part tells of those who are left, too: "fem av sex" is also one person.

    >>> few_people("Fyra av sex säger det. Två i personalen hälsade.", 5)
    ['Fyra av sex', 'Två i personalen']
    >>> few_people("Tolv av tolv, sju av fjorton, och en av fördelarna.", 5)
    []
    """
    parts = [
        match[0]
        for match in _PART.finditer(text)
        if _is_few(_value(match[1]), minimum)
        or _is_few(_value(match[2]) - _value(match[1]), minimum)
    ]
    counts = [
        match[0]
        for match in _COUNT.finditer(text)
        if _is_few(_value(match[1] or match[2]), minimum)
    ]
    return list(dict.fromkeys([*parts, *counts]))


def _is_few(number: int, minimum: int) -> bool:
    return 0 < number < minimum


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _VALUES[word.lower()]
