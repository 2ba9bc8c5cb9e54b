"""Rows N35, N37 and N38: the counts of published networks, written as files of layers."""

from __future__ import annotations

from math import prod
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.layers import initialisers
from graphgrad.layers.initialisers import LARGE
from tests.curriculum.runner import file, numbers


def _resnet18() -> str:
    lines = [
        "gg 1",
        "input x: 2x3x32x32 = zeros()",
        "c = conv2d(x, 64, size=7, stride=2, padding=3, bias=false)",
        "b = batch_norm(c)",
        "s0 = max_pool2d(relu(b), size=3, stride=2, padding=1)",
    ]
    before = 64
    widths = [(64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)]
    for k, (width, stride) in enumerate(widths, 1):
        lines += [
            f"u{k} = conv2d(s{k - 1}, {width}, size=3, stride={stride}, padding=1, bias=false)",
            f"ub{k} = batch_norm(u{k})",
            f"ur{k} = relu(ub{k})",
            f"v{k} = conv2d(ur{k}, {width}, size=3, padding=1, bias=false)",
            f"vb{k} = batch_norm(v{k})",
        ]
        shortcut = f"s{k - 1}"
        if width != before:
            lines.append(f"d{k} = conv2d(s{k - 1}, {width}, size=1, stride={stride}, bias=false)")
            lines.append(f"db{k} = batch_norm(d{k})")
            shortcut = f"db{k}"
        lines.append(f"s{k} = relu(vb{k} + {shortcut})")
        before = width
    end = "g = adaptive_avg_pool2d(s8, size=1)\nf = flatten(g)\nz = dense(f, 1000)\n"
    return "\n".join(lines) + "\n" + end + "loss L = sum(z^2)\n"


def test_N35_resnet18_has_11689512_parameters(tmp_path: Path) -> None:
    found = numbers(file(tmp_path, _resnet18()), "layers")
    assert found["parameters"] == 11_689_512
    assert found["depth"] == 18 + 3, "the three shortcuts that change their width have weights"


ALEXNET = """\
gg 1
input x: 3x227x227 = zeros()
c1 = conv2d(x, 96, size=11, stride=4, act=relu)
p1 = max_pool2d(c1, size=3, stride=2)
c2 = conv2d(p1, 256, size=5, padding=2, groups=2, act=relu)
p2 = max_pool2d(c2, size=3, stride=2)
c3 = conv2d(p2, 384, size=3, padding=1, act=relu)
c4 = conv2d(c3, 384, size=3, padding=1, groups=2, act=relu)
c5 = conv2d(c4, 256, size=3, padding=1, groups=2, act=relu)
p5 = max_pool2d(c5, size=3, stride=2)
f = flatten(p5)
f6 = dense(f, 4096, act=relu)
f7 = dense(f6, 4096, act=relu)
z = dense(f7, 1000)
loss L = sum(z^2)
"""


def _vgg16() -> str:
    lines, before, count = ["gg 1", "input x: 3x224x224 = zeros()"], "x", 0
    for stage, (width, layers) in enumerate([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]):
        for _ in range(layers):
            count += 1
            lines.append(f"c{count} = conv2d({before}, {width}, size=3, padding=1, act=relu)")
            before = f"c{count}"
        lines.append(f"p{stage} = max_pool2d({before}, size=2)")
        before = f"p{stage}"
    lines += [f"f = flatten({before})", "a = dense(f, 4096, act=relu)"]
    return "\n".join(
        [*lines, "b = dense(a, 4096, act=relu)", "z = dense(b, 1000)", "loss L = sum(z^2)"]
    )


@pytest.fixture
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let large draws fail: a count needs none, and a refusal comes before them."""

    def drawn(row: Any, shape: Any, *rest: Any) -> Any:
        assert prod(shape) <= LARGE
        return initialisers_value(row, shape, *rest)

    initialisers_value = initialisers._value
    monkeypatch.setattr(initialisers, "_value", drawn)


@pytest.mark.usefixtures("nothing_drawn")
def test_N37_alexnet_has_60965224_parameters(tmp_path: Path) -> None:
    assert numbers(file(tmp_path, ALEXNET), "layers")["parameters"] == 60_965_224


@pytest.mark.usefixtures("nothing_drawn")
def test_N38_vgg16_has_138357544_parameters(tmp_path: Path) -> None:
    text = _vgg16()
    found = numbers(file(tmp_path, text), "layers")
    assert (found["parameters"], found["depth"]) == (138_357_544, 16)


@pytest.mark.usefixtures("nothing_drawn")
def test_N38_values_of_vgg16_are_refused_before_any_is_made(tmp_path: Path) -> None:
    path = file(tmp_path, _vgg16())
    for lang, advice in (("en", "graphgrad inspect FILE layers"), ("es", "inspect ARCHIVO capas")):
        result = CliRunner().invoke(program, ["--lang", lang, "run", str(path)])
        assert result.exit_code == 6
        assert "388206" in result.output
        assert "c2.windows" in result.output
        assert advice in " ".join(result.output.split())
