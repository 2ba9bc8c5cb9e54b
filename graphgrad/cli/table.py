"""List the commands: name -> the module that holds it, loaded when it is called."""

from __future__ import annotations

__all__ = ["COMMANDS"]

COMMANDS: dict[str, str] = {
    "run": "graphgrad.cli.run",
    "explain": "graphgrad.cli.explain",
    "render": "graphgrad.cli.render",
    "show": "graphgrad.cli.show",
    "step": "graphgrad.cli.step",
    "serve": "graphgrad.cli.serve",
    "check": "graphgrad.cli.check",
    "check-notes": "graphgrad.cli.check_notes",
    "ex": "graphgrad.cli.ex",
    "gradcheck": "graphgrad.cli.gradcheck",
    "train": "graphgrad.cli.train",
    "samples": "graphgrad.cli.samples",
    "doctor": "graphgrad.cli.doctor",
}
