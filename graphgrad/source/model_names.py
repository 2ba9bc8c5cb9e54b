"""Say by the end of its name what a file is: a model of another framework, or a pickle."""

from __future__ import annotations

import os

__all__ = ["MODELS", "PICKLES", "is_model_name"]

MODELS = (".onnx", ".pt2", ".safetensors")
PICKLES = (".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib")
"""What PyTorch and others save by pickling: named, to be refused."""


def is_model_name(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file's name ends as that of a model does.

    >>> is_model_name("net.onnx"), is_model_name("net.gg")
    (True, False)
    """
    return os.path.splitext(os.fspath(path))[1].lower() in MODELS + PICKLES
