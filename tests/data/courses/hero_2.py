"""Chapter 2: bigrams by counting, and the same by a network of one layer.

In the words of the second lecture of "Neural Networks: Zero to Hero" (A. Karpathy).
"""

import numpy as np
import torch
import torch.nn.functional as F

words = ["ana", "eva", "leo", "noa", "ines", "vera", "alba", "nil", "lola", "sara", "aina", "elsa"]
show("lengths", min(len(w) for w in words), max(len(w) for w in words))

chars = sorted(list(set("".join(words))))
stoi = {s: i + 1 for i, s in enumerate(chars)}
stoi["."] = 0
itos = {i: s for s, i in stoi.items()}
size = len(stoi)

N = torch.zeros((size, size), dtype=torch.int32)
for w in words:
    chs = ["."] + list(w) + ["."]
    for ch1, ch2 in zip(chs, chs[1:]):
        ix1 = stoi[ch1]
        ix2 = stoi[ch2]
        N[ix1, ix2] += 1
show("starts", N[0].tolist())

p = N[0].float()
p = p / p.sum()
show("first", p.sum().item(), p.max().item())

g = torch.Generator().manual_seed(2147483647)
ix = torch.multinomial(p, num_samples=1, replacement=True, generator=g).item()
show("drawn is a start", p[ix].item() > 0)

P = (N + 1).float()
P /= P.sum(1, keepdims=True)
show("rows", P[0].sum().item(), P.shape[0], P.sum(1, keepdim=True).shape[1])

for _ in range(3):
    out = []
    ix = 0
    while True:
        p = P[ix]
        ix = torch.multinomial(p, num_samples=1, replacement=True, generator=g).item()
        out.append(itos[ix])
        if ix == 0 or len(out) > 40:
            break
    show("word is of letters", all(c in stoi for c in out))

log_likelihood = 0.0
n = 0
for w in words:
    chs = ["."] + list(w) + ["."]
    for ch1, ch2 in zip(chs, chs[1:]):
        prob = P[stoi[ch1], stoi[ch2]]
        logprob = torch.log(prob)
        log_likelihood += logprob
        n += 1
nll = -log_likelihood
show("nll", nll.item(), (nll / n).item(), n)
show("text", f"{(nll / n).item():.4f}", f"{prob:.4f}", f"{logprob:.4f}")

xs, ys = [], []
for w in words[:1]:
    chs = ["."] + list(w) + ["."]
    for ch1, ch2 in zip(chs, chs[1:]):
        xs.append(stoi[ch1])
        ys.append(stoi[ch2])
xs = torch.tensor(xs)
ys = torch.tensor(ys)
xenc = F.one_hot(xs, num_classes=size).float()
show("codes", xenc.shape[0], xenc.shape[1])

W = torch.tensor(np.random.RandomState(1).randn(size, size), dtype=torch.float64).float()
logits = xenc @ W
counts = logits.exp()
probs = counts / counts.sum(1, keepdims=True)
show("probs", probs.shape[0], probs[0].sum().item())
nlls = torch.zeros(len(xs))
for i in range(len(xs)):
    x = xs[i].item()
    y = ys[i].item()
    p = probs[i, y]
    logp = torch.log(p)
    nlls[i] = -logp
    show("example", i, itos[x], itos[y], p.item(), logp.item())
show("average", nlls.mean().item())

xs, ys = [], []
for w in words:
    chs = ["."] + list(w) + ["."]
    for ch1, ch2 in zip(chs, chs[1:]):
        xs.append(stoi[ch1])
        ys.append(stoi[ch2])
xs = torch.tensor(xs)
ys = torch.tensor(ys)
num = xs.nelement()
W = torch.tensor(np.random.RandomState(2).randn(size, size).tolist(), requires_grad=True)
for k in range(30):
    xenc = F.one_hot(xs, num_classes=size).float()
    logits = xenc @ W
    counts = logits.exp()
    probs = counts / counts.sum(1, keepdims=True)
    loss = -probs[torch.arange(num), ys].log().mean() + 0.01 * (W**2).mean()
    if k % 10 == 0:
        show("loss", loss.item())
    W.grad = None
    loss.backward()
    W.data += -20 * W.grad
show("end", loss.item(), W.data.sum().item())
