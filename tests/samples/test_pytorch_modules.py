"""Five networks in graphgrad's words against the same in PyTorch's: values and lines."""

from __future__ import annotations

import ast
import json
from importlib.util import find_spec

import numpy as np
import pytest

from tests.samples.pytorch_modules import FOLDER, MATCHED, VALUES, from_graphgrad, from_torch


@pytest.mark.parametrize("name", MATCHED)
def test_the_short_file_has_the_values_that_torch_gave(name: str) -> None:
    recorded = json.loads(VALUES.read_text("utf-8"))[name]
    found = from_graphgrad(name)
    assert found.keys() == recorded.keys()
    for key, value in found.items():
        np.testing.assert_allclose(value, recorded[key], rtol=1e-10, atol=1e-12, err_msg=key)


@pytest.mark.parametrize("name", MATCHED)
@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed; recorded: all")
def test_torch_itself_gives_them(name: str) -> None:
    recorded = json.loads(VALUES.read_text("utf-8"))[name]
    for key, value in from_torch(name).items():
        np.testing.assert_allclose(value, recorded[key], rtol=1e-10, atol=1e-12, err_msg=key)


def lines_of_gg(kind: str, name: str) -> int:
    """Return the statements of a file: neither blank, nor a comment, nor version and title."""
    text = (FOLDER / kind / f"{name}.gg").read_text("utf-8")
    skipped = ("#", "gg ", "title")
    return sum(bool(line.strip()) and not line.startswith(skipped) for line in text.splitlines())


def lines_of_torch(name: str) -> int:
    """Return the lines of `__init__` and `forward`, without blank ones and comments."""
    text = (FOLDER / "pytorch" / f"{name}.py").read_text("utf-8")
    rows = text.splitlines()
    [net] = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    methods = [node for node in net.body if isinstance(node, ast.FunctionDef)]
    assert [method.name for method in methods] == ["__init__", "forward"]
    counted = (rows[k] for m in methods for k in range(m.lineno - 1, m.end_lineno or 0))
    return sum(bool(row.strip()) and not row.strip().startswith("#") for row in counted)


@pytest.mark.parametrize("name", MATCHED)
def test_a_file_is_half_of_what_is_typed_and_no_longer_than_torch(name: str) -> None:
    short = lines_of_gg("short", name)
    assert 2 * short <= lines_of_gg("typed", name)
    assert short <= lines_of_torch(name)
