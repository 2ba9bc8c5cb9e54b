"""Live models of Keras, where Keras and JAX are installed; elsewhere what is said without them."""

from __future__ import annotations

import importlib.util
import os

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import UsageError

HAS_KERAS = importlib.util.find_spec("keras") is not None
os.environ.setdefault("KERAS_BACKEND", "jax")


@pytest.mark.skipif(HAS_KERAS, reason="keras is installed here")
def test_without_keras_it_says_how_to_get_it() -> None:
    with pytest.raises(UsageError, match="pip install keras"):
        gg.from_keras(object())


@pytest.mark.skipif(not HAS_KERAS, reason="keras is not installed here")
def test_models_have_the_values_of_keras() -> None:
    import keras
    from keras import layers

    random = np.random.RandomState(0)
    attended = keras.Input((4, 6))
    models = [
        ((4, 3), keras.Sequential([layers.Dense(5, activation="relu"), layers.Dense(2)])),
        ((2, 8, 8, 1), keras.Sequential([
            layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(2),
            layers.BatchNormalization(), layers.Flatten(), layers.Dense(2, activation="softmax"),
        ])),
        ((2, 5, 3), keras.Sequential([layers.LSTM(4), layers.Dense(1)])),
        ((2, 5, 3), keras.Sequential([layers.GRU(4, return_sequences=True), layers.Dropout(0.5)])),
        ((2, 4, 6), keras.Model(attended, layers.LayerNormalization()(
            attended + layers.MultiHeadAttention(2, 3)(attended, attended)))),
    ]  # fmt: skip
    for shape, model in models:
        x = random.randn(*shape).astype("float32")
        graph = gg.from_keras(model, x)
        wanted = np.asarray(model(x))
        trace = gg.trace(graph, seed=np.ones(wanted.shape))
        assert np.allclose(trace.values[graph.output], wanted, atol=1e-6)
        owned = [line for line in graph.lines() if graph.role(line.root) == "parameter"]
        assert len(owned) == len(model.trainable_variables)


@pytest.mark.skipif(not HAS_KERAS, reason="keras is not installed here")
def test_what_is_no_model_is_told() -> None:
    with pytest.raises(UsageError, match=r"expected a keras\.Model"):
        gg.from_keras(3)
