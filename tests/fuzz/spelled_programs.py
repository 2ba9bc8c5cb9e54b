"""Compose programs in NumPy's words; what handles make of them is what NumPy makes of arrays.

A reader beside the others that has an oracle: values are NumPy's, gradients those of central
differences, and the compiled program gives the interpreter's. What is refused in words is left.
"""

from __future__ import annotations

import random
import warnings
from typing import Any
from zlib import crc32

import numpy as np

import graphgrad as gg
from graphgrad.errors import GraphgradError

__all__ = ["drawn_program", "read_program"]

WORDS = tuple(
    """np.exp(np.minimum({a}, 2)) | np.sin({a}) | np.tanh({a}) | np.log1p(np.abs({a})) | -{a} | +{a}
    np.sqrt(np.abs({a}) + 0.1) | np.cbrt({a}**2 + 0.5) | np.square({a}) | abs({a}) | {a}**3 | 2**{a}
    np.sign({a})*{a} | np.reciprocal({a}**2 + 1) | np.abs({a})**1.5 | ({a}**2 + 1)**-0.5 | {a}**0
    np.power(np.abs({a}) + 0.2, {b}) | np.sinh({a}) | np.arctan({a}) | np.arccos(np.tanh({a}))
    np.floor({a})*{a} | np.round({a}, 1) | np.trunc({a}) | {a} % 0.7 | np.fmod({a}, 0.7)
    {a} // 0.6 | np.sinc({a}) | np.heaviside({a}, 0.5) | np.clip({a}, -0.5, 0.7) | {a}.clip(min=0)
    np.where({a} > 0, {a}, 0.1*{a}) | ({a} > 0)*{b} | np.select([{a} > 1, {a} > 0], [{a}, 2*{a}], 0)
    np.interp({a}, [-1, 0, 1], [0, 1, 3]) | np.convolve({a}, {b}) | np.convolve({a}, {b}, 'same')
    3*{a} | 2/(np.abs({a}) + 1) | {a} - {n} | {n} - {a} | {a} + {n} | {a}*{n} | np.float64(2)*{a}
    np.ones(2)[:, None]*{a} | np.eye(2) @ {a} | [1, 2]*{a} | np.array([2.0])*{a}
    np.sum({a}, axis={d}) | {a}.sum({d}) | {a}.mean(axis={d}, keepdims=True) | np.prod({a})
    np.average({a}, axis={i}) | {a}.prod({d}) | np.max({a}, axis={d}) | {a}.min(axis={i})
    np.var({a}, axis={d}, ddof=1) | {a}.std({i}) | np.ptp({a}) | np.median({a}, axis={i})
    np.cumsum({a}) | {a}.cumsum({i}) | np.cumprod({a}, axis={i}) | np.diff({a}, axis={i})
    np.linalg.norm({a}) | np.linalg.norm({a}, axis={i}) | np.linalg.norm({a}, 1) | np.trace({a})
    np.add.reduce({a}, axis={i}) | np.add.outer({a}, {b}) | np.sort({a}) | np.sort({a}, axis={i})
    {a}[np.argsort({a})] | np.take_along_axis({a}, np.argsort({a}, axis={i}), axis={i})
    np.linalg.det({a}) | np.linalg.inv({a} + 4*np.eye({a}.shape[0])) | np.median({a})
    np.linalg.matrix_power({a}, 2)
    np.linalg.svd({a}, compute_uv=False) | np.linalg.eigvalsh({a} @ {a}.T) | np.linalg.pinv({a})
    {a} + {b} | {a} - {b} | {a}*{b} | {a}/({b}**2 + 1) | np.maximum({a}, {b}) | np.minimum({a}, 0.5)
    np.arctan2({a}, {b}) | np.hypot({a}, {b}) | np.logaddexp({a}, {b}) | np.copysign({a}, {b})
    np.mod({a}, np.abs({b}) + 0.4) | ({a} <= {b}) + {b} | np.concatenate([{a}, {b}]) | {a} @ {b}
    np.concatenate([{a}, {b}], axis={i}) | np.stack([{a}, {b}], axis={i}) | np.hstack([{a}, {b}])
    np.vstack(({a}, {b})) | {a} @ {b}.T | {a}.T @ {b} | np.dot({a}, {b}) | np.inner({a}, {b})
    np.outer({a}, {b}) | np.tensordot({a}, {b}, axes=1) | np.einsum('ij,jk->ik', {a}, {b})
    np.einsum('i,j->ij', {a}, {b}) | np.einsum('ij->ji', {a}) | np.einsum('ii', {a}) | {a}.ravel()
    np.kron({a}, {b}) | {a}.reshape(-1) | {a}.reshape({a}.shape[::-1]) | {a}.reshape(-1, order='F')
    {a}.T | np.transpose({a}, (1, 2, 0)) | np.swapaxes({a}, 0, -1) | np.moveaxis({a}, 0, -1)
    np.expand_dims({a}, {i}) | np.squeeze({a}) | np.broadcast_to({a}, (2,) + {a}.shape) | {a}[...]
    np.repeat({a}, 2) | np.repeat({a}, 2, axis={i}) | {a}.repeat(2) | np.tile({a}, (2, 1))
    np.flip({a}, {i}) | np.rot90({a}) | np.roll({a}, 1) | np.roll({a}, -1, axis={i})
    np.pad({a}, 1)
    np.split({a}, 2)[0] | np.array_split({a}, 3, axis=-1)[0] | np.tril({a}) | np.triu({a}, 1)
    np.diag({a}) | np.diagonal({a}) | np.take({a}, [0, 1]) | np.take({a}, -1, axis={i}) | {a}[0]
    {a}[-1] | {a}[:, -1] | {a}[..., 0] | {a}[1:] | {a}[::-1] | {a}[2:0:-1] | {a}[:, ::2] | {a}[None]
    {a}[..., None] | {a}[()] | {a}[[1, 0, 1]] | {a}[:, [1, 0]] | {a}[[0, 1], [1, 0]] | {a}[{a} > 0]
    {a}[({a} > 0) & ({a} < 1)] | {a}[~(({a} > 0) & ({a} < 1))] | {a}[~({a} > 0)]
    {a}[{a}.sum(-1) > 0]
    {a}[0, :, [0, 1]] | {a}[[0], :, [1]] | {a}[:, None, [0, 1]] | {a}[0:0] | {a}[np.array(1)]
    {a}.transpose(0, 1) | {a}.transpose(1, 0) | np.meshgrid({a}, {b})[0] | np.cov({a})"""
    .replace("\n", " | ")
    .split(" | ")
)  # fmt: skip
_AXES = ("0", "1", "-1", "(0, 1)", "(0, -1)", "None", "()")
_MOST, _LARGEST, _STEP = 200, 1e4, 1e-5


def drawn_program(rng: random.Random) -> bytes:
    """Return the number of a program."""
    return str(rng.randrange(10**9)).encode()


def read_program(data: bytes) -> None:
    """Run the program that a number stands for; other bytes are the number of their sum."""
    rng = random.Random(crc32(data))
    leaves = {f"x{k}": _array(rng) for k in range(rng.choice((1, 2, 2, 3)))}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        lines = _composed(rng, leaves)
        try:
            _compared(leaves, lines)
        except GraphgradError:
            return


def _array(rng: random.Random) -> Any:
    shape = [rng.choice((1, 2, 2, 3, 3, 4)) for _ in range(rng.choice((0, 1, 1, 2, 2, 2, 3)))]
    return np.array([round(rng.uniform(-2, 2), 4) for _ in range(int(np.prod(shape)))]).reshape(
        shape
    )


def _composed(rng: random.Random, leaves: dict[str, Any]) -> list[str]:
    """Return lines that NumPy can run on the leaves, and a last one that is a number."""
    known: dict[str, Any] = {"np": np} | {
        k: v if v.ndim else np.float64(v) for k, v in leaves.items()
    }
    lines: list[str] = []
    for _ in range(rng.randint(4, 40)):
        if len(lines) == 6:
            break
        names = [name for name in known if name != "np" and name[0] != "_"][-4:]
        word = rng.choice(WORDS).strip().replace("{n}", str(rng.randint(0, 9)))
        word = word.replace("{d}", rng.choice(_AXES)).replace("{i}", rng.choice(_AXES[:3]))
        line = word.replace("{a}", rng.choice(names)).replace("{b}", rng.choice(names))
        made = _made(line, known)
        if made is not None:
            known[f"v{len(lines)}"] = made
            lines.append(f"v{len(lines)} = {line}")
    last = f"v{len(lines) - 1}" if lines else "x0"
    return [*lines, f"L = np.sum({last}*np.cos({last}*0.7 + 0.3))"]


def _made(line: str, known: dict[str, Any]) -> Any:
    """Return what NumPy makes of a line, None if it refuses, or if that is no small array."""
    try:
        made = eval(line, known)  # of the words above alone
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    floats = isinstance(made, np.ndarray | np.float64) and made.dtype == float
    small = floats and made.size <= _MOST and np.isfinite(made).all()
    return made if small and np.abs(made).max(initial=0) < _LARGEST else None


def _run(leaves: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    space: dict[str, Any] = {"np": np, **leaves}
    for line in lines:
        exec(line, space)  # as above
    return space


def _compared(leaves: dict[str, Any], lines: list[str]) -> None:
    told = {name: value.tolist() for name, value in leaves.items()}, lines
    plain = _run({k: v if v.ndim else np.float64(v) for k, v in leaves.items()}, lines)
    handles = {k: gg.param(k, v if v.ndim else float(v)) for k, v in leaves.items()}
    ours = _run(handles, lines)
    for name in (*(line.split()[0] for line in lines),):
        made = ours[name].value if isinstance(ours[name], gg.Handle) else ours[name]
        alike = _alike(made, plain[name], 1e-7)
        if not alike and _jumps(leaves, lines, name, made):
            return
        assert alike, (name, made, *told)
    loss = ours["L"]
    if not isinstance(loss, gg.Handle):
        return
    loss.backward()
    compiled = gg.compile(gg.graph(loss))().gradients
    for name, value in leaves.items():
        found = handles[name].grad
        if found is None or not np.isfinite(found).all():
            continue
        assert np.allclose(compiled.get(name, found), found, 1e-8, 1e-8), (name, "compiled", *told)
        wanted = _differences(leaves, lines, name)
        size = 1 + np.abs(value).max(initial=0) + np.abs(found).max(initial=0)
        near = wanted is None or np.allclose(found, wanted, 1e-3, 1e-4 * size)
        assert near, (name, "gradient", found, wanted, *told)


def _jumps(leaves: dict[str, Any], lines: list[str], name: str, made: Any) -> bool:
    """Tell whether NumPy makes of numbers a hair away what we make of these: a jump is here.

    The remainder of 1e-17, which is an eigenvalue that is 0, goes either way by rounding, and so
    does a mask of it.
    """
    for draw in range(8):
        hair = np.random.default_rng(draw).normal(size=8) * 1e-9
        moved = {k: v + np.resize(hair, v.shape) for k, v in leaves.items()}
        given = {k: v if v.ndim else np.float64(v) for k, v in moved.items()}
        if _alike(made, _run(given, lines)[name], 1e-5):
            return True
    return False


def _alike(made: Any, other: Any, close: float) -> bool:
    """Tell whether two arrays are as long and as large: a mask that jumps changes the length."""
    return np.shape(made) == np.shape(other) and np.allclose(made, other, close, close)


def _differences(leaves: dict[str, Any], lines: list[str], name: str) -> Any:
    """Return central differences, None where two step sizes do not agree: a kink is near."""
    found = np.zeros((2, *leaves[name].shape))
    for at, step in enumerate((_STEP, _STEP / 3)):
        for place in np.ndindex(leaves[name].shape):
            ends = []
            for way in (step, -step):
                moved = leaves[name].copy()
                moved[place] += way
                given = leaves | {name: moved}
                given = {k: v if v.ndim else np.float64(v) for k, v in given.items()}
                ends.append(float(_run(given, lines)["L"]))
            found[(at, *place)] = (ends[0] - ends[1]) / (2 * step)
    return found[0] if np.allclose(found[0], found[1], 1e-4, 1e-4) else None
