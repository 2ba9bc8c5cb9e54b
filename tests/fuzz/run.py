"""Fuzz for as long as asked: ``python -m tests.fuzz.run --minutes 60 --reader gg``.

Inputs go to a process of their own, so that what kills it is a finding too. A finding is written
once per cause to ``tests/fuzz/corpus/READER/``, made as small as its cause allows; the tests replay
that folder for ever. Commit it with the mend. What took more than half of a budget is printed as
``NEAR``, and kept in ``FILE.near`` beside the log. The reader that has had the fewest inputs is
next, until each has had ``--even``; then each has its share of the time. A log, one JSON object per
slice, is continued where it stands: ``--inputs 5000 --log FILE`` stops when every reader has had as
many; ``--table FILE`` prints it as a table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import sys
import time
import warnings
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.views.figure.typeset.kept_outlines import write_kept
from tests.fuzz.outcome import Finding, measured, tried
from tests.fuzz.reader import CORPUS, Reader, folder, input_of, load_all, seeds_of
from tests.fuzz.readers import READERS

BY_NAME = {reader.name: reader for reader in READERS}
SLICE = 5.0
"""Processor seconds for which one reader is tried before the next has its turn."""
EVEN = 5_000
"""Inputs that every reader has before any has more than its share of the time."""
_TURN = 1_000
"""The most inputs of a turn before that: the quick ones leave time to the slow ones."""
_MOST_NEAR = 5


@dataclass
class Slice:
    """What a while of inputs came to: sums, and what one input took at most."""

    reader: str
    draw: int
    count: int = 0
    accepted: int = 0
    cpu: float = 0.0
    seconds: float = 0.0
    mib: int = 0
    causes: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)


def fuzz(reader: Reader, slice_: Slice, most: int, seconds: float, say: Connection) -> None:
    """Try inputs on a reader; runs in a process of its own."""
    os.environ.setdefault("PYTHONHASHSEED", "0")
    warnings.simplefilter("ignore")
    _bound_memory()
    rng, seeds = random.Random(slice_.draw), seeds_of(reader)
    near: dict[bytes, str] = {}
    sys.setrecursionlimit(1000)
    tried(reader, seeds[0])  # what it imports is not the next input's time
    start = time.process_time()
    while time.process_time() < start + seconds and slice_.count < most:
        data = input_of(reader, seeds, rng)
        say.send(("trying", data))
        found = measured(reader, data)
        slice_.count += 1
        slice_.accepted += found.accepted
        slice_.seconds = max(slice_.seconds, found.seconds)
        slice_.mib = max(slice_.mib, found.memory // 2**20)
        if len(near) < _MOST_NEAR and found.near(reader):
            near[data] = found.near(reader)
        if found.finding is not None:
            say.send(("found", (found.finding, data)))
            if found.finding.kind in ("hang", "memory"):
                break  # what was interrupted may have left anything behind
    slice_.cpu = time.process_time() - start
    write_kept()  # labels that were drawn: the next slice has nearly the same
    say.send(("near", near))
    say.send(("done", slice_))


def _bound_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, resource.RLIM_INFINITY))


class Tried(NamedTuple):
    """What a process told: sums, findings with their inputs, and inputs near a budget."""

    slice: Slice
    found: list[tuple[Finding, bytes]]
    near: dict[bytes, str]


def slice_of(reader: Reader, draw: int, most: int, seconds: float) -> Tried:
    """Fuzz a reader for a while in a process."""
    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    here, there = context.Pipe()
    given = Slice(reader.name, draw)
    process = context.Process(target=fuzz, args=(reader, given, most, seconds, there), daemon=True)
    process.start()
    there.close()
    last, found, near = b"", [], dict[bytes, str]()
    while True:
        try:
            if not here.poll(20 + 20 * reader.seconds) and not _works(process.pid, here):
                found.append((Finding(reader.name, "hang", "killed", "?"), last))
                break
            kind, told = here.recv()
        except EOFError:
            process.join()
            found.append((Finding(reader.name, "died", f"exit {process.exitcode}", "?"), last))
            break
        if kind == "trying":
            last, given.count = told, given.count + 1
        elif kind == "found":
            found.append(told)
        elif kind == "near":
            near = told
        else:
            given = told
            break
    process.kill()
    process.join()
    return Tried(given, found, near)


def _works(pid: int | None, here: Connection) -> bool:
    """Wait on for a process that has had little of the processor; false if it hangs."""
    end = time.monotonic() + 900
    used = _cpu(pid)
    while time.monotonic() < end and _cpu(pid) - used < 60:
        if here.poll(5):
            return True
    return False


def _cpu(pid: int | None) -> float:
    try:
        words = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.monotonic()  # where the system does not tell, the clock has to do


def smaller(reader: Reader, data: bytes, found: Finding, seconds: float = 8) -> bytes:
    """Return a part of an input that is wrong for the same cause."""
    if found.kind in ("hang", "died", "memory", "time") or len(data) < 2:
        return data
    end, step = time.process_time() + seconds, max(1, len(data) // 2)
    while step and time.process_time() < end:
        start, shrunk = 0, False
        while start < len(data) and time.process_time() < end:
            part = data[:start] + data[start + step :]
            again = tried(reader, part)
            if again is not None and again.key == found.key:
                data, shrunk = part, True
            else:
                start += step
        if not shrunk or step > 1:
            step //= 2
    return data


def kept(reader: Reader, data: bytes, top: Path = CORPUS) -> Path:
    """Write an input to the corpus, or below another folder, and return where."""
    place = top / reader.name
    place.mkdir(parents=True, exist_ok=True)
    path = place / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    return path


# ---- the log ----


def read_log(paths: Iterable[str]) -> list[Slice]:
    """Return the slices of some logs, in order."""
    found = []
    for path in paths:
        with suppress(FileNotFoundError), open(path, encoding="utf-8") as file:
            found += [Slice(**json.loads(line)) for line in file]
    return found


def table(slices: Iterable[Slice]) -> list[str]:
    """Return a table in Markdown: a row per reader, and a sum."""
    by_name: dict[str, list[Slice]] = {}
    for one in slices:
        by_name.setdefault(one.reader, []).append(one)
    lines = [
        "| reader | inputs | accepted | causes | near | s at most | budget | MiB at most | s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    total, causes = 0, 0
    for name, parts in by_name.items():
        count, found = sum(p.count for p in parts), sum(len(p.causes) for p in parts)
        share = sum(p.accepted for p in parts) / max(1, count)
        most, mib = max(p.seconds for p in parts), max(p.mib for p in parts)
        budget = BY_NAME[name].seconds if name in BY_NAME else 0
        near = sum(len(p.near) for p in parts)
        cells: list[Any] = [name, f"{count:,}", f"{share:.0%}", found, near, f"{most:.2f}"]
        cells += [f"{budget:g}", mib, round(sum(p.cpu for p in parts))]
        lines.append(f"| {' | '.join(map(str, cells))} |")
        total, causes = total + count, causes + found
    return [*lines, f"| all | {total:,} | | {causes} | | | | | |"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--inputs", type=int, help="the most for a reader")
    parser.add_argument("--even", type=int, default=EVEN, help="what each reader has first")
    parser.add_argument("--reader", action="append", choices=[*BY_NAME], help="else all, in turns")
    parser.add_argument("--draw", type=int, default=int(time.time()))
    parser.add_argument("--slice", type=float, default=SLICE, help="seconds before the next turn")
    parser.add_argument("--log", help="a file to which slices are added, and that is gone on from")
    parser.add_argument("--table", nargs="+", metavar="FILE", help="print logs, fuzz nothing")
    given = parser.parse_args()
    if given.table:
        print("\n".join(table(read_log(given.table))))
        return 0
    chosen = [BY_NAME[name] for name in given.reader] if given.reader else list(READERS)
    before = read_log([given.log] if given.log else [])
    load_all()
    os.environ["GRAPHGRAD_CACHE"] = str(folder() / "kept")  # of all slices, and of nobody else
    _bound_memory()  # findings are made smaller in this process
    slices = list(Campaign(chosen, given, before).run())
    print("\n".join(table(slices)))
    return 1 if any(one.causes for one in slices) else 0


class Campaign:
    """Readers in turns, until time or inputs are used up."""

    def __init__(
        self, chosen: list[Reader], given: argparse.Namespace, before: list[Slice]
    ) -> None:
        self.chosen, self.given = chosen, given
        self.done = {r.name: sum(s.count for s in before if s.reader == r.name) for r in chosen}
        self.spent = dict.fromkeys(self.done, 0.0)
        self.known = {cause.partition(": ")[0] for one in before for cause in one.causes}

    def run(self) -> Iterable[Slice]:
        """Yield slices, and log them."""
        end, draw = time.monotonic() + 60 * self.given.minutes, self.given.draw
        while self.chosen and time.monotonic() < end:
            reader = min(self.chosen, key=self._turn)
            had = self.done[reader.name]
            left = sys.maxsize if self.given.inputs is None else self.given.inputs - had
            if left <= 0:
                self.chosen.remove(reader)
                continue
            draw += 1
            most = min(left, _TURN if had < self.given.even else sys.maxsize)
            one = self._told(reader, slice_of(reader, draw, most, self.given.slice))
            self.done[reader.name] += max(1, one.count)
            self.spent[reader.name] += one.cpu
            if self.given.log:
                with open(self.given.log, "a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(one)) + "\n")
            yield one

    def _turn(self, reader: Reader) -> tuple[int, float]:
        """Return what is the less, the sooner a reader has its turn."""
        had = min(self.done[reader.name], self.given.even)
        return had, self.spent[reader.name] / reader.share if had == self.given.even else 0.0

    def _told(self, reader: Reader, tried_: Tried) -> Slice:
        """Keep and print what is new in a slice: causes, and what was near a budget."""
        one = tried_.slice
        for found, data in tried_.found:
            key = f"{reader.name} {found.key}"
            if key not in self.known:
                self.known.add(key)
                path = kept(reader, smaller(reader, data, found))
                one.causes.append(f"{key}: {found.what} {path.name}")
                print(f"FOUND {one.causes[-1]}", flush=True)
        for data, why in tried_.near.items():
            name = hashlib.sha256(data).hexdigest()[:16]
            if self.given.log:
                name = str(kept(reader, data, Path(f"{self.given.log}.near")))
            one.near.append(f"{why}: {name}")
            print(f"NEAR {reader.name} {one.near[-1]}", flush=True)
        return one


if __name__ == "__main__":
    sys.exit(main())
