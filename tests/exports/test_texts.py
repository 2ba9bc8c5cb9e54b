"""LaTeX, Mermaid and networkx hold what the trace holds, and no name acts in them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import networkx
import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.source.gg import load, read_gg
from graphgrad.views.exports.targets import TARGETS
from graphgrad.views.text.run_json import plain_data

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.gg"))


def written(target: str, name: str) -> str:
    """Return a sample in a form of text."""
    found = TARGETS[target].write(load(SAMPLES / f"{name}.gg"))
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_networkx_reads_the_graph_back_with_its_numbers(name: str) -> None:
    graph = load(SAMPLES / f"{name}.gg")
    found = networkx.node_link_graph(json.loads(written("networkx-json", name)), edges="edges")
    trace = record(graph)
    assert found.number_of_nodes() == len(graph)
    assert found.number_of_edges() == sum(1 for _ in graph.edges())
    assert networkx.is_directed_acyclic_graph(found)
    for node in range(len(graph)):
        assert found.nodes[graph.name(node)]["value"] == plain_data(trace.values[node])


@pytest.mark.parametrize("name", NAMES)
def test_latex_has_one_line_per_leaf_formula_and_adjoint(name: str) -> None:
    text = written("latex", name)
    graph = load(SAMPLES / f"{name}.gg")
    body = text.split(r"\begin{align*}")[1].split(r"\end{align*}")[0]
    first, forward, *rest = re.split(r"\\intertext{[^}]*}", body)
    leaves = [line for line in graph.lines() if graph.is_leaf(line.root)]
    assert forward.count(" &= ") == len(graph.line_ends) - len(leaves)
    assert first.count(" &= ") == len(leaves)
    assert rest
    assert rest[0].count(" &= ") > sum(graph.variable[line.root] for line in leaves) / 2
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")
    assert not re.search(r"\\cdot 1( |$)", text)


def test_latex_of_all_samples_is_typeset(tmp_path: Path) -> None:
    engine = shutil.which("pdflatex")
    if engine is None:
        pytest.skip("pdflatex is not installed")
    packages = r"\usepackage[T1]{fontenc}\usepackage{amsmath}"
    pages = "\\clearpage\n".join(written("latex", name) for name in NAMES)
    document = rf"\documentclass{{article}}{packages}\begin{{document}}" + f"\n{pages}\n"
    (tmp_path / "all.tex").write_text(document + r"\end{document}", encoding="utf-8")
    run = subprocess.run(
        [engine, "-interaction=nonstopmode", "-halt-on-error", "all.tex"],
        cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    assert run.returncode == 0, [line for line in run.stdout.splitlines() if line[:1] in "!l"][-4:]
    assert (tmp_path / "all.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("name", NAMES)
def test_mermaid_has_a_box_per_line_and_an_edge_per_use(name: str) -> None:
    graph = load(SAMPLES / f"{name}.gg")
    text = written("mermaid", name)
    boxes = re.findall(r'^ +n(\d+)[(\[{]+"', text, re.MULTILINE)
    assert sorted(map(int, boxes)) == [line.index for line in graph.lines()]
    frames = re.findall(r'subgraph g\d+\["(.*)"\]', text)
    assert len(set(frames)) == len(frames)  # a group is one frame, whatever stands between
    assert not re.search(r"keepdims|fold\(", text)
    edges = re.findall(r"^  n(\d+) --> n(\d+)$", text, re.MULTILINE)
    assert edges
    assert len(set(edges)) == len(edges)
    assert all(int(source) < int(target) for source, target in edges)
    assert text.count("subgraph") == len(re.findall(r"^  end$", text, re.MULTILINE))


def test_no_words_of_an_author_act_in_what_is_written() -> None:
    hostile = (
        'title "a\\\\b \\\\input{x} %\\"\\"\\" #quot; <b>"\nparam w "\\"]; click" = 2\ny = w*w\n'
    )
    graph = read_gg(hostile)
    mermaid = str(TARGETS["mermaid"].write(graph))
    boxes = [line for line in mermaid.splitlines() if re.match(r" +n\d", line)]
    assert len(boxes) == 3
    assert all(line.count('"') in (0, 2) for line in boxes)
    assert "<b>" not in "".join(boxes)
    latex = str(TARGETS["latex"].write(graph))
    assert r"\input" not in latex
    for target in ("pytorch", "jax"):
        compile(str(TARGETS[target].write(graph)), target, "exec")


def test_texts_are_the_same_each_time_and_speak_the_language() -> None:
    from graphgrad.messages.catalogue import set_language

    english = written("pytorch", "mlp_vectorized")
    assert written("pytorch", "mlp_vectorized") == english
    set_language("es")
    try:
        assert "# Pasada hacia delante" in written("pytorch", "mlp_vectorized")
        assert r"\intertext{Pasada hacia atrás}" in written("latex", "mlp_vectorized")
    finally:
        set_language("en")


def test_names_and_formulas_of_the_file_are_those_of_the_script() -> None:
    text = written("pytorch", "mlp_vectorized")
    assert "z1 = W1 @ x0 + b1" in text
    assert "x1 = torch.tanh(z1)" in text
    assert "J = torch.sum((x2 - y)**2)" in text
    assert "J.backward()" in text


def test_ops_without_a_word_are_named_all_at_once_with_their_counts() -> None:
    builder = GraphBuilder()
    x = builder.leaf_line("x", "input", np.arange(8.0).reshape(2, 2, 2), (2, 2, 2))
    marks = [builder.apply("argmax_mask", (x,), axis=(0, 2)) for _ in range(2)]
    total = builder.apply("sum", (builder.apply("add", tuple(marks)),), axis=(0, 1, 2))
    builder.end_line("y")
    graph = builder.freeze(total)
    for target, library in (("pytorch", "PyTorch"), ("jax", "JAX")):
        with pytest.raises(UsageError, match=rf"{library} .*: argmax_mask \(2\)"):
            TARGETS[target].write(graph)
