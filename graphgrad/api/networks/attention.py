"""Attend in several heads with joined parameters and with masks, as PyTorch does."""

from __future__ import annotations

from math import prod
from typing import Any, NamedTuple

from graphgrad.api.handle import Handle, apply
from graphgrad.api.networks.applied import applied, operand
from graphgrad.api.networks.draws import present_draw
from graphgrad.api.networks.layers import RowModule
from graphgrad.api.networks.module import Module
from graphgrad.api.networks.parameter import Parameter
from graphgrad.api.numpy_words.of_tensors import needs_no_gradient
from graphgrad.api.recording.ancestry import tells_truth
from graphgrad.errors import ShapeError
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.row import Parameter as Stated
from graphgrad.ops.shapes import shape_text

__all__ = ["Heads", "masked"]


class Masked(NamedTuple):
    """What masks say of scores.

    Attributes:
        kept: 1 where a score counts and 0 where not; None where all do.
        added: what is added to the scores, or None.
    """

    kept: Any = None
    added: Any = None

    def reshaped(self, shape: tuple[int, ...]) -> Masked:
        """Return both with other axes."""
        return Masked(*(None if one is None else _reshaped(one, shape) for one in self))

    def joined(self, other: Masked) -> Masked:
        """Return what both say together."""
        kept = [one.kept for one in (self, other) if one.kept is not None]
        added = [one.added for one in (self, other) if one.added is not None]
        return Masked(
            kept[0] * kept[1] if len(kept) == 2 else next(iter(kept), None),
            added[0] + added[1] if len(added) == 2 else next(iter(added), None),
        )

    def without_empty_rows(self) -> Masked:
        """Return the same with -inf added where no score of a query counts, which makes NaN.

        So PyTorch's module does while it has weights to show; its function gives 0 there.
        """
        import numpy as np

        if self.kept is None or (filled := self.kept.any(axis=-1, keepdims=True)).all():
            return self
        out = np.broadcast_to(np.where(filled, 0.0, -np.inf), self.kept.shape)
        added = out if self.added is None else self.added + out
        return Masked(np.where(filled, self.kept, 1.0), added)


def masked(mask: Any, *, true_counts: bool) -> Masked:
    """Return what a mask says: one of booleans by name, one of numbers is added, -inf leaves out.

    Args:
        mask: booleans, numbers, a handle of numbers, or None.
        true_counts: whether True keeps a score, as in a function, or leaves it out, as in a module.
    """
    import numpy as np

    if mask is None:
        return Masked()
    if isinstance(mask, Handle) and tells_truth(*mask.place()):
        mask = np.asarray(mask.value) != 0  # a comparison, whose places are fixed from here on
    elif isinstance(mask, Handle) and needs_no_gradient(mask):
        mask = mask.value
    elif isinstance(mask, Handle):
        return Masked(added=mask)
    array = np.asarray(mask)
    if array.dtype == bool:
        return Masked(np.where(array == true_counts, 1.0, 0.0))
    array = np.asarray(operand(array))
    out = np.isneginf(array)
    kept = np.where(out, 0.0, 1.0) if out.any() else None
    rest = np.where(out, 0.0, array)
    return Masked(kept, rest if rest.any() or kept is None else None)


def _fit(argument: str, got: tuple[int, ...], *allowed: tuple[int, ...]) -> None:
    """Refuse a mask of another shape."""
    if got not in allowed:
        expected = ", ".join(map(shape_text, dict.fromkeys(allowed)))
        raise ShapeError("nn.mask", argument=argument, got=shape_text(got), expected=expected)


def _reshaped(value: Any, shape: tuple[int, ...]) -> Any:
    return (
        apply("reshape", value, shape=shape) if isinstance(value, Handle) else value.reshape(shape)
    )


class Heads(RowModule):
    """Attention in several heads; returns the output and the mean weights of the heads.

    In masks of booleans, True leaves a score out; one of numbers is added to the scores.

    >>> from graphgrad import nn
    >>> x = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    >>> output, weights = nn.MultiheadAttention(2, 1)(x, x, x)
    >>> output.shape, weights.shape
    ((3, 2), (3, 3))
    """

    def _make(self, shapes: tuple[Any, ...]) -> None:
        """Draw the parameters of queries, keys and values as one matrix, as PyTorch does."""
        self.layer.parameters(shapes, **self.settings)  # heads that do not fit are told
        count, draw = self.embed_dim, present_draw()
        joined = Stated("in_proj", (3 * count, count), "glorot_uniform", (count, 3 * count))
        self.in_proj_weight = Parameter(drawn(joined, self.owner, draw))
        if self.settings["bias"]:
            self.in_proj_bias = Parameter([0.0] * (3 * count))
        else:
            self.register_parameter("in_proj_bias", None)
        self.out_proj = _OutProjection(count, self.owner, self.settings["bias"])

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
        inputs = tuple(self._batch_first(operand(x)) for x in (query, key, value))
        said = self._masked(attn_mask, key_padding_mask, inputs[0].shape, inputs[1].shape)
        said = said.without_empty_rows() if need_weights else said
        causal = {"causal": is_causal and attn_mask is None}
        try:
            (output,), lines = applied(
                self.layer,
                self.line_name or self.layer.name,
                (*inputs, *said),
                self._joined(),
                self.settings | causal,
                training=self.training,
            )
        except ShapeError as error:
            raise self._misfit(error, (query, key, value)) from None
        output = self._batch_first(output)
        if not need_weights:
            return output, None
        weights = lines["A"]
        axis = len(weights.shape) - 3
        return output, apply("mean", weights, axis=axis) if average_attn_weights else weights

    def _masked(
        self, scores: Any, keys: Any, query: tuple[int, ...], key: tuple[int, ...]
    ) -> Masked:
        """Return what masks of scores (L x S, N heads x L x S) and of keys (N x S) say together."""
        lead, pair = query[:-2], (query[-2], key[-2])
        every, own = masked(scores, true_counts=False), masked(keys, true_counts=False)
        found = next((tuple(one.shape) for one in every if one is not None), pair)
        heads = (*lead, self.num_heads, *pair)
        _fit("attn_mask", found, pair, (prod(heads[:-2]), *pair))
        if found != pair:
            every = every.reshaped(heads)
        ended = next((tuple(one.shape) for one in own if one is not None), (*lead, key[-2]))
        _fit("key_padding_mask", ended, (*lead, key[-2]))
        return every.joined(own.reshaped((*lead, *(1,) * (1 + bool(lead)), key[-2])))

    def _batch_first(self, value: Any) -> Any:
        if self.batch_first or len(value.shape) < 3:
            return value
        return apply("transpose", value, axes=(1, 0, 2))

    def _joined(self) -> dict[str, Any]:
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
