"""Find rows of layers, losses and penalties by name."""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.layers.doors.door import Door
from graphgrad.layers.losses.binary_losses import BINARY_LOSSES
from graphgrad.layers.losses.classification_losses import CLASSIFICATION_LOSSES
from graphgrad.layers.losses.penalty_rows import PENALTIES
from graphgrad.layers.losses.regression_losses import REGRESSION_LOSSES
from graphgrad.layers.networks.activation_rows import ACTIVATION_LAYERS
from graphgrad.layers.networks.attention_rows import ATTENTION
from graphgrad.layers.networks.batch_rows import BATCHES
from graphgrad.layers.networks.block_rows import BLOCKS
from graphgrad.layers.networks.convolution_rows import CONVOLUTIONS
from graphgrad.layers.networks.dense_rows import DENSE
from graphgrad.layers.networks.image_block_rows import IMAGE_BLOCKS
from graphgrad.layers.networks.mask_rows import MASKS
from graphgrad.layers.networks.normalisation_rows import NORMALISATIONS
from graphgrad.layers.networks.pooling_rows import POOLING
from graphgrad.layers.networks.recurrent_rows import RECURRENT
from graphgrad.layers.networks.resizing_rows import RESIZING
from graphgrad.layers.networks.sequence_rows import SEQUENCES
from graphgrad.layers.networks.transposed_rows import TRANSPOSED
from graphgrad.layers.row import Layer
from graphgrad.messages.catalogue import Worded, near, near_names
from graphgrad.ops.registry import ROWS

__all__ = ["DOORS", "FUNCTION_DOORS", "LAYERS", "find_layer", "layer_names", "near_layers"]

_LISTS = (
    DENSE,
    BLOCKS,
    IMAGE_BLOCKS,
    CONVOLUTIONS,
    TRANSPOSED,
    POOLING,
    RESIZING,
    BATCHES,
    NORMALISATIONS,
    MASKS,
    ATTENTION,
    RECURRENT,
    SEQUENCES,
    ACTIVATION_LAYERS,
    REGRESSION_LOSSES,
    CLASSIFICATION_LOSSES,
    BINARY_LOSSES,
    PENALTIES,
)

LAYERS: dict[str, Layer] = {row.name: row for rows in _LISTS for row in rows}
"""The rows by name, in the order of the lists."""

_STATED = [(row, door) for row in LAYERS.values() for door in row.doors]

DOORS: dict[str, tuple[Layer, Door]] = {
    door.name: (row, door) for row, door in _STATED if door.name
}
"""PyTorch's class to the row that states it, and how."""

FUNCTION_DOORS: dict[str, tuple[Layer, Door]] = {
    door.called.name: (row, door) for row, door in _STATED if door.called.name
}
"""PyTorch's function to the row that states it, and how."""

_NAMES: dict[str, Layer] = {}
for _row in LAYERS.values():
    for _name in (_row.name, *_row.aliases):
        if _name in _NAMES:
            raise AssertionError(_name)  # a name stands once
        _NAMES[_name] = _row


def find_layer(name: str) -> Layer | None:
    """Return the row that a name or a Spanish name means, or None.

    Some names are ops too, as ``relu`` or ``softmax``: on a `layer` line the layer is meant, in a
    formula the op.

    >>> find_layer("densa").name
    'dense'
    """
    return _NAMES.get(name)


def layer_names() -> list[str]:
    """Return every name that `find_layer` knows, for messages that suggest near names."""
    return list(_NAMES)


def near_layers(name: str, known: Iterable[str]) -> Worded:
    """Return "Did you mean ...?" of the rows that PyTorch or Keras calls so, else of near names.

    >>> near_layers("nn.Linear", ["linear"]).fields["names"]
    'dense'
    """
    wanted = _bare(name)
    found = [row.name for row in LAYERS.values() if wanted in map(_bare, _names_elsewhere(row))]
    if wanted and found:
        return near_names(
            found[:3], {row.name: row.aliases[0] for row in LAYERS.values() if row.aliases}
        )
    twins = {alias: row.name for alias, row in _NAMES.items() if alias != row.name}
    twins |= {alias: row.name for row in ROWS for alias in row.aliases}
    return near(name, [word for word in known if word not in twins], twins=twins)


def _names_elsewhere(row: Layer) -> list[str]:
    """Return how a row is called here, in PyTorch and in Keras."""
    theirs = [name for door in row.doors for name in (door.name, door.called.name)]
    return [row.name, row.keras.name if row.keras else "", *theirs]


def _bare(name: str) -> str:
    """Return the last part of another library's name, as ``MaxPool2d`` and ``max_pool2d`` agree."""
    return name.rpartition(".")[2].replace("_", "").casefold()
