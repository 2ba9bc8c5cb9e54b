"""Offer modules that hold modules: in a chain, in a list, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphgrad.api.networks.module import Module
from graphgrad.api.numpy_words.choices import refusing
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import quoted

__all__ = ["ModuleDict", "ModuleList", "Sequential"]


class ModuleList(Module):
    """Modules in a list; each is a child named by its number.

    >>> from graphgrad import nn
    >>> layers = nn.ModuleList([nn.Linear(2, 3), nn.ReLU()])
    >>> len(layers), layers[-1]
    (2, ReLU())
    """

    def __init__(self, modules: Iterable[Module] = ()) -> None:
        super().__init__()
        self.extend(modules)

    def append(self, module: Module) -> ModuleList:
        """Add a module at the end."""
        if not isinstance(module, Module):
            raise UsageError("nn.no_module", got=quoted(module))
        setattr(self, str(len(self)), module)
        return self

    def extend(self, modules: Iterable[Module]) -> ModuleList:
        """Add modules at the end."""
        for module in refusing(type(self).__name__, list)(modules):
            self.append(module)
        return self

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Module]:
        return iter(list(self._modules.values()))

    def __getitem__(self, place: Any) -> Any:
        found = list(self._modules.values())[place]
        if not isinstance(place, slice):
            return found
        return Sequential(*found) if isinstance(self, Sequential) else type(self)(found)


class Sequential(ModuleList):
    """Modules applied one behind the other.

    >>> from graphgrad import nn
    >>> nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))([0.5, -1]).shape
    (1,)
    """

    def __init__(self, *modules: Any) -> None:
        if len(modules) == 1 and isinstance(modules[0], Mapping):
            Module.__init__(self)
            for name, module in modules[0].items():
                self.add_module(name, module)
        else:
            super().__init__(modules)

    def forward(self, value: Any) -> Any:
        """Return the output of the last module."""
        for module in self:
            value = module(value)
        return value


class ModuleDict(Module):
    """Modules by name: of a mapping, or of pairs."""

    def __init__(
        self, modules: Mapping[str, Module] | Iterable[tuple[str, Module]] | None = None
    ) -> None:
        super().__init__()
        named = refusing("ModuleDict", dict)({} if modules is None else modules)
        for name, module in named.items():
            self.add_module(name, module)

    def __getitem__(self, name: str) -> Any:
        return self._modules[name]

    def __setitem__(self, name: str, module: Module) -> None:
        self.add_module(name, module)

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __contains__(self, name: str) -> bool:
        return name in self._modules

    def keys(self) -> Iterable[str]:
        """Return the names."""
        return self._modules.keys()

    def values(self) -> Iterable[Any]:
        """Return the modules."""
        return self._modules.values()

    def items(self) -> Iterable[tuple[str, Any]]:
        """Return names and modules."""
        return self._modules.items()
