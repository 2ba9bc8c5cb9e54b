"""Measure the terminal app over a pseudo terminal: first frame, and key to last byte.

Run: ``python tests/benchmarks/bench_stepper.py``. A key is pressed, and what the app writes is read
until it has been silent for a while; the time of the last byte counts. Every key goes on by a step,
so that nothing shown was ready before. Beside the wall clock stands the processor time of the app,
which a busy machine changes less, and its ratio to that of a bare Textual app of the same size that
changes one text per key, measured in the same run. Goals are in notes/tui.md, section 5.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SILENCE = 0.06
KEYS = int(os.environ.get("BENCH_KEYS", "200"))
DROPPED = 5
SIZES = ((120, 40), (200, 60))


BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("n,b", "step", ""), ("q", "quit", "")]
    AUTO_FOCUS = None
    count = 0
    def compose(self):
        yield Static("step 0/")
    def action_step(self):
        self.count += 1
        self.query_one(Static).update(f"step {self.count}/", layout=False)
Bare().run()
"""


def source_of(nodes: int, group: int = 50) -> str:
    """Return a file with about so many nodes, in groups; in none if they have 0 lines."""
    draw = random.Random(1)
    lines, names = ["input x = 0.5", "param w = 0.3"], ["x", "w"]
    for number in range(nodes // 2):
        if group and number % group == 0:
            lines.append(f"[g{number // group}]")
        lines.append(f"a{number} = tanh({names[-1]})*{draw.choice(names[-6:])}")
        names.append(f"a{number}")
    return "\n".join([*lines, f"loss L = {names[-1]}^2"]) + "\n"


class Session:
    """The app in a pseudo terminal."""

    def __init__(self, words: list[str], width: int, height: int) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        environment = dict(
            os.environ,
            PYTHONPATH=f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
            TERM="xterm-256color",
            LC_ALL="C.UTF-8",
            GRAPHGRAD_LANG="en",
        )
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def first_frame(self) -> float:
        """Return the seconds from the start to the first frame with a step on it."""
        seen = b""
        while b"step 0/" not in seen:
            seen += os.read(self.master, 65536)
        return time.perf_counter() - self.started

    def settle(self, silence: float) -> tuple[float, int]:
        """Read until nothing comes for a while; return the time of the last byte, and how many."""
        last, count = time.perf_counter(), 0
        while select.select([self.master], [], [], silence)[0]:
            count += len(os.read(self.master, 65536))
            last = time.perf_counter()
        return last, count

    def press(self, key: str) -> tuple[float, int]:
        """Return the seconds from a key to the last byte of its frame, and the bytes."""
        start = time.perf_counter()
        os.write(self.master, key.encode())
        last, count = self.settle(SILENCE)
        return last - start, count

    def cpu(self) -> float:
        """Return the processor seconds the app has used; a busy machine does not change them."""
        fields = (
            Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Leave the app."""
        os.write(self.master, b"q")
        with suppress(OSError):  # the app has closed its end
            while self.process.poll() is None:
                self.settle(0.05)
        self.process.wait(10)
        os.close(self.master)


class Measured(NamedTuple):
    """One line of the table; milliseconds, but for the first frame in seconds."""

    first: float
    first_cpu: float
    p50: float
    p95: float
    cpu: float
    kilobytes: float


def measured(words: list[str], size: tuple[int, int]) -> Measured:
    """Start an app and press a key many times."""
    session = Session(words, *size)
    first = session.first_frame()
    begun = session.cpu()
    session.settle(2.0)
    session.press("b")
    session.settle(1.0)
    before = session.cpu()
    found = [session.press("n") for _ in range(KEYS)][DROPPED:]
    used = 1000 * (session.cpu() - before) / KEYS
    times = sorted(1000 * seconds for seconds, count in found if count)
    session.close()
    kilobytes = statistics.median(count for _, count in found) / 1000
    p95 = times[int(0.95 * len(times))]
    return Measured(first, begun, statistics.median(times), p95, used, kilobytes)


def main() -> None:
    """Measure a bare app, a sample and graphs of 300, 1,000 and 10,000 nodes."""
    names = ("first s", "cpu s", "p50 ms", "p95 ms", "cpu/key", "kB/key", "x bare")
    print(f"{'graph':<18}{'size':>8}" + "".join(f"{name:>9}" for name in names), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        cases = {"bare Textual app": ["-c", BARE]}
        for nodes, group in ((300, 50), (1_000, 50), (1_000, 0), (10_000, 50), (10_000, 0)):
            path = Path(folder) / f"nodes{nodes}-{group}.gg"
            path.write_text(source_of(nodes, group), "utf-8")
            name = f"{nodes:,} nodes" if group else f"{nodes:,} ungrouped"
            cases[name] = ["-m", "graphgrad_tui", str(path)]
        for size in SIZES:
            bare = None
            for name, words in cases.items():
                found = measured(words, size)
                bare = bare or found
                ratio = found.cpu / bare.cpu if bare.cpu else float("nan")
                numbers = "".join(f"{number:9.2f}" for number in (*found, ratio))
                print(f"{name:<18}{f'{size[0]}x{size[1]}':>8}{numbers}", flush=True)
        for name, words in small_starts().items():
            for size in SIZES:
                session = Session(words, *size)
                first, used = session.first_frame(), session.cpu()
                session.settle(1.0)
                session.close()
                print(f"{name:<18}{f'{size[0]}x{size[1]}':>8}{first:9.2f}{used:9.2f}", flush=True)


def small_starts() -> dict[str, list[str]]:
    """Return the two ways to start with a small sample."""
    sample = str(ROOT / "samples" / "xor_sigmoid.gg")
    return {
        "xor, graphgrad-tui": ["-m", "graphgrad_tui", sample],
        "xor, step": ["-m", "graphgrad", "step", sample],
    }


if __name__ == "__main__":
    main()
