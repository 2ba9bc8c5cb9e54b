"""Compile a program to machine code with LLVM and call it like the function of its text.

A call copies the leaves into the arrays of the module, runs, and copies the results out: what is
handed out is nobody's buffer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache
from math import prod
from typing import Any

from graphgrad.compile.native.expanded import expanded
from graphgrad.compile.recording.program import Operand, Program
from graphgrad.compile.rules.rewriting import rewritten
from graphgrad.compile.writing.watching import watched
from graphgrad.ops.evaluate import arrays

__all__ = ["Machine", "has_llvm", "machine_of"]

_MOST_PRODUCTS = 4_000_000
"""Multiplications of a matrix product from which BLAS, which NumPy calls, is faster than loops."""
_MOST_OPERATIONS = 3_000


def has_llvm() -> bool:
    """Tell whether llvmlite is installed."""
    from importlib.util import find_spec

    return find_spec("llvmlite") is not None


def machine_of(program: Program, results: Sequence[Operand]) -> Machine | None:
    """Return a program as machine code, None where NumPy does better or an operation has no loops.

    Args:
        program: the program, without constants to fold.
        results: what it is for: the output's value, then gradients.
    """
    from graphgrad.compile.native.loops import Unwritable

    program, found = rewritten(program, expanded, results)
    needed = program.needed(found)
    if len(needed) > _MOST_OPERATIONS or any(_is_large(program, at) for at in needed):
        return None
    try:
        return Machine(program, needed, found)
    except Unwritable:
        return None


def _is_large(program: Program, at: int) -> bool:
    op = program.ops[at]
    return op.name == "matmul" and prod(op.shape) * program.shape(op.args[0])[-1] > _MOST_PRODUCTS


class Machine:
    """The machine code of a program, with arrays of its own.

    Args:
        program: the program.
        needed: the operations to run, in order.
        results: what it is for.
    """

    def __init__(self, program: Program, needed: list[int], results: Sequence[Operand]) -> None:
        from graphgrad.compile.native.loops import Loops

        leaves = [at for at in program.leaves if at not in needed]
        loops = Loops(program, [*leaves, *needed], results)
        numbers = [one for one in results if not program.shape(one)]
        module = loops.finish(watched(program, results), numbers)
        self._engine, self._run = _compiled(str(module))
        self._arrays = {at: self._view(program, at, loops.arrays[at]) for at in loops.arrays}
        for at in needed:
            if program.ops[at].name == "constant":
                self._arrays[at][...] = program.arrays[at]
        self._leaves = [self._arrays[at] for at in program.leaves]
        self._numbers = self._at("numbers", (len(numbers) + 1,), "d")
        self._results = [
            self._arrays[one] if isinstance(one, int) and program.shape(one) else None
            for one in results
        ]
        kinds = enumerate(map(program.kind, results))
        self._truths = [(at, {"d": float, "f": "float32"}[k[1]]) for at, k in kinds if k[0] == "?"]
        self._has_arrays = any(one is not None for one in self._results)

    def __call__(self, *leaves: Any) -> tuple[Any, ...]:
        """Return the results and, last, what is NaN where the interpreter has to look."""
        for array, value in zip(self._leaves, leaves, strict=True):
            array[...] = value
        self._run()
        numbers = self._numbers.tolist()
        if not self._has_arrays:
            return tuple(numbers)
        rest = iter(numbers)
        found = [next(rest) if one is None else one.copy() for one in self._results]
        for at, dtype in self._truths:
            found[at] = found[at].astype(dtype)
        return (*found, next(rest))

    def _view(self, program: Program, at: int, variable: Any) -> Any:
        op = program.ops[at]
        return self._at(variable.name, op.shape, op.kind)

    def _at(self, name: str, shape: tuple[int, ...], kind: str) -> Any:
        """Return a global variable of the module as an array."""
        np = arrays().np
        dtype = np.dtype(np.bool_ if kind[0] == "?" else np.float32 if kind == "f" else np.float64)
        address = self._engine.get_global_value_address(name)
        size = max(1, prod(shape)) * dtype.itemsize
        memory = (ctypes.c_char * size).from_address(address)
        return np.frombuffer(memory, dtype)[: prod(shape)].reshape(shape)


@cache
def _began() -> bool:
    """Start LLVM, once."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return True


def _target() -> Any:
    """Return the machine to compile for, this one; what compiles takes it for its own."""
    import llvmlite.binding as llvm

    assert _began()
    target = llvm.Target.from_default_triple()
    features = llvm.get_host_cpu_features().flatten()
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=features, opt=3, jit=True
    )


def _compiled(text: str) -> tuple[Any, Any]:
    """Return what holds the machine code of a module, and its function."""
    import llvmlite.binding as llvm

    machine = _target()
    module = llvm.parse_assembly(text)
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = True
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    return engine, ctypes.CFUNCTYPE(None)(engine.get_function_address("run"))
