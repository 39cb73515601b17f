"""Words into stems, and a typed question into a full-text query. Neither knows a database."""

import re
import unicodedata

import snowballstemmer

LONGEST_QUESTION = 200
SNIPPET_LENGTH = 200

_stemmer = snowballstemmer.stemmer("swedish")


def stems(text: str) -> list[str]:
    """Swedish stems of the words in `text`, in order; numbers and other alphabets stay words.

    >>> stems("Närståendes väntan, vänta")
    ['närståend', 'väntan', 'vänt']
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    return list(_stemmer.stemWords(words))


def question_stems(typed: str) -> list[str]:
    """The stems a typed question asks for, without doubles; empty when nothing was asked."""
    return list(dict.fromkeys(stems(typed[:LONGEST_QUESTION])))


def fts5_query(asked: list[str]) -> str:
    """SQLite: every stem must occur, the last one may be unfinished."""
    quoted = [f'"{stem}"' for stem in asked]
    return " AND ".join([*quoted[:-1], f"{quoted[-1]}*"])


def tsquery(asked: list[str]) -> str:
    """PostgreSQL: the same question for to_tsquery('simple', …)."""
    quoted = [f"'{stem}'" for stem in asked]
    return " & ".join([*quoted[:-1], f"{quoted[-1]}:*"])


def snippet(body: str, asked: list[str], length: int = SNIPPET_LENGTH) -> str:
    """The piece of `body` around the first word that was asked for, at most `length` characters."""
    if len(body) <= length:
        return body
    hit = next((m.start() for m in re.finditer(r"\w+", body) if set(stems(m[0])) & set(asked)), 0)
    start = max(0, min(hit - length // 3, len(body) - length))
    piece = body[start : start + length].strip()
    return f"{'…' if start else ''}{piece}{'…' if start + length < len(body) else ''}"
