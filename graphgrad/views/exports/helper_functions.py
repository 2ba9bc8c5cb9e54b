"""Hold the functions that a library has not, as they are written above a program."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["HELPERS", "HelperText"]


class HelperText(NamedTuple):
    """The lines below ``def name``: what follows the name, and the body in each library."""

    arguments: str
    torch: str
    jax: str


_WINDOWS = """\
    lead, count = {0}.ndim - len(size), len(size)
    for k in range(count):
        starts = {lib}.arange(0, x.shape[lead + 2 * k] - (size[k] - 1) * dilation[k], stride[k])
        inside = {lib}.arange(size[k]) * dilation[k]
        x = x[(slice(None),) * (lead + 2 * k) + (inside[:, None] + starts,)]
    places = [lead + 2 * k for k in range(count)]
    return {moved}(x, (*range(lead), *places, *(k + 1 for k in places)))
""".replace("{0}", "x")
_FOLD = """\
    lead, count = x.ndim - 2 * len(shape), len(shape)
    total = {lib}.zeros((*x.shape[:lead], *shape))
    for place in itertools.product(*map(range, x.shape[lead : lead + count])):
        where = tuple(
            slice(at * gap, at * gap + (n - 1) * step + 1, step)
            for at, n, step, gap in zip(place, x.shape[lead + count :], stride, dilation)
        )
        every = (slice(None),) * lead
        {add}
    return total
"""
HELPERS: dict[str, HelperText] = {
    "windows": HelperText(
        "(x, size, stride, dilation)",
        _WINDOWS.replace("{lib}", "torch").replace("{moved}", "torch.permute"),
        _WINDOWS.replace("{lib}", "jnp").replace("{moved}", "jnp.transpose"),
    ),
    "fold": HelperText(
        "(x, shape, stride, dilation)",
        _FOLD.replace("{lib}", "torch").replace(
            "{add}", "total[every + where] += x[every + place]"
        ),
        _FOLD.replace("{lib}", "jnp").replace(
            "{add}", "total = total.at[every + where].add(x[every + place])"
        ),
    ),
    "largest": HelperText(
        "(x, axis)",
        "",
        "    place = jnp.argmax(x, axis=axis, keepdims=True)\n"
        "    return jnp.take_along_axis(x, place, axis=axis).squeeze(axis)\n",
    ),
    "norm": HelperText(
        "(x, axis=None, keepdims=False)",
        "",
        "    squares = jnp.sum(x**2, axis=axis, keepdims=keepdims)\n"
        "    root = jnp.sqrt(jnp.where(squares == 0, 1.0, squares))\n"
        "    return jnp.where(squares == 0, 0.0, root)\n",
    ),
    "placed": HelperText(
        "(x, key, shape)",
        "    whole = torch.zeros(shape)\n    whole[key] = x\n    return whole\n",
        "    return jnp.zeros(shape).at[key].add(x)\n",
    ),
    "put": HelperText(
        "(x, at, shape)",
        "    whole = torch.zeros(math.prod(shape))\n"
        "    return whole.index_add(0, torch.tensor(at, dtype=int), x.flatten()).reshape(shape)\n",
        "    whole = jnp.zeros(math.prod(shape))\n"
        "    return whole.at[jnp.array(at, dtype=int)].add(x.ravel()).reshape(shape)\n",
    ),
}
"""By the name that a spelling calls it; what each is for says a message, ``export.helper.NAME``."""
