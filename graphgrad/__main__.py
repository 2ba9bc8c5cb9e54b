"""Run the command line: ``graphgrad`` and ``python -m graphgrad`` begin here.

What a command makes it keeps to its end: looking for garbage every 700 objects, as Python does, and
once more among all that there is when it exits takes a fifth of its time.
"""

import atexit
import gc
import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the command line can say it in words
gc.set_threshold(100_000, 20, 20)
atexit.register(gc.freeze)

from graphgrad.cli.program import main  # noqa: E402 -- Ctrl-C while this loads is no traceback

if __name__ == "__main__":
    main()
