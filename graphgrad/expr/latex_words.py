"""List the LaTeX commands that answers may use, and what each stands for."""

from __future__ import annotations

from graphgrad.expr.vocabulary import GREEK

__all__ = [
    "ACCENTS",
    "BAR_SIGNS",
    "BINOMIALS",
    "BRACED_OVER",
    "CALLING",
    "DERIVATIVES",
    "DOUBLE_STRUCK",
    "DROPPED",
    "FRACTIONS",
    "FUNCTION_WORDS",
    "GREEK_WORDS",
    "IN_MARGIN",
    "MATRICES",
    "SIDES",
    "SIGNS",
    "STYLES",
]

DROPPED = frozenset(
    {r"\left", r"\right", r"\big", r"\Big", r"\bigg", r"\Bigg", r"\bigl", r"\bigr"}
    | {r"\Bigl", r"\Bigr", r"\displaystyle", r"\limits", r"\quad", r"\qquad"}
    | {r"\biggl", r"\biggr", r"\Biggl", r"\Biggr", r"\middle", r"\textstyle", r"\nolimits"}
    | {r"\boxed", r"\nonumber", r"\notag", r"\mathopen", r"\mathclose", r"\mathrel"}
    | {r"\mleft", r"\mright", r"\displaylimits", r"\null"}
    | {r"\enspace", r"\thinspace", r"\medspace", r"\thickspace", r"\large", r"\Large"}
    | {r"\num", r"\therefore", r"\implies", r"\Rightarrow", r"\Longrightarrow"}
    | {r"\mathstrut", r"\strut", r"\scriptstyle", r"\bigg", r"\bigm", r"\Bigm", r"\mathbin"}
)
SIDES = {rf"\{size}l": "opening" for size in ("big", "Big", "bigg", "Bigg")} | {
    rf"\{size}r": "closing" for size in ("big", "Big", "bigg", "Bigg")
}
SIDES |= {rf"\{mark}left": "opening" for mark in ("", "m")}
SIDES |= {rf"\{mark}right": "closing" for mark in ("", "m")}
"""Which bar stands behind: one that opens, or one that closes."""
BAR_SIGNS = {"|": "|", "‖": "‖", r"\|": "‖", r"\vert": "|", r"\Vert": "‖", r"\mid": "|"}
SIGNS = {
    r"\cdot": ("operator", "*"),
    r"\times": ("operator", "*"),
    r"\ast": ("operator", "*"),
    r"\odot": ("operator", "*"),
    r"\otimes": ("operator", "*"),
    r"\circ": ("operator", "*"),
    r"\div": ("operator", "/"),
    r"\le": ("operator", "<="),
    r"\leq": ("operator", "<="),
    r"\ge": ("operator", ">="),
    r"\geq": ("operator", ">="),
    r"\leqslant": ("operator", "<="),
    r"\leqq": ("operator", "<="),
    r"\geqslant": ("operator", ">="),
    r"\geqq": ("operator", ">="),
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
    r"\lvert": ("opening", "|"),
    r"\rvert": ("closing", "|"),
    r"\mid": ("sign", "|"),
    r"\|": ("sign", "‖"),
    r"\Vert": ("sign", "‖"),
    r"\lVert": ("opening", "‖"),
    r"\rVert": ("closing", "‖"),
    r"\sum": ("sign", "∑"),
    r"\prod": ("sign", "∏"),
    r"\nabla": ("sign", "∇"),
    r"\cong": ("sign", "≈"),
    r"\equiv": ("operator", "="),
    r"\colon": ("sign", ":"),
    r"\lbrack": ("bracket", "["),
    r"\rbrack": ("bracket", "]"),
    r"\llbracket": ("bracket", "["),
    r"\rrbracket": ("bracket", "]"),
    r"\lbrace": ("bracket", "("),
    r"\rbrace": ("bracket", ")"),
    r"\lgroup": ("bracket", "("),
    r"\rgroup": ("bracket", ")"),
    r"\lparen": ("bracket", "("),
    r"\rparen": ("bracket", ")"),
    r"\oslash": ("operator", "/"),
    r"\star": ("operator", "*"),
    r"\bullet": ("operator", "*"),
    r"\lfloor": ("sign", "⌊"),
    r"\rfloor": ("sign", "⌋"),
    r"\lceil": ("sign", "⌈"),
    r"\rceil": ("sign", "⌉"),
    r"\langle": ("sign", "⟨"),
    r"\rangle": ("sign", "⟩"),
    r"\{": ("bracket", "("),
    r"\}": ("bracket", ")"),
    r"\ell": ("name", "L"),
}
GREEK_WORDS = {rf"\{style}{name}": name for style in ("up", "var", "") for name in GREEK.values()}
r"""The letter a command stands for: \theta, \vartheta and \uptheta are one."""
_FUNCTIONS = """
    sin cos tan sec csc cot sen tg cotg ctg cosec
    sinh cosh tanh coth sech csch senh tgh cotgh cosech sh ch th cth
    arcsin arccos arctan arcsen arctg arcsec arccsc arccot arccotg asin acos atan
    arsinh arcosh artanh arcoth arsech arcsch arcsinh arccosh arctanh arccoth arcsech arccsch
    asinh acosh atanh acoth asech acsch argsinh argcosh argtanh argsh argch argth
    exp ln log lg max min sgn sign erf det tr diag abs relu softmax softplus sigmoid logit Tr
"""
FUNCTION_WORDS = {rf"\{name}" for name in _FUNCTIONS.split()}
"""Commands that are functions; most are no commands of LaTeX, and written all the same."""
BINOMIALS = frozenset({r"\binom", r"\dbinom", r"\tbinom"})
FRACTIONS = frozenset(
    {r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac", r"\xfrac", r"\flatfrac"}
)
CALLING = {"⌊": "floor", "⌈": "ceil", "⟨": "inner"}
"""Brackets that are a function of what they hold."""
ACCENTS = {r"\hat": "hat", r"\widehat": "hat", r"\tilde": "tilde", r"\bar": "bar"} | {
    r"\overline": "bar",
    r"\vec": "",
    r"\dot": "dot",
    r"\ddot": "ddot",
    r"\check": "check",
    r"\underline": "",
    r"\overrightarrow": "",
    r"\widetilde": "tilde",
}
STYLES = frozenset(
    {r"\mathbf", r"\mathbb", r"\mathds", r"\mathrm", r"\mathcal", r"\mathit", r"\mathsf"}
    | {r"\boldsymbol", r"\bm", r"\pmb", r"\mathbbm", r"\mathtt", r"\mathfrak", r"\mathscr"}
    | {r"\operatorname", r"\text", r"\textbf", r"\textit", r"\textrm", r"\textnormal", r"\mbox"}
)
IN_MARGIN = frozenset({r"\color", r"\textcolor", r"\hspace", r"\mspace", r"\vspace"})
"""Commands whose argument in braces says nothing about the formula."""
BRACED_OVER = frozenset({r"\underbrace", r"\overbrace"})
"""Braces round a part that may have a label, which says nothing about the formula."""
DOUBLE_STRUCK = frozenset({r"\mathbb", r"\mathds", r"\mathbbm"})
MATRICES = frozenset(
    {"pmatrix", "bmatrix", "matrix", "Bmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix"}
)
DERIVATIVES = frozenset(
    {r"\dv", r"\pdv", r"\odv", r"\derivative", r"\pderivative", r"\partialderivative", r"\diffp"}
)
"""Commands of packages: a derivative of the first brace in the second, or in the only one."""
