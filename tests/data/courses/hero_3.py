"""Chapter 3: a multilayer perceptron for characters, with a table of embeddings.

In the words of the third lecture of "Neural Networks: Zero to Hero" (A. Karpathy).
"""

import random

import numpy as np
import torch
import torch.nn.functional as F

words = ["ana", "eva", "leo", "noa", "ines", "vera", "alba", "nil", "lola", "sara", "aina", "elsa"]
chars = sorted(list(set("".join(words))))
stoi = {s: i + 1 for i, s in enumerate(chars)}
stoi["."] = 0
itos = {i: s for s, i in stoi.items()}
size = len(stoi)
block_size = 3


def build_dataset(words):
    X, Y = [], []
    for w in words:
        context = [0] * block_size
        for ch in w + ".":
            ix = stoi[ch]
            X.append(context)
            Y.append(ix)
            context = context[1:] + [ix]
    X = torch.tensor(X)
    Y = torch.tensor(Y)
    show("shapes", list(X.shape), list(Y.shape))
    return X, Y


def drawn(seed, *shape):
    return torch.tensor(np.random.RandomState(seed).randn(*shape).tolist())


X, Y = build_dataset(words)
C = drawn(1, size, 2)
show("one", C[5].tolist())
show("coded", (F.one_hot(torch.tensor(5), num_classes=size).float() @ C).tolist())
show("several", C[[5, 6, 7]].shape[0], C[torch.tensor([5, 6, 7, 7, 7])].shape[0])
show("table", list(C[X].shape), C[X][13, 2].tolist(), C[X[13, 2]].tolist())
emb = C[X]
W1 = drawn(2, 6, 20)
b1 = drawn(3, 20)
joined = torch.cat([emb[:, 0, :], emb[:, 1, :], emb[:, 2, :]], 1)
unbound = torch.cat(torch.unbind(emb, 1), 1)
show(
    "the same", (emb.view(emb.shape[0], 6) == joined).all().item(), bool((unbound == joined).all())
)
a = torch.arange(18)
show("views", list(a.view(9, 2).shape), list(a.view(3, 3, 2).shape), a.view(2, 9)[1, 0].item())
h = torch.tanh(emb.view(-1, 6) @ W1 + b1)
show("hidden", list(h.shape), h.mean().item())
W2 = drawn(4, 20, size)
b2 = drawn(5, size)
logits = h @ W2 + b2
counts = logits.exp()
prob = counts / counts.sum(1, keepdims=True)
loss = -prob[torch.arange(X.shape[0]), Y].log().mean()
show("loss", loss.item(), F.cross_entropy(logits, Y).item())

random.seed(42)
random.shuffle(words)
n1 = int(0.8 * len(words))
n2 = int(0.9 * len(words))
Xtr, Ytr = build_dataset(words[:n1])
Xdev, Ydev = build_dataset(words[n1:n2])
Xte, Yte = build_dataset(words[n2:])

parameters = [C, W1, b1, W2, b2]
show("count", sum(p.nelement() for p in parameters))
for p in parameters:
    p.requires_grad = True

lre = torch.linspace(-3, 0, 20)
lrs = 10**lre
show("rates", lrs[0].item(), lrs[-1].item())
lri, lossi, stepi = [], [], []
batches = np.random.RandomState(6)
for i in range(40):
    ix = torch.tensor(batches.randint(0, Xtr.shape[0], (8,)))
    emb = C[Xtr[ix]]
    h = torch.tanh(emb.view(-1, 6) @ W1 + b1)
    logits = h @ W2 + b2
    loss = F.cross_entropy(logits, Ytr[ix])
    for p in parameters:
        p.grad = None
    loss.backward()
    lr = 0.1 if i < 30 else 0.01
    for p in parameters:
        p.data += -lr * p.grad
    stepi.append(i)
    lossi.append(loss.log10().item())
show("losses", lossi[0], lossi[20], lossi[-1])
for split in ((Xtr, Ytr), (Xdev, Ydev), (Xte, Yte)):
    emb = C[split[0]]
    h = torch.tanh(emb.view(-1, 6) @ W1 + b1)
    logits = h @ W2 + b2
    loss = F.cross_entropy(logits, split[1])
    show("split", loss.item())

show("plane", C[:, 0].data[0].item(), C[3, 1].item())
g = torch.Generator().manual_seed(2147483647 + 10)
for _ in range(3):
    out = []
    context = [0] * block_size
    while True:
        emb = C[torch.tensor([context])]
        h = torch.tanh(emb.view(1, -1) @ W1 + b1)
        logits = h @ W2 + b2
        probs = F.softmax(logits, dim=1)
        ix = torch.multinomial(probs, num_samples=1, generator=g).item()
        context = context[1:] + [ix]
        out.append(ix)
        if ix == 0 or len(out) > 30:
            break
    show("word", all(i in itos for i in out))
