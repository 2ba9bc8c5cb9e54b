"""Functions of JAX, with examples: what `make_jax.py` records and the live tests compare."""

import jax
import jax.numpy as jnp
import numpy as np


def normal(seed, *shape):
    return np.random.RandomState(seed).randn(*shape)


def functions():
    """Yield name, function and arguments."""
    x = normal(0, 4, 3)

    def line(params, x):
        return x @ params["w"] + params["b"]

    yield "line", line, ({"w": normal(1, 3), "b": np.float64(0.5)}, x)

    @jax.jit
    def layer(w, x):
        return jnp.tanh(x @ w["W"] + w["b"])

    def mlp(params, x, y):
        for one in params[:-1]:
            x = layer(one, x)
        z = x @ params[-1]["W"] + params[-1]["b"]
        return jnp.mean((z[:, 0] - y) ** 2)

    sizes = [(3, 5), (5, 5), (5, 1)]
    params = [{"W": normal(i, *s), "b": normal(9 + i, s[1])} for i, s in enumerate(sizes)]
    yield "mlp", mlp, (params, x, normal(7, 4))

    def classifier(params, x, y):
        h = jax.nn.relu(x @ params["W1"] + params["b1"])
        z = jax.nn.log_softmax(h @ params["W2"])
        return -jnp.mean(z[jnp.arange(4), y])

    heads = {"W1": normal(1, 3, 6), "b1": normal(2, 6), "W2": normal(3, 6, 3)}
    yield "classifier", classifier, (heads, x, np.array([0, 2, 1, 1]))

    def one_hot_loss(W, x, y):
        p = jax.nn.softmax(x @ W)
        return -jnp.sum(jax.nn.one_hot(y, 3) * jnp.log(p)) / 4

    yield "one_hot_loss", one_hot_loss, (normal(4, 3, 3), x, np.array([0, 2, 1, 1]))

    def recurrent(params, xs):
        def step(h, x):
            h = jnp.tanh(params["W"] @ h + params["U"] @ x + params["b"])
            return h, params["V"] @ h

        return jnp.sum(jax.lax.scan(step, jnp.zeros(4), xs)[1] ** 2)

    cell = {"W": normal(1, 4, 4), "U": normal(2, 4, 3), "b": normal(3, 4), "V": normal(4, 2, 4)}
    yield "recurrent", recurrent, (cell, x)

    def lstm(params, xs):
        def step(state, x):
            h, c = state
            i, f, g, o = jnp.split(params["W"] @ jnp.concatenate([x, h]) + params["b"], 4)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(c)
            return (h, c), h

        start = (jnp.zeros(2), jnp.zeros(2))
        return jax.lax.scan(step, start, xs)[1]

    yield "lstm", lstm, ({"W": normal(5, 8, 5) / 2, "b": normal(6, 8)}, x)

    def convolutional(params, x):
        how = ("NCHW", "OIHW", "NCHW")
        h = jax.lax.conv_general_dilated(x, params["k"], (1, 1), "SAME", dimension_numbers=how)
        h = jax.nn.relu(h + params["b"][:, None, None])
        h = jax.lax.reduce_window(h, -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
        return h.reshape(h.shape[0], -1) @ params["W"]

    kernels = {"k": normal(1, 3, 2, 3, 3), "b": normal(2, 3), "W": normal(3, 48, 2)}
    yield "convolutional", convolutional, (kernels, normal(4, 2, 2, 8, 8))

    def channels_last(k, x):
        how = ("NHWC", "HWIO", "NHWC")
        h = jax.lax.conv_general_dilated(x, k, (2, 2), "VALID", dimension_numbers=how)
        window = ((1, 2, 2, 1), (1, 1, 1, 1), "VALID")
        return jax.lax.reduce_window(h, 0.0, jax.lax.add, *window) / 4

    yield "channels_last", channels_last, (normal(1, 3, 3, 2, 3), normal(2, 2, 9, 9, 2))

    def attention(params, x):
        q, k, v = x @ params["Q"], x @ params["K"], x @ params["V"]
        heads = [one.reshape(4, 2, 3) for one in (q, k, v)]
        scores = jnp.einsum("qhd,khd->hqk", heads[0], heads[1]) / jnp.sqrt(3.0)
        mask = jnp.tril(jnp.ones((4, 4), bool))
        weights = jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=-1)
        return jnp.einsum("hqk,khd->qhd", weights, heads[2]).reshape(4, 6)

    projections = {name: normal(at, 3, 6) for at, name in enumerate("QKV")}
    yield "attention", attention, (projections, x)

    def layer_norm(params, x):
        mean = x.mean(-1, keepdims=True)
        scaled = (x - mean) / jnp.sqrt(x.var(-1, keepdims=True) + 1e-5)
        return params["g"] * scaled + params["b"]

    yield "layer_norm", layer_norm, ({"g": normal(1, 3), "b": normal(2, 3)}, x)

    def bigram(C, W, codes, y):
        z = C[codes].reshape(4, -1) @ W
        return -(jax.nn.logsumexp(z, axis=1, keepdims=True) * -1 + z)[jnp.arange(4), y].mean()

    codes = np.array([[0, 1], [2, 4], [1, 1], [3, 0]])
    yield "bigram", bigram, (normal(1, 5, 2), normal(2, 4, 5), codes, np.array([1, 0, 4, 2]))

    def activations(x):
        found = [jax.nn.gelu(x), jax.nn.silu(x), jax.nn.softplus(x), jax.nn.elu(x),
                 jax.nn.leaky_relu(x), jax.nn.selu(x), jax.nn.relu6(x),
                 jax.nn.log_sigmoid(x), jax.nn.soft_sign(x), jax.nn.hard_tanh(x)]  # fmt: skip
        return jnp.stack(found)

    yield "activations", activations, (x,)

    def numbers(x):
        x = jnp.asarray(x)
        parts = [jnp.clip(x, -1, 1), jnp.where(x > 0, x, 0.1 * x), x[::-1], jnp.cumsum(x, 0),
                 jnp.sort(x, 0), jnp.flip(x, 1), jnp.pad(x, ((1, 0), (0, 0)))[:4],
                 jnp.expm1(x) * jnp.log1p(x**2), jnp.arctan2(x, 2.0), x.at[0].set(2.0),
                 x.at[1, 1].add(3.0), jnp.roll(x, 1, 0), jnp.maximum(x, x.T.mean()), jnp.abs(x),
                 jnp.hypot(x, 1.0), x / jnp.linalg.norm(x), jnp.cbrt(x**2 + 1),
                 jnp.repeat(x[:, :1], 3, 1), jnp.outer(x[:, 0], x[0])]  # fmt: skip
        return sum(parts)

    yield "numbers", numbers, (x,)

    def quadratic(x, A):
        def turn(i, v):
            return A @ v / (1.0 + i)

        return jnp.dot(x, jax.lax.fori_loop(0, 3, turn, x)) + jnp.trace(A) + jnp.linalg.det(A)

    yield "quadratic", quadratic, (normal(1, 3), normal(2, 3, 3))

    def contrastive(params, pairs):
        encode = jax.vmap(lambda v: jnp.tanh(params["W"] @ v))
        left, right = encode(pairs[0]), encode(pairs[1])
        held = jax.lax.stop_gradient(right)
        return jnp.sum((left - held) ** 2) + jnp.sum(left * right)

    yield "contrastive", contrastive, ({"W": normal(1, 2, 3)}, normal(2, 2, 4, 3))

    def batch_norm(params, x):
        mean, var = jnp.mean(x, 0), jnp.var(x, 0)
        h = (x - mean) * jax.lax.rsqrt(var + 1e-5) * params["gamma"] + params["beta"]
        return jnp.sum(jax.nn.sigmoid(h) ** 2)

    yield "batch_norm", batch_norm, ({"gamma": normal(1, 3), "beta": normal(2, 3)}, x)

    @jax.checkpoint
    def block(w, x):
        return x + jax.nn.gelu(x @ w, approximate=False)

    def residual(weights, x):
        for w in weights:
            x = block(w, x)
        return x.sum()

    yield "residual", residual, ([normal(1, 3, 3), normal(2, 3, 3)], x)
