"""Make the sheets of the benchmark: ``python -m tests.benchmark_marking.make``.

60 sheets with one planted mistake, 20 kinds three times, and 60 right ones in both layouts, in
Spanish and English, with comma and point. Nothing here uses the code under test: the numbers are
those of `tests.exercises.array_students` and of NumPy.
"""

# ruff: noqa: E501 -- an exercise is a line of the table

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tests.exercises.array_students import EXERCISES, Exercise, Slip, worked, written

__all__ = ["PATH", "Sheet", "right_sheets", "wrong_sheets"]

PATH = Path(__file__).parents[1] / "data" / "benchmark_marking" / "sheets.jsonl"
BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


class Sheet(NamedTuple):
    """One sheet: the exercise, the answers, and the truth about them.

    Attributes:
        id: its name.
        exercise: the text of a `.gg` file.
        answers: the answer sheet.
        first_wrong: the step that is wrong first; empty where none is.
        kinds: names of the planted mistake that are right.
        language: of its heading.
        decimal: how its decimals are written.
        layout: ``rows``, or ``columns`` where matrices that are not square stand turned round.
    """

    id: str
    exercise: str
    answers: str
    first_wrong: str = ""
    kinds: tuple[str, ...] = ()
    language: str = "en"
    decimal: str = "point"
    layout: str = "rows"


# ---- sheets with a planted mistake ----

PLANTED: dict[str, list[tuple[str, str, int | None, str]]] = {
    "transposed product": [
        ("two layers", "z2", 1, "swapped"), ("square layer", "u", 0, "transposed"),
        ("attention", "O", 1, "swapped"),
    ],
    "bias not summed": [("batch", "Z", 1, "not_summed"), ("batch of pairs", "Z", 1, "not_summed"),
                        ("batch", "Z", 1, "one_row")],
    "mean for sum": [("batch of pairs", "Z", 1, "mean_for_sum"), ("batch", "Z", 1, "mean_for_sum"),
                     ("batch norm", "mu", None, "sum_for_mean")],
    "never 1/N": [("batch", "L", None, "sum_for_mean"), ("linear batch", "L", None, "sum_for_mean"),
                  ("batch", "L", 0, "sum_for_mean")],
    "derivative at the wrong place": [
        ("two layers", "h", 0, "derivative_at_output"), ("layer", "a", 0, "derivative_at_output"),
        ("batch", "A", 0, "derivative_at_z"),
    ],
    "derivative of the activation forgotten": [
        ("layer", "a", 0, "no_activation_derivative"), ("batch", "A", 0, "no_activation_derivative"),
        ("shared in time", "h2", 0, "no_activation_derivative"),
    ],
    "wrong layer's error": [("two layers", "z2", 0, "other_delta"), ("layer", "u", 0, "other_delta"),
                            ("batch", "U", 1, "other_delta")],
    "diagonal softmax Jacobian": [("softmax", "p", 0, "diagonal_only"),
                                  ("attention", "A", 0, "diagonal_only"),
                                  ("softmax", "p", None, "not_normalized")],
    "weight updated too early": [("two layers", "z2", 1, "updated_weight"),
                                 ("skip", "u", 1, "updated_weight"),
                                 ("attention", "O", 0, "updated_weight")],
    "skip path forgotten": [("skip", "r", 1, "lost_path"), ("skip", "h", 0, "lost_path"),
                            ("batch norm", "n", 0, "lost_path")],
    "shared weight counted once": [("shared in time", f"z{k}", 0, "one_use") for k in (1, 2, 3)],
    "statistic as constant": [("batch norm", "mu", 0, "lost_path"), ("batch norm", "v", 0, "lost_path"),
                              ("batch norm", "d", None, "sign")],
    "maximum": [("pooling", "m", 0, "spread"), ("pooling", "m", None, "mean_for_max"),
                ("pooling", "h", 0, "no_activation_derivative")],
}  # fmt: skip
"""Per kind: the exercise, the line, the slot of an edge, and the slip."""
SAME = {
    "swapped": ("transposed",), "transposed": ("swapped",),
    "lost_path": ("statistic_as_constant",),
}  # fmt: skip


def wrong_sheets() -> Iterator[Sheet]:
    """Yield the sheets with one planted mistake."""
    for kind, places in PLANTED.items():
        for number, (name, line, slot, label) in enumerate(places, 1):
            exercise, slip = BY_NAME[name], Slip(line, label, slot)
            answers = _lines(worked(exercise, slip))
            kinds = (label, *SAME.get(label, ()))
            yield Sheet(f"{kind} {number}", exercise.source, answers, slip.step_of(exercise), kinds)
    yield from _small_sheets()


def _lines(found: dict[str, Any]) -> str:
    return "\n".join(f"{name} = {written(value)}" for name, value in found.items())


def _sheet(
    name: str, source: str, right: dict[str, Any], wrong: dict[str, Any], first: str, *kinds: str
) -> Sheet:
    return Sheet(name, source, _lines(right | wrong), first, kinds)


def _small_sheets() -> Iterator[Sheet]:
    """Yield those whose exercises are a few lines: steps of training, sizes, counts, kernels."""
    forms = {
        "scalar": 1.0,
        "vector": np.array([1.0, -0.7]),
        "matrix": np.array([[1.0, -0.7], [0.4, 1.3]]),
    }
    for number, (form, one) in enumerate(forms.items(), 1):
        yield from _training(number, form, one)
    yield from _kernels()
    yield from _sizes()


def _training(number: int, form: str, one: Any) -> Iterator[Sheet]:
    w0, g0, g1 = 0.35 * one, 0.62 * one + 0.11, -0.27 * one + 0.4
    given = f"input w0 = {written(w0, 12)}\ninput g0 = {written(g0, 12)}\ninput g1 = {written(g1, 12)}\n"
    momentum = f"{given}v1 = 0.1*g0\nw1 = w0 - v1\nv2 = 0.9*v1 + 0.1*g1\nw2 = w1 - v2\n"
    v1 = 0.1 * g0
    w1, v2 = w0 - v1, 0.9 * v1 + 0.1 * g1
    right = {"v1": v1, "w1": w1, "v2": v2, "w2": w1 - v2}
    yield _sheet(f"momentum of the step before {number}", momentum, right, {"w2": w1 - v1}, "w2",
                 "earlier_value")  # fmt: skip
    up = f"{given}const eta = 0.1\nw1 = w0 - eta*g0\nw2 = w1 - eta*g1\n"
    a1 = w0 + 0.1 * g0
    yield _sheet(
        f"ascent {number}", up, {"w1": a1, "w2": a1 - 0.1 * g1}, {}, "w1", "sign", "ascent"
    )
    adam = f"{given}m = 0.1*g0\nmhat = m/(1 - 0.9)\nw1 = w0 - 0.5*mhat\n"
    m = 0.1 * g0
    yield _sheet(f"bias correction {number}", adam, {"m": m, "mhat": m, "w1": w0 - 0.5 * m}, {}, "mhat",
                 "no_bias_correction")  # fmt: skip
    drop = f"input a = {written(w0 + 0.2, 12)}\ninput k = {written(0 * one + 1, 12)}\nu = k*a\nh = u/0.8\nq = h*h\n"
    u = w0 + 0.2
    yield _sheet(f"dropout without scaling {number}", drop, {"u": u, "h": u, "q": u * u}, {}, "h",
                 "lost_factor")  # fmt: skip


def _kernels() -> Iterator[Sheet]:
    """Yield convolutions with the kernel turned round, forward and backward."""
    image = np.array([[0.7, -1.3, 0.2], [1.1, 0.4, -0.8], [-0.6, 0.9, 0.5]])
    for number, kernel in enumerate(([[0.5, -1.2], [0.3, 0.8]], [[1.4, 0.2], [-0.6, 0.9]]), 1):
        k = np.array(kernel)
        source = f"param X = {written(image, 12)}\nparam K = {written(k, 12)}\nY = convolve(X, K)\nloss L = sum(Y^2)/2\n"
        y, turned = _slid(image, k), _slid(image, k[::-1, ::-1])
        loss = np.sum(y**2) / 2
        wrong = {"Y": turned, "L": np.sum(turned**2) / 2, "dL/dY": turned}
        yield _sheet(f"kernel turned round {number}", source, wrong, {}, "Y", "kernel_flipped")
        right = {"Y": y, "L": loss, "dL/dY": y, "dL/dX": _back(y, k[::-1, ::-1])}
        if number == 1:
            yield _sheet("kernel turned round 3", source, right, {}, "dL/dX", "kernel_flipped")


def _slid(image: Any, kernel: Any) -> Any:
    size = len(image) - len(kernel) + 1
    return np.array(
        [[np.sum(image[i : i + 2, j : j + 2] * kernel) for j in range(size)] for i in range(size)]
    )


def _back(adjoint: Any, kernel: Any) -> Any:
    found = np.zeros((3, 3))
    for i in range(2):
        for j in range(2):
            found[i : i + 2, j : j + 2] += adjoint[i, j] * kernel
    return found


def _sizes() -> Iterator[Sheet]:
    image = "input X = [1, 2, 3, 4; 4, 5, 6, 5; 7, 8, 9, 6; 1, 0, 2, 1]\n"
    padded = f"{image}layer c = conv2d(2, 3, padding=1)\nY = c(X)\nloss L = sum(Y)\n"
    strided = f"{image}layer c = conv2d(1, 2, stride=2)\nY = c(X)\nloss L = sum(Y)\n"
    yield Sheet(
        "size 1", padded, "shape(Y) = 2x3x3\nparams(c) = 20", "shape(Y)", ("size_off_by_one",)
    )
    yield Sheet("size 2", padded, "forma(Y) = 2x2x2\nparámetros(c) = 20", "shape(Y)",
                ("padding_forgotten",))  # fmt: skip
    yield Sheet("size 3", strided, "shape(Y) = (1, 3, 3)\nparams(c) = 5", "shape(Y)",
                ("stride_forgotten",))  # fmt: skip
    dense = "input x = [1, 2]\nlayer h = dense(3, act=sigmoid)\nlayer out = dense(1)\na = h(x)\ny = out(a)\n"
    yield Sheet(
        "parameters without bias 1", padded, "params(c) = 18", "params(c)", ("bias_not_counted",)
    )
    yield Sheet("parameters without bias 2", dense, "params(h) = 6\nparams(out) = 4", "params(h)",
                ("bias_not_counted",))  # fmt: skip
    yield Sheet("parameters without bias 3", dense, "params(h) = 9\nparams = 9", "params",
                ("bias_not_counted",))  # fmt: skip


# ---- right sheets ----

_WAYS = (
    ("en", "point", "rows"), ("es", "comma", "rows"), ("en", "comma", "columns"),
    ("es", "point", "columns"), ("es", "comma", "columns"),
)  # fmt: skip


def right_sheets() -> Iterator[Sheet]:
    """Yield right sheets: every exercise in five ways of writing it down."""
    for exercise in EXERCISES:
        for language, decimal, layout in _WAYS:
            answers = _right(exercise, language, decimal, layout)
            name = f"right {exercise.name}, {language}, {decimal}, {layout}"
            yield Sheet(name, exercise.source, answers, "", (), language, decimal, layout)


def _right(exercise: Exercise, language: str, decimal: str, layout: str) -> str:
    word = "alumno" if language == "es" else "student"
    lines = [f"{word}: A12"]
    for name, value in worked(exercise).items():
        array = np.asarray(value)
        turn = layout == "columns" and array.ndim == 2 and array.shape[0] != array.shape[1]
        lines.append(f"{name} = {_spelled(array.T if turn else array, decimal)}")
    return "\n".join(lines)


def _spelled(value: Any, decimal: str) -> str:
    text = written(value)
    if value.ndim == 2:
        rows = ["  ".join(written(entry) for entry in row) for row in value]
        text = f"[{'; '.join(rows)}]"
    if decimal == "comma":
        text = text.replace(", ", "; ").replace(".", ",")
    return text


def main() -> None:
    sheets = [*wrong_sheets(), *right_sheets()]
    PATH.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(sheet._asdict(), ensure_ascii=False) for sheet in sheets)
    PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
