"""Write what graphgrad prints, writes and draws for every sample, to compare two commits.

Run it in each of two clones, then compare the folders::

    python -m tests.golden_outputs.record FOLDER
    diff -r FOLDER OTHER

With ``--digests`` it rewrites ``digests.json``, which the slow test compares. Each case runs in a
process of its own, forked from one that has loaded everything, in a folder of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.golden_outputs.cases import LANGUAGES, Case, cases, screens

ROOT: Final = Path(__file__).parents[2]
DIGESTS: Final = Path(__file__).with_name("digests.json")
_WRITTEN_FOLDER: Final = re.compile(r"(?<=\.unpacked)/|(?<=\.frames)/|(?<=\.marks)/|(?<=\.in)/")
ENVIRONMENT: Final = {"COLUMNS": "100", "LINES": "40", "TERM": "xterm-256color", "TZ": "UTC"}


def record(folder: Path, only: str = "") -> None:
    """Run every case whose name contains a text, in both languages, into a folder."""
    work = [(language, case, folder) for language in LANGUAGES for case in cases(ROOT)]
    drawn = [(language, screen, folder) for language in LANGUAGES for screen in screens(ROOT)]
    answers = Path(tempfile.mkdtemp())
    os.environ.update(ENVIRONMENT, GOLDEN_ANSWERS=str(answers))
    _write_answers(answers)
    _load_all()
    context = get_context("fork")
    with ProcessPoolExecutor(os.cpu_count(), context, max_tasks_per_child=None) as pool:
        list(pool.map(_forked_case, [w for w in work if only in w[1].name], chunksize=4))
        list(pool.map(_forked_screen, [w for w in drawn if only in w[1][0]], chunksize=4))
    shutil.rmtree(answers)


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every output of a recording; a written folder is one output."""
    kept: dict[str, hashlib._Hash] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        digest = kept.setdefault(_WRITTEN_FOLDER.split(name)[0], hashlib.sha256())
        digest.update(name.encode() + path.read_bytes())
    return {name: digest.hexdigest()[:12] for name, digest in kept.items()}


def _load_all() -> None:
    import pkgutil
    from importlib import import_module

    import graphgrad
    import graphgrad_tui

    for package in (graphgrad, graphgrad_tui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                with suppress(ModuleNotFoundError):  # of an extra that is not installed
                    import_module(found.name)


def _write_answers(folder: Path) -> None:
    """Make answer sheets from the keys: right ones, and ones with a slip in every third line."""
    for path in sorted((ROOT / "samples" / "exercises").glob("*.md")):
        key = _output_of(["ex", "key", str(path), "--lang", "en", "--format", "txt"])
        lines = [line for line in key.splitlines() if " = " in line and "|" not in line]
        slipped = [_slip(line) if n % 3 == 1 else line for n, line in enumerate(lines)]
        sheets = {"A1": lines, "A2": slipped, "A3": lines[:2], "A4": ["nothing to read ((", "z = "]}
        (folder / "answers").mkdir(exist_ok=True)
        (folder / "answers" / f"{path.stem}.txt").write_text("\n".join(slipped) + "\n", "utf-8")
        room = folder / "class" / path.stem
        room.mkdir(parents=True)
        for name, sheet in sheets.items():
            (room / f"{name}.txt").write_text("\n".join(sheet) + "\n", "utf-8")


def _slip(line: str) -> str:
    left, _, right = line.partition(" = ")
    return f"{left} = -({right})"


def _output_of(words: list[str]) -> str:
    from graphgrad.cli.program import main

    kept, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    try:
        main(words)
    except SystemExit:
        sys.stdout.seek(0)
        return sys.stdout.read()
    finally:
        sys.stdout = kept


def _forked_case(task: tuple[str, Case, Path]) -> None:
    language, case, folder = task
    with tempfile.TemporaryDirectory() as work:
        _in_a_child(lambda: _run(language, case, Path(work)))
        target = folder / language / case.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(work) / ".output", f"{target}.txt")
        for name in case.files:
            _keep(Path(work) / name, Path(f"{target}.{name}"))


def _keep(found: Path, target: Path) -> None:
    if found.is_dir():
        shutil.copytree(found, target, dirs_exist_ok=True)
    elif found.exists():
        shutil.copyfile(found, target)
    packed = [target, *target.rglob("*")] if target.is_dir() else [target]
    for path in packed:
        if path.suffix in {".zip", ".pptx"}:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(f"{path}.unpacked")
            path.unlink()


def _run(language: str, case: Case, work: Path) -> None:
    os.chdir(work)
    for name in ("samples", "docs"):
        os.symlink(ROOT / name, name)
    for path in Path(os.environ["GOLDEN_ANSWERS"]).iterdir():
        os.symlink(path, path.name)
    Path(".input").write_text(case.typed, "utf-8")
    for descriptor, file in ((0, open(".input", "rb")), (1, open(".output", "ab"))):
        os.dup2(file.fileno(), descriptor)
    os.dup2(1, 2)
    for name, descriptor, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        setattr(sys, name, open(descriptor, mode, encoding="utf-8"))
    from graphgrad.cli.program import main

    try:
        main([*case.words, "--lang", language])
    except SystemExit as end:
        print(f"exit {end.code}")
    sys.stdout.flush()


def _forked_screen(task: tuple[str, tuple[str, str, tuple[int, int], list[str]], Path]) -> None:
    language, (name, stem, size, keys), folder = task
    target = folder / language / f"{name}.txt"
    target.parent.mkdir(parents=True, exist_ok=True)

    def draw() -> None:
        from graphgrad.messages.catalogue import set_language
        from tests.tui.screens import app_of, grid

        set_language(language)
        app = app_of((ROOT / "samples" / f"{stem}.gg").read_text("utf-8"))

        async def shown() -> str:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                for key in keys:
                    await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
                return "\n".join(row.rstrip() for row in grid(app))

        target.write_text(asyncio.run(shown()) + "\n", "utf-8")

    _in_a_child(draw)


def _in_a_child(deed) -> None:
    child = os.fork()
    if child == 0:
        try:
            deed()
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def main() -> None:
    """Record into the folder that was named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="part of the names of the cases to run")
    parser.add_argument("--digests", action="store_true", help="rewrite digests.json")
    given = parser.parse_args()
    record(given.folder.resolve(), given.only)
    if given.digests:
        known = json.loads(DIGESTS.read_text("utf-8"))
        others = {path: known[path] for path in known if given.only not in path}
        text = json.dumps(others | digests(given.folder), indent=0, sort_keys=True)
        DIGESTS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
