"""What a file may name, what a served app may open, and what is read at all."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path

import pytest

import graphgrad as gg
from graphgrad.errors import FileError, LimitError
from graphgrad.files.reach import allow_data_root, fence_for, named_in, reachable
from graphgrad.files.reading import read_bytes
from graphgrad.files.writing import write_output

TABLE = "x,y\n3,9\n"
SECRET = "root:x:0:0:the-secret"
posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files on Windows")


def source(place: Path, name: str) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    path = place / "a.gg"
    path.write_text(f'data "{name}"\nparam w = 2\nloss L = (w*x - y)^2\n', "utf-8")
    return path


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.csv"
    path.write_text(f"{SECRET}\n1,2\n", "utf-8")
    return path


@pytest.mark.parametrize("name", ["t.csv", "./t.csv", "sub/../t.csv", "sub/t.csv"])
def test_data_beside_the_source_or_below_are_read(tmp_path: Path, name: str) -> None:
    path = source(tmp_path / "own", name)
    for folder in (path.parent, path.parent / "sub"):
        folder.mkdir(exist_ok=True)
        (folder / "t.csv").write_text(TABLE, "utf-8")
    assert gg.trace(gg.load(path)).value("L") == 9


def spellings(secret: Path) -> list[str]:
    return [
        str(secret),
        "../secret.csv",
        "./../secret.csv",
        "sub/../../secret.csv",
        "link.csv",
        "folder/secret.csv",
        "/etc/passwd",
        "/dev/zero",
        "/proc/self/environ",
        "~/secret.csv/../../x",
        "\\\\host\\share\\x.csv" if os.name == "nt" else "//host/share/x.csv",
    ]


@posix
@pytest.mark.parametrize("number", range(11))
def test_data_outside_are_neither_opened_nor_quoted(
    tmp_path: Path, secret: Path, number: int
) -> None:
    own = tmp_path / "own"
    name = spellings(secret)[number]
    path = source(own, name)
    (own / "link.csv").symlink_to(secret)
    (own / "folder").symlink_to(tmp_path)
    with pytest.raises(FileError) as caught:
        gg.load(path)
    told = str(caught.value)
    assert SECRET not in told
    if not name.startswith("~"):
        assert caught.value.message_id == "file.outside"
        assert "--data-root" in told


@posix
def test_whether_a_file_outside_exists_is_not_told(tmp_path: Path, secret: Path) -> None:
    said = []
    for name in ("../secret.csv", "../missed.csv"):
        with pytest.raises(FileError) as caught:
            gg.load(source(tmp_path / "own", name))
        said.append(str(caught.value).replace("missed", "secret"))
    assert said[0] == said[1]


def test_the_reader_may_allow_one_more_folder(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "t.csv").write_text(TABLE, "utf-8")
    for name in ("../tables/t.csv", "t.csv", str(tmp_path / "tables" / "t.csv")):
        path = source(tmp_path / "own", name)
        assert gg.trace(gg.load(path, data_root=tmp_path / "tables")).value("L") == 9
        with pytest.raises(FileError):
            gg.load(path)
    with pytest.raises(FileError, match="no such folder"):
        gg.load(path, data_root=tmp_path / "none")


def test_data_beside_the_source_come_before_those_of_the_root(tmp_path: Path) -> None:
    for folder, value in (("own", "3,9"), ("root", "1,1")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t.csv").write_text(f"x,y\n{value}\n", "utf-8")
    graph = gg.load(source(tmp_path / "own", "t.csv"), data_root=tmp_path / "root")
    assert gg.trace(graph).value("x") == 3


def test_a_folder_is_allowed_only_within_its_context(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    copy_context().run(allow_data_root, tmp_path / "root")
    with pytest.raises(FileError):
        named_in(tmp_path / "own", "../root/t.csv")


@posix
@pytest.mark.parametrize("kind", ["pipe", "device", "socket"])
def test_only_regular_files_are_opened_and_none_is_waited_for(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "t.csv"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "device":
        place = Path("/dev/zero")
    else:
        import socket

        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(place))
        listening.close()
    found: list[BaseException] = []
    reading = threading.Thread(target=lambda: found.append(raised(lambda: read_bytes(place))))
    reading.daemon = True
    reading.start()
    reading.join(10)
    assert not reading.is_alive()
    assert isinstance(found[0], FileError)
    assert found[0].message_id == "file.special"


def raised(call: Callable[[], object]) -> BaseException:
    try:
        call()
    except Exception as error:  # noqa: BLE001 -- what came is what is looked at
        return error
    raise AssertionError("nothing was refused")


@posix
def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "big.gg"
    with path.open("wb") as stream:
        stream.truncate(10**12)
    start = time.monotonic()
    with pytest.raises(LimitError):
        gg.load(path)
    assert time.monotonic() - start < 30  # of a disk of 1 TB no byte was read


@posix
def test_a_pipe_that_a_shell_hands_over_is_read(tmp_path: Path) -> None:
    script = 'exec "$0" -m graphgrad run <(echo "input x = 3; y = x^2" | tr ";" "\\n") --lang en'
    bash = ["bash", "-c", script, sys.executable]
    found = subprocess.run(bash, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert "dy/dx = 6" in found.stdout


# ---- a served app ----


@posix
def test_a_fence_keeps_reading_and_writing_inside(
    tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "way.csv").symlink_to(secret)
    (inside / "out").symlink_to(tmp_path)
    for name, value in fence_for([inside]).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(inside)
    write_output("a.txt", "written")
    assert read_bytes(inside / "a.txt") == b"written"
    for place in (secret, inside / "way.csv", Path("../secret.csv"), inside / "out" / "new"):
        for call in (
            lambda place=place: read_bytes(place),
            lambda place=place: write_output(place, "x", force=True),
        ):
            error = raised(call)
            assert isinstance(error, FileError)
            assert error.message_id == "file.fenced"
            assert SECRET not in str(error)
    assert SECRET in secret.read_text("utf-8")
    assert reachable("a.txt") == Path("a.txt")
