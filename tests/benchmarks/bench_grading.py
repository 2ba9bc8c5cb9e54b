"""Grade a class of 1,000 answer files of 12 steps, beside a baseline written by hand.

Run it: ``python tests/benchmarks/bench_grading.py [FILES] [WORKERS]``. It prints wall and processor
seconds, files per second and the largest single file; nothing is asserted but that all were marked.
The baseline knows the twelve answers of each variant and compares numbers: what a lecturer's own
script does, without follow-through, mistakes, or a page for the student.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator

from graphgrad.exercises.classroom.class_marks import mark_class
from graphgrad.exercises.classroom.submissions import Submission
from graphgrad.exercises.files.read_exercise import read_exercise
from graphgrad.exercises.files.spelling import key_text
from graphgrad.exercises.files.variants import Family, Variant

EXERCISE = """\
+++
format = "graphgrad-exercise/1"
id = "bench-2-2-1"
digits = 4
[vars]
w1 = { choose = [-2, -1, 1, 2], role = "param" }
w2 = { choose = [-2, -1, 1, 2], role = "param" }
v = { choose = [-2, -1, 1, 2], role = "param" }
b = { range = [-1, 1], step = "0.5", nonzero = true, role = "param" }
x = { range = [-1, 1], step = "0.25", nonzero = true }
y = { choose = [0, 1] }
+++
```gg
z1 = w1*x + b
h1 = tanh(z1)
z2 = w2*h1 + v
a = sigmoid(z2)
L = (a - y)^2
```
""" + "\n".join(
    f"```step {name}\n```"
    for name in (
        *("z1", "h1", "z2", "a", "L"),
        *("dL/da", "dL/dz2", "dL/dv", "dL/dw2", "dL/dh1", "dL/dz1", "dL/dw1"),
    )
)
DRAWS = 40


def sheet(variant: Variant, number: int) -> str:
    """Return a sheet: a third right, a third with one mistake, a third with a chain and a gap."""
    exercise, chance = variant.exercise, random.Random(number)
    lines = {s.id: key_text(exercise, s, variant.truth[s.id]) for s in exercise.steps}
    if number % 3 == 1:
        wrong = chance.choice(list(lines))
        lines[wrong] = lines[wrong].removeprefix("-") if "-" in lines[wrong] else f"-{lines[wrong]}"
    if number % 3 == 2:
        lines["dL/dw2"] = f"dL/dz2*h1 = {lines['dL/dw2']}"
        lines["a"] = "1/(1 + exp(-z2))"
        del lines[chance.choice(["z1", "dL/dw1", "L"])]
    body = "\n".join(f"{name} = {answer}" for name, answer in lines.items())
    return f"variant: {variant.draw}  student: s{number:04d}\n{body}\n"


def submissions(family: Family, count: int) -> list[Submission]:
    """Return the files of a class."""
    variants = [family.variant(draw) for draw in range(1, DRAWS + 1)]
    made = ((k, sheet(variants[k % DRAWS], k).encode()) for k in range(count))
    return [Submission(f"s{k:04d}.txt", "", f"s{k:04d}", data=data) for k, data in made]


def by_hand(family: Family, files: list[Submission]) -> Iterator[int]:
    """Yield how many numbers of each file are right to four digits: the baseline."""
    truths = {}
    for draw in range(1, DRAWS + 1):
        values = family.variant(draw).truth.items()
        truths[draw] = {name: value.floats[0] for name, value in values}
    for file in files:
        head, *lines = file.data.decode().splitlines()
        truth = truths[int(head.split()[1])]
        right = 0
        for line in lines:
            name, _, answer = line.partition(" = ")
            try:
                given = float(answer.rpartition("= ")[2])
            except ValueError:
                continue
            right += abs(given - truth[name]) <= 5e-4 * max(abs(truth[name]), 1e-3)
        yield right


def processor() -> float:
    """Return processor seconds of this process and of the workers that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    family = Family(read_exercise(EXERCISE))
    files = submissions(family, count)
    began, spent = time.perf_counter(), processor()
    list(by_hand(family, files))
    print(f"by hand:   {time.perf_counter() - began:7.2f} s, {processor() - spent:7.2f} s of CPU")
    began, spent = time.perf_counter(), processor()
    marks = mark_class(family, files, workers=workers)
    wall, cpu = time.perf_counter() - began, processor() - spent
    marked = [entry for entry in marks.entries if entry.marks is not None]
    assert len(marked) == count, [e.problem for e in marks.entries if e.problem][:3]
    print(f"mark_class: {wall:6.2f} s, {cpu:7.2f} s of CPU, {count / wall:.1f} files/s")
    print(
        f"mean {sum(float(e.points) for e in marked) / count:.2f} of {len(family.exercise.steps)}"
    )


if __name__ == "__main__":
    main()
