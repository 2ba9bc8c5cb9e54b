"""Check what is said of wrong loops, families, definitions, layers and tables, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import graphgrad as gg
from graphgrad.cli.program import program
from graphgrad.errors import Place
from graphgrad.source.gg import read_gg
from tests.source.wrong_programs import OWN, WRONG, Wrong, caught, said

RECORD = Path(__file__).with_name("wrong_programs.txt")


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.what)
def test_a_wrong_file_is_told_what_and_where(wrong: Wrong) -> None:
    error = caught(wrong)
    assert error.place is not None
    assert (error.message_id, error.place.line) == (wrong.message, wrong.line)
    written = wrong.text.split("\n")[wrong.line - 1]
    assert error.place.text == written
    assert 1 <= error.place.column <= max(1, len(written))
    english, spanish = error.body("en"), error.body("es")
    assert english != spanish
    assert english.rstrip().endswith((".", "...")) or error.message_id.startswith("shape.")


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.what)
def test_the_same_is_told_on_a_command_line_and_in_python(wrong: Wrong) -> None:
    with pytest.raises(gg.GraphgradError) as told:
        gg.parse(wrong.text)
    assert told.value.message_id == wrong.message
    with pytest.raises(gg.GraphgradError) as typed:
        read_gg(wrong.text, free_inputs=True)
    assert typed.value.message_id == wrong.message


@pytest.mark.parametrize("wrong", WRONG[::7], ids=lambda wrong: wrong.what)
@pytest.mark.parametrize(("language", "word"), [("en", "line"), ("es", "línea")])
def test_a_command_line_shows_the_place_in_its_text(wrong: Wrong, language: str, word: str) -> None:
    done = CliRunner().invoke(program, ["--lang", language, "run", "-e", wrong.text])
    assert done.exit_code in (3, 6)
    assert f"-e, {word} {wrong.line}," in done.stderr
    assert "^" in done.stderr
    assert "Traceback" not in done.output


def _marked(place: Place) -> str:
    return place.text[place.column - 1 : place.column - 1 + place.length]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.what)
def test_in_one_row_of_a_command_line_the_same_is_marked(wrong: Wrong) -> None:
    rows = wrong.text.rstrip("\n").split("\n")
    if "#" in wrong.text:
        pytest.skip("a comment ends the row: what stands behind it is no part of the command")
    places = []
    for text in (wrong.text, "; ".join(rows)):
        with pytest.raises(gg.GraphgradError) as told:
            read_gg(text, free_inputs=True)
        assert told.value.message_id == wrong.message
        places.append(told.value.place)
    apart, joined = places
    before = sum(len(row) + len("; ") for row in rows[: apart.line - 1])
    assert (joined.line, joined.column) == (1, before + apart.column)
    assert _marked(joined) == _marked(apart).strip()


def test_what_is_said_is_what_was_read_aloud() -> None:
    said_now = "\n".join(map(said, OWN)).rstrip("\n")
    assert said_now + "\n" == RECORD.read_text("utf-8")


def test_errors_inside_bodies_name_the_line_of_use_and_the_pass() -> None:
    [inside] = [w for w in WRONG if w.what == "error inside a body inside a loop"]
    shown = caught(inside).text("en")
    assert "in f, used on line 4 for r[1]" in shown
    assert "in the pass t = 1 of the loop on line 3" in shown
    spanish = caught(inside).text("es")
    assert "en la pasada t = 1 del bucle de la línea 3" in spanish


@pytest.mark.parametrize("wrong", WRONG[::9], ids=lambda wrong: wrong.what)
@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_left_on_disk(wrong: Wrong, language: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.gg"
    path.write_text(wrong.text, "utf-8")
    out = str(tmp_path / "out.svg")
    for command in (["run", str(path)], ["render", str(path), "-o", out]):
        done = CliRunner().invoke(program, ["--lang", language, *command])
        assert done.exit_code in (3, 6)
        assert caught(wrong).body(language) in done.stderr
        assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == [path]
