"""What the builder of the page writes and what it refuses, without a network or Node.js."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import browser.build
from browser.build import ROOT, build
from graphgrad.live.session import Session
from graphgrad.messages.catalogue import LANGUAGES
from graphgrad.messages.stepper.in_browser import MESSAGES

from .pages import NUMPY, VERSION, parts


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.build, "compiled", lambda *_: False)
    monkeypatch.setattr(browser.build, "PURE", ("mdurl",))


def exported(page: Path, file: str, name: str) -> object:
    text = (page / file).read_text("utf-8").partition(f"export const {name} = ")[2]
    return json.JSONDecoder().raw_decode(text)[0]


@pytest.mark.usefixtures("no_node")
def test_a_page_holds_its_parts_and_lists_them(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.mkdir()
    (page / "old.txt").write_text("of the page before")
    manifest = build(page, **parts(tmp_path))
    assert not (page / "old.txt").exists()
    assert manifest == json.loads((page / "manifest.json").read_text("utf-8"))
    assert manifest["pyodide"] == {"version": VERSION, "python": "3.12.7"}
    assert manifest["late"]["numpy"]["url"] == f"python/{NUMPY}"
    assert set(manifest["archives"]) <= set(manifest["files"])
    there = {path.relative_to(page).as_posix() for path in page.rglob("*") if path.is_file()}
    assert there - set(manifest["files"]) == {"manifest.json", "service_worker.js"}
    assert all((page / name).stat().st_size == size for name, size in manifest["files"].items())
    assert f'"{manifest["build"]}"' in (page / "service_worker.js").read_text("utf-8")
    with zipfile.ZipFile(page / "python" / "packages.zip") as archive:
        assert "mdurl/__init__.py" in archive.namelist()


@pytest.mark.usefixtures("no_node")
def test_the_same_parts_make_the_same_page_and_another_part_another(tmp_path: Path) -> None:
    how = parts(tmp_path)
    first, again = (build(tmp_path / name, **how) for name in ("a", "b"))
    assert first == again
    assert all(
        (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        for name in first["files"]
    )
    (tmp_path / "core" / "pyodide.asm.wasm").write_text("another")
    assert build(tmp_path / "c", **how)["build"] != first["build"]


@pytest.mark.usefixtures("no_node")
def test_a_file_with_another_sum_is_not_taken_but_left_to_the_network(tmp_path: Path) -> None:
    manifest = build(tmp_path / "page", **parts(tmp_path, numpy=b"something else"))
    late = manifest["late"]["numpy"]
    assert late["url"] == f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/{NUMPY}"
    assert late["integrity"].startswith("sha256-")
    assert not list((tmp_path / "page" / "python").glob("numpy*"))


@pytest.mark.usefixtures("no_node")
def test_flint_is_taken_from_a_folder_that_has_it(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    name = "python_flint-0.9.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
    (wheels / name).write_bytes(b"flint's wheel")
    manifest = build(tmp_path / "page", **parts(tmp_path), packages=[wheels])
    assert manifest["archives"][-1] == f"python/{name}"
    assert manifest["files"][f"python/{name}"] == len(b"flint's wheel")


@pytest.mark.usefixtures("no_node")
def test_the_page_has_its_words_samples_and_the_words_of_the_language(tmp_path: Path) -> None:
    build(tmp_path / "page", **parts(tmp_path))
    words = exported(tmp_path / "page", "words.js", "WORDS")
    assert isinstance(words, dict)
    assert next(iter(words)) == "es"
    assert set(words) == set(LANGUAGES)
    assert words["es"]["check"] == MESSAGES["browser.check"][1]
    used = {
        word
        for file in (ROOT / "browser" / "page").iterdir()
        for word in words["en"]
        if f'"{word}"' in file.read_text("utf-8")
    }
    told = {word for word in words["en"] if word.startswith("stage.")}
    assert used | told | {"no_numpy", "no_script"} == set(words["en"])
    first = (tmp_path / "page" / "index.html").read_text("utf-8")
    assert words["en"]["no_script"] in first
    assert words["es"]["no_script"] in first
    samples = exported(tmp_path / "page", "samples.js", "SAMPLES")
    assert isinstance(samples, list)
    assert {sample["name"] for sample in samples} == {
        p.stem for p in (ROOT / "samples").glob("*.gg")
    }
    starts = exported(tmp_path / "page", "choices.js", "STARTS")
    assert isinstance(starts, list)
    assert {"input", "entrada", "loss"} <= set(starts)


def test_where_a_part_is_missing_nothing_is_written(tmp_path: Path) -> None:
    how = parts(tmp_path)
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("the page before")
    (tmp_path / "viz" / "viz.js").unlink()
    with pytest.raises(FileNotFoundError):
        build(page, **how)
    assert (page / "index.html").read_text() == "the page before"
    assert [path.name for path in tmp_path.glob(".page*")] == []


def test_as_a_program_it_says_what_it_cannot_have(tmp_path: Path) -> None:
    program = [sys.executable, str(ROOT / "browser" / "build.py"), str(tmp_path / "page")]
    bare = {"PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run(program, capture_output=True, text=True, env=bare, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: npm is not installed; give a folder with pyodide ")
    assert not (tmp_path / "page").exists()


def test_what_the_page_teaches_of_the_language_can_be_read_and_run() -> None:
    for text in MESSAGES["browser.how.lines"]:
        assert Session(text).trace.gradients["w"] != 0
    known = set(browser.build._words_of_the_language()[1])
    for told in MESSAGES["browser.how.common"]:
        names = re.findall(r"\w+(?=[,;.])", told.partition(". ")[0] + ".")
        assert len(names) > 18
        assert set(names) <= known


_WITHOUT_NUMPY = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "numpy":
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Absent())
import graphgrad.live.in_page
from graphgrad.live.session import Session

session = Session("input x = 3\\nparam w = 2\\nloss L = w*x^2", language="en")
for asked in ({"do": "show"}, {"do": "view", "style": "neurons"}, {"do": "save"}):
    assert session.answer(asked)["ok"], asked
"""


def test_numbers_are_shown_before_numpy_has_come() -> None:
    subprocess.run([sys.executable, "-c", _WITHOUT_NUMPY], cwd=ROOT, check=True)
