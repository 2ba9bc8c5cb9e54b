"""Files that a stranger sent are refused by name: nothing is executed, nothing is left behind."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import graphgrad as gg
from graphgrad.errors import FileError, GraphgradError
from tests.source.imports.test_model_files import DATA

WITNESS = Path("executed")
CONFIG = "mlp/data/weights/model_weights_config.json"
MODEL = "mlp/models/model.json"


class _Runs:
    """What a pickle of this does when it is loaded: it leaves a file."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (WITNESS,)


def _archive(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return the archive of a model with some entries changed."""
    with zipfile.ZipFile(DATA / "mlp.pt2") as held:
        entries = {name: held.read(name) for name in held.namelist()}
    change(entries)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in entries.items():
            out.writestr(name, data)
    return written.getvalue()


def _config(change: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, bytes]], None]:
    def changed(entries: dict[str, bytes]) -> None:
        name = next(one for one in entries if one.endswith("model_weights_config.json"))
        told = json.loads(entries[name])
        change(next(iter(told["config"].values())))
        entries[name] = json.dumps(told).encode()

    return changed


def _with(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda entries: entries.update({name: data})


def _model(entries: dict[str, bytes], data: bytes) -> None:
    entries[next(one for one in entries if one.endswith("models/model.json"))] = data


def _pickled(entries: dict[str, bytes]) -> None:
    _config(lambda told: told.update(use_pickle=True))(entries)
    entries[next(one for one in entries if one.endswith("weights/weight_0"))] = pickle.dumps(
        _Runs()
    )


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a weight that is a pickle": (_pickled, "import.pickle"),
    "a bomb": (_with("mlp/data/weights/bomb", bytes(300 * 2**20)), "import.broken"),
    "a name that leads out": (_with("../../evil", b"x"), "import.broken"),
    "an absolute name": (_with("/tmp/evil", b"x"), "import.broken"),
    "a name of another system": (_with("C:\\evil", b"x"), "import.broken"),
    "a weight of another size": (
        _config(lambda told: told["tensor_meta"].update(sizes=[{"as_int": 10**9}] * 2)),
        "import.broken",
    ),
    "strides that leave the bytes": (
        _config(lambda told: told["tensor_meta"].update(strides=[{"as_int": 10**6}] * 2)),
        "import.broken",
    ),
    "strides that repeat one byte": (
        _config(lambda told: told["tensor_meta"].update(
            sizes=[{"as_int": 10**6}] * 2, strides=[{"as_int": 0}] * 2)),
        "import.broken",
    ),
    "a negative offset": (
        _config(lambda told: told["tensor_meta"].update(storage_offset={"as_int": -4})),
        "import.broken",
    ),
    "a weight elsewhere": (
        _config(lambda told: told.update(path_name="../../../etc/passwd")),
        "import.broken",
    ),
    "an unknown kind of numbers": (
        _config(lambda told: told["tensor_meta"].update(dtype=99)),
        "import.broken",
    ),
    "a graph that is no JSON": (lambda entries: _model(entries, b"{"), "import.broken"),
    "a graph of brackets": (lambda entries: _model(entries, b"[" * 10**6), "import.broken"),
    "a graph of another form": (lambda entries: _model(entries, b'{"graph_module": 3}'),
                                "import.broken"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_archives_are_refused(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, told = HOSTILE[case]
    monkeypatch.chdir(tmp_path)
    Path("model.pt2").write_bytes(_archive(change))
    with pytest.raises(FileError) as error:
        gg.from_pt2("model.pt2")
    assert error.value.message_id == told
    assert "model.pt2" in str(error.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.pt2"]


@pytest.mark.parametrize("name", ["net.pt", "net.pth", "net.pkl", "net.ckpt"])
def test_pickles_are_refused_by_their_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(pickle.dumps(_Runs()))
    with pytest.raises(FileError, match=r"safetensors.*ONNX"):
        gg.load(path)
    assert not WITNESS.exists()


@pytest.mark.parametrize("name", ["net.onnx", "net.pt2", "net.safetensors"])
def test_a_pickle_under_another_name_is_still_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(pickle.dumps(_Runs()))
    with pytest.raises(FileError) as error:
        gg.load(path)
    assert error.value.message_id == "import.pickle"
    assert not WITNESS.exists()


@pytest.mark.parametrize("name", ["mlp.onnx", "lstm.onnx", "mlp.pt2", "weights.safetensors"])
def test_damaged_files_are_refused_in_words(name: str, tmp_path: Path) -> None:
    data = (DATA / name).read_bytes()
    path = tmp_path / name
    for step in range(60):
        at = step * len(data) // 60
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]):
            path.write_bytes(damaged)
            try:
                gg.load_safetensors(path) if name.startswith("weights") else gg.load(path)
            except GraphgradError:
                continue  # any other error fails the test


def test_a_weight_in_another_file_is_refused(tmp_path: Path) -> None:
    from graphgrad.source.imports.onnx_file import _tensor
    from graphgrad.source.imports.raw_tensors import TensorError

    with pytest.raises(TensorError) as error:
        _tensor({1: [2], 2: [1], 8: [b"w"], 13: [b""], 14: [1]})
    assert error.value.message_id == "import.why.outside"
