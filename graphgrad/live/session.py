"""Answer the messages of whoever looks at a graph and changes it: text, values, view, checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphgrad.autodiff.record import record, settled
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.entry_names import array_point
from graphgrad.live.fields import known_language, mapping_in, row_in, step_in, text_in
from graphgrad.live.marked import checked, formatted
from graphgrad.live.mistake import mistake_of
from graphgrad.live.present import Moment, opened, with_kept, with_value, zoomed
from graphgrad.live.shown import file_of, pictured, same_place, shown
from graphgrad.live.view import View, changed
from graphgrad.live.written import has_decimal_comma, with_written
from graphgrad.messages.catalogue import in_language, near, quoted
from graphgrad.messages.catalogue import language as language_in_force
from graphgrad.source.gg import read_named
from graphgrad.source.writing.graph_text import to_gg
from graphgrad.source.writing.value_texts import value_text
from graphgrad.trace.trace import Trace

__all__ = ["Session"]

_NO_VIEW = ("do", "language", "step")
"""Fields of the message ``view`` that are none of the view."""


class Session:
    r"""One graph that is looked at and changed by messages.

    Args:
        source: the text of a file, a graph, or a pass.
        language: of everything it says; None takes the language in force.
        view: fields of `View` by name.
        values: values of leaves as they are written, by name.
        name: of the file, for messages.
        row: the row of the text's data; the first if None.

    Raises:
        GraphgradError: if the source cannot be read or run, or a choice does not exist.

    >>> session = Session("input x = 3\nparam w = 2\nloss L = w*x^2", language="en")
    >>> session.answer({"do": "set", "name": "w", "value": "0,5"})["shown"]["leaves"][1]["value"]
    '0.5'
    >>> session.answer({"do": "set", "name": "q", "value": "1"})["mistake"]["message"][:16]
    'There is no leaf'
    >>> session.answer({"do": "save"})["text"]
    'input x = 3\nparam w = 0.5\nloss L = w*x^2'
    """

    def __init__(
        self,
        source: str | Graph | Trace,
        *,
        language: str | None = None,
        view: Mapping[str, Any] | None = None,
        values: Mapping[str, str] | None = None,
        name: str = "",
        row: int | None = None,
    ) -> None:
        self.language = known_language(language or language_in_force())
        self._before: tuple[Moment, ...] = ()
        self._after: tuple[Moment, ...] = ()
        with in_language(self.language):
            self._moment = opened(source, changed(View(), view or {}), name, row)
            for leaf, written in (values or {}).items():
                now = with_value(self._moment.now, leaf, written)
                self._moment = self._moment._replace(now=now)

    @classmethod
    def restored(cls, state: Mapping[str, Any]) -> Session:
        """Return the session whose `state` was kept.

        Raises:
            GraphgradError: if it is no such state.
        """
        values = mapping_in(state, "values")
        return cls(
            text_in(state, "text"),
            language=state.get("language"),
            view=mapping_in(state, "view"),
            values={leaf: text_in(values, leaf) for leaf in values},
            name=str(state.get("name", "")),
            row=row_in(state),
        )

    def state(self) -> dict[str, Any]:
        """Return all that makes this session again, as JSON can hold it."""
        _, now, view, name, row = self._moment
        written = {leaf: value_text(value) for leaf, value in now.point.items()}
        return {
            "text": self._text(),
            "name": name,
            "row": row,
            "language": self.language,
            "view": view._asdict(),
            "values": written,
        }

    @property
    def graph(self) -> Graph:
        """Return the graph that is looked at; entry by entry where the view says so."""
        return self._moment.now.graph

    @property
    def trace(self) -> Trace:
        """Return its pass.

        Raises:
            UsageError: if a leaf has no value.
        """
        found = self._moment.now.trace
        if found is None:
            found, _ = settled(record(self.graph, self._moment.now.point, refuse=False))
        return found

    def shown(self, step: int = 0) -> dict[str, Any]:
        """Return what is shown, beginning with a step.

        Raises:
            GraphgradError: if it cannot be drawn.
        """
        now = self._moment.now
        with in_language(self.language):
            told = shown(now.graph, now.trace, now.point, self._seen(), self.language, step)
        told |= {"undo": bool(self._before), "redo": bool(self._after)}
        table = now.graph.heading.table
        rows = 0 if table is None or table.whole or now.origin is None else len(table.rows)
        return told | {"rows": rows, "row": self._moment.row or 1}

    def _seen(self) -> View:
        """Return the view; numbers have a comma where the text writes them so."""
        origin, view = self._moment.now.origin, self._moment.view
        comma = origin is not None and has_decimal_comma(origin.text)
        return view._replace(decimal_comma=view.decimal_comma or comma)

    def picture(self, step: int) -> tuple[str, str]:
        """Return the figure after a step as SVG, and what it says in words."""
        now = self._moment.now
        with in_language(self.language):
            return pictured(now.graph, now.trace, self._seen(), self.language, step)

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a message; the protocol stands at the door of this room.

        What goes wrong is told in the answer, and leaves the session as it was.
        """
        do = message.get("do") if isinstance(message, Mapping) else None
        did = do if isinstance(do, str) else None
        kept = dict(self.__dict__)
        try:
            with in_language(self.language):
                return {"ok": True, "did": did, **self._deed(do)(message)}
        except Exception as error:  # noqa: BLE001 -- the edge: who looks must not see a traceback
            self.__dict__.update(kept | {"language": self.language})
            with in_language(self.language):
                return {"ok": False, "did": did, "mistake": mistake_of(error)}

    def _deed(self, do: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
        deeds: dict[Any, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "open": self._open,
            "set": self._set,
            "view": self._view,
            "row": self._row,
            "undo": self._undo,
            "redo": self._redo,
            "show": self._shown,
            "read": self._read,
            "format": self._format,
            "check": self._check,
            "save": self._save,
            "file": self._file,
        }
        if not isinstance(do, str) or do not in deeds:
            known = ", ".join(deeds)
            raise UsageError("live.no_deed", got=quoted(do), known=known, near=near(str(do), deeds))
        return deeds[do]

    # ---- what changes ----

    def _open(self, message: Mapping[str, Any]) -> dict[str, Any]:
        self.language = known_language(message.get("language", self.language))
        with in_language(self.language):
            view = changed(self._moment.view, mapping_in(message, "view"))
            name, row = str(message.get("name", self._moment.name)), row_in(message)
            return self._entered(opened(text_in(message, "text"), view, name, row), message)

    def _set(self, message: Mapping[str, Any]) -> dict[str, Any]:
        name, value = text_in(message, "name"), text_in(message, "value")
        now = with_value(self._moment.now, name, value)
        return self._entered(self._moment._replace(now=now), message)

    def _view(self, message: Mapping[str, Any]) -> dict[str, Any]:
        self.language = known_language(message.get("language", self.language))
        wanted = {name: value for name, value in message.items() if name not in _NO_VIEW}
        with in_language(self.language):
            before = self._moment
            view = changed(before.view, wanted)
            if view == before.view._replace(theme=view.theme):  # colours are nothing to be undone
                self._moment = before._replace(view=view)
                return self._shown(message)
            now = zoomed(before.now, before.base, entries=view.entries)
            old = self._seen()
            answer = self._entered(before._replace(now=now, view=view), message)
            step = same_place(before.now, old, now, self._seen(), self.language, step_in(message))
            return answer if step == step_in(message) else self._shown({"step": step})

    def _row(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Go to another row of the text's data; values given by hand stay but for its columns."""
        _, now, view, name, _ = self._moment
        table, row = self.graph.heading.table, row_in(message)
        if table is None or row is None:
            raise UsageError("usage.no_rows", got=row)
        moment = opened(self._text(), view, name, row)
        moment = moment._replace(now=with_kept(moment.now, now.point, table.names))
        return self._entered(moment, message)

    def _undo(self, message: Mapping[str, Any]) -> dict[str, Any]:
        if self._before:
            self._after = (*self._after, self._moment)
            *before, wanted = self._before
            self._before, self._moment = tuple(before), self._in_colours_of_now(wanted)
        return self._shown(message)

    def _redo(self, message: Mapping[str, Any]) -> dict[str, Any]:
        if self._after:
            self._before = (*self._before, self._moment)
            *after, wanted = self._after
            self._after, self._moment = tuple(after), self._in_colours_of_now(wanted)
        return self._shown(message)

    def _in_colours_of_now(self, moment: Moment) -> Moment:
        return moment._replace(view=moment.view._replace(theme=self._moment.view.theme))

    def _entered(self, moment: Moment, message: Mapping[str, Any]) -> dict[str, Any]:
        self._before = (*self._before, self._moment)
        self._after = ()
        self._moment = moment
        return self._shown(message)

    # ---- what is told ----

    def _shown(self, message: Mapping[str, Any]) -> dict[str, Any]:
        return {"shown": self.shown(step_in(message)), "state": self.state()}

    def _read(self, message: Mapping[str, Any]) -> dict[str, Any]:
        read_named(text_in(message, "text"), self._moment.name)
        return {}

    def _format(self, message: Mapping[str, Any]) -> dict[str, Any]:
        text = text_in(message, "text") if "text" in message else self._text()
        return {"text": formatted(text, self._moment.name)}

    def _check(self, message: Mapping[str, Any]) -> dict[str, Any]:
        now = self._moment.now
        return checked(now.graph, now.point, message, self.language)

    def _save(self, _message: Mapping[str, Any]) -> dict[str, Any]:
        text, unwritten = self._written()
        return {"text": text, "unwritten": unwritten}

    def _file(self, message: Mapping[str, Any]) -> dict[str, Any]:
        now, view, step = self._moment.now, self._seen(), step_in(message)
        written = file_of(message.get("format"), now.graph, now.trace, view, self.language, step)
        return {"content": written}

    # ---- the text ----

    def text(self) -> str:
        """Return the text of a file, with the values given by hand that stand in a line of it."""
        return self._written()[0]

    def _written(self) -> tuple[str, list[str]]:
        return with_written(self._text(), self._whole_point())

    def _text(self) -> str:
        origin = self._moment.now.origin
        return to_gg(self._moment.base.graph) if origin is None else origin.text

    def _whole_point(self) -> Mapping[str, Any]:
        """Return the values given by hand by the names of the text, entries in their arrays."""
        now = self._moment.now
        if not self._moment.view.entries or not now.point:
            return now.point
        return array_point(self._moment.base.graph, now.point)
