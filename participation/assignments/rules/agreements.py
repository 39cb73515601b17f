"""The words of an agreement on an assignment: put together, and known again by a digest. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class AgreementText:
    """Headings with a paragraph each, in one language."""

    parts: tuple[tuple[str, str], ...]
    locale: str

    @property
    def plain(self) -> str:
        """The words the digest is made of."""
        return "\n\n".join(f"{heading}\n{text}" for heading, text in self.parts)


def agreement_text(
    facts: Iterable[tuple[str, str]], sections: Sequence[Mapping[str, Any]], locale: str
) -> AgreementText:
    """The assignment's own facts first, then the template's sections in the reader's language.

    A section that has no words in that language stands in Swedish.
    """
    template = [
        (
            section.get("titles", {}).get(locale, section["title"]),
            section.get("texts", {}).get(locale, section["text"]),
        )
        for section in sections
    ]
    return AgreementText((*((h, t) for h, t in facts if t), *template), locale)


def packed(text: AgreementText) -> str:
    """How the words are kept."""
    return json.dumps(text.parts, ensure_ascii=False)


def unpacked(kept: str, locale: str) -> AgreementText:
    return AgreementText(tuple((heading, words) for heading, words in json.loads(kept)), locale)


def text_digest(plain: str) -> str:
    """SHA-256 of the words, in hex: tells whether what is shown is what was agreed to.

    >>> text_digest("abc")[:12]
    'ba7816bf8f01'
    """
    return hashlib.sha256(plain.encode()).hexdigest()
