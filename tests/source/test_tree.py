"""Check that a tree holds every character of a text, and that readers and printers share it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import STRICT
from graphgrad.messages.keywords import meant
from graphgrad.source.gg import read_gg
from graphgrad.source.headings import HeadingLines
from graphgrad.source.reader import Reader
from graphgrad.source.statements import KEYWORDS, STARTS, read_statement
from graphgrad.source.text import decode, decode_as_written
from graphgrad.source.tree import text_of, tree_of
from tests.source.programs import programs

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.gg"))


@settings(max_examples=150, deadline=None)
@given(programs())
def test_a_program_comes_back_character_by_character(text: str) -> None:
    tree = tree_of(text)
    assert text_of(tree) == text
    assert [piece.number for piece in tree] == sorted({piece.number for piece in tree})


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab1=+([])"#;,\\ \t\r\n\ufeffé', max_size=60), st.booleans())
def test_any_text_comes_back_whether_or_not_it_can_be_read(text: str, semicolons: bool) -> None:
    assert text_of(tree_of(text, semicolons=semicolons)) == text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_samples_come_back_byte_for_byte(path: Path, end: str, encoding: str) -> None:
    data = path.read_text(encoding="utf-8").replace("\n", end).encode(encoding)
    text, found = decode_as_written(data, "")
    assert text_of(tree_of(text)).encode(found) == data
    code = [(p.number, p.text) for p in tree_of(text)]
    assert code == [(p.number, p.text) for p in tree_of(decode(data, ""))]


def test_a_piece_has_its_place_its_code_and_its_comments() -> None:
    tree = tree_of("# first\n\nx = (1 +  # one\n  2)  # sum\ninput y = 3\n")
    assert [(piece.number, piece.text) for piece in tree] == [
        (1, ""),
        (2, ""),
        (3, "x = (1 +\n  2)"),
        (5, "input y = 3"),
    ]
    assert tree[2].written == "x = (1 +  # one\n  2)  # sum\n"


def test_a_text_in_another_normal_form_is_read_in_ours_and_kept_as_it_is() -> None:
    text = 'title "Regresio\u0301n"\nn\u0303 = 1 + 1\n'
    tree = tree_of(text)
    assert tree[1].text == "ñ = 1 + 1"
    assert text_of(tree) == text
    assert read_gg(text).line_names == ["ñ"]


def test_semicolons_separate_on_a_command_line_and_columns_stay() -> None:
    text = 'a = f([1; 2], 3); b "x;y" = a; # ; no\nc = b'
    tree = tree_of(text, semicolons=True)
    assert [piece.text.strip() for piece in tree] == [
        "a = f([1; 2], 3)",
        'b "x;y" = a',
        "",
        "c = b",
    ]
    assert tree[1].text.index("b") == text.index("b ")
    assert text_of(tree) == text


def test_a_bracket_that_is_never_closed_is_told_by_its_piece_and_the_rest_is_there() -> None:
    tree = tree_of("a = (1 +\nb 2\ninput x = 3\ny = x\n")
    assert [piece.error is not None for piece in tree] == [True, False, False]
    with pytest.raises(SourceError) as caught:
        read_gg("a = (1 + \nb 2\ninput x = 3\ny = x\n")
    assert caught.value.message_id == "source.never_closed"
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (1, 5)


def test_an_open_bracket_is_told_before_a_name_that_is_unknown_above_it() -> None:
    with pytest.raises(SourceError) as caught:
        read_gg("y = q + 1\nz = (y\nloss L = z")
    assert caught.value.message_id == "source.never_closed"


# ---- what starts a statement ----


@pytest.mark.parametrize("word", sorted(STARTS))
def test_every_row_has_its_reader(word: str) -> None:
    row = STARTS[word]
    assert row.word == word
    assert callable(getattr(Reader, f"_read_{row.reader}"))
    if row.reader == "heading":
        assert callable(getattr(HeadingLines, f"_read_{word}"))
    assert row.takes in ("name", "words", "text")


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_a_keyword_starts_a_statement_but_is_a_name_before_an_equals_sign(word: str) -> None:
    assert read_statement(f"{word} = 3", STRICT).keyword == "="
    assert read_statement(f"{word} x", STRICT).keyword == meant(word)
    closing = tree_of(f"a = (1 +\n2\n{word} x = 1")
    assert closing[0].error is not None


def test_a_word_that_looks_like_a_keyword_is_told_its_name() -> None:
    with pytest.raises(SourceError) as caught:
        read_gg("imput x = 3\ny = x")
    assert "input" in str(caught.value)
