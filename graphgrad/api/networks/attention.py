"""Offer `MultiheadAttention` with PyTorch's arguments and joined parameters."""

from __future__ import annotations

from typing import Any

from graphgrad.api.handle import Handle, apply
from graphgrad.api.networks.applied import applied, operand
from graphgrad.api.networks.draws import next_owner, present_draw
from graphgrad.api.networks.module import Module
from graphgrad.api.networks.parameter import Parameter
from graphgrad.errors import UsageError
from graphgrad.layers.doors.binding import told
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.registry import LAYERS
from graphgrad.layers.row import Parameter as Stated
from graphgrad.layers.settings import complete

__all__ = ["MultiheadAttention", "kept_scores"]


def kept_scores(mask: Any) -> Any:
    """Return 1 where a score counts: a mask of booleans says where not, as in this class.

    Raises:
        UsageError: if it holds other numbers than 0 and -inf.
    """
    import numpy as np

    if mask is None or isinstance(mask, Handle):
        return mask
    array = np.asarray(mask)
    if array.dtype == bool:
        return np.where(array, 0.0, 1.0)
    if not np.all((array == 0) | np.isneginf(array)):
        raise UsageError(
            "nn.unsupported", argument="attn_mask", got=repr(mask), expected="bool, 0, -inf"
        )
    return np.where(array == 0, 1.0, 0.0)


class MultiheadAttention(Module):
    """Attention in several heads; returns the output and the mean weights of the heads.

    Arguments, as in PyTorch: ``MultiheadAttention(embed_dim, num_heads, bias=True,
    batch_first=False)``. In masks, True leaves a score out.

    >>> from graphgrad import nn
    >>> x = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    >>> output, weights = nn.MultiheadAttention(2, 1)(x, x, x)
    >>> output.shape, weights.shape
    ((3, 2), (3, 3))
    """

    @told
    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        batch_first: bool = False,
    ) -> None:
        super().__init__()
        if dropout:
            raise UsageError(
                "nn.unsupported", argument="dropout", got=repr(dropout), expected="0.0"
            )
        self.embed_dim, self.num_heads, self.batch_first = embed_dim, num_heads, batch_first
        self.settings = complete(LAYERS["multi_head_attention"], {"heads": num_heads, "bias": bias})
        owner, draw = next_owner("MultiheadAttention"), present_draw()
        fans = (embed_dim, 3 * embed_dim)
        joined = Stated("in_proj", (3 * embed_dim, embed_dim), "glorot_uniform", fans)
        self.in_proj_weight = Parameter(drawn(joined, owner, draw))
        if bias:
            self.in_proj_bias = Parameter([0.0] * (3 * embed_dim))
        else:
            self.register_parameter("in_proj_bias", None)
        self.out_proj = _OutProjection(embed_dim, owner, bias)

    def forward(
        self,
        query: Any,
        key: Any,
        value: Any,
        key_padding_mask: Any = None,
        need_weights: bool = True,
        attn_mask: Any = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Any, Any]:
        """Return the output and, where asked for, the weights, averaged over the heads."""
        if key_padding_mask is not None:
            raise UsageError(
                "nn.unsupported", argument="key_padding_mask", got="...", expected="None"
            )
        inputs = tuple(self._batch_first(operand(x)) for x in (query, key, value))
        layer = LAYERS["multi_head_attention"]
        (output,), lines = applied(
            layer,
            self.line_name or layer.name,
            (*inputs, kept_scores(attn_mask)),
            self._leaves(),
            self.settings | {"causal": is_causal and attn_mask is None},
            training=self.training,
        )
        output = self._batch_first(output)
        if not need_weights:
            return output, None
        weights = lines["A"]
        axis = len(weights.shape) - 3
        return output, apply("mean", weights, axis=axis) if average_attn_weights else weights

    def _batch_first(self, value: Any) -> Any:
        if self.batch_first or len(value.shape) < 3:
            return value
        return apply("transpose", value, axes=(1, 0, 2))

    def _leaves(self) -> dict[str, Any]:
        """Return the parts of the joined parameters under the row's names."""
        count = self.embed_dim
        found: dict[str, Any] = {"W_o": self.out_proj.weight}
        for place, part in enumerate("qkv"):
            rows = ((place * count, (place + 1) * count),)
            found[f"W_{part}"] = apply("index", self.in_proj_weight, key=rows)
            if self.in_proj_bias is not None:
                found[f"b_{part}"] = apply("index", self.in_proj_bias, key=rows)
        if self.in_proj_bias is not None:
            found["b_o"] = self.out_proj.bias
        return found

    def extra_repr(self) -> str:
        """Return the sizes."""
        return f"{self.embed_dim}, {self.num_heads}"


class _OutProjection(Module):
    """Hold the parameters of the last matrix."""

    def __init__(self, count: int, owner: str, bias: bool) -> None:
        super().__init__()
        stated = Stated("out_proj", (count, count), "fan_in_uniform", (count, count))
        self.weight = Parameter(drawn(stated, owner, present_draw()))
        self.register_parameter("bias", Parameter([0.0] * count) if bias else None)
