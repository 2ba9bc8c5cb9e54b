"""Fuzz whole command lines: ``python -m tests.fuzz.commands --count 5000``.

Each runs in a process forked from one that has everything loaded, or with ``--real`` in one of its
own, in a folder of its own, with 3 GiB of address space. A finding is a status that is not
documented, a traceback, a fault of our own, more than the budget of processor time or of memory, a
file that is not whole. Both languages have their turns; one command in eight is ended by Ctrl-C or
SIGTERM at a moment of its own, and must leave nothing half-written. What takes more than half of a
budget is printed as ``NEAR``.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tests.fuzz.command_lines import Line, line_of
from tests.fuzz.reader import load_all

BUDGET = 10.0
"""Seconds of processor time; what a command promises to bound by ``--seconds`` is longer."""
PROMISED = 25.0
PER_PAGE = 0.25
"""What each picture of a deck or an animation may take beside: a lecture's has a hundred, and a
gallery, each of its own file, has five hundred."""
HANG = 600.0
MEMORY = 2**20
"""KiB that a command may hold."""
STATUSES = {0, 1, 2, 3, 4, 5, 6, 130}
STOPPED = {-signal.SIGINT, -signal.SIGTERM}
"""Beside those, of what was ended from outside before it could say anything."""
NEAR = 0.5
_ENDED = 0.125


class Way(NamedTuple):
    """How a command line is run: in which language, and whether a signal ends it, and when."""

    language: str
    signal: int = 0
    after: float = 0.0

    @classmethod
    def of(cls, draw: int) -> Way:
        """Return the way of a draw."""
        rng = random.Random(f"way {draw}")
        stop = rng.choice((signal.SIGINT, signal.SIGTERM)) if rng.random() < _ENDED else 0
        return cls(rng.choice(("en", "es")), stop, rng.choice((0.02, 0.1, 0.4)) * rng.random())


class Ended(NamedTuple):
    """How a command line ended."""

    status: int
    seconds: float
    memory: int
    told: str
    odd: str = ""
    pages: int = 0


def ended(line: Line, folder: Path, way: Way, *, real: bool) -> Ended:
    """Run a command line in a process of its own, or in one forked from this one."""
    out = folder.with_suffix(".told")
    before = _files(folder)
    pid = os.fork()
    if not pid:
        _child(line, folder, out, way, real=real)
    status, usage = _waited(pid, way)
    told = out.read_text("utf-8", "replace") if out.exists() else ""
    out.unlink(missing_ok=True)
    odd = next((p.name for p in folder.rglob(".graphgrad-*")), "")
    made = sorted(path for path, told in _files(folder).items() if before.get(path) != told)
    odd = odd or next((f"{path.name} is not whole" for path in made if not is_whole(path)), "")
    pages = max([*map(_pages, made), len(made) - 1])
    return Ended(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, told, odd, pages)


def _pages(path: Path) -> int:
    """Return how many pictures a deck or an animation has; 0 for other files."""
    with contextlib.suppress(OSError, zipfile.BadZipFile):
        if path.suffix == ".pptx":
            with zipfile.ZipFile(path) as deck:
                return sum(name.startswith("ppt/slides/slide") for name in deck.namelist())
        if path.suffix in (".gif", ".webp"):
            from PIL import Image

            with Image.open(path) as animation:
                return int(getattr(animation, "n_frames", 1))
    return 0


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return the files of a folder, each with its size and when it was changed."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {path: (info.st_size, info.st_mtime_ns) for path, info in found}


def _exec(line: Line, folder: Path, out: Path) -> None:
    """Become an interpreter that runs the command line."""
    typed = folder.with_suffix(".typed")
    typed.write_text(line.typed, "utf-8", "replace")
    stdin, stdout = os.open(typed, os.O_RDONLY), os.open(out, os.O_WRONLY | os.O_CREAT)
    typed.unlink()
    for old, new in ((stdin, 0), (stdout, 1), (stdout, 2)):
        os.dup2(old, new)
    words = [os.fsencode(word) for word in (sys.executable, "-m", "graphgrad", *line.words)]
    os.execv(words[0], words)


def _child(line: Line, folder: Path, out: Path, way: Way, *, real: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setsid()
    os.environ["GRAPHGRAD_LANG"] = way.language
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
    os.chdir(folder)
    if real:
        try:
            _exec(line, folder, out)
        finally:
            os._exit(98)
    with out.open("w", encoding="utf-8", errors="replace") as stream:
        typed = io.BytesIO(line.typed.encode("utf-8", "replace"))
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(typed, "utf-8"), stream, stream
        from graphgrad.cli.program import program

        status = 99
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with contextlib.suppress(BaseException):
            try:
                program.main(line.words)
            except SystemExit as stop:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                status = int(stop.code or 0)
            except KeyboardInterrupt:  # before the command was begun, or after it had ended
                status = 130
            except BaseException as error:
                stream.write(f"Traceback {type(error).__name__}: {error}")
                raise
        stream.flush()
    os._exit(status)


def _waited(pid: int, way: Way) -> tuple[int, resource.struct_rusage]:
    start, told = time.monotonic(), not way.signal
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)  # workers that have not seen yet that it has ended
            return os.waitstatus_to_exitcode(status), usage
        if not told and time.monotonic() - start > way.after:
            os.kill(pid, way.signal)
            told = True
        if time.monotonic() - start > HANG:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            return -9, os.wait4(pid, 0)[2]
        time.sleep(0.005)


# ---- what was written ----


def _zipped(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None


ENDS: dict[str, Callable[[Path], object]] = {
    ".svg": lambda path: ElementTree.parse(path) is not None,
    ".xml": lambda path: ElementTree.parse(path) is not None,
    ".json": lambda path: json.loads(path.read_text("utf-8")) is not None,
    ".jsonl": lambda path: [json.loads(line) for line in path.read_text("utf-8").splitlines()],
    ".ipynb": lambda path: json.loads(path.read_text("utf-8")) is not None,
    ".pptx": _zipped,
    ".zip": _zipped,
    ".html": lambda path: path.read_bytes().rstrip().endswith(b">"),
    ".png": lambda path: path.read_bytes().endswith(b"IEND\xaeB`\x82"),
    ".pdf": lambda path: path.read_bytes().rstrip().endswith(b"%%EOF"),
    ".tex": lambda path: path.read_bytes().endswith(b"\n"),
    ".gg": lambda path: path.read_bytes().endswith(b"\n"),
    ".md": lambda path: path.read_bytes().endswith(b"\n"),
    ".csv": lambda path: path.read_bytes().endswith(b"\n"),
}
"""What a whole file of each kind is known by."""


def is_whole(path: Path) -> bool:
    """Tell whether a file that a command made has its end."""
    try:
        return ENDS.get(path.suffix, lambda _: True)(path) is not False
    except (OSError, ValueError, ElementTree.ParseError, zipfile.BadZipFile):
        return False


def budget_of(end: Ended, words: list[str]) -> float:
    """Return the seconds of processor time that a command line may take."""
    promised = words[:1] in (["check-notes"], ["check"]) or "grade" in words
    return (PROMISED if promised else BUDGET) + PER_PAGE * end.pages


def near(end: Ended, words: list[str]) -> str:
    """Return how near a command line came to a budget; empty if it kept well below."""
    budget = budget_of(end, words)
    if end.seconds > NEAR * budget:
        return f"{end.seconds:.1f} s of {budget:g}"
    return f"{end.memory // 1024} MiB of 1024" if end.memory > NEAR * MEMORY else ""


def wrong(end: Ended, words: list[str], way: Way) -> str:
    """Return what is wrong with how a command line ended; empty if nothing is."""
    budget = budget_of(end, words)
    if end.status not in (STATUSES | STOPPED if way.signal else STATUSES):
        return f"status {end.status}: {end.told[-300:]}"
    if "Traceback" in end.told:
        return f"traceback: {end.told[-300:]}"
    if end.odd:
        return f"left behind: {end.odd}"
    if end.memory > MEMORY:
        return f"memory: {end.memory // 1024} MiB"
    return f"time: {end.seconds:.1f} s" if end.seconds > budget else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--draw", type=int, default=int(time.time()))
    parser.add_argument("--real", action="store_true", help="start an interpreter for each")
    parser.add_argument("--log", help="a file to which a line per command is added")
    given = parser.parse_args()
    if not given.real:
        load_all()
        gc.freeze()
    statuses: Counter[str] = Counter()
    end, findings, seconds, memory = time.monotonic() + 60 * given.minutes, 0, 0.0, 0
    for number in range(given.count):
        if time.monotonic() > end:
            break
        draw = given.draw + number
        line, how, what = one(draw, real=given.real, log=given.log)
        statuses[f"{line.words[0] if line.words else ''} {how.status}"] += 1
        seconds, memory = max(seconds, how.seconds), max(memory, how.memory)
        if what:
            findings += 1
            print(f"FOUND {draw} {line.words!r:.300}: {what}", flush=True)
        elif near(how, line.words):
            print(f"NEAR {draw} {line.words!r:.300}: {near(how, line.words)}", flush=True)
    print(f"{statuses.total()} commands, {findings} findings; at most {seconds:.1f} s of processor "
          f"time, {memory // 1024} MiB; {dict(statuses.most_common())}")  # fmt: skip
    return 1 if findings else 0


def one(draw: int, *, real: bool, log: str | None = None) -> tuple[Line, Ended, str]:
    """Run the command line of a draw; return it, how it ended, and what is wrong with that."""
    folder = Path(tempfile.mkdtemp(prefix="graphgrad-fuzz-"))  # below /dev nothing is written
    try:
        line = line_of(random.Random(draw), folder)
        files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        way = Way.of(draw)
        how = ended(line, folder, way, real=real)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    what = wrong(how, line.words, way)
    if log:
        row = {"draw": draw, "real": real, "words": line.words, "status": how.status}
        row |= {"seconds": round(how.seconds, 3), "mib": how.memory // 1024, "what": what}
        row |= {"way": way, "near": near(how, line.words)}
        if what:
            row["files"] = {name: data.hex() for name, data in files.items()}
        with open(log, "a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    return line, how, what


if __name__ == "__main__":
    sys.exit(main())
