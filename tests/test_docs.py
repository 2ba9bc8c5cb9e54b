"""Check the reference in docs/: its examples run, and its tables say what the program does.

The rows of a table below ``<!-- table: NAME -->`` are generated; write them anew by
``UPDATE_DOCS=1 python -m pytest tests/test_docs.py``. What a page words itself in the last column,
in Spanish for instance, is kept.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from graphgrad import errors
from graphgrad.api.public import PUBLIC
from graphgrad.autodiff.jacobian import LARGEST_JACOBIAN
from graphgrad.autodiff.record import record
from graphgrad.cli.program import main
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reading import answer_sheet as answers
from graphgrad.expr import decimals, juxtaposed, lenient, tokens
from graphgrad.expr.dialect import ANSWER, COMMA, STRICT
from graphgrad.files import reading
from graphgrad.graph.check import check_graph
from graphgrad.graph.graph import Graph
from graphgrad.layers.initialisers import INITIAL_VALUES
from graphgrad.messages.catalogue import LANGUAGES, catalogue
from graphgrad.ops.registry import ROWS, remove_row
from graphgrad.ops.row import Infix, Leaf, Prefix, Row, Setting
from graphgrad.ops.shapes import MOST_ENTRIES, MOST_GIVEN, shape_text
from graphgrad.source import lower, operands
from graphgrad.source.gg import read_gg
from graphgrad.source.leaves import literal
from graphgrad.source.programs import workspace
from graphgrad.source.programs.definitions import DEEPEST_CALLS
from graphgrad.source.statements import KEYWORDS, STARTS
from graphgrad.views.figure.content.scene_options import HEATS, STYLES
from graphgrad.views.figure.decks.extras import EXTRAS
from graphgrad.views.figure.scene.pages import PAGES as PAGES_OF_SLIDES
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.figure.writers import WRITERS as FORMATS
from graphgrad.views.pass_writers import PASS_WRITERS
from tests.test_walked_pages import PAGES as WALKED_PAGES

DOCS = Path(__file__).parents[1] / "docs"
ENGLISH, SPANISH = DOCS / "language.md", DOCS / "lenguaje.md"
IN_SPANISH = {SPANISH} | {
    DOCS / f"{name}.md"
    for name in ("apuntes", "compilar", "exportar", "figuras", "lentes", "respuestas")
}
WALKED = {DOCS / name for name, _ in WALKED_PAGES}  # from top to bottom: test_walked_pages.py
PAGES = sorted(set(DOCS.glob("*.md")) - WALKED)
END_ONLY = "...\n"  # a console block that begins so shows the last lines of the output
STATUSES = [key.rpartition(".")[2] for key in catalogue() if key.startswith("check.status.")]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"`([\w.]+\.\w+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_VALUE = re.compile(r"# → (\S+)")
_STATUS = re.compile(rf"# ({'|'.join(STATUSES)})\b")


class Block(NamedTuple):
    """A fenced block of a page, and the line of the page it begins at."""

    page: Path
    language: str
    text: str
    line: int


def blocks(*languages: str) -> list[Block]:
    found = []
    for page in PAGES:
        source = page.read_text(encoding="utf-8")
        for match in _BLOCK.finditer(source):
            if match[1] in languages:
                line = source.count("\n", 0, match.start()) + 2
                found.append(Block(page, match[1], match[2], line))
    return found


def named(block: Block) -> str:
    return f"{block.page.name}:{block.line}"


def write_files(page: Path, folder: Path) -> None:
    """Write the files that a page shows under their names, and the samples."""
    for name, content in _FILE.findall(page.read_text(encoding="utf-8")):
        (folder / name).write_text(content, encoding="utf-8")
    shutil.copytree(DOCS.parent / "samples", folder / "samples")
    models = Path("tests") / "data" / "imports"
    shutil.copytree(DOCS.parent / models, folder / models)


# ---- examples ----


@pytest.mark.parametrize("block", blocks("gg"), ids=named)
def test_an_example_in_the_language_runs_and_gives_the_values_written_beside_it(
    block: Block, tmp_path: Path
) -> None:
    (tmp_path / "xor.csv").write_text("x1,x2,y\n0,0,0\n0,1,1\n", encoding="utf-8")
    graph = read_gg(block.text, path=str(tmp_path / "example.gg"))
    check_graph(graph)
    trace = record(graph, _ones(graph))
    assert trace.trouble is None
    dialect = COMMA if "decimal com" in block.text else STRICT
    names = dict(zip(graph.heading.places, graph.line_names, strict=True))
    for number, line in enumerate(block.text.splitlines(), 1):
        for written in _VALUE.findall(line):
            expected = np.asarray(literal(written, dialect), dtype=float)
            shown = np.asarray(trace.value(names[number]), dtype=float)
            np.testing.assert_allclose(shown, expected, rtol=1e-3, err_msg=line, strict=True)


def _ones(graph: Graph) -> dict[str, object]:
    """Return a value for every leaf that has none."""
    leaves = (line for line in graph.lines() if graph.is_leaf(line.root))
    return {
        line.name: np.ones(graph.columns.shape(line.root))
        for line in leaves
        if graph.defaults.get(line.root) is None
    }


def sheets() -> Iterator[tuple[Block, Block]]:
    """Yield each answer sheet with the exercise above it."""
    exercise = None
    for block in blocks("gg", "text"):
        if block.language == "gg":
            exercise = block
        elif exercise is not None and _STATUS.search(block.text):
            yield exercise, block


@pytest.mark.parametrize(
    ("exercise", "sheet"), [pytest.param(*pair, id=named(pair[1])) for pair in sheets()]
)
def test_a_sheet_is_marked_as_its_comments_say(exercise: Block, sheet: Block) -> None:
    report = check(read_gg(exercise.text), sheet.text)
    expected = {
        number: found[1]
        for number, line in enumerate(sheet.text.splitlines(), 1)
        if (found := _STATUS.search(line))
    }
    assert {mark.line: mark.status for mark in report.marks} == expected


@pytest.mark.parametrize("block", blocks("console"), ids=named)
def test_a_console_block_shows_the_real_output(
    block: Block,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_files(block.page, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    command, _, expected = block.text.removeprefix("$ graphgrad ").partition("\n")
    with pytest.raises(SystemExit):
        main(["--lang", "es" if block.page in IN_SPANISH else "en", *shlex.split(command)])
    shown = "".join(capsys.readouterr()).rstrip()
    if expected.startswith(END_ONLY):
        expected = expected.removeprefix(END_ONLY)
        assert len(shown) > len(expected.rstrip())
        shown = shown[-len(expected.rstrip()) - 1 :].removeprefix("\n")
    assert shown == expected.rstrip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_is_a_doctest(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    rows = len(ROWS)
    try:
        result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    finally:
        while len(ROWS) > rows:
            remove_row(ROWS[-1].name)
    assert not result.failed, capsys.readouterr().out
    written = page.read_text(encoding="utf-8").count("```python\n")
    assert result.attempted >= written


# ---- completeness ----


@pytest.mark.parametrize("page", [ENGLISH, SPANISH], ids=lambda page: page.name)
def test_every_keyword_has_an_example(page: Path) -> None:
    lines = [line for b in blocks("gg") if b.page == page for line in b.text.splitlines()]
    words = {line.split()[0] for line in lines if line.strip()}
    assert words >= {word for word in STARTS if word.isalpha()}
    if page == SPANISH:
        assert words >= KEYWORDS


def test_every_public_name_of_python_is_in_the_reference() -> None:
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    assert [name for name in PUBLIC if not re.search(rf"\bgg\.{name}\b", page)] == []


@pytest.mark.parametrize("page", ["figures.md", "figuras.md"])
def test_every_format_of_figures_is_in_the_reference(page: str) -> None:
    source = (DOCS / page).read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| `\.(\w+)` \|", source, re.MULTILINE))
    assert rows == {name: row.ending for name, row in FORMATS.items()} | {
        name: name for name in PASS_WRITERS
    }
    assert [extra for extra in EXTRAS.values() if f"`graphgrad[{extra}]`" not in source] == []
    assert [body for body in PAGES_OF_SLIDES if body not in source] == []


FIGURES = (DOCS / "figures.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"<!-- picture: (.*?) -->\n!\[[^]]+\]\((.*?)\)", FIGURES)


@pytest.mark.parametrize(("command", "shown"), PICTURES, ids=[shown for _, shown in PICTURES])
def test_a_picture_of_the_page_on_figures_is_the_one_render_draws(
    command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``UPDATE_DOCS=1`` writes the pictures anew."""
    shutil.copytree(DOCS.parent / "samples", tmp_path / "samples")
    (tmp_path / "docs" / "figures").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as caught:
        main(["--lang", "en", *shlex.split(command)])
    assert not caught.value.code
    drawn, kept = (tmp_path / "docs" / shown).read_bytes(), DOCS / shown
    if os.environ.get("UPDATE_DOCS"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(drawn)
    assert drawn == kept.read_bytes()


def test_the_pages_on_figures_show_the_same_pictures_and_explain_every_choice() -> None:
    spanish = (DOCS / "figuras.md").read_text(encoding="utf-8")
    told = [re.findall(r"!\[[^]]+\]\((.*?)\)", page) for page in (FIGURES, spanish)]
    assert told[0] == told[1] == [*(shown for _, shown in PICTURES), "gallery.png"]
    used = " ".join(command for command, _ in PICTURES)
    for option in ("--style", "--theme", "--layout", "--detail", "--collapse", "--heat"):
        assert option in used
    for page in (FIGURES, spanish):
        for word in (*STYLES, *HEATS, *THEMES):
            assert f"`{word}`" in page or f" {word}`" in page, word


ANSWERS = [DOCS / "answers.md", DOCS / "respuestas.md"]


@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.name)
def test_every_status_of_an_answer_is_explained(file: Path) -> None:
    page = file.read_text(encoding="utf-8")
    assert [status for status in STATUSES if f"| `{status}` |" not in page] == []


def test_the_glossary_has_the_words_that_the_program_shows() -> None:
    page = (DOCS / "glossary.md").read_text(encoding="utf-8")
    shown = [" ".join(found[side] for found in catalogue().values()).lower() for side in (0, 1)]
    words = re.findall(r"^\| ([^|`-][^|]*) \| ([^|]+) \|", page, re.MULTILINE)[1:]
    assert len(words) >= 30
    for pair in words:
        for word, side in zip(pair, shown, strict=True):
            assert word in side or pair == ("frame", "fotograma"), pair


# ---- tables ----


def call_of(row: Row) -> str:
    """Return how a row is called, with its operator where it has one."""
    arguments = [name[:-1] + ", ..." if name.endswith("*") else name for name in row.arguments]
    called = f"`{row.name}({', '.join(arguments)})`"
    if isinstance(row.notation, Infix):
        return f"`{arguments[0]} {row.notation.symbol} {arguments[1]}`, {called}"
    if isinstance(row.notation, Prefix):
        return f"`{row.notation.symbol}{arguments[0]}`, {called}"
    return called


def setting_of(setting: Setting) -> str:
    """Return a setting as files write it: axes from 1; in brackets where it may be left out."""
    default = setting.default
    if setting.kind == "axes":
        return f"`[{setting.name}]`"
    if default is None:
        return f"`{setting.name}`"
    if setting.kind == "shape":
        return f"`{setting.name}={shape_text(default)}`"
    shown = default + (setting.kind == "axis" and default >= 0)
    return f"`{setting.name}={float(shown):g}`"


def function_cells() -> list[list[str]]:
    return [
        [
            call_of(row),
            ", ".join(map(setting_of, row.settings)),
            ", ".join(row.aliases),
            row.doc.replace("|", r"\|"),
        ]
        for row in ROWS
        if not isinstance(row, Leaf)
    ]


def statuses(language: int) -> str:
    """Return the exit statuses: how each is worded, and the errors that mean it in Python."""
    raised: dict[int, list[str]] = {}
    for name in errors.__all__:
        error = getattr(errors, name)
        if name not in ("GraphgradError", "NotFiniteWarning", "Place"):
            raised.setdefault(error.exit_status, []).append(f"`{name}`")
    parts = []
    for code in range(7):
        part = f"**{code}** {catalogue()[f'help.status.{code}'][language]}"
        parts.append(part + (f" ({', '.join(raised[code])})" if code in raised else ""))
    return "; ".join(parts)


def function_rows(page: Path, kept: dict[str, str]) -> list[str]:
    """Return the rows of the table; the last cell is the page's own where it is not in English."""
    cells = function_cells()
    if page != ENGLISH:
        cells = [[*row[:-1], kept.get(row[0], "")] for row in cells]
    return ["| " + " | ".join(row) + " |" for row in cells]


@pytest.mark.parametrize("page", [ENGLISH, SPANISH], ids=lambda page: page.name)
def test_the_table_of_functions_is_the_registry(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    match = re.search(r"<!-- table: functions -->\n.*\n\|[-|]+\|\n((?:\|.*\n)*)", source)
    assert match is not None
    cells = [re.split(r" ?(?<!\\)\| ?", row) for row in match[1].splitlines()]
    rows = function_rows(page, {row[1]: row[-2] for row in cells})
    new = "".join(row + "\n" for row in rows)
    if os.environ.get("UPDATE_DOCS"):
        new_page = source[: match.start(1)] + new + source[match.end(1) :]
        page.write_text(new_page, encoding="utf-8", newline="\n")
        return
    assert match[1] == new, f"UPDATE_DOCS=1 writes this table into {page.name}:\n\n{new}"
    assert [row for row in rows if row.endswith("|  |")] == [], "describe these functions"


@pytest.mark.parametrize("page", [ENGLISH, SPANISH], ids=lambda page: page.name)
def test_initial_values_have_an_example(page: Path) -> None:
    source = "".join(block.text for block in blocks("gg") if block.page == page)
    missing = [name for name in INITIAL_VALUES if f"= {name}(" not in source]
    assert missing == []


@pytest.mark.parametrize("page", [ENGLISH, SPANISH], ids=lambda page: page.name)
def test_exit_statuses_are_worded_as_by_the_commands(page: Path) -> None:
    wanted = statuses(LANGUAGES.index("en" if page == ENGLISH else "es"))
    shown = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
    assert wanted in shown, wanted


def limits_of(page: Path) -> list[int]:
    """Return the numbers in bold of the paragraph that states a page's limits."""
    paragraph = page.read_text(encoding="utf-8").partition("<!-- limits -->\n")[2]
    found = re.findall(r"\*\*([\d ]+)\*\*", paragraph.partition("\n\n")[0])
    return [int(number.replace(" ", "")) for number in found]


@pytest.mark.parametrize("page", [ENGLISH, SPANISH], ids=lambda page: page.name)
def test_the_limits_of_the_language_are_the_real_ones(page: Path) -> None:
    assert limits_of(page) == [
        reading.LARGEST_FILE // 2**20,
        STRICT.max_length,
        STRICT.max_depth,
        tokens.MOST_DIGITS,
        operands.LARGEST_EXPONENT,
        lower.LARGEST_POWER,
        LARGEST_JACOBIAN,
        workspace.MOST_PASSES,
        workspace.MOST_MADE,
        DEEPEST_CALLS,
        MOST_ENTRIES,
        MOST_GIVEN,
    ]


@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.name)
def test_the_limits_of_answers_are_the_real_ones(file: Path) -> None:
    assert limits_of(file) == [
        answers.MOST_ANSWERS,
        ANSWER.max_length,
        lenient.MOST_TOKENS,
        ANSWER.max_depth,
        decimals.MOST_DIGITS,
        juxtaposed.LARGEST_EXPONENT,
    ]


def test_a_table_cell_shows_settings_as_files_write_them() -> None:
    assert setting_of(Setting("alpha", "number", Fraction(1, 100))) == "`alpha=0.01`"
    assert setting_of(Setting("axis", "axis", 0)) == "`axis=1`"
    assert setting_of(Setting("axis", "axis", -1)) == "`axis=-1`"
    assert setting_of(Setting("shape", "shape")) == "`shape`"
