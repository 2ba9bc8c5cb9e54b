"""A user's script: every public door, under ``mypy --strict``, with hardly an annotation."""

from typing import Any, assert_type

import numpy as np

import graphgrad as gg
import graphgrad.nn.functional as F
import graphgrad.torchlike as torch
import graphgrad.torchlike.nn.functional as TF
from graphgrad import nn, optim
from graphgrad.micrograd.engine import Value
from graphgrad.micrograd.nn import MLP


def lecture() -> gg.Handle:
    """Write the lines of the lecture."""
    x, y_true = gg.input("x", 3), gg.input("y", 9)
    w, b = gg.param("w", 2), gg.param("b", 1)
    z = w * x
    y_hat = z + b
    e = y_hat - y_true
    loss = e**2
    loss.backward()
    assert_type(loss, gg.Handle)
    w.value = w.value - 0.1 * w.grad
    assert_type(-abs(w) / 2 + 1 - 3 * w, gg.Handle)
    assert_type(w > 0, gg.Handle)
    assert_type(w == b, gg.Handle)
    return loss


def words(w: gg.Handle, x: gg.Handle) -> gg.Handle:
    """Use functions, methods and NumPy's words."""
    assert_type(gg.sum(gg.sigmoid(w @ x), axis=0), gg.Handle)
    assert_type(gg.where(w > 0, w, 0), gg.Handle)
    assert_type(gg.concat([w, x]), gg.Handle)
    assert_type(gg.suma(w, x), gg.Handle)
    assert_type(w.sum(1, keepdim=True).exp().T, gg.Handle)
    assert_type(w[0, :].mean(), gg.Handle)
    assert_type(w.chunk(2), list[gg.Handle])
    assert_type(w.numel(), int)
    h = np.tanh(w @ x) + np.exp(w)  # an array, to the stubs of some versions of NumPy; a node
    return gg.sum(h)


def graphs(loss: gg.Handle) -> None:
    """Freeze, run, draw, check, differentiate twice."""
    graph = gg.graph(loss, names={"loss": loss})
    assert_type(graph, gg.Graph)
    assert_type(gg.load("neuron.gg"), gg.Graph)
    trace = gg.trace(graph)
    assert_type(trace, gg.Trace)
    gg.render(trace, "neuron.svg", gg.SceneOptions(fold="edge"))
    gg.stepper(graph)
    assert_type(gg.gradcheck(graph).ok, bool)
    assert_type(gg.hessian(graph), dict[tuple[str, str], Any])
    assert_type(gg.to_gg(graph), str)
    assert_type(gg.same(graph, graph).renaming, dict[str, str])
    report = gg.check(graph, "z = 6")
    assert_type(report.first_wrong, str)
    assert_type(gg.equivalent("x + x", "2*x").status == "equal", bool)
    gg.inspect(graph, "gradients")
    gg.train(graph, "adam(rate=0.1)", steps=3)
    gg.set_language("es")


def network(x: gg.Handle, t: gg.Handle) -> float:
    """Train a network in PyTorch's words."""
    nn.draw(1)
    model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
    layer = nn.Linear(2, 4, bias=False)
    assert_type(layer(x), gg.Handle)
    opt = optim.Adam(model.parameters(), lr=0.1)
    schedule = optim.lr_scheduler.StepLR(opt, step_size=10)
    criterion = nn.MSELoss()
    for _ in range(3):
        loss = criterion(model(x), t)
        loss.backward()
        opt.step()
        schedule.step()
    assert_type(F.cross_entropy(x, t), gg.Handle)
    return loss.item()


class Net(nn.Module):
    """A module of one's own."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(2, 3)

    def forward(self, x: gg.Handle) -> gg.Handle:
        """Return the hidden units."""
        return self.hidden(x).relu()


def lessons() -> float:
    """Run lessons for PyTorch and micrograd with their import line changed."""
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    assert_type(torch.randn(2, 3), torch.Tensor)
    loss = (torch.tanh(w) ** 2).sum()
    assert_type(loss, gg.Handle)
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None
    assert_type(TF.relu(w), gg.Handle)
    a = Value(2.0, label="a")
    b = (a * 3 + 1).tanh()
    assert_type(b, Value)
    b.backward()
    MLP(2, [3, 1])([a, b])
    return loss.item()
