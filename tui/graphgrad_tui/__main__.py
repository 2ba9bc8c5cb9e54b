"""Run the app with ``python -m graphgrad_tui FILE``."""

from __future__ import annotations

import sys

from graphgrad_tui.app import main

if __name__ == "__main__":
    sys.exit(main())
