"""Build pages for tests: a whole one from the registries, and one of parts that are made up."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from browser.build import build
from browser.parts import PartError

VERSION = "0.27.7"
NUMPY = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl"


def whole(folder: Path, **how: Any) -> dict[str, Any]:
    """Build the page that is deployed; skip where a registry cannot be reached."""
    try:
        return build(folder, **how)
    except PartError as fault:
        pytest.skip(f"the page cannot be built here: {fault}")


def parts(folder: Path, *, numpy: bytes = b"numpy's wheel") -> dict[str, Any]:
    """Make the parts of a page, small ones; return what the builder is told."""
    core, viz = folder / "core", folder / "viz"
    for made in (core, viz):
        made.mkdir(parents=True)
    package = {"file_name": NUMPY, "sha256": hashlib.sha256(b"numpy's wheel").hexdigest()}
    lock = {"info": {"python": "3.12.7", "version": VERSION}, "packages": {"numpy": package}}
    (core / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    for name in ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"):
        (core / name).write_text(name, "utf-8")
    (core / NUMPY).write_bytes(numpy)
    (viz / "viz.js").write_text("export const instance = 1;\n", "utf-8")
    wheel = folder / "graphgrad-0.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("graphgrad/__init__.py", "")
    return {"pyodide": str(core), "wheel": wheel, "graphviz": viz, "mirror": False}
