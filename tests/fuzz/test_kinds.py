"""One test per kind of what was found: damaged archives, odd choices, engines, ends."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.cli.program import program
from graphgrad.errors import GraphgradError, SourceError, UsageError
from graphgrad.exercises.classroom.submissions import read_submissions
from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.read_exercise import read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.layers.training.told import valid_in
from graphgrad.source.gg import read_gg
from graphgrad.source.imports.archive import Archive, ArchiveError
from graphgrad.symbolic.derive.gradient import gradient_lines
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.layout.dot_output import laid_out
from graphgrad.views.lenses.registry import LENSES
from graphgrad.views.plots.scales import Scale
from tests.fuzz.figure_readers import outline_files, read_outlines
from tests.fuzz.reader import REGRESSION

# ---- archives ----

PACKED = (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def archive(method: int) -> bytes:
    out = io.BytesIO()
    entries = {"a.txt": "".join(f"z[{n}] = {n * n}\n" for n in range(60)), "b.txt": "z = 2\n"}
    with zipfile.ZipFile(out, "w") as made:
        for name, text in entries.items():
            made.writestr(zipfile.ZipInfo(name), text, method)  # of 1980, and not of now
    return out.getvalue()


def far_away(data: bytes, place: int) -> bytes:
    """Tell in 64 bits where the first entry is."""
    head = data.find(b"PK\x01\x02")
    extra = b"\x01\0\x08\0" + place.to_bytes(8, "little")
    found = bytearray(data)
    found[head + 42 : head + 46] = b"\xff" * 4
    found[head + 30 : head + 32] = len(extra).to_bytes(2, "little")
    found[head + 51 : head + 51] = extra
    end = found.rfind(b"PK\x05\x06") + 12
    size = int.from_bytes(found[end : end + 4], "little") + len(extra)
    found[end : end + 4] = size.to_bytes(4, "little")
    return bytes(found)


def damaged() -> list[bytes]:
    found = [far_away(archive(8), place) for place in (2**40, 2**63 - 1, 2**63, 2**64 - 1)]
    for method, place in product(PACKED, range(36, 60, 3)):
        data = bytearray(archive(method))
        data[place] ^= 0x55
        found.append(bytes(data))
    return found


@pytest.mark.parametrize("data", damaged(), ids=range(28))
def test_a_damaged_entry_is_one_file_that_cannot_be_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    path.write_bytes(data)
    found = {one.path: one.problem for one in read_submissions(path)}
    assert found["a.txt"] in ("", "classroom.problem.unreadable")
    assert found["b.txt"] == ""


@pytest.mark.parametrize("data", damaged(), ids=range(28))
def test_a_damaged_model_is_told_as_one(data: bytes) -> None:
    with suppress(ArchiveError):
        Archive(data).read("a.txt")


# ---- choices of a figure ----

ODD = (3.5, object(), [1], {}, b"x", np.ones(2), 10**40, -1, float("nan"), ("w", 1), 1j)


@pytest.mark.parametrize("name", SceneOptions._fields)
def test_a_choice_of_another_kind_is_refused_in_words(name: str, tmp_path: Path) -> None:
    trace = record(read_gg(REGRESSION.decode()))
    for value in ODD:
        with pytest.raises(UsageError) as told:
            gg.render(trace, tmp_path / "a.svg", **{name: value})
        assert name in told.value.text("en"), value
        with pytest.raises(UsageError):
            gg.to_graphviz(trace, SceneOptions(**{name: value}))
    assert not list(tmp_path.iterdir())


def test_digits_have_the_bounds_of_the_command(tmp_path: Path) -> None:
    trace = record(read_gg(REGRESSION.decode()))
    gg.render(trace, tmp_path / "a.svg", digits=np.int64(3))
    for digits in (0, 18, True):
        with pytest.raises(UsageError, match="digits"):
            gg.render(trace, tmp_path / "b.svg", digits=digits)


# ---- numbers of thousands of digits ----

LONG = 10**5000
CALLS: dict[str, Callable[[Any, Any], object]] = {
    "param": lambda _x, _v: gg.param("x", [1, LONG]), "trace": lambda _x, _v: gg.trace(LONG),
    "name": lambda _x, _v: gg.param(LONG, 1.0), "reshape": lambda _x, v: v.reshape(LONG),
    "subscript": lambda _x, v: v[LONG], "axis": lambda _x, v: gg.softmax(v, axis=LONG),
    "view": lambda _x, v: v.view(LONG), "permute": lambda _x, v: v.permute(LONG),
    "step": lambda x, _v: gg.render(gg.trace(x * x), "a.svg", step=LONG),
    "scale": lambda x, _v: gg.render(gg.trace(x * x), "a.svg", scale=LONG),
    "lens": lambda x, _v: gg.inspect(x * x, LONG),
    "point": lambda x, _v: gg.trace(x * x, {LONG: 1}),
    "rate": lambda x, _v: gg.optim.SGD([x], lr=LONG), "text": lambda _x, _v: gg.parse(LONG),
    "tolerance": lambda x, _v: gg.gradcheck(x * x, tolerance=LONG),
    "keepdims": lambda _x, v: v.sum(keepdims=LONG), "mark": lambda _x, _v: gg.mark("a", LONG),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_number_that_python_cannot_write_is_told(call: Callable[[Any, Any], object]) -> None:
    with pytest.raises(GraphgradError) as told:
        call(gg.param("x", 2.0), gg.param("v", [1.0, 2.0, 3.0]))
    assert told.value.text("en") != told.value.text("es")


@pytest.mark.parametrize("key", ["title", "digits", "assume", "lang", "loss", "follow_on"])
@pytest.mark.parametrize("number", ["0x" + "f" * 4000, "0o" + "7" * 5000, "0b" + "1" * 15_000])
def test_a_number_of_toml_that_python_cannot_write_is_told(key: str, number: str) -> None:
    text = f'+++\nformat = "graphgrad-exercise/1"\nid = "a"\n{key} = [[{number}], 1]\n+++\n'
    with pytest.raises(SourceError) as told:
        read_exercise(text, "e.md")
    assert told.value.message_id == "classroom.file.long_number"
    place = told.value.place
    assert place is not None
    assert place.line == 4


# ---- outlines that were kept ----


@pytest.mark.parametrize(
    "entry",
    [
        "[" * 100_000, "[NaN,1,1,[],[],[]]", "[1,1,1,[[0,NaN,0,1]],[],[]]", "[1,1,1,{},{},[]]",
        "[1,1,1,[],[],[Infinity]]", "[1e999,1,1,[],[],[]]", "{}", "[1,1,1,[[9999,0,0,1]],[],[]]",
    ],
)  # fmt: skip
def test_outlines_that_do_not_hold_up_are_forgotten(entry: str) -> None:
    parts = outline_files()[0].decode().split("\f\n")
    lines = parts[2].split("\n")[:-1]
    assert len(lines) > 1
    damaged = "".join(f"{key}\n{entry}\n" for key in lines[::2])
    read_outlines("\f\n".join([*parts[:2], damaged]).encode())


# ---- engines ----

SOURCE = "digraph {\n\tnode [shape=box]\n\tn0 [width=1]\n\tn1 [width=1]\n\tn0 -> n1 [id=e0]\n}"
BOX = {"name": "n0", "pos": "1,1", "width": "1", "height": "1"}
EDGE = {"id": "e0", "pos": "0,0 1,1 2,2 3,3"}
ANSWER: dict[str, Any] = {"bb": "0,0,9,9", "objects": [BOX, BOX | {"name": "n1"}], "edges": [EDGE]}


class Answering:
    """An engine that answers the same to everything."""

    name, formats, html_labels = "odd", ("svg", "json"), False

    def __init__(self, answer: Any) -> None:
        self.name = repr(answer)  # what answers are kept by
        self.answer = answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def run(self, source: str, file_format: str) -> bytes:
        return self.answer


def test_an_engine_that_answers_well_is_taken() -> None:
    assert set(laid_out(SOURCE, Answering(ANSWER)).curves) == {"e0"}


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"[", b"[]", b"3", b"[" * 5000, {}, ANSWER | {"bb": 3}, ANSWER | {"edges": []},
        ANSWER | {"objects": [BOX]}, ANSWER | {"objects": [BOX | {"pos": "nan,1"}]},
        ANSWER | {"edges": [EDGE | {"pos": ""}]}, ANSWER | {"edges": [EDGE | {"pos": "s,1,1"}]},
        ANSWER | {"edges": [EDGE | {"pos": 3}]}, ANSWER | {"edges": {"a": 1}},
        ANSWER | {"bb": "0,0,inf,9"}, ANSWER | {"objects": [BOX, BOX | {"name": "n2"}]},
        ANSWER | {"objects": [BOX | {"width": "1e999"}, BOX | {"name": "n1"}]},
    ],
)  # fmt: skip
def test_an_engine_that_answers_anything_else_has_failed(answer: Any) -> None:
    with pytest.raises(UsageError) as told:
        laid_out(SOURCE, Answering(answer))
    assert told.value.message_id == "figure.engine_failed"
    assert told.value.text("en") != told.value.text("es")


# ---- settings of lenses ----

VALUES = ("1/0", "1/nan", "inf/2", "3/", "nan", "1e101", "-1e308", "3:1", "", "9" * 400)


@pytest.mark.parametrize("name", LENSES)
def test_a_setting_that_cannot_be_is_told(name: str) -> None:
    lens = LENSES[name]
    for option, value in product(lens.options, (*VALUES, float("inf"), 10**400, None, object())):
        if option.kind in ("number", "numbers", "whole"):
            with pytest.raises(UsageError) as told:
                lens.settings({option.name: value})
            assert told.value.message_id == "lens.bad_option"
    for option in (one for one in lens.options if one.kind == "whole"):
        with pytest.raises(UsageError):
            lens.settings({option.name: "4294967296"})


@pytest.mark.parametrize("name", [n for n, one in LENSES.items()
                                  if {"low", "high"} <= {o.name for o in one.options}])  # fmt: skip
def test_a_stretch_has_its_ends_in_order(name: str) -> None:
    with pytest.raises(UsageError) as told:
        LENSES[name].settings({"low": "2", "high": "1"})
    assert told.value.message_id == "lens.ends"


@pytest.mark.parametrize("ends", [(1.0, 1.0), (1e100, 1e100), (-1e308, 1e308), (0.0, 5e-324)])
def test_an_axis_as_wide_as_nothing_or_everything_has_marks(ends: tuple[float, float]) -> None:
    scale = Scale(*ends)
    assert scale.place(ends[0]) is not None
    assert all(0 <= place <= 1 for place, _ in scale.marks())


def test_a_sweep_shows_the_loss_of_files_that_have_one(tmp_path: Path) -> None:
    path = tmp_path / "a.gg"
    path.write_text("param w = [1, 2]\ny = 2*w\n", "utf-8")
    found = CliRunner().invoke(program, ["sweep", str(path), "w=1:2", "--show", "loss"])
    assert found.exit_code in (2, 3), found.output
    found = CliRunner().invoke(program, ["sweep", str(path), "v=1:2", "--show", "loss"])
    assert found.exit_code in (2, 3), found.output


# ---- formulas and exercises ----


@pytest.mark.parametrize(
    "formula", ["k/7/0*w", "w/0", "2*w/(0*w)", "w/7/0", "(w/3)/(0/5)", "0/0*w"]
)
def test_what_is_divided_by_0_has_a_formula_of_its_derivative(formula: str) -> None:
    gradient_lines(read_gg(f"const k = 1\nparam w = 2\nL = {formula}"))


def test_numbers_that_failed_are_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[str, ...]] = []
    variant = Family.variant
    monkeypatch.setattr(Family, "variant", lambda self, draw=1: tried.append(self.exercise.avoid)
                        or variant(self, draw))  # fmt: skip
    text = "gg 1\ninput x = 2\nparam w = 0.5\nz = relu(x - x)\nloss L = (w*x + z)^2"
    with suppress(SourceError):
        exercise_from(read_gg(text), text, "a.gg", Wish())
    assert [avoid for avoid in tried if "kink" in avoid] == [tried[0]] * 3  # once per range


@pytest.mark.parametrize("recipe", ["valid=1/0", "valid=1e999", "valid=e", "valid=1e999999999"])
def test_a_recipe_changed_by_hand_keeps_nothing_apart(recipe: str) -> None:
    assert valid_in(f"adam(rate=0.01), {recipe}") is None
