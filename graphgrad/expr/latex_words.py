"""List the LaTeX commands that answers may use, and what each stands for."""

from __future__ import annotations

from graphgrad.expr.vocabulary import GREEK

__all__ = [
    "ACCENTS",
    "DROPPED",
    "FRACTIONS",
    "FUNCTION_WORDS",
    "GREEK_WORDS",
    "MATRICES",
    "SIGNS",
    "STYLES",
]

DROPPED = frozenset(
    {r"\left", r"\right", r"\big", r"\Big", r"\bigg", r"\Bigg", r"\bigl", r"\bigr"}
    | {r"\Bigl", r"\Bigr", r"\displaystyle", r"\limits", r"\quad", r"\qquad"}
    | {r"\biggl", r"\biggr", r"\Biggl", r"\Biggr", r"\middle", r"\textstyle", r"\nolimits"}
    | {r"\boxed", r"\nonumber", r"\notag"}
)
SIGNS = {
    r"\cdot": ("operator", "*"),
    r"\times": ("operator", "*"),
    r"\ast": ("operator", "*"),
    r"\odot": ("operator", "*"),
    r"\circ": ("operator", "*"),
    r"\div": ("operator", "/"),
    r"\le": ("operator", "<="),
    r"\leq": ("operator", "<="),
    r"\ge": ("operator", ">="),
    r"\geq": ("operator", ">="),
    r"\ne": ("operator", "!="),
    r"\neq": ("operator", "!="),
    r"\lt": ("operator", "<"),
    r"\gt": ("operator", ">"),
    r"\approx": ("sign", "≈"),
    r"\simeq": ("sign", "≈"),
    r"\partial": ("sign", "∂"),
    r"\top": ("sign", "⊤"),
    r"\intercal": ("sign", "⊤"),
    r"\prime": ("prime", "'"),
    r"\vert": ("sign", "|"),
    r"\lvert": ("sign", "|"),
    r"\rvert": ("sign", "|"),
    r"\mid": ("sign", "|"),
    r"\|": ("sign", "‖"),
    r"\Vert": ("sign", "‖"),
    r"\lVert": ("sign", "‖"),
    r"\rVert": ("sign", "‖"),
    r"\sum": ("sign", "∑"),
    r"\nabla": ("sign", "∇"),
    r"\cong": ("sign", "≈"),
    r"\equiv": ("operator", "="),
    r"\colon": ("sign", ":"),
    r"\lbrack": ("bracket", "["),
    r"\rbrack": ("bracket", "]"),
    r"\lbrace": ("bracket", "("),
    r"\rbrace": ("bracket", ")"),
    r"\{": ("bracket", "("),
    r"\}": ("bracket", ")"),
    r"\ell": ("name", "L"),
}
GREEK_WORDS = {rf"\{name}" for name in GREEK.values()} | {r"\varepsilon", r"\varphi", r"\vartheta"}
FUNCTION_WORDS = (
    {r"\sin", r"\cos", r"\tan", r"\sec", r"\csc", r"\cot", r"\sen", r"\tg"}
    | {r"\sinh", r"\cosh", r"\tanh", r"\coth", r"\exp", r"\ln", r"\log"}
    | {r"\max", r"\min", r"\arcsin", r"\arccos", r"\arctan", r"\arcsen", r"\arctg"}
    | {r"\cotg", r"\cosec", r"\senh", r"\tgh", r"\cotgh", r"\lg", r"\sgn", r"\erf", r"\det"}
    | {r"\sech", r"\csch", r"\relu", r"\softmax", r"\sigmoid", r"\abs", r"\tr", r"\diag"}
)
FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"})
ACCENTS = {r"\hat": "hat", r"\widehat": "hat", r"\tilde": "tilde", r"\bar": "bar"} | {
    r"\overline": "bar",
    r"\vec": "",
    r"\widetilde": "tilde",
}
STYLES = frozenset(
    {r"\mathbf", r"\mathbb", r"\mathds", r"\mathrm", r"\mathcal", r"\mathit", r"\mathsf"}
    | {r"\boldsymbol", r"\bm"}
    | {r"\operatorname", r"\text", r"\textbf", r"\textit", r"\textrm", r"\textnormal", r"\mbox"}
)
MATRICES = frozenset({"pmatrix", "bmatrix", "matrix", "Bmatrix", "smallmatrix"})
