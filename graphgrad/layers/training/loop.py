"""Train the parameters of a graph: go through the data and make an update after each batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.layers.optimizers.stops import Seen
from graphgrad.layers.training.batches import Batch, Parts, batches, parts_of
from graphgrad.layers.training.choices import Chosen
from graphgrad.layers.training.many_rows import objective_of
from graphgrad.layers.training.objective import Objective
from graphgrad.layers.training.rates import rate_at, starting_rate
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import (
    Best,
    Iterate,
    State,
    clipped,
    fresh_state,
    look_ahead,
    move,
)

__all__ = ["Training", "rated", "training"]

MOST_UPDATES: Final = 1_000_000


def training(graph: Graph, plan: Plan, point: Mapping[str, Any] | None = None) -> Iterator[Iterate]:
    """Yield the start and the point after every update; stop at the first non-finite number.

    Args:
        graph: the graph; its output is made small, its mean over the rows of a table.
        plan: how, with a rate.
        point: values of leaves instead of the graph's own.

    Raises:
        UsageError: if there are no parameters, or the output is no number.
    """
    return Training(objective_of(graph, point, at_once=not plan.plain), plan).run()


def rated(objective: Objective, plan: Plan) -> Plan:
    """Return the plan with a rate: its own, or one with which the output goes down."""
    if plan.rate is not None or plan.function is not None:
        return plan
    return plan.at_rate(starting_rate(plan, lambda tried: Training(objective, tried).run()))


class Training:
    """A training that is going on.

    Args:
        objective: how loss and gradient are computed.
        plan: how it is gone about, with a rate.
        state: where to go on; from the start if None.
        judge: how losses over all rows are computed; as in training if None.

    Attributes:
        parts: the rows by what they are for.
        total: the most updates.
        state: where it is.
        saved: where it was before the last point was judged: what a resumed run goes on from.
    """

    def __init__(
        self,
        objective: Objective,
        plan: Plan,
        state: State | None = None,
        judge: Objective | None = None,
    ) -> None:
        self.objective = objective
        self.judge = judge or objective
        self.parts: Parts = parts_of(objective.table, plan)
        self.total = plan.total(len(self.parts.train))
        if self.total > MOST_UPDATES:
            raise LimitError("training.long", got=self.total, limit=MOST_UPDATES)
        self.plan = self._timed(plan)
        self.state = fresh_state(plan, objective.start()) if state is None else state
        if self.state.ended:
            self.total = self.state.number
        self.saved = self.state
        self._seen: dict[str, Any] = {}
        if objective.modes is not None:
            objective.modes.start(self.state.running)

    def _timed(self, plan: Plan) -> Plan:
        """Return the plan with the length of the run in its schedule, where it was left out."""
        if plan.schedule is None:
            return plan
        epochs = self.total // plan.updates_per_epoch(len(self.parts.train))
        by_epoch = plan.schedule.settings.get("per") == "epoch"
        return replace(plan, schedule=plan.schedule.with_steps(epochs if by_epoch else self.total))

    def run(self) -> Iterator[Iterate]:
        """Yield the points from here on."""
        for batch in batches(self.parts.train, self.plan, self.state.number):
            iterate = self._arrive(batch)
            yield iterate
            if iterate.trouble is not None:
                return
            if iterate.fired is not None:
                self.saved = self.state
                yield from self._restored(iterate)
                return
            if self.state.number >= self.total:
                return
            self._keep_running()
            move(self.plan, self.state, iterate.used, iterate.rate)
            self._take("update", self.state.number)

    def _keep_running(self) -> None:
        """Keep the statistics of a batch only where its update is made."""
        if self.objective.modes is not None:
            self.state.running = self._seen

    # ---- a point ----

    def _arrive(self, batch: Batch) -> Iterate:
        """Return the present point with the gradient of the update that follows."""
        starts = batch.epoch * self._per_epoch() == self.state.number
        ends = self.state.number >= self.total
        if ends:
            batch = batch._replace(rows=self.parts.train)
        if ends:
            self.saved = self.state.copy()
        iterate = self._measured(batch)
        if iterate.trouble is not None or not (starts or ends):
            return iterate
        iterate = self._with_losses(iterate)
        return self._judged(iterate) if starts and iterate.trouble is None else iterate

    def _per_epoch(self) -> int:
        return self.plan.updates_per_epoch(len(self.parts.train))

    def _measured(self, batch: Batch) -> Iterate:
        state, plan = self.state, self.plan
        rate = rate_at(plan, state.number, batch.epoch, state.schedule)
        point = look_ahead(plan, state, rate)
        modes = self.objective.modes
        if modes is not None:
            modes.begin(state.number, state.running)
        found = self.objective.at(point, batch.rows)
        loss = found.loss
        if modes is not None:
            self._seen = dict(modes.running)
            modes.start(state.running)
        if point is not state.vector and found.trouble is None:
            loss = self.objective.at(state.vector, batch.rows, gradient=False).loss
        divided, used = self._used(found.gradient, len(batch.rows))
        return Iterate(
            number=state.number,
            epoch=batch.epoch,
            rows=batch.rows,
            loss=loss,
            vector=state.vector,
            gradient=found.gradient,
            used=used,
            rate=rate,
            layout=self.objective.layout,
            average=state.average,
            trouble=found.trouble,
            row=found.row,
            slots=state.slots,
            clipped=used is not divided and bool((used != divided).any()),
        )

    def _used(self, gradient: Any, count: int) -> tuple[Any, Any]:
        """Return the gradient divided as asked for, and as the update takes it."""
        if gradient is None:
            return None, None
        divide = self.plan.divide
        if divide == "data":
            gradient = gradient * (count / len(self.parts.train))
        elif divide == "none":
            gradient = gradient * count
        return gradient, clipped(self.plan, gradient)

    def _with_losses(self, iterate: Iterate) -> Iterate:
        """Return a point at the start of an epoch with its losses over all rows."""
        judge, vector, train = self.judge, iterate.vector, self.parts.train
        same = judge is self.objective
        whole = same and len(iterate.rows) == len(train) and self.plan.order != "random"
        asked = {"valid": self.parts.valid} if whole else {"full": train, "valid": self.parts.valid}
        losses: dict[str, Any] = {"full": iterate.loss} if whole else {}
        for name, rows in asked.items():
            if not rows:
                continue
            found = judge.at(vector, rows, gradient=False)
            if found.trouble is not None:
                return replace(iterate, trouble=found.trouble, row=found.row)
            losses[name] = found.loss
        return replace(iterate, **losses)

    # ---- what watches ----

    def _judged(self, iterate: Iterate) -> Iterate:
        """Let rules, schedule and average see a point at the start of an epoch."""
        self._take("epoch", iterate.epoch)
        full = iterate.loss if iterate.full is None else iterate.full
        loss = full if iterate.valid is None else iterate.valid
        schedule = self.plan.schedule
        if schedule is not None and schedule.row.watch is not None and iterate.number:
            self.state.schedule = schedule.row.watch(self.state.schedule, loss, schedule.hyper())
            rate = rate_at(self.plan, iterate.number, iterate.epoch, self.state.schedule)
            iterate = replace(iterate, rate=rate)
        fired = self._fired(Seen(loss, full, iterate.norm))
        return replace(iterate, fired=fired, average=self.state.average)

    def _fired(self, seen: Seen) -> Chosen | None:
        """Return the first rule that ends the run; keep the best point for those that go back."""
        state, first = self.state, None
        if state.best is None or seen.loss < state.best.loss:
            state.best = Best(seen.loss, state.number, state.vector)
        for place, stop in enumerate(self.plan.stops):
            state.stops[place], fires = stop.row.watch(state.stops[place], seen, stop.hyper())
            if fires and first is None:
                first = stop
        state.ended = first is not None
        return first

    def _restored(self, iterate: Iterate) -> Iterator[Iterate]:
        """Yield the best point where the rule that ended the run goes back to it."""
        fired, best = iterate.fired, self.state.best
        if fired is None or best is None or not fired.settings.get("restore"):
            return
        if best.number == iterate.number:
            return
        self.state.vector, self.state.number = best.vector, best.number
        epoch = best.number // self._per_epoch()
        back = self._measured(Batch(epoch, self.parts.train, last=True))
        yield replace(self._with_losses(back), restored=True)

    def _take(self, per: str, count: int) -> None:
        """Let the average take the present point, if it is its turn."""
        average, state = self.plan.average, self.state
        if average is None or average.row.per != per or count < average.settings["start"]:
            return
        if (count - average.settings["start"]) % average.settings.get("every", 1):
            return
        weight = average.row.weight(state.averaged, average.hyper())
        before = state.vector if state.average is None else state.average
        state.average = before + weight * (state.vector - before)
        state.averaged += 1
