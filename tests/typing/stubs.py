"""Write the type stubs of the doors whose names are found when they are asked for.

``gg.sigmoid``, ``nn.Linear``, ``optim.Adam`` and ``torch.tanh`` come from rows, so no type checker
can see them; the stubs beside the doors say what they are, and are written anew by
``python -m tests.typing.stubs``. A folder of stubs with a module's name stands for the modules that
the door makes, such as ``graphgrad.nn.functional``; Python itself never looks into it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import graphgrad as gg
from graphgrad import optim
from graphgrad.api.handle import Handle
from graphgrad.api.networks import functional, nn
from graphgrad.api.public import PUBLIC
from graphgrad.api.torch_words.making import MAKERS
from graphgrad.layers.registry import DOORS
from graphgrad.ops.registry import find, function_names
from graphgrad.ops.row import Row

__all__ = ["PACKAGE", "stubs"]

PACKAGE = Path(gg.__file__).parent
HEAD = '"""Written by ``python -m tests.typing.stubs``."""\n'
OPERAND = """from collections.abc import Sequence
from typing import Any, TypeAlias

from numpy.typing import ArrayLike

from graphgrad.api.handle import Handle as Handle

Operand: TypeAlias = Handle | ArrayLike | Sequence[Any]
"""
KINDS = {"flag": "bool", "integer": "int", "count": "int", "number": "Any"}
JOINED = ("cat", "concat", "stack", "hstack", "vstack", "matmul", "mm", "bmm", "mv", "einsum")
"""Words of PyTorch that make a node and are no rows."""


def stubs() -> dict[str, str]:
    """Return the text of each stub by its path below the package."""
    return {
        "__init__.pyi": _package(),
        "api/handle_words.pyi": _methods(),
        "nn/__init__.pyi": _layers(),
        "nn/functional.pyi": _functional(),
        "nn/init.pyi": f"{HEAD}from graphgrad.api.networks.init import *\n",
        "nn/utils.pyi": f"{HEAD}from graphgrad.api.networks.gradient_clips import *\n",
        "optim/__init__.pyi": _optimizers(),
        "optim/lr_scheduler.pyi": _schedules(),
        "micrograd/__init__.pyi": _micrograd(),
        "micrograd/engine.pyi": HEAD + _again("graphgrad.api.micrograd_words.engine", ["Value"]),
        "micrograd/nn.pyi": HEAD + _again("graphgrad.api.micrograd_words.neurons", _NEURONS),
        "torchlike/__init__.pyi": _torchlike(),
        "torchlike/optim.pyi": f"{HEAD}from graphgrad.optim import *\n",
        "torchlike/nn/__init__.pyi": f"{HEAD}from graphgrad.nn import *\n",
        "torchlike/nn/functional.pyi": f"{HEAD}from graphgrad.nn.functional import *\n",
        "torchlike/nn/init.pyi": f"{HEAD}from graphgrad.nn.init import *\n",
        "torchlike/nn/utils.pyi": f"{HEAD}from graphgrad.nn.utils import *\n",
    }


_NEURONS = ["MLP", "Layer", "Module", "Neuron"]


def _again(module: str, names: Iterable[str]) -> str:
    """Return the line that hands names on."""
    return f"from {module} import {', '.join(f'{name} as {name}' for name in sorted(names))}\n"


def _package() -> str:
    """Return the stub of ``graphgrad``: the public names, and a function per operation."""
    by_module: dict[str, list[str]] = {}
    for name, module in PUBLIC.items():
        if name == "Handle":
            continue  # stands above
        by_module.setdefault(module, []).append(name)
    parts = [
        HEAD,
        OPERAND,
        _again("graphgrad", ["nn", "optim"]),
    ]
    parts += [_again(module, by_module[module]) for module in sorted(by_module)]
    parts.append("\n__version__: str\n\n")
    parts += _functions()
    return "".join(parts)


def _functions() -> Iterator[str]:
    """Yield a function for each operation, and its other names."""
    others = []
    for name in function_names():
        row = find(name)
        if row is None or name in PUBLIC or not name.isidentifier():
            continue
        if name == row.name or row.name in PUBLIC:  # gg.trace is a verb, gg.traza the operation
            yield f"def {name}({_parameters(row)}) -> Handle: ...\n"
        else:
            others.append(f"{name} = {row.name}\n")
    yield from others


OPERATORS = {
    "other": ("add", "sub", "mul", "truediv", "matmul", "mod", "floordiv", "and", "or"),
    "compared": ("gt", "lt", "ge", "le"),
    "alone": ("neg", "abs", "invert"),
}
PROPERTIES = {
    "values": "Handle", "indices": "Handle", "mT": "Handle", "real": "Handle", "imag": "Handle",
    "dtype": "Any", "grad_fn": "str", "is_leaf": "bool", "requires_grad": "bool", "size": "Any",
}  # fmt: skip
GIVES = {
    "chunk": "list[Handle]", "split": "list[Handle]", "unbind": "list[Handle]",
    "dim": "builtins.int", "nelement": "builtins.int", "numel": "builtins.int",
    "retain_grad": "None",
} | dict.fromkeys(
    ("all", "any", "argmax", "argmin", "argsort", "int", "long", "nonzero", "numpy", "searchsorted",
     "tolist", "topk", "type"), "Any"
)  # fmt: skip
"""What a method gives that is no node; a type where it is known."""


def _methods() -> str:
    """Return the stub of what handles inherit: operators, a method per row, words of arrays."""
    parts = [HEAD, "import builtins\nfrom typing import Any\n\n"]
    parts.append("from graphgrad.api.handle import Handle\n")
    parts.append("from graphgrad.api.recording.operators import Operand\n\n")
    parts.append("class HandleWords(Operand):\n")
    for name in OPERATORS["other"]:
        parts.append(f"    def __{name}__(self, other: Any) -> Handle: ...\n")
        parts.append(f"    def __r{name}__(self, other: Any) -> Handle: ...\n")
    parts.append("    def __rpow__(self, other: Any) -> Handle: ...\n")
    parts.append("    def __divmod__(self, other: Any) -> tuple[Handle, Handle]: ...\n")
    for name in OPERATORS["compared"]:
        parts.append(f"    def __{name}__(self, other: Any) -> Handle: ...\n")
    for name in OPERATORS["alone"]:
        parts.append(f"    def __{name}__(self) -> Handle: ...\n")
    for name, kind in PROPERTIES.items():
        parts.append(f"    @property\n    def {name}(self) -> {kind}: ...\n")
    for name in _offered():
        given = "self, *args: Any, **options: Any"
        parts.append(f"    def {name}({given}) -> {GIVES.get(name, 'Handle')}: ...\n")
    return "".join(parts)


def _offered() -> list[str]:
    """Return the names of the methods that handles have from rows and tables."""
    tree = ast.parse(inspect.getsource(Handle))
    stated = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    stated |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return sorted(
        name
        for name in vars(Handle)
        if not name.startswith("_") and name not in stated | set(PROPERTIES) and name.isidentifier()
    )


def _parameters(row: Row) -> str:
    """Return what an operation takes: operands by place, then settings by place or name."""
    *first, last = row.arguments
    parts = [f"{name}: Operand" for name in first]
    star = "*" if last.endswith("*") else ""
    parts.append(f"{star}{last.rstrip('*')}: Operand")
    parts += [] if star else ["/"]
    given = [s for s in row.settings if s.default is None and s.kind not in ("axes", "axis")]
    left_out = [s for s in row.settings if s not in given]
    parts += [f"{s.name}: {KINDS.get(s.kind, 'Any')}" for s in given]
    parts += [f"{s.name}: {KINDS.get(s.kind, 'Any')} = ..." for s in left_out]
    return ", ".join(parts)


def _signature(function: Any, first: str = "") -> str:
    """Return the parameters of a function made from a row, typed where its defaults tell."""
    parts, only = [first] if first else [], False
    known = isinstance(function, inspect.Signature)
    signature = function if known else inspect.signature(function)
    for parameter in signature.parameters.values():
        star = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        if parameter.kind == parameter.KEYWORD_ONLY and not only:
            parts.append("*")
        only |= parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL)
        default = parameter.default
        kind = type(default).__name__ if type(default) in (bool, str) else "Any"
        default = "" if default is parameter.empty else " = ..."
        parts.append(f"{star}{parameter.name}: {kind}{default}")
    return ", ".join(parts)


def _layers() -> str:
    """Return the stub of ``graphgrad.nn``: modules, and a class per layer and loss."""
    shown = sorted(nn.__all__)
    modules = {"functional", "init", "utils"}
    by_module: dict[str, list[str]] = {}
    for name in shown:
        if name not in modules:
            by_module.setdefault(getattr(nn, name).__module__, []).append(name)
    parts = [HEAD, "from typing import Any\n\nfrom graphgrad.api.handle import Handle\n"]
    parts += [_again(module, names) for module, names in sorted(by_module.items())]
    parts += [f"from graphgrad.nn import {name} as {name}\n" for name in sorted(modules)]
    for name, (row, door) in sorted(DOORS.items()):
        several = door.call in ("sequence", "heads") or len(row.results) > 1
        parts.append(
            f"\nclass {name}(Module):\n"
            f"    def __init__({_signature(door.signature, 'self')}) -> None: ...\n"
            f"    def __call__(self, *inputs: Any, **options: Any) -> "
            f"{'tuple[Any, ...]' if several else 'Handle'}: ...\n"
        )
    for name, kind in sorted(nn.CLASSES.items()):
        if name.startswith("Lazy"):
            stated = _signature(kind.__signature__, "self")
            parts.append(f"\nclass {name}({kind.whole.__name__}):\n")
            parts.append(f"    def __init__({stated}) -> None: ...\n")
    return "".join(parts)


def _functional() -> str:
    """Return the stub of ``graphgrad.nn.functional``."""
    parts = [HEAD, "from typing import Any\n\nfrom graphgrad.api.handle import Handle\n\n"]
    for name, function in sorted(functional.FUNCTIONS.items()):
        parts.append(f"def {name}({_signature(function)}) -> Handle: ...\n")
    return "".join(parts)


def _optimizers() -> str:
    """Return the stub of ``graphgrad.optim``: a class per optimizer, and the schedules."""
    parts = [HEAD, "from typing import Any\n\n", _again("graphgrad.api.optim", ["Optimizer"])]
    parts.append("from graphgrad.optim import lr_scheduler as lr_scheduler\n")
    return "".join([*parts, *_classes(optim, optim.Optimizer)])


def _schedules() -> str:
    """Return the stub of ``graphgrad.optim.lr_scheduler``."""
    again = _again("graphgrad.api.optim", ["Scheduler", "SequentialLR"])
    made = _classes(optim.lr_scheduler, optim.Scheduler)
    return "".join([HEAD, "from typing import Any\n\n", again, *made])


def _classes(module: ModuleType, base: type) -> Iterator[str]:
    """Yield each class that a module made from a row."""
    for name in dir(module):
        kind = getattr(module, name)
        if (
            isinstance(kind, type)
            and issubclass(kind, base)
            and kind.__dict__.get("row") is not None
        ):
            taken = _signature(kind, "self")
            yield f"\nclass {name}({base.__name__}):\n    def __init__({taken}) -> None: ...\n"


def _micrograd() -> str:
    neurons = _again("graphgrad.api.micrograd_words.neurons", _NEURONS)
    value = _again("graphgrad.api.micrograd_words.engine", ["Value"])
    return f"{HEAD}{value}{neurons}{_again('graphgrad.micrograd', ['engine', 'nn'])}"


def _torchlike() -> str:
    """Return the stub of ``graphgrad.torchlike``: tensors, their makers, rows; the rest is Any."""
    parts = [HEAD, OPERAND]
    parts.append(_again("graphgrad.api.torch_words.making", ["Generator", "manual_seed"]))
    parts.append(_again("graphgrad.api.torch_words.tensor", ["Tensor", "no_grad", "tensor"]))
    parts.append(_again("graphgrad.torchlike", ["nn", "optim"]))
    named = {"Generator", "manual_seed", "tensor"}
    makers = sorted(name for name in MAKERS if name not in named and callable(MAKERS[name]))
    parts += [f"def {name}({_signature(MAKERS[name])}) -> Tensor: ...\n" for name in makers]
    rows = {row.name for row in map(find, function_names()) if row is not None}
    words = sorted((rows | set(JOINED)) - set(makers))
    parts += [f"def {name}(*operands: Operand, **options: Any) -> Handle: ...\n" for name in words]
    parts.append("def __getattr__(name: str) -> Any: ...\n")
    return "".join(parts)


def main() -> None:
    """Write the stubs."""
    for name, text in stubs().items():
        file = PACKAGE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
