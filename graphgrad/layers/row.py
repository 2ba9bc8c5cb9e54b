"""Describe one layer, or one loss, in one record: a layer row, as an op row describes an op.

A row's forward is a plain function of a namespace ``m`` (every op by name, operators between
values), the parameters ``p`` and the inputs. The same function builds the lines of a `.gg` file and
the nodes of a handle in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

if TYPE_CHECKING:
    from graphgrad.layers.doors.door import Door  # files without layers never need it

__all__ = ["Layer", "Parameter"]

Settings = Mapping[str, Any]


class Parameter(NamedTuple):
    """A leaf that a layer owns.

    Attributes:
        name: behind the layer's name and a dot, as in ``cell.W``.
        shape: its lengths; a weight is out x in, as in PyTorch.
        initial: the name of a row of `graphgrad.layers.initialisers`.
        fans: how many values enter and leave a unit, for initialisers that ask.
        settings: arguments of the initialiser beside shape, fans and draw.
        role: ``param``, or ``const`` for what training does not change, such as a mask.
        kind: ``weight``, ``bias`` or another word; penalties over "all weights" go by it.
        mode: ``train`` or ``eval`` where it exists in that mode only, as a mask or a running mean.
    """

    name: str
    shape: Shape
    initial: str
    fans: tuple[int, int] = (1, 1)
    settings: Settings = {}  # noqa: RUF012  # a mapping that no one writes to
    role: Literal["param", "const"] = "param"
    kind: str = "weight"
    mode: Literal["", "train", "eval"] = ""


def no_parameters(_shapes: tuple[Shape, ...], **_settings: Any) -> tuple[Parameter, ...]:
    """Return nothing: a loss, or a layer that only computes."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """Hold what a layer or a loss is.

    Attributes:
        name: the word in files and figures.
        inputs: names of what it is applied to, in order; one name ending in ``*`` takes any
            number, one ending in ``?`` may be left out and is None then.
        forward: ``(m, p, *inputs, **settings)`` to the result, or a tuple in the order of
            ``results``; ``m.line(name, value)`` names a line of the layer's group.
        parameters: ``(shapes of the inputs, **settings)`` to the leaves it owns.
        settings: keyword arguments, with kinds and defaults.
        results: names of what it returns.
        kind: ``layer``, ``activation``, ``loss`` or ``penalty``.
        notation: what each inner name is to a reader: weight, bias, pre-activation.
        glyph: a short word or sign for a closed box in figures.
        aliases: other names, Spanish ones first.
        spanish: the noun for sentences in Spanish.
        doors: how PyTorch calls it: its classes and functions there.
        keras: how Keras calls it, with the arguments that are settings here.
        fits: for a loss, the activations of an output that it goes with.
        target: for a loss, what its target must be; the id of a sentence, empty if anything.
        logits: for a loss of probabilities, the row that takes what they are made of, which stays
            finite where a probability is 0 or 1.
        statistics: constants of eval mode to the lines of training that they are averages of.
        batch: whether one sample alone is refused, as by batch normalisation.
        curriculum: the notions of the lectures that it serves, as ``A11 N01``.
        doc: one line in English that says what it computes.
        source: author, title and section of the formula.
        examples: shapes of inputs with settings, for the tests.
    """

    name: str
    inputs: tuple[str, ...]
    forward: Callable[..., Any]
    parameters: Callable[..., tuple[Parameter, ...]] = no_parameters
    settings: tuple[Setting, ...] = ()
    results: tuple[str, ...] = ("y",)
    kind: Literal["layer", "activation", "loss", "penalty"] = "layer"
    notation: Mapping[str, str] = field(default_factory=dict)
    glyph: str = ""
    aliases: tuple[str, ...] = ()
    spanish: str = ""
    doors: tuple[Door, ...] = ()
    keras: Door | None = None
    fits: tuple[str, ...] = ()
    target: str = ""
    logits: str = ""
    statistics: Mapping[str, str] = field(default_factory=dict)
    batch: bool = False
    curriculum: str = ""
    doc: str = ""
    source: str = ""
    examples: tuple[tuple[tuple[Shape, ...], dict[str, Any]], ...] = ()

    @property
    def torch(self) -> str:
        """Return its name in PyTorch, empty if it has none."""
        first = self.doors[0] if self.doors else None
        return "" if first is None else first.name or f"functional.{first.called.name}"

    @property
    def defaults(self) -> dict[str, Any]:
        """Return the settings' default values."""
        return {setting.name: setting.default for setting in self.settings}

    def leaves(
        self, shapes: tuple[Shape | None, ...], settings: Settings, *, training: bool = True
    ) -> tuple[Parameter, ...]:
        """Return the leaves that one call owns in a mode.

        Args:
            shapes: of the inputs, None for those left out.
            settings: complete.
            training: the mode.
        """
        while shapes and shapes[-1] is None:
            shapes = shapes[:-1]
        absent = "eval" if training else "train"
        found = self.parameters(shapes, **settings)
        return tuple(parameter for parameter in found if parameter.mode != absent)
