"""List what can go wrong around a command, and the commands that write; run one under the other."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.architecture import measure

__all__ = ["COMMANDS", "FAULTS", "Fault", "Outcome", "can_be_read_only", "run"]

ROOT = measure.ROOT
SAMPLE = str(ROOT / "samples" / "linear_regression.gg")
PLOTTED = str(ROOT / "samples" / "xor_sigmoid_data.gg")
NEURON = str(ROOT / "samples" / "exercises" / "sigmoid_neuron.md")
OLD = b"what was there before\n"
LIMIT = 120


class Outcome(NamedTuple):
    """How a command ended, and what it left."""

    status: int
    stdout: str
    stderr: str
    files: dict[str, bytes]


class Writing(NamedTuple):
    """A command that writes: its words after a folder is made ready, and the file it writes.

    Attributes:
        words: what is typed.
        target: the file it writes.
        old: what stands there before.
    """

    words: Callable[[Path], list[str]]
    target: str
    old: bytes = OLD


def _class(folder: Path) -> list[str]:
    (folder / "answers").mkdir(exist_ok=True)
    for number in range(3):
        (folder / "answers" / f"A{number}.txt").write_text("z = 0,25\na = 0,5\n", "utf-8")
    words = ["ex", "grade", NEURON, str(folder / "answers"), "--draw", "1", "--workers", "1"]
    return [*words, "--csv", str(folder / "marks.csv"), "--force"]


def _report(folder: Path) -> list[str]:
    (folder / "a.txt").write_text("z = 0,25\na = 0,5\n", "utf-8")
    words = ["ex", "check", NEURON, str(folder / "a.txt"), "--draw", "1", "--format", "html"]
    return [*words, "-o", str(folder / "r.html"), "--force"]


def _sheets(folder: Path) -> list[str]:
    return ["ex", "sheet", NEURON, "--draw", "2", "-o", str(folder / "s.html"), "--force"]


COMMANDS: dict[str, Writing] = {
    "render svg": Writing(lambda f: ["render", SAMPLE, "-o", str(f / "o.svg"), "--force"], "o.svg"),
    "render png": Writing(lambda f: ["render", SAMPLE, "-o", str(f / "o.png"), "--force"], "o.png"),
    "render html": Writing(
        lambda f: ["render", SAMPLE, "-o", str(f / "o.html"), "--force"], "o.html"
    ),
    "ex sheet": Writing(_sheets, "s.html"),
    "ex export": Writing(
        lambda f: ["ex", "export", NEURON, "-o", str(f / "q.xml"), "--force"], "q.xml"
    ),
    "ex grade": Writing(_class, "marks.csv"),
    "ex key": Writing(
        lambda f: ["ex", "key", NEURON, "--draw", "2", "-o", str(f / "k.md"), "--force"], "k.md"
    ),
    "ex check": Writing(_report, "r.html"),
    "export": Writing(
        lambda f: ["export", SAMPLE, "--to", "gg", "-o", str(f / "e.gg"), "--force"], "e.gg"
    ),
    "fmt": Writing(
        lambda f: ["fmt", str(f / "f.gg")],
        "f.gg",
        b"# a comment of some length, as they are\ninput x=3\ny=x^2 # squared\nloss L=y*y\n",
    ),
    "train --curve": Writing(
        lambda f: ["train", SAMPLE, "--steps", "5", "--curve", str(f / "c.svg"), "--force"],
        "c.svg",
    ),
    "inspect -o": Writing(
        lambda f: ["inspect", PLOTTED, "boundary", "-o", str(f / "p.svg"), "--force"], "p.svg"
    ),
    "train --save": Writing(
        lambda f: ["train", SAMPLE, "--steps", "5", "--save", str(f / "t.json"), "--force"],
        "t.json",
    ),
    "samples --copy": Writing(
        lambda f: ["samples", "linear_regression", "--copy", str(f), "--force"],
        "linear_regression.gg",
    ),
}


class Fault(NamedTuple):
    """What goes wrong.

    Attributes:
        told: what the table of the documentation says goes wrong.
        statuses: the exit statuses that may come of it.
        keeps: what becomes of a file that was there: ``old``, or ``old or new``.
        prepare: called in the child right before the command, with the folder.
        signal: sent after some seconds, which grow until the command is over.
        shell: how the command is called, where it is a line of a shell.
    """

    told: str
    statuses: tuple[int, ...]
    keeps: str = "old"
    prepare: Callable[[Path], None] | None = None
    signal: int = 0
    shell: str = ""
    environment: Mapping[str, str] = MappingProxyType({})


def _full(_folder: Path) -> None:
    """Let no file grow beyond a few bytes, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))


def _scarce(_folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20, 300 * 2**20))


def _read_only(folder: Path) -> None:
    """Make the folder read-only, for root too, who gives up the right to write anywhere."""
    os.chmod(folder, 0o555)
    if os.geteuid() == 0:
        import ctypes

        for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP


def can_be_read_only() -> bool:
    """Tell whether this process can put itself before a folder it may not write to."""
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "f"
        folder.mkdir()
        asked = [sys.executable, "-c", f"open({str(folder / 'x')!r}, 'w')"]
        done = subprocess.run(
            asked,
            capture_output=True,
            check=False,
            preexec_fn=lambda: _read_only(folder),
        )
        os.chmod(folder, 0o755)
        return done.returncode != 0


NO_HOME = {"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent", "TERM": "dumb"}
FAULTS: dict[str, Fault] = {
    "kill -9": Fault("killed at any moment", (-9, 0, 1), "old or new", signal=signal.SIGKILL),
    "Ctrl-C": Fault(
        "interrupted at any moment", (130, -2, 0, 1), "old or new", signal=signal.SIGINT
    ),
    "disk full": Fault("no room for a file", (4, 6), prepare=_full),
    "read-only folder": Fault("a folder that may not be written to", (4,), prepare=_read_only),
    "closed pipe": Fault("a reader that has gone", (0, 1, 141), "old or new", shell="{} | true"),
    "no output": Fault("standard output is closed", (0, 1, 4), "old or new", shell="{} >&-"),
    "no input": Fault("standard input is closed", (0, 1), "old or new", shell="{} <&-"),
    "full output": Fault("standard output is full", (0, 1, 4), "old or new", shell="{} >/dev/full"),
    "no home": Fault("no home, no terminal", (0, 1), "old or new", environment=NO_HOME),
    "low memory": Fault("300 MB of memory in all", (0, 1, 4, 6), "old or new", prepare=_scarce),
}


def run(name: str, fault: Fault, folder: Path, delay: float = 0.0) -> Outcome:
    """Run a command under a fault; an old file stands where it writes."""
    writing = COMMANDS[name]
    words = writing.words(folder)
    (folder / writing.target).write_bytes(writing.old)
    command = [sys.executable, "-m", "graphgrad", *words]
    if fault.shell:
        quoted = " ".join(f"'{word}'" for word in command)
        command = ["bash", "-o", "pipefail", "-c", fault.shell.format(quoted)]
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
        "GRAPHGRAD_LANG": "en",
        "OPENBLAS_NUM_THREADS": "1",
        **fault.environment,
    }
    before = None if fault.prepare is None else lambda: fault.prepare(folder)  # type: ignore[misc]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509 -- the tests have no threads
        start_new_session=True,
    )
    if fault.signal:
        time.sleep(delay)
        if process.poll() is None:
            os.killpg(process.pid, fault.signal)
    out, err = process.communicate(timeout=LIMIT)
    os.chmod(folder, 0o755)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return Outcome(process.returncode, out, err, files)
