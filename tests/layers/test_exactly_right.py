"""A network that is exactly right has a loss of 0 and a gradient of 0; training goes on."""

from __future__ import annotations

import pytest

from graphgrad.layers.training.loop import training
from graphgrad.layers.training.recipe import plain_plan
from graphgrad.source.gg import read_gg

SIGMOID = "p = sigmoid(w*x)\nloss L = bce(p, y)"


@pytest.mark.parametrize("sign", ["1", "0"])
@pytest.mark.parametrize("optimizer", ["gd", "adam"])
def test_a_sigmoid_that_is_0_or_1_where_the_target_is(sign: str, optimizer: str) -> None:
    rows = "\n".join(f"{x} {sign}" for x in (1, 2, 3, 5, 8))
    weight = 40 if sign == "1" else -800
    text = f"gg 1\ndata x y\n{rows}\nparam w = {weight}\n{SIGMOID}"
    run = list(training(read_gg(text), plain_plan(optimizer, steps=5)))
    assert run[-1].trouble is None
    assert run[-1].number == 5
    assert run[-1].loss < 1e-12
