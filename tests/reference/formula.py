"""Outcome and columns of a model from an R formula: + * : I() factor(), and arithmetic."""

import ast
import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}
FUNCTIONS = {"I": lambda value: value, "log": np.log, "exp": np.exp, "sqrt": np.sqrt, "abs": np.abs}


@dataclass(frozen=True, slots=True)
class Model:
    """What a formula asks for, from the complete rows of a table; n rows, p columns.

    Attributes
    ----------
    frame
        The complete rows.
    outcome
        Shape (n,).
    columns
        Shape (n, p), the column of ones first.
    names
        Coefficient names as in R, without parentheses.
    """

    frame: pd.DataFrame
    outcome: NDArray[np.float64]
    columns: NDArray[np.float64]
    names: tuple[str, ...]


def model(formula: str, frame: pd.DataFrame) -> Model:
    """Rows, outcome and columns of a model, with text columns as categories against the first."""
    left, right = (side.strip() for side in formula.split("~"))
    used = [name for name in re.findall(r"[A-Za-z_.][\w.]*", formula) if name in frame.columns]
    complete = frame.dropna(subset=list(dict.fromkeys(used)))
    columns = {"Intercept": np.ones(len(complete))}
    for term in terms(right):
        columns.update(_term_columns(term, complete))
    names = tuple(re.sub("[()]", "", name) for name in columns)
    outcome = np.asarray(evaluate(left, complete), dtype=float)
    return Model(complete, outcome, np.column_stack(list(columns.values())), names)


def terms(right: str) -> list[str]:
    """Terms of the right side in R's order: single ones first, then interactions by their order."""
    found: list[str] = []
    for part in _split(right, "+"):
        factors = [factor.strip() for factor in _split(part, "*")]
        for chosen in product((True, False), repeat=len(factors)):
            kept = [factor for factor, keep in zip(factors, chosen, strict=True) if keep]
            if kept and kept != ["1"]:
                found.append(":".join(kept))
        if len(factors) == 1 and factors[0] in ("0", "-1"):
            raise ValueError("models without an intercept are not read")
    return sorted(dict.fromkeys(found), key=lambda term: len(_split(term, ":")))


def evaluate(text: str, frame: pd.DataFrame) -> pd.Series | float:
    """Value of an arithmetic expression over the columns of a table."""
    return _value(ast.parse(text.replace("^", "**").strip(), mode="eval").body, frame)


def _value(node: ast.expr, frame: pd.DataFrame):
    match node:
        case ast.Name(id=name):
            return frame[name]
        case ast.Constant(value=number):
            return number
        case ast.UnaryOp(op=op, operand=inner):
            return OPERATORS[type(op)](_value(inner, frame))
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, frame), _value(right, frame))
        case ast.Call(func=ast.Name(id=name), args=[inner]):
            return FUNCTIONS[name](_value(inner, frame))
    raise ValueError(f"cannot read {ast.unparse(node)}")


def _term_columns(term: str, frame: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Columns of one term; an interaction multiplies those of its factors, the first varying fastest."""
    parts = [list(_factor_columns(factor.strip(), frame)) for factor in _split(term, ":")]
    columns = {}
    for chosen in product(*reversed(parts)):
        ordered = list(reversed(chosen))
        columns[":".join(name for name, _ in ordered)] = np.prod([values for _, values in ordered], axis=0)
    return columns


def _factor_columns(factor: str, frame: pd.DataFrame) -> Iterable[tuple[str, NDArray[np.float64]]]:
    category = re.fullmatch(r"(?:as\.)?factor\((.*)\)", factor)
    values = frame[category.group(1).strip()] if category else evaluate(factor, frame)
    if category or not pd.api.types.is_numeric_dtype(values):
        for level in sorted(values.unique())[1:]:
            yield f"{factor}{level}", (values == level).to_numpy(dtype=float)
    else:
        yield factor, np.asarray(values, dtype=float)


def _split(text: str, sign: str) -> list[str]:
    """Split at a sign that stands outside parentheses."""
    depth, parts = 0, [""]
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == sign and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]
