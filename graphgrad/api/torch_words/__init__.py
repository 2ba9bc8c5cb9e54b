"""PyTorch's own words beside its layers: tensors, draws and functions of the module `torch`.

In: numbers, lists, arrays.
Out: leaves whose gradients add up, whole numbers as arrays, nodes.
Start: `namespace.py`, then `tensor.py`, `making.py`.
"""
