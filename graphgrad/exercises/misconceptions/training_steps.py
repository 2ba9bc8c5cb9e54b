"""List the mistakes of updates worked by hand: momentum, RMSProp, Adam and the others.

They are made by running the optimizer's own row on terms with one thing changed: an old value for a
new one, no bias correction, the number of another step, the other moment's decay. What stands on
the sheet already is taken from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.functions import TermMath
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.terms_of_graph import Derivation
from graphgrad.graph.blocks import StepLine
from graphgrad.layers.optimizers.optimizer import Hyper
from graphgrad.layers.training.rates import rate_at
from graphgrad.layers.training.recipe import Plan, check_recipe
from graphgrad.layers.training.state import hyper_of

__all__ = ["StepMistake", "gradients_elsewhere", "update_mistakes"]


class StepMistake(NamedTuple):
    """A mistake's label, the line where it is made, the operation, and what it gives."""

    label: str
    where: str
    op: str
    value: Any


Change = Callable[[str, Any, Mapping[str, Any]], Any]
"""From the name of a quantity, its value, and the quantities so far, to what is used for it."""


class _Board:
    """The namespace of an update on terms: what is on the sheet is used, and one thing changed."""

    def __init__(self, math: TermMath, known: Mapping[str, Any], wanted: str, change: Change):
        self.math, self.known, self.wanted, self.change = math, known, wanted, change
        self.found: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.math, name)

    def line(self, name: str, value: Any) -> Any:
        """Name a quantity; behind the wanted one nothing matters any more."""
        if name != self.wanted:
            value = self.known.get(name, value)
            value = self.change(name, value, self.found)
        self.found[name] = value
        return value


def _as_it_is(_name: str, value: Any, _found: Mapping[str, Any]) -> Any:
    return value


class _Worked:
    """One update of one parameter, to be run again with something changed."""

    def __init__(self, reference: Reference, line: StepLine, values: Mapping[int, Any]) -> None:
        self.reference, self.line, self.values = reference, line, values
        graph = reference.graph
        assert graph.heading.recipe is not None
        self.plan: Plan = check_recipe(graph.heading.recipe)
        self.row = self.plan.optimizer.row
        steps = [s for s in graph.heading.steps if s.name == line.name and not s.beside]
        now = {s.part: s.line for s in steps if s.number == line.number}
        self.before = {s.part: s.line for s in steps if s.number == line.number - 1}
        self.known = {part: self._value(name) for part, name in now.items() if part != line.part}
        self.weight = self._value(self.before.get("new", line.name))
        self.gradient = self.known.get("clipped", self.known.get("g"))
        self.rates = {s.number: s.line for s in graph.heading.steps if s.part == "rate"}
        self.hyper = self._hyper(line.number)
        self.slots = self._slots()

    def _value(self, name: str) -> Any:
        index = self.reference.graph.line_index[name]
        found = self.values.get(index)
        return self.reference.truth.value(index) if found is None else found

    def _hyper(self, number: int) -> Hyper:
        rate = rate_at(self.plan, number - 1, number - 1, {})
        hyper = vars(hyper_of(self.plan, number - 1, rate))
        return Hyper(**{key: _exact(value) for key, value in hyper.items()})

    def _slots(self) -> SimpleNamespace:
        """Return what was kept, by the names the row gives it."""
        chosen = self.plan.optimizer
        names = [slot.name for slot in self.row.slots(chosen.settings)]
        held = {f"{part}_hat": f"{part}_hat" for part in names if self._kept_corrected(part)}
        found = {}
        for name in names:
            part = held.get(f"{name}_hat", name)
            line = self.before.get(part) or self.before[name]
            found[name] = self._value(line)
        return SimpleNamespace(**found)

    def _kept_corrected(self, part: str) -> bool:
        """Tell whether a moment is kept with its bias correction."""
        in_place = getattr(self.hyper, "correction", "") == "in_place"
        return in_place and f"{part}_hat" in self.before

    def run(
        self,
        change: Change = _as_it_is,
        *,
        row: Any = None,
        gradient: Any = None,
        weight: Any = None,
        slots: Mapping[str, Any] | None = None,
        **settings: Any,
    ) -> Any:
        """Return what the wanted quantity comes to with something changed."""
        board = _Board(self.reference.truth.math, self.known, self.line.part, change)
        hyper = Hyper(**(vars(self.hyper) | settings))
        kept = SimpleNamespace(**(vars(self.slots) | dict(slots or {})))
        gradient = self.gradient if gradient is None else gradient
        weight = self.weight if weight is None else weight
        row = row or self.row
        if self.line.part == "ahead":
            return row.look_ahead(board, weight, kept, hyper)
        moved, _ = row.update(board, weight, gradient, kept, hyper)
        return moved if self.line.part == "new" else board.found.get(self.line.part)


def update_mistakes(
    reference: Reference, line: StepLine, values: Mapping[int, Any]
) -> Iterator[StepMistake]:
    """Yield the mistakes of what an optimizer computes.

    Args:
        reference: the truth about the unrolled updates.
        line: what is asked for.
        values: of earlier lines, as answered; the truth for others.
    """
    if line.part == "rate":
        yield from _of_rate(reference, line)
        return
    if not line.name:  # of all parameters together, as the norm that is clipped
        return
    worked = _Worked(reference, line, values)
    if worked.gradient is None and line.part != "ahead":
        return
    makers = (_with_old, _corrections, _decays, _betas, _forms, _of_new)
    for maker in makers:
        for label, value in maker(worked):
            if value is not None:
                yield StepMistake(label, line.line, "step", value)


Found = Iterator[tuple[str, Any]]


def _with_old(worked: _Worked) -> Found:
    """Yield what comes out with a value kept before the update, where the new one is meant."""
    for slot, old in vars(worked.slots).items():
        for part in (slot, f"{slot}_hat"):
            if part in worked.known:
                changed = lambda name, value, _found, part=part, old=old: (  # noqa: E731 -- one of two
                    old if name == part else value
                )
                yield "old_state", worked.run(changed)


def _corrections(worked: _Worked) -> Found:
    """Yield what comes out without bias correction, or with that of another step."""
    hats = [part for part in ("m_hat", "v_hat", "largest_hat") if part in worked.known]
    for chosen in [*([hat] for hat in hats), hats]:

        def bare(name: str, value: Any, found: Mapping[str, Any], chosen: Any = chosen) -> Any:
            return found[name.removesuffix("_hat")] if name in chosen else value

        if chosen:
            yield "no_bias_correction", worked.run(bare)
    if worked.line.part.endswith("_hat"):
        number = worked.line.number
        for other in sorted({1, number - 1, number + 1} - {0, number}):
            yield "wrong_step_number", worked.run(k=other)


def _betas(worked: _Worked) -> Found:
    """Yield what comes out with the other moment's decay, or with its two weights exchanged."""
    hyper = vars(worked.hyper)
    if worked.line.part == "new":
        return
    if "beta1" in hyper:
        yield "other_beta", worked.run(beta1=hyper["beta2"], beta2=hyper["beta1"])
    for name in ("beta", "rho", "beta1", "beta2"):
        if name in hyper and not worked.line.part.endswith("_hat"):
            yield "weights_exchanged", worked.run(**{name: 1 - hyper[name]})


def _forms(worked: _Worked) -> Found:
    """Yield the velocity of another form of momentum."""
    if worked.row.name not in ("momentum", "nesterov") or worked.line.part != "m":
        return
    kept, hyper = worked.slots.m, worked.hyper
    g: Any = worked.known.get("decayed", worked.gradient)
    for factor in (-hyper.rate, 1, 1 - hyper.mu, -hyper.rate * (1 - hyper.mu)):
        if factor != hyper.rate:  # that is a sign more likely
            yield "other_form", hyper.mu * kept + factor * g


def _decays(worked: _Worked) -> Found:
    """Yield what comes out with the weight decay left out, or in the other place."""
    decay = getattr(worked.hyper, "weight_decay", 0)
    if not decay or worked.gradient is None:
        return
    outside = worked.row.name == "adamw" or bool(getattr(worked.hyper, "decoupled", False))
    with_decay = worked.gradient + decay * worked.weight
    if outside and worked.line.part in ("m", "v"):
        yield "decay_coupled", worked.run(gradient=with_decay)
    if outside and worked.line.part == "new":
        plain = lambda name, value, _found: worked.weight if name == "shrunk" else value  # noqa: E731
        yield "decay_forgotten", worked.run(plain)
    if not outside:
        plain = lambda name, value, _found: worked.gradient if name == "decayed" else value  # noqa: E731
        yield "decay_forgotten", worked.run(plain)
        if worked.line.part == "new":
            yield "decay_decoupled", worked.run() - worked.hyper.rate * decay * worked.weight


def _of_new(worked: _Worked) -> Found:
    """Yield wrong new values of a parameter: up, without a rate, the step alone, a plain step."""
    if worked.line.part != "new":
        return
    right, weight, rate = worked.run(), worked.weight, worked.hyper.rate
    yield "ascent", 2 * weight - right
    if "shrunk" in worked.known:
        yield "ascent", 2 * worked.known["shrunk"] - right
    yield "rate_forgotten", worked.run(rate=1)
    yield "step_for_weight", right - weight
    yield "step_for_weight", weight - right
    if worked.row.name != "gd":
        yield "plain_step", weight - rate * worked.gradient
    before = worked.before.get("new")
    if before is not None:  # as if the update began where training did
        start = worked.reference.truth.value(worked.reference.graph.line_index[worked.line.name])
        yield "old_weights", right - weight + start
    for label, other in _other_rates(worked.plan, worked.line.number):
        yield label, worked.run(rate=other)


def _other_rates(plan: Plan, number: int) -> Iterator[tuple[str, Fraction]]:
    """Yield the rate without a schedule, and those of the steps around."""
    if plan.schedule is None and plan.function is None:
        return
    first = None if plan.rate is None else _exact(plan.rate)
    if first is not None:
        yield "schedule_forgotten", first
    for other in (number - 1, number + 1):
        rate = _exact(rate_at(plan, other - 1, other - 1, {})) if other >= 1 else first
        if rate is not None and rate != first:
            yield "other_rate", rate


def _of_rate(reference: Reference, line: StepLine) -> Iterator[StepMistake]:
    recipe = reference.graph.heading.recipe
    assert recipe is not None
    for label, rate in _other_rates(check_recipe(recipe), line.number):
        yield StepMistake(label, line.line, "step", reference.pool.number(rate))


def gradients_elsewhere(reference: Reference, line: StepLine) -> Iterator[StepMistake]:
    """Yield a gradient that is taken at other parameters than those of its step.

    Source: for what is updated too early, Mazur's article on backpropagation, after training.
    """
    graph = reference.graph
    lines = graph.heading.steps
    here = {s.name: s.line for s in lines if s.part == "ahead" and s.number == line.number}
    before = {s.name: s.line for s in lines if s.part == "new" and s.number == line.number - 1}
    older = {s.name: s.line for s in lines if s.part == "new" and s.number == line.number - 2}
    after = {s.name: s.line for s in lines if s.part == "new" and s.number == line.number}
    for name in after:
        used = here.get(name) or before.get(name, name)
        if here:
            yield _at(reference, line, "not_ahead", {used: before.get(name, name)})
        if line.number > 1:
            yield _at(reference, line, "old_weights", {used: older.get(name, name)})
        if name != line.name:
            yield _at(reference, line, "updated_weight", {used: after[name]})
    bases = {name: here.get(name) or before.get(name, name) for name in after}
    if here:
        all_of = {bases[name]: before.get(name, name) for name in after}
        yield _at(reference, line, "not_ahead", all_of)
    if line.number > 1:
        yield _at(reference, line, "old_weights", {bases[n]: older.get(n, n) for n in after})


def _at(reference: Reference, line: StepLine, label: str, moved: Mapping[str, str]) -> StepMistake:
    """Return a gradient with the values of some lines in place of others."""
    graph, truth = reference.graph, reference.truth
    values = {
        graph.line_index[old]: truth.value(graph.line_index[new]) for old, new in moved.items()
    }
    derivation = Derivation(graph, reference.pool, values=values)
    value = derivation.derived(graph.line_index[line.line])
    return StepMistake(label, line.line, "step", value)


def _exact(value: Any) -> Any:
    """Return a number as it is written: 0.9 is 9/10."""
    return Fraction(str(value)) if isinstance(value, float) else value
