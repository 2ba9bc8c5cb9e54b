"""Answer the messages of a page in a browser, in JSON; the page lays graphs out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from graphgrad.live.fields import mapping_in, step_in, text_in
from graphgrad.live.mistake import mistake_of
from graphgrad.live.session import Session
from graphgrad.messages.catalogue import LANGUAGES, in_language
from graphgrad.views.layout_engines.engine import hosted_by

__all__ = ["started"]

_NOT_SHOWN = ("state", "report")


class _PageEngine:
    """Graphviz as the page has it: compiled to WebAssembly, reached through JavaScript."""

    name = "viz-js"
    formats: tuple[str, ...] = ("svg",)
    html_labels = True

    def __init__(self, render: Callable[[str, str], str]) -> None:
        self._render = render

    def run(self, source: str, file_format: str) -> bytes:
        """Return the picture of a DOT source."""
        return self._render(source, file_format).encode("utf-8")


def started(render: Callable[[str, str], str]) -> Callable[[str], str]:
    r"""Let a page lay graphs out, and return what answers its messages, JSON in and out.

    The first message opens a text; see the door of this room for the messages.

    Args:
        render: returns the picture of a DOT source in a format.

    >>> answer = started(lambda source, file_format: "")
    >>> json.loads(answer('{"do": "open", "text": "x = \\n", "language": "en"}'))["mistake"]["id"]
    'source.missing_value'
    >>> hosted_by(None)
    """
    hosted_by(_PageEngine(render))
    sessions: list[Session] = []

    def answer(message: str) -> str:
        asked = json.loads(message)
        told = sessions[0].answer(asked) if sessions else _first(asked, sessions)
        kept = {name: field for name, field in told.items() if name not in _NOT_SHOWN}
        return json.dumps(kept, ensure_ascii=False)

    return answer


def _first(asked: Any, sessions: list[Session]) -> dict[str, Any]:
    """Open the first text, so that nothing stands before it to be undone."""
    given = asked if isinstance(asked, Mapping) else {}
    language, did = given.get("language"), given.get("do")
    with in_language(language if language in LANGUAGES else LANGUAGES[0]):
        try:
            session = Session(
                text_in(given, "text"), language=language, view=mapping_in(given, "view")
            )
            shown = session.shown(step_in(given))
        except Exception as error:  # noqa: BLE001 -- the edge: a page must not see a traceback
            return {"ok": False, "did": did, "mistake": mistake_of(error)}
    sessions.append(session)
    return {"ok": True, "did": did, "shown": shown}
