"""Read a live module of PyTorch, by `torch.export`; torch is imported here and nowhere else."""

from __future__ import annotations

import copy
import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import quoted
from graphgrad.source.imports.build import built
from graphgrad.source.imports.program import Call, Entering, Name, Program, Weight
from graphgrad.source.imports.torch_words import TORCH_RULES, is_whole
from graphgrad.source.imports.written_over import checked_writes

__all__ = ["from_torch"]


def from_torch(module: Any, *example: Any, names: tuple[str, ...] = ()) -> Graph:
    """Return the graph of a module of PyTorch on an example: its values, weights and gradients.

    What the module computes is recorded by `torch.export` as it is, in training or in evaluation
    (``module.eval()``); layers become rows of layers, with the module's names for them.

    Args:
        module: a `torch.nn.Module`.
        example: what it is called with: tensors.
        names: of the inputs in the graph; those of ``forward`` where none are given.

    Raises:
        UsageError: if torch is not there, the module cannot be exported, or it has operations
            without a row, which are all named.
    """
    torch = _torch()
    if not isinstance(module, torch.nn.Module):
        hint = "path" if isinstance(module, str) or hasattr(module, "__fspath__") else "kind"
        message = f"import.torch_{hint}"
        raise UsageError(message, got=quoted(module)[:80])
    given = example[0] if len(example) == 1 and isinstance(example[0], tuple) else example
    if not given or not all(isinstance(one, torch.Tensor) for one in given):
        raise UsageError("import.torch_example", got=quoted(example)[:80])
    try:
        with _quiet():
            exported = torch.export.export(module, given)
    except Exception as error:  # noqa: BLE001  # whatever a module of the user raises, in torch's own classes
        raise _not_exported(module, given, error) from None
    program = _program(exported, given, names, _first_names(module))
    return built(checked_writes(program._replace(title=type(module).__name__)), TORCH_RULES)


def _torch() -> Any:
    try:
        import torch
    except ImportError:
        raise UsageError("import.missing_library", library="torch", what="from_torch") from None
    return torch


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what torch warns and logs: it shows its own records of a module, not the user's."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)


def _not_exported(module: Any, given: tuple[Any, ...], error: Exception) -> UsageError:
    """Return why a module was not exported: a branch, a call that fails, or what torch says."""
    if "data-dependent" in str(error):
        line = re.search(r'File "[^"]*", line (\d+), in \w+\n\s*(.+)', str(error))
        where = "" if line is None else f" (`{line[2].strip()[:80]}`)"
        return UsageError("import.torch_branch", where=where)
    try:
        with _quiet():
            copy.deepcopy(module)(*given)
    except Exception as failed:  # noqa: BLE001  # as above
        return UsageError("import.torch_run", why=_first_sentence(failed))
    return UsageError("import.torch_export", why=_first_sentence(error))


def _first_sentence(error: Exception) -> str:
    """Return the first line of an error, ended by a full stop."""
    why = str(error).strip().partition("\n")[0][:300] or type(error).__name__
    return why if why.endswith((".", "!", "?")) else f"{why}."


def _first_names(module: Any) -> dict[str, str]:
    """Return each parameter's path to the first path of the same parameter: weights may be tied."""
    first: dict[int, str] = {}
    held = module.named_parameters(remove_duplicate=False)
    return {path: first.setdefault(id(parameter), path) for path, parameter in held}


def _program(
    exported: Any, given: tuple[Any, ...], names: tuple[str, ...], first: dict[str, str]
) -> Program:
    signature = exported.graph_signature
    weights: dict[str, Weight] = {}
    entering: list[tuple[str, Entering]] = []
    for spec in signature.input_specs:
        name = spec.arg.name
        if spec.target is None:
            at = len(entering)
            told = names[at] if at < len(names) else name
            value = _array(given[at])
            kept = value if value.shape else float(value)
            entering.append((name, Entering(told, value.shape, kept)))
            continue
        held = exported.state_dict.get(spec.target)
        tensor = exported.constants[spec.target] if held is None else held
        trained = spec.kind.name == "PARAMETER" and bool(tensor.requires_grad)
        weights[name] = Weight(first.get(spec.target, spec.target), _array(tensor), trained)
    renamed = {name: one.name for name, one in entering}
    calls = tuple(_calls(exported.graph, renamed))
    output = next(spec.arg.name for spec in signature.output_specs
                  if spec.kind.name == "USER_OUTPUT")  # fmt: skip
    inputs = tuple(one for _, one in entering)
    return Program(inputs, weights, calls, renamed.get(output, output))


def _array(tensor: Any) -> Any:
    """Return a tensor as an array, float32 and halves exactly as float64."""
    found = tensor.detach().cpu()
    return (found.double() if found.is_floating_point() else found).numpy()


def _calls(graph: Any, renamed: dict[str, str]) -> Iterator[Call]:
    for node in graph.nodes:
        if node.op != "call_function":
            continue
        target = str(node.target) if hasattr(node.target, "_schema") else node.target.__name__
        stack = list(node.meta.get("nn_module_stack", {}).values())
        path, kind = stack[-1] if stack else ("", "")
        kind = kind if isinstance(kind, str) else kind.__name__
        yield Call(
            target, tuple(_read(arg, renamed) for arg in node.args),
            {key: _read(arg, renamed) for key, arg in node.kwargs.items()},
            (node.name,), path, is_whole(target, kind),
        )  # fmt: skip


def _read(value: Any, renamed: dict[str, str]) -> Any:
    if hasattr(value, "op") and hasattr(value, "users"):
        return Name(renamed.get(value.name, value.name))
    if isinstance(value, list | tuple):
        return [_read(part, renamed) for part in value]
    return value
