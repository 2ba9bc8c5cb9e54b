"""Keep the names a student introduces, and refuse answers that use what they answer."""

from __future__ import annotations

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.answers import Answer
from graphgrad.exercises.reference import Reference

__all__ = ["OwnNames"]


class OwnNames:
    """The names that ``let u = ...`` gave a meaning, each with the names it was made of."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._uses: dict[str, set[str]] = {}

    def keep(self, answer: Answer) -> GraphgradError | None:
        """Keep a name; return the error if its formula has no meaning."""
        assert answer.target is not None
        try:
            expression = answer.links[0].reading.expression
            self.reference.own[answer.target.name] = self.reference.meaning.of(expression)
        except GraphgradError as error:
            return error
        self._uses[answer.target.name] = self.uses(answer)
        return None

    def uses(self, answer: Answer) -> set[str]:
        """Return the names an answer uses, through the student's own names too."""
        used: set[str] = set()
        for link in answer.links:
            for item in link.reading.expression.items:
                if item.kind == "name":
                    used |= {item.value, *self._uses.get(item.value, ())}
        return used

    def refuse_circular(self, answer: Answer) -> None:
        """Refuse an answer that uses what it answers.

        Raises:
            SourceError: if it does.
        """
        target = answer.target
        assert target is not None
        if target.kind != "claim" and not target.entry and target.id in self.uses(answer):
            raise SourceError("check.circular", name=target.id)
