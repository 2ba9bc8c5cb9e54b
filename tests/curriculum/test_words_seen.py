"""Rows K01 and K05: words of the lectures at the loss and the parameters."""

from __future__ import annotations

import pytest

from tests.curriculum.runner import data, sample


@pytest.mark.parametrize(("lang", "word"), [("en", "learning as inference"), ("es", "inferencia")])
def test_K01_the_loss_is_linked_to_learning_as_inference(lang: str, word: str) -> None:
    found = data("inspect", sample("xor_sigmoid_data"), "glossary", "--lang", lang)
    first = found["tables"]["words"][0]
    assert first["line"] == "L"
    assert word in first["word"]
    assert "f: x → y" in first["means"]


def test_K05_a_functional_maps_a_function_to_a_number_and_parameters_are_numbers() -> None:
    words = data("inspect", sample("xor_sigmoid_data"), "glossary")["tables"]["words"]
    by_word = {row["word"]: row for row in words}
    assert "maps a function to a number" in by_word["functional"]["means"]
    assert by_word["parametric optimisation"]["line"] == "w1, w2"
