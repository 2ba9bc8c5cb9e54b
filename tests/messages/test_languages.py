"""Check further languages: what one may not have, and that a module alone makes one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphgrad.messages.catalogue import LANGUAGES
from graphgrad.messages.languages.record import Language, code_of_locale, language_record
from tests.messages.completeness import faults, missing

PORTUGUESE = """
from graphgrad.messages.languages.record import Language

LANGUAGE = Language(
    "qaa",
    "língua de prova",
    ("qaa", "test portuguese"),
    "pt-PT",
    decimal=",",
    babel=r"\\IfFileExists{portuguese.ldf}{\\usepackage[portuguese]{babel}}{}",
)
MESSAGES = {
    "help.usage": "Utilização",
    "run.value": "valor",
    "place.line": "linha {line}, coluna {column}",
    "classroom.moodle.grade": "avaliação",
}
"""
WITH_PORTUGUESE = """
import sys
from graphgrad.messages import languages

languages.__path__.append(sys.argv.pop(1))
"""
COMMAND_LINE = WITH_PORTUGUESE + "from graphgrad.cli.program import main\nmain()\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay" / "qaa.py").write_text(PORTUGUESE, encoding="utf-8")
    return tmp_path / "overlay"


def run(program: str, *words: str, **variables: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "GRAPHGRAD_LANG")}
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env=environment | {"LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"} | variables,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_no_fault(code: str) -> None:
    language = language_record(code)
    assert not faults(language, code)
    assert code not in ("en", "es") or not missing(language)


def test_faults_are_found() -> None:
    wrong = Language(
        "xx",
        "x",
        ("XX",),
        "xx",
        messages={"no.such": "x", "place.line": "linha {linha}", "help.usage": ""},
    )
    assert faults(wrong, "yy") == [
        "'XX': not in small letters",
        "yy: its code is 'xx'",
        "no.such: no such id",
        "place.line: has ['linha'], not ['column', 'line']",
        "help.usage: only one of it and the English is empty",
    ]
    assert "help.options" in missing(wrong)
    assert "help.usage" not in missing(wrong)


def test_who_is_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown language 'qfr'; known: en, es"):
        language_record("qfr")
    assert code_of_locale("qfr_FR.UTF-8") == "en"


def test_one_module_makes_a_language_of_the_command_line(folder: Path) -> None:
    page = run(COMMAND_LINE, str(folder), "--lang", "qaa", "run", "--help")
    assert page.startswith("Utilização: graphgrad run")
    assert "|qaa" in page
    assert "print one JSON object instead of tables" in page  # not translated: in English
    plain = ("run", "-e", "y = x^2", "--set", "x=2")
    assert "valor" not in run(COMMAND_LINE, str(folder), *plain)
    assert "valor" in run(COMMAND_LINE, str(folder), *plain, GRAPHGRAD_LANG="qaa")
    assert "valor" in run(COMMAND_LINE, str(folder), *plain, LANG="qaa_BR.UTF-8")


def test_wordings_alone_make_a_language(folder: Path) -> None:
    (folder / "qab.py").write_text('MESSAGES = {"help.usage": "Aufruf"}\n', encoding="utf-8")
    for variables in ({"GRAPHGRAD_LANG": "qab"}, {"LANG": "qab_AT.UTF-8"}):
        assert run(COMMAND_LINE, str(folder), "--help", **variables).startswith("Aufruf: graphgrad")


def test_one_module_makes_a_language_of_the_library(folder: Path) -> None:
    program = """
import json
from graphgrad import set_language
from graphgrad.exercises.classroom.class_files import _places
from graphgrad.exercises.files.read_exercise import read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.sheets.html_sheet import html_sheet
from graphgrad.exercises.sheets.latex_sheet import latex_sheet
from graphgrad.exercises.sheets.sheet import document_of
from graphgrad.messages.catalogue import language, text

set_language("qaa")
exercise = open("samples/exercises/sigmoid_neuron.md", encoding="utf-8").read()
exercise = exercise.replace('lang = "es"', 'lang = "qaa"').replace('lang = "en"', 'lang = "qaa"')
sheet = document_of(Family(read_exercise(exercise)).variant(1), figure=False)
print(json.dumps({
    "language": [language(), sheet.language],
    "worded": text("place.line", line=3, column=7),
    "html": html_sheet(sheet),
    "latex": latex_sheet(sheet),
    "moodle": _places(["Avaliação", "Identificador"]),
}))
"""
    found = json.loads(run(WITH_PORTUGUESE + program, str(folder)))
    assert found["language"] == ["qaa", "qaa"]
    assert found["worded"] == "linha 3, coluna 7"
    assert '<html lang="qaa">' in found["html"]
    assert r"\usepackage[portuguese]{babel}" in found["latex"]
    assert found["moodle"] == {"grade": 0, "identifier": 1}


def test_what_is_missing_is_counted_by_area_and_listed_for_one(folder: Path) -> None:
    program = (
        "import sys\nfrom tests.messages.completeness import main\nsys.argv[1:] = {}\nmain()\n"
    )
    english, spanish, *further = run(WITH_PORTUGUESE + program.format([]), str(folder)).splitlines()
    total = english.split()[-2]
    assert english == f"en (English): {total} of {total} ids"
    assert spanish == f"es (español): {total} of {total} ids"
    counted = further[further.index(f"qaa (língua de prova): 4 of {total} ids") :]
    assert any(line.startswith("  commands: ") for line in counted)
    assert not any(line.startswith("  FAULT") for line in counted)
    listed = run(WITH_PORTUGUESE + program.format(["qaa", "commands"]), str(folder)).splitlines()
    assert "  help.options: Options" in listed
    assert not any(line.startswith("  help.usage") for line in listed)
