"""Fuzz whole command lines: ``python -m tests.fuzz.commands --count 5000``.

Each runs in a process forked from one that has everything loaded, in a folder of its own, with 3
GiB of memory. A finding is a status that is not documented, a traceback, a fault of our own, more
than the budget of time, a file that is not whole.
"""

from __future__ import annotations

import argparse
import contextlib
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
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.mutate import NASTY, NUMBERS, mutated
from tests.fuzz.reader import SAMPLES, seeds_of
from tests.fuzz.readers import READERS

BUDGET = 10.0
"""Seconds of processor time; what a command promises to bound by ``--seconds`` is longer."""
HANG = 60.0
STATUSES = {0, 1, 2, 3, 4, 5, 6, 130}
SOURCES = ["run", "explain", "render", "show", "gradcheck", "train", "step", "export", "inspect"]
OPTIONS = [
    "--set", "--wrt", "--seed", "--row", "--detail", "--json", "--exact", "--jacobian", "--lang",
    "--steps", "--rate", "--epochs", "--batch", "--draw", "--fold", "--step", "--blank", "--show",
    "--collapse", "--theme", "--digits", "--scale", "--fit", "--entries", "--data-root", "--at",
    "--plain", "--optimizer", "--help", "--format", "--ask", "--seconds", "--notation", "--zoom",
]  # fmt: skip
VALUES = ["w=2", "x=[1,2]", "w", "L", "dL/dw", "line", "op", "en", "es", "1", "17", "adam", "svg"]
FLAGS = ["--json", "--exact", "--jacobian", "--plain", "--help", "--no-figure", "--force", "--key"]
ENDINGS = ["svg", "dot", "tex", "html", "png", "txt", "json", "xml", "gg", ""]


class Ended(NamedTuple):
    """How a command line ended."""

    status: int
    seconds: float
    told: str
    odd: str = ""


def words_of(rng: random.Random, folder: Path) -> list[str]:
    """Return a command line, with its files in a folder."""
    by_name = {reader.name: reader for reader in READERS}

    def file(name: str, kind: str) -> str:
        reader = by_name[kind]
        seeds = seeds_of(reader)
        data = rng.choice(seeds) if rng.random() < 0.3 else mutated(seeds, rng, reader.words)
        (folder / name).write_bytes(data[:50_000])
        return name

    def value() -> str:
        chosen = rng.choice(rng.choice((VALUES, VALUES, NUMBERS, NASTY)))
        return chosen.replace("\0", "0")[:2000]

    command = rng.choice((*SOURCES, *SOURCES, "check", "check-notes", "ex", "ex", "fmt", "odd"))
    if command in SOURCES:
        words = [command, file("a.gg", "gg")]
        if rng.random() < 0.25:
            words = [
                command,
                "-e",
                mutated(seeds_of(by_name["expression"]), rng)
                .decode("utf-8", "replace")
                .replace("\0", "")[:2000],
            ]
        if command == "render":
            words += ["-o", f"o.{rng.choice(ENDINGS)}"]
    elif command == "check":
        words = ["check", str(SAMPLES / "linear_regression.gg"), file("a.txt", "answers")]
    elif command == "check-notes":
        words = ["check-notes", file("n.md", "notes"), "--seconds", "20"]
    elif command == "fmt":
        words = ["fmt", file("a.gg", "gg"), rng.choice(("--diff", "--check"))]
    elif command == "odd":
        words = [value() for _ in range(rng.randrange(4))]
    else:
        exercise = rng.choice((file("e.md", "exercise"), str(SAMPLES / "exercises/chain_rule.md")))
        deed = rng.choice(("lint", "show", "sheet", "key", "check", "export", "explain"))
        words = ["ex", deed, exercise]
        words += [file("a.txt", "handed_in")] if deed == "check" else []
        words += ["--variants", file("v.json", "variants")] if rng.random() < 0.1 else []
    known = OPTIONS if rng.random() < 0.1 else options_of(words)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        words.append(rng.choice(known))
        words += [value()] if words[-1] not in FLAGS else []
    return words


def options_of(words: list[str]) -> list[str]:
    """Return the options that a command has."""
    from graphgrad.cli.program import program

    command = program.get_command(None, words[0]) if words and words[0] in program.table else None
    if command is not None and words[0] == "ex":
        command = command.get_command(None, words[1])
    found = [name for p in getattr(command, "params", ()) for name in p.opts]
    return [name for name in found if name.startswith("--")] or OPTIONS


def ended(words: list[str], folder: Path) -> Ended:
    """Run a command line in a process forked from this one."""
    out, start = folder / ".told", time.monotonic()
    pid = os.fork()
    if not pid:
        _child(words, folder, out)
    status, usage = _waited(pid, start)
    told = out.read_text("utf-8", "replace") if out.exists() else ""
    out.unlink(missing_ok=True)
    odd = next((p.name for p in folder.rglob(".graphgrad-*")), "")
    return Ended(status, usage, told, odd)


def _child(words: list[str], folder: Path, out: Path) -> None:
    os.setsid()
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
    with out.open("w", encoding="utf-8", errors="replace") as stream:
        sys.stdin, sys.stdout, sys.stderr = io.StringIO("n\nq\n"), stream, stream
        from graphgrad.cli.program import program

        status = 99
        with contextlib.suppress(BaseException):
            try:
                program.main(words)
            except SystemExit as stop:
                status = int(stop.code or 0)
            except BaseException as error:
                stream.write(f"Traceback {type(error).__name__}: {error}")
                raise
        stream.flush()
    os._exit(status)


def _waited(pid: int, start: float) -> tuple[int, float]:
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            seconds = usage.ru_utime + usage.ru_stime
            return os.waitstatus_to_exitcode(status), seconds
        if time.monotonic() - start > HANG:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            os.wait4(pid, 0)
            return -9, HANG
        time.sleep(0.005)


def wrong(end: Ended) -> str:
    """Return what is wrong with how a command line ended; empty if nothing is."""
    if end.status not in STATUSES:
        return f"status {end.status}: {end.told[-200:]}"
    if "Traceback" in end.told:
        return f"traceback: {end.told[-200:]}"
    if end.odd:
        return f"left behind: {end.odd}"
    return f"time: {end.seconds:.1f} s" if end.seconds > BUDGET else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--draw", type=int, default=int(time.time()))
    parser.add_argument("--report", help="a file to which findings are added")
    given = parser.parse_args()
    os.environ["GRAPHGRAD_LANG"] = "en"
    import graphgrad.cli.commands.render
    import graphgrad.cli.commands.run  # noqa: F401

    rng, statuses = random.Random(given.draw), Counter[int]()
    end, findings = time.monotonic() + 60 * given.minutes, 0
    for number in range(given.count):
        if time.monotonic() > end:
            break
        folder = Path(tempfile.mkdtemp(prefix="graphgrad-fuzz-", dir="/dev/shm"))
        try:
            words = words_of(rng, folder)
            how = ended(words, folder)
            statuses[how.status] += 1
            if what := wrong(how):
                findings += 1
                print(f"FOUND {number} {words!r:.300}: {what}", flush=True)
                if given.report:
                    files = {p.name: p.read_bytes().hex() for p in folder.iterdir() if p.is_file()}
                    row = {"words": words, "what": what, "files": files}
                    with open(given.report, "a", encoding="utf-8") as file:
                        file.write(json.dumps(row) + "\n")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{sum(statuses.values())} commands, {findings} findings; statuses {dict(statuses)}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
