"""Say of each op what PyTorch and JAX call it.

A spelling is a template over the arguments, ``{0}``, ``{1}``, ..., and over ``lib`` (``torch`` or
``jnp``), the settings by name, ``{over}`` (along which axes, as the last arguments of a reduction),
``{kept}`` (the shape of the result) and the names in `helper_functions.HELPERS`, which are written
above the program where they are used. An op of numbers that has none is written as a function made
of its row's formula.
Source: the references of torch and torch.nn.functional 2.x, of jax.numpy, jax.nn and jax.scipy 0.x.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from graphgrad.ops.shapes import Shape

__all__ = ["BY_EVALUATION", "NO_GRADIENT", "SPELLINGS", "Spelling", "Use"]


class Use(NamedTuple):
    """One use of an op: the shapes of its arguments and of its result, and its settings."""

    shapes: tuple[Shape, ...]
    result: Shape
    settings: dict[str, Any]


Template = str | Callable[[Use], str]


class Spelling(NamedTuple):
    """What an op is called in each library; a function of the use gives "" where it has no words.

    Attributes:
        torch: in PyTorch.
        jax: in JAX.
        numbers: whether numbers of Python's may stand among its arguments in PyTorch.
    """

    torch: Template
    jax: Template
    numbers: bool = False


def _both(template: str, *, numbers: bool = False) -> Spelling:
    return Spelling(template, template, numbers)


def _joined(use: Use, name: str) -> str:
    """Return an array with the axes that are reduced moved to the end and joined into one."""
    axis, rank = use.settings["axis"], len(use.shapes[0])
    if len(axis) == 1:
        return "{0}"
    if len(axis) == rank:
        return "{0}.flatten()"
    last = tuple(range(-len(axis), 0))
    moved = "torch.movedim({0}, %r, %r)" if name == "torch" else "jnp.moveaxis({0}, %r, %r)"
    kept = tuple(n for at, n in enumerate(use.shapes[0]) if at not in axis)
    return f"{moved % (axis, last)}.reshape({(*kept, -1)!r})"


def _chosen(name: str, template: str) -> Callable[[Use], str]:
    """Return the writer of a reduction that libraries have along one axis only."""

    def spelled(use: Use) -> str:
        axis = use.settings["axis"]
        if not axis:
            return "{0}"
        at = axis[0] if len(axis) == 1 else 0 if len(axis) == len(use.shapes[0]) else -1
        text = template.format("%s", at=at) % _joined(use, name)
        return f"{text}.reshape({{kept}})" if use.settings["keepdims"] else text

    return spelled


def _transposed(words: str) -> Callable[[Use], str]:
    def spelled(use: Use) -> str:
        axes = use.settings["axes"]
        if axes == tuple(range(len(axes))):
            return "{0}"
        return "{0}.T" if len(axes) == 2 else words

    return spelled


def _marked(one: str, whole: str) -> Callable[[Use], str]:
    """Return the writer of the mark of the largest entry, along one axis or along all."""

    def spelled(use: Use) -> str:
        axis = use.settings["axis"]
        if len(axis) == 1:
            return one.replace("{at}", str(axis[0]))
        return whole if len(axis) == len(use.shapes[0]) else ""

    return spelled


def _torch_frame(use: Use) -> str:
    pairs = tuple(n for width in reversed(use.settings["width"]) for n in (width, width))
    return f"torch.nn.functional.pad({{0}}, {pairs!r}, value={{value}})"


def _jax_frame(use: Use) -> str:
    width = use.settings["width"]
    pairs = ((0, 0),) * (len(use.shapes[0]) - len(width)) + tuple((n, n) for n in width)
    return f"jnp.pad({{0}}, {pairs!r}, constant_values={{value}})"


def _windowed(use: Use) -> str:
    size = use.settings.get("size") or use.settings["shape"]
    steps = [use.settings[name] for name in ("stride", "dilation")]
    stride, dilation = (n * len(size) if len(n) == 1 else n for n in steps)
    name = "windows" if "size" in use.settings else "fold"
    return f"{{{name}}}({{0}}, {size!r}, stride={stride!r}, dilation={dilation!r})"


SPELLINGS: dict[str, Spelling] = {
    # ---- functions ----
    **{
        name: _both(f"{{lib}}.{name}({{0}})")
        for name in (
            "exp",
            "log",
            "sqrt",
            "sin",
            "cos",
            "tan",
            "tanh",
            "sign",
            "arcsin",
            "arccos",
            "arctan",
            "sinh",
            "cosh",
            "arcsinh",
            "arccosh",
            "arctanh",
            "exp2",
            "log2",
            "log10",
            "log1p",
            "expm1",
            "floor",
            "ceil",
            "round",
        )
    },
    **{name: _both(f"{{lib}}.{name}({{0}}, {{1}})") for name in ("arctan2", "logaddexp")},
    "stop_gradient": Spelling("({0}).detach()", "jax.lax.stop_gradient({0})"),
    "abs": Spelling("torch.abs({0})", "{absolute}({0})"),
    "erf": Spelling("torch.erf({0})", "jax.scipy.special.erf({0})"),
    "erfc": Spelling("torch.erfc({0})", "jax.scipy.special.erfc({0})"),
    "xlogy": Spelling("torch.xlogy({0}, {1})", "{xlogy}({0}, {1})"),
    "mod": Spelling("torch.remainder({0}, {1})", "jnp.mod({0}, {1})"),
    # ---- activations ----
    "sigmoid": Spelling("torch.sigmoid({0})", "jax.nn.sigmoid({0})"),
    "relu": Spelling("torch.relu({0})", "jax.nn.relu({0})"),
    "softplus": Spelling("torch.logaddexp({0}, torch.tensor(0.0))", "jax.nn.softplus({0})"),
    "log_sigmoid": Spelling("torch.nn.functional.logsigmoid({0})", "jax.nn.log_sigmoid({0})"),
    "silu": Spelling("torch.nn.functional.silu({0})", "jax.nn.silu({0})"),
    "mish": Spelling("torch.nn.functional.mish({0})", "jax.nn.mish({0})"),
    "gelu": Spelling("torch.nn.functional.gelu({0})", "jax.nn.gelu({0}, approximate=False)"),
    "softmax": Spelling("torch.softmax({0}, dim={axis})", "jax.nn.softmax({0}, axis={axis})"),
    "log_softmax": Spelling(
        "torch.log_softmax({0}, dim={axis})", "jax.nn.log_softmax({0}, axis={axis})"
    ),
    # ---- sums and choices ----
    "sum": _both("{lib}.sum({0}{over})"),
    "mean": _both("{lib}.mean({0}{over})"),
    "var": Spelling("torch.var({0}{over}, correction={ddof})", "jnp.var({0}{over}, ddof={ddof})"),
    "std": Spelling("torch.std({0}{over}, correction={ddof})", "jnp.std({0}{over}, ddof={ddof})"),
    "logsumexp": Spelling(
        "torch.logsumexp({0}, dim={axis}{keep})", "jax.scipy.special.logsumexp({0}{over})"
    ),
    "norm": Spelling("torch.linalg.vector_norm({0}{over})", "{norm}({0}{over})"),
    "max": Spelling(
        _chosen("torch", "torch.max({0}, dim={at}).values"),
        _chosen("jnp", "{{largest}}({0}, axis={at})"),
    ),
    "min": Spelling(
        _chosen("torch", "torch.min({0}, dim={at}).values"),
        _chosen("jnp", "(-{{largest}}(-{0}, axis={at}))"),
    ),
    "prod": Spelling(_chosen("torch", "torch.prod({0}, dim={at})"), "jnp.prod({0}{over})"),
    "cumsum": Spelling("torch.cumsum({0}, dim={axis})", "jnp.cumsum({0}, axis={axis})"),
    "cumprod": Spelling("torch.cumprod({0}, dim={axis})", "jnp.cumprod({0}, axis={axis})"),
    "sort": Spelling("torch.sort({0}, stable=True).values", "jnp.sort({0})"),
    "argmax": Spelling(
        "(torch.argmax({0}, dim={axis}) + {first}).double()",
        "(jnp.argmax({0}, axis={axis}) + {first}).astype(float)",
    ),
    "argmax_mask": Spelling(
        _marked(
            "torch.zeros_like({0}).scatter({at}, {0}.argmax({at}, keepdim=True), 1.0)",
            "torch.nn.functional.one_hot({0}.argmax(), {0}.numel()).double().reshape({kept})",
        ),
        _marked(
            "jnp.put_along_axis(jnp.zeros_like({0}), jnp.argmax({0}, axis={at}, keepdims=True), "
            "1.0, axis={at}, inplace=False)",
            "jax.nn.one_hot(jnp.argmax({0}), {0}.size).reshape({kept})",
        ),
    ),
    "order_mask": Spelling(
        "torch.nn.functional.one_hot(torch.argsort({0}, stable=True), {0}.shape[-1]).double()",
        "jax.nn.one_hot(jnp.argsort({0}), {0}.shape[-1])",
    ),
    "one_hot": Spelling(
        "torch.nn.functional.one_hot({0}.long() - {first}, {classes}).double()",
        "jax.nn.one_hot({0}.astype(int) - {first}, {classes})",
    ),
    # ---- matrices ----
    "outer": _both("{lib}.outer({0}, {1})"),
    "inverse": _both("{lib}.linalg.inv({0})"),
    "det": _both("{lib}.linalg.det({0})"),
    "trace": _both("{lib}.trace({0})"),
    "diag": _both("{lib}.diag({0}, {k})"),
    "tril": _both("{lib}.tril({0}, {k})"),
    "triu": _both("{lib}.triu({0}, {k})"),
    # ---- entries moved ----
    "transpose": Spelling(
        _transposed("torch.permute({0}, {axes})"), _transposed("jnp.transpose({0}, {axes})")
    ),
    "reshape": _both("{lib}.reshape({0}, {shape})"),
    "broadcast": _both("{lib}.broadcast_to({0}, {shape})"),
    "index": _both("{0}[{key}]"),
    "scatter_add": _both("{placed}({0}, {parts}, {shape})"),
    "gather": Spelling(
        "torch.take({0}, torch.tensor({at}, dtype=int)).reshape({shape})",
        "jnp.take({0}, jnp.array({at}, dtype=int)).reshape({shape})",
    ),
    "scatter_at": _both("{put}({0}, {at}, {shape})"),
    "concat": Spelling("torch.cat([{all}], dim={axis})", "jnp.concatenate([{all}], axis={axis})"),
    "stack": Spelling("torch.stack([{all}], dim={axis})", "jnp.stack([{all}], axis={axis})"),
    "flip": Spelling("torch.flip({0}, dims=({axis},))", "jnp.flip({0}, axis={axis})"),
    "roll": Spelling("torch.roll({0}, {shift}, dims={axis})", "jnp.roll({0}, {shift}, {axis})"),
    "tile": _both("{lib}.tile({0}, {times})"),
    "repeat": Spelling(
        "torch.repeat_interleave({0}, {times}, dim={axis})",
        "jnp.repeat({0}, {times}, axis={axis})",
    ),
    "pad": Spelling(_torch_frame, _jax_frame),
    "windows": Spelling(_windowed, _windowed),
    "fold": Spelling(_windowed, _windowed),
}
"""What ops are called; operators, comparisons and powers are written as in Python."""

BY_EVALUATION = frozenset({"elu", "selu"})
"""Ops whose formula would make NaN of a gradient where it overflows; the other form does not."""

NO_GRADIENT = frozenset(
    {"greater", "less", "equal", "greater_equal", "less_equal", "not_equal", "step"}
    | {"argmax", "argmax_mask", "order_mask", "one_hot"}
)
"""Ops behind which PyTorch keeps no way back, for their result is no function of numbers to it."""
