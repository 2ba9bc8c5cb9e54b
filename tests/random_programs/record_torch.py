"""Record what PyTorch makes of the random programs, in an environment of its own.

    python3 -m venv /tmp/torch && /tmp/torch/bin/pip install torch==2.13.0 numpy
    PYTHONPATH=. /tmp/torch/bin/python -m tests.random_programs.record_torch

Ties go by this project's rule: where PyTorch halves a gradient, the op is written out as a choice.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found]  # only in its own environment

from tests.random_programs.layers import CLASSES_OF, LAYERS
from tests.random_programs.programs import Program, program

RECORDED = Path(__file__).parents[1] / "data" / "random_programs" / "torch.json.gz"
COUNT = 2_000


def _first(x: Any, axes: list[int], keep: bool, sign: int) -> Any:
    """Return the largest entry along axes; a tie goes to the first, row by row."""
    rest = [at for at in range(x.ndim) if at not in axes]
    flat = x.permute(*rest, *axes).reshape([x.shape[at] for at in rest] + [-1])
    key = torch.where(flat.isnan(), torch.full_like(flat, math.inf), sign * flat)
    largest = key.amax(dim=-1, keepdim=True)
    places = torch.arange(flat.shape[-1]).expand_as(flat)
    first = torch.where(key == largest, places, flat.shape[-1]).amin(dim=-1, keepdim=True)
    picked = flat.gather(-1, first).squeeze(-1)
    return (
        picked.reshape([1 if at in axes else n for at, n in enumerate(x.shape)]) if keep else picked
    )


def _as(x: Any, condition: Any) -> Any:
    return condition.to(x.dtype)


def _chosen(a: Any, b: Any, second: Any) -> Any:
    return torch.where(second | b.isnan(), b, a)


def _alike(a: Any, b: Any) -> tuple[Any, Any]:
    """Return two tensors in the precision of the wider one, as NumPy has it."""
    kind = torch.promote_types(a.dtype, b.dtype)
    return a.to(kind), b.to(kind)


def _where(condition: Any, a: Any, b: Any) -> Any:
    """Return the choice, NaN where the condition is; this counts where it is the one array."""
    wide = [x.dtype for x in (a, b) if x.ndim] or [x.dtype for x in [condition] if x.ndim]
    wide = wide or [a.dtype, b.dtype]
    kind = torch.float64 if torch.float64 in wide else torch.float32
    chosen = torch.where(condition != 0, a.to(kind), b.to(kind))
    return torch.where(condition.isnan(), condition.to(kind), chosen)


def _norm(x: Any, axis: list[int], keepdims: bool) -> Any:
    """Return the Euclidean norm with derivative 0 at 0."""
    squares = (x * x).sum(dim=axis, keepdim=keepdims)
    safe = torch.where(squares == 0, torch.ones_like(squares), squares)
    return torch.where(squares == 0, 0 * squares, safe.sqrt())


def _xlogy(x: Any, y: Any) -> Any:
    return torch.special.xlogy(x, y)


def _index(x: Any, key: list[Any]) -> Any:
    return x[tuple(part if isinstance(part, int) else slice(*part) for part in key)]


def _selu(x: Any) -> Any:
    """Return selu with the slope of its right side at 0."""
    alpha, scale = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
    return torch.where(x < 0, scale * alpha * torch.expm1(x), scale * x)


def _step(x: Any) -> Any:
    return torch.where(x.isnan(), x.detach(), _as(x, x.detach() > 0))


OPS: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda x: -x,
    "identity": lambda x: x * 1,
    "pow": lambda x, y: x**y,
    "powi": lambda x, n: x**n,
    "maximum": lambda a, b: _chosen(a, b, b > a),
    "minimum": lambda a, b: _chosen(a, b, b < a),
    "prelu": lambda z, a: torch.where(z > 0, z, a * z),
    "where": _where,
    "greater": lambda a, b: _as(a + b, a > b),
    "less": lambda a, b: _as(a + b, a < b),
    "equal": lambda a, b: _as(a + b, a == b),
    "greater_equal": lambda a, b: _as(a + b, a >= b),
    "less_equal": lambda a, b: _as(a + b, a <= b),
    "not_equal": lambda a, b: _as(a + b, a != b),
    "relu": torch.relu,
    "abs": lambda x: x.abs(),
    "sign": lambda x: torch.where(x.isnan(), x.detach(), x.detach().sign()),
    "step": _step,
    "silu": torch.nn.functional.silu,
    "gelu": torch.nn.functional.gelu,
    "softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
    "softsign": torch.nn.functional.softsign,
    "log_sigmoid": torch.nn.functional.logsigmoid,
    "leaky_relu": lambda x, alpha: torch.nn.functional.leaky_relu(x, negative_slope=alpha),
    "elu": torch.nn.functional.elu,
    "xlogy": _xlogy,
    "sum": lambda x, axis, keepdims: x.sum(dim=axis, keepdim=keepdims),
    "mean": lambda x, axis, keepdims: x.mean(dim=axis, keepdim=keepdims),
    "max": lambda x, axis, keepdims: _first(x, axis, keepdims, 1),
    "min": lambda x, axis, keepdims: _first(x, axis, keepdims, -1),
    "var": lambda x, axis, keepdims: x.var(dim=axis, keepdim=keepdims, correction=0),
    "norm": _norm,
    "logsumexp": lambda x, axis, keepdims: x.logsumexp(dim=axis, keepdim=keepdims),
    "softmax": lambda x, axis: x.softmax(dim=axis),
    "log_softmax": lambda x, axis: x.log_softmax(dim=axis),
    "transpose": lambda x, axes: x.permute(*axes),
    "reshape": lambda x, shape: x.reshape(shape),
    "broadcast": lambda x, shape: x.broadcast_to(shape),
    "index": _index,
    "gather": lambda x, at, shape: x.reshape(-1)[torch.tensor(at)].reshape(shape),
    "concat": lambda a, b, axis: torch.cat(_alike(a, b), dim=axis),
    "stack": lambda a, b, axis: torch.stack(_alike(a, b), dim=axis),
    "matmul": lambda a, b: torch.matmul(*_alike(a, b)),
    "outer": lambda a, b: torch.outer(*_alike(a, b)),
    "inverse": torch.linalg.inv,
    "F.selu": _selu,
}
OPS |= {
    name: getattr(torch, name)
    for name in ("tanh", "sigmoid", "sin", "cos", "tan", "exp", "log", "sqrt", "erf")
}


def run(drawn: Program) -> dict[str, Any]:
    """Return value, gradients, a directional derivative and a Hessian-vector product."""
    leaves = {
        leaf.name: torch.tensor(leaf.values, dtype=torch.float32 if leaf.single else torch.float64)
        .reshape(leaf.shape)
        .requires_grad_()
        for leaf in drawn.leaves
    }
    known: dict[str, Any] = dict(leaves)
    for line in drawn.lines:
        args = [
            known[arg] if isinstance(arg, str) else _constant(arg, line, known) for arg in line.args
        ]
        if line.op in OPS:
            function = OPS[line.op]
        elif line.op.startswith(LAYERS):
            if line.op in CLASSES_OF:
                args[1] = args[1].long()
            function = getattr(torch.nn.functional, line.op.removeprefix(LAYERS))
        known[line.name] = function(*args, **line.settings)
    out = known[drawn.output]
    found: dict[str, Any] = {"value": _plain(out.detach())}
    if any(leaf.single for leaf in drawn.leaves):
        lines = [line.name for line in drawn.lines]
        found["single"] = [name for name in lines if known[name].dtype == torch.float32]
    if not out.requires_grad:
        return found
    seed = None
    if drawn.seed is not None:
        seed = torch.tensor(drawn.seed, dtype=out.dtype).reshape(out.shape)
    names = list(leaves)
    grads = torch.autograd.grad(
        out, [leaves[n] for n in names], grad_outputs=seed, create_graph=True, allow_unused=True
    )
    found["gradients"] = {
        n: None if g is None else _plain(g.detach()) for n, g in zip(names, grads, strict=True)
    }
    along = sum(
        (g * torch.tensor(drawn.directions[n], dtype=g.dtype).reshape(g.shape)).sum()
        for n, g in zip(names, grads, strict=True)
        if g is not None
    )
    if getattr(along, "requires_grad", False) and drawn.seed is None:
        second = torch.autograd.grad(along, [leaves[n] for n in names], allow_unused=True)
        found["second"] = {
            n: None if g is None else _plain(g) for n, g in zip(names, second, strict=True)
        }
    return found


def _constant(arg: Any, line: Any, known: dict[str, Any]) -> Any:
    """Return a constant: a number promotes nothing; an array of float64 does, as in NumPy."""
    values, shape = arg
    if not shape:
        (other,) = (known[name] for name in line.args if isinstance(name, str))
        return torch.tensor(values[0], dtype=other.dtype)
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def _plain(tensor: Any) -> list[Any]:
    """Return the entries, row by row, to 12 digits; what is not finite as text."""
    return [
        float(f"{v:.12g}") if math.isfinite(v) else str(v)
        for v in tensor.double().reshape(-1).tolist()
    ]


def main() -> None:
    """Record all programs."""
    records = [run(program(number)) for number in range(COUNT)]
    text = json.dumps({"torch": torch.__version__, "programs": records}, separators=(",", ":"))
    RECORDED.write_bytes(gzip.compress(text.encode(), mtime=0))
    count = sum("gradients" in record for record in records)
    sys.stdout.write(f"{RECORDED.stat().st_size} bytes, {count} with gradients\n")


if __name__ == "__main__":
    main()
