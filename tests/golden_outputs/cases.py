"""What is recorded: a command line, what is typed into it and the files it writes, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["LANGUAGES", "Case", "cases", "screens"]

LANGUAGES: Final = ("en", "es")

STEPPER_WORDS: Final = (
    "n\n3n\np\n:4\nc\nG\np\nb\ns\nw 1\ni\nd\nt L\ny\nY w\ndot\n/=\nf\nX\n7\n:H\n:r\nT 3 0.1\nI 1\n"
    "u\nU\nD\ne w = 3\nz\n?\nL gradients\nB L\ng\nc\nC\nq\n"
)
FIGURES: Final = {
    "svg": ["-o", "out.svg"],
    "operations.svg": ["-o", "out.svg", "--detail", "op"],
    "html": ["-o", "out.html"],
    "tex": ["-o", "out.tex"],
    "dot": ["-o", "out.dot"],
    "operations.dot": ["-o", "out.dot", "--detail", "op", "--step", "3"],
    "slide.svg": ["-o", "out.svg", "--fit", "beamer169", "--legend", "--theme", "dark"],
}
SHOWN_IN_FULL: Final = ("linear_regression", "shared_weights", "xor_sigmoid", "mlp_vectorized")
CHOICES: Final = {
    "deck.tex": ["-o", "out.tex", "--format", "beamer"],
    "overlays.tex": ["-o", "out.tex", "--format", "overlays"],
    "picture.tex": ["-o", "out.tex", "--format", "tikz", "--step", "5"],
    "reveal.html": ["-o", "out.html", "--format", "reveal"],
    "png": ["-o", "out.png", "--step", "2"],
    "pdf": ["-o", "out.pdf"],
    "pptx": ["-o", "out.pptx"],
    "gif": ["-o", "out.gif", "--scale", "1"],
    "frames.svg": ["-o", "out.svg", "--frames", "frames"],
    "edges.html": ["-o", "out.html", "--fold", "edge"],
    "blank.svg": ["-o", "out.svg", "--blank", "values,adjoints", "--decimal-comma"],
    "one_weight.dot": ["-o", "out.dot", "--show", "values,contributions", "--wrt", "w1"],
    "edges.dot": ["-o", "out.dot", "--fold", "edge", "--step", "12", "--direction", "TB"],
    "wire.svg": ["-o", "out.svg", "--style", "wire", "--theme", "print"],
    "operator.svg": ["-o", "out.svg", "--style", "operator", "--theme", "colour-blind"],
    "notation.svg": ["-o", "out.svg", "--notation", "upv", "--theme", "lectures", "--step", "9"],
    "all.dot": [
        "-o",
        "out.dot",
        "--detail",
        "op",
        "--show",
        "values,adjoints,partials,contributions",
    ],
    "notation.tex": ["-o", "out.tex", "--notation", "oviedo", "--digits", "6"],
    "plain.dot": ["-o", "out.dot", "--show", "none", "--step", "4"],
    "blocks.svg": ["-o", "out.svg", "--collapse", "blocks:2", "--show", "partials,contributions"],
}
BRIEF: Final = (
    "attention", "autoencoder", "batch_norm", "dropout", "dropout_ensemble", "elman",
    "encoder_decoder", "gru", "inception", "layer_skipping", "lstm", "pointwise_convolution",
    "residual_chain", "residual_mlp", "rnn_bptt", "siamese", "softmax_classifier", "xor_mlp",
)  # fmt: skip
"""Networks of dozens of lines: what every view does is recorded with the small samples."""
SHEETS: Final = ("md", "html", "tex", "txt")
COMMANDS: Final = (
    "run", "explain", "render", "show", "step", "serve", "check", "check-notes", "ex", "gradcheck",
    "compile", "same", "export", "train", "fmt", "samples", "doctor", "ex lint", "ex show",
    "ex sheet",
    "ex key", "ex enter", "ex check", "ex explain", "ex grade", "ex export",
)  # fmt: skip
SCREENS: Final = {
    "start": [],
    "middle": ["f", "n", "n"],
    "backward": ["b", "n", "n", "d"],
    "asked": ["b", "x"],
    "end": ["G"],
}


@dataclass(frozen=True)
class Case:
    """One command whose output is kept.

    Attributes:
        name: a path without ending, unique among the cases.
        words: the command line after ``graphgrad``; paths are relative to the working folder.
        typed: the standard input.
        files: further files or folders that it writes.
    """

    name: str
    words: tuple[str, ...]
    typed: str = ""
    files: tuple[str, ...] = ()


def cases(root: Path) -> Iterator[Case]:
    """Yield every case of the samples and exercises below a folder."""
    for path in sorted((root / "samples").glob("*.gg")):
        yield from _sample(path.stem)
    for path in sorted((root / "samples" / "exercises").glob("*.md")):
        yield from _exercise(path.stem)
    for name in COMMANDS:
        yield Case(f"help/{name.replace(' ', '-')}", (*name.split(), "--help"))
    yield Case("help/program", ("--help",))
    yield Case("help/samples", ("samples",))
    for stem in ("notes", "apuntes"):  # the pages that show check-notes
        yield Case(f"notes/{stem}", ("check-notes", f"docs/{stem}.md", "--all"))
        yield Case(f"notes/{stem}-json", ("check-notes", f"docs/{stem}.md", "--json"))


def _sample(stem: str) -> Iterator[Case]:
    file, here = f"samples/{stem}.gg", f"sample/{stem}"
    if stem in BRIEF:
        yield from _network(stem, file, here)
        return
    for detail in ("line", "op"):
        yield Case(f"{here}/run-{detail}", ("run", file, "--detail", detail))
        yield Case(f"{here}/run-{detail}-json", ("run", file, "--detail", detail, "--json"))
    yield Case(f"{here}/exact", ("run", file, "--exact", "--json"))
    for name in ("w", "w1", "W1", "W", "b", "x"):
        yield Case(f"{here}/explain-{name}", ("explain", file, name))
    yield Case(f"{here}/explain-json", ("explain", file, "w1", "--json"))
    yield Case(f"{here}/show", ("show", file))
    yield Case(f"{here}/show-ascii", ("show", file, "--ascii", "--collapse", "--detail", "op"))
    yield Case(f"{here}/gradcheck", ("gradcheck", file))
    yield Case(f"{here}/train", ("train", file, "--steps", "20"))
    for fold in ("line", "edge"):
        typed = STEPPER_WORDS if fold == "line" else "3n\ns\nG\np\nq\n"
        yield Case(f"{here}/step-{fold}", ("step", file, "--plain", "--fold", fold), typed)
    yield Case(f"{here}/check", ("check", file, f"samples/{stem}.answers.txt", "--key"))
    yield Case(f"{here}/check-json", ("check", file, f"samples/{stem}.answers.txt", "--json"))
    choices = FIGURES | CHOICES if stem in SHOWN_IN_FULL else FIGURES
    for name, options in choices.items():
        yield Case(f"{here}/figure-{name}", ("render", file, *options), files=_written(options))
    yield from _sheets(file, here, ("md", "html"))


def _network(stem: str, file: str, here: str) -> Iterator[Case]:
    yield Case(f"{here}/run-line", ("run", file))
    yield Case(f"{here}/run-line-json", ("run", file, "--json"))
    yield Case(f"{here}/show", ("show", file))
    yield Case(f"{here}/gradcheck", ("gradcheck", file))
    yield Case(f"{here}/train", ("train", file, "--steps", "20"))
    yield Case(f"{here}/step-line", ("step", file, "--plain"), "n\n9n\nG\np\nb\nq\n")
    yield Case(f"{here}/check", ("check", file, f"samples/{stem}.answers.txt", "--key"))
    yield Case(f"{here}/figure-svg", ("render", file, *FIGURES["svg"]), files=("out.svg",))


def _exercise(stem: str) -> Iterator[Case]:
    file, here = f"samples/exercises/{stem}.md", f"exercise/{stem}"
    yield Case(f"{here}/lint", ("ex", "lint", file))
    yield from _sheets(file, here, SHEETS)
    yield Case(f"{here}/show-json", ("ex", "show", file, "--json", "--draw", "3"))
    yield Case(f"{here}/gg", ("ex", "show", file, "--gg", "--draw", "4"))
    for ending in ("txt", "html", "md", "tex"):
        out = () if ending == "txt" else ("-o", f"out.{ending}")
        yield Case(f"{here}/explained-{ending}", ("ex", "explain", file, *out), files=out[1:])
    for kind in ("cloze", "stack", "nbgrader"):
        words = ("ex", "export", file, "--format", kind, "--draws", "2", "-o", "out.export")
        yield Case(f"{here}/{kind}", words, files=("out.export",))
    for kind in ("text", "json", "junit", "html", "md", "gradescope"):
        words = ("ex", "check", file, f"answers/{stem}.txt", "--format", kind, "--key")
        yield Case(f"{here}/marked-{kind}", words)
    words = ("ex", "grade", file, f"class/{stem}", "--draw", "1", "-o", "marks")
    yield Case(f"{here}/class", words, files=("marks",))
    yield Case(f"{here}/explained-answers", ("ex", "explain", file, f"answers/{stem}.txt"))
    yield Case(f"{here}/enter", ("ex", "enter", file, "--student", "A1", "--draw", "1", "-o", "in"),
               "7\n0,5\nx + y\n\n\n\n\n\n\n\n\n\n", ("in",))  # fmt: skip


def _sheets(file: str, here: str, endings: tuple[str, ...]) -> Iterator[Case]:
    yield Case(f"{here}/shown", ("ex", "show", file, "--key", "--draw", "2"))
    for ending in endings:
        for verb in ("sheet", "key"):
            words = ("ex", verb, file, "--draw", "2", "-o", f"out.{ending}")
            yield Case(f"{here}/{verb}-{ending}", words, files=(f"out.{ending}",))


def _written(options: list[str]) -> tuple[str, ...]:
    return tuple(options[i + 1] for i, word in enumerate(options) if word in ("-o", "--frames"))


def screens(root: Path) -> Iterator[tuple[str, str, tuple[int, int], list[str]]]:
    """Yield name, sample, size and keys of every screen of the terminal app."""
    for path in sorted((root / "samples").glob("*.gg")):
        for size in ((80, 24), (120, 40)):
            for name, keys in SCREENS.items():
                if path.stem in BRIEF and name != "middle":
                    continue
                yield f"screen/{path.stem}/{name}-{size[0]}", path.stem, size, keys
