"""Run the terminal app in a browser, on the loopback address only."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from importlib import import_module
from typing import Any

from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.inputs import Source, check_names, read_point
from graphgrad.cli.option_types import OneOf, Real, Whole
from graphgrad.cli.options import point_options, source_options
from graphgrad.cli.output import complain, finish, write
from graphgrad.errors import UsageError
from graphgrad.files.reach import data_root, fence_for
from graphgrad.files.reading import told_refusal
from graphgrad.messages.catalogue import language
from graphgrad.source.samples import samples_folder
from graphgrad.views.text.stops import USUAL_FOLD

__all__ = ["command"]

EXAMPLE = """\
graphgrad serve
graphgrad serve samples/xor_sigmoid.gg --port 8123
graphgrad serve samples/linear_regression.gg --present\
"""


@command_of("serve", example=EXAMPLE, seconds=None)
@source_options
@point_options
@flag("--present", help="step.option.present")
@option("--at", metavar="word.name", help="step.option.at")
@option("--fold", kind=OneOf("line", "node", "edge"), default=USUAL_FOLD, help="step.option.fold")
@option("--results", metavar="word.file", help="step.option.results")
@option("--keys", metavar="word.file", help="step.option.keys")
@option(
    "--port", kind=Whole(0, 65535), metavar="word.whole", default=8000, help="serve.option.port"
)
@option("--host", metavar="word.value", default="127.0.0.1", help="serve.option.host")
@option(
    "--sessions", kind=Whole(1, 100), metavar="word.whole", default=8, help="serve.option.sessions"
)
@option(
    "--idle", kind=Real(positive=True), metavar="word.number", default=60, help="serve.option.idle"
)
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    port: int,
    host: str,
    sessions: int,
    idle: float,
    **options: Any,
) -> None:
    """Serve the app for a file; what cannot be read is refused here, not in the browser."""
    address = loopback(host)
    if file == "-":
        raise UsageError("serve.piped")
    if file is not None or expression is not None:
        point = read_point(settings)
        check_names(Source(file, expression, point).graph(row), point)
    serving = _serving()
    words = step_words(file, expression, settings, row, **options)
    named = (file, options["keys"], options["results"])
    server = serving.PageServer(
        words,
        _listening_socket(address, port),
        "graphgrad",
        fence=fence_for([os.getcwd(), samples_folder(), *filter(None, named)]),
        limits=serving.Limits(sessions, 60 * idle),
        tell=complain,
    )
    server.run(_say)


def _say(line: str) -> None:
    write(line)
    finish()


def loopback(host: str) -> str:
    """Return the address of a name of this machine's own loopback.

    Raises:
        UsageError: if it may be reached from elsewhere.
    """
    if host.lower() == "localhost":
        return "127.0.0.1"
    try:
        if ipaddress.ip_address(host.strip("[]")).is_loopback:
            return host.strip("[]")
    except ValueError:
        pass
    raise UsageError("serve.not_loopback", host=host)


def step_words(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    **options: Any,
) -> list[str]:
    """Return the command that runs the app, as separate words: none passes through a shell."""
    words = [sys.executable, "-X", "utf8", "-m", "graphgrad", "step", f"--lang={language()}"]
    words += [f"--set={setting}" for setting in settings]
    given = {"data_root": data_root(), "row": row, "expression": expression, **options}
    for name, value in given.items():
        if value is True:
            words.append(f"--{name}")
        elif value not in (None, False):
            words.append(f"--{name.replace('_', '-')}={value}")
    return [*words, "--", file] if file is not None else words


def _serving() -> Any:
    """Import the server.

    Raises:
        UsageError: if the extra is not installed.
    """
    try:
        return import_module("graphgrad.cli.commands.page_server")
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("textual_serve", "aiohttp"):
            raise
        raise UsageError("serve.needs_extra") from None


def _listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a loopback address.

    Raises:
        UsageError: if the port is taken or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = told_refusal(error)
        raise UsageError("serve.taken", host=host, port=port, why=why) from None
