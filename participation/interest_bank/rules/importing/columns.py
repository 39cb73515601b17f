"""Which heading each field stands under. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from participation.interest_bank.rules.importing.vocabulary import Field


def folded(text: str) -> str:
    """Lower case without accents, signs as single spaces.

    >>> folded("  E-post (privat): ")
    'e post privat'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


# Folded headings, Swedish and English, that people give their columns.
_HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: ("namn", "name", "hela namnet", "for och efternamn", "full name", "person"),
    Field.FIRST_NAME: ("fornamn", "first name", "tilltalsnamn"),
    Field.LAST_NAME: ("efternamn", "last name", "surname"),
    Field.EMAIL: (
        "e post",
        "epost",
        "mejl",
        "mail",
        "e mail",
        "email",
        "e postadress",
        "mejladress",
    ),
    Field.PHONE: ("telefon", "mobil", "mobilnummer", "telefonnummer", "tel", "phone", "mobile"),
    Field.MUNICIPALITY: ("kommun", "bostadsort", "ort", "hemkommun", "municipality", "kommunkod"),
    Field.BIRTH_YEAR: ("fodelsear", "fodd", "fodelsedatum", "ar", "birth year", "year of birth"),
    Field.GENDER: ("kon", "gender", "sex"),
    Field.ROLES: ("roll", "erfarenhet som", "patient narstaende", "role", "experience as"),
    Field.AREAS: ("omrade", "omraden", "erfarenhetsomrade", "area", "areas", "intresseomrade"),
    Field.EXPERIENCE: (
        "erfarenhet",
        "beskrivning",
        "anteckning",
        "ovrigt",
        "experience",
        "fritext",
    ),
    Field.WAYS: ("deltar", "satt", "medverkar", "takes part", "ways"),
    Field.TIMES: ("tider", "nar", "times"),
    Field.LANGUAGES: ("sprak", "language", "languages"),
    Field.NEEDS: ("behov", "anpassning", "needs"),
    Field.CONTACT: ("kontaktsatt", "onskad kontakt", "contact"),
}


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Which heading each field stands under, as far as the headings say it: field → heading.

    >>> guess_columns(["Förnamn", "E-post", "Hemkommun", "Skonummer"])
    {'first_name': 'Förnamn', 'email': 'E-post', 'municipality': 'Hemkommun'}
    """
    by_folded: dict[str, str] = {}
    for heading in headings:
        by_folded.setdefault(folded(heading), heading)
    found: dict[str, str] = {}
    for name, known in _HEADINGS.items():
        hit = next((by_folded[word] for word in known if word in by_folded), None)
        if hit is None:
            words = (w for w in by_folded if any(w.startswith(f"{k} ") for k in known))
            hit = by_folded.get(next(words, ""))
        if hit is not None and hit not in found.values():
            found[str(name)] = hit
    return found
