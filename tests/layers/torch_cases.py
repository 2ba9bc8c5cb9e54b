"""List configurations of layers and losses that PyTorch computes too, twenty of each.

Numbers come from frozen streams of NumPy, so that the recorder, which has PyTorch but not
graphgrad, and the tests, which have graphgrad, see the same ones. Neither is imported here.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

__all__ = ["COUNT", "MAKERS", "MODULES", "Case", "cases", "values_of"]

COUNT = 20
"""So many configurations of each layer and loss."""


class Case(NamedTuple):
    """One configuration.

    Attributes:
        row: the layer's name here.
        settings: its settings here.
        inputs: arrays; None where an input is left out.
        torch: the name in `torch.nn`, or behind ``F.`` in `torch.nn.functional`.
        arguments: positional arguments of a module.
        keywords: keyword arguments of a module or a function.
        parameters: names here and in PyTorch; a pair ``(name, (start, stop))`` takes rows.
        training: the mode.
        given: inputs as PyTorch takes them, where they differ.
        outputs: which of PyTorch's outputs are compared, in our order.
    """

    row: str
    settings: dict[str, Any]
    inputs: tuple[Any, ...]
    torch: str
    arguments: tuple[Any, ...] = ()
    keywords: dict[str, Any] = {}  # noqa: RUF012  # nothing writes to it
    parameters: dict[str, Any] = {}  # noqa: RUF012
    training: bool = True
    given: dict[int, Any] = {}  # noqa: RUF012
    outputs: str = "one"


Maker = Callable[[np.random.RandomState], Case]


def cases() -> Iterator[tuple[str, Case]]:
    """Yield a name and a configuration."""
    for name, maker in (MAKERS | MODULES).items():
        for number in range(COUNT):
            yield (
                f"{name}-{number}",
                maker(np.random.RandomState(zlib.crc32(name.encode()) + number)),
            )


def values_of(case: str, parameter: str, shape: tuple[int, ...]) -> Any:
    """Return the value of a parameter in a case."""
    random = np.random.RandomState(zlib.crc32(f"{case}.{parameter}".encode()))
    return random.uniform(-0.8, 0.8, shape)


# ---- choices ----


def _pick(r: Any, *choices: Any) -> Any:
    return choices[r.randint(len(choices))]


def _numbers(r: Any, *shape: int) -> Any:
    return r.uniform(-2.0, 2.0, shape)


def _lead(r: Any) -> tuple[int, ...]:
    return _pick(r, (), (2,), (3,))


# ---- layers ----


def _dense(r: Any) -> Case:
    entering, units, bias = r.randint(1, 4), r.randint(1, 4), bool(r.randint(2))
    x = _numbers(r, *_pick(r, (), (3,), (2, 2)), entering)
    names = {"W": "weight", "b": "bias"} if bias else {"W": "weight"}
    return Case("dense", {"units": units, "bias": bias}, (x,), "Linear", (entering, units),
                {"bias": bias}, names)  # fmt: skip


def _mlp(r: Any) -> Case:
    entering, first, second = (int(n) for n in r.randint(1, 4, 3))
    x = _numbers(r, *_lead(r), entering)
    act = _pick(r, "relu", "tanh", "sigmoid")
    names = {"h[1].W": "0.weight", "h[1].b": "0.bias", "h[2].W": "2.weight", "h[2].b": "2.bias"}
    return Case("mlp", {"widths": [first, second], "act": act}, (x,), f"Sequential:{act}",
                (entering, first, second), {}, names)  # fmt: skip


def _convolution(axes: int) -> Maker:
    def make(r: Any) -> Case:
        groups = _pick(r, 1, 1, 2)
        entering, channels = groups * r.randint(1, 3), groups * r.randint(1, 3)
        size = [int(n) for n in r.randint(1, 4, axes)]
        stride = [int(n) for n in r.randint(1, 3, axes)]
        padding = [int(n) for n in r.randint(0, 3, axes)]
        dilation = [int(n) for n in r.randint(1, 3, axes)]
        least = [(n - 1) * gap + 1 for n, gap in zip(size, dilation, strict=True)]
        x = _numbers(r, *_pick(r, (), (2,)), entering, *(n + r.randint(3) for n in least))
        bias = bool(r.randint(2))
        settings = {"channels": channels, "size": size, "stride": stride, "padding": padding,
                    "dilation": dilation, "groups": groups, "bias": bias}  # fmt: skip
        names = {"W": "weight", "b": "bias"} if bias else {"W": "weight"}
        keywords = {key: tuple(settings[key]) for key in ("stride", "padding", "dilation")}
        return Case(f"conv{axes}d", settings, (x,), f"Conv{axes}d",
                    (entering, channels, tuple(size)),
                    keywords | {"groups": groups, "bias": bias}, names)  # fmt: skip

    return make


def _transposed(axes: int) -> Maker:
    def make(r: Any) -> Case:
        groups = _pick(r, 1, 1, 2)
        entering, channels = groups * r.randint(1, 3), groups * r.randint(1, 3)
        size = [int(n) for n in r.randint(1, 4, axes)]
        stride = [int(n) for n in r.randint(1, 4, axes)]
        dilation = [int(n) for n in r.randint(1, 3, axes)]
        reach = [(n - 1) * gap for n, gap in zip(size, dilation, strict=True)]
        padding = [int(r.randint(0, n // 2 + 1)) for n in reach]
        extra = [int(r.randint(0, max(s, d))) for s, d in zip(stride, dilation, strict=True)]
        x = _numbers(r, *_pick(r, (), (2,)), entering, *(int(n) for n in r.randint(2, 4, axes)))
        bias = bool(r.randint(2))
        settings = {"channels": channels, "size": size, "stride": stride, "padding": padding,
                    "extra": extra, "dilation": dilation, "groups": groups,
                    "bias": bias}  # fmt: skip
        names = {"W": "weight", "b": "bias"} if bias else {"W": "weight"}
        keywords = {key: tuple(settings[key]) for key in ("stride", "padding", "dilation")}
        keywords |= {"output_padding": tuple(extra), "groups": groups, "bias": bias}
        return Case(f"conv_transpose{axes}d", settings, (x,), f"ConvTranspose{axes}d",
                    (entering, channels, tuple(size)), keywords, names)  # fmt: skip

    return make


def _convolve(r: Any) -> Case:
    entering, out = r.randint(1, 3), r.randint(1, 3)
    stride, padding = int(r.randint(1, 3)), int(r.randint(0, 2))
    x = _numbers(r, *_pick(r, (), (2,)), entering, 4, 3)
    kernel = _numbers(r, out, entering, 2, 2)
    settings = {"stride": stride, "padding": padding}
    return Case("convolve", settings, (x, kernel), "F.conv2d", (), settings)


def _pooling(kind: str, axes: int, *, ceil: bool = False) -> Maker:
    def make(r: Any) -> Case:
        size = [int(n) for n in r.randint(1, 4, axes)]
        stride = [int(n) for n in r.randint(1, 5 if ceil else 3, axes)]
        padding = [int(r.randint(0, n // 2 + 1)) for n in size]
        settings: dict[str, Any] = {"size": size, "stride": stride, "padding": padding}
        if kind == "max":
            settings["dilation"] = [int(n) for n in r.randint(1, 3, axes)]
        x = _numbers(r, *_pick(r, (), (2,)), 2, *(5 + r.randint(2) for _ in size))
        keywords = {key: tuple(value) for key, value in settings.items() if key != "size"}
        if ceil:
            settings["ceil"] = keywords["ceil_mode"] = bool(r.randint(4))
        if ceil and kind == "avg":
            settings["count_frame"] = keywords["count_include_pad"] = bool(r.randint(2))
        return Case(f"{kind}_pool{axes}d", settings, (x,), f"{kind.title()}Pool{axes}d",
                    (tuple(size),), keywords)  # fmt: skip

    return make


def _adaptive(axes: int) -> Maker:
    def make(r: Any) -> Case:
        size = [int(n) for n in r.randint(1, 5, axes)]
        x = _numbers(r, *_pick(r, (), (2,)), 2, *r.randint(3, 6, axes))
        return Case(f"adaptive_avg_pool{axes}d", {"size": size}, (x,), f"AdaptiveAvgPool{axes}d",
                    (tuple(size) if axes == 2 else size[0],))  # fmt: skip

    return make


def _upsample(r: Any) -> Case:
    factor, mode = int(r.randint(1, 4)), _pick(r, "nearest", "bilinear")
    corners = mode == "bilinear" and bool(r.randint(2))
    x = _numbers(r, 1, 2, *r.randint(1, 4, 2))
    keywords = {"scale_factor": factor, "mode": mode}
    if mode == "bilinear":
        keywords["align_corners"] = corners
    return Case("upsample", {"factor": factor, "mode": mode, "corners": corners}, (x,), "Upsample",
                (), keywords)  # fmt: skip


def _flatten(r: Any) -> Case:
    keep = int(r.randint(0, 3))
    x = _numbers(r, *r.randint(1, 4, keep + r.randint(1, 3)))
    return Case("flatten", {"keep": keep}, (x,), "Flatten", (keep,))


def _batch_norm(r: Any) -> Case:
    axes, training, affine = int(r.randint(0, 3)), bool(r.randint(2)), bool(r.randint(2))
    channels, eps = int(r.randint(1, 4)), float(_pick(r, 1e-5, 1e-3, 0.1))
    x = _numbers(r, r.randint(2, 5), channels, *r.randint(1, 4, axes))
    names = {"gamma": "weight", "beta": "bias"} if affine else {}
    if not training:
        names |= {"mean": "running_mean", "var": "running_var"}
    return Case("batch_norm", {"eps": eps, "affine": affine}, (x,),
                "BatchNorm2d" if axes == 2 else "BatchNorm1d", (channels,),
                {"eps": eps, "affine": affine}, names, training)  # fmt: skip


def _layer_norm(r: Any) -> Case:
    axes, affine, eps = int(r.randint(1, 3)), bool(r.randint(2)), float(_pick(r, 1e-5, 0.1))
    shape = tuple(int(n) for n in r.randint(2, 4, axes + r.randint(0, 2)))
    names = {"gamma": "weight", "beta": "bias"} if affine else {}
    return Case("layer_norm", {"axes": axes, "affine": affine, "eps": eps}, (_numbers(r, *shape),),
                "LayerNorm", (shape[-axes:],), {"elementwise_affine": affine, "eps": eps},
                names)  # fmt: skip


def _rms_norm(r: Any) -> Case:
    affine, eps, count = bool(r.randint(2)), float(_pick(r, 1e-5, 0.1)), int(r.randint(2, 5))
    names = {"gamma": "weight"} if affine else {}
    return Case("rms_norm", {"affine": affine, "eps": eps}, (_numbers(r, *_lead(r), count),),
                "RMSNorm", (count,), {"elementwise_affine": affine, "eps": eps}, names)  # fmt: skip


def _group_norm(r: Any) -> Case:
    groups, affine = int(r.randint(1, 3)), bool(r.randint(2))
    channels = 2 * groups * int(r.randint(1, 3))
    x = _numbers(r, 2, channels, *r.randint(1, 3, r.randint(0, 3)))
    names = {"gamma": "weight", "beta": "bias"} if affine else {}
    return Case("group_norm", {"groups": groups, "affine": affine}, (x,), "GroupNorm",
                (groups, channels), {"affine": affine}, names)  # fmt: skip


def _embedding(r: Any) -> Case:
    tokens, units = int(r.randint(2, 6)), int(r.randint(1, 4))
    x = r.randint(0, tokens, _pick(r, (3,), (2, 2), (1,))).astype(float)
    return Case("embedding", {"tokens": tokens, "units": units}, (x,), "Embedding",
                (tokens, units), {}, {"E": "weight"})  # fmt: skip


def _cell(kind: str) -> Maker:
    def make(r: Any) -> Case:
        entering, units, bias = int(r.randint(1, 4)), int(r.randint(1, 4)), bool(r.randint(2))
        lead = _lead(r)
        count = 2 if kind == "lstm" else 1
        states = tuple(_numbers(r, *lead, units) for _ in range(count))
        if not r.randint(3):
            states = (None,) * count
        settings: dict[str, Any] = {"units": units, "bias": bias, "biases": 2}
        keywords: dict[str, Any] = {"bias": bias}
        if kind == "elman":
            settings["act"] = keywords["nonlinearity"] = _pick(r, "tanh", "relu")
        names = {"W": "weight_ih", "U": "weight_hh"}
        names |= {"b": "bias_ih", "c": "bias_hh"} if bias else {}
        torch = {"elman": "RNNCell", "lstm": "LSTMCell", "gru": "GRUCell"}[kind]
        return Case(kind, settings, (_numbers(r, *lead, entering), *states), torch,
                    (entering, units), keywords, names, outputs="cell")  # fmt: skip

    return make


def _sequence(kind: str) -> Maker:
    def make(r: Any) -> Case:
        entering, units = int(r.randint(1, 4)), int(r.randint(1, 4))
        lead = _pick(r, (), (2,))
        count = 2 if kind == "lstm" else 1
        states = tuple(_numbers(r, *lead, units) for _ in range(count))
        names = {"W": "weight_ih_l0", "U": "weight_hh_l0", "b": "bias_ih_l0", "c": "bias_hh_l0"}
        torch = {"elman": "RNN", "lstm": "LSTM", "gru": "GRU"}[kind]
        return Case(f"{kind}_sequence", {"units": units, "biases": 2},
                    (_numbers(r, *lead, r.randint(1, 4), entering), *states), torch,
                    (entering, units), {"batch_first": True}, names,
                    outputs="sequence")  # fmt: skip

    return make


def _stacked(kind: str) -> Maker:
    """Return recurrent networks of several layers, in one direction or both, in either mode."""

    def make(r: Any) -> Case:
        entering, units, layers = (int(n) for n in r.randint(1, 4, 3))
        ends = ("", "_reverse") if r.randint(4) else ("",)
        training, bias = bool(r.randint(2)), bool(r.randint(2))
        lead = _pick(r, (), (2,))
        count = 2 if kind == "lstm" else 1
        states = tuple(_numbers(r, layers * len(ends), *lead, units) for _ in range(count))
        keywords: dict[str, Any] = {"batch_first": True, "num_layers": layers, "bias": bias,
                                    "bidirectional": len(ends) == 2}  # fmt: skip
        keywords["dropout"] = 0.0 if training or layers == 1 else 0.4
        if kind == "elman":
            keywords["nonlinearity"] = _pick(r, "tanh", "relu")
        kept = ("weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if bias else ()))
        names = [f"{name}_l{at}{end}" for at in range(layers) for end in ends for name in kept]
        torch = {"elman": "RNN", "lstm": "LSTM", "gru": "GRU"}[kind]
        x = _numbers(r, *lead, r.randint(1, 4), entering)
        return Case(f"{kind}_sequence", {}, (x, *states), torch, (entering, units), keywords,
                    {name: name for name in names}, training, outputs="stacked")  # fmt: skip

    return make


def _attention(r: Any) -> Case:
    lead, length, steps, width = _pick(r, (), (2,), (2, 2)), r.randint(1, 4), r.randint(1, 4), 2
    causal = bool(r.randint(2))
    steps = length if causal else steps
    q, k = _numbers(r, *lead, length, 3), _numbers(r, *lead, steps, 3)
    inputs: tuple[Any, ...] = (q, k, _numbers(r, *lead, steps, width))
    given = {}
    if not causal and r.randint(2):
        mask = r.randint(0, 2, (length, steps)).astype(float)
        mask[:, 0] = 1.0
        inputs, given = (*inputs, mask), {3: mask.astype(bool)}
    return Case("attention", {"causal": causal}, inputs, "F.scaled_dot_product_attention", (),
                {"is_causal": causal}, given=given)  # fmt: skip


def _heads(r: Any) -> Case:
    heads = int(r.randint(1, 3))
    units, bias, lead = heads * int(r.randint(1, 3)), bool(r.randint(2)), _pick(r, (), (2,))
    length, steps = int(r.randint(1, 4)), int(r.randint(1, 4))
    q, k, v = (_numbers(r, *lead, n, units) for n in (length, steps, steps))
    names: dict[str, Any] = {
        f"W_{part}": ("in_proj_weight", (at * units, (at + 1) * units))
        for at, part in enumerate("qkv")
    }
    names["W_o"] = "out_proj.weight"
    if bias:
        for at, part in enumerate("qkv"):
            names[f"b_{part}"] = ("in_proj_bias", (at * units, (at + 1) * units))
        names["b_o"] = "out_proj.bias"
    inputs, given = (q, k, v), {}
    if r.randint(2):
        mask = r.randint(0, 2, (length, steps)).astype(float)
        mask[:, -1] = 1.0
        inputs, given = (q, k, v, mask), {3: mask == 0}
    return Case("multi_head_attention", {"heads": heads, "bias": bias}, inputs,
                "MultiheadAttention", (units, heads), {"bias": bias, "batch_first": True}, names,
                given=given, outputs="first")  # fmt: skip


def _masked_heads(r: Any) -> Case:
    """Return heads with a mask of keys, and often one of numbers, by sample and head or for all."""
    case = _heads(r)
    q, k, v = case.inputs[:3]
    lead, length, steps = q.shape[:-2], q.shape[-2], k.shape[-2]
    padding = r.randint(0, 2, (*lead, steps)) == 1
    padding[..., 0] = False
    kept = np.where(padding, 0.0, 1.0).reshape(*lead, *(1,) * (1 + len(lead)), steps)
    mask: Any = None
    added: Any = None
    if r.randint(3):
        heads = case.settings["heads"]
        shape = _pick(r, (length, steps), (*lead, heads, length, steps))
        added = _numbers(r, *shape)
        out = r.randint(0, 3, shape) == 0
        out[..., 0] = False
        kept = kept * np.where(out, 0.0, 1.0)
        mask = np.where(out, -np.inf, added).reshape(-1, length, steps)
        mask = mask[0] if len(shape) == 2 else mask
        added = np.where(out, 0.0, added)
    if r.randint(2):
        padding = np.where(padding, -np.inf, 0.0)
    return case._replace(inputs=(q, k, v, kept, added), given={3: mask, 4: padding},
                         outputs="masks")  # fmt: skip


def _added(r: Any) -> Case:
    """Return attention with learned numbers that are added to the scores."""
    case = _attention(r)._replace(given={}, outputs="added")
    q, k, v = case.inputs[:3]
    added = _numbers(r, q.shape[-2], k.shape[-2])
    return case._replace(inputs=(q, k, v, None, added), settings={"causal": False},
                         keywords={"is_causal": False})  # fmt: skip


def _activation(row: str, torch: str, **settings: str) -> Maker:
    """Return a maker; settings name PyTorch's argument for each of ours."""

    def make(r: Any) -> Case:
        chosen = {name: float(np.round(r.uniform(0.1, 2.0), 3)) for name in settings}
        if row == "hardtanh":
            chosen = {name: (-1) ** (name == "low") * value for name, value in chosen.items()}
        keywords: dict[str, Any] = {settings[name]: value for name, value in chosen.items()}
        if row in ("softmax", "log_softmax"):
            chosen, keywords = {"axis": -1}, {"dim": -1}
        x = 3 * _numbers(r, *_lead(r), r.randint(1, 5))
        names = {"alpha": "weight"} if row == "prelu" else {}
        return Case(row, chosen, (x,), torch, (), keywords, names)

    return make


# ---- losses ----


def _reduction(r: Any) -> str:
    return str(_pick(r, "mean", "sum", "none"))


def _regression(row: str, torch: str, setting: str = "") -> Maker:
    def make(r: Any) -> Case:
        shape = (*_lead(r), int(r.randint(1, 4)))
        chosen = {setting: float(np.round(r.uniform(0.2, 1.5), 3))} if setting else {}
        chosen["reduction"] = _reduction(r)
        pair = (_numbers(r, *shape), _numbers(r, *shape))
        return Case(row, chosen, pair, torch, (), chosen)

    return make


def _classes(row: str, torch: str) -> Maker:
    def make(r: Any) -> Case:
        lead, classes = _lead(r), int(r.randint(2, 5))
        z = _numbers(r, *lead, classes)
        reduction = _reduction(r)
        chosen: dict[str, Any] = {"reduction": reduction}
        keywords = dict(chosen)
        if torch == "CrossEntropyLoss":
            chosen |= {"smoothing": float(_pick(r, 0.0, 0.1, 0.25)), "over": "all"}
            keywords["label_smoothing"] = chosen["smoothing"]
        if torch == "MultiMarginLoss":
            chosen |= {"power": int(r.randint(1, 3)), "margin": float(_pick(r, 0.5, 1.0, 2.0))}
            keywords |= {"p": chosen["power"], "margin": chosen["margin"]}
        if torch == "CrossEntropyLoss" and r.randint(2):
            t = r.uniform(0.1, 1.0, z.shape)
            return Case(row, chosen, (z, t / t.sum(-1, keepdims=True)), torch, (), keywords)
        if torch == "NLLLoss":
            z = np.log(r.uniform(0.1, 1.0, z.shape))
        numbers = r.randint(0, classes, lead)
        number = numbers.astype(float) if lead else float(numbers)
        return Case(row, chosen, (z, number), torch, (), keywords, given={1: numbers})

    return make


def _instance(r: Any) -> Case:
    channels, affine = int(r.randint(1, 4)), bool(r.randint(2))
    x = _numbers(r, 2, channels, *_pick(r, (4,), (2, 3)))
    names = {"gamma": "weight", "beta": "bias"} if affine else {}
    settings = {"groups": channels, "eps": 1e-05, "affine": affine}
    return Case("group_norm", settings, (x,), f"InstanceNorm{x.ndim - 2}d", (channels,),
                {"affine": affine}, names)  # fmt: skip


def _relu6(r: Any) -> Case:
    return Case("hardtanh", {"low": 0, "high": 6}, (4 * _numbers(r, 2, 3),), "ReLU6")


def _weighed(row: str, torch: str) -> Maker:
    """Return a cross entropy with weights of classes, and a class that is ignored."""

    def make(r: Any) -> Case:
        lead, classes = _pick(r, (3,), (4,)), int(r.randint(2, 5))
        z, reduction = _numbers(r, *lead, classes), _reduction(r)
        if torch == "NLLLoss":
            z = np.log(r.uniform(0.1, 1.0, z.shape))
        chosen: dict[str, Any] = {"reduction": reduction}
        keywords: dict[str, Any] = dict(chosen)
        if r.randint(4):
            chosen["weights"] = [float(w) for w in r.uniform(0.2, 2.0, classes)]
            keywords["weight"] = np.array(chosen["weights"])
        if torch == "CrossEntropyLoss":
            chosen |= {"smoothing": float(_pick(r, 0.0, 0.1, 0.25)), "over": "all"}
            keywords["label_smoothing"] = chosen["smoothing"]
            if not r.randint(3):
                t = r.uniform(0.1, 1.0, z.shape)
                return Case(row, chosen, (z, t / t.sum(-1, keepdims=True)), torch, (), keywords)
        numbers = r.randint(0, classes, lead)
        if r.randint(2):
            chosen["ignore"] = keywords["ignore_index"] = int(_pick(r, 0, 1, -1, -100))
            numbers[0] = chosen["ignore"]
            numbers[1] = (chosen["ignore"] + 1) % classes
        return Case(row, chosen, (z, numbers.astype(float)), torch, (), keywords,
                    given={1: numbers})  # fmt: skip

    return make


def _positive(r: Any) -> Case:
    shape = (*_lead(r), int(r.randint(1, 4)))
    weights = [float(w) for w in r.uniform(0.2, 3.0, _pick(r, 1, shape[-1]))]
    chosen = {"reduction": _reduction(r), "positive": weights}
    keywords = {"reduction": chosen["reduction"], "pos_weight": np.array(weights)}
    pair = (_numbers(r, *shape), r.randint(0, 2, shape).astype(float))
    return Case("bce_with_logits", chosen, pair, "BCEWithLogitsLoss", (), keywords)


def _units(row: str, torch: str) -> Maker:
    def make(r: Any) -> Case:
        shape = (*_lead(r), int(r.randint(1, 4)))
        chosen = {"reduction": _reduction(r)}
        y = r.randint(0, 2, shape).astype(float) if r.randint(2) else r.uniform(0, 1, shape)
        scale = float(_pick(r, 1.0, 1.0, 500.0))
        x = r.uniform(0.05, 0.95, shape) if row == "bce" else scale * _numbers(r, *shape)
        return Case(row, chosen, (x, y), torch, (), chosen)

    return make


def _kl(r: Any) -> Case:
    shape = (*_lead(r), int(r.randint(2, 4)))
    q, p = np.log(r.uniform(0.05, 1, shape)), r.uniform(0.05, 1, shape)
    reduction, torch = _pick(r, ("entries", "mean"), ("sum", "sum"), ("none", "none"))
    if len(shape) == 2 and r.randint(2):
        reduction, torch = "mean", "batchmean"
    return Case("kl_divergence", {"log": True, "reduction": reduction}, (q, p), "KLDivLoss", (),
                {"reduction": torch})  # fmt: skip


MAKERS: dict[str, Maker] = {
    "dense": _dense,
    "mlp": _mlp,
    "conv1d": _convolution(1),
    "conv2d": _convolution(2),
    "convolve": _convolve,
    **{f"{kind}_pool{axes}d": _pooling(kind, axes) for kind in ("max", "avg") for axes in (1, 2)},
    **{f"adaptive_avg_pool{axes}d": _adaptive(axes) for axes in (1, 2)},
    "upsample": _upsample,
    "flatten": _flatten,
    "batch_norm": _batch_norm,
    "layer_norm": _layer_norm,
    "rms_norm": _rms_norm,
    "group_norm": _group_norm,
    "embedding": _embedding,
    **{kind: _cell(kind) for kind in ("elman", "lstm", "gru")},
    **{f"{kind}_sequence": _sequence(kind) for kind in ("elman", "lstm", "gru")},
    "attention": _attention,
    "multi_head_attention": _heads,
    "masked_heads": _masked_heads,
    "added_scores": _added,
    "identity": _activation("identity", "Identity"),
    "sigmoid": _activation("sigmoid", "Sigmoid"),
    "tanh": _activation("tanh", "Tanh"),
    "relu": _activation("relu", "ReLU"),
    "leaky_relu": _activation("leaky_relu", "LeakyReLU", alpha="negative_slope"),
    "prelu": _activation("prelu", "PReLU"),
    "elu": _activation("elu", "ELU", alpha="alpha"),
    "selu": _activation("selu", "SELU"),
    "softplus": _activation("softplus", "Softplus"),
    "softsign": _activation("softsign", "Softsign"),
    "gelu": _activation("gelu", "GELU"),
    "silu": _activation("silu", "SiLU"),
    "mish": _activation("mish", "Mish"),
    "hardtanh": _activation("hardtanh", "Hardtanh", low="min_val", high="max_val"),
    "softmax": _activation("softmax", "Softmax"),
    "log_softmax": _activation("log_softmax", "LogSoftmax"),
    "log_sigmoid": _activation("log_sigmoid", "LogSigmoid"),
    "mse": _regression("mse", "MSELoss"),
    "mae": _regression("mae", "L1Loss"),
    "huber": _regression("huber", "HuberLoss", "delta"),
    "smooth_l1": _regression("smooth_l1", "SmoothL1Loss", "beta"),
    "conv_transpose1d": _transposed(1),
    "conv_transpose2d": _transposed(2),
    "instance_norm": _instance,
    "relu6": _relu6,
    "weighed_cross_entropy": _weighed("cross_entropy_with_logits", "CrossEntropyLoss"),
    "weighed_nll": _weighed("nll", "NLLLoss"),
    "positive_weight": _positive,
    "cross_entropy_with_logits": _classes("cross_entropy_with_logits", "CrossEntropyLoss"),
    "nll": _classes("nll", "NLLLoss"),
    "multi_margin": _classes("multi_margin", "MultiMarginLoss"),
    "bce": _units("bce", "BCELoss"),
    "bce_with_logits": _units("bce_with_logits", "BCEWithLogitsLoss"),
    "kl_divergence": _kl,
    **{f"ceil_{kind}_pool{axes}d": _pooling(kind, axes, ceil=True)
       for kind in ("max", "avg") for axes in (1, 2)},
}  # fmt: skip

MODULES: dict[str, Maker] = {f"stacked_{kind}": _stacked(kind) for kind in ("elman", "lstm", "gru")}
"""Networks that are several calls of rows; tried by their classes."""
