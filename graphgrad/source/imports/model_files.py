"""Open files of models and weights by their kind; what is a pickle is refused by name."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphgrad.errors import FileError, GraphgradError
from graphgrad.files.reading import PICKLES, read_bytes, told_damaged
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.given import given
from graphgrad.source.imports.build import built

__all__ = ["MODEL_FILES", "from_onnx", "from_pt2", "load_model", "load_safetensors"]

_LARGEST_MODEL = 256 * 2**20


def from_onnx(path: str | os.PathLike[str], **values: Any) -> Graph:
    """Return the graph of an ONNX file, read without any other library.

    Args:
        path: the file.
        values: of its inputs, by name; those left out are drawn, always the same. An open length
            is that of the value, else 1.

    Raises:
        FileError: if it cannot be read, or is no ONNX file; UsageError, naming all operators
            that have no row.
    """
    from graphgrad.source.imports.onnx_file import onnx_program
    from graphgrad.source.imports.onnx_ops import ONNX

    given_values = _arrays(values)
    with _told_with(path, "ONNX"):
        return built(_read(path, "ONNX", onnx_program), ONNX, given_values)


def from_pt2(path: str | os.PathLike[str], **values: Any) -> Graph:
    """Return the graph of a `.pt2` file of `torch.export`, read without PyTorch.

    Args:
        path: the file.
        values: of its inputs, by name; those left out are drawn, always the same.

    Raises:
        FileError: if it cannot be read, is no `.pt2`, or a weight in it is a pickle; UsageError,
            naming all operations that have no row.
    """
    from graphgrad.source.imports.pt2_file import pt2_program
    from graphgrad.source.imports.torch_words import TORCH_RULES
    from graphgrad.source.imports.written_over import checked_writes

    given_values = _arrays(values)
    with _told_with(path, ".pt2"):
        program = _read(path, ".pt2", pt2_program)
        return built(checked_writes(program), TORCH_RULES, given_values)


def load_safetensors(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return the arrays of a safetensors file by name, for ``module.load_state_dict``.

    Raises:
        FileError: if it cannot be read, or is no such file.
    """
    from graphgrad.source.imports.safetensors_file import safetensors

    with _told_with(path, "safetensors"):
        found: dict[str, Any] = _read(path, "safetensors", safetensors)
    return found


@contextmanager
def _told_with(path: str | os.PathLike[str], kind: str) -> Iterator[None]:
    """Tell what a model says that no rule can use as what it is: a file that is not valid.

    A model is a program that others have written: its attributes may be of any kind and size.
    """
    try:
        yield
    except GraphgradError:
        raise
    except _ODD as error:
        why = Worded("import.why.odd", what=f"{type(error).__name__}: {error}"[:200])
        raise FileError("import.broken", path=str(path), kind=kind, why=why) from None


_ODD = (
    TypeError, ValueError, LookupError, ArithmeticError, RecursionError, AttributeError,
    StopIteration,
)  # fmt: skip


def _weights_only(path: str | os.PathLike[str], **_: Any) -> Graph:
    found = load_safetensors(path)
    raise FileError("import.weights_only", path=str(path), count=len(found))


def _pickle(path: str | os.PathLike[str], **_: Any) -> Graph:
    """Refuse a pickle by its name; a file that is not there is told as any other."""
    if not Path(path).exists():
        raise FileError("file.missing", path=str(path))
    raise FileError("import.pickle", path=str(path), inside=Path(path).suffix)


MODEL_FILES: dict[str, Callable[..., Graph]] = {
    ".onnx": from_onnx,
    ".pt2": from_pt2,
    ".safetensors": _weights_only,
    **dict.fromkeys(PICKLES, _pickle),
}
"""The end of a file's name to what reads it."""


def load_model(path: str | os.PathLike[str], values: Mapping[str, Any] | None = None) -> Graph:
    """Return the graph of a file of a model, by the end of its name."""
    return MODEL_FILES[Path(path).suffix.lower()](path, **(values or {}))


def _arrays(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a graph keeps them."""
    return {name: given(value, name) for name, value in values.items()}


def _read(path: str | os.PathLike[str], kind: str, read: Callable[[bytes], Any]) -> Any:
    """Return what a reader makes of a file's bytes; what is wrong is told with its path."""
    data = read_bytes(path, _LARGEST_MODEL)
    pickled = _pickled(data)
    if pickled:
        raise FileError("import.pickle", path=str(path), inside=pickled)
    try:
        return read(data)
    except GraphgradError as error:
        fields = error.fields
        if error.message_id == "import.pickle":
            raise FileError("import.pickle", **(fields | {"path": str(path)})) from None
        if Path(path).suffix.lower() in PICKLES:
            _pickle(path)
        why = Worded(error.message_id, **fields)
        raise FileError("import.broken", path=str(path), kind=kind, why=why) from None


def _pickled(data: bytes) -> str:
    """Return what says that bytes are a pickle, or an archive of one, as `torch.save` writes it."""
    if data[:1] == b"\x80" and data[1:2] in (b"\2", b"\3", b"\4", b"\5"):
        return "protocol"
    if data[:2] != b"PK":
        return ""
    try:
        with (
            told_damaged(FileError("import.why.zip")),
            zipfile.ZipFile(io.BytesIO(data)) as archive,
        ):
            names = archive.namelist()
    except FileError:
        return ""  # the reader of the archive says what is wrong
    return next((name[:80] for name in names if name.rpartition("/")[2] == "data.pkl"), "")
