"""Follow operations that write over a tensor, as ``relu_`` does: its name means the result then."""

from __future__ import annotations

from typing import Any

from graphgrad.errors import UsageError
from graphgrad.source.imports.program import Call, Name, Program, names_in

__all__ = ["checked_writes"]

_VIEWS = {
    "view", "reshape", "flatten", "unflatten", "permute", "transpose", "t", "numpy_T", "mT",
    "unsqueeze", "squeeze", "expand", "select", "slice", "split", "chunk", "unbind", "getitem",
    "detach", "alias", "swapaxes", "narrow", "contiguous", "to",
}  # fmt: skip


def checked_writes(program: Program) -> Program:
    """Return a program in which every name is given once.

    Raises:
        UsageError: if a tensor is written over that is seen through a view afterwards, for then
            the view would have to change too.
    """
    family: dict[str, str] = {}  # each value to the tensor whose memory it shares
    present: dict[str, str] = {}  # each name to the name of what it means now
    calls: list[Call] = []
    for place, call in enumerate(program.calls):
        word = call.op.removeprefix("torch.ops.").removeprefix("aten.").partition(".")[0]
        sources = list(names_in([list(call.args), call.options]))
        if word.strip("_") in _VIEWS and sources:
            for result in call.results:
                family[result] = family.get(sources[0], sources[0])
        args = _renamed(list(call.args), present)
        options = _renamed(dict(call.options), present)
        calls.append(call._replace(args=tuple(args), options=options))
        written = sources[0] if sources else ""
        if word == "embedding_renorm_":
            raise UsageError("nn.unsupported", argument="max_norm", got="…", expected="None")
        if word.endswith("_") and not word.endswith("__") and written:
            _check_views(program, place, written, call, family)
            present[written] = call.results[0]
    output = present.get(program.output, program.output)
    return program._replace(calls=tuple(calls), output=output)


def _check_views(
    program: Program, place: int, written: str, call: Call, family: dict[str, str]
) -> None:
    """Refuse a write after which another name of the same memory is used."""
    root = family.get(written, written)
    later = {
        name
        for one in program.calls[place + 1 :]
        for name in names_in([list(one.args), one.options])
    }
    later.add(program.output)
    others = {name for name, of in family.items() if of == root} | {root}
    if (others - {written, call.results[0]}) & later:
        if written != root:
            raise UsageError("import.part_written", op=call.op, name=root)
        raise UsageError("import.view_written", op=call.op, name=written)


def _renamed(value: Any, present: dict[str, str]) -> Any:
    if isinstance(value, Name):
        return Name(present.get(value.name, value.name))
    if isinstance(value, list | tuple):
        return [_renamed(part, present) for part in value]
    if isinstance(value, dict):
        return {key: _renamed(part, present) for key, part in value.items()}
    return value
