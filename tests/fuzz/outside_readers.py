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
from tests.fuzz.reader import ROOT, placed

__all__ = ["drawn_calls", "model_reader", "models", "read_calls", "read_editor"]

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


# ---- calls from Python ----

_VALUES = (
    "A", "x", "v", "E", "N", "0", "1", "-1", "2", "3.5", "True", "None", "'0'", "'a'", "b'1'",
    "[]", "[1, 2]", "[[1, 2], [3]]", "(0, 1)", "(0, 0)", "()", "1j", "float('nan')", "float('inf')",
    "np.int64(0)", "np.float32(1.5)", "np.array([0, 1])", "np.array(1)", "np.ones((2, 3))",
    "np.zeros(0)", "np.array(['a'])", "np.bool_(True)", "np.datetime64('2020-01-01')", "A > 2",
    "slice(None)", "range(2)", "...", "np.float64(2)", "{}", "object", "10**40", "-7", "v > 1",
    "np.arange(6.0)[::-1].reshape(2, 3)", "np.ones((3, 2)).T", "np.broadcast_to(1.0, (2, 3))",
    "np.ma.array([1.0, 2, 3], mask=[0, 1, 0])", "np.float16(1)", "np.longdouble(1)", "np.uint8(3)",
    "np.array([1, None])", "np.array([1+2j])", "np.array([[1, 2, 3], [4, 5, 6]], dtype=np.int8)",
    "np.array([True, False, True])", "np.zeros((0, 0))", "np.ones((1, 1, 1, 1))", "np.inf", "-0.0",
    "np.array([2, 0, 1])", "[True, 2]", "[1.5, 'a']", "'x'", "''", "'\\u0430'", "'ñ 1'", "'x.y'",
    "{'x': 2}", "{'x': 'a'}", "{1: 2}", "{'v': [1, 2, 3]}", "5e-324", "1e308", "10**400",
    "10**5000", "[x, v]",
    "[x, 1.0]", "[[x, 2.0], [3.0, x]]", "(A, A)", "lambda t: t", "sum", "np.sum",
    "iter([1])",
    "np.arange(3)[np.newaxis]", "memoryview(b'12')", "frozenset({1})", "len", "v[0]", "A[:, 1]",
    "A.T", "gg.graph(x * x)", "gg.trace(x * x)", "np.array('2', dtype=object)", "(2, -1)",
    "(-1, -1)",
)  # fmt: skip
_KEYS = ("axis", "keepdims", "dim", "keepdim", "shape", "key", "out", "where", "dtype", "ddof")
_NOT = ("Handle", "register", "render", "save_trace", "set_language", "stepper")
"""What changes the process or writes files."""


@cache
def functions() -> list[str]:
    """Return the functions of NumPy that take arrays, and of ``linalg``."""
    found = [name for name in np.__all__ if not name.startswith(_NO_ARRAYS)]
    ufuncs = [name for name in found if isinstance(getattr(np, name), np.ufunc)]
    others = [name for name in found if type(getattr(np, name)).__name__.startswith("_ArrayFunc")]
    linear = [f"linalg.{name}" for name in np.linalg.__all__ if name != "LinAlgError"]
    return sorted({*ufuncs, *others, *linear})


_NO_ARRAYS = ("save", "load", "from", "gen", "busday", "get", "set", "show", "info", "mem")


@cache
def ours() -> list[str]:
    """Return what ``gg`` offers, and the functions of ``nn``."""
    from graphgrad.api.networks import functional

    names = [name for name in dir(gg) if callable(getattr(gg, name, None)) and name not in _NOT]
    layers = [f"nn.{name}" for name in dir(gg.nn) if name[:1].isupper()]
    inner = [f"nn.functional.{name}" for name in functional.FUNCTIONS]
    return [*(name for name in names if not name.startswith("_")), *layers, *inner]


@cache
def methods() -> list[str]:
    """Return the methods of a handle."""
    matrix = gg.param("A", np.ones((2, 2)))
    named = [name for name in dir(matrix) if not name.startswith("_") and name not in _INSIDE]
    return [*(name for name in named if callable(getattr(matrix, name, None))), *_SIGNS]


_INSIDE = ("applied", "of_tape", "place", "receive", "used_on", "spot", "tape", "accumulates")
"""What our own files call."""
_SIGNS = [
    "__getitem__", "__add__", "__pow__", "__rpow__", "__matmul__", "__rmatmul__", "__setitem__",
    "__rsub__", "__eq__", "__lt__", "__truediv__", "__mod__", "__floordiv__", "__contains__",
    "__iadd__", "__imul__", "__len__", "__iter__", "__float__", "__bool__", "__index__",
    "__and__", "__invert__", "__rshift__", "__divmod__", "__round__", "__delitem__",
]  # fmt: skip


def drawn_calls(rng: random.Random) -> bytes:
    """Compose a few calls: of NumPy's functions, of ours, of methods, with values of every kind."""
    lines = []
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        args = [rng.choice(_VALUES) for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3)))]
        args += [f"{rng.choice(_KEYS)}={rng.choice(_VALUES)}" for _ in range(rng.choice((0, 0, 1)))]
        if kind < 0.4:
            lines.append(f"np.{rng.choice(functions())}({', '.join([rng.choice('AxvE'), *args])})")
        elif kind < 0.7:
            lines.append(f"gg.{rng.choice(ours())}({', '.join(args)})")
        else:
            lines.append(f"{rng.choice('AxvEN')}.{rng.choice(methods())}({', '.join(args)})")
    return "\n".join(lines).encode()


@cache
def _callable_names() -> frozenset[str]:
    by_handle = {f"{h}.{name}" for h in "AxvEN" for name in methods()}
    return frozenset({*by_handle, *(f"np.{n}" for n in functions()), *(f"gg.{n}" for n in ours())})


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
            made = eval(line, space)  # of the words above alone, never of what others wrote
            if isinstance(made, gg.nn.Module):
                made(space["AxvEN"[len(line) % 5]])
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
    if isinstance(error, AttributeError):  # a method of Python's own that a node does not have
        said = ("object has no attribute '__",)
    return not ours or any(words in str(error) for words in said)
