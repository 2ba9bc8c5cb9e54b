"""Say how PyTorch calls the rows: classes, arguments with defaults, names of parameters.

In: PyTorch's arguments.
Out: shapes of what enters a row, and its settings; what the rows cannot do is refused by name.
Start: `table.py`; source: the reference of PyTorch 2.13, torch.nn.
"""
