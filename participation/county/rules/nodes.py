"""The county file as text: YAML values that remember their line, and every error found in them.

A broken file should be mended in one go, so nothing here stops at the first error: a getter that
finds something wrong notes it and returns a harmless stand-in, and the file is refused at the end.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import yaml

from participation.foundation.i18n import gettext as _

KEY_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_KEY = 64
TRANSLATED = ("ar", "en")

STR, INT, FLOAT, BOOL, NULL, DATE = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")
)


@dataclass(frozen=True, order=True)
class CountyFileError:
    """One thing wrong in a county file. `line` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Shape:
    """The keys one kind of entry may have; `name` is its heading in docs/county-file.md."""

    name: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return self.required + self.optional


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day: 2018, 2018-09 or 2018-09-14.

    `first_day` is the earliest day it can mean (for comparing and storing).
    """

    first_day: date
    precision: str

    def __str__(self) -> str:
        length = {"year": 4, "month": 7, "day": 10}[self.precision]
        return self.first_day.isoformat()[:length]


def partial_date(text: str) -> PartialDate | None:
    """Read "2018", "2018-09" or "2018-09-14"; None when it is no such date.

    >>> str(partial_date("2018-09"))
    '2018-09'
    """
    precision = {4: "year", 7: "month", 10: "day"}.get(len(text))
    if precision is None or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return None
    try:
        return PartialDate(date.fromisoformat((text + "-01-01")[:10]), precision)
    except ValueError:
        return None


@dataclass
class Findings:
    """The errors noted so far, in any order; `sorted_errors` gives them by line."""

    file: str
    errors: list[CountyFileError] = field(default_factory=list)

    def note(self, line: int, message: str) -> None:
        error = CountyFileError(self.file, line, message)
        if error not in self.errors:
            self.errors.append(error)

    def sorted_errors(self) -> list[CountyFileError]:
        return sorted(self.errors)


class Node:
    """One value of the county file, with its line. Getters note errors and never raise."""

    def __init__(self, raw: yaml.Node, findings: Findings) -> None:
        self._raw = raw
        self._findings = findings
        self._entries: dict[str, tuple[int, yaml.Node]] = {}
        if isinstance(raw, yaml.MappingNode):
            for key, value in raw.value:
                self._entries.setdefault(str(key.value), (line_in_file(key), value))

    @property
    def line(self) -> int:
        """The line the value begins on, from 1."""
        return line_in_file(self._raw)

    def line_of(self, key: str) -> int:
        """The line of `key`, or of the entry when the key is missing."""
        return self._entries[key][0] if key in self._entries else self.line

    def error(self, message: str, key: str | None = None) -> None:
        """Note an error at `key`, or at the start of this value."""
        self._findings.note(self.line_of(key) if key else self.line, message)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of this mapping in the order of the file; empty for other values."""
        return tuple(self._entries)

    def has(self, key: str) -> bool:
        """Whether `key` is given with a value other than null."""
        return self._value(key) is not None

    # -- shape -------------------------------------------------------------------------------

    def follows(self, shape: Shape) -> bool:
        """Check that this is a mapping with the keys of `shape`; False when it is no mapping."""
        if not isinstance(self._raw, yaml.MappingNode):
            self.error(_("%(what)s: expected keys with values here", what=shape.name))
            return False
        for key in self._entries:
            if key not in shape.keys:
                self.error(
                    _(
                        "unknown key “%(key)s” in %(what)s; known keys: %(known)s",
                        key=key,
                        what=shape.name,
                        known=", ".join(shape.keys),
                    ),
                    key,
                )
        for key in shape.required:
            if not self.has(key):
                self.error(_("%(what)s lacks “%(key)s”", what=shape.name, key=key), key)
        return True

    def entries(self) -> list["Node"]:
        """This value as a list; notes an error (and gives nothing) when it is no list."""
        if isinstance(self._raw, yaml.SequenceNode):
            return [Node(item, self._findings) for item in self._raw.value]
        if not _is_null(self._raw):
            self.error(_("expected a list here (lines that begin with “- ”)"))
        return []

    def shaped_entries(self, shape: Shape) -> Iterator["Node"]:
        """The entries of this list that are mappings, each checked against `shape`."""
        for entry in self.entries():
            if entry.follows(shape):
                yield entry

    def child(self, key: str) -> "Node | None":
        """The value of `key` as a node; None when missing or null."""
        value = self._value(key)
        return None if value is None else Node(value, self._findings)

    def children(self, key: str) -> list["Node"]:
        """The list under `key`; empty when missing or null."""
        child = self.child(key)
        return [] if child is None else child.entries()

    def shaped_children(self, key: str, shape: Shape) -> Iterator["Node"]:
        """The mappings in the list under `key`, each checked against `shape`."""
        child = self.child(key)
        return iter(()) if child is None else child.shaped_entries(shape)

    def shaped_child(self, key: str, shape: Shape) -> "Node | None":
        """The mapping under `key`, checked against `shape`; None when missing or no mapping."""
        child = self.child(key)
        return child if child is not None and child.follows(shape) else None

    # -- values ------------------------------------------------------------------------------

    def text_or_none(self, key: str, longest: int = 4000) -> str | None:
        """Text of at most `longest` characters; None when missing or null."""
        value = self._value(key)
        if value is None:
            return None
        return self._as_text(value, key, longest)

    def text(self, key: str, longest: int = 200) -> str:
        """As `text_or_none`, for a key that `follows` has required: "" stands in."""
        return self.text_or_none(key, longest) or ""

    def texts(self, key: str, longest: int = 1000) -> list[str]:
        """A list of texts; empty when missing."""
        found = (child._as_text(child._raw, key, longest) for child in self.children(key))
        return [text for text in found if text is not None]

    def text_by_locale(self, key: str, longest: int = 500) -> dict[str, str]:
        """Translations of a Swedish text: a mapping from "en" and "ar" to text."""
        child = self.shaped_child(key, Shape(key, optional=TRANSLATED))
        if child is None:
            return {}
        found = {locale: child.text_or_none(locale, longest) for locale in TRANSLATED}
        return {locale: text for locale, text in found.items() if text}

    def own_key(self, key: str = "key") -> str:
        """The name an entry is known by: small letters a–z, figures and hyphens."""
        text = self.text(key)
        if text and (len(text) > LONGEST_KEY or not KEY_PATTERN.fullmatch(text)):
            self.error(
                _(
                    "“%(text)s” is no key: use a–z, 0–9 and hyphens, at most 64",
                    text=text,
                ),
                key,
            )
        return text

    def whole_number_or_none(
        self, key: str, smallest: int = 0, largest: int = 100_000_000
    ) -> int | None:
        """A whole number within bounds; None when missing, null or wrong."""
        value = self._value(key)
        if value is None:
            return None
        if value.tag != INT or not re.fullmatch(r"-?(0|[1-9][0-9]*)", str(value.value)):
            self.error(_("“%(key)s” must be a whole number", key=key), key)
            return None
        number = int(value.value)
        if number < smallest:
            self.error(_("“%(key)s” must not be below %(limit)s", key=key, limit=smallest), key)
            return None
        if number > largest:
            self.error(_("“%(key)s” must not be above %(limit)s", key=key, limit=largest), key)
            return None
        return number

    def whole_number(self, key: str, smallest: int = 0, largest: int = 100_000_000) -> int:
        """As `whole_number_or_none`, for a required key: `smallest` stands in."""
        number = self.whole_number_or_none(key, smallest, largest)
        return smallest if number is None else number

    def whole_numbers(self, key: str) -> list[int]:
        """A list of whole numbers from 0; empty when missing. Wrong ones are noted and become 0."""
        return [child._as_count(key) for child in self.children(key)]

    def decimal_or_none(self, key: str) -> float | None:
        """A number with or without decimals; None when missing, null or wrong."""
        value = self._value(key)
        if value is None:
            return None
        if value.tag not in (INT, FLOAT) or not re.fullmatch(
            r"-?[0-9]+(\.[0-9]+)?", str(value.value)
        ):
            self.error(_("“%(key)s” must be a number, such as 14.5", key=key), key)
            return None
        return float(value.value)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false; `default` when missing."""
        value = self._value(key)
        if value is None:
            return default
        if value.tag != BOOL or str(value.value).lower() not in ("true", "false"):
            self.error(_("“%(key)s” must be true or false", key=key), key)
            return default
        return str(value.value).lower() == "true"

    def partial_date_or_none(self, key: str) -> PartialDate | None:
        """A date known to the year, month or day; None when missing, null or wrong."""
        value = self._value(key)
        if value is None:
            return None
        found = partial_date(str(value.value)) if isinstance(value, yaml.ScalarNode) else None
        if found is None:
            self.error(_("“%(key)s” must be a date: 2018, 2018-09 or 2018-09-14", key=key), key)
        return found

    def day_or_none(self, key: str) -> date | None:
        """A whole date, such as 2018-09-14; None when missing, null or wrong."""
        found = self.partial_date_or_none(key)
        if found is None:
            return None
        if found.precision != "day":
            self.error(_("“%(key)s” must be a whole date, such as 2018-09-14", key=key), key)
            return None
        return found.first_day

    def choice_or_none(self, key: str, allowed: Collection[str]) -> str | None:
        """One of the allowed words; None when missing, null or wrong."""
        text = self.text_or_none(key)
        if text is None or text in allowed:
            return text
        self.error(
            _(
                "“%(key)s” must be one of: %(allowed)s (not “%(text)s”)",
                key=key,
                allowed=", ".join(allowed),
                text=text,
            ),
            key,
        )
        return None

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """As `choice_or_none`, for a required key: the first allowed word stands in."""
        return self.choice_or_none(key, allowed) or allowed[0]

    def reference_or_none(self, key: str, known: Collection[str]) -> str | None:
        """The key of something that exists; None when missing or null."""
        text = self.text_or_none(key)
        if text is not None and text not in known:
            self.error(
                _(
                    "“%(key)s” points at “%(text)s”, which does not exist",
                    key=key,
                    text=text,
                ),
                key,
            )
        return text

    def reference(self, key: str, known: Collection[str]) -> str:
        """As `reference_or_none`, for a required key: "" stands in."""
        return self.reference_or_none(key, known) or ""

    # -- inside ------------------------------------------------------------------------------

    def _value(self, key: str) -> yaml.Node | None:
        entry = self._entries.get(key)
        return None if entry is None or _is_null(entry[1]) else entry[1]

    def _as_count(self, key: str) -> int:
        text = str(self._raw.value)
        if self._raw.tag != INT or not re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
            self.error(_("“%(key)s” must hold whole numbers", key=key))
            return 0
        if int(text) < 0:
            self.error(_("“%(key)s” must not be below %(limit)s", key=key, limit=0))
            return 0
        return int(text)

    def _as_text(self, value: yaml.Node, key: str, longest: int) -> str | None:
        at = self.line_of(key)
        if value.tag != STR:
            self._findings.note(
                at,
                _(
                    "“%(key)s” must be text; put quotes round numbers and yes/no",
                    key=key,
                ),
            )
            return None
        text = " ".join(str(value.value).split())
        if not text:
            self._findings.note(at, _("“%(key)s” must not be empty", key=key))
            return None
        if len(text) > longest:
            self._findings.note(
                at,
                _(
                    "“%(key)s” is longer than %(limit)s characters",
                    key=key,
                    limit=longest,
                ),
            )
            return None
        return text


class Claims:
    """Keeps keys unique within one kind of entry, and off keys that another file already owns."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = taken
        self._first_line: dict[str, int] = {}

    def claim(self, node: Node, text: str, key: str = "key") -> None:
        """Note an error when `text` was used before."""
        if not text:
            return
        if text in self._taken:
            node.error(_("“%(text)s” already belongs to another county file", text=text), key)
        if text in self._first_line:
            node.error(
                _(
                    "“%(text)s” is used twice; first on line %(line)s",
                    text=text,
                    line=self._first_line[text],
                ),
                key,
            )
        self._first_line.setdefault(text, node.line_of(key))

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._first_line)


def line_in_file(found: yaml.Node | yaml.Event) -> int:
    """The line something begins on, from 1."""
    mark = found.start_mark
    return mark.line + 1 if mark else 1


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == NULL)
