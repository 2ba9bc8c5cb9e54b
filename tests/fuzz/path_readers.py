"""Read names of files and folders of files, of every kind a system has; requests to a server.

The folder of a reader holds a named pipe, links in a circle, out of it and to a device, a file that
nobody may read, one of a terabyte of nothing, and names that are no text.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.source.gg import read_gg
from graphgrad.source.text import decode
from tests.fuzz.pieces import NASTY
from tests.fuzz.reader import folder

__all__ = ["FOLDERS", "NAMED", "REQUESTS", "drawn_folder", "drawn_name", "drawn_request"]
__all__ += ["read_folder", "read_named", "read_request"]

SECRET = "1234567.25"
NAMED = ("t.csv", "below/t.csv", "below/../t.csv", "fifo", "circle", "zero", "out", "sparse.csv")


@cache
def place() -> Path:
    """Return a folder with all that a path may lead to, and a secret beside it."""
    top = folder() / "named"
    if top.exists():  # made for the slice before
        return top
    (top / "below").mkdir(parents=True)
    (folder() / "secret.csv").write_text(f"x,y\n{SECRET},1\n", "utf-8")
    for each in (top, top / "below"):
        (each / "t.csv").write_text("x,y\n1,2\n3,4\n", "utf-8")
    with suppress(OSError, AttributeError):
        os.mkfifo(top / "fifo")
    for name, target in (("circle", "circle"), ("zero", "/dev/zero"), ("out", "../secret.csv"),
                         ("up", ".."), ("proc", "/proc/self"), ("gone", "nowhere"),
                         ("inside", "below/t.csv"), ("long", "x" * 200)):  # fmt: skip
        with suppress(OSError):
            (top / name).symlink_to(target)
    with (top / "sparse.csv").open("wb") as file, suppress(OSError):
        file.truncate(2**40)
    (top / "closed.csv").write_text("x\n1\n", "utf-8")
    (top / "closed.csv").chmod(0)
    with suppress(OSError):
        (Path(os.fsencode(top).decode("utf-8")) / "\udcff.csv").write_text("x,y\n1,2\n", "utf-8")
    return top


_STEPS = (
    "t.csv", "below", "..", ".", "up", "fifo", "circle", "zero", "out", "secret.csv", "proc", "mem",
    "environ", "fd", "0", "gone", "inside", "sparse.csv", "closed.csv", "\udcff.csv", "", "long",
    "root", "~", "C:", "t.csv ", "T.CSV", "t.csv.", "t.csv:s", "con", "x" * 300, "....",
    "\uff0e\uff0e",
    "etc", "passwd", "dev", "stdin", "fd/0", "named", "t\u0301.csv",
)  # fmt: skip


def drawn_name(rng: random.Random) -> bytes:
    """Compose a path of places that are there and such as are not."""
    steps = [rng.choice(_STEPS) for _ in range(rng.choice((1, 1, 2, 2, 3, 5, 40)))]
    start = rng.choice(("", "", "", "/", "//", "\\\\", "file://", str(place()) + "/", "./"))
    return (start + rng.choice(("/", "/", "/", "\\", "//")).join(steps)).encode(
        "utf-8", "surrogateescape"
    )


def read_named(data: bytes) -> None:
    """Read data from where a file names it; nothing from outside may come in or be quoted."""
    name = data.decode("utf-8", "surrogateescape")[:5000].replace("\n", " ").replace('"', "'")
    text = f'gg 1\ndata all "{name}"\nloss L = sum(x*y)\n'
    for written in (text, text.replace("all ", "").replace("sum(x*y)", "x*y")):
        try:
            found = read_gg(written, path=str(place() / "a.gg"))
            told = repr(found.defaults)
        except GraphgradError as error:
            told = "".join(error.text(language) for language in ("en", "es"))
        if SECRET[:7] in told:
            raise AssertionError("read from outside")


# ---- folders of a class ----

FOLDERS = (
    "file Ana_12345_assignsubmission_file_/a.txt z = 0,25\nfile A2.txt a = 1\nlink l.txt A2.txt",
    "dir A1\nfifo A1/b.txt\nfile A1/c.txt z = 1\nlink up.txt ..\nzip s.zip",
)
_KINDS = ("file", "file", "file", "dir", "link", "fifo", "closed", "zip", "sparse")


def drawn_folder(rng: random.Random) -> bytes:
    """Compose a folder that a class has handed in."""
    lines = []
    for _ in range(rng.choice((1, 2, 4, 9))):
        steps = [rng.choice((*_STEPS, "A1", "A1", "A2.txt", "a.html", "a.md", "b.pdf", *NASTY))
                 for _ in range(rng.choice((1, 1, 2, 3, 6)))]  # fmt: skip
        name = "/".join(steps).replace("\n", "\\").replace(" ", "\u00a0").replace("..", ".")
        lines.append(f"{rng.choice(_KINDS)} {name} {rng.choice(('z = 1', 'A2.txt', '..', '/etc'))}")
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def read_folder(data: bytes) -> None:
    """Read a folder of answers, with whatever lies in it; each file is accounted for."""
    from graphgrad.exercises.classroom.answer_file import Register, answer_text
    from graphgrad.exercises.classroom.submissions import read_submissions
    from graphgrad.exercises.files.roster import Student

    top = folder() / "handed"
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir()
    for line in data.decode("utf-8", "surrogateescape").split("\n")[:12]:
        _made(top, line)
    register = Register([Student("A1", "Ana Ruiz"), Student("A2")])
    for one in read_submissions(top):
        register.student_of(one)[0].id.encode("utf-8", "surrogateescape")
        if not one.problem:
            with suppress(GraphgradError):
                answer_text(one.data, one.path)


def _made(top: Path, line: str) -> None:
    """Make what a line says, if that can be made inside the folder."""
    kind, _, rest = line.partition(" ")
    name, _, content = rest.partition(" ")
    if not name or ".." in name.split("/") or name.startswith("/") or "\0" in line:
        return
    path = top / name
    with suppress(OSError, ValueError):
        if path.is_fifo():  # writing to it would wait for who reads
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "dir":
            path.mkdir()
        elif kind == "link":
            path.symlink_to(content)
        elif kind == "fifo":
            os.mkfifo(path)
        elif kind in ("file", "closed", "zip", "sparse"):
            path.write_bytes((b"PK\x03\x04" if kind == "zip" else b"") + os.fsencode(content))
            if kind == "sparse":
                os.truncate(path, 2**36)
            path.chmod(0 if kind == "closed" else 0o600)


# ---- requests ----

REQUESTS = (
    "GET /?token=T&fontsize=12 HTTP/1.1\nHost: 127.0.0.1:P",
    "GET /ws?width=80&height=24 HTTP/1.1\nHost: localhost:P\nOrigin: http://localhost:P\n"
    "Cookie: graphgrad-P=T",
    "GET /download/x HTTP/1.1\nHost: 127.0.0.1:P\nCookie: graphgrad-P=T",
)
_QUERIES = ("", "?token=T", "?token=T&fontsize=99999", "?token=\u00e9", "?token=T&token=",
            "?width=-1&token=T", "?fontsize=\u0663&token=T", "?token=%ff")  # fmt: skip
_HELD = ("127.0.0.1:P", "localhost:P", "graphgrad-P=T", "http://localhost:P", "evil", "", "null",
         "graphgrad-P=T; graphgrad-P=x", "[::1]:P", "LOCALHOST:P", "x" * 3000,
         "\u00e9")  # fmt: skip
_HEADS = ("Host", "Origin", "Cookie", "X-Forwarded-Host", "Referer", "Range", "Upgrade", "host")


def drawn_request(rng: random.Random) -> bytes:
    """Compose a request: paths, queries and headers that a page sends, and such as it does not."""
    path = rng.choice(("/", "/ws", "/static/", "/serve.js", "/download/a", "/%2e%2e/", "//", "/*"))
    query = rng.choice(_QUERIES)
    heads = [f"{rng.choice(_HEADS)}: {rng.choice(_HELD)}" for _ in range(rng.randint(0, 4))]
    return "\n".join([f"GET {path}{query} HTTP/1.1", *heads]).encode()


def read_request(data: bytes) -> None:
    """Answer a request, as the server of a page does, up to where a terminal would start."""
    if find_spec("aiohttp") is None or find_spec("textual_serve") is None:  # an extra
        return
    from aiohttp import web
    from aiohttp.test_utils import make_mocked_request

    server = _server()
    text = decode(data, "request").replace("P", str(server.port)).replace("T", server.token)
    lines = text.split("\n")[:20]
    path = [*lines[0].split(" "), ""][1]
    heads = [line.partition(":")[::2] for line in lines[1:] if line.partition(":")[0].isascii()]
    told: list[str] = []
    server.tell = told.append
    try:
        asked = make_mocked_request("GET", path or "/", {k: v.strip() for k, v in heads if k})
        handler = server.handle_index if "ws" not in path else server.handle_websocket
        if "Upgrade" not in asked.headers:
            asyncio.run(server._guarded(asked, handler))
    except (web.HTTPException, ValueError) as error:
        if isinstance(error, ValueError) and "/graphgrad/" in repr(error.__traceback__):
            raise
    if told:
        raise AssertionError(told)


@cache
def _server() -> Any:
    from graphgrad.cli.commands.page_server import Limits, PageServer

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return PageServer(["x"], listener, "t", fence={}, limits=Limits(), tell=print)
