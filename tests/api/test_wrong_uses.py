"""What is wrong in Python code of networks is told in words, in both languages, with the call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import graphgrad as gg
from graphgrad import nn
from graphgrad.autodiff.record import record
from graphgrad.errors import NonFiniteError
from graphgrad.messages.catalogue import in_language
from graphgrad.nn import functional
from graphgrad.views.text.trouble import trouble_error

X = [1.0, 2.0]


def _w() -> gg.Leaf:
    return gg.param("w", 1.0)


def _sgd() -> Any:
    return gg.optim.SGD([_w()], lr=0.1)


def _step() -> Any:
    return gg.optim.lr_scheduler.StepLR(_sgd(), 2)


def _in_turn(optimizer: Any, schedulers: Any = None, milestones: Any = (2,)) -> Any:
    two = [_step(), _step()] if schedulers is None else schedulers
    return gg.optim.lr_scheduler.SequentialLR(optimizer, two, milestones)


USES: list[tuple[Callable[[], object], str, str]] = [
    (lambda: nn.Linear(2), "Linear needs out_features", "Linear necesita out_features"),
    (nn.Linear, "needs in_features, out_features", "necesita in_features, out_features"),
    (lambda: nn.Linear(2, 3, True, 5), "at most 3 arguments", "a lo sumo 3 argumentos"),
    (lambda: nn.Linear(2, 3, neurons=4), "no argument neurons", "no tiene el argumento neurons"),
    (lambda: nn.Linear(2, 3, in_features=4), "is given twice", "se da dos veces"),
    (lambda: nn.Linear("2", 3), "in_features of Linear is a whole number: got '2'",
     "in_features de Linear es un número entero: se recibió '2'"),
    (lambda: nn.Linear(2, 1.5), "out_features of Linear is a whole", "es un número entero"),
    (lambda: nn.Linear(2, 0), "out_features of Linear is a whole number from 1", "desde 1"),
    (lambda: nn.Linear(2, 3, bias="no"), "bias of Linear is True or False", "es True o False"),
    (lambda: nn.Conv2d(1, 2), "Conv2d needs kernel_size", "Conv2d necesita kernel_size"),
    (lambda: nn.Dropout(2), "p of Dropout is a share", "p de Dropout es una parte"),
    (lambda: nn.Dropout("x"), "p of Dropout is a number", "p de Dropout es un número"),
    (lambda: nn.LSTM(3), "LSTM needs hidden_size", "LSTM necesita hidden_size"),
    (lambda: nn.Embedding(3), "needs embedding_dim", "necesita embedding_dim"),
    (lambda: nn.MultiheadAttention(4), "needs num_heads", "necesita num_heads"),
    (lambda: nn.Sequential(3), "got 3, which is no module", "3, que no es un módulo"),
    (lambda: nn.Lineer(2, 3), "graphgrad.nn has no Lineer. Did you mean Linear",
     "graphgrad.nn no tiene Lineer. ¿Quería decir Linear"),
    (lambda: functional.rellu(X), "has no rellu. Did you mean relu",
     "no tiene rellu. ¿Quería decir relu"),
    (functional.relu, "relu needs input", "relu necesita input"),
    (lambda: functional.cross_entropy(X, "gato"), "target got the text 'gato'",
     "target recibió el texto 'gato'"),
    (lambda: functional.cross_entropy(X, 5), "target = 5 is the number of no class: there are",
     "target = 5 no es el número de ninguna clase: hay"),
    (lambda: functional.cross_entropy(X, gg.input("k", 5)), "k = 5 is the number of no class",
     "k = 5 no es el número de ninguna clase"),
    (lambda: functional.binary_cross_entropy([0.5, 0.5], [0, 2]), "target[1] = 2 is outside",
     "target[1] = 2 está fuera"),
    (lambda: nn.Embedding(3, 2)([0, 7]), "input[1] = 7 is the number of no class",
     "input[1] = 7 no es el número de ninguna clase"),
    (lambda: functional.cross_entropy(X, gg.input("k", [[5]])[0, 0]), "target = 5 is",
     "target = 5 no es"),
    (lambda: gg.one_hot([0, 7], 3), "x[1] = 7 is the number of no class",
     "x[1] = 7 no es el número de ninguna clase"),
    (lambda: functional.cross_entropy(X), "cross_entropy needs target",
     "cross_entropy necesita target"),
    (lambda: functional.linear(X), "linear needs weight", "linear necesita weight"),
    (lambda: nn.init.constant_(_w()), "constant_ needs val", "constant_ necesita val"),
    (lambda: nn.init.zeros_(3), "nn.init got 3, which is no", "nn.init recibió 3"),
    (nn.Linear(2, 3), "Linear takes 1 (x): got 0", "Linear toma 1 (x)"),
    (lambda: nn.Linear(2, 3)(X, X), "Linear takes 1 (x): got 2", "Linear toma 1 (x)"),
    (lambda: nn.Linear(2, 3)("text"), "input got the text 'text'", "input recibió el texto 'text'"),
    (lambda: nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(4, 1))(X),
     "2: Linear(in_features=4, out_features=1, bias=True) got 3, the result of layers[1] (tanh)",
     "2: Linear(in_features=4, out_features=1, bias=True) recibió 3, que da layers[1] (tanh)"),
    (lambda: nn.MSELoss()(nn.Linear(2, 3)(X), X), "MSELoss() got 3, the result of",
     "MSELoss() recibió 3, que da"),
    (lambda: nn.BatchNorm1d(2)(X), "at least two samples", "al menos dos muestras"),
    (lambda: nn.Module()(X), "Module has no forward", "Module no tiene forward"),
    (lambda: nn.Linear(2, 3).load_state_dict({}), "missing weight, bias", "faltan weight, bias"),
    (gg.optim.SGD, "SGD needs params", "SGD necesita params"),
    (lambda: gg.optim.SGD([]), "SGD got no parameters", "SGD"),
    (lambda: gg.optim.SGD([_w()], lr="x"), "lr of SGD is a number", "lr de SGD es un número"),
    (lambda: gg.optim.SGD([_w()], lr=-1), "lr cannot be -1", "lr no puede ser -1"),
    (lambda: gg.optim.SGD([_w()], rate=1), "SGD has no argument rate", "no tiene el argumento"),
    (lambda: gg.optim.SGD(nn.Linear(2, 3)), "net.parameters()", "net.parameters()"),
    (lambda: gg.optim.Adm([_w()]), "has no Adm. Did you mean Adam", "¿Quería decir Adam"),
    (lambda: gg.optim.lr_scheduler.StepLR(3, 4), "StepLR changes the rate of an optimizer: got 3",
     "StepLR cambia la tasa de un optimizador"),
    (lambda: gg.optim.lr_scheduler.StepLR(gg.optim.SGD([_w()])), "StepLR needs step_size",
     "StepLR necesita step_size"),
    (gg.optim.Optimizer, "Optimizer is what optimizers and schedules are made from",
     "Optimizer es aquello de lo que se hacen"),
    (lambda: gg.optim.Scheduler(_sgd()), "such as gg.optim.lr_scheduler.StepLR",
     "como gg.optim.lr_scheduler.StepLR"),
    (lambda: _in_turn("opt"), "changes the rate of an optimizer: got 'opt'", "se recibió 'opt'"),
    (lambda: _in_turn(_sgd(), 3), "got 3 for schedulers", "recibió 3 en schedulers"),
    (lambda: _in_turn(_sgd(), [_step(), 5]), ", 5] for schedulers", ", 5] en schedulers"),
    (lambda: _in_turn(_sgd(), []), "got [] for schedulers", "recibió [] en schedulers"),
    (lambda: _in_turn(_sgd(), milestones=3), "got 3 for milestones", "recibió 3 en milestones"),
    (lambda: _in_turn(_sgd(), milestones=["a"]), "got ['a'] for milestones", "['a'] en milestones"),
    (lambda: _in_turn(_sgd(), milestones=[2.5]), "got [2.5] for", "recibió [2.5] en"),
    (lambda: _in_turn(_sgd(), milestones=[-2]), "got [-2] for", "recibió [-2] en"),
    (lambda: _in_turn(_sgd(), milestones=[5, 2]), "whole numbers that rise", "enteros crecientes"),
    (lambda: _in_turn(_sgd(), milestones=[2, 3]), "2 schedules need one milestone less", "un hito"),
    (lambda: gg.graph(_w() ** 2).line_of("w"), "'w' is no node of this graph", "no es un nodo"),
    (lambda: gg.graph(_w() ** 2).line_of(None), "None is no node", "None no es un nodo"),
    (lambda: gg.graph(_w() ** 2).line_of(9), "a whole number from 0 to 1", "un entero de 0 a 1"),
    (lambda: gg.graph(_w() ** 2).line_of(-1), "-1 is no node", "-1 no es un nodo"),
    (lambda: gg.graph(_w() ** 2).line_of(0.5), "0.5 is no node", "0.5 no es un nodo"),
    (lambda: _w().trace() + 1, "not a number. The sum of a diagonal is", "no un número. La suma"),
    (lambda: 2 * _w().trace(), "np.trace(A) or torch.trace(A)", "np.trace(A) o torch.trace(A)"),
    (lambda: _w() @ _w().trace(), "is a run of a whole graph", "una pasada de todo un grafo"),
    (lambda: _w().trace() == 5, "is a run of a whole graph", "una pasada de todo un grafo"),
    (lambda: float(_w().trace()), "is a run of a whole graph", "una pasada de todo un grafo"),
    (lambda: _w().trace() > 0, "is a run of a whole graph", "una pasada de todo un grafo"),
    (lambda: gg.train(_w() ** 2, batch=5), "a batch of 5 rows is larger", "un lote de 5 filas"),
    (lambda: gg.train(_w() ** 2, "gd(rate=1e200)", steps=9), "overflows", "desborda"),
    (lambda: gg.train(3), "got 3 of type int", "recibió 3 de tipo int"),
]  # fmt: skip


@pytest.mark.parametrize(("use", "english", "spanish"), USES, ids=[u[1][:40] for u in USES])
def test_a_wrong_use_is_told_in_words(
    use: Callable[[], object], english: str, spanish: str
) -> None:
    for language, said in (("en", english), ("es", spanish)):
        with in_language(language), pytest.raises((gg.GraphgradError, AttributeError)) as told:
            use()
        error = told.value
        shown = error.text(language) if isinstance(error, gg.GraphgradError) else str(error)
        assert said in shown


def test_an_argument_by_name_and_numbers_of_numpy_are_taken() -> None:
    import numpy as np

    layer = nn.Linear(in_features=np.int64(2), out_features=3, bias=np.bool_(False))
    assert layer(X).shape == (3,)
    assert functional.leaky_relu(input=[-1.0], negative_slope=np.float32(0.5)).value.tolist() == [
        -0.5
    ]
    assert not hasattr(nn, "Lineer")


@pytest.mark.parametrize("given", [99, -1, 0.5])
@pytest.mark.parametrize("loss", ["cross_entropy_with_logits(z, t)", "nll(z, t)",
                                  "sum(one_hot(t, 3) @ z)", "multi_margin(z, t)"])  # fmt: skip
def test_a_class_or_row_that_is_not_there_is_refused_as_at_the_command_line(
    loss: str, given: float
) -> None:
    graph = gg.parse(f"input t = 1\nparam z = [1, 2, 3]\nloss L = {loss}")
    assert gg.trace(graph).gradients
    with pytest.raises(
        NonFiniteError, match=r"is outside what this loss takes|is no class"
    ) as caught:
        gg.trace(graph, {"t": given})
    error = trouble_error(record(graph, {"t": given}, refuse=False))
    assert str(error) == str(caught.value)


def test_a_layer_of_the_files_is_told_by_its_names_in_python() -> None:
    told = {"cross_entropy_with_logits": "gg.nn.functional.cross_entropy", "dense": "gg.nn.Linear"}
    for name, found in (told | {"entropia_cruzada_logits": "gg.nn.CrossEntropyLoss"}).items():
        with pytest.raises(AttributeError, match=found):
            getattr(gg, name)
    with pytest.raises(AttributeError, match="Did you mean sigmoid"):
        _ = gg.sigmoidd


def test_a_plan_says_what_it_takes_and_gives() -> None:
    plan = gg.compile(gg.parse("input x = [1, 2]\nparam w = 2\nloss L = sum(w*x)"), wrt=["w"])
    assert repr(plan) == "<Plan of L(x, w), gradients: w>"
