"""Chapter 3: linear regression, from scratch, with layers, and with weight decay.

In the words of the chapter "Linear Neural Networks for Regression" of "Dive into Deep Learning"
(A. Zhang et al.).
"""

import numpy as np
import torch
from torch import nn

draws = np.random.RandomState(0)
n = 60
true_w, true_b = torch.tensor([2.0, -3.4]), 4.2
X = torch.tensor(draws.randn(n, 2).tolist())
noise = torch.tensor(draws.randn(n, 1).tolist()) * 0.01
y = torch.matmul(X, true_w.reshape((-1, 1))) + true_b + noise
show("data", list(X.shape), list(y.shape), y.mean().item())


# from scratch
class LinearRegressionScratch(nn.Module):
    def __init__(self, num_inputs, lr):
        super().__init__()
        self.lr = lr
        self.w = torch.tensor(np.random.RandomState(1).randn(num_inputs, 1).tolist())
        self.w.requires_grad_(True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, X):
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat, y):
        l = (y_hat - y) ** 2 / 2
        return l.mean()


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self):
        with torch.no_grad():
            for param in self.params:
                param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()


model = LinearRegressionScratch(2, lr=0.3)
optimizer = SGD([model.w, model.b], model.lr)
for epoch in range(5):
    order = np.random.RandomState(epoch).permutation(n)
    for i in range(0, n, 20):
        batch = torch.tensor(order[i : min(i + 20, n)])
        loss = model.loss(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        show("epoch", epoch, model.loss(model(X), y).item())
show("error", (true_w - model.w.reshape(true_w.shape)).tolist(), (true_b - model.b).item())

# with layers and a loader
dataset = torch.utils.data.TensorDataset(X, y)
loader = torch.utils.data.DataLoader(dataset, batch_size=20, shuffle=False)
show("batches", len(loader), [list(part.shape) for part in next(iter(loader))])
net = nn.Linear(2, 1)
net.weight.data.fill_(0.01)
net.bias.data.fill_(0)
fn = nn.MSELoss()
trainer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(3):
    for Xb, yb in loader:
        l = fn(net(Xb), yb)
        trainer.zero_grad()
        l.backward()
        trainer.step()
    show("layers", epoch, fn(net(X), y).item())
w, b = net.weight.data, net.bias.data
show("found", (true_w - w.reshape(true_w.shape)).tolist(), (true_b - b).item())


# weight decay
def l2_penalty(w):
    return (w**2).sum() / 2


wide = torch.tensor(np.random.RandomState(3).randn(20, 30).tolist())
target = torch.matmul(wide, torch.ones((30, 1)) * 0.01) + 0.05
for lambd in (0, 3):
    w = torch.tensor(np.random.RandomState(4).randn(30, 1).tolist(), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    for _ in range(10):
        l = ((wide @ w + b - target) ** 2 / 2).mean() + lambd * l2_penalty(w)
        l.backward()
        with torch.no_grad():
            for param in (w, b):
                param -= 0.01 * param.grad
                param.grad.zero_()
    show("decay", lambd, float(l2_penalty(w)))
net = nn.Sequential(nn.Linear(30, 1))
for param in net.parameters():
    param.data.fill_(0.5)
trainer = torch.optim.SGD(
    [{"params": net[0].weight, "weight_decay": 3}, {"params": net[0].bias}], lr=0.01
)
for _ in range(10):
    trainer.zero_grad()
    l = fn(net(wide), target)
    l.backward()
    trainer.step()
show("groups", l.item(), net[0].weight.norm().item())
