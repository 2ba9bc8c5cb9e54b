"""A step of a network is told in the words of a course, and one entry of it in numbers."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import LANGUAGES, in_language
from graphgrad.source.gg import load
from graphgrad.stepping.told_step import told_step
from graphgrad.stepping.worked_lines import worked, worked_lines
from graphgrad.trace.trace import Trace
from graphgrad.views.text.stops import Stops

ROOT = Path(__file__).parents[2]
NETWORKS = (
    ROOT / "tests" / "data" / "figures" / "lenet.gg",
    ROOT / "tests" / "data" / "figures" / "conv_pool.gg",
    ROOT / "samples" / "lstm.gg",
    ROOT / "samples" / "attention.gg",
    ROOT / "samples" / "batch_norm.gg",
)
INTERNAL = re.compile(
    r"\b(?:fold|windows|scatter_\w+|gather|broadcast|outer|xlogy|pad|adj)\("
    r"|\^T|\b(?:axis|axes|keepdims|stride)=|\d\*\d"
)
PRODUCT = re.compile(r"\(?(-?[\d.e-]+)\)?·\(?(-?[\d.e-]+)\)?")


def backward(trace: Trace) -> list[tuple[int, tuple[str, ...]]]:
    """Return what is told at every step of a backward pass, with its node."""
    stops = Stops(trace, "line")
    steps = [stops.stop(place) for place in range(stops.seed + 1, len(stops) + 1)]
    found = ((stop.node, told_step(trace, stop, "line")) for stop in steps)
    return [(node, (told.sentence, *told.notes, *told.lines)) for node, told in found]


@pytest.mark.parametrize("path", NETWORKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_operation_of_ours_is_named(path: Path, language: str) -> None:
    trace = record(load(path))
    stops = Stops(trace, "line")
    with in_language(language):
        for place in range(len(stops) + 1):
            told = told_step(trace, stops.stop(place), "line")
            for line in (told.sentence, *told.notes, *told.lines):
                assert not INTERNAL.search(line), line
        for derived in worked_lines(worked(trace, None, "line", 0), trace.state(len(trace.steps))):
            assert not INTERNAL.search(derived.text), derived


@pytest.mark.parametrize("path", NETWORKS[:3], ids=lambda path: path.stem)
def test_the_largest_entry_is_told_in_numbers_that_give_its_adjoint(path: Path) -> None:
    trace, seen = record(load(path)), 0
    for node, lines in backward(trace):
        for line in lines:
            if not line.startswith("largest entry: "):
                continue
            told, shown = line.rsplit(" = ", 1)
            adjoint = np.asarray(trace.adjoint(node))
            assert abs(float(shown)) == pytest.approx(np.abs(adjoint).max(), rel=1e-4)
            if "…" not in told:
                products = [float(a) * float(b) for a, b in PRODUCT.findall(told.split(" = ")[1])]
                assert sum(products) == pytest.approx(float(shown), rel=1e-3)
                seen += 1
    assert seen


def test_a_name_with_parts_is_replaced_whole_by_its_numbers() -> None:
    trace = record(load(ROOT / "samples" / "lstm.gg"))
    for _, lines in backward(trace):
        assert not [line for line in lines if re.search(r"\d\.\d+\]\.[\w\[]", line)]  # [0.5, 1.5].z
