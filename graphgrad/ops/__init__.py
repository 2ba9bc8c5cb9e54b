"""Hold the primitives: one row each, and how rows are evaluated on numbers."""

from graphgrad.ops.evaluate import arithmetic, is_exact, to_float
from graphgrad.ops.registry import ROWS, add_row, code_of, find, function_names, remove_row, row
from graphgrad.ops.row import (
    Condition,
    Elementwise,
    Infix,
    Leaf,
    Prefix,
    Row,
    Setting,
    Structural,
)

__all__ = [
    "ROWS",
    "Condition",
    "Elementwise",
    "Infix",
    "Leaf",
    "Prefix",
    "Row",
    "Setting",
    "Structural",
    "add_row",
    "arithmetic",
    "code_of",
    "find",
    "function_names",
    "is_exact",
    "remove_row",
    "row",
    "to_float",
]
