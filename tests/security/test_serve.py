"""`graphgrad serve` against other users, other sites, a hostile page, and its own reader."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from graphgrad.cli.serving.page_messages import UnexpectedError, read_message
from tests.cli.test_serve import SAMPLE, WAIT, Served, drawn_until, served

aiohttp = pytest.importorskip("aiohttp", reason="the extra serve is not installed")
pytest.importorskip("textual_serve", reason="the extra serve is not installed")

Visit = Callable[["aiohttp.ClientSession"], Awaitable[None]]


def visit(work: Visit) -> None:
    async def all_of_it() -> None:
        async with aiohttp.ClientSession() as session:
            await asyncio.wait_for(work(session), WAIT)

    asyncio.run(all_of_it())


def raw(server: Served, request: bytes) -> bytes:
    """Return what a server answers to bytes that need not be HTTP."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=WAIT) as line:
        line.sendall(request)
        if b"Connection: close" not in request:
            line.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return answer


async def tab_of(session, server: Served, size: str = ""):
    """Open a tab; runs that are ending still have their places for a moment."""
    for _ in range(100):
        try:
            return await session.ws_connect(f"{server.socket}{size}", origin=server.url)
        except aiohttp.WSServerHandshakeError:
            await asyncio.sleep(0.2)
    raise AssertionError("no place is given back")


async def drawn_for(tab, seconds: float) -> bytes:
    """Return what is drawn within some seconds."""
    drawn = b""
    end = asyncio.get_running_loop().time() + seconds
    while (left := end - asyncio.get_running_loop().time()) > 0:
        with contextlib.suppress(TimeoutError):
            drawn += (await asyncio.wait_for(tab.receive(), left)).data
    return drawn


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("started")
    with served(str(SAMPLE), "--sessions", "3", folder=folder) as found:
        yield found


def folder_of(server: Served) -> Path:
    return Path(f"/proc/{server.process.pid}/cwd").resolve()


# ---- who is let in ----


@pytest.mark.slow
def test_only_who_has_the_token_is_let_in(server: Served) -> None:
    assert len(server.token) >= 32

    async def work(session) -> None:
        paths = ["/", "/ws", "/serve.js", "/static/js/textual.js", "/download/x", "/nowhere"]
        for path in paths:
            for address in (path, f"{path}?token=", f"{path}?token={server.token[:-1]}x"):
                async with session.get(f"{server.url}{address}") as answer:
                    assert answer.status == 403, path
                    assert server.token not in await answer.text()
        for address in ("/ws", "/ws?token=ñ"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await session.ws_connect(f"{server.url}{address}", origin=server.url)
            assert caught.value.status == 403
        async with session.get(server.printed) as answer:
            assert answer.status == 200
            cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert answer.headers["Referrer-Policy"] == "no-referrer"
        known = {"Cookie": cookie.partition(";")[0]}
        async with session.get(server.url, headers=known) as answer:
            assert answer.status == 200

    visit(work)


@pytest.mark.slow
def test_other_sites_and_names_are_refused_even_with_the_token(server: Served) -> None:
    async def work(session) -> None:
        async with session.get(server.printed, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        for origin in ("http://evil.example", "null", None):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(server.socket, origin=origin)

    visit(work)


@pytest.mark.slow
@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /?token=TOKEN HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost:\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"POST /?token=TOKEN HTTP/1.1\r\nHost: HERE\r\nContent-Length: 99\r\n\r\nx",
        b"GET /ws?token=TOKEN HTTP/1.1\r\nHost: HERE\r\nOrigin: http://HERE\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"",
    ],
    ids=range(11),
)
def test_requests_that_no_browser_sends_are_no_fault_of_ours(server: Served, head: bytes) -> None:
    here = server.url.removeprefix("http://").encode()
    before = len(server.lines())
    answer = raw(server, head.replace(b"TOKEN", server.token.encode()).replace(b"HERE", here))
    assert b" 500 " not in answer[:20]
    assert b" 200 " not in answer[:20]
    told = server.lines()[before:]
    assert not [line for line in told if "Traceback" in line], told
    assert len(told) <= 1


@pytest.mark.slow
def test_no_folder_is_listed_and_no_path_leads_out(server: Served) -> None:
    token = f"token={server.token}".encode()
    here = server.url.removeprefix("http://").encode()
    for path in (
        b"/static", b"/static/", b"/static/js/", b"/static/../server.py",
        b"/static/%2e%2e/server.py",
        b"/static/..%2f..%2f..%2fetc/passwd", b"/static//etc/passwd", b"/download/..%2fx",
        b"/static/%00", b"/../../etc/passwd",
    ):  # fmt: skip
        head = b"GET " + path + b"?" + token + b" HTTP/1.1\r\nHost: " + here + b"\r\n\r\n"
        answer = raw(server, head[:-2] + b"Connection: close\r\n\r\n")
        assert answer.split(b" ")[1] in (b"403", b"404", b"400"), path


# ---- what a page may send ----

NEVER_SENT = [
    "", "x", "null", "1", '"a"', "{}", "[]", "[1]", "[[]]", '["stdin"]', '["stdin", 1]',
    '["stdin", null]', '["stdin", ["a"]]', '["stdin", "a", "b"]', '["stdin", "\\ud800"]',
    '["resize"]', '["resize", 1]', '["resize", {}]', '["resize", {"width": 80}]',
    '["resize", {"width": "80", "height": 24}]', '["resize", {"width": 8e1, "height": 24}]',
    '["resize", {"width": true, "height": 24}]', '["resize", {"width": -1, "height": 24}]',
    '["resize", {"width": 1e999, "height": 24}]', '["resize", {"width": NaN, "height": 24}]',
    '["resize", {"width": 99999999999, "height": 24}]', '["ping"]', '["ping", 1]',
    json.dumps(["ping", "x" * 1000]), '["focus", 1]', '["blur", {}]', '["quit"]',
    '["deliver_chunk_request", {}]', '["open_url", "http://evil.example"]', "[" * 100_000,
    '["stdin", ' + "9" * 10_000 + "]", b"\x00\xff", b'["stdin", "a"]',
]  # fmt: skip


@pytest.mark.parametrize("sent", NEVER_SENT, ids=range(len(NEVER_SENT)))
def test_what_the_page_never_sends_is_told_from_what_it_sends(sent: str | bytes) -> None:
    with pytest.raises(UnexpectedError) as caught:
        read_message(isinstance(sent, str), sent)
    assert len(caught.value.what) < 20


def test_what_the_page_sends_is_read() -> None:
    for sent, kind in (
        ('["stdin", "\\u001b[A"]', "stdin"),
        ('["resize", {"width": 1, "height": 900, "x": 2}]', "resize"),
        ('["ping", "1700000000000"]', "ping"),
        ('["focus"]', "focus"),
        ('["blur"]', "blur"),
    ):
        order = read_message(True, sent)
        assert order.kind == kind
        assert order.height <= 500


@pytest.mark.slow
def test_a_malformed_frame_closes_its_tab_alone_with_one_line(server: Served) -> None:
    async def work(session) -> None:
        good = await tab_of(session, server)
        await drawn_until(good, b"yhat")
        for sent in ("[1]", '["resize", {"width": "x"}]', b"\xff", "x" * 2**21):
            before = len(server.lines())
            bad = await tab_of(session, server)
            await (bad.send_bytes(sent) if isinstance(sent, bytes) else bad.send_str(sent))
            while not bad.closed:
                await bad.receive(WAIT)
            assert bad.close_code in (1008, 1009)
            await asyncio.sleep(0.3)
            told = server.lines()[before:]
            assert len(told) == 1, told
            assert re.match(r"tab \d+: a message that the page does not send", told[0])
        await good.send_str('["stdin", "n"]')
        message = await good.receive(WAIT)
        assert message.type == aiohttp.WSMsgType.BINARY
        await good.close()

    visit(work)


# ---- how many, and for how long ----


@pytest.mark.slow
def test_there_is_a_limit_of_tabs(server: Served) -> None:
    async def work(session) -> None:
        tabs = [await tab_of(session, server) for _ in range(3)]
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(server.socket, origin=server.url)
        assert caught.value.status == 503
        async with session.get(server.printed) as answer:
            assert answer.status == 503
            assert "--sessions" in await answer.text()
        for tab in tabs:
            await tab.close()
        await (await tab_of(session, server)).close()

    visit(work)


@pytest.mark.slow
def test_an_idle_tab_is_closed_and_pings_are_no_typing() -> None:
    with served(str(SAMPLE), "--idle", "0.05") as server:  # minutes

        async def work(session) -> None:
            tab = await session.ws_connect(server.socket, origin=server.url)
            while not tab.closed:
                with_ping = tab.send_str('["ping", "1"]')
                await asyncio.wait_for(with_ping, WAIT)
                await tab.receive(WAIT)
                await asyncio.sleep(0.05)
            assert tab.close_code == 1001

        visit(work)
        assert any("nothing was typed" in line for line in server.lines())


# ---- the folder in which it was started ----

SECRET = "the-secret-of-another-folder"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["absolute", "parent", "link", "missing"])
def test_files_outside_the_folder_are_neither_opened_nor_quoted(
    tmp_path: Path, server: Served, way: str
) -> None:
    outside = tmp_path / "outside.gg"
    outside.write_text(f"{SECRET} = (\n", "utf-8")
    here = folder_of(server)
    link = here / "link.gg"
    if not link.exists():
        link.symlink_to(outside)
    typed = {
        "absolute": str(outside),
        "parent": "../" * 12 + str(outside).lstrip("/"),
        "link": "link.gg",
        "missing": str(tmp_path / "nothing.gg"),
    }[way]

    async def work(session) -> None:
        tab = await tab_of(session, server, "&width=200&height=40")
        await drawn_until(tab, b"yhat")
        await tab.send_str(json.dumps(["stdin", "\x0f"]))  # ctrl+o
        await asyncio.sleep(1)
        await tab.send_str(json.dumps(["stdin", f"{typed}\r"]))
        drawn = await drawn_until(tab, b"neither")
        assert SECRET.encode() not in drawn
        await tab.close()

    visit(work)
    link.unlink()


@pytest.mark.slow
def test_figures_are_written_inside_the_folder_only(tmp_path: Path, server: Served) -> None:
    victim = tmp_path / "victim.svg"
    victim.write_text("precious", "utf-8")

    async def work(session) -> None:
        tab = await tab_of(session, server, "&width=200&height=40")
        await drawn_until(tab, b"yhat")
        for place in (victim, tmp_path / "new.svg", "inside.svg"):
            await tab.send_str(json.dumps(["stdin", "E"]))
            await drawn_for(tab, 1)
            await tab.send_str(json.dumps(["stdin", "\x15" + f"{place}\r"]))  # ctrl+u clears
            drawn = await drawn_for(tab, 4)
            assert (b"neither" in drawn) is (place != "inside.svg")
        await tab.close()

    visit(work)
    assert victim.read_text("utf-8") == "precious"
    assert not (tmp_path / "new.svg").exists()
    assert b"graphgrad" in (folder_of(server) / "inside.svg").read_bytes()
