"""Public texts that figures are measured on: where they come from, and how each is read.

They are never kept here, nor anything made from them. `MEDSKAPA_CORPORA` or `--corpora` names the
folder they lie in; a file that is missing, or not the one named here, is not measured.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A word and whether it belongs to a person's name.
Token = tuple[str, bool]
Sentence = list[Token]


@dataclass(frozen=True)
class Corpus:
    """`source`: repository, commit and path; `licence` as its authors give it."""

    file: str
    sha256: str
    licence: str
    source: str


NEWS = Corpus(
    "ner-news-test.txt",
    "b13c8626cf6478df4b3e9a2e7fa5276fd45f757bc5af9f6bc4abc7d789af2fdd",
    "CC BY 4.0",
    "github.com/klintan/swedish-ner-corpus 87950716 test_corpus.txt",
)
NEWS_FOR_BUILDING = Corpus(
    "ner-news-train.txt",
    "b0ba93840c13b882a336f5ae3b4af4cc5238203cd504acd5f44d8a7f643abf9f",
    "CC BY 4.0",
    "github.com/klintan/swedish-ner-corpus 87950716 train_corpus.txt",
)
TRANSLATED = Corpus(
    "ner-pud-test.iob2",
    "c26e233295fd81fb1a283e3a1a5571185b56c4b0c64aa3864e077336e13592bf",
    "CC BY-SA 4.0",
    "github.com/UniversalNER/UNER_Swedish-PUD 7fed5e26 sv_pud-ud-test.iob2",
)
OLDER = Corpus(
    "ner-talbanken.iob2",
    "c00a899b47b31ed32f4ac443c70471627f421a2bea654a2261107924b57b97e4",
    "CC BY-SA 4.0",
    "github.com/UniversalNER/UNER_Swedish-Talbanken dbb69208 sv_talbanken-ud-train.iob2",
)
OLDER_FOR_BUILDING = Corpus(
    "ner-talbanken-dev.iob2",
    "aaa5802d5d6e53b0ed78cc40c5d7aa47fdd2675a88318162fc282dd6895533b1",
    "CC BY-SA 4.0",
    "github.com/UniversalNER/UNER_Swedish-Talbanken dbb69208 sv_talbanken-ud-dev.iob2",
)


def found(corpus: Corpus, folder: Path) -> Path | None:
    """The file, if it lies in the folder and is the one that was measured before."""
    path = folder / corpus.file
    if not path.is_file():
        return None
    return path if hashlib.sha256(path.read_bytes()).hexdigest() == corpus.sha256 else None


def sentences(path: Path) -> list[Sentence]:
    """Sentences of a file with a word on each line and an empty line between sentences."""
    read: list[Sentence] = [[]]
    for token in _tokens(path):
        if token is None:
            read.append([])
        else:
            read[-1].append(token)
    return [sentence for sentence in read if sentence]


def _tokens(path: Path) -> Iterator[Token | None]:
    is_iob = path.suffix == ".iob2"
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t") if is_iob else line.split()
        if not line.strip():
            yield None
        elif line.startswith("# ") or len(cells) < 2:
            continue
        else:
            yield (cells[1], cells[2].endswith("PER")) if is_iob else (cells[0], cells[-1] == "PER")


def joined(sentence: Sentence, *, lower: bool) -> tuple[str, list[tuple[int, int, bool]]]:
    """The sentence as text, and where each word stands in it."""
    text, places = "", []
    for word, is_name in sentence:
        written = word.lower() if lower and len(word.lower()) == len(word) else word
        if text and not re.fullmatch(r"[.,:;!?)]", word):
            text += " "
        places.append((len(text), len(text) + len(written), is_name))
        text += written
    return text, places
