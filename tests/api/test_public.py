"""Check the public names: each is there, is the one of its module, and takes a handle."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import graphgrad as gg
from graphgrad.api.public import PUBLIC

NAMES = [
    "assert_answer",
    "check",
    "Condition",
    "FigureOptions",
    "FileError",
    "Graph",
    "GraphgradError",
    "Handle",
    "InPlaceError",
    "LimitError",
    "NoGradientError",
    "NonFiniteError",
    "RowError",
    "SceneOptions",
    "ShapeError",
    "SourceError",
    "Trace",
    "UsageError",
    "Value",
    "compile",
    "equivalent",
    "explain",
    "export",
    "from_jax",
    "from_keras",
    "from_onnx",
    "from_pt2",
    "from_sympy",
    "from_torch",
    "gradcheck",
    "gradient_graph",
    "graph",
    "hessian",
    "hessian_vector_product",
    "input",
    "inspect",
    "jacobian",
    "jvp",
    "lint",
    "load",
    "load_safetensors",
    "load_trace",
    "mark",
    "merge_common",
    "param",
    "parse",
    "register",
    "render",
    "same",
    "save_trace",
    "scalar_graph",
    "set_language",
    "stable",
    "stepper",
    "to_gg",
    "to_graphviz",
    "to_networkx",
    "trace",
    "train",
]
VERBS: dict[str, Callable[[Any, Path], Any]] = {
    "assert_answer": lambda loss, _: gg.assert_answer(loss, "dn3/dw", "6"),
    "check": lambda loss, _: gg.check(loss, "dn3/dw = 6").score,
    "mark": lambda loss, _: gg.mark(loss, {"dn3/dw": 6}).total,
    "gradcheck": lambda loss, _: gg.gradcheck(loss).ok,
    "gradient_graph": lambda loss, _: gg.trace(gg.gradient_graph(loss, "w")).values[-1],
    "hessian": lambda loss, _: gg.hessian(loss, wrt=["w"])["w", "w"],
    "hessian_vector_product": lambda loss, _: gg.hessian_vector_product(loss, {"w": 1})["w"],
    "jacobian": lambda loss, _: gg.jacobian(loss)["w"],
    "jvp": lambda loss, _: gg.jvp(loss, {"w": 1}),
    "merge_common": lambda loss, _: gg.merge_common(loss).line_names,
    "scalar_graph": lambda loss, _: gg.scalar_graph(loss).line_names,
    "to_gg": lambda loss, _: gg.to_gg(loss),
    "to_networkx": lambda loss, _: gg.to_networkx(loss).number_of_nodes(),
    "to_graphviz": lambda loss, _: gg.to_graphviz(loss).source,
    "save_trace": lambda loss, path: gg.save_trace(loss, path / "t.json"),
    "render": lambda loss, path: gg.render(loss, path / "t.svg"),
}


def loss() -> gg.Handle:
    w, x = gg.param("w", 2), gg.input("x", 3)
    return (w * x - 5) ** 2


def test_the_public_names_are_these() -> None:
    assert sorted(PUBLIC) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_is_what_its_module_defines(name: str) -> None:
    found = getattr(gg, name)
    defined = getattr(import_module(PUBLIC[name]), name)
    assert getattr(found, "__wrapped__", found) is defined
    assert found.__name__ == name


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_on_a_handle_is_the_verb_on_its_graph(name: str, tmp_path: Path) -> None:
    """Where numbers are shown or saved, on its pass."""
    shows = name in ("render", "save_trace", "to_graphviz")
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    mine.mkdir()
    theirs.mkdir()
    source = gg.trace(loss()) if shows else loss().graph()
    assert VERBS[name](loss(), mine) == VERBS[name](source, theirs)
    written = [path.name for path in mine.iterdir()]
    assert bool(written) == (name in ("render", "save_trace"))
    for file in written:
        assert (mine / file).read_bytes() == (theirs / file).read_bytes()


def test_a_figure_of_a_handle_shows_its_numbers() -> None:
    assert gg.to_graphviz(loss()).source != gg.to_graphviz(loss().graph()).source


def test_a_saved_pass_is_loaded_with_its_numbers(tmp_path: Path) -> None:
    gg.save_trace(loss(), tmp_path / "t.json")
    assert gg.load_trace(tmp_path / "t.json").gradients == {"w": 6.0, "x": 4.0}


@pytest.mark.parametrize("name", ["no_such_function", "_relu", "__wrapped__", "Relu"])
def test_a_name_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(AttributeError, match=f"^module 'graphgrad' has no attribute '{name}'"):
        getattr(gg, name)
    assert not hasattr(gg, name)


def test_a_name_that_is_nearly_there_is_told_with_those_near_it() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'steper'\. Did you mean stepper"):
        getattr(gg, "steper")  # noqa: B009  # type checkers know that there is none


@pytest.mark.parametrize(
    ("ending", "option", "first", "second"),
    [
        ("svg", "theme", "light", "dark"),
        ("svg", "step", 1, 3),
        ("svg", "options", gg.SceneOptions(), gg.SceneOptions(style="wire")),
        ("png", "scale", 1.0, 2.0),
        ("gif", "seconds", 1.0, 2.0),
        ("gif", "once", False, True),
        ("tex", "format", "tikz", "beamer"),
    ],
)
def test_every_option_of_a_figure_changes_it(
    ending: str, option: str, first: Any, second: Any, tmp_path: Path
) -> None:
    path, trace = tmp_path / f"figure.{ending}", gg.trace(loss())
    small = {"scale": 0.25} if ending == "gif" else {}
    written = []
    for value in (first, second, first):
        gg.render(trace, path, **small | {option: value})
        written.append(path.read_bytes())
    assert written[0] == written[2] != written[1]


def test_an_engine_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(gg.UsageError):
        gg.render(loss(), tmp_path / "figure.svg", engine="no-such-engine")


def test_a_choice_of_a_figure_is_a_keyword_too(tmp_path: Path) -> None:
    one, other = tmp_path / "a.svg", tmp_path / "b.svg"
    gg.render(loss(), one, detail="op", show="values", wrt="w")
    gg.render(loss(), other, gg.SceneOptions(detail="op", show=("values",), wrt=("w",)))
    assert one.read_bytes() == other.read_bytes()
    gg.render(loss(), other, gg.SceneOptions(detail="op", wrt=("w",)), show=("values",))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"detial": "op"}, "door.choice"),
        ({"detail": "layr"}, "door.choice_value"),
        ({"style": 3}, "door.choice_value"),
        ({"show": "value"}, "figure.unknown_part"),
        ({"wrt": 3}, "door.argument"),
        ({"options": gg.SceneOptions(detail="layr")}, "door.choice_value"),  # type: ignore[arg-type]
    ],
)
def test_a_choice_that_a_figure_does_not_have_is_refused(
    choices: dict[str, Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(gg.UsageError) as caught:
        gg.render(loss(), tmp_path / "a.svg", **choices)
    assert caught.value.message_id == message
    assert not list(tmp_path.iterdir())


def test_an_optimizer_of_a_module_is_told_its_parameters() -> None:
    net = gg.nn.Sequential(gg.nn.Linear(2, 1), gg.nn.Tanh())
    for given, example in ((net, "net.parameters()"), (gg.param("w", 1), "[w, b]"), (3, "[w, b]")):
        with pytest.raises(gg.UsageError) as caught:
            gg.optim.Adam(given, lr=0.1)
        assert caught.value.message_id == "optim.params_kind"
        assert caught.value.fields["example"] == example
    assert gg.optim.Adam(net.parameters(), lr=0.1).param_groups


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Linear", "gg.nn.Linear"), ("Sequential", "gg.nn.Sequential"), ("SGD", "gg.optim.SGD"),
        ("tensor", "gg.torchlike.tensor"), ("tanhh", "Did you mean tanh"),
        ("cross_entropy_with_logits", "gg.nn.CrossEntropyLoss"), ("mse_loss", "gg.nn.MSELoss"),
    ],
)  # fmt: skip
def test_a_name_that_is_elsewhere_is_told_where(name: str, told: str) -> None:
    with pytest.raises(AttributeError, match=told):
        getattr(gg, name)


def test_a_check_of_a_handle_shows_no_number_of_a_node() -> None:
    w = gg.param("W", [[1.0, 2.0]])
    told = str(gg.gradcheck(gg.sum(gg.tanh(w))))
    assert "d/dW[1, 1]" in told
    assert "dn" not in told
    assert str(gg.gradcheck(gg.tanh(w))).count("output has several entries") == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cross_entropy", "gg.parse"),
        ("entropia_cruzada", "gg.parse"),
        ("hinge", "gg.parse"),
        ("loss", "gg.parse"),
        ("sgd", "gg.optim.SGD"),
        ("adam", "gg.optim.Adam"),
        ("layernorm", "gg.nn.LayerNorm"),
        ("dropout", "gg.nn.Dropout"),
        ("mse", "gg.nn.MSELoss"),
        ("value", "Value"),
    ],
)
def test_a_word_of_the_files_is_told_what_it_is_in_python(name: str, told: str) -> None:
    with pytest.raises(AttributeError, match=told.replace(".", r"\.")):
        getattr(gg, name)


@pytest.mark.parametrize("name", ["foo", "plot", "xyz"])
def test_what_is_not_near_is_not_offered(name: str) -> None:
    with pytest.raises(AttributeError, match=f"no attribute '{name}'$"):
        getattr(gg, name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("gradient", "grad"), ("gradiente", "grad"), ("valor", "value"), ("shap", "shape")],
)
def test_an_attribute_of_a_node_is_told_by_what_it_means(name: str, meant: str) -> None:
    w = gg.param("w", 2)
    for node in (w, w * w):
        with pytest.raises(AttributeError, match=rf"'{name}'\. .*\b{meant}\?"):
            getattr(node, name)
        assert not hasattr(node, "_repr_of_nothing_")
