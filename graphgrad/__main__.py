"""Run the command line with ``python -m graphgrad``."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the command line can say it in words

from graphgrad.cli.program import main  # noqa: E402 -- Ctrl-C while this loads is no traceback

if __name__ == "__main__":
    main()
