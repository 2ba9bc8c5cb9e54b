"""Chapter 1 of a course that builds networks up from numbers: derivatives, a neuron, a network.

In the words of the first lecture of "Neural Networks: Zero to Hero" (A. Karpathy).
"""

import math
import random

import numpy as np
import torch
from micrograd.engine import Value
from micrograd.nn import MLP


def f(x):
    return 3 * x**2 - 4 * x + 5


show("slope", (f(3.0 + 1e-6) - f(3.0)) / 1e-6)

# a, b, c to L
a = Value(2.0)
b = Value(-3.0)
c = Value(10.0)
e = a * b
d = e + c
g = Value(-2.0)
L = d * g
show("L", L.data)
L.backward()
show("grads", a.grad, b.grad, c.grad, e.grad, d.grad, g.grad, L.grad)

# nudged up the hill
for leaf in (a, b, c, g):
    leaf.data += 0.01 * leaf.grad
show("nudged", ((a * b + c) * g).data)

# a neuron
x1, x2 = Value(2.0), Value(0.0)
w1, w2 = Value(-3.0), Value(1.0)
b = Value(6.8813735870195432)
x1w1 = x1 * w1
x2w2 = x2 * w2
x1w1x2w2 = x1w1 + x2w2
n = x1w1x2w2 + b
e2 = (2 * n).exp() if hasattr(n, "exp") else None
h = n.relu()
h.backward()
show("neuron", h.data, x1.grad, w1.grad, x2.grad, w2.grad)

# a value used twice
a = Value(3.0)
b = a + a
b.backward()
show("twice", a.grad)
a, b = Value(-2.0), Value(3.0)
d = a * b
e = a + b
f2 = d * e
f2.backward()
show("shared", a.grad, b.grad)

# other ways to write the same
a = Value(2.0)
show("constants", (a + 1).data, (1 + a).data, (2 * a).data, (a - 1).data, (a / 4).data,
     (-a).data, (a**3).data, (1 - a).data, (1 / a).data)  # fmt: skip

# the same neuron in PyTorch
x1 = torch.Tensor([2.0]).double()
x1.requires_grad = True  # noqa: E702
x2 = torch.Tensor([0.0]).double()
x2.requires_grad = True  # noqa: E702
w1 = torch.Tensor([-3.0]).double()
w1.requires_grad = True  # noqa: E702
w2 = torch.Tensor([1.0]).double()
w2.requires_grad = True  # noqa: E702
b = torch.Tensor([6.8813735870195432]).double()
b.requires_grad = True  # noqa: E702
n = x1 * w1 + x2 * w2 + b
o = torch.tanh(n)
show("o", o.data.item())
o.backward()
show("torch", x2.grad.item(), w2.grad.item(), x1.grad.item(), w1.grad.item())

# a network on four rows
random.seed(1337)
net = MLP(3, [4, 4, 1])
start = np.random.RandomState(0).uniform(-1, 1, len(net.parameters()))
for p, value in zip(net.parameters(), start):
    p.data = float(value)
xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
ys = [1.0, -1.0, -1.0, 1.0]
for k in range(20):
    ypred = [net(x) for x in xs]
    loss = sum((yout - ygt) ** 2 for ygt, yout in zip(ys, ypred))
    for p in net.parameters():
        p.grad = 0.0
    loss.backward()
    for p in net.parameters():
        p.data += -0.01 * p.grad
    if k % 5 == 0:
        show("step", k, loss.data)
show("predictions", *[y.data for y in ypred])
show("parameters", len(net.parameters()), math.fsum(p.data for p in net.parameters()))
