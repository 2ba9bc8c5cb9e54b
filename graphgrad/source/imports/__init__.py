"""Read models that other frameworks have made: live modules, files of models, files of weights.

In: a live `torch.nn.Module`, a JAX function, the bytes of an ONNX, `.pt2` or safetensors file.
Out: `Graph`, or an error that names all operations without a row at once; arrays of weights.
Start: `program.py`. Each source becomes a `Program`; one table per framework says what its
operations are in rows, and `build.py` makes the graph. Nothing is ever unpickled.
"""
