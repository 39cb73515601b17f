"""Changes to a draft's JSON: add, replace and remove questions. Pure; nothing is stored.

Their order and groups: rules/arranging.py.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

Data = dict[str, Any]
_KEY_LENGTH = 40


def content_digest(content: Mapping[str, Any]) -> str:
    """What a content is known by: SHA-256 over its JSON with sorted names."""
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def fresh_key(text: str, taken: Collection[str], fallback: str = "question") -> str:
    """A key out of words: small letters a–z and underscores, unlike every key in `taken`.

    >>> fresh_key("Hur mår du i dag?", {"hur_mar_du_i_dag"})
    'hur_mar_du_i_dag_2'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    base = (words if words[:1].isalpha() else f"{fallback}_{words}".strip("_"))[: _KEY_LENGTH - 4]
    base = base.strip("_")
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def taken_keys(content: Mapping[str, Any]) -> set[str]:
    """Every key in use, battery rows included."""
    questions = content.get("questions", [])
    rows = [row for question in questions for row in question.get("rows", [])]
    return {item["key"] for item in [*questions, *rows]}


def with_question(content: Mapping[str, Any], question: Data, replaced_key: str | None) -> Data:
    """`question` in the place of the one with `replaced_key`, or at the end."""
    changed = deepcopy(dict(content))
    questions = changed.setdefault("questions", [])
    for position, existing in enumerate(questions):
        if existing["key"] == replaced_key:
            questions[position] = question
            return changed
    questions.append(question)
    return changed


def without_question(content: Mapping[str, Any], key: str) -> Data:
    """The content without the question; a group that is left empty goes when it is stored."""
    changed = deepcopy(dict(content))
    changed["questions"] = [q for q in changed.get("questions", []) if q["key"] != key]
    return changed


def where_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The key of the question to look at after a change, "" when no question was touched.

    The first that is new or says something else; where one went, the one that took its place.
    """
    old, new = before.get("questions", []), after.get("questions", [])
    if old == new or not new:
        return ""
    changed = (q["key"] for place, q in enumerate(new) if q not in old[place : place + 1])
    return str(next(changed, new[-1]["key"]))


def copy_of_question(content: Mapping[str, Any], key: str) -> Data | None:
    """The same question under keys of its own; there is one question of role or background."""
    found = next((q for q in content.get("questions", []) if q["key"] == key), None)
    if found is None:
        return None
    taken = taken_keys(content)
    copied: Data = deepcopy(found)
    for item in (copied, *copied.get("rows", [])):
        item["key"] = fresh_key(item["key"], taken)
        taken.add(item["key"])
    for only_once in ("sets_respondent_role", "background"):
        copied.pop(only_once, None)
    return copied


def with_question_after(content: Mapping[str, Any], question: Data, key: str) -> Data:
    """`question` right after the one with `key`, or at the end."""
    changed = deepcopy(dict(content))
    questions = changed.setdefault("questions", [])
    here = next((i for i, q in enumerate(questions) if q["key"] == key), len(questions))
    questions.insert(here + 1, question)
    return changed


def lines_as_texts(typed: str) -> list[dict[str, str]]:
    """Alternatives or statements, one a line: "Swedish | English | Arabic".

    >>> lines_as_texts("Ja | Yes\\n\\nNej")
    [{'sv': 'Ja', 'en': 'Yes'}, {'sv': 'Nej'}]
    """
    found = []
    for line in typed.splitlines():
        parts = [part.strip() for part in line.split("|")]
        texts = dict(zip(("sv", "en", "ar"), parts, strict=False))
        if texts.get("sv"):
            found.append({language: text for language, text in texts.items() if text})
    return found


def texts_as_lines(items: list[Mapping[str, Any]]) -> str:
    """The Swedish words, one a line, for the form; other languages have a page of their own."""
    return "\n".join(item["text"].get("sv", "") for item in items)


def matched_options(texts: list[dict[str, str]], before: list[Data]) -> list[Data]:
    """Alternatives with stable codes: same Swedish words keep their code, then same place.

    Flags, respondent roles and translations of a kept alternative stay.
    """
    taken = {option["code"] for option in before}
    options = []
    for text, known in zip(texts, _kept(texts, before), strict=True):
        old = known or {"code": fresh_key(text["sv"], taken, "option"), "text": {}}
        taken.add(old["code"])
        options.append({**old, "text": {**old["text"], **text}})
    return options


def matched_rows(texts: list[dict[str, str]], before: list[Data], taken: set[str]) -> list[Data]:
    """A battery's statements with stable keys, by their Swedish words, then by place."""
    rows = []
    for text, known in zip(texts, _kept(texts, before), strict=True):
        old = known or {"key": fresh_key(text["sv"], taken, "row"), "text": {}}
        taken.add(old["key"])
        rows.append({"key": old["key"], "text": {**old["text"], **text}})
    return rows


def _kept(texts: list[dict[str, str]], before: list[Data]) -> list[Data | None]:
    """Which one of `before` each text continues, each of them at most once; None: a new one."""
    left = list(before)
    kept: list[Data | None] = []
    for text in texts:
        same = next((one for one in left if one["text"].get("sv") == text["sv"]), None)
        if same is not None:
            left.remove(same)
        kept.append(same)
    if len(texts) == len(before):
        kept = [
            one or (before[place] if before[place] in left else None)
            for place, one in enumerate(kept)
        ]
    return kept


DONT_KNOW: Data = {
    "code": "dont_know",
    "is_dont_know": True,
    "text": {"sv": "Vet inte", "en": "Don't know", "ar": "لا أعرف"},
}
YES_NO: list[Data] = [
    {"code": "yes", "text": {"sv": "Ja", "en": "Yes", "ar": "نعم"}},
    {"code": "no", "text": {"sv": "Nej", "en": "No", "ar": "لا"}},
]
OTHER: Data = {
    "code": "other",
    "has_text": True,
    "text": {"sv": "Annat", "en": "Something else", "ar": "شيء آخر"},
}
NONE_OF_THESE: Data = {
    "code": "none",
    "is_exclusive": True,
    "text": {"sv": "Inget av detta", "en": "None of these", "ar": "لا شيء مما سبق"},
}
NOT_APPLICABLE: Data = {
    "code": "not_applicable",
    "is_not_applicable": True,
    "text": {"sv": "Inte aktuellt för mig", "en": "Does not apply to me", "ar": "لا ينطبق عليّ"},
}


def said_anew(old: Data | None, usual: Data, typed: str | bool, taken: Collection[str]) -> Data:
    """An alternative of a kind of its own: the old or a usual one, in the words typed (True: its).

    A usual one in other words than ours keeps none of our translations.
    """
    option = old or usual
    code = option["code"] if option["code"] not in taken else fresh_key(option["code"], taken)
    if not isinstance(typed, str) or typed == option["text"].get("sv"):
        return {**option, "code": code}
    text = {**option["text"], "sv": typed} if old else {"sv": typed}
    return {**option, "code": code, "text": text}
