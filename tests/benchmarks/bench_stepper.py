"""Measure the terminal app over a pseudo terminal: first frame, and key to last byte.

Run: ``python tests/benchmarks/bench_stepper.py``. A key is pressed, and what the app writes is read
until it has been silent for a while; the time of the last byte counts. Goals are in
notes/tui.md, section 5.
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

ROOT = Path(__file__).parents[2]
SILENCE = 0.06
KEYS = int(os.environ.get("BENCH_KEYS", "200"))
DROPPED = 5
SIZES = ((120, 40), (200, 60))


def source_of(nodes: int, group: int = 50) -> str:
    """Return a file with about so many nodes, in groups."""
    draw = random.Random(1)
    lines, names = ["input x = 0.5", "param w = 0.3"], ["x", "w"]
    for number in range(nodes // 2):
        if number % group == 0:
            lines.append(f"[g{number // group}]")
        lines.append(f"a{number} = tanh({names[-1]})*{draw.choice(names[-6:])}")
        names.append(f"a{number}")
    return "\n".join([*lines, f"loss L = {names[-1]}^2"]) + "\n"


class Session:
    """The app in a pseudo terminal."""

    def __init__(self, path: Path, width: int, height: int) -> None:
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
            [sys.executable, "-m", "graphgrad_tui", str(path)],
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


def measure(path: Path, name: str, size: tuple[int, int]) -> None:
    """Print one line: first frame, then p50 and p95 of keys."""
    session = Session(path, *size)
    first = session.first_frame()
    begun = session.cpu()
    session.settle(2.0)
    session.press("b")
    session.settle(1.0)
    before = session.cpu()
    found = [session.press("nnnpppn"[k % 7]) for k in range(KEYS)][DROPPED:]
    used = 1000 * (session.cpu() - before) / KEYS
    times = sorted(1000 * seconds for seconds, count in found if count)
    session.close()
    p95 = times[int(0.95 * len(times))]
    size_text = f"{size[0]}x{size[1]}"
    kilobytes = statistics.median(count for _, count in found) / 1000
    print(
        f"{name:<22} {size_text:>7}  first frame {first:5.2f} s (cpu {begun:4.2f} s)   "
        f"p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms   "
        f"cpu {used:5.1f} ms   {kilobytes:5.1f} kB"
    )


def main() -> None:
    """Measure a sample and graphs of 300, 1,000 and 10,000 nodes."""
    with tempfile.TemporaryDirectory() as folder:
        cases = [("xor_sigmoid", ROOT / "samples" / "xor_sigmoid.gg")]
        for nodes in (300, 1_000, 10_000):
            path = Path(folder) / f"nodes{nodes}.gg"
            path.write_text(source_of(nodes), "utf-8")
            cases.append((f"{nodes} nodes", path))
        for name, path in cases:
            for size in SIZES:
                measure(path, name, size)


if __name__ == "__main__":
    main()
