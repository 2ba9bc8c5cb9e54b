"""Write a graph in the words of another program: PyTorch, JAX, ONNX, LaTeX, Mermaid, networkx.

In: a `Graph` whose leaves have values.
Out: text, or the bytes of a model file, by one word of `targets.py`.
Start: `targets.py`. `spellings.py` says of each op what PyTorch and JAX call it.
"""
