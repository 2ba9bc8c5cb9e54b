"""Chapter 4: softmax regression, from scratch and with layers.

In the words of the chapter "Linear Neural Networks for Classification" of "Dive into Deep Learning"
(A. Zhang et al.).
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

draws = np.random.RandomState(0)
images = torch.tensor(draws.randn(30, 1, 4, 4).tolist())
labels = torch.tensor(draws.randint(0, 3, 30))


def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdims=True)
    return X_exp / partition


X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
show("sums", X.sum(0, keepdims=True).tolist(), X.sum(1, keepdims=True).tolist())
X_prob = softmax(X)
show("softmax", X_prob.tolist(), X_prob.sum(1).tolist())
y = torch.tensor([0, 2])
y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
show("picked", y_hat[[0, 1], y].tolist())


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[list(range(len(y_hat))), y]).mean()


show("cross entropy", cross_entropy(y_hat, y).item())


def accuracy(Y_hat, Y, averaged=True):
    Y_hat = Y_hat.reshape((-1, Y_hat.shape[-1]))
    preds = Y_hat.argmax(axis=1).type(Y.dtype)
    compare = (preds == Y.reshape(-1)).type(torch.float32)
    return compare.mean() if averaged else compare


show("accuracy", accuracy(y_hat, y).item(), accuracy(y_hat, y, averaged=False).tolist())

W = torch.tensor((np.random.RandomState(1).randn(16, 3) * 0.1).tolist(), requires_grad=True)
b = torch.zeros(3, requires_grad=True)


def net(X):
    X = X.reshape((-1, W.shape[0]))
    return softmax(torch.matmul(X, W) + b)


for epoch in range(5):
    for i in range(0, 30, 10):
        l = cross_entropy(net(images[i : i + 10]), labels[i : i + 10])
        for param in (W, b):
            if param.grad is not None:
                param.grad.zero_()
        l.backward()
        with torch.no_grad():
            for param in [W, b]:
                param -= 0.5 * param.grad
    show("epoch", epoch, l.item(), accuracy(net(images), labels).item())


class SoftmaxRegression(nn.Module):
    def __init__(self, num_outputs):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(16, num_outputs))

    def forward(self, X):
        return self.net(X)

    def loss(self, Y_hat, Y, averaged=True):
        Y_hat = Y_hat.reshape((-1, Y_hat.shape[-1]))
        Y = Y.reshape((-1,))
        return F.cross_entropy(Y_hat, Y, reduction="mean" if averaged else "none")


model = SoftmaxRegression(3)
with torch.no_grad():
    model.net[1].weight.copy_(W.detach().T)
    model.net[1].bias.zero_()
trainer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    l = model.loss(model(images), labels)
    trainer.zero_grad()
    l.backward()
    trainer.step()
    show("layers", epoch, l.item())
model.eval()
wrong = model(images).argmax(axis=1) != labels
show("wrong", int(wrong.sum()), model.loss(model(images), labels, averaged=False)[:3].tolist())
show("names", [name for name, _ in model.named_parameters()], list(model.state_dict()))
