"""Optimizers and schedules against PyTorch 2.13, by the doors that have its names.

`torch_runs.py` recorded twenty configurations of each over 200 steps; where torch can be imported
it is asked again.
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.layers.training.choices import TABLES
from tests.layers import torch_runs as runs

VERSION, SETTINGS, RECORDED = runs.recorded()
TOLERANCE = 1e-10
needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="PyTorch is not installed"
)


def stepped(name: str, settings: dict[str, Any]) -> list[list[float]]:
    """Return our parameters after each step."""
    w = gg.param("w", list(runs.START))
    optimizer = getattr(gg.optim, name)([w], **settings)
    kept = []
    for step in range(1, runs.STEPS + 1):
        w.grad = np.array(runs.gradient(w.value.tolist(), step))
        optimizer.step()
        kept.append(w.value.tolist())
    return kept


def scheduled(name: str, settings: dict[str, Any]) -> list[float]:
    """Return our rates, one per step."""
    optimizer = gg.optim.SGD([gg.param("w", 1)], lr=0.1)
    scheduler = getattr(gg.optim.lr_scheduler, name)(optimizer, **settings)
    rates = []
    for loss in runs.losses():
        rates.append(optimizer.param_groups[0]["lr"])
        scheduler.step(*([loss] if name == "ReduceLROnPlateau" else []))
    return rates


def clipped(name: str, number: int) -> list[float]:
    """Return the norm that is told and our gradients behind it."""
    limit, gradients = runs.clip(name, number)
    leaves = [gg.param(f"w{n}", np.zeros_like(one).tolist()) for n, one in enumerate(gradients)]
    for leaf, gradient in zip(leaves, gradients, strict=True):
        leaf.grad = np.array(gradient)
    norm = getattr(gg.nn.utils, name)([*leaves, gg.param("unused", [0.0, 0.0])], limit)
    return [norm or 0.0, *(float(one) for leaf in leaves for one in np.ravel(leaf.grad))]


@pytest.mark.parametrize("number", range(runs.COUNT))
@pytest.mark.parametrize("name", list(runs.OPTIMIZERS))
def test_an_optimizer_makes_all_steps_of_pytorch(name, number):
    settings = SETTINGS[name][number]
    assert json.loads(json.dumps(runs.configurations(runs.OPTIMIZERS, name)[number])) == settings
    ours = np.array(stepped(name, settings))
    assert ours.shape == (200, len(runs.START))
    told, theirs = runs.told_of(ours), RECORDED[name][number]
    np.testing.assert_allclose(told, theirs, rtol=TOLERANCE, atol=TOLERANCE)
    assert np.abs(ours[-1] - runs.START).max() > 1e-3


@pytest.mark.parametrize("number", range(runs.COUNT))
@pytest.mark.parametrize("name", list(runs.SCHEDULES))
def test_a_schedule_gives_all_rates_of_pytorch(name, number):
    ours, theirs = scheduled(name, SETTINGS[name][number]), RECORDED[name][number]
    np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE, atol=1e-14)


@pytest.mark.parametrize("name", runs.CLIPS)
def test_gradients_are_clipped_as_by_pytorch(name):
    theirs = RECORDED[name]
    ours = np.array([clipped(name, number) for number in range(runs.COUNT)])
    np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE)
    given = [np.concatenate([np.ravel(g) for g in runs.clip(name, n)[1]]) for n in range(20)]
    changed = [bool((row[1:] != before).any()) for row, before in zip(ours, given, strict=True)]
    assert 10 < sum(changed) < 20 or name == "clip_grad_value_"


def test_what_is_kept_of_a_run_tells_one_parameter_of_one_step_from_another():
    run = np.array(stepped("SGD", SETTINGS["SGD"][0]))
    for step, place in [(0, 0), (56, 3), (123, 5), (199, 1)]:
        wrong = run.copy()
        wrong[step, place] += 1e-8
        assert not np.allclose(runs.told_of(wrong), runs.told_of(run), rtol=1e-10, atol=1e-10)


def test_the_record_is_of_the_version_it_names_and_its_schedules_change_the_rate():
    assert VERSION == "2.13.0"
    for name in runs.SCHEDULES:
        changing = sum(len(set(rates)) > 1 for rates in RECORDED[name].tolist())
        assert changing >= runs.COUNT * 0.8, name


@needs_torch
@pytest.mark.parametrize("name", list(runs.OPTIMIZERS))
def test_an_optimizer_live(name):
    import torch

    for settings in runs.configurations(runs.OPTIMIZERS, name):
        theirs = runs.torch_optimizer(torch, name, settings)
        np.testing.assert_allclose(stepped(name, settings), theirs, rtol=TOLERANCE, atol=TOLERANCE)


@needs_torch
@pytest.mark.parametrize("name", list(runs.SCHEDULES))
def test_a_schedule_live(name):
    import torch

    for settings in runs.configurations(runs.SCHEDULES, name):
        theirs = runs.torch_schedule(torch, name, settings)
        np.testing.assert_allclose(scheduled(name, settings), theirs, rtol=TOLERANCE, atol=1e-14)


@needs_torch
@pytest.mark.parametrize("name", runs.CLIPS)
def test_clipping_live(name):
    import torch

    for number in range(runs.COUNT):
        theirs = runs.torch_clip(torch, name, number)
        np.testing.assert_allclose(clipped(name, number), theirs, rtol=TOLERANCE, atol=TOLERANCE)


def sequence(optim: Any, parameter: Any) -> list[float]:
    """Return the rates of three schedules in a row, by the same words in both libraries."""
    optimizer, made = optim.SGD([parameter], lr=0.1), optim.lr_scheduler
    parts = [
        made.LinearLR(optimizer, start_factor=0.1, total_iters=5),
        made.ExponentialLR(optimizer, gamma=0.9),
        made.StepLR(optimizer, step_size=3, gamma=0.5),
    ]
    scheduler = made.SequentialLR(optimizer, parts, milestones=[5, 12])
    rates = []
    for _ in range(20):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def test_schedules_one_after_another() -> None:
    ours = sequence(gg.optim, gg.param("w", 1))
    warm = [0.1 * (0.1 + 0.9 * k / 5) for k in range(5)]
    decay = [0.1 * 0.9**k for k in range(7)]
    steps = [0.1 * 0.5 ** (k // 3) for k in range(8)]
    np.testing.assert_allclose(ours, warm + decay + steps, rtol=1e-12)


@needs_torch
def test_schedules_one_after_another_live() -> None:
    import torch

    theirs = sequence(torch.optim, torch.tensor(1.0, requires_grad=True))
    np.testing.assert_allclose(sequence(gg.optim, gg.param("w", 1)), theirs, rtol=1e-6)


def test_every_row_with_a_door_is_compared():
    doors = {row.torch for row in TABLES["optimizer"].values() if row.door is not None}
    assert doors == set(runs.OPTIMIZERS)
    doors = {row.torch for row in TABLES["schedule"].values() if row.door is not None}
    assert doors == set(runs.SCHEDULES)
