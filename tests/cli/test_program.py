"""The frame of the command line: lazy, bilingual, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import COMMANDS, program
from graphgrad.messages.catalogue import catalogue, language, set_language

ROOT = Path(__file__).parents[2]
SAMPLE = str(ROOT / "samples" / "linear_regression.gg")
HEAVY = {"sympy", "numpy", "networkx", "textual", "rich", "graphviz", "asyncio"}


def call(*args: str) -> Result:
    return CliRunner().invoke(program, list(args))


def run_process(*args: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "graphgrad", *args]
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)


def modules_after(*args: str) -> set[str]:
    code = (
        "import sys\n"
        "from graphgrad.cli.program import program\n"
        f"status = program.status({list(args)!r})\n"
        "print(status, *sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    status, *loaded = done.stderr.split()
    assert status == "0"
    return set(loaded)


@pytest.mark.parametrize(
    "args", [["--help"], ["--lang", "es", "--help"], ["--version"]], ids=" ".join
)
def test_help_loads_no_library_that_it_does_not_need(args: list[str]) -> None:
    assert not modules_after(*args) & HEAVY


def test_the_list_of_samples_loads_neither_sympy_nor_textual() -> None:
    assert not modules_after() & {"sympy", "textual", "rich"}


def test_a_run_loads_no_terminal_library() -> None:
    assert not modules_after("run", SAMPLE) & {"textual", "rich", "graphviz"}


def test_every_command_stands_in_the_overview_in_both_languages() -> None:
    english, spanish = call("--help").output, call("--help", "--lang", "es").output
    for name in COMMANDS:
        assert catalogue()[f"command.{name}.short"][0][:30] in english
        assert catalogue()[f"command.{name}.short"][1][:30] in spanish
    assert english.startswith("Usage: graphgrad COMMAND")
    assert spanish.startswith("Uso: graphgrad ORDEN")


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"ex"}))  # ex is a group of commands
@pytest.mark.parametrize("code", ["en", "es"])
def test_every_command_has_help_with_an_example(name: str, code: str) -> None:
    result = call(name, "--help", "--lang", code)
    assert result.exit_code == 0
    assert f"graphgrad {name} " in result.output + " "
    assert {"en": "Example", "es": "Ejemplo"}[code] in result.output
    assert {"en": "Options:", "es": "Opciones:"}[code] in result.output
    assert "--lang en|es" in result.output
    prose = [line for line in result.output.splitlines() if "  graphgrad " not in line]
    assert max(map(len, prose)) <= 80


@pytest.mark.parametrize(
    "args",
    [
        ["--lang", "es", "run", "--help"],
        ["run", "--lang", "es", "--help"],
        ["run", "--help", "--lang=es"],
        ["run", SAMPLE, "--help", "--lang", "es"],
    ],
    ids=" ".join,
)
def test_the_language_may_stand_anywhere(args: list[str]) -> None:
    assert call(*args).output.startswith("Uso: graphgrad run")


def test_the_language_of_a_call_ends_with_it() -> None:
    assert "Uso" in call("--lang", "es", "--help").output
    assert language() == "en"


def test_without_lang_the_system_decides() -> None:
    set_language(None)
    done = run_process("--help", LANG="es_AR.UTF-8", LC_ALL="", LC_MESSAGES="", GRAPHGRAD_LANG="")
    assert done.stdout.decode().startswith("Uso:")


@pytest.mark.parametrize(
    ("args", "english", "spanish"),
    [
        (["rnu"], "Did you mean run?", "¿Quería decir run?"),
        (["xyzzy"], "there is no command xyzzy", "no existe la orden xyzzy"),
        ([SAMPLE], f"graphgrad run {SAMPLE}", f"graphgrad run {SAMPLE}"),
        (["run", "--jsno"], "Did you mean --json", "¿Quería decir --json"),
        (["run", "-q"], "there is no option -q", "no existe la opción -q"),
        (["--nope"], "there is no option --nope", "no existe la opción --nope"),
        (["run", "--json=3", SAMPLE], "--json takes no value", "--json no toma valor"),
        (["run", SAMPLE, "--set"], "--set needs a value", "--set necesita un valor"),
        (["run"], "expected a FILE or -e TEXT", "se esperaba un ARCHIVO o -e TEXTO"),
        (["run", SAMPLE, "-e", "y = x"], "got both the file", "hay a la vez el archivo"),
        (["run", SAMPLE, "b", "c"], "got b c, but", "hay b c, pero"),
        (["run", SAMPLE, "--detail", "lines"], "Did you mean line?", "¿Quería decir line?"),
        (["run", SAMPLE, "--row", "x"], "a whole number from 1 on", "un entero desde 1"),
        (["run", SAMPLE, "--row", "0"], "a whole number from 1 on", "un entero desde 1"),
        (["run", SAMPLE, "--row", "2"], "no data rows", "no tiene filas"),
        (["run", SAMPLE, "--set", "w"], "expected NAME=VALUE", "se esperaba NOMBRE=VALOR"),
        (["run", SAMPLE, "--set", "yhta=1"], "no input or parameter yhta", "no hay entrada ni"),
        (["run", SAMPLE, "--set", "z=1"], "z is computed", "z se calcula"),
        (["run", SAMPLE, "--set", "w=1", "--set", "w=2"], "two values", "dos valores"),
        (["run", SAMPLE, "--wrt", "yhta"], "Did you mean yhat?", "¿Quería decir yhat?"),
        (["explain", SAMPLE], "NAME is missing", "falta NOMBRE"),
        (["explain"], "FILE is missing", "falta ARCHIVO"),
        (["gradcheck", SAMPLE, "--tolerance", "-1"], "a positive number", "un número positivo"),
        (["--lang", "fr", "run", SAMPLE], "expected one of en, es", "expected one of en, es"),
        (["samples", "linear_regresion"], "linear_regression?", "linear_regression?"),
    ],
    ids=lambda part: " ".join(part).replace(SAMPLE, "FILE") if isinstance(part, list) else "",
)
def test_wrong_usage_is_explained_and_exits_with_2(
    args: list[str], english: str, spanish: str
) -> None:
    for code, words in (("en", english), ("es", spanish)):
        result = call(*args) if "--lang" in args else call("--lang", code, *args)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert words in result.stderr
        assert result.stderr.count("\n") == 1
        assert result.stderr.startswith("error: ")


@pytest.mark.slow
def test_output_is_utf8_in_any_locale() -> None:
    expected = run_process("run", "samples/linear_regression.gg", "--lang", "es").stdout
    plain = run_process(
        "run",
        "samples/linear_regression.gg",
        "--lang",
        "es",
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert plain.returncode == 0
    assert plain.stdout == expected
    assert "∂L/∂e" in plain.stdout.decode("utf-8")
    assert b"\r" not in plain.stdout


@pytest.mark.parametrize("code", ["en", pytest.param("es", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "form",
    [
        [],
        *(pytest.param(form, marks=pytest.mark.slow) for form in (["--json"], ["--detail", "op"])),
    ],
    ids=str,
)
def test_the_same_run_twice_gives_the_same_bytes(form: list[str], code: str) -> None:
    args = ["run", "samples/xor_sigmoid.gg", "--lang", code, *form]
    first = run_process(*args, PYTHONHASHSEED="1")
    second = run_process(*args, PYTHONHASHSEED="2", COLUMNS="33", TERM="dumb")
    assert first.returncode == second.returncode == 0
    assert first.stdout == second.stdout
    assert len(first.stdout) > 1_000


@pytest.mark.slow
def test_explanations_and_checks_give_the_same_bytes() -> None:
    for args in (
        ["explain", "samples/shared_weights.gg", "w1"],
        ["gradcheck", "samples/linear_regression.gg"],
        ["samples"],
        ["show", "samples/linear_regression.gg"],
    ):
        first = run_process(*args, PYTHONHASHSEED="3")
        assert first.returncode == 0
        assert first.stdout == run_process(*args, PYTHONHASHSEED="4").stdout


@pytest.mark.skipif(os.name == "nt", reason="head is a program of Unix")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m graphgrad run samples/mazur.gg --json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout == b'{"format":'
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_a_full_disk_is_an_error_of_its_own() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "graphgrad", "run", SAMPLE, "--lang", "es"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 4
    assert "no se puede escribir la salida" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_an_interrupted_call_exits_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("graphgrad.cli.commands.samples.samples", stop)
    result = call("samples", "--lang", "es")
    assert result.exit_code == 130
    assert result.stderr == "interrumpido\n"


def test_a_mistake_of_our_own_shows_no_traceback_unless_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the moon is blue")

    monkeypatch.setattr("graphgrad.cli.commands.samples.samples", fail)
    monkeypatch.delenv("GRAPHGRAD_TRACEBACK", raising=False)
    result = call("samples")
    assert result.exit_code == 70
    assert "the moon is blue" in result.stderr
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("GRAPHGRAD_TRACEBACK", "1")
    assert "Traceback" in call("samples").stderr


def test_running_out_of_memory_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("graphgrad.cli.commands.samples.samples", fail)
    result = call("samples")
    assert result.exit_code == 6
    assert "needs more memory" in result.stderr
