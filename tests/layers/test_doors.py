"""Check what rows say of other libraries: signatures recorded of Keras, and hints from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graphgrad import nn, optim
from graphgrad.errors import ShapeError, UsageError
from graphgrad.layers.registry import LAYERS
from graphgrad.layers.settings import near_settings
from graphgrad.layers.training.choices import OPTIMIZERS

KERAS = json.loads((Path(__file__).parents[1] / "data" / "keras_signatures.json").read_text())
"""Arguments and defaults of Keras 3.15.1, as `inspect.signature` gives them."""
ROWS = [
    pytest.param(row, id=row.name)
    for row in (*LAYERS.values(), *OPTIMIZERS.values())
    if row.keras is not None and row.keras.name in KERAS
]


@pytest.mark.parametrize("row", ROWS)
def test_keras_is_called_as_it_is(row: Any) -> None:
    theirs = dict(KERAS[row.keras.name])
    names = [one.name for one in row.keras.takes]
    assert [name for name in theirs if name in names] == names
    settings = {setting.name for setting in row.settings}
    for one in row.keras.takes:
        assert ("" if one.needed else repr(one.default)) == theirs[one.name]
        assert not one.to or one.to in settings


def test_most_rows_say_what_their_settings_are_in_keras() -> None:
    assert len(ROWS) > 50
    assert sum(bool(param.values[0].keras.takes) for param in ROWS) > 40


@pytest.mark.parametrize(
    ("row", "theirs", "own"),
    [
        ("dense", "out_features", "units"),
        ("dense", "use_bias", "bias"),
        ("conv2d", "filters", "channels"),
        ("conv2d", "out_channels", "channels"),
        ("max_pool2d", "pool_size", "size"),
        ("leaky_relu", "negative_slope", "alpha"),
        ("embedding", "num_embeddings", "tokens"),
        ("batch_norm", "epsilon", "eps"),
        ("adam", "learning_rate", "rate"),
        ("adam", "beta_1", "beta1"),
        ("rmsprop", "alpha", "beta"),
        ("momentum", "momentum", "mu"),
    ],
)
def test_another_librarys_word_leads_to_the_setting(row: str, theirs: str, own: str) -> None:
    found: Any = LAYERS.get(row) or OPTIMIZERS[row]
    known = [setting.name for setting in found.settings]
    assert near_settings(theirs, known, found).fields["names"] == own


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda: nn.Linear(2, 0), "out_features of Linear"),
        (lambda: nn.Conv2d(1, 2, 0), "kernel_size of Conv2d"),
        (lambda: optim.lr_scheduler.StepLR(optim.SGD(nn.Linear(1, 1).parameters()), 0),
         "step_size of StepLR"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_of_pytorchs_argument(wrong: Any, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        wrong()
    assert told in caught.value.text("en")


RECURRENT = [nn.RNN, nn.LSTM, nn.GRU]


@pytest.mark.parametrize("kind", RECURRENT)
def test_a_recurrent_layer_that_does_not_fit_names_both_layers_and_both_shapes(kind: Any) -> None:
    net = nn.Sequential(nn.Linear(2, 3), kind(4, 2))
    with pytest.raises(ShapeError) as caught:
        net([[1.0, 2.0]] * 5)
    for language in ("en", "es"):
        said = caught.value.text(language)
        assert f"1: {kind.__name__}(4, 2)" in said
        assert "layers[0] (dense)" in said
        assert "5x3" in said
