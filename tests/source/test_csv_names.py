"""The names of a `data` line and those of a file's first row: by name, by position, or refused."""

from __future__ import annotations

import pytest

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import STRICT
from graphgrad.source.csv_tables import read_csv
from graphgrad.source.data import Column
from graphgrad.source.gg import read_gg


def _read(tmp_path, text, *columns):
    path = tmp_path / "d.csv"
    path.write_text(text)
    table = read_csv(path, [Column(*column) for column in columns], STRICT, whole=False).table()
    return [[list(map(int, v)) if hasattr(v, "shape") else int(v) for v in r] for r in table.rows]


def test_names_of_the_first_row_are_taken_by_name(tmp_path):
    text = "a,b,c\n1,2,3\n4,5,6\nvalid,,\n7,8,9\n"
    assert _read(tmp_path, text, ("c",), ("a",), ("b",)) == [[3, 1, 2], [6, 4, 5], [9, 7, 8]]
    assert _read(tmp_path, text, ("c",), ("a",)) == [[3, 1], [6, 4], [9, 7]]


def test_other_names_go_by_position(tmp_path):
    text = "a,b,c\n1,2,3\n"
    assert _read(tmp_path, text, ("p",), ("q",), ("r",)) == [[1, 2, 3]]
    assert _read(tmp_path, text, ("p",), ("b",), ("r",)) == [[1, 2, 3]]
    assert _read(tmp_path, text, ("x", (2,)), ("c",)) == [[[1, 2], 3]]


@pytest.mark.parametrize(
    "columns", [[("b",), ("p",), ("c",)], [("p",), ("a",), ("q",)], [("x", (2,)), ("a",)]]
)
def test_names_at_other_places_are_refused_with_both_orders(tmp_path, columns):
    with pytest.raises(SourceError) as error:
        _read(tmp_path, "a,b,c\n1,2,3\n", *columns)
    assert error.value.message_id == "source.table_order"
    assert "a, b, c" in str(error.value)
    assert ", ".join(name for name, *_ in columns) in str(error.value)


@pytest.mark.parametrize("columns", [[], [("a",), ("b",)]])
@pytest.mark.parametrize("text", ["a;b\n1,2;0,4\n", "1,2;0,4\n1,5;0,6\n", "a;b\n1;2\n"])
def test_a_spanish_table_is_told_what_heads_the_file(tmp_path, text, columns):
    with pytest.raises(SourceError) as error:
        _read(tmp_path, text, *columns)
    assert error.value.message_id == "source.semicolons"
    assert "`decimal comma`" in str(error.value)


def test_spanish_rows_in_a_file_of_graphs_are_told_too():
    with pytest.raises(SourceError) as error:
        read_gg("data x y k\n1,2;0,4;rosa\n1,5;0,6;azul\nz = x\n")
    assert (error.value.message_id, error.value.place.line) == ("source.semicolons", 2)
    assert read_gg("decimal comma\ndata x y k\n1,2;0,4;rosa\nz = x\n").heading.table.rows[0][2] == 0


def test_a_header_with_a_semicolon_in_a_name_goes_by_position(tmp_path):
    assert _read(tmp_path, "length (m; s),b\n1,2\n", ("p",), ("q",)) == [[1, 2]]


def test_a_short_row_is_refused_where_some_columns_are_taken(tmp_path):
    with pytest.raises(SourceError) as error:
        _read(tmp_path, "a,b,c\n1,2\n", ("c",), ("a",))
    assert error.value.message_id == "source.row_length"


@pytest.mark.parametrize(("name", "head"), [("heigth", "height"), ("alturra", "altura")])
def test_a_name_that_is_nearly_that_of_the_file_is_refused(tmp_path, name, head):
    with pytest.raises(SourceError, match=head) as error:
        _read(tmp_path, f"{head},weight,k\n1,2,0\n", (name,), ("weight",), ("k",))
    assert error.value.message_id == "source.column_misspelt"
    assert _read(tmp_path, f"{head},weight,k\n1,2,0\n", ("size",), ("weight",), ("k",))


def test_other_tables_than_csv_are_told_what_they_are(tmp_path):
    with pytest.raises(SourceError) as error:
        _read(tmp_path, "a\tb\n1\t2\n")
    assert error.value.message_id == "source.tabs"
    with pytest.raises(SourceError, match=r"1\.70") as error:
        _read(tmp_path, 'a,b\n"1,70",2\n')
    assert error.value.message_id == "source.decimal_cell"
    assert _read(tmp_path, "sep=,\na,b\n1,2\n") == [[1, 2]]
