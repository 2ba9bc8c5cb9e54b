"""Show derivatives in symbols, and witness them with sympy, which is loaded on first use.

Whatever is named here is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphgrad.symbolic.derive import derive_partials
    from graphgrad.symbolic.expanded import Expanded, expanded_gradient, expanded_value
    from graphgrad.symbolic.explain import Derivation, Term, derivation
    from graphgrad.symbolic.gradient import GradientLine, gradient_lines
    from graphgrad.symbolic.independent import symbolic_gradient_arrays, witness_gradient
    from graphgrad.symbolic.latex import latex_call, latex_number, line_latex, node_formula_latex
    from graphgrad.symbolic.names import derivative_latex, name_latex, node_latex
    from graphgrad.symbolic.partials import SymbolicPartial, line_partials, node_partials
    from graphgrad.symbolic.paths import Factor, Path
    from graphgrad.symbolic.text import expression_latex, expression_text
    from graphgrad.symbolic.witness import Checked, check_row

__all__ = [
    "Checked",
    "Derivation",
    "Expanded",
    "Factor",
    "GradientLine",
    "Path",
    "SymbolicPartial",
    "Term",
    "check_row",
    "derivation",
    "derivative_latex",
    "derive_partials",
    "expanded_gradient",
    "expanded_value",
    "expression_latex",
    "expression_text",
    "gradient_lines",
    "latex_call",
    "latex_number",
    "line_latex",
    "line_partials",
    "name_latex",
    "node_formula_latex",
    "node_latex",
    "node_partials",
    "symbolic_gradient_arrays",
    "witness_gradient",
]

_MODULES = {
    "derive": ("derive_partials",),
    "expanded": ("Expanded", "expanded_gradient", "expanded_value"),
    "explain": ("Derivation", "Term", "derivation"),
    "gradient": ("GradientLine", "gradient_lines"),
    "independent": ("symbolic_gradient_arrays", "witness_gradient"),
    "latex": ("latex_call", "latex_number", "line_latex", "node_formula_latex"),
    "names": ("derivative_latex", "name_latex", "node_latex"),
    "partials": ("SymbolicPartial", "line_partials", "node_partials"),
    "paths": ("Factor", "Path"),
    "text": ("expression_latex", "expression_text"),
    "witness": ("Checked", "check_row"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
