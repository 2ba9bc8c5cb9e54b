"""Tell what a scene shows after a step: which texts are known, how far each edge is."""

from __future__ import annotations

from typing import Literal, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.views.scene.scene import Scene, SceneBox, SceneEdge, SceneText

__all__ = ["EdgeState", "Frame", "frame_of"]

EdgeState = Literal["pending", "forward", "backward"]


class Frame(NamedTuple):
    """The state after a step; None stands for the figure that shows everything at once."""

    step: int | None
    acts: frozenset[str]

    def shows(self, text: SceneText) -> bool:
        """Tell whether a text is known."""
        return self.step is None or text.known_step <= self.step

    def knows_value(self, box: SceneBox) -> bool:
        """Tell whether a box's value is known."""
        return self.step is None or box.value_step <= self.step

    def knows_adjoint(self, box: SceneBox) -> bool:
        """Tell whether a box's adjoint is known."""
        return bool(box.adjoint) and (self.step is None or 0 < box.adjoint_step <= self.step)

    def knows_partial(self, edge: SceneEdge) -> bool:
        """Tell whether an edge's derivative is known."""
        return self.step is None or 0 < edge.backward_step <= self.step

    def edge_state(self, edge: SceneEdge) -> EdgeState:
        """Return how far an edge is; without a step all are drawn forward."""
        if self.step is None:
            return "forward"
        if edge.forward_step > self.step:
            return "pending"
        return "backward" if 0 < edge.backward_step <= self.step else "forward"

    def is_current(self, part: SceneBox | SceneEdge) -> bool:
        """Tell whether the step acts on a box or an edge."""
        return part.id in self.acts


def frame_of(scene: Scene, step: int | None = None) -> Frame:
    """Return the frame of a step.

    Raises:
        UsageError: if the scene has no such step.
    """
    if step is None:
        return Frame(None, frozenset())
    if not 0 <= step <= scene.last_step:
        raise UsageError("figure.no_step", got=step, last=scene.last_step)
    return Frame(step, frozenset(scene.acts[step]))
