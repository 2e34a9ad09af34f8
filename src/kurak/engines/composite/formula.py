"""Small formulas over the codes of a declaration: `max(0, score - penalty)`, `0.5 * api + 0.5 * mpi`.

Arithmetic, comparisons, and/or/not, `a if condition else b` and the functions listed in FUNCTIONS; nothing else, so a
formula that a stranger wrote can do no harm. What is unknown stays unknown: a missing value makes the outcome missing,
except where it can't matter (`0 and x` is 0). Comparisons allow for the last bits: values within 1e-12 count as equal.

>>> import numpy as np
>>> Formula("max(0, score - penalty)").run({"score": np.array([5.0, 0.5]), "penalty": np.array([1.0, 1.0])})
array([4., 0.])
>>> Formula("a > 8")({"a": 8.0000000000001, "b": 1.0})
0.0
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

type Floats = NDArray[np.float64]

TOLERANCE = 1e-12
LONGEST = 4000  # characters of a formula
DEEPEST = 60  # of its brackets
LARGEST_POWER = 16.0


class FormulaError(ValueError):
    """Not a formula: says what and at which character."""


def _known(*given: Floats) -> Floats:
    return reduce(np.logical_or, (np.isnan(each) for each in given))


def _round_half_up(x: Floats, digits: Floats | float = 0.0) -> Floats:
    scale = np.power(10.0, digits)
    return np.asarray(np.floor(np.abs(x) * scale + 0.5 + TOLERANCE) / scale * np.sign(x))


def _mean(*given: Floats) -> Floats:
    return np.asarray(sum(given) / len(given))


def _mean_present(*given: Floats) -> Floats:
    there = [~np.isnan(each) for each in given]
    n = np.asarray(sum(there, np.zeros(())), dtype=float)
    total = sum((np.where(ok, each, 0.0) for ok, each in zip(there, given, strict=True)), np.zeros(()))
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)


def _count(*given: Floats) -> Floats:
    """How many hold; unknown ones do not count as holding."""
    return np.asarray(sum((np.where(each > 0, 1.0, 0.0) for each in given), np.zeros(())))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "min": lambda *given: reduce(np.minimum, given),
    "max": lambda *given: reduce(np.maximum, given),
    "sum": lambda *given: sum(given),
    "mean": _mean,
    "mean_present": _mean_present,
    "count": _count,
    "present": lambda x: np.where(np.isnan(x), 0.0, 1.0),
    "otherwise": lambda x, instead: np.where(np.isnan(x), instead, x),
    "abs": np.abs,
    "sqrt": lambda x: np.sqrt(np.where(x < 0, np.nan, x)),
    "exp": lambda x: np.exp(np.minimum(x, 700.0)),
    "ln": lambda x: np.log(np.where(x <= 0, np.nan, x)),
    "phi": ndtr,  # the normal distribution function
    "clip": lambda x, low, high: np.minimum(np.maximum(x, low), high),
    "round_half_up": _round_half_up,
    "floor": lambda x: np.floor(x + TOLERANCE),
}
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: lambda a, b: np.divide(a, np.where(np.asarray(b) == 0, np.nan, b)),
    ast.Pow: lambda a, b: np.power(np.where((np.asarray(a) < 0) & (b != np.floor(b)), np.nan, a), b),
}


def close(a: Floats, b: Floats) -> NDArray[np.bool_]:
    """Equal but for the last bits."""
    return np.asarray(np.abs(a - b) <= TOLERANCE * np.maximum(1.0, np.maximum(np.abs(a), np.abs(b))))


def _compared(a: Any, b: Any, how: ast.cmpop) -> Floats:
    a, b = np.asarray(a, float), np.asarray(b, float)
    same = close(a, b)
    ways: dict[type[ast.cmpop], Callable[[], Any]] = {
        ast.Gt: lambda: (a > b) & ~same,
        ast.GtE: lambda: (a > b) | same,
        ast.Lt: lambda: (a < b) & ~same,
        ast.LtE: lambda: (a < b) | same,
        ast.Eq: lambda: same,
        ast.NotEq: lambda: ~same,
    }
    return np.where(_known(a, b), np.nan, np.asarray(ways[type(how)](), dtype=float))


def _both(a: Any, b: Any) -> Floats:
    return np.where((a == 0) | (b == 0), 0.0, np.where(_known(np.asarray(a), np.asarray(b)), np.nan, 1.0))


def _either(a: Any, b: Any) -> Floats:
    yes = (~np.isnan(a) & (a != 0)) | (~np.isnan(b) & (b != 0))
    return np.where(yes, 1.0, np.where(_known(np.asarray(a), np.asarray(b)), np.nan, 0.0))


class Formula:
    """A formula that was read and found harmless. `names`: the codes it needs; `text` as it was written."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise FormulaError(f"longer than {LONGEST} characters")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
            raise FormulaError(f"not readable at character {getattr(problem, 'offset', 0) or 0}") from None
        self.text = " ".join(text.split())
        self.names: frozenset[str] = frozenset(_names(tree, 0))
        self._tree = tree

    def __repr__(self) -> str:
        return f"Formula({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def run(self, given: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] | None = None) -> Floats:
        """The outcome for arrays that broadcast, by code. functions: more of them, such as `worst` of a node."""
        with np.errstate(all="ignore"):
            found = np.asarray(_value(self._tree, given, {**FUNCTIONS, **(functions or {})}), dtype=float)
        return np.where(np.isfinite(found), found, np.nan)

    def __call__(self, given: Mapping[str, Any]) -> float:
        return float(self.run(given))


MORE_FUNCTIONS = frozenset({"worst", "best"})  # of the children of a node: worst(1) is the lowest


def _names(node: ast.AST, depth: int) -> set[str]:
    if depth > DEEPEST:
        raise FormulaError("too many brackets inside one another")
    match node:
        case ast.Constant(value=bool() | int() | float()):
            return set()
        case ast.Name(id=name):
            return {name}
        case ast.BinOp(left=a, right=b, op=ast.Pow()):
            if not (isinstance(b, ast.Constant) and abs(float(str(b.value))) <= LARGEST_POWER):
                raise FormulaError(f"a power must be a number up to {LARGEST_POWER:g}")
            return _names(a, depth + 1)
        case ast.BinOp(left=a, right=b, op=op) if type(op) in _ARITHMETIC:
            return _names(a, depth + 1) | _names(b, depth + 1)
        case ast.UnaryOp(operand=a, op=ast.USub() | ast.UAdd() | ast.Not()):
            return _names(a, depth + 1)
        case ast.BoolOp(values=several):
            return set().union(*(_names(each, depth + 1) for each in several))
        case ast.Compare(left=a, ops=ops, comparators=several) if all(
            isinstance(op, ast.Gt | ast.GtE | ast.Lt | ast.LtE | ast.Eq | ast.NotEq) for op in ops
        ):
            return set().union(*(_names(each, depth + 1) for each in [a, *several]))
        case ast.IfExp(test=t, body=a, orelse=b):
            return _names(t, depth + 1) | _names(a, depth + 1) | _names(b, depth + 1)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in {*FUNCTIONS, *MORE_FUNCTIONS} and args:
            return set().union(*(_names(each, depth + 1) for each in args))
    raise FormulaError(f"{ast.unparse(node)[:60]!r} is not allowed in a formula")


def _value(node: ast.AST, given: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
    def of(each: ast.AST) -> Any:
        return _value(each, given, functions)

    match node:
        case ast.Constant(value=value):
            return np.float64(str(float(value)))  # type: ignore[arg-type]
        case ast.Name(id=name):
            return np.asarray(given[name], float)
        case ast.BinOp(left=a, right=b, op=op):
            return _ARITHMETIC[type(op)](of(a), of(b))
        case ast.UnaryOp(operand=a, op=ast.Not()):
            x = of(a)
            return np.where(np.isnan(x), np.nan, np.where(x == 0, 1.0, 0.0))
        case ast.UnaryOp(operand=a, op=op):
            return -of(a) if isinstance(op, ast.USub) else of(a)
        case ast.BoolOp(op=op, values=several):
            return reduce(_both if isinstance(op, ast.And) else _either, map(of, several))
        case ast.Compare(left=a, ops=ops, comparators=several):
            chain = [of(a), *map(of, several)]
            return reduce(_both, [_compared(x, y, op) for x, y, op in zip(chain, chain[1:], ops, strict=False)])
        case ast.IfExp(test=t, body=a, orelse=b):
            condition = of(t)
            return np.where(np.isnan(condition), np.nan, np.where(condition != 0, of(a), of(b)))
        case ast.Call(func=ast.Name(id=name), args=args):
            return functions[name](*map(of, args))
    raise FormulaError("not a formula")  # _names refused it before
