"""Compose command lines with the files they read: every command, its options, nearly right."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.views.lenses.registry import LENSES
from tests.fuzz.mutate import mutated
from tests.fuzz.network_readers import training_files
from tests.fuzz.pieces import NASTY, NUMBERS
from tests.fuzz.reader import SAMPLES, input_of, seeds_of
from tests.fuzz.readers import READERS

__all__ = ["Line", "line_of"]

BY_NAME = {reader.name: reader for reader in READERS}
VALUES = ["w=2", "x=[1,2]", "w", "L", "dL/dw", "line", "op", "layer", "en", "es", "1", "17", "adam"]
VALUES += ["svg", "json", "html", "auto", "1:3", "values,partials", "none", "loss", "0.1", "true"]
ENDINGS = ["svg", "dot", "tex", "html", "png", "txt", "json", "pdf", "gg", "pptx", "gif", "md", ""]
SHEETS = ["md", "html", "tex", "txt"]


@cache
def _seeds(kind: str) -> list[bytes]:
    return seeds_of(BY_NAME[kind])


class Line(NamedTuple):
    """A command line and what is typed into it."""

    words: list[str]
    typed: str = ""


class Composer:
    """Write files into a folder and name them in command lines.

    Args:
        rng: decides everything.
        folder: where the command will run.
    """

    def __init__(self, rng: random.Random, folder: Path) -> None:
        self.rng = rng
        self.folder = folder

    def file(self, name: str, kind: str) -> str:
        """Write an input of a reader, right most of the time."""
        reader, seeds = BY_NAME[kind], _seeds(kind)
        right = self.rng.random() < 0.7
        data = self.rng.choice(seeds) if right else input_of(reader, seeds, self.rng)
        (self.folder / name).write_bytes(data[:50_000])
        return name

    def value(self) -> str:
        """Return what may stand behind an option."""
        return odd_value(self.rng)

    def source(self) -> list[str]:
        """Return a file of a graph, or a formula."""
        if self.rng.random() < 0.15:
            words = BY_NAME["expression"].words
            text = mutated(_seeds("expression"), self.rng, words).decode("utf-8", "replace")
            return ["-e", text.replace("\0", "")[:2000]]
        if self.rng.random() < 0.1:
            return [self.rng.choice((self.model, self.odd_file))()]
        return [self.file("a.gg", self.rng.choice(("gg", "network", "network", "train")))]

    def model(self) -> str:
        """Write a model of another framework, or its weights."""
        kind = self.rng.choice(("onnx", "pt2", "safetensors"))
        return self.file(f"m.{kind}", kind)

    def odd_file(self) -> str:
        """Make what is no regular file of text, and return its name."""
        made = self.folder / "odd.gg"
        deeds: tuple[Callable[[], object], ...] = (
            lambda: os.mkfifo(made), made.mkdir, lambda: made.symlink_to("odd.gg"),
            lambda: made.symlink_to("/dev/zero"), lambda: made.symlink_to("nowhere"),
            lambda: made.write_bytes(b""), lambda: made.write_bytes(b"\xff\xfe\0"),
        )  # fmt: skip
        with suppress(OSError):
            self.rng.choice(deeds)()
        return self.rng.choice(("odd.gg", "odd.gg", "/proc/self/mem", "/dev/null", "-", "odd.gg/x"))

    def target(self, name: str) -> str:
        """Return where something is written: a free place mostly."""
        if self.rng.random() < 0.9:
            return name
        taken = self.folder / name
        deeds: tuple[Callable[[], object], ...] = (
            taken.mkdir, lambda: taken.symlink_to("/dev/full"), lambda: taken.symlink_to(name),
            lambda: taken.write_text("mine\n"), lambda: taken.symlink_to("below"),
        )  # fmt: skip
        with suppress(OSError):
            self.rng.choice(deeds)()
        return self.rng.choice((name, name, f"nowhere/{name}", f"{name}/{name}", "-"))

    def exercise(self) -> str:
        """Return an exercise: of the samples, or a changed one."""
        if self.rng.random() < 0.5:
            return str(SAMPLES / "exercises" / self.rng.choice(("chain_rule.md", "leaky_relu.md")))
        return self.file("e.md", "exercise")

    def typed(self, kind: str) -> str:
        """Return lines that are typed."""
        data = input_of(BY_NAME[kind], _seeds(kind), self.rng)
        return data.decode("utf-8", "replace")[:3000] + "\nq\n:quit\n"

    # ---- commands ----

    def graph(self) -> Line:
        """Compose a command on one graph."""
        commands = ("run", "run", "explain", "show", "gradcheck", "export", "render", "compile")
        command = self.rng.choice(commands)
        words = [command, *self.source()]
        if command == "explain":
            words.append(self.rng.choice(("w", "x", "L", "b", "h[1]", self.value())))
        if command == "render":
            words += ["-o", self.target(f"o.{self.rng.choice(ENDINGS)}")]
        if command == "compile":
            words += self.rng.choice((["--show"], ["-o", "o.py"], []))
        if command == "export" and self.rng.random() < 0.5:
            words += ["-o", "o.gg"]
        return Line(words)

    def train(self) -> Line:
        """Compose a training: saved, resumed, drawn."""
        if self.rng.random() < 0.3:
            return self.resumed()
        words = ["train", *self.source(), "--steps", str(self.rng.choice((0, 1, 5, 30)))]
        saved, curve = self.target("s.json"), self.target("c.svg")
        extra = (["--save", saved], ["--curve", curve], ["--update", "u.gg"], ["--json"],
                 ["--show", "updates"], ["--optimizer", "adam"], ["--batch", "2"], [])  # fmt: skip
        return Line([*words, *self.rng.choice(extra)])

    def resumed(self) -> Line:
        """Compose what goes on from a saved training, or runs with its parameters."""
        place = self.rng.randrange(len(training_files()))
        saved = _seeds("training")[place]
        if self.rng.random() < 0.6:
            saved = mutated([saved], self.rng)
        (self.folder / "a.gg").write_bytes(training_files()[place])
        (self.folder / "r.json").write_bytes(saved)
        command = self.rng.choice(("train", "train", "run", "show", "render"))
        words = [command, "a.gg", "--resume" if command == "train" else "--state", "r.json"]
        return Line([*words, *(["-o", "o.svg"] if command == "render" else [])])

    def step(self) -> Line:
        """Compose the plain stepper with what is typed."""
        words = ["step", *self.source(), "--plain"]
        if self.rng.random() < 0.2:
            words += ["--keys", self.file("keys.toml", "keymap")]
        return Line(words, self.typed("typed"))

    def look(self) -> Line:
        """Compose a lens, a sweep, advice or a comparison."""
        lens = self.rng.choice(list(LENSES))
        looked = input_of(BY_NAME["look"], _seeds("look"), self.rng).decode("utf-8", "replace")
        swept = input_of(BY_NAME["sweep"], _seeds("sweep"), self.rng).decode("utf-8", "replace")
        said, table = (text.replace("\0", "0")[:2000].split("\n") for text in (looked, swept))
        return Line(self.rng.choice((
            ["inspect", *self.source(), lens], ["inspect", *self.source(), lens, "-o", "p.svg"],
            ["inspect", self.file("a.gg", "gg"), *said[:5]],
            ["sweep", self.file("a.gg", "gg"), "w=1:3", "--show", "loss"],
            ["sweep", self.file("a.gg", "gg"), *table[:5]],
            ["lint", self.file("a.gg", "network")], ["same", *self.source(), *self.source()],
            ["samples"], ["doctor"],
        )))  # fmt: skip

    def text(self) -> Line:
        """Compose what reads notes, answers and layout."""
        return Line(self.rng.choice((
            ["check", str(SAMPLES / "linear_regression.gg"), self.file("a.txt", "answers")],
            ["check-notes", self.file("n.md", "notes"), "--seconds", "20"],
            ["fmt", self.file("a.gg", "layout"), self.rng.choice(("--diff", "--check"))],
            ["fmt", self.file("a.gg", "network")],
        )))  # fmt: skip

    def exercise_line(self) -> Line:
        """Compose a command on an exercise."""
        deed = self.rng.choice(("lint", "show", "sheet", "key", "check", "export", "explain"))
        if self.rng.random() < 0.15:
            ask = self.rng.choice(("value,delta", "update", "shape,size,count", self.value()))
            return Line(["ex", "from", self.file("a.gg", "asked"), "--ask", ask, "-o", "o.md"])
        words = ["ex", deed, self.exercise()]
        words += [self.file("a.txt", "handed_in")] if deed == "check" else []
        words += ["-o", f"o.{self.rng.choice(SHEETS)}"] if deed in ("sheet", "key") else []
        words += ["--variants", self.file("v.json", "variants")] if self.rng.random() < 0.1 else []
        return Line(words)

    def class_line(self) -> Line:
        """Compose grading, sheets of a class, or paper."""
        deed = self.rng.choice(("grade", "grade", "sheet", "enter"))
        words = ["ex", deed, self.exercise()]
        if deed == "grade":
            words += [self.file("s.zip", "zip"), "-o", "marks", "--workers", "1"]
            if self.rng.random() < 0.5:
                words += ["--worksheet", self.file("w.csv", "worksheet")]
        if self.rng.random() < 0.5 or deed == "sheet":
            words += ["--roster", self.file("class.csv", "roster")]
        if deed == "sheet":
            (self.folder / "secret.txt").write_text("0123456789abcdefgh", "utf-8")
            words += ["--secret", "secret.txt", "-o", "sheets", "--no-figure"]
        if deed == "enter":
            words += ["-o", "answers", "--draw", "3"]
        return Line(words, self.typed("paper"))

    def odd(self) -> Line:
        """Compose words without a sense."""
        return Line([self.value() for _ in range(self.rng.randrange(4))])


KINDS: tuple[tuple[Callable[[Composer], Line], int], ...] = (
    (Composer.graph, 6), (Composer.train, 3), (Composer.step, 2), (Composer.look, 3),
    (Composer.text, 3), (Composer.exercise_line, 3), (Composer.class_line, 2), (Composer.odd, 1),
)  # fmt: skip


def line_of(rng: random.Random, folder: Path) -> Line:
    """Return a command line, with its files in a folder."""
    composer = Composer(rng, folder)
    compose = rng.choices([kind for kind, _ in KINDS], [share for _, share in KINDS])[0]
    line = compose(composer)
    if compose is not Composer.odd:
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3, 6))):
            option = rng.choice(options_of(line.words))
            line.words.append(option.opts[0])
            line.words.extend([] if getattr(option, "is_flag", False) else [behind(option, rng)])
    return line


SAID = {
    "--set": ("w=2", "x=1/3", "x=[1,2]", "w=1e308", "b=0,5", "W=[1,2;3,4]", "w=nan"),
    "--wrt": ("w", "x", "w,b", "L"), "--of": ("L", "z", "h"), "--seed": ("1", "0", "[1, 0]"),
    "--collapse": ("none", "repeats", "depth:1", "blocks:2", "auto", "a.b"),
    "--show": ("values", "adjoints,partials", "contributions", "loss", "gradients.ratio"),
    "--blank": ("values", "adjoints", "partials"), "--path": ("w,L", "x", "z,L"),
    "--fit": ("beamer169", "a4", "640x360", "slide", "1x1", "100000x2"), "--at": ("3", "L", "end"),
    "--compare": ("w=1", "w=1/2", "x=0"), "--frames": ("1:3", "all", "2"), "--notation": ("ng",),
    "--rows": ("1", "2", "1:2", "all"), "--relu-at-0": ("0", "1", "1/2"), "--accuracy": ("y", "L"),
    "--optimizer": ("adam", "gd(rate=0.1)", "lion", "nadam(rate=0.5)"), "--schedule": ("cosine",),
    "--clip": ("norm(limit=1)", "value(1)"), "--stop": ("early(patience=2)",),
    "--average": ("swa", "moving"), "--boundary": ("p.svg",), "--curve": ("c.svg",),
    "--save": ("s.json", "a.gg"), "--results": ("r.jsonl",), "--ask": ("z", "values", "all"),
    "--data-root": (".", "/", "nowhere"), "--theme": ("dark", "print"), "--engine": ("none", "dot"),
}  # fmt: skip
"""What an option may be followed by where its kind does not tell."""


def behind(option: Any, rng: random.Random) -> str:
    """Return what stands behind an option: mostly what it takes."""
    words = getattr(option.type, "words", None) or SAID.get(option.opts[0])
    words = words or (
        ("0", "1", "2", "5", "0.1", "1.5", "20") if option.type.name != "text" else ()
    )
    if words and rng.random() < 0.8:
        return str(rng.choice(words))
    if words and rng.random() < 0.5:
        said = [str(word).encode() for word in words]
        return mutated(said, rng, VALUES).decode("utf-8", "replace").replace("\0", "0")[:2000]
    return odd_value(rng)


def odd_value(rng: random.Random) -> str:
    """Return a word of any option, a number or a sign."""
    chosen = rng.choice(rng.choice((VALUES, VALUES, VALUES, NUMBERS, NASTY)))
    return chosen.replace("\0", "0")[:2000]


def options_of(words: list[str]) -> list[Any]:
    """Return the options that a command has."""
    from graphgrad.cli.program import program

    command = program.get_command(None, words[0])
    if words[0] == "ex":
        command = command.get_command(None, words[1])
    return [param for param in command.params if param.opts and param.opts[0].startswith("--")]
