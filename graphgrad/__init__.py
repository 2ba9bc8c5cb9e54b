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

import sys
from types import ModuleType
from typing import Any

__version__ = "0.2.0"


def _refusal(trace: Any) -> Any:
    """Return what is wrong with a pass as an error, in the words of the floor that has them."""
    from graphgrad.views.text.trouble import trouble_error

    return trouble_error(trace)


_VERBS_NAMED_LIKE_FLOORS = frozenset({"compile", "graph", "trace"})


class _Package(ModuleType):
    """Keep the verbs ``gg.graph``, ``gg.trace``, ``gg.compile`` beside the floors of these names.

    Importing a submodule sets it as an attribute of its package; for these the attribute is the
    verb, and the floor is reached by ``import graphgrad.graph.graph`` and the like.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _VERBS_NAMED_LIKE_FLOORS and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        from graphgrad.api.public import find_public

        value = find_public(name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        from graphgrad.api.public import PUBLIC
        from graphgrad.ops.registry import function_names

        functions = (name for name in function_names() if name.isascii())
        return sorted({*PUBLIC, *functions, "__version__"})


sys.modules[__name__].__class__ = _Package
