"""Tell marks in full, for the examiner's lines and for sheets with mistakes that are carried on.

``python -m tests.exercises.marks`` writes them to ``marks.txt``: read the difference before it is
committed, for students read these words and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphgrad.exercises.marking.marker import check
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import load, read_gg

__all__ = ["RECORDED", "marks"]

ROOT = Path(__file__).parents[2]
EXAM = ROOT / "tests" / "data" / "exam"
RECORDED = Path(__file__).with_name("marks.txt")


NEURON = "input x = 2\ninput y = 1\nparam w = 0.5\nparam b = 0.25\nz = w*x + b\na = sigmoid(z)\n"
NEURON += "loss L = (a - y)^2"
TIE = "input x = 0\nh = relu(x)\na = sign(x)\nloss L = 2*h + a"
HINGE = "input x = 2\ninput y = 1\nparam w = 0.3\nz = w*x\nloss L = max(0, 1 - y*z)"
VECTORS = "input u = [1, 2]\ninput v = [3, -1]\ns = sum(u*v)\nk = sum(u)*sum(v)\nloss L = s + k"
SOFTMAX = "param z = [1, 2, 0.5]\ninput t = [0, 1, 0]\np = softmax(z)\nloss L = -sum(t*log(p))"
LAYER = (
    "input x = [1, 3]\nparam W = [2, -1; 1, 2]\nz = W@x\nh = relu(z + [2, 0])\nloss L = sum(h^2)"
)
BATCH = (
    "input X = [[1, 2], [3, 4]]\ninput Y = [[1, 0], [0, 1]]\nparam W = [[0.1, 0.2], [0.3, 0.4]]\n"
)
BATCH += "Yhat = X@W\nE = Yhat - Y\nloss L = sum(E^2)/2"
CHAIN = "input x = 1.7\nu = exp(x)\nv = u^3\nw = log(v) + v/u\nq = u - 5.44\nloss L = w*q"
SHARED = "input x = 2\nparam w = 3\nz = w*x\ny = z*w\nloss L = y^2"
BROKEN = "input x = 2\nk = log(x - 3)\nm = k*x\nloss L = m^2"
BRANCHES = "input x = 2\ninput y = -3\nh = abs(x - 1)\nk = abs(y)\nm = where(x > 1, x, y)\n"
BRANCHES += "q = max(x, y)\nr = sign(y)*y\nloss L = h*k*m*q*r"
NOISE = "input x = 0\nh = relu(x) + exp(1)\nloss L = h^2"
CIRCLE = "input x = 0.6\ninput y = 0.8\nassume x^2 + y^2 = 1\nz = x^2 + y^2\nloss L = 2*z"
MINUS = "input y = -3\nparam w = 2\nz = w*y\nloss L = z^2"
MIXED = "input u = [1, 2]\nparam w = 3\ns = w*sum(u)\nloss L = s^2"
ARRAYS = "input x = [1.7, 0.4]\nu = exp(x)\nv = u^3\nloss L = sum(v)"
BENT = "input x = [2, -3]\nh = abs(x)\nloss L = sum(h)"
ASIDE = "input x = 2\ninput y = 3\nk = log(x - 3)\nm = y*x\nloss L = m^2"

SHEETS: list[tuple[str, str, dict[str, Any]]] = [
    (NEURON, "z = 1.25\na = 0.777\nL = 0.0497\ndL/da = -0.446\nda/dz = 0.173\ndL/dz = -0.0771", {}),
    (NEURON, "z = 1.3\na = 0.786\nL = 0.0458\ndL/da = -0.428\nda/dz = 0.168\ndL/dz = -0.0719", {}),
    (NEURON, "z = 1.3\na = 0.79\ndL/da = -0.42\ndL/dw = -0.14", {"digits": 2}),
    (NEURON, "da/dz = 0.25\ndL/da = -0.446\ndL/dz = -0.1115\ndL/dw = -0.223\ndL/db = -0.11", {}),
    (NEURON, "a = 1 - sigmoid(z)\nda/dz = -a(1-a)\ndL/dz = 2(a-y)·(-a(1-a))\ndL/dw = dL/dz x", {}),
    (NEURON, "L = (a - y)\ndL/da = 1\ndL/dz = a(1-a)\ndL/dx = w dL/dz", {"asked": ["z", "dL/db"]}),
    (NEURON, "dL/dw = 2(a-y)a(1-a)x = 2(0.777-1)·0.777·0.223·2 = -0.154 = -0.155 = -0.2", {}),
    (NEURON, "dL/dw = 2(a-1)a(1-a)x\ndL/dw = -0.446 a(1-a) x\ndL/dw = 2(a-y)·0.173·2", {}),
    (NEURON, "dL/dw = -0.446 w\ndL/dz = -0.446·0.2\ndL/db = -0.0772·x", {}),
    (NEURON, "w·x = 1\nσ(1.25) = 0.777\na - y = -0.223\na(1-a) = 0.174\nσ(1.25) = 0.8 = 0.78", {}),
    (NEURON, "a = 0.75\na - y = -0.25\n2(a-y) = -0.5\na(1-a) = 0.19\nw x + b = z = 1.25 = a", {}),
    (NEURON, "e = a - y\nL = e^2\ne = -0.223\ndL/de = 2e\ndL/da = dL/de\nfoo = 3\nz = q + 1", {}),
    (NEURON, "dL/dw = dL/db x\ndL/db = dL/dw/x\n5 = 5\nσ(z) = σ(z)\nz == 3\nz = ", {}),
    (NEURON, "z = 1/0\na = log(0)\nL = 9^9^9^9\ndL/da = 0\ndL/dz = 1\nda/dz = -1", {}),
    (NEURON, "a = 0,777\nz = 1,25\nL = 5·10^-2\ndL/da = -4,46·10^-1", {"decimal": "comma"}),
    (NEURON, "z = 3.25\na = 0.963\ndL/da = -0.0747", {"point": {"x": 6, "w": 0.5}}),
    (NEURON, "z = 1.249999\na = 0.77\na = 0.7\na = 0.78\nL = 0.05\ndL/da = -0.4", {"digits": 4}),
    (TIE, "h = 0\na = x/|x|\na = x\ndh/dx = where(x>=0, 1, 0)\ndh/dx = where(x>0, 1, 0)", {}),
    (TIE, "dL/dx = 2\ndL/dx = 0\ndL/dh = 2\nh = relu(x) + where(x==0, 0.0001, 0)\nh = |x|", {}),
    (
        HINGE,
        "z = 0.6\nL = 0.4\ndL/dw = -yx = -2\ndL/dz = -y\ndL/dw = -x\nL = 1 - yz\nL = 1 - z",
        {},
    ),
    (VECTORS, "s = 1\nk = 6\ndL/du = v + 2\ndL/du = [5, 1]\ndL/du = [5, 2]\ndL/dv = [1; 2]", {}),
    (VECTORS, r"s = \sum_i u_i v_i" + "\n" + r"s = \sum_i\sum_j u_i v_j" + "\ndL/dv = u + 3", {}),
    (SOFTMAX, "p = [0.231, 0.629, 0.140]\ndL/dz = p - t\ndL/dp = -t/p\ndL/dz[2] = -0.371", {}),
    (SOFTMAX, "p = [0.231, 0.628, 0.141]\np = [0.3, 0.5, 0.2]\ndL/dz = [0.3, -0.5, 0.2]", {}),
    (
        SOFTMAX + "\nassume sum(t) = 1",
        "dL/dz = p - t\ndL/dz = p sum(t) - t\nL = log(sum(e^z)) - 2",
        {},
    ),
    (
        SOFTMAX,
        "dp[1]/dz[1] = p[1](1-p[1])\ndp[1]/dz[2] = -p[1]p[2]\ndp/dz = p(1-p)\nL = -log(p)",
        {},
    ),
    (
        LAYER,
        "z = [-1, 7]\nh = [1, 7]\nL = 50\ndL/dh = [2, 14]\ndL/dz = [2, 10]\ndL/dW = dL/dz x^T",
        {},
    ),
    (LAYER, "dL/dz = [2, 10]\ndL/dW = [[2, 6], [10, 30]]\ndL/dW = [[2, 6], [10, 31]]\nz = 7", {}),
    (LAYER, "z = [-1; 7]\nh = [2, 7]\nL = 53\ndL/dh = [4, 14]\ndL/dx = [18, 26]\ndh/dz = 1", {}),
    (LAYER, "dL/dx = W^T dL/dz\ndL/dx = W dL/dz\ndL/dW = outer(dL/dz, x)\ndL/dW = x^T dL/dz", {}),
    (BATCH, "Yhat = X W\nYhat = X*W\nE = Yhat - Y\ndL/dE = E\ndL/dW = X^T E\ndL/dW = E^T X", {}),
    (
        BATCH,
        "Yhat = [0.7, 1; 1.5, 2.2]\nE = [-0.3, 1; 1.5, 1.2]\nL = 2.39\nL = 4.78\nE = [0, 1]",
        {},
    ),
    (CHAIN, "u = 5.47\nv = 164\nw = 35.1\nq = 0.03\nL = 1.19", {}),
    (
        CHAIN,
        "v = 163.7\nw = 35.0\nq = 0.0345\nq = 0.0300\nL = 1.2\ndL/dq = 35.1\ndL/dv = 0.006",
        {},
    ),
    (CHAIN, "v = 161.5\nu = 5.4\nu = 5.47394739\nw = 34.9\ndL/dw = 0.0339\ndL/du = 34.1", {}),
    (
        SHARED,
        "dy/dw = z + w x\ndy/dw = z\ndL/dw = 2y z\ndL/dw = 2y(z + w x) = 864\ndL/dz = 2 y w",
        {},
    ),
    (
        BRANCHES,
        "h = x - 1\nk = -y\nm = x\nq = x\nr = -y\nr = y\nh = 1 - x\nk = y\nm = y\ndL/dh = -y",
        {},
    ),
    (
        BRANCHES,
        "dL/dx = 2\ndL/dx = k m q r\ndh/dx = 1\ndk/dy = -1\ndk/dy = 1\ndq/dx = 1\ndq/dy = 1",
        {},
    ),
    (NOISE, "h = relu(x) + e\nh = relu(x) + e + where(x==0, 0.123456789, 0)\nL = e^2\nL = h^3", {}),
    (
        CIRCLE,
        "z = 1\nz = x^2 + 0.64\nz = 1 + 0·x\nz = x\nz = x^2\nL = 2\ndL/dx = 2 z 2 x\ndL/dx = 4x",
        {},
    ),
    (CIRCLE, "x^2 + y^2 = 1\nx y = 0.48\nx + y = 1.4\nx^2 = 1 - y^2\nx = y\nx^2 = y", {}),
    (MINUS, "dL/dw = 2·z·(-3)\ndL/dw = -3·2z\ndL/dw = 2(-6)y\ndL/dy = 2(-6)w\ndL/dy = -12 w", {}),
    (MINUS, "dL/dw = 2·(-6)·(-3)\ndL/dw = 2z·3\ndL/dw = -(-3)·2z\ndL/dz = 2·(-6)\ndL/dz = -12", {}),
    (MIXED, "dL/dw = 2·9·sum(u)\ndL/dw = 2 s·3\ndL/du = [54, 54]\ndL/ds = 2·9\ns = 3·3 = 3 w", {}),
    (NEURON, "dL/dw = -0.0771·x\ndL/dw = dL/da·0.173·x\ndL/dw = dL/dz·2\ndL/dx = -0.0771/2", {}),
    (
        NEURON,
        "foo = 3 = 4\nbar\n= 3\nz = 1.25 = w x\nz = w x = 1.25 + b\nz = w x + b = 1.3 = 1.25",
        {},
    ),
    (NEURON, "dL/dw = -0.14\ndL/dz = -0.0719\ndL/da = -0.428\nL = 0.0458\na = 0.786\nz = 1.3", {}),
    (NEURON, "dL/dw = -0.223\ndL/dz = -0.1115\nda/dz = 0.25\nL = 0.05\na = 0.8\nz = 2.25", {}),
    (NEURON, "dL/db = 3\ndL/da = 1\nL = 2\na = 3\nz = 4\na - y = 2\n2·3 = 7", {}),
    (
        NEURON,
        "2·3 = 6\n2+3 = 10/2\n1/0 = 2·3\nlog(0) = 1 + 1\nσ(1.25) = 0.777 + 0.0003\n2·3 = 7 - 2",
        {},
    ),
    (
        NEURON,
        "σ(1.25) = 1/(1+e^(-1.25))\nσ(1.25) = 1/(1+e^(1.25))\ne^0 = 1 = 2 - 1 = cos(0) = 2",
        {},
    ),
    (
        ARRAYS,
        "v = [163.7, 3.31]\nL = 167\ndL/du = [89.8, 6.66]\ndL/dx = [491, 9.92]\nv = [163.7, 3.4]",
        {},
    ),
    (
        ARRAYS,
        "u = [5.47, 1.49]\nv = [161, 3.31]\nL = 164\ndL/dx = [492.06, 9.96]\nu = [5.47]\nv = 3",
        {},
    ),
    (
        BENT,
        "h = x*[1, -1]\nh = [1, -1]*x\nh = x\nh = -x\nh = [2, 3]\ndh/dx = [1, -1]\ndL/dx = [1; -1]",
        {},
    ),
    (ASIDE, "dL/dx = 2·m·3\ndL/dy = 2·6·x\ndL/dx = 2·m·2\nk = 1\nL = 36", {}),
    (BROKEN, "k = log(x-3)\nk = 1\nm = 2\nm = k x\nm = k\ndL/dm = 2m\nL = 4\ndL/dx = 3", {}),
]
"""Source, sheet, options."""


def marks() -> str:
    """Return all marks, one a line."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for name, lines in _exam().items():
        yield f"== {name}"
        yield from _told(_exercise(name), "\n".join(lines), {})
    for source, sheet, options in SHEETS:
        yield f"== {sheet!r} {options}"
        yield from _told(read_gg(source), sheet, options)


def _exam() -> dict[str, list[str]]:
    """Return the examiner's lines by exercise."""
    found: dict[str, list[str]] = {}
    for bank in ("true", "false"):
        for row in (EXAM / f"{bank}.tsv").read_text("utf-8").splitlines():
            answer, step, name = [*row.split("\t"), "", ""][:3]
            if name.startswith("@"):
                found.setdefault(name[1:], []).append(f"{step} = {answer}" if step else answer)
    return found


def _exercise(name: str) -> Graph:
    own = EXAM / "graphs" / f"{name}.gg"
    return load(own if own.exists() else ROOT / "samples" / f"{name}.gg")


def _told(graph: Graph, sheet: str, options: dict[str, Any]) -> Iterator[str]:
    report = check(graph, sheet, **options)
    for mark in report.to_json(key=True, language="en")["steps"]:
        head = f"{mark.pop('id')} ({mark.pop('line')}): {mark.pop('status')}"
        yield head + "".join(f"; {key} {value}" for key, value in mark.items() if value)
    yield f"first wrong {report.first_wrong}; score {report.score}; exit {report.exit_status}"


if __name__ == "__main__":
    RECORDED.write_text(marks(), "utf-8")
