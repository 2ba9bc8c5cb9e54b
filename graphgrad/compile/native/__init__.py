"""Turn a program into machine code by LLVM: loops over entries, chains of them fused.

In: a straight program of known shapes and types, and llvmlite.
Out: a function of the leaves, or why there is none.
Start: `machine.py`.
"""
