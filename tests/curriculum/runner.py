"""Run the command line in this process, on samples and on small files of a test's own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from graphgrad.cli.program import program

SAMPLES = Path(__file__).parents[2] / "samples"


def call(*words: str, lang: str = "en", typed: str = "") -> Result:
    """Return the result of a command line, with what is typed into it."""
    return CliRunner().invoke(program, ["--lang", lang, *words], input=typed or None)


def shown(*words: str, lang: str = "en") -> str:
    """Return what a command line prints; it must succeed."""
    result = call(*words, lang=lang)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> dict[str, Any]:
    """Return the JSON of a command line; it must succeed."""
    found: dict[str, Any] = json.loads(shown(*words, "--json"))
    return found


def numbers(*words: str) -> dict[str, Any]:
    """Return the quantities that `graphgrad inspect` finds."""
    found: dict[str, Any] = data("inspect", *words)["numbers"]
    return found


def verdicts(*words: str) -> list[str]:
    """Return the words for programs of what `graphgrad inspect` concludes."""
    return [verdict["code"] for verdict in data("inspect", *words)["verdicts"]]


def sample(name: str) -> str:
    """Return the path of a sample."""
    return str(SAMPLES / f"{name}.gg")


def file(folder: Path, text: str, name: str = "net.gg") -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def nodes(*words: str) -> dict[str, dict[str, Any]]:
    """Return the nodes that `graphgrad run` lists, by name."""
    return {node["name"]: node for node in data("run", *words)["nodes"]}


def value(name: str, *words: str) -> Any:
    """Return the value of a line."""
    return nodes(*words)[name]["value"]


def gradients(*words: str) -> dict[str, Any]:
    """Return the gradients that `graphgrad run` lists, by name."""
    found: dict[str, Any] = data("run", *words)["gradients"]
    return found


def marked(folder: Path, net: str, answers: str, *words: str) -> Result:
    """Return the result of marking answers for a network by `graphgrad check`."""
    (folder / "answers.txt").write_text(answers, encoding="utf-8")
    return call("check", file(folder, net, "asked.gg"), str(folder / "answers.txt"), *words)


def accepts(folder: Path, net: str, answers: str, *words: str) -> bool:
    """Tell whether `graphgrad check` finds answers right; else it must find them wrong."""
    result = marked(folder, net, answers, *words)
    assert result.exit_code in (0, 1), result.output
    return result.exit_code == 0


def gradchecked(*words: str) -> bool:
    """Tell whether the four ways to the gradients agree."""
    return call("gradcheck", *words).exit_code == 0


class Drawing(NamedTuple):
    """What a figure holds: its boxes, and its arrows by the names of their ends.

    Attributes:
        roles: what each box is, by name.
        left: where it begins, from the left.
        width: how wide it is.
        arrows: from where to where, one by one.
    """

    roles: dict[str, str]
    left: dict[str, float]
    width: dict[str, float]
    arrows: list[tuple[str, str]]

    def into(self, name: str) -> list[str]:
        """Return where the arrows into a box come from."""
        return [source for source, target in self.arrows if target == name]

    def out_of(self, name: str) -> list[str]:
        """Return where the arrows out of a box go."""
        return [target for source, target in self.arrows if source == name]


_BOX = re.compile(
    r'<g id="[^"]*-(n\d+)" class="node[^"]*" data-node="([^"]*)" data-role="(\w+)".*?'
    r'<rect class="outline"[^>]* x="([-\d.]+)"[^>]* width="([\d.]+)"',
    re.DOTALL,
)
_ARROW = re.compile(r'data-source="(n\d+)" data-target="(n\d+)"')


def drawn(folder: Path, *words: str) -> Drawing:
    """Return what `graphgrad render` draws: an SVG file, read again."""
    out = folder / "drawn.svg"
    result = call("render", *words, "-o", str(out), "--force")
    assert result.exit_code == 0, result.output
    picture = out.read_text("utf-8")
    boxes = {number: (name, role, float(x), float(w)) for number, name, role, x, w
             in _BOX.findall(picture)}  # fmt: skip
    arrows = [(boxes[a][0], boxes[b][0]) for a, b in _ARROW.findall(picture)]
    return Drawing(
        {name: role for name, role, _, _ in boxes.values()},
        {name: x for name, _, x, _ in boxes.values()},
        {name: width for name, _, _, width in boxes.values()},
        arrows,
    )
