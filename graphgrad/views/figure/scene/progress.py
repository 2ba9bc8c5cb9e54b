"""Say on a terminal that a large figure is being drawn, where that takes more than a moment."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from graphgrad.messages.catalogue import text

__all__ = ["progress"]

_PATIENCE, _BEAT = 2.0, 0.2
_WIDTH = 12


@contextmanager
def progress(boxes: int) -> Iterator[None]:
    """Show a moving bar on standard error while a figure takes more than two seconds.

    A pipe gets nothing: the time that something took must not change what is written.
    """
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    words = text("scene.progress", boxes=boxes)
    shown = threading.Thread(target=_shown, args=(words, done), daemon=True)
    shown.start()
    try:
        yield
    finally:
        done.set()
        shown.join()


def _shown(words: str, done: threading.Event) -> None:
    started = time.monotonic()
    if done.wait(_PATIENCE):
        return
    for beat in count():
        place = beat % (2 * _WIDTH)
        place = min(place, 2 * _WIDTH - place)
        bar = "·" * place + "█" + "·" * (_WIDTH - place)
        sys.stderr.write(f"\r{words} {bar} {time.monotonic() - started:.0f} s")
        sys.stderr.flush()
        if done.wait(_BEAT):
            break
    sys.stderr.write("\r\x1b[2K")
    sys.stderr.flush()
