"""Compute the answers of the network samples in PyTorch, by formulas written for each.

    /path/with/torch/bin/python -m tests.samples.torch_answers NAME...

writes `samples/NAME.answers.txt`: the quantities of a formula and the gradient of the last one in
each parameter, as PyTorch's autograd finds it. Only the values of leaves come from graphgrad.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

import graphgrad as gg

__all__ = ["FORMULAS", "SOURCES", "answers_of", "text_of"]

SAMPLES: Final = Path(__file__).parents[2] / "samples"
Values = dict[str, Any]

SOURCES: Final = {
    "attention": "UPV course 001, lines 719-751; Vaswani et al., 2017, section 3.2.1 (C18)",
    "autoencoder": "Goodfellow, Bengio and Courville, Deep Learning, chapter 14",
    "batch_norm": "Sevilla course 004; Ioffe and Szegedy, 2015, algorithm 1 (Z02, Z04)",
    "dropout": "Sevilla course 004, Dropout (R04, R06)",
    "dropout_ensemble": "Sevilla course 004, Dropout as an ensemble (R07)",
    "elman": "UPV course 001, lines 713-718; Elman, Finding Structure in Time, 1990 (C14)",
    "encoder_decoder": "UPV course 001, line 747; Cho et al., 2014 (N41)",
    "gru": "UPV course 001, Redes dinámicas; Cho et al., 2014 (C13)",
    "inception": "UPV course 001, lines 999-1023; Szegedy et al., 2015, figure 2b (N39)",
    "layer_skipping": "UPV course 001, redes hacia adelante de dos capas (N14)",
    "lstm": "UPV course 001, Redes dinámicas; Hochreiter and Schmidhuber, 1997 (C12)",
    "pointwise_convolution": "UPV course 001; Lin, Chen and Yan, Network in Network, 2014 (C07)",
    "residual_chain": "Sevilla course 004, conexión residual (P10)",
    "residual_mlp": "UPV course 001; He et al., 2016, section 3.1 (N32)",
    "rnn_bptt": "UPV course 001, Redes dinámicas (C10, C11)",
    "siamese": "Bromley et al., Signature Verification using a Siamese Network, 1993",
    "softmax_classifier": "Sevilla course 003, capa de salida (A26, L04)",
    "xor_mlp": "Oviedo course 000, Ejemplo práctico: XOR (N20, N23)",
}


def attention(t: Any, v: Values) -> Values:
    Q, K, V = (v["X"] @ v[name] for name in ("WQ", "WK", "WV"))
    Y = t.softmax(Q @ K.T / 2**0.5, -1) @ V
    return {"Q": Q, "K": K, "V": V, "Y": Y, "L": (Y**2).sum()}


def autoencoder(t: Any, v: Values) -> Values:
    code = t.tanh(v["x"] @ v["encode.W"].T + v["encode.b"])
    xhat = t.sigmoid(code @ v["decode.W"].T + v["decode.b"])
    x = v["x"]
    L = -(x * t.log(xhat) + (1 - x) * t.log(1 - xhat)).mean()
    return {"code": code, "xhat": xhat, "L": L}


def batch_norm(t: Any, v: Values) -> Values:
    X = v["x"].reshape(-1, 1)
    centred = X - X.mean(0)
    Y = v["bn.gamma"] * centred / (centred**2).mean(0).sqrt() + v["bn.beta"]
    return {"Y": Y, "L": (Y**3).sum()}


def dropout(t: Any, v: Values) -> Values:
    h = t.relu(v["hidden.W"] @ v["x"] + v["hidden.b"])
    d = h * v["r"] / 0.5
    yhat = v["out.W"] @ d + v["out.b"]
    return {"h": h, "d": d, "yhat": yhat, "L": (yhat**2).sum()}


def dropout_ensemble(t: Any, v: Values) -> Values:
    h = t.tanh(v["hidden.W"] @ v["x"] + v["hidden.b"])
    masks = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    outputs = {f"y[{a},{b},{c}]": v["v"] @ (t.tensor([a, b, c]) * h) for a, b, c in masks}
    mean = sum(outputs.values()) / 8
    return {"h": h, **outputs, "one": v["v"] @ h / 2, "ensemble": mean}


def elman(t: Any, v: Values) -> Values:
    h, told, losses = v["h[0]"], {}, []
    for k in range(1, 5):
        h = t.tanh(v["cell.W"] @ v["x"][k - 1 : k] + v["cell.U"] @ h + v["cell.b"])
        yhat = t.sigmoid(v["answer.w"] @ h + v["answer.b"])
        y = v["y"][k - 1]
        losses.append(-(y * t.log(yhat) + (1 - y) * t.log(1 - yhat)))
        told |= {f"h[{k}]": h, f"yhat[{k}]": yhat, f"e[{k}]": losses[-1]}
    return {**told, "L": sum(losses) / 4}


def encoder_decoder(t: Any, v: Values) -> Values:
    def cell(name: str, x: Any, h: Any) -> Any:
        return t.tanh(v[f"{name}.W"] @ x + v[f"{name}.U"] @ h + v[f"{name}.b"])

    h, told, total = v["h[0]"], {}, 0
    for k in range(3):
        h = told[f"h[{k + 1}]"] = cell("reader", v["x"][k], h)
    for k in range(3):
        h = told[f"s[{k + 1}]"] = cell("writer", v["y"][k], h)
        error = v["out.W"] @ h + v["out.b"] - v["y"][k]
        total = total + (error**2).mean()
    return {**told, "L": total}


def gru(t: Any, v: Values) -> Values:
    W, U, b = (v[f"cell.{part}"] for part in ("W", "U", "b"))
    extra = v.get("cell.c", b * 0)
    h, told = v["h[0]"], {}
    for k in range(2):
        r, z, n = (W @ v["x"][k] + b).chunk(3)
        hr, hz, hn = (U @ h + extra).chunk(3)
        r, z = t.sigmoid(r + hr), t.sigmoid(z + hz)
        n = t.tanh(n + r * hn)
        h = told[f"h[{k + 1}]"] = (1 - z) * n + z * h
    return {**told, "L": (h**2).sum()}


def inception(t: Any, v: Values) -> Values:
    from torch.nn.functional import conv2d, max_pool2d

    def conv(name: str, x: Any, padding: int = 0) -> Any:
        return t.relu(conv2d(x, v[f"h.{name}.W"], v[f"h.{name}.b"], padding=padding))

    x = v["x"]
    h = t.cat([
        conv("one", x),
        conv("three", conv("reduce3", x), 1),
        conv("five", conv("reduce5", x), 2),
        conv("pooled", max_pool2d(x, 3, 1, 1)),
    ])  # fmt: skip
    yhat = v["yhat.W"] @ h.mean((1, 2)) + v["yhat.b"]
    return {"yhat": yhat, "L": ((yhat - 1) ** 2).mean()}


def layer_skipping(t: Any, v: Values) -> Values:
    s = t.tanh(v["yhat.W[1,0]"] @ v["x"] + v["yhat.b[1]"])
    yhat = v["yhat.W[2,1]"] @ s + v["yhat.W[2,0]"] @ v["x"] + v["yhat.b[2]"]
    return {"yhat.s[1]": s, "yhat": yhat, "q": ((yhat - v["t"]) ** 2).sum() / 2}


def lstm(t: Any, v: Values) -> Values:
    h, c, told = v["h[0]"], v["c[0]"], {}
    for k in range(2):
        gates = v["cell.W"] @ v["x"][k] + v["cell.U"] @ h + v["cell.b"]
        i, f, g, o = gates.chunk(4)
        c = t.sigmoid(f) * c + t.sigmoid(i) * t.tanh(g)
        h = t.sigmoid(o) * t.tanh(c)
        told |= {f"c[{k + 1}]": c, f"h[{k + 1}]": h}
    return {**told, "L": (h**2).sum()}


def pointwise_convolution(t: Any, v: Values) -> Values:
    mixed = t.einsum("oc,chw->ohw", v["z.W"][:, :, 0, 0], v["x"])
    z = t.relu(mixed + v["z.b"][:, None, None])
    return {"z": z, "L": (z**2).sum()}


def residual_chain(t: Any, v: Values) -> Values:
    told = {"s[0]": v["s[0]"]}
    for k in range(1, 11):
        told[f"s[{k}]"] = v["w"] * told[f"s[{k - 1}]"] + told[f"s[{k - 1}]"]
    return told


def residual_mlp(t: Any, v: Values) -> Values:
    s, told = v["x"], {}
    for k in range(1, 5):
        s = told[f"s[{k}]"] = t.tanh(v[f"s[{k}].W"] @ s + v[f"s[{k}].b"]) + s
    yhat = v["yhat.W"] @ s + v["yhat.b"]
    return {**told, "yhat": yhat, "L": ((yhat - v["y"]) ** 2).mean()}


def rnn_bptt(t: Any, v: Values) -> Values:
    h, told = v["h[0]"], {}
    for k in range(4):
        h = t.tanh(v["cell.W"] @ v["x"][k] + v["cell.U"] @ h + v["cell.b"])
        told[f"h[{k + 1}]"] = h
    yhat = v["out.W"] @ h + v["out.b"]
    return {**told, "yhat": yhat, "L": ((yhat - v["y"]) ** 2).mean()}


def siamese(t: Any, v: Values) -> Values:
    ha, hb = (t.tanh(v["branch.W"] @ v[x] + v["branch.b"]) for x in ("a", "b"))
    d = ((ha - hb) ** 2).sum()
    p, same = t.exp(-d), v["same"]
    return {"ha": ha, "hb": hb, "d": d, "L": -(same * t.log(p) + (1 - same) * t.log(1 - p))}


def softmax_classifier(t: Any, v: Values) -> Values:
    from torch.nn.functional import cross_entropy

    z = v["x"] @ v["out.W"].T + v["out.b"]
    return {"z": z, "L": cross_entropy(z, v["label"].long())}


def xor_mlp(t: Any, v: Values) -> Values:
    h = t.tanh(v["hidden.W"] @ v["x"] + v["hidden.b"])
    yhat = t.sigmoid(v["out.W"] @ h + v["out.b"])
    y = v["y"]
    return {"h": h, "yhat": yhat, "L": -(y * t.log(yhat) + (1 - y) * t.log(1 - yhat)).mean()}


FORMULAS: Final[dict[str, Callable[[Any, Values], Values]]] = {
    name: globals()[name] for name in SOURCES
}


def answers_of(name: str) -> dict[str, Any]:
    """Return the quantities of a sample and the gradients of the last one, as PyTorch has them."""
    import torch

    trace = gg.trace(gg.load(SAMPLES / f"{name}.gg"))
    graph = trace.graph
    leaves = {
        line.name: torch.tensor(np.asarray(trace.value(line.name), float), requires_grad=True)
        for line in graph.lines()
        if graph.is_leaf(line.root)
    }
    told = FORMULAS[name](torch, leaves)
    output = list(told)[-1]
    told[output].backward()
    gradients = {
        f"d{output}/d{leaf}": leaves[leaf].grad
        for line in graph.lines()
        if graph.role(line.root) == "parameter" and (leaf := line.name)
    }
    return {name: tensor.detach().numpy() for name, tensor in told.items()} | {
        name: tensor.numpy() for name, tensor in gradients.items()
    }


def text_of(name: str) -> str:
    """Return what stands in a file of answers."""
    rows = [f"{quantity} = {array.tolist()}" for quantity, array in answers_of(name).items()]
    return "\n".join([f"# {SOURCES[name]}; numbers by PyTorch.", *rows, ""])


if __name__ == "__main__":
    for chosen in sys.argv[1:] or FORMULAS:
        (SAMPLES / f"{chosen}.answers.txt").write_text(text_of(chosen), "utf-8")
