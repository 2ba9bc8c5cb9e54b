"""Hold the words that readers know: what a mutation puts in so that an input gets further."""

from __future__ import annotations

__all__ = ["COMPUTED", "MARKED", "NETWORKED", "NOTED", "TYPED", "WRITTEN"]

COMPUTED = [
    "sum", "mean", "exp", "log", "sqrt", "sigmoid", "relu", "softmax", "max", "where", "transpose",
    "reshape", "axis=1", "axis=0", "keepdims=true", "@", ".T", "^2", "^-1", "W[1,2]", "x[1:3]",
    "input", "param", "const", "loss", "output", "data", "title", "assume", "convention", "gg 1",
    "decimal comma", "[a.b]", "[]", "[[1,2],[3,4]]", "[1;2]", ": 2x3", "he_normal(draw=1)", "pi",
    "def f(x) = x^2", "for t = 1:3", "end", "layer c = dense(2)", "train adam", "sum(i=1:3, x)",
]  # fmt: skip
WRITTEN = [
    "dL/dw", "∂L/∂w", "\\frac{1}{2}", "\\sigma", "\\cdot", "\\left(", "\\right)", "z'", "ŷ", "²",
    "\\begin{pmatrix}", "\\\\", "&", "\\end{pmatrix}", "=", "≈", "0,5", "1.234,5", "|x|", "ln x",
    "sen", "\\log_{a} x", "Ξ", "w_{12}^{(1)}", "if", "otherwise", "\\sum_{i=1}^{n}", "e^{-z}", "T",
]  # fmt: skip
MARKED = ["+++", "[vars]", "```step", "```gg", "```", "format = ", "id = ", "answer", "points"]
MARKED += [
    "1979-05-27",
    "[vars.w]",
    "[[vars]]",
    "{ a = 1 }",
    "inf",
    "-nan",
    "[]",
    "[[]]",
    '""',
    "true",
]
MARKED += ["0x" + "f" * 4000, "0b" + "1" * 15_000, "0o" + "7" * 5000]
MARKED += ['"x".y = 1', "range = [1, 2]", "shape = [2]", "step = '0'", "digits = 0", "points = -1"]
MARKED += ["{min = 1, max = 3}", "step = 0.5", "[1, 2, 3]", "$x$", "{{w}}", "digits", "avoid"]
NOTED = ["$", "$$", "<!-- gg", "-->", "<!-- assume x>0 -->", "```claim", "\\partial", "= 1", "L"]
NETWORKED = [
    "def f(x, n=2, act=relu)", "out u, v", "end", "for t = 1:3", "for t = 3:1",
    "for a in [relu, tanh]", "h[0]", "h[t-1]", "h[t] = ", "const h[0] = [0, 0]", "layer c = ",
    "fresh=1", "n=?", "param frozen", "over=weights", "over=all", 'over="fc*"', "data all",
    "valid", "test", "data x: 2, y", "stack(h[1:n])", "sum(i=1:n, ", "train ", "epochs=3",
    "batch=2", "stop=early(patience=2)", "schedule=step(every=2)", "clip=norm(1)", "average=swa",
    "mode=online", "order=random", "divide=none", "valid=0.3", "draw=2", "act=[tanh, relu]",
    "widths=[2, 1]", "init=he_normal", "bias=false", "mask", "C.W", "h[2].z", ".T", "[block]",
    "loss", "1:n", "n-1", "dropout(x, keep=0.5)", "batch_norm(X)", "lstm(2)", "x[t]",
]  # fmt: skip
TYPED = [
    "n", "p", "N", "P", "g", "G", "q", "t z", "to", "e w 3", "e", "?", "??", "c", "graph", "values",
    "u", "r", "set w=2", "w=2", "train 3", "train adam", "find", "find dL", "watch z>1", "go",
    "inspect layers", "lens", "detail op", "fold edge", "row 2", "why", "export", "save", "undo",
]  # fmt: skip
