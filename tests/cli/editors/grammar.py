"""Write the grammar with which editors colour files, from the words of the language.

``python -m tests.cli.editors.grammar`` writes `editors/vscode/syntaxes/gg.tmLanguage.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphgrad.layers.registry import LAYERS
from graphgrad.ops.registry import function_names
from graphgrad.source.statements import KEYWORDS

__all__ = ["GRAMMAR", "grammar"]

GRAMMAR = Path(__file__).parents[3] / "editors" / "vscode" / "syntaxes" / "gg.tmLanguage.json"


def grammar() -> dict[str, Any]:
    """Return the grammar in TextMate's form."""
    functions = sorted({*function_names(), *LAYERS})
    return {
        "name": "graphgrad",
        "scopeName": "source.gg",
        "fileTypes": ["gg"],
        "patterns": [
            {"name": "comment.line.number-sign.gg", "match": "#.*$"},
            {"name": "string.quoted.double.gg", "match": '"[^"]*"'},
            {"name": "keyword.control.gg", "match": _words(sorted(KEYWORDS), before="^\\s*")},
            {"name": "support.function.gg", "match": _words(functions) + "(?=\\s*\\()"},
            {"name": "constant.numeric.gg", "match": "\\b\\d+(?:[.]\\d+)?(?:[eE][+-]?\\d+)?\\b"},
            {"name": "keyword.operator.gg", "match": "[-+*/^@=<>!]"},
            {"name": "variable.other.gg", "match": "[^\\W\\d]\\w*"},
        ],
    }


def _words(words: list[str], before: str = "\\b") -> str:
    return f"{before}(?:{'|'.join(words)})\\b"


if __name__ == "__main__":
    text = json.dumps(grammar(), indent=2, ensure_ascii=False)
    GRAMMAR.write_text(f"{text}\n", "utf-8")
