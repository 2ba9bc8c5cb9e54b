"""What a figure needs is worked out once: entries, partials, the engine, the renamed trace."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.layout import arranged
from graphgrad.views.figure.scene import compose, names_on_page
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.typeset import typeset
from graphgrad.views.text import entries

SOURCE = "input x = 3\nparam w = 2\nparam b = 1\nz = w*x + b\nloss L = (z - 9)^2"


def _counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Counter[str]:
    """Count the calls of a function of a module."""
    calls: Counter[str] = Counter()
    real = getattr(module, name)

    def counting(*words: Any, **options: Any) -> Any:
        calls[str(words[-2:])] += 1
        return real(*words, **options)

    monkeypatch.setattr(module, name, counting)
    return calls


def test_an_entry_is_made_once_for_figure_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _counted(monkeypatch, entries, "_made")
    trace = record(read_gg(SOURCE))
    scene_of(trace)
    assert calls
    assert set(calls.values()) == {1}
    assert list(entries.entries(trace))
    assert set(calls.values()) == {1}


@pytest.mark.parametrize("fit", ["", "a4-column"])
@pytest.mark.parametrize(("layout", "runs"), [("dot", 1), ("columns", 0)])
def test_the_engine_is_chosen_once_and_not_at_all_for_columns(
    monkeypatch: pytest.MonkeyPatch, fit: str, layout: Any, runs: int
) -> None:
    calls = _counted(monkeypatch, compose, "choose_engine")
    scene_of(record(read_gg(SOURCE)), SceneOptions(layout=layout, fit=fit))
    assert calls.total() == runs


def test_names_for_the_page_are_given_on_the_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    real = names_on_page.relabelled

    def counting(source: Any, labels: Any) -> Any:
        given.extend([type(source).__name__] if labels else [])
        return real(source, labels)

    monkeypatch.setattr(compose, "relabelled", counting)
    source = SOURCE.replace("z", "ж")
    scene = scene_of(record(read_gg(source)), SceneOptions(notation="upv"))
    assert given == ["Trace"]
    assert any("ж" in text.tex for box in scene.boxes for text in box.texts)


def _layout_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep the ways in which something was laid out, by an engine or in columns."""
    ways: list[str] = []
    real = arranged.Arranging._with_labels

    def kept(self: Any, laid: Any, *words: Any, **options: Any) -> Any:
        ways.append(laid.engine)
        return real(self, laid, *words, **options)

    monkeypatch.setattr(arranged.Arranging, "_with_labels", kept)
    return ways


CHAIN = "input x = 1\n" + "\n".join(
    f"param w{k} = 0.5\nh{k} = tanh(w{k}*{f'h{k - 1}' if k else 'x'})" for k in range(30)
)


@pytest.mark.parametrize("source", [SOURCE, CHAIN], ids=["short", "long"])
@pytest.mark.parametrize(("fit", "most"), [("", 1), ("beamer169", 4)])
def test_a_figure_is_laid_out_once_and_on_a_page_four_times_at_most(
    monkeypatch: pytest.MonkeyPatch, source: str, fit: str, most: int
) -> None:
    runs = _layout_runs(monkeypatch)
    scene = scene_of(record(read_gg(source)), SceneOptions(fit=fit))
    assert 1 <= len(runs) <= most
    assert scene.boxes


def test_each_label_is_drawn_once_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    real = typeset.drawn

    def kept(mathml: str) -> Any:
        drawn.append(mathml)
        return real(mathml)

    typeset.typeset.cache_clear()
    typeset._unit_ink.cache_clear()
    typeset._template.cache_clear()
    monkeypatch.setattr(typeset, "drawn", kept)
    scene_of(record(read_gg(CHAIN)), SceneOptions(fit="beamer169"))
    assert drawn
    assert len(drawn) == len(set(drawn))
