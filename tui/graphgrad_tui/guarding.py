"""Live on after a fault: say it in passing, and keep the app."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from graphgrad.errors import GraphgradError
from graphgrad.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App

__all__ = ["guarded", "tell_fault"]


@contextmanager
def guarded(app: App[Any]) -> Iterator[None]:
    """Tell a fault of what is done inside as a notice; the terminal of a lecture stays as it is.

    An error of ours is told in its own words, any other with its kind, so that it can be reported.
    """
    try:
        yield
    except GraphgradError as error:
        app.notify(str(error), severity="error", markup=False)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the app must live on
        tell_fault(app, error)


def tell_fault(app: App[Any], error: BaseException) -> None:
    """Say in passing what went wrong."""
    kind = type(error).__name__
    app.notify(text("app.failed", kind=kind, why=error), severity="error", markup=False)
