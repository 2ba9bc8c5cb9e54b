"""Fuzz for as long as asked: ``python -m tests.fuzz.run --minutes 60 --reader gg``.

Inputs go to a process of their own, so that what kills it is a finding too. A finding is written
once per cause to ``tests/fuzz/corpus/READER/``, made as small as its cause allows; the tests replay
that folder for ever. Commit it with the mend.
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
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzz.mutate import mutated
from tests.fuzz.outcome import Finding, tried
from tests.fuzz.readers import CORPUS, READERS, Reader, seeds_of

BY_NAME = {reader.name: reader for reader in READERS}
SLICE = 5.0
"""Seconds for which one reader is tried before the next has its turn."""


def fuzz(reader: Reader, seconds: float, draw: int, say: Connection) -> None:
    """Try inputs on a reader; runs in a process of its own."""
    os.environ.setdefault("PYTHONHASHSEED", "0")
    _bound_memory()
    rng, seeds, count = random.Random(draw), seeds_of(reader), 0
    sys.setrecursionlimit(1000)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutated(seeds, rng, reader.words)
        say.send(("trying", data))
        found = tried(reader, data)
        count += 1
        if found is not None:
            say.send(("found", (found, data)))
            if found.kind in ("hang", "memory"):
                break  # what was interrupted may have left anything behind
    say.send(("done", count))


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, resource.RLIM_INFINITY))
    except (ImportError, ValueError, OSError):
        return


def slice_of(reader: Reader, seconds: float, draw: int) -> tuple[int, list[tuple[Finding, bytes]]]:
    """Fuzz a reader for a while in a process; return how many inputs it took, and findings."""
    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    here, there = context.Pipe()
    process = context.Process(target=fuzz, args=(reader, seconds, draw, there), daemon=True)
    process.start()
    there.close()
    last, count, found, seen = b"", 0, [], 0
    limit = time.monotonic() + seconds + 12 * reader.seconds + 10
    while True:
        try:
            if not here.poll(max(0.0, limit - time.monotonic())):
                found.append((Finding(reader.name, "hang", "killed", "?"), last))
                break
            kind, told = here.recv()
        except EOFError:
            found.append((Finding(reader.name, "died", f"exit {process.exitcode}", "?"), last))
            break
        if kind == "trying":
            last, seen = told, seen + 1
        elif kind == "found":
            found.append(told)
        else:
            count = told
            break
    process.kill()
    process.join()
    return count or seen, found


def smaller(reader: Reader, data: bytes, found: Finding, seconds: float = 20) -> bytes:
    """Return a part of an input that is wrong for the same cause."""
    if found.kind in ("hang", "died", "memory", "time") or len(data) < 2:
        return data
    end, step = time.monotonic() + seconds, max(1, len(data) // 2)
    while step and time.monotonic() < end:
        start, shrunk = 0, False
        while start < len(data) and time.monotonic() < end:
            part = data[:start] + data[start + step :]
            again = tried(reader, part)
            if again is not None and again.key == found.key:
                data, shrunk = part, True
            else:
                start += step
        if not shrunk or step > 1:
            step //= 2
    return data


def kept(reader: Reader, data: bytes) -> Path:
    """Write an input to the corpus, and return where."""
    place = CORPUS / reader.name
    place.mkdir(parents=True, exist_ok=True)
    path = place / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--reader", action="append", choices=[*BY_NAME], help="else all, in turns")
    parser.add_argument("--draw", type=int, default=int(time.time()))
    parser.add_argument("--report", help="a file to which counts and findings are added")
    given = parser.parse_args()
    chosen = [BY_NAME[name] for name in given.reader] if given.reader else list(READERS)
    end, draw = time.monotonic() + 60 * given.minutes, given.draw
    counts: Counter[str] = Counter()
    causes: dict[str, str] = {}
    while time.monotonic() < end:
        for reader in chosen:
            left = end - time.monotonic()
            if left <= 0:
                break
            draw += 1
            count, findings = slice_of(reader, min(left, SLICE * reader.share), draw)
            counts[reader.name] += count
            for found, data in findings:
                key = f"{reader.name} {found.key}"
                if key in causes:
                    continue
                path = kept(reader, smaller(reader, data, found))
                causes[key] = f"{found.what} {path.name}"
                print(f"FOUND {key}: {causes[key]}", flush=True)
    print(f"{sum(counts.values())} inputs, {len(causes)} causes; draw {given.draw}")
    for name, count in counts.most_common():
        print(f"  {name:12} {count}")
    if given.report:
        with open(given.report, "a", encoding="utf-8") as file:
            file.write(json.dumps({"counts": counts, "causes": causes}) + "\n")
    return 1 if causes else 0


if __name__ == "__main__":
    sys.exit(main())
