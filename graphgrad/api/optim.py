"""Offer optimizers and schedules with PyTorch's names: ``gg.optim.Adam(params, lr=0.01)``.

The classes are made from the rows of `graphgrad.layers.optimizers`; their arguments and defaults
are PyTorch's, their formulas the rows'. Source: the reference of PyTorch 2.13, torch.optim.

>>> import graphgrad as gg
>>> w = gg.param("w", 1)
>>> opt = gg.optim.SGD([w], lr=0.1)
>>> for _ in range(3):
...     (w**2).backward()
...     opt.step()
>>> round(w.value, 3)
0.512
"""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from operator import index
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

from graphgrad.api.leaf import Leaf, forget_gradients
from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Call
from graphgrad.layers.doors.binding import bound, called, in_their_words, no_member, told
from graphgrad.layers.optimizers.optimizer import Hyper
from graphgrad.layers.training.choices import OPTIMIZERS, TABLES, Chosen, choose
from graphgrad.layers.training.state import numbers
from graphgrad.messages.catalogue import quoted, text

__all__ = ["Optimizer", "lr_scheduler"]


class Optimizer:
    """Change parameters against their gradients, a step at a time.

    Args:
        params: parameters made by ``gg.param``; or groups, each a dict with ``params`` and
            arguments of its own.

    Attributes:
        param_groups: as in PyTorch: each has ``params``, ``lr`` and the other arguments.
        state: what is kept of each parameter.
    """

    row: ClassVar[Any] = None
    signature: ClassVar[inspect.Signature] = inspect.Signature()

    def __init__(self, *args: Any, **options: Any) -> None:
        given = _given(self, args, options)
        params = given.pop("params")
        groups = _listed(type(self).__name__, params)
        if not groups:
            raise UsageError("optim.no_params", name=type(self).__name__)
        if not isinstance(groups[0], Mapping):
            groups = [{"params": groups}]
        self.param_groups = [given | dict(group) for group in groups]
        self.state: dict[int, dict[str, Any]] = {}
        for group in self.param_groups:
            own = group["params"]
            group["params"] = [_checked(one) for one in ([own] if isinstance(own, Leaf) else own)]
            self._settings(group)

    def _settings(self, group: Mapping[str, Any]) -> dict[str, Any]:
        """Return the settings of the row that a group's arguments mean."""
        named = {name: group[name] for name in self.signature.parameters}
        _, settings = self.row.door.read(named)
        rate = settings.pop("rate")
        known = isinstance(rate, float) or (isinstance(rate, int) and rate <= sys.float_info.max)
        if not known or not rate >= 0:
            raise UsageError("optim.rate", got=rate)
        chosen = _chosen("optimizer", type(self).__name__, self.row, settings)
        return chosen.settings | {"rate": float(rate)}

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Make one update with the present gradients; a closure computes them first."""
        loss = None if closure is None else closure()
        for group in self.param_groups:
            settings = self._settings(group)
            for leaf in group["params"]:
                if leaf.grad is not None:
                    self._move(leaf, settings)
        return loss

    def _move(self, leaf: Leaf, settings: dict[str, Any]) -> None:
        import numpy as np

        key = id(leaf)
        value = np.asarray(leaf.value, dtype=float)
        kept = self.state.get(key)
        if kept is None:
            slots = self.row.slots(settings)
            kept = {slot.name: np.full(value.shape, slot.initial) for slot in slots} | {"step": 0}
        hyper = Hyper(**settings, k=kept["step"] + 1)
        before = SimpleNamespace(**kept)
        with np.errstate(all="ignore"):
            moved, after = self.row.update(
                numbers(), value, np.asarray(leaf.grad, dtype=float), before, hyper
            )
        self.state[key] = {**after, "step": kept["step"] + 1}
        leaf.value = moved if leaf.shape else float(moved)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget gradients that add up; of others, say that ``backward`` overwrites them here."""
        leaves = [leaf for group in self.param_groups for leaf in group["params"]]
        if not forget_gradients(leaves, to_none=set_to_none):
            warnings.warn(text("optim.zero_grad"), UserWarning, stacklevel=2)

    def state_dict(self) -> dict[str, Any]:
        """Return what is kept and the arguments; parameters are numbered, as in PyTorch."""
        numbered = self._numbered()
        state = {numbered[key]: dict(kept) for key, kept in self.state.items()}
        groups = [
            {**group, "params": [numbered[id(leaf)] for leaf in group["params"]]}
            for group in self.param_groups
        ]
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, saved: Mapping[str, Any]) -> None:
        """Take up what `state_dict` returned."""
        leaves = [leaf for group in self.param_groups for leaf in group["params"]]
        counts = [len(group["params"]) for group in saved["param_groups"]]
        if counts != [len(group["params"]) for group in self.param_groups]:
            raise UsageError("optim.other_params", got=sum(counts), expected=len(leaves))
        self.state = {id(leaves[n]): dict(kept) for n, kept in saved["state"].items()}
        for own, group in zip(self.param_groups, saved["param_groups"], strict=True):
            own.update({name: value for name, value in group.items() if name != "params"})

    def _numbered(self) -> dict[int, int]:
        leaves = (leaf for group in self.param_groups for leaf in group["params"])
        return {id(leaf): number for number, leaf in enumerate(leaves)}

    def __repr__(self) -> str:
        shown = {n: v for n, v in self.param_groups[0].items() if n != "params"}
        return f"{type(self).__name__}({', '.join(f'{n}={v}' for n, v in shown.items())})"


def _given(made: Optimizer | Scheduler, args: Any, options: Any) -> dict[str, Any]:
    """Return the arguments of an optimizer or a schedule by name.

    Raises:
        UsageError: if it is the class that they are made from, which has no formula.
    """
    name = type(made).__name__
    if made.row is None:
        way = "gg.optim.SGD([w], lr=0.1)"
        if isinstance(made, Scheduler):
            way = "gg.optim.lr_scheduler.StepLR(optimizer, 10)"
        raise UsageError("optim.no_formula", name=name, way=way)
    return bound(name, inspect.signature(type(made)), args, options)


def _chosen(kind: str, name: str, row: Any, settings: Mapping[str, Any]) -> Chosen:
    """Return a row with settings; what does not fit is told of PyTorch's arguments."""
    try:
        return choose(kind, Call(row.name, tuple(settings.items())))
    except UsageError as error:
        raise in_their_words(error, name, row.door) from None


def _listed(name: str, params: Any) -> list[Any]:
    """Return parameters or groups as a list; a whole module or a single parameter is none."""
    module = callable(getattr(params, "parameters", None))
    if module or isinstance(params, Leaf | Mapping | str) or not isinstance(params, Iterable):
        shown = quoted(params).partition("\n")[0]
        example = "net.parameters()" if module else "[w, b]"
        kind = type(params).__name__
        raise UsageError("optim.params_kind", name=name, got=shown, kind=kind, example=example)
    return list(params)


def _optimizer(name: str, given: Any) -> Optimizer:
    if not isinstance(given, Optimizer):
        raise UsageError("optim.no_optimizer", name=name, got=quoted(given))
    return given


def _checked(leaf: Any) -> Leaf:
    if not isinstance(leaf, Leaf):
        raise UsageError("optim.no_leaf", got=quoted(leaf))
    return leaf


class Scheduler:
    """Change the rate of an optimizer after each step or epoch.

    Args:
        optimizer: its groups' ``lr`` is changed.
    """

    row: ClassVar[Any] = None
    signature: ClassVar[inspect.Signature] = inspect.Signature()
    momenta: tuple[float, float] | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        given = _given(self, args, options)
        self.optimizer = optimizer = _optimizer(type(self).__name__, given.pop("optimizer"))
        _, settings = self.row.door.read(given)
        base = settings.pop("rate", None)
        self.chosen = _chosen("schedule", type(self).__name__, self.row, settings)
        own = [group["lr"] for group in optimizer.param_groups]
        self.base_lrs = own if base is None else [base] * len(own)
        self.memory = dict(self.row.memory)
        self.last_epoch = 0
        if given.get("cycle_momentum"):
            self.momenta = given["base_momentum"], given["max_momentum"]
            if not {"momentum", "betas"} & set(optimizer.param_groups[0]):
                raise UsageError("optim.no_momentum", name=type(self).__name__, got=repr(optimizer))
        self._apply()

    def step(self, metrics: float | None = None) -> None:
        """Go on by one; a plateau looks at the loss that is given."""
        self.last_epoch += 1
        if self.row.watch is not None:
            if metrics is None:
                raise UsageError("optim.metrics", name=type(self).__name__)
            self.memory = self.row.watch(self.memory, float(metrics), self.chosen.hyper())
        self._apply()

    def rate(self, base: float, k: int) -> float:
        """Return the rate after ``k`` steps where the first was ``base``."""
        return self.chosen.rate(base, k, self.memory)

    def _apply(self) -> None:
        for group, base in zip(self.optimizer.param_groups, self.base_lrs, strict=True):
            group["lr"] = self.rate(base, self.last_epoch)
            if self.momenta is not None:
                low, high = self.momenta
                moved = high - (high - low) * self.row.share(self.last_epoch, self.chosen.hyper())
                first = "momentum" if "momentum" in group else "betas"
                group[first] = (moved, *group[first][1:]) if first == "betas" else moved

    def get_last_lr(self) -> list[float]:
        """Return the present rate of each group."""
        return [group["lr"] for group in self.optimizer.param_groups]


class LambdaLR(Scheduler):
    """Multiply the rate by any function of k."""

    row = TABLES["schedule"]["constant"]

    @told
    def __init__(self, optimizer: Optimizer, lr_lambda: Callable[[int], float]) -> None:
        self.optimizer, self.lr_lambda = _optimizer("LambdaLR", optimizer), lr_lambda
        self.base_lrs = [group["lr"] for group in optimizer.param_groups]
        self.last_epoch = 0
        self._apply()

    def rate(self, base: float, k: int) -> float:
        """Return the rate after ``k`` steps."""
        return base * self.lr_lambda(k)


class SequentialLR(Scheduler):
    """Go by one schedule after another; each counts its own steps from 0.

    Args:
        optimizer: its groups' ``lr`` is changed.
        schedulers: made for the same optimizer.
        milestones: the steps at which the next one takes over.
    """

    @told
    def __init__(
        self, optimizer: Optimizer, schedulers: list[Scheduler], milestones: list[int]
    ) -> None:
        self.optimizer = _optimizer("SequentialLR", optimizer)
        self.schedulers, self.milestones = _in_turn(schedulers, milestones)
        self.base_lrs = list(schedulers[0].base_lrs)
        self.last_epoch = 0
        self._apply()

    def step(self, metrics: float | None = None) -> None:
        """Go on by one."""
        self.last_epoch += 1
        self._apply()

    def rate(self, base: float, k: int) -> float:
        """Return the rate after ``k`` steps."""
        passed = sum(k >= milestone for milestone in self.milestones)
        start = self.milestones[passed - 1] if passed else 0
        return self.schedulers[passed].rate(base, k - start)


def _in_turn(schedulers: Any, milestones: Any) -> tuple[list[Scheduler], list[int]]:
    """Return schedules and the steps at which the next one takes over.

    Raises:
        UsageError: if they are none, or their numbers do not fit.
    """
    known = isinstance(schedulers, list | tuple) and schedulers
    if not known or not all(isinstance(one, Scheduler) for one in schedulers):
        raise UsageError("optim.schedulers", got=quoted(schedulers))
    listed = milestones if isinstance(milestones, list | tuple) else [-1]
    counts = [_whole(one) for one in listed]
    if sorted({0, *counts}) != [0, *counts]:
        raise UsageError("optim.milestone_kind", got=quoted(milestones))
    if len(counts) != len(schedulers) - 1:
        raise UsageError("optim.milestones", schedulers=len(schedulers), milestones=len(counts))
    return list(schedulers), counts


def _whole(value: Any) -> int:
    """Return a whole number, NumPy's among them; -1, which is no step, of anything else."""
    try:
        return -1 if isinstance(value, bool) else index(value)
    except TypeError:
        return -1


# ---- the classes ----


def _made(kind: type, name: str, row: Any) -> type:
    """Return the class of a row, with PyTorch's name and arguments."""
    signature = row.door.signature
    first = inspect.Parameter(
        "params" if kind is Optimizer else "optimizer", inspect.Parameter.POSITIONAL_OR_KEYWORD
    )
    taken = signature.replace(
        parameters=[first, *signature.parameters.values()],
        return_annotation=inspect.Signature.empty,
    )
    doc = f"{row.doc}\n\nArguments, as in PyTorch: {called(name, taken)}.\n{row.source}"
    return type(
        name, (kind,), {"row": row, "signature": signature, "__signature__": taken, "__doc__": doc}
    )


lr_scheduler = ModuleType("graphgrad.optim.lr_scheduler", "Schedules with PyTorch's names.")
lr_scheduler.LambdaLR = LambdaLR  # type: ignore[attr-defined]  # a module made here
lr_scheduler.SequentialLR = SequentialLR  # type: ignore[attr-defined]  # as above
for _row in TABLES["schedule"].values():
    if _row.door is not None:
        setattr(lr_scheduler, _row.torch, _made(Scheduler, _row.torch, _row))
for _row in OPTIMIZERS.values():
    if _row.door is not None:
        setattr(sys.modules[__name__], _row.torch, _made(Optimizer, _row.torch, _row))


def __getattr__(name: str) -> Any:
    known = [row.torch for row in OPTIMIZERS.values() if row.door is not None]
    raise no_member("graphgrad.optim", name, [*known, "lr_scheduler"])
