"""Check every worked example of the lectures that these ops can express.

The numbers come from tests/data/lecture_examples.json: ``recomputed`` at full precision, with
numpy and sympy, and ``printed`` as the lecture shows it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

# These modules register the programs.
from tests.lectures import activations, chain_rule, descent, layers, perceptrons
from tests.lectures.book import LECTURES, Case, agrees, deviation, read_cases

CASES: dict[str, Case] = {
    case["id"]: case for case in read_cases("lecture_examples.json")["examples"]
}
MODULES = (activations, chain_rule, descent, layers, perceptrons)
COUNTED = "counts the weights of a published network from its table of layers, there is no graph"
EXCUSED = {
    "W25": f"LeNet-5: {COUNTED}",
    "W26": f"AlexNet: {COUNTED}",
    "W27": f"VGG-16: {COUNTED}",
    "W28": f"ResNet-18: {COUNTED}",
    "W29": f"Inception v1: {COUNTED}",
}
"""Why an example is not expressed, by its id."""


@cache
def found_by(id_: str) -> dict[str, Any]:
    return LECTURES[id_](CASES[id_])


def told(id_: str) -> str:
    return f"{id_}-{CASES[id_]['description'].replace(' ', '_')}"


def test_every_example_is_expressed_or_excused() -> None:
    assert LECTURES.keys() & EXCUSED.keys() == set()
    assert LECTURES.keys() | EXCUSED.keys() == CASES.keys()
    assert all(EXCUSED.values())


@pytest.mark.parametrize("id_", sorted(LECTURES), ids=told)
def test_an_example_gives_every_recomputed_value(id_: str) -> None:
    case = CASES[id_]
    found = found_by(id_)
    assert found.keys() == {output["name"] for output in case["outputs"]}
    wrong = {
        output["name"]: deviation(found[output["name"]], output["recomputed"])
        for output in case["outputs"]
    }
    assert {name: text for name, text in wrong.items() if text} == {}


@pytest.mark.parametrize("id_", sorted(LECTURES), ids=told)
def test_an_example_agrees_with_the_print_where_the_case_says_so(id_: str) -> None:
    case = CASES[id_]
    found = found_by(id_)
    compared = {
        output["name"]: agrees(found[output["name"]], output)
        for output in case["outputs"]
        if output["printed"] is not None
    }
    known = {
        output["name"]: output["agrees_at_printed_precision"]
        for output in case["outputs"]
        if output["printed"] is not None
    }
    assert compared == known
    assert case["agrees"] == (all(compared.values()) if compared else None)
