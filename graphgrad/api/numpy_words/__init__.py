"""What NumPy and PyTorch call things, on handles: functions, ufuncs and methods as ops.

In: handles, numbers and arrays.
Out: handles, or plain values where a function tells places, truth or shapes.
Start: `protocol.py`, then `whole_arrays.py`, `ufuncs.py`, `methods.py`.
"""
