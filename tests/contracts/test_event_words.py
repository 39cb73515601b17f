"""Every action that the code logs, and every kind of thing it is about, has a name in words."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from participation.accounts.views.event_words import EVENT_NAMES, THING_NAMES, by_name, event_name

ROOT = Path(__file__).parents[2] / "participation"
# Where the action stands among the arguments of each way into the log; the kind of thing is next.
LOGGERS = {"log_event": 2, "log_events": 2, "log_access": 0, "log_access_to": 1}
HAND_ON = (
    "foundation/web/transactions.py",
    "foundation/eventlog/services.py",
)  # the ways themselves


@dataclass(frozen=True)
class Logged:
    """A string that may reach the log; `is_start`: the rest of it is put together later."""

    text: str
    where: str
    is_start: bool = False

    def is_in(self, names: Mapping[str, object]) -> bool:
        if self.is_start:
            return any(name.startswith(self.text) for name in names)
        return self.text in names


@dataclass(frozen=True)
class Call:
    """A call, and the parameters and the name of the function that it stands in."""

    node: ast.Call
    within: str
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Module:
    """A file's calls by the name of what is called, and its constants."""

    name: str
    calls: Mapping[str, list[Call]]
    constants: Mapping[str, ast.expr]

    @classmethod
    def read(cls, name: str, code: str) -> "Module":
        tree = ast.parse(code)
        calls: dict[str, list[Call]] = {}
        waiting: list[tuple[ast.AST, str, tuple[str, ...]]] = [(tree, "", ())]
        while waiting:
            node, within, parameters = waiting.pop()
            if isinstance(node, ast.FunctionDef):
                within = node.name
                parameters = tuple(one.arg for one in (*node.args.args, *node.args.kwonlyargs))
            if isinstance(node, ast.Call):
                calls.setdefault(_called(node.func), []).append(Call(node, within, parameters))
            waiting += ((child, within, parameters) for child in ast.iter_child_nodes(node))
        constants = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        return cls(name, calls, constants)


def test_every_logged_action_has_a_name() -> None:
    found = set(_logged(_modules(), 0))
    assert len(found) > 200
    assert sorted({(o.text, o.where) for o in found if not o.is_in(EVENT_NAMES)}) == []


def test_every_logged_kind_of_thing_has_a_name() -> None:
    found = set(_logged(_modules(), 1))
    assert len(found) > 40
    assert sorted({(o.text, o.where) for o in found if not o.is_in(THING_NAMES)}) == []


def test_an_action_without_a_name_would_be_seen() -> None:
    code = "def _log(action): log_event(1, 2, action, 'x', 3)\n_log('a' if b else 'c')\n"
    assert {one.text for one in _logged([Module.read("m", code)], 0)} == {"a", "c"}
    assert event_name("never_logged") == "never logged"


def test_actions_are_chosen_from_in_the_order_of_their_names() -> None:
    names = [name for _code, name in by_name(["change", "member_opened", "agreement_accepted"])]
    assert names == ["Godkände ett uppdrag", "Ändrade", "Öppnade en person i intressebanken"]


@cache
def _modules() -> list[Module]:
    return [
        Module.read(str(path.relative_to(ROOT)), code)
        for path in sorted(ROOT.rglob("*.py"))
        if "log_" in (code := path.read_text()) and str(path.relative_to(ROOT)) not in HAND_ON
    ]


def _logged(modules: list[Module], offset: int) -> Iterator[Logged]:
    """Strings handed to the log, also through a function of one's own that takes them."""
    name = ("action", "object_kind")[offset]
    for module in modules:
        for logger, place in LOGGERS.items():
            for call in module.calls.get(logger, ()):
                yield from _read(modules, module, call, _given(call, place + offset, name))


def _read(
    modules: list[Module], module: Module, call: Call, given: ast.expr | None
) -> Iterator[Logged]:
    where = f"{module.name}:{call.node.lineno}"
    match given:
        case ast.Constant(value=str(text)):
            yield Logged(text, where)
        case ast.IfExp(body=first, orelse=second):
            yield from _read(modules, module, call, first)
            yield from _read(modules, module, call, second)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), ast.FormattedValue(value=rest)]):
            ends = list(_read(modules, module, call, rest))
            yield from (Logged(text + end.text, end.where) for end in ends)
            if not ends:
                yield Logged(text, where, is_start=True)
        case ast.Name(id=name) if name in call.parameters:
            own = [module] if call.within.startswith("_") else modules
            for other in own:
                for caller in other.calls.get(call.within, ()):
                    handed = _given(caller, call.parameters.index(name), name)
                    yield from _read(modules, other, caller, handed)
        case ast.Name(id=name) if name in module.constants:
            yield from _read(modules, module, call, module.constants[name])


def _given(call: Call, place: int, name: str) -> ast.expr | None:
    by_name = next((one.value for one in call.node.keywords if one.arg == name), None)
    return by_name or (call.node.args[place] if place < len(call.node.args) else None)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
