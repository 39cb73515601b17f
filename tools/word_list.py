"""Make the word lists of the finder from a Swedish spelling dictionary; run by hand, seldom.

`python tools/word_list.py sv_SE.dic sv_SE.aff` with the files of the Debian package hunspell-sv.
Kept are the words in every form, without those that are two others put together or only have a
genitive s; and the places, known by a word for who lives there ("Kalmarbo") or by their ending.
"""

import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent / "participation" / "foundation" / "deidentification" / "data"
_WORD = re.compile(r"[a-zåäöéèàüA-ZÅÄÖÉ]{2,}")
_NEVER_ALONE, _NOT_A_WORD = "¤", "%!"
_SHORTEST_PART = 4
_LIVES_THERE = ("bo", "bor", "bon", "borna", "bos")
_ENDS_AS_PLACE = re.compile(
    r".{2,}(?:sund|näs|torp|by|boda|hult|ryd|köping|stad|bro|ås|inge|arp|red|rum|tuna|sjö|vik|fors"
    r"|hamn|åker|ö|udden|mo|hed|ungsbacka|måla|land|sta|lösa)"
)
_Endings = dict[str, list[tuple[str, str, re.Pattern[str]]]]


def endings(lines: list[str]) -> _Endings:
    """By flag: what goes, what comes instead, and how a word must end."""
    found: _Endings = defaultdict(list)
    for cells in (line.split() for line in lines):
        if len(cells) > 4 and cells[0] == "SFX":
            goes, comes = (
                "" if part == "0" else part for part in (cells[2], cells[3].partition("/")[0])
            )
            found[cells[1]].append((goes, comes, re.compile(f"(?:{cells[4]})$")))
    return found


def forms(lines: list[str], known: _Endings) -> set[str]:
    """Every form of every word, with capitals where the dictionary has them."""
    found = set()
    for line in lines:
        word, _slash, flags = line.split()[0].partition("/") if line.strip() else ("", "", "")
        if not _WORD.fullmatch(word) or set(flags) & set(_NOT_A_WORD):
            continue
        if _NEVER_ALONE not in flags:
            found.add(word)
        for goes, comes, ends in (ending for flag in flags for ending in known.get(flag, ())):
            if word.endswith(goes) and ends.search(word):
                found.add(word[: len(word) - len(goes)] + comes)
    return {word for word in found if _WORD.fullmatch(word)}


def without_compounds(words: set[str]) -> set[str]:
    """Those that are not two others, nor another with a genitive s."""
    return {
        word
        for word in words
        if not (word.endswith("s") and len(word) > 3 and word[:-1] in words)
        and not any(
            word[cut:] in words and (word[:cut] in words or word[:cut].removesuffix("s") in words)
            for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        )
    }


def places(capitals: set[str]) -> set[str]:
    """Towns and countries: somebody lives there, or they are called as only places are."""
    lived_in = {
        word.removesuffix(end) for word in capitals for end in _LIVES_THERE if word.endswith(end)
    }
    return {
        word.lower()
        for word in capitals
        if (word in lived_in or _ENDS_AS_PLACE.fullmatch(word)) and not word.endswith(_LIVES_THERE)
        if word.removesuffix("s") not in capitals - {word}
    }


def main() -> None:
    """Write both lists, sorted, so that a difference can be read."""
    dictionary, rules = (
        Path(name).read_text(encoding="utf-8").splitlines() for name in sys.argv[1:]
    )
    every = forms(dictionary, endings(rules))
    small = {word for word in every if word[0].islower()}
    names = {
        word
        for kind in ("first", "last")
        for word in (DATA / f"{kind}_names.txt").read_text(encoding="utf-8").split()
    }
    towns = places(every - small) - names
    for name, words in (
        ("words", without_compounds(small)),
        ("places", {word for word in towns if word.removesuffix("s") not in names}),
    ):
        text = "\n".join(sorted(words))
        (DATA / f"{name}.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
