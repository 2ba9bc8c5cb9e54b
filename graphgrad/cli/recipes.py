"""Figures that people ask for, each as the command that draws it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from graphgrad.source.samples import samples_folder
from graphgrad.views.figure.decks.gallery import Exhibit

__all__ = ["RECIPES", "Recipe", "exhibits"]

_FOLDER = "samples/"


class Recipe(NamedTuple):
    """A figure: the end of the id of what it is for, and what follows ``graphgrad render``."""

    name: str
    line: str


RECIPES: tuple[Recipe, ...] = (
    Recipe("both_passes", "samples/linear_regression.gg"),
    Recipe("circuit", "-e 'q = x + y; f = q*z' --set x=-2 --set y=5 --set z=-4 --style wire"),
    Recipe("operators", "samples/cs231n_sigmoid.gg --style operator"),
    Recipe("one_step", "samples/linear_regression.gg --step 9"),
    Recipe("worksheet", "samples/linear_regression.gg --blank adjoints --show values,adjoints"),
    Recipe("one_path", "samples/two_paths.gg --path x,g1,f"),
    Recipe("one_derivative", "samples/mazur.gg --wrt w5"),
    Recipe("shared_weight", "samples/shared_weights.gg"),
    Recipe("skip", "samples/skip_connection.gg"),
    Recipe("slide", "samples/mazur.gg --fit beamer169"),
    Recipe("notation", "samples/network_1_1_1.gg --notation oviedo"),
    Recipe("columns", "samples/residual_block.gg --layout columns"),
    Recipe("time", "samples/rnn_bptt.gg --layout time --detail layer"),
    Recipe("blocks", "samples/data/digits.gg --style layers"),
    Recipe("folded", "samples/lstm.gg --detail layer"),
    Recipe("neurons", "samples/mlp_vectorized.gg --style neurons"),
    Recipe("large_gradients", "samples/xor_mlp.gg --style neurons --heat adjoint"),
    Recipe("legend", "samples/siamese.gg --detail layer --legend"),
    Recipe("dead", "samples/dead_relu.gg --style neurons --heat adjoint"),
    Recipe("vanishing", "samples/vanishing_gradient.gg --heat contribution"),
    Recipe("matrices", "samples/attention.gg --heat value"),
    Recipe(
        "softmax",
        "samples/softmax_cross_entropy.gg --show values,adjoints,partials,contributions",
    ),
    Recipe("after_a_step", "samples/linear_regression.gg --compare . step:0.01"),
    Recipe("two_points", "samples/xor_sigmoid.gg --style neurons --compare . 'x1=0; x2=1'"),
    Recipe("with_and_without", "--compare samples/skip_connection.gg samples/shared_weights.gg"),
)
"""The order of the page: the graph first, then networks, colours, comparisons."""


def exhibits(drawn: Callable[[list[str], str], Any], language: str) -> Iterator[Exhibit]:
    """Yield what the gallery shows of each recipe.

    Args:
        drawn: gives what a command line of ``render`` draws, and how, in a language.
        language: of the words in the figures.
    """
    folder = f"{samples_folder().as_posix()}/"
    for recipe in RECIPES:
        arguments = [word.replace(_FOLDER, folder) for word in shlex.split(recipe.line)]
        source, options, how = drawn(arguments, language)
        line = f"graphgrad render {recipe.line} -o {recipe.name}.svg"
        yield Exhibit(recipe.name, source, options, how.step, line, f"recipe.{recipe.name}")
