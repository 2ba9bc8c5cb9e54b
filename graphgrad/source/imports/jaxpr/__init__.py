"""Read functions of JAX and models of Keras, by the jaxpr that JAX traces.

In: a function and an example of its arguments; or a built model of Keras.
Out: the `Program` of the function, and its `Graph`.
Start: `function.py`. `equations.py` turns a jaxpr into calls, `primitives.py` says what each is.
"""
