"""Compare random programs with every oracle: some at once, 2,000 in the slow tests."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Leaf
from tests.random_programs.layers import LAYERS
from tests.random_programs.oracles import ORACLES, RECORDED, SLOW, Built, disagreements, text_of
from tests.random_programs.programs import PROFILES, program

COUNT = 2_000
QUICK = range(0, COUNT, 37)
FAST = tuple(name for name in ORACLES if name not in SLOW)


@pytest.mark.parametrize("number", QUICK)
def test_all_oracles_agree(number: int) -> None:
    assert disagreements(program(number), FAST) == []


@pytest.mark.parametrize("number", [*range(5, 60, 6), 51_201])
def test_sympy_agrees(number: int) -> None:
    assert disagreements(program(number), SLOW) == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, COUNT, 100))
def test_all_oracles_agree_on_two_thousand_programs(start: int) -> None:
    found = {n: disagreements(program(n), FAST) for n in range(start, start + 100)}
    assert {n: told for n, told in found.items() if told} == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 400, 50))
def test_sympy_agrees_on_four_hundred_programs(start: int) -> None:
    found = {n: disagreements(program(n), SLOW) for n in range(start, start + 50)}
    assert {n: told for n, told in found.items() if told} == {}


def test_the_programs_meet_nearly_every_row_every_profile_and_what_is_special() -> None:
    ops: Counter[str] = Counter()
    profiles: Counter[str] = Counter()
    shapes: Counter[tuple[int, ...]] = Counter()
    for number in range(COUNT):
        drawn = program(number)
        ops.update(line.op for line in drawn.lines)
        profiles[drawn.profile] += 1
        shapes.update(drawn.shapes.values())
    assert set(profiles) == set(PROFILES)
    assert min(profiles.values()) > COUNT // 12
    assert min(ops.values()) >= 20
    assert sum(shapes[shape] for shape in shapes if 0 in shape) > 300
    known = {row.name for row in ROWS if not isinstance(row, Leaf)}
    layers = {op for op in ops if op.startswith(LAYERS)}
    assert set(ops) - layers <= known
    assert len(set(ops) - layers) >= 55
    assert len(layers) >= 16


def test_a_program_is_drawn_from_its_number_alone_and_recorded_for_pytorch() -> None:
    assert repr(program(17)) == repr(program(17)) != repr(program(18))
    assert program(18).data() == program(18).data()
    assert RECORDED.stat().st_size < 400_000


@pytest.mark.parametrize("number", [4, 21])
def test_an_oracle_notices_a_wrong_derivative(number: int) -> None:
    """A test that cannot fail shows nothing: with another sine the oracles disagree."""
    from dataclasses import replace

    from graphgrad.ops.registry import code_of, row

    code, right = code_of("sin"), row("sin")
    assert isinstance(right, Elementwise)
    ROWS[code] = replace(right, partials=(lambda m, out, x: -m.cos(x),))
    try:
        found = disagreements(program(number), ("PyTorch", "central differences"))
    finally:
        ROWS[code] = right
    assert {told.partition(":")[0] for told in found} >= {"PyTorch", "central differences"}


def test_the_text_of_a_program_counts_from_1() -> None:
    texts = "\n".join(text_of(program(n)) for n in range(300) if Built(program(n)).writable)
    assert "axis=[1]" in texts
    assert not re.search(r"(axis|at|axes)=\[[^]]*\b0\b", texts)
