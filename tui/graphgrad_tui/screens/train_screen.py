"""Train over the app, and let every iterate be entered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Sparkline
from textual.worker import get_current_worker

from graphgrad.errors import GraphgradError
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.recipe import Plan
from graphgrad.layers.training.state import Iterate
from graphgrad.layers.training.told import plan_text
from graphgrad.layers.training.updates import update_at
from graphgrad.messages.catalogue import language, set_language, text
from graphgrad.stepping.training_plan import plan_for, training_of
from graphgrad.views.tables.training_table import rule_lines
from graphgrad.views.tables.update_table import one_update
from graphgrad.views.text.numbers import as_in_file, inline, number
from graphgrad.views.text.trouble import trouble_error
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from graphgrad.stepping.work import Work

__all__ = ["TrainScreen"]

STEPS = 100
_COLUMNS, _WIDTH, _BATCH = 5, 14, 20


class TrainScreen(ModalScreen[Iterate | None]):
    """The loss as a line of bars, a row per step, and the update rule at the chosen row.

    Attributes:
        factor: what keys made of the rate that was chosen for the graph.
        run: the steps so far.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,T", "dismiss", ""),
        ("f1", "app.pane_help()", ""),
        ("m", "more", ""),
        ("a", "apart", ""),
        ("minus", "rate(0.5)", ""),
        ("plus", "rate(2)", ""),
    ]

    def __init__(self, work_: Work) -> None:
        super().__init__()
        self.work_ = work_
        self.more, self.factor = 0, 1.0
        self._chosen = 0.0
        self.plan: Plan | None = None
        self.training: Training | None = None
        self.run: list[Iterate] = []
        names = [name for name, role in self._roles() if role == "parameter"]
        self.names = names[:_COLUMNS]

    def _roles(self) -> list[tuple[str, str]]:
        graph = self.work_.trace.graph
        return [(line.name, graph.role(line.root)) for line in graph.lines()]

    def compose(self) -> ComposeResult:
        """Hold rule, plot and table in a frame."""
        with Vertical(id="train-frame") as frame:
            frame.border_title = text("train.title")
            frame.border_subtitle = text("train.close")
            yield Words(id="train-said")
            yield Sparkline([], id="train-loss")
            yield Words(id="train-rule")
            yield DataTable(cursor_type="row", zebra_stripes=True)

    def on_mount(self) -> None:
        """Start training."""
        table: DataTable[str] = self.query_one(DataTable)
        graph = self.work_.trace.graph
        table.add_columns(text("train.step"), graph.name(graph.output), *self.names)
        table.focus()
        self._start()

    @property
    def rate(self) -> float:
        """Return the step size; 0 until one is chosen."""
        return self._chosen * self.factor

    def _start(self) -> None:
        self.run.clear()
        self.query_one(DataTable).clear()
        self._train(language())

    @work(thread=True, exclusive=True)
    def _train(self, code: str) -> None:
        set_language(code, everywhere=False)
        worker = get_current_worker()
        batch: list[Iterate] = []
        try:
            training = self._training(self._planned())
            self.plan, self.training = training.plan, training
            if not self.plan.plain:
                self.app.call_from_thread(self._head, plan_text(self.plan, whole=True))
            for iterate in training.run():
                batch.append(iterate)
                if worker.is_cancelled:
                    return
                if len(batch) == _BATCH:
                    self.app.call_from_thread(self._add, batch)
                    batch = []
            self.app.call_from_thread(self._add, batch, done=True)
        except GraphgradError as error:
            self.app.call_from_thread(self._say, str(error))

    def _head(self, recipe: str) -> None:
        if self.is_mounted:
            title = text("train.title_by", recipe=recipe)
            self.query_one("#train-frame", Vertical).border_title = title.replace("[", "\\[")

    def _training(self, plan: Plan) -> Training:
        return training_of(self.work_.trace.graph, self.work_.point, plan)

    def _planned(self) -> Plan:
        """Return the plan of the file, or plain descent, with the rate as keys have changed it."""
        plan = plan_for(self.work_.trace.graph)
        assert plan is not None
        self._chosen = self._chosen or self._training(plan).plan.rate or 0.0
        plan = plan.at_rate(self.rate)
        usual = plan.total(self._rows())
        return replace(plan, steps=usual + self.more, epochs=None)

    def _rows(self) -> int:
        table = self.work_.trace.graph.heading.table
        return 1 if table is None else len(table.rows)

    def _add(self, batch: list[Iterate], *, done: bool = False) -> None:
        """Show more steps."""
        if not self.is_mounted:
            return
        self.run.extend(batch)
        table: DataTable[str] = self.query_one(DataTable)
        for iterate in batch:
            values = (inline(iterate.values[name], _WIDTH) for name in self.names)
            numbers = (number(iterate.loss), *values)
            table.add_row(str(iterate.number), *map(self._as_in_file, numbers))
        finite = [iterate.loss for iterate in self.run if iterate.trouble is None]
        self.query_one(Sparkline).data = finite
        last = self.run[-1]
        self._say(text("train.running", step=last.number) if not done else self._result(last))

    def _result(self, last: Iterate) -> str:
        """Say how it ended."""
        error = None if last.trouble is None else trouble_error(last.trouble)
        if error is not None:
            return text("plain.train_trouble", step=last.number, what=error.body(None))
        graph = self.work_.trace.graph
        losses = [one.loss if one.full is None else one.full for one in (self.run[0], last)]
        ends = {"first": number(losses[0]), "last": number(losses[1])}
        told = text("train.result", output=graph.name(graph.output), count=last.number, **ends)
        return f"{told}  {text('train.rate', rate=number(self.rate))}"

    def _say(self, said: str) -> None:
        if self.is_mounted:
            self.query_one("#train-said", Words).update(self._as_in_file(said))

    def _as_in_file(self, told: str) -> str:
        return as_in_file(self.work_.trace.graph, told)

    # ---- keys ----

    def action_more(self) -> None:
        """Train further."""
        self.more += STEPS
        self._start()

    def action_rate(self, factor: float) -> None:
        """Train again with another rate."""
        self.factor *= factor
        self._start()

    def action_apart(self) -> None:
        """Take the update at the chosen row apart: what each sample adds, the sum, what comes."""
        row = self.query_one(DataTable).cursor_row
        if self.training is None or not 0 <= row < len(self.run):
            return
        iterate = self.run[row]
        update = update_at(Training(self.training.objective, self.training.plan), iterate)
        if update is not None:
            lines = one_update(self.training, update, self.size.width - 14)
            self.query_one("#train-rule", Words).update(self._as_in_file("\n".join(lines)))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the update that is made from the chosen row."""
        if 0 <= event.cursor_row < len(self.run):
            graph, iterate = self.work_.trace.graph, self.run[event.cursor_row]
            lines = () if self.plan is None else rule_lines(graph, iterate, self.plan, most=2)
            self.query_one("#train-rule", Words).update(self._as_in_file("\n".join(lines)))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Step through the chosen iterate."""
        if 0 <= event.cursor_row < len(self.run):
            self.dismiss(self.run[event.cursor_row])
