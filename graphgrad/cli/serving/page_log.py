"""Tell in one line each what the libraries of `graphgrad serve` would log with a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable

from graphgrad.messages.catalogue import text

__all__ = ["log_in_one_line"]


class _OneLine(logging.Handler):
    """Tells what a library logs in one line: a request that is no HTTP is worth no more."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Say which kind of fault it was."""
        kind = record.exc_info[0] if record.exc_info else None
        self.tell(text("serve.fault", kind=kind.__name__ if kind else record.levelname))


def log_in_one_line(tell: Callable[[str], None]) -> None:
    """Hand on what the libraries of the server log: who serves, and what went wrong."""
    for name in ("aiohttp", "asyncio", "textual-serve"):
        logger = logging.getLogger(name)
        logger.handlers = [_OneLine(tell)]
        logger.propagate = False
