"""Serve a command's terminal app as a web page: the one door to textual-serve.

Its `Server` brings the page's scripts and fonts and the protocol; here stays what it must not do on
a student's machine: run a command through a shell, answer other sites or other users, load anything
from the net, list folders, or fall over what its page never sends.
"""

from __future__ import annotations

import asyncio
import html
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib.resources import files
from string import Template
from types import MappingProxyType
from typing import NamedTuple

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from graphgrad.cli.serving.page_log import log_in_one_line
from graphgrad.cli.serving.page_messages import UnexpectedError, cells_of, read_message
from graphgrad.messages.catalogue import language, text

__all__ = ["Limits", "PageServer"]

_FONT_SIZES = range(8, 41)
_FONT_SIZE = 16
_LARGEST_MESSAGE = 2**20
_PATIENCE = 3.0
"""Seconds an app has to end itself before it is ended."""


class Run(AppService):
    """One run of the app, for one tab; its words never pass through a shell."""

    words: Sequence[str] = ()
    fence: Mapping[str, str] = MappingProxyType({})

    async def _open_app_process(
        self, width: int = 80, height: int = 24
    ) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *self.words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width=width, height=height) | dict(self.fence),
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


class Limits(NamedTuple):
    """How many tabs are served at once, and for how many seconds one may lie idle."""

    sessions: int = 8
    idle: float = 3600.0


class PageServer(Server):
    """Serves one command on one socket that listens already.

    Args:
        words: the command and its arguments.
        listener: where to listen; its address and port make up the page's address.
        title: the title of the page.
        fence: the variable that keeps each run to some folders.
        limits: how many runs there may be, and how long they may lie idle.
        tell: is told, in one line each, what went wrong.
    """

    def __init__(
        self,
        words: Sequence[str],
        listener: socket.socket,
        title: str,
        *,
        fence: Mapping[str, str],
        limits: Limits,
        tell: Callable[[str], None],
    ) -> None:
        self.words = words
        self.listener = listener
        self.fence, self.limits, self.tell = fence, limits, tell
        address, port = listener.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        super().__init__("", host=shown, port=port, title=title)
        self.names = frozenset({f"{shown}:{port}", f"localhost:{port}"})
        self.token = secrets.token_urlsafe(24)
        self.cookie = f"graphgrad-{port}"
        self._sockets: dict[web.WebSocketResponse, None] = {}
        self._count = 0

    @property
    def address(self) -> str:
        """Return the address that lets its reader in."""
        return f"http://{self.host}:{self.port}/?token={self.token}"

    def run(self, say: Callable[[str], None]) -> None:
        """Serve until Ctrl-C or SIGTERM."""
        log_in_one_line(self.tell)
        say(text("serve.ready", url=self.address))
        web.run_app(
            self._make_app(),
            sock=self.listener,
            print=None,
            access_log=None,
            shutdown_timeout=2 * _PATIENCE,
        )
        say(text("serve.ended"))

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded])
        app.router.add_get("/", self.handle_index)
        app.router.add_get("/ws", self.handle_websocket)
        app.router.add_get("/serve.js", self.handle_script)
        app.router.add_get("/download/{key}", self.handle_download)
        app.router.add_static("/static", self.statics_path, show_index=False)
        app.on_shutdown.append(self.on_shutdown)
        app.on_response_prepare.append(self._keep_at_home)
        return app

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every tab's connection, which ends its run."""
        for connection in list(self._sockets):
            await connection.close(code=WSCloseCode.GOING_AWAY)

    # ---- who is answered ----

    @web.middleware
    async def _guarded(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Answer only who asks by our own name and has the token; a fault costs one line."""
        try:
            self._refuse_strangers(request)
            return await handler(request)
        except (web.HTTPException, asyncio.CancelledError, ConnectionError):
            raise
        except Exception as error:  # noqa: BLE001 -- the edge: the other tabs go on
            self.tell(text("serve.fault", kind=type(error).__name__))
            raise web.HTTPInternalServerError from None

    def _refuse_strangers(self, request: web.Request) -> None:
        """Refuse other names that lead here, other sites' pages, and other users of the machine.

        Raises:
            HTTPForbidden: if its host is not our own, or it has not our token.
        """
        if request.headers.get("Host", "") not in self.names:
            raise web.HTTPForbidden(text=text("serve.foreign"))
        shown = request.query.get("token") or request.cookies.get(self.cookie, "")
        if not secrets.compare_digest(shown.encode("utf-8", "replace"), self.token.encode()):
            raise web.HTTPForbidden(text=text("serve.no_token"))

    async def _keep_at_home(self, request: web.Request, response: web.StreamResponse) -> None:
        """Forbid the page to load or ask anything elsewhere; remember who showed the token."""
        sockets = " ".join(f"ws://{name}" for name in sorted(self.names))
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            f"font-src 'self' data:; connect-src 'self' {sockets}; frame-ancestors 'none'"
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"

    # ---- what is answered ----

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page."""
        self._refuse_crowds()
        page = Template(_own("serve.html"))
        size = request.query.get("fontsize", "")
        known = size.isdecimal() and len(size) < 4 and int(size) in _FONT_SIZES
        fields = {
            "language": language(),
            "title": self.title,
            "loading": text("serve.loading"),
            "closed": text("serve.closed"),
            "again": text("serve.again"),
            "socket": f"ws://{request.headers['Host']}/ws",
            "size": size if known else str(_FONT_SIZE),
        }
        shown = page.substitute({name: html.escape(value) for name, value in fields.items()})
        answer = web.Response(text=shown, content_type="text/html", charset="utf-8")
        answer.set_cookie(self.cookie, self.token, path="/", httponly=True, samesite="Lax")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    async def handle_script(self, _request: web.Request) -> web.Response:
        """Return the script of the page that is not textual-serve's."""
        return web.Response(text=_own("serve.js"), content_type="text/javascript", charset="utf-8")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for a tab until either ends.

        Another site's page could otherwise open this connection and type into the app.
        """
        if request.headers.get("Origin", "").removeprefix("http://") not in self.names:
            raise web.HTTPForbidden(text=text("serve.foreign"))
        self._refuse_crowds()
        connection = web.WebSocketResponse(heartbeat=15, max_msg_size=_LARGEST_MESSAGE)
        self._sockets[connection] = None
        self._count += 1
        try:
            await connection.prepare(request)
            await self._serve(connection, request, self._count)
        finally:
            self._sockets.pop(connection, None)
        return connection

    def _refuse_crowds(self) -> None:
        """Refuse one more tab than there may be.

        Raises:
            HTTPServiceUnavailable: if there are as many as may be.
        """
        if len(self._sockets) >= self.limits.sessions:
            said = text("serve.full", limit=self.limits.sessions)
            raise web.HTTPServiceUnavailable(text=said)

    async def _serve(
        self, connection: web.WebSocketResponse, request: web.Request, number: int
    ) -> None:
        run = Run(
            "",
            write_bytes=connection.send_bytes,
            write_str=connection.send_str,
            close=partial(_close, connection),
            download_manager=self.download_manager,
        )
        run.words, run.fence = self.words, self.fence
        try:
            asked = request.query
            await run.start(cells_of(asked.get("width"), 80), cells_of(asked.get("height"), 24))
            await self._listen(connection, run)
        except UnexpectedError as error:
            self.tell(text("serve.unexpected", number=number, what=error.what))
            await connection.close(code=WSCloseCode.POLICY_VIOLATION)
        except TimeoutError:
            self.tell(text("serve.idle", number=number))
            await connection.close(code=WSCloseCode.GOING_AWAY)
        finally:
            await run.end()

    async def _listen(self, connection: web.WebSocketResponse, run: Run) -> None:
        """Hand on what the page sends, until it goes.

        Raises:
            UnexpectedError: if it is nothing that the page sends.
            TimeoutError: if nothing was typed for too long.
        """
        now = asyncio.get_running_loop().time
        deadline = now() + self.limits.idle
        while True:
            waiting = max(0.0, deadline - now())
            message: WSMessage = await asyncio.wait_for(connection.receive(), waiting)
            if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
                return
            order = read_message(message.type is WSMsgType.TEXT, message.data)
            if order.kind == "ping":
                await connection.send_json(["pong", order.text])
                continue
            deadline = now() + self.limits.idle
            if order.kind == "stdin":
                await run.send_bytes(order.text.encode("utf-8"))
            elif order.kind == "resize":
                await run.set_terminal_size(order.width, order.height)
            elif order.kind == "focus":
                await run.focus()
            else:
                await run.blur()


async def _close(connection: web.WebSocketResponse) -> None:
    await connection.close()


def _own(name: str) -> str:
    """Return a file that lies beside this module."""
    return files("graphgrad.cli").joinpath(name).read_text("utf-8")
