"""State what PyTorch's operations of layers are: rows of layers, by the table of its classes.

Arguments have the names of PyTorch's own schemas, by which a `.pt2` gives them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.emit import Ref
from graphgrad.messages.catalogue import quoted

__all__ = ["LAYER_OPS"]


def _several(value: Any, axes: int) -> tuple[int, ...]:
    """Return one number per axis; PyTorch repeats one that stands alone."""
    found = tuple(value) if isinstance(value, list | tuple) else (value,)
    return found * axes if len(found) == 1 else found


def _linear(m: Any, input: Any, weight: Any, bias: Any = None) -> Any:
    rows, entering = m.shape(weight)
    held = {"weight": weight, "bias": bias}
    return m.door("Linear", (input,), held, in_features=entering, out_features=rows,
                  bias=bias is not None)  # fmt: skip


def _conv(axes: int) -> Callable[..., Any]:
    def rule(
        m: Any, input: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0,
        dilation: Any = 1, groups: int = 1,
    ) -> Any:  # fmt: skip
        leaving, entering, *size = m.shape(weight)
        kept = padding if isinstance(padding, str) else _several(padding, axes)
        return m.door(
            f"Conv{axes}d", (input,), {"weight": weight, "bias": bias},
            in_channels=entering * groups, out_channels=leaving, kernel_size=tuple(size),
            stride=_several(stride, axes), padding=kept, dilation=_several(dilation, axes),
            groups=groups, bias=bias is not None,
        )  # fmt: skip

    return rule


def _conv_transpose(axes: int) -> Callable[..., Any]:
    def rule(
        m: Any, input: Any, weight: Any, bias: Any = None, stride: Any = 1, padding: Any = 0,
        output_padding: Any = 0, groups: int = 1, dilation: Any = 1,
    ) -> Any:  # fmt: skip
        entering, leaving, *size = m.shape(weight)
        return m.door(
            f"ConvTranspose{axes}d", (input,), {"weight": weight, "bias": bias},
            in_channels=entering, out_channels=leaving * groups, kernel_size=tuple(size),
            stride=_several(stride, axes), padding=_several(padding, axes),
            output_padding=_several(output_padding, axes), groups=groups,
            dilation=_several(dilation, axes), bias=bias is not None,
        )  # fmt: skip

    return rule


def _batch_norm(
    m: Any, input: Any, weight: Any, bias: Any, running_mean: Any, running_var: Any,
    training: bool, momentum: float, eps: float, cudnn_enabled: bool = False,
) -> Any:  # fmt: skip
    held = {"gamma": weight, "beta": bias}
    if not training:
        held |= {"mean": running_mean, "var": running_var}
    given = {name: value for name, value in held.items() if value is not None}
    return m.row("batch_norm", (input,), given, training=training, eps=eps,
                 momentum=momentum, affine=weight is not None)  # fmt: skip


def _layer_norm(
    m: Any, input: Any, normalized_shape: Any, weight: Any = None, bias: Any = None,
    eps: float = 1e-5, cudnn_enable: bool = True,
) -> Any:  # fmt: skip
    if weight is not None and bias is None:
        plain = _layer_norm(m, input, normalized_shape, eps=eps)
        return m.call("mul", plain, weight)
    return m.door("LayerNorm", (input,), {"weight": weight, "bias": bias}, eps=eps,
                  normalized_shape=tuple(normalized_shape),
                  elementwise_affine=weight is not None)  # fmt: skip


def _rms_norm(
    m: Any, input: Any, normalized_shape: Any, weight: Any = None, eps: Any = None
) -> Any:
    small = 2.0**-23 if eps is None else eps  # torch.finfo(float32).eps
    return m.door("RMSNorm", (input,), {"weight": weight}, eps=small,
                  normalized_shape=tuple(normalized_shape),
                  elementwise_affine=weight is not None)  # fmt: skip


def _group_norm(
    m: Any, input: Any, num_groups: int, weight: Any = None, bias: Any = None, eps: float = 1e-5,
    cudnn_enabled: bool = True,
) -> Any:  # fmt: skip
    return m.door("GroupNorm", (input,), {"weight": weight, "bias": bias}, eps=eps,
                  num_groups=num_groups, num_channels=m.shape(input)[1],
                  affine=weight is not None)  # fmt: skip


def _instance_norm(
    m: Any, input: Any, weight: Any = None, bias: Any = None, running_mean: Any = None,
    running_var: Any = None, use_input_stats: bool = True, momentum: float = 0.1,
    eps: float = 1e-5, cudnn_enabled: bool = True,
) -> Any:  # fmt: skip
    if not use_input_stats:
        return _batch_norm(m, input, weight, bias, running_mean, running_var, False, momentum, eps)
    return _group_norm(m, input, m.shape(input)[1], weight, bias, eps)


def _max_pool(axes: int) -> Callable[..., Any]:
    def rule(
        m: Any, self: Any, kernel_size: Any, stride: Any = (), padding: Any = 0,
        dilation: Any = 1, ceil_mode: bool = False,
    ) -> Any:  # fmt: skip
        size = _several(kernel_size, axes)
        return m.door(
            f"MaxPool{axes}d", (self,), kernel_size=size, ceil_mode=ceil_mode,
            stride=_several(stride, axes) if stride else size, padding=_several(padding, axes),
            dilation=_several(dilation, axes),
        )  # fmt: skip

    return rule


def _avg_pool(axes: int) -> Callable[..., Any]:
    def rule(
        m: Any, self: Any, kernel_size: Any, stride: Any = (), padding: Any = 0,
        ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: Any = None,
    ) -> Any:  # fmt: skip
        size = _several(kernel_size, axes)
        if divisor_override is not None:
            raise UsageError("nn.unsupported", argument="divisor_override",
                             got=quoted(divisor_override), expected="None")  # fmt: skip
        return m.door(
            f"AvgPool{axes}d", (self,), kernel_size=size, ceil_mode=ceil_mode,
            stride=_several(stride, axes) if stride else size, padding=_several(padding, axes),
            count_include_pad=count_include_pad,
        )  # fmt: skip

    return rule


def _adaptive(axes: int) -> Callable[..., Any]:
    def rule(m: Any, self: Any, output_size: Any) -> Any:
        return m.door(f"AdaptiveAvgPool{axes}d", (self,), output_size=_several(output_size, axes))

    return rule


def _embedding(
    m: Any, weight: Any, indices: Any, padding_idx: int = -1, scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Any:  # fmt: skip
    """Return rows of a table; that of padding gets no gradient."""
    tokens, units = m.shape(weight)
    if scale_grad_by_freq:
        raise UsageError("nn.unsupported", argument="scale_grad_by_freq", got="True",
                         expected="False")  # fmt: skip
    if padding_idx >= 0:
        padding = [[float(row == padding_idx)] * units for row in range(tokens)]
        fixed = m.call("stop_gradient", weight)
        weight = m.ended(m.call("where", m.number(padding), fixed, weight), "table")
    return m.door("Embedding", (indices,), {"weight": weight}, num_embeddings=tokens,
                  embedding_dim=units)  # fmt: skip


def _dropout(m: Any, input: Any, p: float, train: bool) -> Any:
    if train and p:
        raise UsageError("import.random")
    return input


# ---- recurrent layers ----


def _cell(kind: str, **settings: Any) -> Callable[..., Any]:
    def rule(
        m: Any, input: Any, hx: Any, w_ih: Any, w_hh: Any, b_ih: Any = None, b_hh: Any = None
    ) -> Any:
        states = tuple(hx) if isinstance(hx, list | tuple) else (hx,)
        held = {"W": w_ih, "U": w_hh} | ({} if b_ih is None else {"b": b_ih, "c": b_hh})
        return m.row(
            kind, (input, *map(_state, states)), held, units=m.shape(w_hh)[1],
            bias=b_ih is not None, biases=2, **settings,
        )  # fmt: skip

    return rule


def _state(value: Any) -> Any:
    """Return a state; None where it is known to be zeros, which the row makes itself."""
    return value if isinstance(value, Ref) or value is None or value.any() else None


def _sequence(kind: str, **settings: Any) -> Callable[..., Any]:
    def rule(
        m: Any, input: Any, hx: Any, params: Any, has_biases: bool, num_layers: int,
        dropout: float, train: bool, bidirectional: bool, batch_first: bool,
    ) -> Any:  # fmt: skip
        if dropout and train and num_layers > 1:
            raise UsageError("import.random")
        states = list(hx) if isinstance(hx, list | tuple) else [hx]
        x = input if batch_first else m.call("transpose", input, axes=(1, 0, 2))
        each, ends = 4 if has_biases else 2, []
        for layer in range(num_layers):
            seen = []
            for back in range(2 if bidirectional else 1):
                at = layer * (2 if bidirectional else 1) + back
                own = params[at * each : at * each + each]
                entering = [_state(m.picked(state, at)) for state in states]
                held = dict(zip("WUbc", own, strict=False))
                part = f"l{layer}" + "_reverse" * back
                found = m.row(
                    f"{kind}_sequence", (x, *entering), held, units=m.shape(own[1])[1],
                    part="" if num_layers == 1 and not bidirectional else part,
                    bias=has_biases, biases=2, reverse=bool(back), **settings,
                )  # fmt: skip
                seen.append(found[0])
                ends.append(found[1:])
            x = seen[0] if len(seen) == 1 else m.call("concat", *seen, axis=2)
            x = m.ended(x)
        all_states = x if batch_first else m.ended(m.call("transpose", x, axes=(1, 0, 2)))
        last = [m.ended(m.call("stack", *states, axis=0)) for states in zip(*ends, strict=True)]
        return (all_states, *last)

    return rule


# ---- attention ----


def _attention(
    m: Any, query: Any, key: Any, value: Any, attn_mask: Any = None, dropout_p: float = 0.0,
    is_causal: bool = False, scale: Any = None, enable_gqa: bool = False,
) -> Any:  # fmt: skip
    if dropout_p:
        raise UsageError("import.random")
    if scale is not None:
        query = m.ended(m.call("mul", query, scale * math.sqrt(m.shape(query)[-1])))
    boolean = getattr(getattr(attn_mask, "dtype", None), "kind", "") == "b"
    mask, added = (attn_mask, None) if boolean else (None, attn_mask)
    full = (query, key, value, mask, added)
    return m.row("attention", full, causal=is_causal)


# ---- activations ----


def _plain(name: str) -> Callable[..., Any]:
    return lambda m, self, **options: m.door(name, (self,), **options)


def _elu(
    m: Any, self: Any, alpha: float = 1.0, scale: float = 1.0, input_scale: float = 1.0
) -> Any:
    if scale != 1 or input_scale != 1:
        raise UsageError("nn.unsupported", argument="scale", got=quoted(scale), expected="1")
    return m.door("ELU", (self,), alpha=alpha)


def _gelu(m: Any, self: Any, approximate: str = "none") -> Any:
    if approximate == "none":
        return m.door("GELU", (self,))
    cube = m.call("powi", self, n=3)
    inside = math.sqrt(2 / math.pi) * (self + 0.044715 * cube)
    return 0.5 * self * (1 + m.call("tanh", inside))


LAYER_OPS: dict[str, Callable[..., Any]] = {
    "linear": _linear,
    "conv1d": _conv(1),
    "conv2d": _conv(2),
    "conv_transpose1d": _conv_transpose(1),
    "conv_transpose2d": _conv_transpose(2),
    "batch_norm": _batch_norm,
    "layer_norm": _layer_norm,
    "rms_norm": _rms_norm,
    "group_norm": _group_norm,
    "instance_norm": _instance_norm,
    "max_pool1d": _max_pool(1),
    "max_pool2d": _max_pool(2),
    "avg_pool1d": _avg_pool(1),
    "avg_pool2d": _avg_pool(2),
    "adaptive_avg_pool1d": _adaptive(1),
    "adaptive_avg_pool2d": _adaptive(2),
    "embedding": _embedding,
    "dropout": _dropout,
    "feature_dropout": _dropout,
    "alpha_dropout": _dropout,
    "rnn_tanh_cell": _cell("elman", act="tanh"),
    "rnn_relu_cell": _cell("elman", act="relu"),
    "lstm_cell": _cell("lstm"),
    "gru_cell": _cell("gru"),
    "rnn_tanh": _sequence("elman", act="tanh"),
    "rnn_relu": _sequence("elman", act="relu"),
    "lstm": _sequence("lstm"),
    "gru": _sequence("gru"),
    "scaled_dot_product_attention": _attention,
    "relu": _plain("ReLU"),
    "relu6": _plain("ReLU6"),
    "sigmoid": _plain("Sigmoid"),
    "tanh": _plain("Tanh"),
    "selu": _plain("SELU"),
    "silu": _plain("SiLU"),
    "mish": _plain("Mish"),
    "log_sigmoid": _plain("LogSigmoid"),
    "softplus": lambda m, self, beta=1.0, threshold=20.0: m.door("Softplus", (self,), beta=beta),
    "leaky_relu": lambda m, self, negative_slope=0.01: m.door(
        "LeakyReLU", (self,), negative_slope=negative_slope
    ),
    "hardtanh": lambda m, self, min_val=-1.0, max_val=1.0: m.door(
        "Hardtanh", (self,), min_val=min_val, max_val=max_val
    ),
    "elu": _elu,
    "gelu": _gelu,
    "prelu": lambda m, self, weight: m.door(
        "PReLU", (self,), {"weight": weight}, num_parameters=m.shape(weight)[0]
    ),
    "softmax": lambda m, self, dim, dtype=None: m.door("Softmax", (self,), dim=dim),
    "log_softmax": lambda m, self, dim, dtype=None: m.door("LogSoftmax", (self,), dim=dim),
}  # fmt: skip
"""PyTorch's operation, without ``aten.`` and overload, to what it is."""
