"""Read what other programs wrote, what an editor asks, and what Python calls with odd values."""

from __future__ import annotations

import random
import traceback
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

import graphgrad as gg
from graphgrad.errors import GraphgradError
from graphgrad.source.text import decode
from tests.fuzz.reader import ROOT, files, placed

__all__ = ["drawn_calls", "model_reader", "models", "read_calls", "read_editor", "read_heat"]

MODELS = ROOT / "tests" / "data" / "imports"
_LARGEST = 9_000


def models(end: str) -> Callable[[], list[bytes]]:
    """Return seeds that are small models of a kind."""
    return lambda: [p.read_bytes() for p in sorted(MODELS.glob(f"*{end}"))
                    if p.stat().st_size < _LARGEST]  # fmt: skip


def model_reader(end: str) -> Callable[[bytes], None]:
    """Return what reads a model, or weights, by the end of its file's name."""

    def read(data: bytes) -> None:
        path = placed(data, f"model{end}")
        (gg.load_safetensors if end == ".safetensors" else gg.load)(path)

    return read


def read_editor(data: bytes) -> None:
    """Answer everything an editor may ask about a file at the places of its bytes."""
    from graphgrad.cli.editors import answers

    source = decode(data, "a.gg")
    answers.mistakes(source, "a.gg")
    answers.offers(source, "a.gg")
    answers.laid_out_text(source, "a.gg")
    rng = random.Random(len(data))
    for _ in range(4):
        line, column = rng.randint(0, source.count("\n") + 2), rng.randint(0, 90)
        answers.hover(source, "a.gg", line, column)
        answers.definition(source, "a.gg", line, column)


def read_heat(data: bytes) -> None:
    """Compare two states of a file in a figure that shows numbers as colours."""
    from graphgrad.autodiff.record import record
    from graphgrad.source.gg import read_gg
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of

    trace = record(read_gg(decode(data, "a.gg")))
    if len(trace.graph) < 60:
        svg_of(scene_of(trace, SceneOptions(heat="adjoint")))


HEATED = files("[a-e]*.gg")

# ---- calls from Python ----

_VALUES = (
    "A", "x", "v", "E", "N", "0", "1", "-1", "2", "3.5", "True", "None", "'0'", "'a'", "b'1'",
    "[]", "[1, 2]", "[[1, 2], [3]]", "(0, 1)", "(0, 0)", "()", "1j", "float('nan')", "float('inf')",
    "np.int64(0)", "np.float32(1.5)", "np.array([0, 1])", "np.array(1)", "np.ones((2, 3))",
    "np.zeros(0)", "np.array(['a'])", "np.bool_(True)", "np.datetime64('2020-01-01')", "A > 2",
    "slice(None)", "range(2)", "...", "np.float64(2)", "{}", "object", "10**40", "-7", "v > 1",
)  # fmt: skip
_KEYS = ("axis", "keepdims", "dim", "keepdim", "shape", "key", "out", "where", "dtype", "ddof")
_NUMPY = [
    "sum",
    "mean",
    "max",
    "min",
    "prod",
    "std",
    "var",
    "exp",
    "log",
    "sqrt",
    "abs",
    "dot",
    "matmul",
    "outer",
    "einsum",
    "transpose",
    "reshape",
    "concatenate",
    "stack",
    "where",
    "clip",
    "maximum",
    "minimum",
    "argmax",
    "argsort",
    "sort",
    "cumsum",
    "diff",
    "trace",
    "diag",
    "tril",
    "flip",
    "roll",
    "tile",
    "repeat",
    "pad",
    "squeeze",
    "expand_dims",
    "ravel",
    "split",
    "vstack",
    "hstack",
    "linalg.norm",
    "linalg.inv",
    "linalg.det",
    "linalg.solve",
    "tensordot",
    "kron",
    "inner",
    "vdot",
    "average",
    "median",
    "percentile",
    "nan_to_num",
    "isnan",
    "sign",
    "floor",
    "round",
    "power",
    "add",
    "subtract",
    "multiply",
    "divide",
    "greater",
    "equal",
    "logaddexp",
    "hypot",
    "arctan2",
    "sinh",
    "tanh",
    "log1p",
    "expm1",
    "cbrt",
    "swapaxes",
    "moveaxis",
    "broadcast_to",
    "take",
    "count_nonzero",
    "cov",
    "corrcoef",
    "gradient",
    "interp",
    "convolve",
    "histogram",
    "unique",
    "searchsorted",
]
_GG = [
    "sum",
    "mean",
    "max",
    "softmax",
    "logsumexp",
    "relu",
    "sigmoid",
    "where",
    "concat",
    "stack",
    "index",
    "reshape",
    "transpose",
    "one_hot",
    "maximum",
    "clip",
    "matmul",
    "dot",
    "outer",
    "norm",
    "exp",
    "log",
    "powi",
    "leaky_relu",
    "gelu",
    "var",
    "std",
    "argmax",
    "param",
    "input",
    "graph",
    "trace",
    "hessian",
    "jacobian",
    "jvp",
    "gradcheck",
    "equivalent",
    "merge_common",
    "render",
    "check",
]
_METHODS = [
    "sum",
    "mean",
    "max",
    "reshape",
    "transpose",
    "dot",
    "backward",
    "item",
    "tolist",
    "detach",
    "var",
    "std",
    "norm",
    "softmax",
    "exp",
    "log",
    "clamp",
    "squeeze",
    "unsqueeze",
    "view",
    "permute",
    "flatten",
    "argmax",
    "__getitem__",
    "__add__",
    "__pow__",
    "__matmul__",
    "__setitem__",
    "__rsub__",
    "__eq__",
    "__lt__",
    "numpy",
    "cumsum",
    "flip",
    "expand",
    "repeat",
    "chunk",
    "split",
]


def drawn_calls(rng: random.Random) -> bytes:
    """Compose a few calls: of NumPy's functions, of ours, of methods, with values of every kind."""
    lines = []
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        args = [rng.choice(_VALUES) for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3)))]
        args += [f"{rng.choice(_KEYS)}={rng.choice(_VALUES)}" for _ in range(rng.choice((0, 0, 1)))]
        if kind < 0.4:
            lines.append(f"np.{rng.choice(_NUMPY)}({', '.join([rng.choice('AxvE'), *args])})")
        elif kind < 0.7:
            lines.append(f"gg.{rng.choice(_GG)}({', '.join(args)})")
        else:
            lines.append(f"{rng.choice('AxvEN')}.{rng.choice(_METHODS)}({', '.join(args)})")
    return "\n".join(lines).encode()


@cache
def _callable_names() -> frozenset[str]:
    return frozenset(
        {f"np.{n}" for n in _NUMPY} | {f"gg.{n}" for n in _GG}
        | {f"{h}.{m}" for h in "AxvEN" for m in _METHODS}
    )  # fmt: skip


def read_calls(data: bytes) -> None:
    """Run calls that `drawn_calls` has composed; other text is left alone."""
    for line in decode(data, "calls").split("\n")[:5]:
        name, _, rest = line.partition("(")
        whole = rest.endswith(")") and name in _callable_names()
        parts = _split(rest[:-1]) if whole else []
        plain = [part.partition("=")[2] if part.split("=")[0] in _KEYS else part for part in parts]
        if whole and all(part in (*_VALUES, *"AxvE") for part in plain):
            _called(line)


def _split(text: str) -> list[str]:
    """Return arguments apart: at commas outside brackets."""
    parts, depth, start = list[str](), 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return [*parts, text[start:].strip()] if text.strip() else []


def _called(line: str) -> None:
    space: dict[str, Any] = {"np": np, "gg": gg}
    space["A"] = gg.param("A", np.arange(1.0, 7).reshape(2, 3))
    space["x"], space["v"] = gg.param("x", 2.0), gg.param("v", [1.0, 2.0, 3.0])
    space["E"], space["N"] = gg.param("E", np.ones((0, 3))), gg.input("N", float("nan"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            eval(line, space)  # made of the words above alone, never of what others wrote
        except GraphgradError as error:
            error.text("es")
        except SyntaxError:
            return  # an argument twice
        except Exception as error:
            if not _is_pythons(error):
                raise


def _is_pythons(error: Exception) -> bool:
    """Tell whether Python or NumPy alone refuse a call, before anything of ours runs.

    A number has no length: that is a TypeError for every caller of ``len``.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = any("/graphgrad/" in frame.filename for frame in frames[1:])
    said = ("argument", "has no length") if isinstance(error, TypeError) else ()
    return not ours or any(words in str(error) for words in said)
