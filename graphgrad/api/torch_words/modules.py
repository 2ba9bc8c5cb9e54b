"""Offer modules inside `torch`: linalg, autograd, distributions, backends."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

from graphgrad.api.numpy_words.choices import refusing
from graphgrad.api.torch_words.distributions import DISTRIBUTIONS
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


def _gradients(outputs: Any, inputs: Any, grad_outputs: Any = None, **_options: Any) -> Any:
    """Return the gradients of outputs, leaving those that tensors hold as they are."""
    wanted = [inputs] if hasattr(inputs, "place") else list(inputs)
    before = [one.grad for one in wanted]
    for one in wanted:
        one.grad = None
    outputs.backward(grad_outputs)
    found = tuple(one.grad if one.grad is None else one.grad.clone() for one in wanted)
    for one, held in zip(wanted, before, strict=True):
        one.grad = held
    return found


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
    "autograd": _module("autograd", grad=_gradients, Variable=lambda x, **_options: x),
    "backends": SimpleNamespace(
        mps=SimpleNamespace(is_available=lambda: False), cudnn=SimpleNamespace()
    ),
    "distributions": _module("distributions", **DISTRIBUTIONS),
    "linalg": _module("linalg", **{name: _linear(name) for name in _LINEAR}),
    "mps": SimpleNamespace(is_available=lambda: False),
}
"""What stands inside the module, by its name."""
