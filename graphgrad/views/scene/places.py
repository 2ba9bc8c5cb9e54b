"""Hold points and rectangles on a page, y down from the top left."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Point", "Rect"]


class Point(NamedTuple):
    """A place on the page."""

    x: float
    y: float


class Rect(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the y of its lower side."""
        return self.top + self.height

    @property
    def centre(self) -> Point:
        """Return its middle."""
        return Point(self.left + self.width / 2, self.top + self.height / 2)

    def grown(self, margin: float) -> Rect:
        """Return it with a margin on all sides."""
        return Rect(
            self.left - margin, self.top - margin, self.width + 2 * margin, self.height + 2 * margin
        )

    def overlaps(self, other: Rect) -> bool:
        """Tell whether it shares more than a border with another."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def moved(self, dx: float, dy: float) -> Rect:
        """Return it elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.width, self.height)
