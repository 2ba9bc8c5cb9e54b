"""Offer modules inside `torch`: linalg, autograd, distributions, backends."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

from graphgrad.api.handle import Handle, appended
from graphgrad.api.in_place import plain_numbers
from graphgrad.api.numpy_words.choices import refusing
from graphgrad.api.numpy_words.of_tensors import MAKERS
from graphgrad.api.recording.ancestry import ancestry
from graphgrad.api.recording.freeze import freeze_each
from graphgrad.api.torch_words.distributions import DISTRIBUTIONS
from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.hessian import hessian
from graphgrad.autodiff.jacobian import jacobian
from graphgrad.layers.doors.binding import no_member

__all__ = ["MODULES"]

_LINEAR = ("norm", "inv", "det", "slogdet", "solve", "eigh", "eigvalsh", "cholesky", "qr",
           "matrix_power", "multi_dot", "pinv", "svd", "svdvals")  # fmt: skip


def _linear(name: str) -> Any:
    """Return NumPy's function of matrices in PyTorch's words."""

    def called(a: Any, *args: Any, **options: Any) -> Any:
        import numpy as np

        from graphgrad.api.numpy_words.of_tensors import settled

        named = {{"dim": "axis", "keepdim": "keepdims"}.get(k, k): v for k, v in options.items()}
        return settled(getattr(np.linalg, name)(a, *args, **named), (a, *args))

    called.__name__ = name
    return refusing(f"torch.linalg.{name}", called)


def _gradients(
    outputs: Any,
    inputs: Any,
    grad_outputs: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    allow_unused: Any = None,
    **_options: Any,
) -> Any:
    """Return the gradients of outputs, leaving those that tensors hold as they are."""
    wanted = [inputs] if hasattr(inputs, "place") else list(inputs)
    output = _weighted(outputs, grad_outputs)
    if create_graph:
        return _as_nodes(output, wanted)
    below = map(_of_now, ancestry(*output.place()).leaves.values())
    leaves = {id(one): one for one in [*below, *wanted] if one is not None and one.tape is None}
    held = [(leaf, leaf.grad) for leaf in leaves.values()]
    try:
        for one in [*leaves.values(), *wanted]:
            _forget(one)
        output.backward()
        return tuple(_taken(one) for one in wanted)
    finally:
        for leaf, gradient in held:
            leaf.grad = gradient


def _of_now(leaf: Any) -> Any:
    """Return a leaf as it is now, of one as it was."""
    return getattr(leaf, "leaf", leaf)


def _weighted(outputs: Any, weights: Any) -> Any:
    """Return the number whose gradients are wanted: a sum of all outputs, each with its adjoint."""
    several = isinstance(outputs, list | tuple)
    each = list(outputs) if several else [outputs]
    seeds = list(weights) if several and weights is not None else [weights] * len(each)
    parts = [
        one.reshape(()) if seed is None and one.shape and one.size == 1
        else one if seed is None else (one * seed).sum()
        for one, seed in zip(each, seeds, strict=True)
    ]  # fmt: skip
    return parts[0] if len(parts) == 1 else sum(parts[1:], parts[0])


def _forget(one: Any) -> None:
    if one.tape is None:
        one.grad = None
    else:
        one.retain_grad()


def _taken(one: Any) -> Any:
    """Return a copy of the gradient that a pass has brought, None where it brought none."""
    found = one.grad
    if found is None or hasattr(found, "place"):
        return found if found is None else found.clone()
    return MAKERS["floats"](found)


def _as_nodes(output: Any, wanted: list[Any]) -> tuple[Any, ...]:
    """Return gradients as nodes, of which gradients can be taken again."""
    whole = ancestry(*output.place())
    graph = freeze_each(whole)
    built = gradient_graph(graph)
    made: list[Any] = []
    for at, kind in enumerate(built.columns.kinds()):
        if at >= len(graph):
            parents = [made[parent] for parent in built.columns.parents_of(at)]
            made.append(appended(kind, parents) if parents else built.defaults[at])
        elif at in whole.constants:
            made.append(whole.constants[at])
        else:
            leaf = whole.leaves.get(at)
            made.append(leaf if hasattr(leaf, "place") else Handle(*whole.places[at]))
    found: list[Any] = []
    leaves = {id(_of_now(leaf)): at for at, leaf in whole.leaves.items()}
    for one in wanted:
        number = leaves.get(id(one)) if one.tape is None else whole.number(*one.place())
        name = None if number is None else graph.adjoint_name(graph.name(number))
        adjoint = None if name is None else built.find(name)
        if adjoint is None:
            found.append(None)
            continue
        gradient = made[adjoint]
        varies = built.variable[adjoint]
        found.append(gradient if varies else MAKERS["floats"](plain_numbers(gradient)))
    return tuple(found)


def _derived(order: int) -> Any:
    """Return PyTorch's function of the Jacobian or the Hessian of a function at a point."""

    def called(func: Any, inputs: Any, **_options: Any) -> Any:
        several = isinstance(inputs, tuple)
        points = [
            MAKERS["floats"](plain_numbers(one)).requires_grad_()
            for one in (inputs if several else (inputs,))
        ]
        whole = ancestry(*func(*points).place())
        graph = freeze_each(whole)
        names = {id(leaf): graph.name(at) for at, leaf in whole.leaves.items()}
        if order == 1:
            found = jacobian(graph)
            rows = tuple(MAKERS["floats"](found[names[id(one)]]) for one in points)
            return rows if several else rows[0]
        second = hessian(graph)
        blocks = tuple(
            tuple(MAKERS["floats"](second[names[id(a)], names[id(b)]]) for b in points)
            for a in points
        )
        return blocks if several else blocks[0][0]

    return refusing(f"torch.autograd.functional.{'jacobian' if order == 1 else 'hessian'}", called)


def _module(name: str, **members: Any) -> ModuleType:
    whole = f"torchlike.{name}"
    made = ModuleType(f"graphgrad.{whole}")
    vars(made).update(members)

    def __getattr__(attribute: str) -> Any:  # noqa: N807  # Python's name
        if attribute.startswith("__"):  # what Python itself looks for
            raise AttributeError(attribute)
        raise no_member(whole, attribute, members)

    made.__getattr__ = __getattr__  # type: ignore[method-assign]
    return made


MODULES: dict[str, Any] = {
    "autograd": _module(
        "autograd",
        grad=_gradients,
        functional=_module("autograd.functional", jacobian=_derived(1), hessian=_derived(2)),
        Variable=lambda x, **_options: x,
    ),
    "backends": SimpleNamespace(
        mps=SimpleNamespace(is_available=lambda: False), cudnn=SimpleNamespace()
    ),
    "distributions": _module("distributions", **DISTRIBUTIONS),
    "linalg": _module("linalg", **{name: _linear(name) for name in _LINEAR}),
    "mps": SimpleNamespace(is_available=lambda: False),
}
"""What stands inside the module, by its name."""
