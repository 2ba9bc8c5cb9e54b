"""Tell in a file's words what the engine complains about: axes and subscripts count from 1."""

from __future__ import annotations

from graphgrad.errors import GraphgradError, ShapeError, SourceError, UsageError

__all__ = ["counted_from_1"]


def counted_from_1(error: GraphgradError) -> GraphgradError:
    """Return the error of a formula of a file: what is wrong there is the source, not a call."""
    if error.message_id == "shape.axis":
        fields = dict(error.fields)
        got = fields["got"]
        fields["got"] = got + 1 if got >= 0 else got
        return ShapeError("source.axis", place=error.place, **fields)
    if isinstance(error, UsageError):
        return SourceError(error.message_id, place=error.place, **error.fields)
    return error
