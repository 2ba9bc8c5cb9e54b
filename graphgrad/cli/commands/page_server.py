"""Serve a command's terminal app as a web page: the one door to textual-serve.

Its `Server` brings the page's scripts and fonts and the protocol; here stays what it must not do on
a student's machine: run a command through a shell, answer other sites, load anything from the net.
"""

from __future__ import annotations

import asyncio
import html
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib.resources import files
from string import Template

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import language, text

__all__ = ["PageServer", "listening_socket"]

_FONT_SIZES = range(8, 41)
_FONT_SIZE = 16
_PATIENCE = 3.0
"""Seconds an app has to end itself before it is ended."""


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a loopback address.

    Raises:
        UsageError: if the port is taken or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UsageError("serve.taken", host=host, port=port, why=why) from None


class Run(AppService):
    """One run of the app, for one tab; its words never pass through a shell."""

    words: Sequence[str] = ()

    async def _open_app_process(
        self, width: int = 80, height: int = 24
    ) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *self.words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width=width, height=height),
        )
        self._process, self._stdin = process, process.stdin
        return process

    async def end(self) -> None:
        """Ask the app to end, and end it if it does not."""
        process = self._process
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stop(), _PATIENCE)
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


class PageServer(Server):
    """Serves one command on one socket that listens already.

    Args:
        words: the command and its arguments.
        listener: where to listen; its address and port make up the page's address.
        title: the title of the page.
    """

    def __init__(self, words: Sequence[str], listener: socket.socket, title: str) -> None:
        self.words = words
        self.listener = listener
        address, port = listener.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        super().__init__("", host=shown, port=port, title=title)
        names = {shown, "localhost"}
        self.origins = frozenset(f"http://{name}:{port}" for name in names)
        self._sockets: dict[web.WebSocketResponse, None] = {}

    def run(self, say: Callable[[str], None]) -> None:
        """Serve until Ctrl-C or SIGTERM."""
        say(text("serve.ready", url=self.public_url))
        web.run_app(
            self._make_app(),
            sock=self.listener,
            print=None,
            access_log=None,
            shutdown_timeout=2 * _PATIENCE,
        )
        say(text("serve.ended"))

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_get("/serve.js", self.handle_script)
        app.on_response_prepare.append(self._keep_at_home)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the address has been written."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every tab's connection, which ends its run."""
        for connection in list(self._sockets):
            await connection.close(code=WSCloseCode.GOING_AWAY)

    async def _keep_at_home(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Forbid the page to load or ask anything elsewhere."""
        sockets = " ".join(origin.replace("http", "ws", 1) for origin in sorted(self.origins))
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            f"font-src 'self' data:; connect-src 'self' {sockets}; frame-ancestors 'none'"
        )
        response.headers["Referrer-Policy"] = "no-referrer"

    # ---- what is answered ----

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page."""
        page = Template(_own("serve.html"))
        size = request.query.get("fontsize", "")
        known = size.isdecimal() and len(size) < 4 and int(size) in _FONT_SIZES
        fields = {
            "language": language(),
            "title": self.title,
            "loading": text("serve.loading"),
            "closed": text("serve.closed"),
            "again": text("serve.again"),
            "socket": f"ws://{request.host}/ws",
            "size": size if known else str(_FONT_SIZE),
        }
        self._refuse_strangers(request)
        shown = page.substitute({name: html.escape(value) for name, value in fields.items()})
        return web.Response(text=shown, content_type="text/html", charset="utf-8")

    async def handle_script(self, _request: web.Request) -> web.Response:
        """Return the script of the page that is not textual-serve's."""
        return web.Response(text=_own("serve.js"), content_type="text/javascript", charset="utf-8")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for a tab until either ends.

        Another site's page could otherwise open this connection and type into the app.
        """
        self._refuse_strangers(request)
        if request.headers.get("Origin") not in self.origins:
            raise web.HTTPForbidden(text=text("serve.foreign"))
        connection = web.WebSocketResponse(heartbeat=15)
        await connection.prepare(request)
        run = Run(
            "",
            write_bytes=connection.send_bytes,
            write_str=connection.send_str,
            close=partial(_close, connection),
            download_manager=self.download_manager,
        )
        run.words = self.words
        self._sockets[connection] = None
        try:
            await run.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._process_messages(connection, run)
        finally:
            self._sockets.pop(connection, None)
            await run.end()
        return connection

    def _refuse_strangers(self, request: web.Request) -> None:
        """Refuse a request that was sent to another name that leads here.

        Raises:
            HTTPForbidden: if its host is not our own.
        """
        if f"http://{request.host}" not in self.origins:
            raise web.HTTPForbidden(text=text("serve.foreign"))


async def _close(connection: web.WebSocketResponse) -> None:
    await connection.close()


def _own(name: str) -> str:
    """Return a file that lies beside this module."""
    return files("graphgrad.cli").joinpath(name).read_text("utf-8")


def _cells(request: web.Request, name: str, otherwise: int) -> int:
    """Return a number of columns or rows within reason."""
    given = request.query.get(name, "")
    return max(1, min(int(given), 500)) if given.isdecimal() and len(given) < 6 else otherwise
