"""Say what the present step does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

if TYPE_CHECKING:
    from graphgrad.views.narrate import StepText

__all__ = ["Caption"]


class Caption(Static, can_focus=True):
    """The step in symbols, in numbers and in a sentence."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, told: StepText, *, symbols: bool) -> None:
        """Show a step.

        Args:
            told: what is said about it.
            symbols: whether there is room for the formulas too.
        """
        numbers = told.numbers.splitlines()
        formulas = [line for line in told.formula.splitlines() if line not in numbers]
        written = Text()
        written.append(told.title, "bold")
        if symbols and formulas:
            written.append(f"   {'   '.join(formulas)}\n")
        else:
            written.append("   ")
        written.append("   ".join(numbers))
        written.append(f"\n{told.caption}", "dim")
        self.update(written, layout=False)
