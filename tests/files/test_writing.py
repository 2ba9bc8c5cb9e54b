"""Files are written whole or not at all, with the permissions of a new file."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from graphgrad.errors import FileError
from graphgrad.files.reading import told_refusal
from graphgrad.files.writing import write_output
from graphgrad.messages.catalogue import in_language, text


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits on Windows")
def test_a_file_has_the_permissions_of_a_new_one_and_the_mask_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").touch()
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the mask of the process was touched"))
    write_output(tmp_path / "written", "text")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "written")}
    assert len(modes) == 1


def test_an_old_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    path.write_text("old", "utf-8")
    write_output(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.svg"]


def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.svg"
    path.write_text("old", "utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileError):
        write_output(path, "new", force=True)
    assert path.read_text("utf-8") == "old"
    assert os.listdir(tmp_path) == ["out.svg"]


def test_many_threads_write_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    texts = [f"{number}" * 10_000 for number in range(8)]
    threads = [
        threading.Thread(target=write_output, args=(path, text), kwargs={"force": True})
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text("utf-8") in texts
    assert os.listdir(tmp_path) == ["out.svg"]


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits on Windows")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_who_might_not_read_the_old_file_may_not_read_the_new_one(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("old", "utf-8")
    path.chmod(mode)
    write_output(path, "new", force=True)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_the_system_refuses_is_told_in_the_language_of_the_reader(language: str) -> None:
    common = (errno.ENOSPC, errno.EEXIST, errno.EROFS, errno.ENAMETOOLONG, errno.EADDRINUSE)
    for number in errno.errorcode:
        told = told_refusal(OSError(number, os.strerror(number)))
        with in_language(language):
            said = text(told.message_id, **told.fields)
        assert said
        assert number not in common or os.strerror(number) not in said
