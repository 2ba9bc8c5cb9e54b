"""Judge layouts on a fixed set of forty graphs: crossings, length of edges, bends, aspect.

``python -m tests.views.scene.layouts`` writes the table ``layouts.txt`` anew; a test compares a
part of it. Every graph is drawn as it stands, nothing folded, by an engine across and down, by the
main chain in rows, and in columns (of a recurrence: steps in one row).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import atan2, floor, hypot, pi
from pathlib import Path
from typing import NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Point, sampled
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene

from .reading import ROOT

TABLE = Path(__file__).with_name("layouts.txt")
DATA = ROOT / "tests" / "data"
SAMPLES = (
    *("auxiliary_loss", "batch_norm", "convolution", "cs231n_sigmoid", "dropout", "elman"),
    *("encoder_decoder", "gru", "layer_skipping", "lstm", "matrix_gradient", "mazur"),
    *("mlp_vectorized", "penalty", "residual_block", "residual_mlp", "rnn_bptt", "shared_weights"),
    *("siamese", "softmax_cross_entropy", "three_paths", "attention", "vanishing_gradient"),
)
GRAPHS = (
    *sorted((DATA / "figures").glob("*.gg")),
    *(ROOT / "samples" / f"{name}.gg" for name in SAMPLES),
    DATA / "networks" / "short" / "rnn.gg",
)
WAYS = {
    "across": SceneOptions(layout="dot", direction="LR", collapse="none"),
    "down": SceneOptions(layout="dot", direction="TB", collapse="none"),
    "chain": SceneOptions(layout="chain", collapse="none"),
    "columns": SceneOptions(layout="columns", collapse="none"),
    "time": SceneOptions(layout="time", collapse="none"),
}
_BEND = pi / 12
_NEAR, _SEEN = 12.0, 6.0


class Judged(NamedTuple):
    """How good a layout is.

    Attributes:
        crossings: places where edges cross, but for those that share an end there; edges of one
            box in one lane are one line, and cross another once.
        length: of all edges, in widths of the page of the same area.
        bends: how often edges turn by a right angle, all turns of an edge added up.
        aspect: width over height.
        letters: the height of the smallest letters on a slide of 1920x1080, in pixels.
    """

    crossings: int
    length: float
    bends: float
    aspect: float
    letters: float

    def __str__(self) -> str:
        return (
            f"{self.crossings:4d} {self.length:7.2f} {self.bends:7.1f} {self.aspect:6.2f} "
            f"{self.letters:6.1f}"
        )


def judged(scene: Scene) -> Judged:
    """Return how good the layout of a scene is."""
    lines = {edge.id: sampled(edge.curve) for edge in scene.edges}
    side = (scene.width * scene.height) ** 0.5
    return Judged(
        _crossings(scene, lines),
        sum(_length(points) for points in lines.values()) / side,
        sum(_turned(points) for points in lines.values()) / (pi / 2),
        scene.width / scene.height,
        scene.smallest * min(1920 / scene.width, 1080 / scene.height),
    )


def _length(points: Sequence[Point]) -> float:
    return sum(hypot(q.x - p.x, q.y - p.y) for p, q in pairwise(points))


def _turned(points: Sequence[Point]) -> float:
    """Return by how much a line turns, small wobbles of a long way apart."""
    angles = [
        atan2(q.y - p.y, q.x - p.x)
        for p, q in pairwise(points)
        if hypot(q.x - p.x, q.y - p.y) > 1e-9
    ]
    turns = (abs((b - a + pi) % (2 * pi) - pi) for a, b in pairwise(angles))
    whole = sum(turns)
    return whole if whole > _BEND else 0.0


def _crossings(scene: Scene, lines: dict[str, tuple[Point, ...]]) -> int:
    edges = {edge.id: edge for edge in scene.edges}
    cells: dict[tuple[int, int], set[tuple[str, int]]] = defaultdict(set)
    for name, points in lines.items():
        for index, point in enumerate(points[:-1]):
            for end in (point, points[index + 1]):
                cells[floor(end.x / 24), floor(end.y / 24)].add((name, index))
    pairs: set[tuple[str, str]] = set()
    places: set[tuple[str, str, int, int]] = set()
    for found in cells.values():
        for (one, i), (other, j) in combinations(sorted(found), 2):
            if one == other or (one, other) in pairs:
                continue
            first, second = edges[one], edges[other]
            place = _meet(lines[one][i : i + 2], lines[other][j : j + 2])
            if place is None or first.source == second.source:
                continue
            if first.target == second.target and _close(place, lines[one][-1]):
                continue
            pairs.add((one, other))
            from_, to = sorted((first.source, second.source))
            places.add((from_, to, round(place.x / _SEEN), round(place.y / _SEEN)))
    return len(places)


def _close(one: Point, other: Point) -> bool:
    return hypot(one.x - other.x, one.y - other.y) < _NEAR


def _meet(one: Sequence[Point], other: Sequence[Point]) -> Point | None:
    """Return where two pieces cross, if they do."""
    (a, b), (c, d) = one, other
    across = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x)
    if abs(across) < 1e-9:
        return None
    t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / across
    u = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / across
    if 0 < t < 1 and 0 < u < 1:
        return Point(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
    return None


def rows_of(path: Path, ways: Sequence[str] = tuple(WAYS)) -> Iterator[str]:
    """Yield the rows of a graph, one per way that draws it differently."""
    trace = record(load(path))
    seen: set[str] = set()
    for way in ways:
        scene = scene_of(trace, WAYS[way])
        row = str(judged(scene))
        if way == "time" and row in seen:
            continue
        seen.add(row)
        yield f"{path.stem:22s} {len(scene.boxes):3d} {len(scene.edges):3d} {way:8s} {row}"


def read_table() -> dict[tuple[str, str], Judged]:
    """Return the kept table by graph and way."""
    found: dict[tuple[str, str], Judged] = {}
    for line in TABLE.read_text("utf-8").splitlines()[2:]:
        words = line.split()
        crossings, *others = words[4:9]
        found[words[0], words[3]] = Judged(int(crossings), *map(float, others))
    return found


def main() -> None:
    """Write the table anew."""
    head = "graph                  box  edg way      cros  length   bends aspect letters"
    lines = [head, "-" * len(head)]
    for path in GRAPHS:
        lines += rows_of(path)
        sys.stderr.write(f"{path.stem}\n")
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
