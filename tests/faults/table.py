"""Print the tables of `docs/reliability.md` from what the tests hold."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.cases import COMMANDS, FAULTS

__all__ = ["table"]

_KEEPS = {"old": "the old one", "old or new": "the old one, or the new one, whole"}


def table() -> Iterator[str]:
    """Yield the lines of the table of faults."""
    yield "| fault | what goes wrong | the file that was there is | exit status |"
    yield "|---|---|---|---|"
    for name, fault in FAULTS.items():
        shown = ", ".join(_status(status) for status in fault.statuses)
        yield f"| {name} | {fault.told} | {_KEEPS[fault.keeps]} | {shown} |"
    yield ""
    yield f"Tried on: {', '.join(COMMANDS)}."


def _status(status: int) -> str:
    return f"killed by signal {-status}" if status < 0 else str(status)


if __name__ == "__main__":
    import sys

    sys.stdout.write("\n".join(table()) + "\n")
