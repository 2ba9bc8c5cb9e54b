"""Check that every row says what it said: its names, texts, levels, domain, kinks and shapes."""

from __future__ import annotations

import pytest

from graphgrad.errors import RowError
from graphgrad.ops.registry import ROWS, add_row, code_of, find, function_names, remove_row
from graphgrad.ops.row import Elementwise
from tests.ops.rows import RECORDED, facts


def test_every_row_says_what_it_said() -> None:
    """After a wanted change: ``python -m tests.ops.rows``."""
    assert facts().split("\n") == RECORDED.read_text("utf-8").split("\n")


def test_every_alias_finds_its_row_and_no_leaf_is_a_function() -> None:
    for row in ROWS:
        is_function = row.name not in ("input", "param", "const")
        for name in (row.name, *row.aliases):
            assert find(name) == (row if is_function else None)
            assert (name in function_names()) == is_function
    assert find("no such row") is None


def test_a_row_that_is_removed_leaves_neither_its_name_nor_its_aliases() -> None:
    before = function_names()
    row = Elementwise(
        name="thrice", arguments=("x",), formula=lambda m, x: 3 * x, aliases=("triple",)
    )
    assert add_row(row) == code_of("thrice") == len(ROWS) - 1
    assert find("triple") is find("thrice") is row
    with pytest.raises(RowError) as caught:
        add_row(Elementwise(name="new", arguments=("x",), formula=row.formula, aliases=("triple",)))
    assert caught.value.fields == {"name": "triple"}
    with pytest.raises(RowError) as caught:
        remove_row("tanh")
    assert caught.value.fields == {"name": "tanh"}
    remove_row("thrice")
    assert function_names() == before
    assert find("triple") is None
