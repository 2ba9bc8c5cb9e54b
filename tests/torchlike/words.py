"""Evaluate the words of PyTorch in `tests/data/courses/words.txt`; record what PyTorch gives.

``/path/with/torch/python -m tests.torchlike.words`` writes `tests/data/courses/words.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["RECORDED", "WORDS", "results"]

RECORDED = Path(__file__).parents[1] / "data" / "courses" / "words.json"

WORDS = (RECORDED.parent / "words.txt").read_text("utf-8").splitlines()


def results(torch: Any) -> dict[str, Any]:
    """Return what every word gives, by the word."""
    space = {
        "torch": torch,
        "x": torch.tensor([[0.5, -1.25, 2.0], [1.5, 0.75, -0.5]]),
        "y": torch.tensor([[0.5, 1.0, 2.0], [2.5, -0.75, 0.5]]),
        "v": torch.tensor([1.0, 2.0]),
        "p": torch.tensor([0.2, 0.5, 0.3]),
        "s": torch.tensor([[2.0, 0.5], [1.0, 3.0]]),
        "i": torch.tensor([[3, 1, 2], [0, 2, 5]]),
        "w": torch.tensor([[1.0, 2.0, 3.0], [0.5, -1.0, 0.25]], requires_grad=True),
        "g": torch.tensor([[1.0, -2.0], [3.0, 0.5]], requires_grad=True),
    }
    (space["g"] ** 2).sum().backward()
    # The words are the fixed list of this repository's own test data.
    return {word: _told(eval(word, space)) for word in WORDS}


def _told(found: Any) -> Any:
    if hasattr(found, "detach"):
        found = found.detach()
    if hasattr(found, "tolist"):
        return found.tolist()
    if isinstance(found, tuple | list):
        return [_told(one) for one in found]
    return found


def main() -> None:
    """Write what PyTorch gives."""
    import torch

    torch.set_default_dtype(torch.float64)
    torch.float32 = torch.float64
    found = results(torch)
    RECORDED.write_text(json.dumps(found, indent=0) + "\n", "utf-8")
    sys.stdout.write(f"{len(found)} words\n")


if __name__ == "__main__":
    main()
