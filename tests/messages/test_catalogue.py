"""Check the catalogue: every id in both languages, with the same fields, worded and used."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from graphgrad.errors import GraphgradError, Place, SourceError
from graphgrad.messages import catalogue as messages
from graphgrad.messages.catalogue import LANGUAGES, catalogue, set_language, text
from graphgrad.source.gg import read_gg
from tests.messages.completeness import fields

PACKAGE = Path(messages.__file__).parents[1]


def wording_of(message_id: str, language: str, given: dict[str, object]) -> str:
    wording = messages.worded(message_id, language)
    return re.sub(":(setting|typed|name)}", "}", wording).format(**given)


@pytest.mark.parametrize("message_id", sorted(catalogue()))
def test_every_id_is_worded_in_both_languages_with_the_same_fields(message_id: str) -> None:
    english, spanish = catalogue()[message_id]
    assert fields(english) == fields(spanish)
    assert bool(english) == bool(spanish)
    worded = {
        name for name in fields(english) if re.search(rf"{{{name}:(setting|typed|name)}}", spanish)
    }
    given = {name: "7" if name in worded else 7 for name in fields(english)}
    for language in messages.LANGUAGES:
        assert text(message_id, language, **given) == wording_of(message_id, language, given)


@pytest.mark.parametrize("area", messages.AREAS)
def test_an_area_is_found_by_the_first_words_of_its_ids(area: str) -> None:
    starts = {message_id.partition(".")[0] for message_id in messages.ids_of(area)}
    assert messages.AREAS[area].split() == sorted(starts)


def test_every_module_of_wordings_is_an_area() -> None:
    folder = PACKAGE / "messages"
    files = {
        path.relative_to(folder).with_suffix("").as_posix().replace("/", ".")
        for path in folder.rglob("*.py")
        if "\nMESSAGES" in path.read_text(encoding="utf-8")
    }
    assert {name for name in files if not name.startswith("languages.")} == set(messages.AREAS)


def test_every_id_that_the_code_names_is_in_the_catalogue() -> None:
    areas = {message_id.split(".")[0] for message_id in catalogue()}
    pattern = re.compile(rf'"((?:{"|".join(sorted(areas))})\.[a-z][a-z_.]*)"')
    named = set()
    for path in [*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "tui").rglob("*.py")]:
        if "messages" not in path.parts:
            named |= {
                found
                for found in pattern.findall(path.read_text(encoding="utf-8"))
                if not found.endswith(
                    (".", ".gg", ".py", ".svg", ".json", ".txt", "css", ".html", ".js", ".pkl")
                )
            }
    textual_actions = {"app.help", "app.quit"}
    unknown = sorted(named - set(catalogue()) - textual_actions)
    assert not unknown


def test_the_language_is_the_chosen_one_else_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    set_language(None)
    for variable in ("GRAPHGRAD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert messages.language() == "en"
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    assert messages.language() == "es"
    monkeypatch.setenv("LC_ALL", "C")
    assert messages.language() == "en"
    monkeypatch.setenv("GRAPHGRAD_LANG", "es")
    assert messages.language() == "es"
    set_language("en")
    assert messages.language() == "en"
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")


def test_an_error_is_worded_at_the_edge_with_its_place() -> None:
    place = Place(3, 5, "z = w * * x", path="a.gg")
    error = SourceError("source.expected_operand", got="*", place=place)
    assert error.text("en").splitlines()[0].startswith("a.gg, line 3, column 5: got '*'")
    assert error.text("es").splitlines()[0].startswith("a.gg, línea 3, columna 5: hay '*'")
    assert error.text("en").splitlines()[1:] == ["    z = w * * x", "        ^"]


def test_an_error_survives_pickling() -> None:
    import pickle

    error = GraphgradError("sympy.twice", name="x")
    assert pickle.loads(pickle.dumps(error)).text() == error.text()


def test_spanish_tells_settings_and_shapes_in_spanish() -> None:
    told = text("training.setting_value", "es", setting="rate", row="adam", got="-1", expected="1")
    assert told.startswith("tasa (rate) de adam no puede ser -1")
    told = text("training.unknown_setting", "es", row="adam", got="rat", known="rate, eps", near="")
    assert "tiene tasa (rate), eps." in told
    told = text("layer.setting_count", "es", setting="units", layer="dense", got="0")
    assert told.startswith("unidades (units) de dense")
    assert text("shape.operands", "es", operands="x: 2, y: scalar") == "Formas: x: 2, y: escalar."
    assert "hay 2, escalar" in text("shape.concat", "es", shapes="2, scalar")
    assert "2, scalar" in text("shape.concat", "en", shapes="2, scalar")


def test_a_name_that_is_a_word_of_spanish_is_set_apart() -> None:
    assert text("step.gives", "es", value="2", name="a") == "2 a «a»"
    assert text("step.gives", "es", value="2", name="w") == "2 a w"
    assert text("step.gives", "en", value="2", name="a") == "2 to a"


@pytest.mark.parametrize(
    "text", ["input tw = 1\ny = t", "y = relux(1)", "layer c = dens(2)", "y ="]
)
def test_an_error_comes_back_whole_from_another_process(text: str) -> None:
    with pytest.raises(GraphgradError) as refused:
        read_gg(text)
    back = pickle.loads(pickle.dumps(refused.value))
    for language in LANGUAGES:
        assert back.text(language) == refused.value.text(language)
