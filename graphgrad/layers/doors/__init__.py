"""Describe how PyTorch calls the rows: classes, arguments with defaults, names of parameters.

In: what a row states (`Layer.doors`), and PyTorch's arguments.
Out: shapes of what enters a row, and its settings; what the rows cannot do is refused by name.
Start: `door.py`; source: the reference of PyTorch 2.13, torch.nn.
"""
