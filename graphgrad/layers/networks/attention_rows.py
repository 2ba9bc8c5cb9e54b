"""List the rows of embeddings and attention."""

from __future__ import annotations

import math
from typing import Any

from graphgrad.layers.doors.door import Door, Function, arg
from graphgrad.layers.networks.pieces import (
    BIAS,
    BIAS_ARG,
    KERAS_WEIGHTS,
    affine,
    bias_of,
    called,
    weight_of,
    weights,
)  # fmt: skip
from graphgrad.layers.networks.shapes import refuse
from graphgrad.layers.row import Layer, Parameter
from graphgrad.ops.row import Setting
from graphgrad.ops.shapes import Shape

__all__ = ["ATTENTION", "FAR", "attended"]

FAR = -(10**9)
"""What a masked score becomes: exp of it is 0 beside any other score, as PyTorch's -inf."""

_CAUSAL = Setting("causal", "flag", False)


def _embedding_parameters(
    shapes: tuple[Shape, ...], *, tokens: int, units: int, init: Any, **_: Any
) -> tuple[Parameter, ...]:
    return (weight_of("E", (tokens, units), (tokens, units), init),)


def _embedding(m: Any, p: Any, x: Any, *, tokens: int, first: int, **_: Any) -> Any:
    """Multiply one-hot codes by the table, which picks its rows."""
    return m.matmul(m.line("one_hot", m.one_hot(x, classes=tokens, first=first)), p.E)


def attended(
    m: Any, queries: Any, keys: Any, values: Any, mask: Any, added: Any = None, *, causal: bool
) -> Any:
    """Return values averaged with weights softmax(Q K^T / sqrt(d) + added), without masked ones.

    A query whose every key is masked attends to nothing, as in PyTorch: its weights are 0.
    """
    rank = len(m.shape(keys))
    swapped = m.transpose(keys, axes=(*range(rank - 2), rank - 1, rank - 2))
    scores = m.matmul(queries, swapped) / _root(m, m.shape(queries)[-1])
    scores = m.line("S", scores if added is None else scores + added)
    kept = [] if mask is None else [mask]
    if causal:
        rows, columns = m.shape(scores)[-2:]
        kept.insert(0, m.array([[int(i >= j) for j in range(columns)] for i in range(rows)]))
    for one in kept:
        scores = m.where(one, scores, FAR)
    weights = m.softmax(scores, axis=-1)
    for one in kept if mask is not None else ():  # causal alone leaves every query a key
        weights = m.where(one, weights, 0)
    return m.matmul(m.line("A", weights), values)


def _root(m: Any, length: int) -> Any:
    """Return the root of a length: whole where it is, else as it stands on a board."""
    whole = math.isqrt(length)
    return whole if whole**2 == length else m.sqrt(m.number(length))


def _attention(
    m: Any, p: Any, q: Any, k: Any, v: Any, mask: Any = None, added: Any = None, *, causal: bool
) -> Any:
    shapes = (m.shape(q), m.shape(k), m.shape(v))
    _check("attention", *shapes)
    if shapes[0][-1] != shapes[1][-1]:
        raise refuse("attention", "layer.expected.attention", *shapes)
    return attended(m, q, k, v, mask, added, causal=causal)


def _check(layer: str, q: Shape, k: Shape, v: Shape) -> None:
    fits = min(len(q), len(k), len(v)) >= 2 and k[:-1] == v[:-1] and q[:-2] == k[:-2]
    if not fits:
        raise refuse(layer, "layer.expected.attention", q, k, v)


def _heads_parameters(
    shapes: tuple[Shape, ...], *, heads: int, bias: bool, init: Any, bias_init: Any, **_: Any
) -> tuple[Parameter, ...]:
    taken = _taken(shapes)
    _check("multi_head_attention", *taken)
    units = shapes[0][-1]
    if units % heads:
        raise refuse("multi_head_attention", "layer.expected.heads", shapes[0])
    found = []
    for name, entering in zip("qkv", taken, strict=True):
        found.append(weight_of(f"W_{name}", (units, entering[-1]), (entering[-1], units), init))
        if bias:
            found.append(bias_of(f"b_{name}", (units,), (units, units), init, bias_init or "zeros"))
    found.append(weight_of("W_o", (units, units), (units, units), "fan_in_uniform" if
                 called(init).name == "glorot_uniform" else init))  # fmt: skip
    if bias:
        found.append(bias_of("b_o", (units,), (units, units), init, bias_init or "zeros"))
    return tuple(found)


def _taken(shapes: tuple[Shape, ...]) -> tuple[Shape, Shape, Shape]:
    """Return the shapes of queries, keys and values; keys are queries where they are left out."""
    query = shapes[0]
    key = shapes[1] if len(shapes) > 1 and shapes[1] else query
    value = shapes[2] if len(shapes) > 2 and shapes[2] else key
    return query, key, value


def _multi_head_attention(
    m: Any,
    p: Any,
    q: Any,
    k: Any = None,
    v: Any = None,
    mask: Any = None,
    added: Any = None,
    *,
    heads: int,
    bias: bool,
    causal: bool,
    **_: Any,
) -> Any:
    k = q if k is None else k
    v = k if v is None else v
    _check("multi_head_attention", m.shape(q), m.shape(k), m.shape(v))
    parts = [
        m.line(word, _split(m, affine(m, x, weight, offset), heads))
        for word, x, weight, offset in (
            ("Q", q, p.W_q, getattr(p, "b_q", None)),
            ("K", k, p.W_k, getattr(p, "b_k", None)),
            ("V", v, p.W_v, getattr(p, "b_v", None)),
        )
    ]
    mask, added = (_for_heads(m, one, len(m.shape(q))) for one in (mask, added))
    mixed = attended(m, parts[0], parts[1], parts[2], mask, added, causal=causal)
    mixed = m.line("C", _joined(m, mixed))
    return affine(m, mixed, p.W_o, getattr(p, "b_o", None))


def _for_heads(m: Any, scores: Any, rank: int) -> Any:
    """Return what is said of each sample's scores with an axis of heads."""
    shape = () if scores is None else m.shape(scores)
    if rank < 3 or len(shape) != rank:
        return scores
    return m.reshape(scores, shape=(*shape[:-2], 1, *shape[-2:]))


def _split(m: Any, x: Any, heads: int) -> Any:
    """Return ... x T x (heads d) as ... x heads x T x d."""
    *lead, steps, units = m.shape(x)
    apart = m.reshape(x, shape=(*lead, steps, heads, units // heads))
    rank = len(lead)
    return m.transpose(apart, axes=(*range(rank), rank + 1, rank, rank + 2))


def _joined(m: Any, x: Any) -> Any:
    """Return ... x heads x T x d as ... x T x (heads d)."""
    *lead, heads, steps, units = m.shape(x)
    rank = len(lead)
    together = m.transpose(x, axes=(*range(rank), rank + 1, rank, rank + 2))
    return m.reshape(together, shape=(*lead, steps, heads * units))


_EMBEDDING = Door(
    "Embedding",
    (
        arg("num_embeddings", "tokens"),
        arg("embedding_dim", "units"),
        arg("padding_idx", default=None, only=(None,)),
        arg("max_norm", default=None, only=(None,)),
    ),
    {"E": "weight"},
    Function(
        "embedding",
        (arg("weight", kind=""),),
        lambda given: dict(zip(("tokens", "units"), given.weight.shape, strict=True)),
    ),
    enters=lambda _given: ((),),
)
_KERAS_EMBEDDING = Door(
    "Embedding",
    (
        arg("input_dim", "tokens"),
        arg("output_dim", "units"),
        arg("embeddings_initializer", "init", "uniform"),
    ),
)
_KERAS_HEADS = Door("MultiHeadAttention", (arg("num_heads", "heads"), *KERAS_WEIGHTS[1:]))
_SCALED = Door(
    function=Function(
        "scaled_dot_product_attention",
        (
            arg("attn_mask", default=None),
            arg("dropout_p", default=0.0, only=(0.0,)),
            arg("is_causal", "causal", False),
        ),
    ),
    call="masks",
)
_HEADS = Door(
    "MultiheadAttention",
    (
        arg("embed_dim"),
        arg("num_heads", "heads"),
        arg("dropout", default=0.0, only=(0.0,)),
        BIAS_ARG,
        arg("batch_first", default=False),
    ),
    {f"{kind}_{part}": f"in_proj_{word}" for kind, word in (("W", "weight"), ("b", "bias"))
     for part in "qkv"} | {"W_o": "out_proj.weight", "b_o": "out_proj.bias"},
    enters=lambda given: ((1, given.embed_dim),),
    call="heads",
)  # fmt: skip

ATTENTION = (
    Layer(
        name="embedding",
        inputs=("x",),
        settings=(Setting("tokens", "count"), Setting("units", "count"),
                  Setting("first", "integer", 0), *weights("normal")),
        parameters=_embedding_parameters,
        forward=_embedding,
        notation={"E": "embedding"},
        glyph="E[x]",
        aliases=("incrustacion", "incrustación"),
        spanish="incrustación de palabras",
        doors=(_EMBEDDING,),
        keras=_KERAS_EMBEDDING,
        curriculum="C15 C16 C17",
        doc="The row of a table for each token; tokens are numbered from first.",
        source="UPV course 001, NLP - Word Embedding.",
        examples=(
            (((3,),), {"tokens": 4, "units": 2}),
            (((),), {"tokens": 3, "units": 2, "first": 1}),
        ),
    ),
    Layer(
        name="attention",
        inputs=("Q", "K", "V", "mask?", "added?"),
        settings=(_CAUSAL,),
        forward=_attention,
        notation={"S": "scores", "A": "attention weights"},
        glyph="QKᵀV",
        aliases=("atencion", "atención"),
        spanish="atención",
        doors=(_SCALED,),
        keras=Door("Attention"),
        curriculum="C18",
        doc="Values averaged with weights softmax(Q K^T / sqrt(d)); where the mask is 0 a score "
        "does not count; what is added is added to the scores.",
        source="Vaswani et al., Attention Is All You Need, 2017, section 3.2.1; UPV course 001, "
        "Arquitectura totalmente con modelos de atención.",
        examples=(
            (((2, 3), (2, 3), (2, 2)), {}),
            (((3, 2), (3, 2), (3, 2)), {"causal": True}),
            (((2, 2, 2), (2, 3, 2), (2, 3, 1)), {}),
            (((2, 3), (2, 3), (2, 2), (2, 2), (2, 2)), {}),
        ),
    ),
    Layer(
        name="multi_head_attention",
        inputs=("q", "k?", "v?", "mask?", "added?"),
        settings=(Setting("heads", "count"), BIAS, _CAUSAL, *weights("glorot_uniform")),
        parameters=_heads_parameters,
        forward=_multi_head_attention,
        notation={"W_q": "weight", "W_k": "weight", "W_v": "weight", "W_o": "weight",
                  "Q": "queries", "K": "keys", "V": "values", "S": "scores",
                  "A": "attention weights", "C": "context"},
        glyph="MHA",
        aliases=("atencion_multiple", "atención_múltiple"),
        spanish="atención con varias cabezas",
        doors=(_HEADS,),
        keras=_KERAS_HEADS,
        curriculum="C18",
        doc="Attention in several heads side by side, joined by a matrix; without k and v, "
        "self-attention.",
        source="Vaswani et al., Attention Is All You Need, 2017, section 3.2.2.",
        examples=(
            (((3, 4),), {"heads": 2}),
            (((2, 2, 4), (2, 3, 4)), {"heads": 2, "bias": False}),
            (((2, 4), (3, 3), (3, 2)), {"heads": 1}),
            (((3, 2),), {"heads": 2, "causal": True}),
        ),
    ),
)  # fmt: skip
