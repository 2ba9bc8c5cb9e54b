"""Random answers: pieces of formulas, LaTeX, odd characters, in any order."""

from __future__ import annotations

import random

PIECES = [
    *"wxbzaLye0123456789+-*/^=<>()[]{}|,;:.'′_∂√≈⊤&~$!?@%",
    *"σθφαβ²³⁻¹₀₁₂·×−–÷⋅⊙≤≥≠πŷẑ½∞",
    *(" ", "  ", "\t", "**", "<=", ">=", "==", "!=", "^T", ".T", "'", "''"),
    *("dL/dw", "∂L/∂w", "dL", "d", "/d", "dz/dx", "W[1,2]", "[1, 2; 3, 4]", "1e5", "1e999"),
    *("sin", "sen", "log", "ln", "exp", "sigmoid", "relu", "max", "tanh", "tg", "raíz", "sqrt"),
    *(r"\frac", r"\sigma", r"\cdot", r"\left(", r"\right)", r"\partial", r"\hat", r"\top"),
    *(r"\sqrt", r"\begin{pmatrix}", r"\end{pmatrix}", r"\\", r"\mathbf{W}", r"\foo", r"\{"),
    *("w^{(1)}_{12}", "w_{12}", "x_{1}x_{2}", "{", "}", "^{", "_{", "0,5", "1.234,5", "1,2,3"),
    *("yhat", "w1", "theta", "foo", "lambda", "__import__", "os.system", "eval", "\u0302", "\x00"),
    *("9^9^9", "((((", "))))", "|x|", "||", "if", "in", "sum(", "axis=1", "x'", "σ'(z)"),
]


VALID = [
    "2(ŷ-y)·x = 2·(-2)·3 ≈ -12",
    r"\frac{\partial L}{\partial w} = 2\left(\hat{y}-y\right)x",
    "dL/dw = -(y-a)a(1-a)x + 0,5·λ",
    r"\sigma\left(z\right)\left(1-\sigma(z)\right)",
    "W^T (W - [1, 2; 3, 4]) w_{12}^{(1)}x²",
    "|x-y|/(1+|x|)^2 + sin²(x) - max(x; 1,5)",
    "[[1.5, -2], [1/3, 1e-5]]·x + √(x+1)y",
    "tanh'(w1 x + b)·(1 - tanh²(w1 x + b))",
    "-(y ln a + (1-y) ln(1-a))",
    "sum(W[1,2]·x) + where(x > 0, x, 0) + leaky_relu(z, alpha=0.1)",
]


def answer(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return mutated(rng, rng.choice(VALID))
    count = rng.choice((1, 2, 4, 8, 16, 40, 120))
    pieces = rng.choices(PIECES, k=rng.randint(1, count))
    return "".join(pieces)


def mutated(rng: random.Random, text: str) -> str:
    """Return a valid answer with a few pieces put in, taken out or doubled."""
    for _ in range(rng.choice((0, 1, 1, 2, 4, 8))):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice((0, 0, 1, 2, 5)))
        middle = rng.choice((rng.choice(PIECES), "", text[start:end] * 2))
        text = text[:start] + middle + text[end:]
    return text
