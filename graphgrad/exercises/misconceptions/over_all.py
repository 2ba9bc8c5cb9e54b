"""Name what went wrong with a mean or sum over rows: in every row, or when they were joined."""

from __future__ import annotations

from collections.abc import Callable

from graphgrad.exercises.judging.mark import Mark
from graphgrad.exercises.misconceptions.catalogue import Mistake
from graphgrad.exercises.misconceptions.lookup import Namer
from graphgrad.exercises.reading.answer_sheet import Link
from graphgrad.exercises.reading.targets import Target
from graphgrad.exercises.truth.over_data import OverData
from graphgrad.exercises.truth.sides import Asked, ReadLink

__all__ = ["NamerOfAll"]


class NamerOfAll(Namer):
    """Name the mistakes made with all rows.

    Args:
        data: the exercise with its data.
        scope: ``mean`` or ``sum``.
        asked: returns what a target asks for over all rows.
        read: returns a formula as it is meant over all rows.
    """

    def __init__(
        self,
        data: OverData,
        scope: str,
        asked: Callable[[Target], Asked],
        read: Callable[[Link], ReadLink],
    ) -> None:
        super().__init__(data.reference, ())
        self.data = data
        self.scope = scope
        self.asked = asked
        self.read = read

    def mistakes(self, target: Target) -> list[Mistake]:
        """Return the mistakes of each row in all of them, and those of putting rows together."""
        data, right = self.data, self.asked(target).wanted[0].value
        where, count = target.wrt or target.name, len(data.rows)
        each = super().mistakes(target)
        found = [m._replace(value=data.of(m.value, self.scope)) for m in each]
        if self.scope == "mean":
            found.append(Mistake("sum_for_mean", where, "", right * count))
        else:
            found.append(Mistake("mean_for_sum", where, "", right / count))
        one = self.reference.asked(target).wanted[0].value
        found += [Mistake("one_row", where, "", data.in_row(one, row)) for row in data.rows]
        return found

    def _read(self, mark: Mark) -> ReadLink | None:
        assert mark.answer is not None
        return self.read(mark.answer.links[-1])
