"""graphgrad: computational graphs and automatic differentiation that explain themselves.

>>> import graphgrad as gg
>>> x, y_true = gg.input("x", 3), gg.input("y", 9)
>>> w, b = gg.param("w", 2), gg.param("b", 1)
>>> z = w*x
>>> y_hat = z + b
>>> e = (y_hat - y_true)
>>> l = e ** 2
>>> l.backward()
>>> w.grad, b.grad
(-12.0, -4.0)
"""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    from graphgrad.api import find_public

    value = find_public(name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    from graphgrad.api import PUBLIC

    return sorted([*PUBLIC, "__version__"])
