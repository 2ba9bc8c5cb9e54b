"""Read a graph back from painted lines, knowing only where its boxes are."""

from __future__ import annotations

import unicodedata
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphgrad.views.cells.boxes import PlacedBox
    from graphgrad.views.cells.ink import CellPicture

Cell = tuple[int, int]
Step = tuple[int, int]

UP, RIGHT, DOWN, LEFT = (0, -1), (1, 0), (0, 1), (-1, 0)
WORDS = {
    "UP": (UP,),
    "DOWN": (DOWN,),
    "LEFT": (LEFT,),
    "RIGHT": (RIGHT,),
    "VERTICAL": (UP, DOWN),
    "HORIZONTAL": (LEFT, RIGHT),
}
ASCII = {
    "-": (LEFT, RIGHT),
    "=": (LEFT, RIGHT),
    "|": (UP, DOWN),
    "#": (UP, DOWN),
    ",": (RIGHT, DOWN),
    ".": (LEFT, DOWN),
    "'": (LEFT, UP),
    "`": (RIGHT, UP),
    "{": (LEFT, UP, DOWN),
}


def reversed_step(step: Step) -> Step:
    return (-step[0], -step[1])


def moved(cell: Cell, step: Step) -> Cell:
    return (cell[0] + step[0], cell[1] + step[1])


def weights(glyph: str) -> dict[Step, str]:
    """Arms of a box-drawing character with their weight, from its Unicode name."""
    name = unicodedata.name(glyph, "")
    if not name.startswith("BOX DRAWINGS "):
        return {}
    words = name.removeprefix("BOX DRAWINGS ").replace("ARC ", "").split(" ")
    parts = " ".join(words).split(" AND ")
    if words[0] in {"LIGHT", "HEAVY", "DOUBLE"}:
        parts = [f"{' '.join(parts).removeprefix(words[0]).strip()} {words[0]}"]
    arms: dict[Step, str] = {}
    for part in parts:
        *directions, weight = part.split(" ")
        arms |= {step: weight for word in directions for step in WORDS[word]}
    return arms


def cells_of(line: str, width: int) -> list[str]:
    cells: list[str] = []
    for char in line:
        if unicodedata.combining(char):
            cells[-1] += char
        else:
            cells.append(char)
            if unicodedata.east_asian_width(char) in "WF":
                cells.append("")
    assert len(cells) <= width, line
    return cells + [" "] * (width - len(cells))


@dataclass
class Walk:
    """What was met on the way from one source: cells by axis, and arrivals at boxes."""

    level: set[Cell] = field(default_factory=set)
    upright: set[Cell] = field(default_factory=set)
    hopped: set[Cell] = field(default_factory=set)
    arrivals: list[Cell] = field(default_factory=list)

    @property
    def cells(self) -> set[Cell]:
        return self.level | self.upright


class Reading:
    """The painted grid with a map from cells to boxes."""

    def __init__(self, picture: CellPicture) -> None:
        self.ascii = picture.charset == "ascii"
        self.grid = [cells_of(line, picture.width) for line in picture.lines]
        self.boxes = picture.layout.boxes
        self.box_at: dict[Cell, PlacedBox] = {}
        for placed in self.boxes:
            for y in range(placed.y, placed.y + placed.height):
                for x in range(placed.x, placed.x + placed.width):
                    assert (x, y) not in self.box_at, "two boxes overlap"
                    self.box_at[x, y] = placed

    def glyph(self, cell: Cell) -> str:
        x, y = cell
        inside = 0 <= y < len(self.grid) and 0 <= x < len(self.grid[y])
        return self.grid[y][x] if inside else " "

    def ink(self) -> set[Cell]:
        """Every cell outside the boxes that is not blank."""
        return {
            (x, y)
            for y, row in enumerate(self.grid)
            for x, glyph in enumerate(row)
            if glyph != " " and (x, y) not in self.box_at
        }

    def arms(self, cell: Cell, weight: str = "") -> set[Step]:
        glyph = self.glyph(cell)
        if not self.ascii:
            return {step for step, found in weights(glyph).items() if weight in {"", found}}
        if glyph == "+":
            return {step for step in (UP, RIGHT, DOWN, LEFT) if self._answers(cell, step)}
        return set(ASCII.get(glyph, ()))

    def _answers(self, cell: Cell, step: Step) -> bool:
        """Tell whether what lies in one direction of a plus reaches back to it, over any hops."""
        other = moved(cell, step)
        while step in {LEFT, RIGHT} and ASCII.get(self.glyph(other)) == (UP, DOWN):
            if other in self.box_at:
                return False
            other = moved(other, step)
        glyph = self.glyph(other)
        return other not in self.box_at and (
            glyph == "+" or reversed_step(step) in ASCII.get(glyph, ())
        )

    def follow(self, placed: PlacedBox, weight: str = "") -> Walk:
        """Walk from the right side of a box along every branch (of one weight)."""
        walk = Walk()
        start = (placed.x + placed.width, placed.exit)
        queue: deque[tuple[Cell, Step]] = deque()
        if LEFT in self.arms(start, weight):
            queue.append((start, RIGHT))
        while queue:
            cell, step = queue.popleft()
            if cell in self.box_at:
                assert step == RIGHT, f"{cell}: a box is entered from the wrong side"
                walk.arrivals.append(cell)
            else:
                queue.extend(self._onward(cell, step, walk, weight))
        return walk

    def _onward(self, cell: Cell, step: Step, walk: Walk, weight: str) -> list[tuple[Cell, Step]]:
        """Note a cell and return where its wire goes on; an upright wire is hopped over."""
        back = reversed_step(step)
        arms = self.arms(cell, weight)
        if back not in arms:
            assert step in {LEFT, RIGHT}, f"{cell}: an upright wire is interrupted"
            assert self.arms(cell) == {UP, DOWN}, f"{cell}: {self.glyph(cell)!r} is no hop"
            walk.hopped.add(cell)
            walk.level.add(cell)
            return [(moved(cell, step), step)]
        assert len(self.arms(cell)) < 4, f"{cell}: a junction with four arms"
        assert len(arms) > 1, f"{cell}: a loose end"
        assert cell not in walk.cells, f"{cell}: a loop"
        if arms & {LEFT, RIGHT}:
            walk.level.add(cell)
        if arms & {UP, DOWN}:
            walk.upright.add(cell)
        return [(moved(cell, arm), arm) for arm in sorted(arms - {back})]
