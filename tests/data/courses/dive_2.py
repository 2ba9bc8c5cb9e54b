"""Chapter 2 of a course on deep learning: arrays, linear algebra, derivatives.

In the words of the chapter "Preliminaries" of "Dive into Deep Learning" (A. Zhang et al.).
"""

import numpy as np
import torch

# arrays
x = torch.arange(12, dtype=torch.float32)
show("x", x.tolist(), x.numel(), list(x.shape))
X = x.reshape(3, 4)
show("X", X.tolist(), list(x.reshape(-1, 4).shape))
show("made", torch.zeros((2, 3, 4)).sum().item(), torch.ones((2, 3, 4)).sum().item())
show("drawn", list(torch.randn(3, 4).shape))
Y = torch.tensor([[2.0, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]])
show("Y", Y.tolist())
show("read", X[-1].tolist(), X[1:3].tolist())
X[1, 2] = 17
X[:2, :] = 12
show("written", X.tolist())
show("exp", torch.exp(x)[8:].tolist())
x = torch.tensor([1.0, 2, 4, 8])
y = torch.tensor([2, 2, 2, 2])
show("by entry", (x + y).tolist(), (x - y).tolist(), (x * y).tolist(), (x / y).tolist(),
     (x**y).tolist())  # fmt: skip
X = torch.arange(12, dtype=torch.float32).reshape((3, 4))
show("joined", torch.cat((X, Y), dim=0).tolist(), torch.cat((X, Y), dim=1).tolist())
show("equal", (X == Y).tolist(), X.sum().item())
a = torch.arange(3).reshape((3, 1))
b = torch.arange(2).reshape((1, 2))
show("spread", (a + b).tolist())
Z = torch.zeros_like(Y)
before = id(Z)
Z[:] = X + Y
show("in place", id(Z) == before, Z[0].tolist())
before = id(X)
X += Y
show("in place", id(X) == before, X[0].tolist())
A = X.numpy()
B = torch.from_numpy(A)
show("kinds", A.shape[0], B.shape[0])
a = torch.tensor([3.5])
show("numbers", a.item(), float(a), int(a))

# linear algebra
x = torch.tensor(3.0)
y = torch.tensor(2.0)
show("scalars", (x + y).item(), (x * y).item(), (x / y).item(), (x**y).item())
x = torch.arange(3)
show("vector", x[2].item(), len(x), list(x.shape))
A = torch.arange(6).reshape(3, 2)
show("matrix", A.tolist(), A.T.tolist())
A = torch.tensor([[1, 2, 3], [2, 0, 4], [3, 4, 5]])
show("symmetric", (A == A.T).all().item())
show("tensor", torch.arange(24).reshape(2, 3, 4)[1, 2].tolist())
A = torch.arange(6, dtype=torch.float32).reshape(2, 3)
B = A.clone()
show("products", (A * B).tolist(), (2 + torch.arange(24).reshape(2, 3, 4))[0, 0].tolist())
show("sums", A.sum().item(), A.sum(axis=0).tolist(), A.sum(axis=1).tolist(),
     A.sum(axis=[0, 1]).item(), A.mean().item(), (A.sum() / A.numel()).item(),
     A.mean(axis=0).tolist(), (A.sum(axis=0) / A.shape[0]).tolist())  # fmt: skip
sum_A = A.sum(axis=1, keepdims=True)
show("kept", sum_A.tolist(), (A / sum_A).tolist(), A.cumsum(axis=0).tolist())
x = torch.arange(3, dtype=torch.float32)
y = torch.ones(3, dtype=torch.float32)
show("dot", torch.dot(x, y).item(), torch.sum(x * y).item())
show("matrix times vector", torch.mv(A, x).tolist(), (A @ x).tolist())
B = torch.ones(3, 4)
show("matrices", torch.mm(A, B).tolist(), (A @ B).tolist())
u = torch.tensor([3.0, -4.0])
show(
    "norms", torch.norm(u).item(), torch.abs(u).sum().item(), torch.norm(torch.ones((4, 9))).item()
)

# derivatives
x = torch.arange(4.0)
x.requires_grad_(True)
show("none yet", x.grad is None)
y = 2 * torch.dot(x, x)
show("y", y.item())
y.backward()
show("grad", x.grad.tolist(), (x.grad == 4 * x).tolist())
x.grad.zero_()
y = x.sum()
y.backward()
show("sum", x.grad.tolist())
x.grad.zero_()
y = x * x
y.backward(gradient=torch.ones(len(y)))
show("weighted", x.grad.tolist())
x.grad.zero_()
y = x * x
u = y.detach()
z = u * x
z.sum().backward()
show("detached", (x.grad == u).tolist())
x.grad.zero_()
y.sum().backward()
show("still there", (x.grad == 2 * x).tolist())


def f(a):
    b = a * 2
    while b.norm() < 1000:
        b = b * 2
    if b.sum() > 0:
        c = b
    else:
        c = 100 * b
    return c


for start in (0.3, -1.7):
    a = torch.tensor(start, requires_grad=True)
    d = f(a)
    d.backward()
    show("control flow", a.grad.item(), (a.grad == d / a).item())
show("numpy", float(np.asarray(x.detach().numpy()).sum()))
