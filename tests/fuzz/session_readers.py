"""Read what reaches a session: a page, a cell, an editor; options and variables."""

from __future__ import annotations

import io
import json
import os
import random
from functools import cache
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

import numpy as np

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, UsageError
from graphgrad.live.session import Session
from graphgrad.source.text import decode
from tests.fuzz.reader import REGRESSION, SAMPLES, placed

__all__ = ["ENVIRONMENTS", "OPTIONS", "cells", "drawn_environment", "pages", "read_cell"]
__all__ += ["read_environment", "read_lsp", "read_options", "read_page", "sessions", "told_to_lsp"]
__all__ += ["read_session"]

LARGEST = 60
TEXT = REGRESSION.decode()
MATRIX = (SAMPLES / "matrix_gradient.gg").read_text("utf-8")
DEEDS: tuple[dict[str, Any], ...] = (
    {"do": "set", "name": "w", "value": "0,5"},
    {"do": "view", "style": "wire", "digits": 3, "decimal_comma": True},
    {"do": "view", "entries": True, "heat": "adjoint", "language": "es"},
    {"do": "undo"}, {"do": "redo", "step": 2}, {"do": "show", "step": 99},
    {"do": "read", "text": "x = 1"}, {"do": "format", "text": "input  x=1"},
    {"do": "check", "answers": "dL/dw = 2", "ask": ["z"], "key": True},
    {"do": "save"}, {"do": "file", "format": "svg", "step": 1}, {"do": "file", "format": "html"},
    {"do": "open", "text": MATRIX, "language": "en", "view": {"style": "neurons"}, "row": 1},
)  # fmt: skip


def loaded(data: bytes, kind: type) -> Any:
    """Return JSON of a kind, as what comes before us has made sure."""
    try:
        found = json.loads(decode(data, "m.json"), parse_constant=int)  # NaN is no JSON
    except (ValueError, RecursionError):
        raise UsageError("live.no_text", name="-", got="-") from None
    if not isinstance(found, kind):
        raise UsageError("live.no_text", name="-", got="-")
    return found


def checked_answer(told: dict[str, Any]) -> None:
    """Make sure that an answer is JSON as a browser reads it, and tells of no mistake of ours."""
    json.dumps(told, allow_nan=False).encode("utf-8")
    if (told.get("mistake") or {}).get("id") in ("program.own_mistake", "program.memory"):
        raise AssertionError(told["mistake"]["message"])


def small(state: Any) -> bool:
    """Tell whether a text is one of a lesson: figures of others are tried elsewhere."""
    return len(json.dumps(state)) < 1500


def read_session(data: bytes) -> None:
    """Make a session of a state that was kept, and send it messages."""
    given = loaded(data, dict)
    messages = given.pop("messages", [])
    if not isinstance(messages, list) or not small(given):
        return
    session = Session.restored(given)
    for message in messages[:4]:
        if small(message):
            checked_answer(session.answer(message))
    Session.restored(json.loads(json.dumps(session.state(), allow_nan=False)))


def read_page(data: bytes) -> None:
    """Send a page's messages, which come from its link, to what the page runs."""
    from graphgrad.live.in_page import started
    from graphgrad.views.layout_engines.engine import choose_engine, hosted_by

    engine = choose_engine(None, "svg")
    try:
        answer = started(lambda source, file_format: engine.run(source, file_format).decode())
        for message in loaded(data, list)[:3]:
            if small(message):
                checked_answer(json.loads(answer(json.dumps(message))))
    finally:
        hosted_by(None)


def read_cell(data: bytes) -> None:
    """Run a cell of a notebook: its first line is what stands behind ``%%gg``."""
    from graphgrad.api.notebook.magic import CellError, gg_cell

    line, _, cell = decode(data, "cell").partition("\n")
    if len(cell) > 500:
        return
    try:
        shown = gg_cell({}, line, cell)
        if len(shown.graph) < LARGEST and hasattr(shown, "_repr_mimebundle_"):
            shown._repr_mimebundle_()
    except CellError as error:
        error._render_traceback_()


# ---- editors ----


def read_lsp(data: bytes) -> None:
    """Serve an editor that says odd things, message by message, in this process."""
    if find_spec("pygls") is None:  # an extra
        return
    server, out = lsp_server()
    start = len(out)
    for message in loaded(data, list)[:6]:
        if not isinstance(message, dict) or message.get("method") in ("exit", "shutdown"):
            continue
        try:
            server.protocol.handle_message(
                server.protocol.structure_message({"jsonrpc": "2.0", **message})
            )
        except Exception as error:
            if not type(error).__name__.startswith("JsonRpc"):
                raise
    said = b"".join(out[start:]).decode("utf-8", "replace")
    del out[start:]
    if "/graphgrad/cli" in said:  # where a traceback is told
        raise AssertionError(said[-400:])


@cache
def lsp_server() -> tuple[Any, list[bytes]]:
    """Return a server that is started, and what it writes."""
    import logging

    from graphgrad.cli.editors.language_server import language_server

    for name in ("pygls", "concurrent.futures"):  # what an editor says wrong, they log
        logging.getLogger(name).setLevel(logging.CRITICAL)
    server, out = language_server("0"), list[bytes]()

    class Writer:
        def write(self, data: bytes) -> None:
            out.append(data)

        def close(self) -> None: ...

    server.report_server_error = lambda error, source: out.append(_traced(error))
    server.protocol.set_writer(Writer())
    begin = {"id": 1, "method": "initialize", "params": {"capabilities": {}, "rootUri": None}}
    server.protocol.handle_message(server.protocol.structure_message({"jsonrpc": "2.0", **begin}))
    return server, out


def _traced(error: BaseException) -> bytes:
    import traceback

    ours = "GraphgradError" in {kind.__name__ for kind in type(error).__mro__}
    return b"" if ours else "".join(traceback.format_exception(error)).encode()


def told_to_lsp() -> list[bytes]:
    """Return a conversation with each request that is served."""
    uri = "file:///tmp/a.gg"
    document = {"textDocument": {"uri": uri}}
    opened = {"uri": uri, "languageId": "gg", "version": 1, "text": TEXT}
    found = [{"method": "textDocument/didOpen", "params": {"textDocument": opened}}]
    at = {**document, "position": {"line": 3, "character": 5}}
    asked: list[tuple[str, dict[str, Any]]] = [
        ("hover", at), ("definition", at), ("completion", at),
        ("formatting", {**document, "options": {"tabSize": 2, "insertSpaces": True}}),
    ]  # fmt: skip
    for number, (name, params) in enumerate(asked, 2):
        found.append({"id": number, "method": f"textDocument/{name}", "params": params})
    change = {"range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 4}},
              "text": "é😀"}  # fmt: skip
    versioned = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]}
    changed = {"method": "textDocument/didChange", "params": versioned}
    return [json.dumps([found[0], *found[1:]]).encode(),
            json.dumps([found[0], changed, *found[1:3]]).encode()]  # fmt: skip


# ---- options and variables ----

OPTIONS = (
    "--set w=2\n--set x=[1, 2]\n--seed 1\n--row 1\n--wrt w",
    "--set x=1/3\n--set b=0,5\n--seed [1, 0]\n--zoom scalar",
    "--set W=[1,2;3,4]\n--set A=[[1,2],[3,4]]",
)


def read_options(data: bytes) -> None:
    """Run a sample at the point that options choose, as every command does."""
    from graphgrad.cli.inputs import Source, point_and_names, read_point, seed_value

    lines = decode(data, "o").split("\n")[:12]
    told: dict[str, list[str]] = {}
    for line in lines:
        option, _, value = line.partition(" ")
        told.setdefault(option, []).append(value)
    point = read_point(told.get("--set", []))
    seed = seed_value(told.get("--seed", [None])[0])
    row = told.get("--row", ["1"])[0]
    for text in (TEXT, MATRIX):
        source = Source(placed(text.encode(), "o.gg"), None, point)
        try:
            graph = source.graph(int(row) if row.isdecimal() and len(row) < 9 else None)
            values, _ = point_and_names(graph, point, told.get("--wrt", []))
            record(graph, values, **({} if seed is None else {"seed": seed}))
        except GraphgradError as error:
            error.text("es")


ENVIRONMENTS = (
    "LANG=es_ES.UTF-8\nLC_ALL=C\nGRAPHGRAD_LANG=en\nGRAPHGRAD_SECONDS=5",
    "GRAPHGRAD_CACHE=off\nXDG_CACHE_HOME=/nowhere\nHOME=/nowhere\nXDG_CONFIG_HOME=.",
    'GRAPHGRAD_FENCE=["/tmp"]\nGRAPHGRAD_DOT=dot\nLC_CTYPE=C.UTF-8\nCOLUMNS=20\nTERM=dumb',
    "DISPLAY=:0\nSSH_TTY=/dev/pts/1\nWAYLAND_DISPLAY=w\nNO_COLOR=1\nLOCALAPPDATA=C:\\x",
)
_VARIABLES = sorted({line.partition("=")[0] for text in ENVIRONMENTS for line in text.split("\n")})


def drawn_environment(rng: random.Random) -> bytes:
    """Compose variables of ours with values of others."""
    values = [line.partition("=")[2] for text in ENVIRONMENTS for line in text.split("\n")]
    values += ["", "0", "-1", "x" * 5000, "\udcff", "../..", "~", "[1]", "{", "null", "[]", "é"]
    chosen = rng.sample(_VARIABLES, rng.randint(1, 5))
    lines = [f"{name}={rng.choice(values)}" for name in chosen]
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def read_environment(data: bytes) -> None:
    """Start in an environment that somebody else has set: words, places, limits, a whole run."""
    from graphgrad.cli.program import program

    wanted = {}
    for line in data.decode("utf-8", "surrogateescape").split("\n")[:12]:
        name, _, value = line.partition("=")
        if name in _VARIABLES and "\0" not in value:
            wanted[name] = value
    with patch.dict(os.environ, wanted):
        _run_in_environment(program)


def _run_in_environment(program: Any) -> None:
    from graphgrad.stepping.charset import charset_of
    from graphgrad_tui.deeds.copy_and_export import viewer
    from graphgrad_tui.keymap import read_keymap

    charset_of("utf-8", os.environ)
    viewer(os.environ, "linux")
    for deed in (lambda: read_keymap(None), _doctor):
        try:
            deed()
        except GraphgradError as error:
            error.text("es")
    path = placed(REGRESSION, "a.gg")
    for words in (["run", path], ["explain", path, "w"], ["render", path, "-o", "-"]):
        _obeyed(program, words)


def _doctor() -> None:
    from graphgrad.files.cache_folder import cache_folder
    from graphgrad.messages.catalogue import language

    language()
    cache_folder("derivatives")


def _obeyed(program: Any, words: list[str]) -> None:
    """Run a command; a mistake of ours is a status of its own."""
    from contextlib import redirect_stderr, redirect_stdout

    out = io.TextIOWrapper(io.BytesIO(), "utf-8", "surrogateescape")
    with redirect_stdout(out), redirect_stderr(out), np.errstate(all="ignore"):
        try:
            program.main(words)
        except SystemExit as stop:
            if stop.code == 70:
                out.flush()
                said = out.buffer.getvalue()[-400:]  # type: ignore[attr-defined]
                raise AssertionError(said) from None


# ---- seeds ----


def sessions() -> list[bytes]:
    """Return states with messages: every deed once."""
    state = Session(TEXT, language="en").state()
    other = Session(MATRIX, language="es", view={"style": "wire"}).state()
    found = [{**state, "messages": [deed]} for deed in DEEDS]
    found += [{**other, "messages": [deed]} for deed in DEEDS[:6]]
    return [json.dumps(one).encode() for one in found]


def pages() -> list[bytes]:
    """Return what a page sends at first and later."""
    state = Session(TEXT, language="en").state()
    first = {"do": "open", **{name: state[name] for name in ("text", "language", "view")}}
    return [json.dumps([first, deed]).encode() for deed in DEEDS]


def cells() -> list[bytes]:
    """Return cells with their lines."""
    lines = ("net --style wire --set w=0.5", "--still --step 2", "--digits=3 --language es",
             "n --entries scalar --no-predict --decimal-comma", "")  # fmt: skip
    return [f"{line}\n{TEXT}".encode() for line in lines]
