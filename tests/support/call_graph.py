"""Which functions of the product call which, read from the source: for contracts about routes.

Names are followed through imports and re-exports, a class as a whole; methods of objects and
callbacks are not, so a contract built on this may miss a call.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "participation"
Name = str  # "participation.coding.queries.codebooks:code_lines"


@dataclass
class Module:
    """What a module defines and what its names mean."""

    name: str
    functions: dict[str, ast.FunctionDef | ast.ClassDef] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)  # (module, name or "")


@cache
def modules() -> Mapping[str, Module]:
    """Every module of the product by its dotted name."""
    return {
        module.name: module for path in (ROOT / PACKAGE).rglob("*.py") for module in [_read(path)]
    }


def _read(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    module = Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            module.functions[node.name] = node
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                module.imported[one.asname or one.name] = (str(node.module), one.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (target.id for target in targets if isinstance(target, ast.Name))
            module.constants.update(dict.fromkeys(names, node.value))
    return module


def resolved(module: str, name: str) -> Name | None:
    """Where a name of a module is defined, through re-exports; None outside the product."""
    for _hop in range(6):
        known = modules().get(module)
        if known is None:
            return None
        if name in known.functions or name in known.constants:
            return f"{module}:{name}"
        if name not in known.imported:
            return None
        module, name = known.imported[name]
    return None


@cache
def called_by(function: Name) -> frozenset[Name]:
    """The product's functions, classes and constants that one of them names in its body."""
    module_name, name = function.split(":")
    module = modules()[module_name]
    body = module.functions.get(name) or module.constants.get(name)
    assert body is not None, function
    return frozenset(filter(None, (_meaning(module, *used) for used in _names_in(body))))


def _names_in(node: ast.AST) -> Iterator[tuple[str, str]]:
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            yield one.value.id, one.attr
        elif isinstance(one, ast.Name):
            yield one.id, ""


def _meaning(module: Module, name: str, attribute: str) -> Name | None:
    if not attribute:
        return resolved(module.name, name)
    if name not in module.imported:
        return None
    package, imported = module.imported[name]
    return resolved(f"{package}.{imported}", attribute)


def reached_from(start: Iterable[Name]) -> dict[Name, Name | None]:
    """Every function that these lead to, each with one that calls it."""
    by: dict[Name, Name | None] = dict.fromkeys(start)
    waiting = list(by)
    while waiting:
        caller = waiting.pop()
        for called in called_by(caller) - by.keys():
            by[called] = caller
            waiting.append(called)
    return by


def path_to(function: Name, by: Mapping[Name, Name | None]) -> str:
    """The calls that lead there, in words: "view → query → constant"."""
    steps = [function]
    while (before := by[steps[-1]]) is not None:
        steps.append(before)
    return " → ".join(step.split(":")[1] for step in reversed(steps))
