"""`graphgrad fmt`: what is written, what is only shown, what is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program
from tests.source.programs import meaning

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.gg"))
UGLY = 'gg 1\n# A line\ntitle  "Línea"\n\n\n  input x=3 # given\n\ty=x ^ 2+1\n'
NEAT = 'gg 1\n# A line\ntitle "Línea"\n\ninput x = 3  # given\ny = x^2 + 1\n'


def call(*args: str, lang: str = "en", given: bytes | None = None) -> Result:
    return CliRunner().invoke(program, ["--lang", lang, "fmt", *args], input=given)


@pytest.fixture
def ugly(tmp_path: Path) -> Path:
    path = tmp_path / "ugly.gg"
    path.write_text(UGLY, encoding="utf-8")
    return path


def test_a_file_is_rewritten_once(ugly: Path) -> None:
    first = call(str(ugly))
    assert (first.exit_code, first.stdout) == (0, f"rewritten: {ugly}\n")
    assert ugly.read_bytes() == NEAT.encode()
    assert meaning(NEAT) == meaning(UGLY)
    again = call(str(ugly))
    assert (again.exit_code, again.output) == (0, "")
    assert list(ugly.parent.iterdir()) == [ugly]


def test_samples_would_not_change() -> None:
    result = call("--check", *map(str, SAMPLES))
    assert (result.exit_code, result.output) == (0, "")


def test_check_names_what_would_change_and_writes_nothing(ugly: Path, tmp_path: Path) -> None:
    neat = tmp_path / "neat.gg"
    neat.write_text(NEAT, encoding="utf-8")
    result = call("--check", str(neat), str(ugly))
    assert (result.exit_code, result.stdout) == (1, f"{ugly}\n")
    assert ugly.read_text(encoding="utf-8") == UGLY
    assert call("--check", str(neat)).exit_code == 0


def test_diff_shows_the_lines_that_would_change(ugly: Path) -> None:
    result = call("--diff", str(ugly))
    assert result.exit_code == 1
    rows = result.stdout.splitlines()
    assert rows[:2] == [f"--- {ugly}", f"+++ {ugly}"]
    assert [row for row in rows[2:] if row.startswith("+")] == [
        '+title "Línea"',
        "+input x = 3  # given",
        "+y = x^2 + 1",
    ]
    assert ugly.read_text(encoding="utf-8") == UGLY


def test_standard_input_goes_to_standard_output() -> None:
    assert call("-", given=UGLY.encode()).stdout == NEAT
    assert call("--check", "-", given=UGLY.encode()).stdout == "stdin\n"
    windows = call("-", given=UGLY.replace("\n", "\r\n").encode("utf-8-sig"))
    assert windows.stdout_bytes == NEAT.replace("\n", "\r\n").encode("utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_line_ends_and_encoding_stay(ugly: Path, encoding: str, end: str) -> None:
    ugly.write_bytes(UGLY.replace("\n", end).encode(encoding))
    assert call(str(ugly)).exit_code == 0
    assert ugly.read_bytes() == NEAT.replace("\n", end).encode(encoding)


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("y = (1\nz = 3\n", 3, {"en": "line 1, column 5", "es": "línea 1, columna 5"}),
        ("input x = 3\ny = q + x\n", 3, {"en": "line 2, column 5", "es": "línea 2, columna 5"}),
        ("", 3, {"en": "line 1, column 1", "es": "línea 1, columna 1"}),
    ],
)
def test_what_cannot_be_read_is_told_and_left_alone_and_the_others_are_written(
    ugly: Path, tmp_path: Path, text: str, status: int, words: dict[str, str]
) -> None:
    broken = tmp_path / "broken.gg"
    for lang in ("en", "es"):
        broken.write_text(text, encoding="utf-8")
        ugly.write_text(UGLY, encoding="utf-8")
        result = call(str(broken), str(ugly), lang=lang)
        assert result.exit_code == status
        assert f"{broken}" in result.stderr
        assert words[lang] in result.stderr
        assert broken.read_text(encoding="utf-8") == text
        assert ugly.read_text(encoding="utf-8") == NEAT


def test_a_file_that_is_missing_a_folder_and_no_file(tmp_path: Path) -> None:
    assert call(str(tmp_path / "none.gg")).exit_code == 4
    assert call(str(tmp_path)).exit_code == 4
    missing = call()
    assert missing.exit_code == 2
    assert "FILE" in missing.stderr


def test_a_file_of_data_beside_the_source_is_found(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    source = tmp_path / "points.gg"
    source.write_text('data   "points.csv"\nz=x+y\n', encoding="utf-8")
    assert call(str(source)).exit_code == 0
    assert source.read_text(encoding="utf-8") == 'data "points.csv"\nz = x + y\n'


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of Unix")
def test_permissions_stay_and_links_still_point(ugly: Path, tmp_path: Path) -> None:
    ugly.chmod(0o640)
    link = tmp_path / "link.gg"
    link.symlink_to(ugly)
    assert call(str(link)).exit_code == 0
    assert link.is_symlink()
    assert ugly.read_text(encoding="utf-8") == NEAT
    assert ugly.stat().st_mode & 0o777 == 0o640
