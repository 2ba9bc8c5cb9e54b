"""Run every script of a folder in this interpreter and print as JSON what each one printed."""

import io
import json
import runpy
import sys
import traceback
from contextlib import redirect_stdout
from pathlib import Path


def main(folder: str) -> None:
    """Run the scripts one after another; what fails is told as it would be to a student."""
    found = {}
    for path in sorted(Path(folder).glob("*.py")):
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                runpy.run_path(str(path), run_name="__main__")
        except Exception:  # noqa: BLE001 - what a script may raise is not known here
            printed.write(f"\nfailed = {traceback.format_exc()!r}\n")
        found[path.stem] = printed.getvalue()
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
