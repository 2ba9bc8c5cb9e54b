"""Models that PyTorch 2.13 has written are read without it; values and gradients are PyTorch's.

The files are made by `tests/data/imports/make.py`, which needs torch.
"""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import FileError, NonFiniteError, UsageError
from graphgrad.layers.doors.door import line_name
from graphgrad.source.gg import read_gg

DATA = Path(__file__).parents[2] / "data" / "imports"
ONNX = sorted(path.name for path in DATA.glob("*.onnx"))
PT2 = sorted(path.name for path in DATA.glob("*.pt2"))


@cache
def _results() -> dict[str, Any]:
    with np.load(DATA / "results.npz") as held:
        return {name: held[name] for name in held.files}


def _of(name: str) -> dict[str, Any]:
    return {key.partition("|")[2]: value for key, value in _results().items()
            if key.partition("|")[0] == name}  # fmt: skip


def _traced(name: str) -> tuple[gg.Graph, gg.Trace, dict[str, Any]]:
    """Return graph and run of a file at its recorded inputs, from an adjoint of ones."""
    graph, told = gg.load(DATA / name), _of(name)
    inputs = [line.name for line in graph.lines() if graph.columns.row(line.root).name == "input"]
    values = [told[key] for key in told if key.startswith("arr_")]
    seed = np.ones(told["y"].shape) if told["y"].shape else 1.0
    return graph, gg.trace(graph, dict(zip(inputs, values, strict=True)), seed=seed), told


def test_there_are_files_of_both_kinds() -> None:
    assert len(ONNX) >= 20
    assert len(PT2) >= 12


@pytest.mark.parametrize("name", ONNX + PT2)
def test_values_are_those_of_the_framework(name: str) -> None:
    graph, trace, told = _traced(name)
    found = np.asarray(trace.values[graph.output])
    assert np.allclose(found, told["y"], rtol=0, atol=1e-6 if name.endswith("x") else 1e-10)


@pytest.mark.parametrize("name", PT2)
def test_gradients_are_those_of_the_framework(name: str) -> None:
    graph, trace, told = _traced(name)
    weights = {key[2:]: value for key, value in told.items() if key.startswith("g:")}
    assert weights
    for path, gradient in weights.items():
        node = graph.find(line_name(path))
        assert node is not None, path
        assert np.allclose(trace.adjoints[node], gradient, rtol=0, atol=1e-10), path


@pytest.mark.parametrize("name", ONNX + PT2)
def test_written_as_a_file_it_is_the_same_model(name: str) -> None:
    graph = gg.load(DATA / name)
    again = read_gg(gg.to_gg(graph))
    seed = np.ones(graph.columns.shape(graph.output)) if graph.columns.shape(graph.output) else 1.0
    first, second = gg.trace(graph, seed=seed), gg.trace(again, seed=seed)
    assert np.allclose(first.values[graph.output], second.values[again.output], atol=1e-12)


def test_layers_are_rows_and_weights_are_shared() -> None:
    kinds = [block.kind for block in gg.load(DATA / "resnet.pt2").heading.blocks]
    assert kinds[:3] == ["conv2d", "batch_norm", "relu"]
    assert kinds[-2:] == ["adaptive_avg_pool2d", "dense"]
    shared = gg.load(DATA / "shared.pt2")
    assert [name for name in shared.line_names if name.endswith("weight")] == ["a.weight"]
    assert [block.owner for block in shared.heading.blocks if block.kind == "dense"] == ["a", "a"]
    tied = gg.load(DATA / "tied.pt2")
    assert sum(name.endswith("weight") for name in tied.line_names) == 1


def test_values_may_be_given_and_others_are_drawn_the_same() -> None:
    path = DATA / "mlp.onnx"
    given = gg.from_onnx(path, input=np.ones((2, 4)))
    with pytest.raises(UsageError, match="no input inpt: it has input"):
        gg.from_onnx(path, inpt=np.ones((2, 4)))
    assert np.array_equal(given.defaults[0], np.ones((2, 4)))
    assert gg.from_onnx(path) == gg.from_onnx(path)


@pytest.mark.parametrize("place", [99, -1, 0.5])
def test_a_place_outside_of_a_table_is_refused(place: float) -> None:
    graph = gg.from_pt2(DATA / "bigram.pt2", i=np.full((2, 5), place))
    with pytest.raises(NonFiniteError, match=f"= {place} is no row of the table"):
        gg.trace(graph, seed=np.ones(graph.columns.shape(graph.output)))


def test_all_unknown_operators_are_named_with_counts() -> None:
    from graphgrad.source.imports.build import built
    from graphgrad.source.imports.onnx_file import onnx_program
    from graphgrad.source.imports.onnx_ops import ONNX as RULES

    program = onnx_program((DATA / "mlp.onnx").read_bytes())
    first, *rest = program.calls
    calls = (first._replace(op="Bernoulli"), first._replace(op="Bernoulli"),
             first._replace(op="NonZero"), *rest)  # fmt: skip
    with pytest.raises(UsageError, match=r"Bernoulli \(2\), NonZero \(1\)"):
        built(program._replace(calls=calls), RULES)


@pytest.mark.parametrize("name", ["net.pt", "net.pth", "net.pt2", "net.onnx", "net.safetensors"])
@pytest.mark.parametrize("read", [gg.from_pt2, gg.from_onnx, gg.load_safetensors, gg.load])
@pytest.mark.parametrize("zipped", [True, False])
def test_what_torch_save_writes_is_refused_as_a_pickle(
    tmp_path: Path, read: Any, name: str, zipped: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x80\2}.")
    if zipped:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("net/data.pkl", b"\x80\2}.")
            archive.writestr("net/data/0", b"\0" * 8)
    with pytest.raises(FileError, match=r"holds a pickle .* nothing was executed"):
        read(path)


@pytest.mark.parametrize("name", ["net.pt", "net.pth", "net.pkl", "net.onnx", "net.safetensors"])
def test_a_model_that_is_not_there_is_told_so_whatever_it_would_hold(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        gg.load(tmp_path / name)


def test_weights_of_safetensors() -> None:
    found = gg.load_safetensors(DATA / "weights.safetensors")
    assert found["fc.weight"].tolist() == [[0, 0.25, 0.5], [0.75, 1, 1.25]]
    assert found["fc.bias"].tolist() == [1, -2]
