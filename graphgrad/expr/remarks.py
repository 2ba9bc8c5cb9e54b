"""Hold remarks on how an answer was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Remark"]


class Remark(NamedTuple):
    """Something a reader should know: a message id and its fields."""

    message_id: str
    fields: Mapping[str, Any]
