"""Random small networks, each written twice: with activations, and through exp by hand."""

from __future__ import annotations

import random
from typing import NamedTuple

ACTIVATIONS = {
    "sigmoid": ("sigmoid({z})", "exp({z})/(1 + exp({z}))"),
    "tanh": ("tanh({z})", "(exp({z}) - exp(-{z}))/(exp({z}) + exp(-{z}))"),
    "relu": ("relu({z})", "({z} + abs({z}))/2"),
    "softplus": ("softplus({z})", "log(1 + exp({z}))"),
}
LOSSES = {
    "square": ("(a - y)^2", "y^2 - 2*a*y + a^2"),
    "half": ("(a - y)^2/2", "0.5*(y - a)*(y - a)"),
    "bce": ("-y*log(a) - (1 - y)*log(1 - a)", "-log(a)*y + log(1 - a)*(y - 1)"),
}


class Network(NamedTuple):
    """Two spellings of one network and the parameter to differentiate in."""

    text: str
    other: str
    parameter: str
    kind: str


def network(rng: random.Random) -> Network:
    kind = rng.choice(("chain", "chain", "shared", "skip", "softmax"))
    return softmax_network(rng) if kind == "softmax" else chain(rng, kind)


def chain(rng: random.Random, kind: str) -> Network:
    depth = rng.choice((2, 3))
    loss = rng.choice(list(LOSSES))
    lines: list[str] = []
    others: list[str] = []
    before = "x"
    for layer in range(1, depth + 1):
        last = layer == depth
        name = "sigmoid" if last and loss == "bce" else rng.choice(list(ACTIVATIONS))
        weight = "w1" if kind == "shared" else f"w{layer}"
        bias = f" + b{layer}" if layer < 3 else ""
        skip = f" + {before}" if kind == "skip" and layer > 1 else ""
        out = "a" if last else f"h{layer}"
        form, other = ACTIVATIONS[name]
        z = f"z{layer}"
        lines += [f"{z} = {weight}*{before}{bias}", f"{out} = {form.format(z=z)}{skip}"]
        others += [f"{z} = {before}*{weight}{bias}", f"{out} = {other.format(z=z)}{skip}"]
        before = out
    if kind == "skip" and loss == "bce":
        loss = "square"
    first, second = LOSSES[loss]
    used = sorted({w for line in lines for w in ("w1", "w2", "w3", "b1", "b2") if w in line})
    head = ["input x = 1", "input y = 1", *(f"param {name} = 1" for name in used)]
    parameter = rng.choice(used[:3])
    return Network(
        "\n".join([*head, *lines, f"loss L = {first}"]),
        "\n".join([*head, *others, f"loss L = {second}"]),
        parameter,
        f"{kind}-{depth}-{loss}",
    )


def softmax_network(rng: random.Random) -> Network:
    """Return a hidden unit into two classes with cross-entropy, once through logsumexp."""
    form, other = ACTIVATIONS[rng.choice(("sigmoid", "tanh"))]
    head = ["input x = 1", "input t1 = 1", "input t2 = 0"]
    head += [f"param {name} = 1" for name in ("w", "v1", "v2", "b")]
    scores = ["s1 = v1*h", "s2 = v2*h"]
    lines = ["z = w*x + b", f"h = {form.format(z='z')}", *scores]
    lines += ["p1 = exp(s1)/(exp(s1) + exp(s2))", "p2 = exp(s2)/(exp(s1) + exp(s2))"]
    others = ["z = b + x*w", f"h = {other.format(z='z')}", *scores]
    others += ["m = log(exp(s1) + exp(s2))"]
    return Network(
        "\n".join([*head, *lines, "loss L = -(t1*log(p1) + t2*log(p2))"]),
        "\n".join([*head, *others, "loss L = t1*(m - s1) + t2*(m - s2)"]),
        rng.choice(("w", "v1", "b")),
        "softmax",
    )


MUTATIONS = (
    lambda term: -term,
    lambda term: 2 * term,
    lambda term: term / 2,
    lambda term: term + 1,
    lambda term: term * term,
)
