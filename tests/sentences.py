"""What the code can say in an answer, read from its own text: each sentence with `{}` where something moves in it.

An expression is followed as far as it is written: to the local or the constant that a name stands for, into both sides
of a condition, into the function that is called, whose returns are read alike. What cannot be followed is a `{}`.
"""

import ast
import inspect
import itertools
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import handlers
from handlers import staff
from handlers.ui import say

_ROOT = Path(handlers.__file__).parents[1]
MOVES = "{}"
_DEPTH = 6
_NAMED = {say.__name__, staff.__name__}
"""What they come to is a time or a name: a slot in the list, and no sentence."""
_FORMAT = re.compile(r"\{\w*\}")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: the names of its module, and the function around it."""

    names: Mapping[str, Any]
    function: Function | None = None
    depth: int = 0
    followed: frozenset[str] = field(default_factory=frozenset)


def templates(node: ast.expr, scope: Scope) -> list[str]:
    """Every sentence that the expression may come to."""
    match node:
        case ast.Await(value=inner) | ast.FormattedValue(value=inner):
            return templates(inner, scope)
        case ast.IfExp(body=one, orelse=other):
            return [*templates(one, scope), *templates(other, scope)]
        case ast.JoinedStr(values=pieces):
            return _together(pieces, scope)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _together([left, right], scope)
        case ast.Call():
            return _called(node, scope)
        case ast.Name(id=name):
            return _named(name, scope)
        case _:
            known = _value(node, scope)
            return [_FORMAT.sub(MOVES, known)] if isinstance(known, str) else _any(known)


def _any(known: object) -> list[str]:
    """The sentences of a table, where one of them is looked up by what is not known here."""
    return [str(value) for value in known.values()] if isinstance(known, Mapping) else [MOVES]


def _together(pieces: Sequence[ast.expr], scope: Scope) -> list[str]:
    choices = [templates(piece, scope) for piece in pieces]
    return ["".join(each) for each in itertools.product(*choices)]


def _named(name: str, scope: Scope) -> list[str]:
    if scope.function is not None and name not in scope.followed:
        inside = Scope(scope.names, scope.function, scope.depth, scope.followed | {name})
        found = [one for value in _assigned(scope.function, name) for one in templates(value, inside)]
        if found:
            return found
    known = scope.names.get(name)
    return [_FORMAT.sub(MOVES, known)] if isinstance(known, str) else [MOVES]


def _assigned(function: Function, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _of_target(target, node.value, name)
        elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and node.value is not None:
            yield from _of_target(node.target, node.value, name)


def _of_target(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _of_target(one, its, name)


def _called(node: ast.Call, scope: Scope) -> list[str]:
    called = node.func
    if isinstance(called, ast.Attribute) and called.attr == "format":
        return [_FORMAT.sub(MOVES, one) for one in templates(called.value, scope)]
    function = _value(called, scope)
    follow = inspect.isfunction(function) and function.__module__ not in _NAMED and scope.depth < _DEPTH
    return said_by(function, scope.depth + 1) if follow else [MOVES]


def _value(node: ast.expr, scope: Scope) -> Any:
    """What a constant expression comes to in that module; None where it is none."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return scope.names.get(name)
        case ast.Attribute(value=of, attr=name):
            return getattr(_value(of, scope), name, None)
        case ast.Subscript(value=of, slice=key):
            table, wanted = _value(of, scope), _value(key, scope)
            return table.get(wanted, table) if isinstance(table, Mapping) else None
        case _:
            return None


def said_by(function: Callable[..., Any], depth: int = 0) -> list[str]:
    """What a function may return, where it returns a sentence."""
    while isinstance(function, partial):
        function = function.func
    found = _read(function)
    if found is None or not _says(found):
        return [MOVES]
    scope = Scope(_names_of(function), found, depth)
    return [one for value in _returned(found) for one in templates(value, scope)]


def _says(function: Function) -> bool:
    return function.returns is not None and "str" in ast.unparse(function.returns)


def _names_of(function: Callable[..., Any]) -> Mapping[str, Any]:
    closed = inspect.getclosurevars(function)
    return {**closed.builtins, **getattr(function, "__globals__", {}), **closed.nonlocals}


@cache
def _read(function: Callable[..., Any]) -> Function | None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    return tree if isinstance(tree, Function) else None


def _returned(function: Function) -> Iterator[ast.expr]:
    inner = {id(one) for sub in ast.walk(function) if isinstance(sub, Function) and sub is not function
             for one in ast.walk(sub)}
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None and id(node) not in inner:
            yield node.value


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and where it is written."""

    where: str
    text: str


def in_module(module: ModuleType, *, says: Callable[[ast.Call, Scope], Sequence[ast.expr]]) -> Iterator[Said]:
    """Every sentence that is given to a call of which `says` picks the arguments that hold one."""
    path = Path(inspect.getfile(module)).relative_to(_ROOT).as_posix()
    for node, scope in calls_in(module):
        for wanted in says(node, scope):
            for text in dict.fromkeys(templates(wanted, scope)):
                yield Said(f"{path}:{node.lineno}", text)


def calls_in(module: ModuleType) -> Iterator[tuple[ast.Call, Scope]]:
    """Every call in its text, with where it stands."""
    tree = ast.parse(Path(inspect.getfile(module)).read_text("utf-8"))
    for node, function in _with_function(tree):
        yield node, Scope(vars(module), function)


def _with_function(tree: ast.AST, function: Function | None = None) -> Iterator[tuple[ast.Call, Function | None]]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Call):
            yield child, function
        yield from _with_function(child, child if isinstance(child, Function) else function)


def value(node: ast.expr, scope: Scope) -> Any:
    return _value(node, scope)
