"""A live session: every message of its protocol, in both languages, with mistakes in words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import graphgrad as gg
from graphgrad.errors import GraphgradError, NonFiniteError
from graphgrad.live.front_end import live_style
from graphgrad.live.mistake import in_a_page, mistake_of
from graphgrad.live.session import Session
from graphgrad.messages.catalogue import Worded, catalogue, in_language
from graphgrad.messages.catalogue import text as catalogued

TEXT = "input x = 3  # km\nparam w = 2\nz = w*x\nloss L = z^2\n"
SMALL = {"predict": False}
WIDE = "input x: 784 = uniform(draw=1)\nlayer l = dense(256)\ny = l(x)\nloss L = sum(y^2)\n"


def did(session: Session, do: str, **fields: Any) -> dict[str, Any]:
    """Return the answer to a message, which JSON can hold and which blames no mistake on us."""
    answer = session.answer(json.loads(json.dumps({"do": do, **fields})))
    assert json.loads(json.dumps(answer)) == answer
    assert answer["did"] == do
    assert answer.get("mistake", {}).get("id") != "program.own_mistake", answer["mistake"]
    return answer


def fine(session: Session, do: str, **fields: Any) -> dict[str, Any]:
    answer = did(session, do, **fields)
    assert answer["ok"], answer["mistake"]
    return answer


def values(answer: dict[str, Any]) -> dict[str, str | None]:
    return {leaf["name"]: leaf["value"] for leaf in answer["shown"]["leaves"]}


def test_it_shows_what_the_page_shows() -> None:
    trace = gg.trace(gg.parse(TEXT))
    from graphgrad.exercises.judging.page_questions import page_questions
    from graphgrad.views.figure.html.html_page import html_of
    from graphgrad.views.figure.scene.compose import scene_of

    page = html_of(scene_of(trace), questions=page_questions(trace)).decode("utf-8")
    shown = fine(Session(TEXT), "show")["shown"]
    assert shown["body"] in page
    assert shown["style"].removesuffix(live_style()) in page
    assert shown["asks"]
    assert shown["last"] == 7


def test_a_leaf_and_a_formula_are_changed_undone_and_written_into_the_text() -> None:
    session = Session(TEXT, view=SMALL)
    assert values(fine(session, "set", name="w", value="0,5")) == {"x": "3", "w": "0.5"}
    shown = fine(session, "set", name="z", value="w*x + 1", step=4)["shown"]
    assert "6.25" in shown["body"]
    assert shown["step"] == 4
    saved = fine(session, "save")
    assert saved == {"ok": True, "did": "save", "unwritten": [], "text": saved["text"]}
    assert saved["text"] == "input x = 3  # km\nparam w = 0.5\nz = w*x + 1\nloss L = z^2\n"
    assert "w*x + 1" not in fine(session, "undo")["state"]["text"]
    assert values(fine(session, "undo"))["w"] == "2"
    assert fine(session, "undo")["shown"]["undo"] is False
    fine(session, "redo")
    assert fine(session, "redo")["state"]["text"] == TEXT.replace("w*x", "w*x + 1")


def test_a_state_that_was_kept_makes_the_same_session_again() -> None:
    session = Session("input x = [1, 2]\nparam w = [1, 0.1]\nloss L = dot(w, x)", language="es")
    fine(session, "view", style="wire", digits=3, entries=True, predict=False)
    answer = fine(session, "set", name="w[2]", value="1/3")
    again = Session.restored(json.loads(json.dumps(answer["state"])))
    assert fine(again, "show")["shown"] == {**answer["shown"], "undo": False}
    assert fine(again, "save")["text"].startswith("input x = [1, 2]\nparam w = [1, 1/3]")
    assert values(fine(again, "view", entries=False))["x"] == "[1, 2]"


def test_every_choice_of_the_view_shows() -> None:
    text = "input x = [0.1234, 2]\nh = dense(x, units=2)\nloss L = sum(h*h)"
    session = Session(text, view=SMALL)
    seen = {fine(session, "show")["shown"]["body"]}
    for choice in (
        {"style": "operator"},
        {"style": "wire"},
        {"style": "formula", "detail": "op"},
        {"detail": "layer"},
        {"detail": "line", "layout": "columns"},
        {"heat": "value"},
        {"notation": "upv"},
        {"show": "values"},
        {"legend": True},
        {"digits": 2},
        {"decimal_comma": True},
        {"language": "es"},
        {"predict": True},
    ):
        body = fine(session, "view", **choice)["shown"]["body"]
        assert body not in seen, choice
        seen.add(body)
    assert "color-scheme: dark" in fine(session, "view", theme="dark")["shown"]["style"]


def test_a_graph_and_a_pass_of_python_are_shown_and_changed_as_a_text_is() -> None:
    w = gg.param("w", 2.0)
    loss = (w * gg.input("x", 3.0) - 1) ** 2
    session = Session(gg.trace(loss.graph()), view=SMALL)
    assert values(fine(session, "set", name="w", value="1"))["w"] == "1"
    assert "param w = 1" in fine(session, "save")["text"]
    refused = did(session, "set", name="w", value="[1, 2]")["mistake"]
    assert refused["id"] == "edit.no_value"


def test_the_numbers_of_a_pass_are_those_it_was_made_with() -> None:
    trace = gg.trace(gg.parse(TEXT), {"w": 5, "x": 3})
    session = Session(trace, view=SMALL)
    assert values(fine(session, "show")) == {"x": "3", "w": "5"}
    assert "225" in fine(session, "show", step=7)["shown"]["body"]
    fine(session, "set", name="x", value="1")
    assert session.trace.values[-1] == 25
    assert "param w = 5" in fine(session, "save")["text"]
    again = Session.restored(session.state())
    assert again.trace.values[-1] == 25


def test_a_theme_is_nothing_to_be_undone() -> None:
    session = Session(TEXT, view=SMALL)
    assert fine(session, "view", theme="dark")["shown"]["undo"] is False
    fine(session, "set", name="w", value="7")
    fine(session, "view", theme="print")
    answer = fine(session, "undo")
    assert answer["state"]["view"]["theme"] == "print"
    assert values(answer)["w"] == "2"


def test_a_leaf_without_a_value_waits_for_one() -> None:
    session = Session("input x\nparam w\nloss L = w*x", language="es", view=SMALL)
    shown = fine(session, "show")["shown"]
    assert shown["last"] == 0
    assert shown["notes"][0].startswith("x no tiene valor")
    fine(session, "set", name="x", value="2")
    shown = fine(session, "set", name="w", value="3,5")["shown"]
    assert shown["last"] == 5
    assert fine(session, "save")["text"] == "input x = 2\nparam w = 3.5\nloss L = w*x"


def test_reading_formatting_and_checking_leave_the_session_as_it_is() -> None:
    session = Session(TEXT, language="es", view=SMALL)
    before = session.state()
    assert fine(session, "read", text="input q = 1\nloss L = q")["ok"]
    assert fine(session, "format", text="input   x=3\nloss L=x *x")["text"] == (
        "input x = 3\nloss L = x*x\n"
    )
    answer = fine(session, "check", answers="z = 6\ndL/dw = 35", ask=["z", "dL/dw", "L"])
    assert [step["status"] for step in answer["report"]["steps"]] == ["right", "wrong", "missing"]
    assert any("correcto" in line for line in answer["lines"])
    assert "36" not in json.dumps(answer)
    assert "36" in json.dumps(fine(session, "check", answers="dL/dw = 35", key=True))
    assert session.state() == before


MISTAKES: list[tuple[str, dict[str, Any]]] = [
    ("live.no_deed", {"do": "opn"}),
    ("live.no_deed", {"do": None}),
    ("live.no_text", {"do": "open", "text": 3}),
    ("live.no_text", {"do": "set", "name": "w"}),
    ("live.no_leaf", {"do": "set", "name": "ww", "value": "1"}),
    ("live.no_choice", {"do": "view", "styl": "wire"}),
    ("live.choice", {"do": "view", "style": "wires"}),
    ("live.choice", {"do": "view", "digits": 99}),
    ("live.choice", {"do": "view", "digits": True}),
    ("live.choice", {"do": "view", "entries": 1}),
    ("live.choice", {"do": "view", "language": "xx"}),
    ("live.choice", {"do": "show", "step": "two"}),
    ("figure.unknown_part", {"do": "view", "show": "numbers"}),
    ("source.unknown_name", {"do": "open", "text": "input x = 1\nloss L = q*x"}),
    ("source.unknown_name", {"do": "set", "name": "z", "value": "w*q"}),
    ("source.unknown_name", {"do": "format", "text": "loss L = q"}),
    ("live.no_text", {"do": "check", "answers": None}),
    ("live.choice", {"do": "check", "answers": "z = 6", "ask": "z"}),
]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_mistake_is_told_in_words_and_changes_nothing(language: str) -> None:
    session = Session(TEXT, language=language, view=SMALL)
    before, side = session.state(), ("en", "es").index(language)
    for message_id, message in MISTAKES:
        answer = session.answer(message)
        assert not answer["ok"]
        mistake = answer["mistake"]
        assert mistake["id"] == message_id, mistake
        start = catalogue()[message_id][side].partition("{")[0]
        assert mistake["message"].startswith(start)
        assert "Traceback" not in mistake["text"]
        assert session.state() == before
    place = session.answer({"do": "open", "text": "input x = 1\nloss L = q*x"})["mistake"]["place"]
    assert place == {"line": 2, "column": 10, "length": 1, "text": "loss L = q*x"}
    for odd in (None, 3, "open", [], {}):
        assert not session.answer(odd)["ok"]  # type: ignore[arg-type]


def test_what_stands_in_no_line_of_the_text_is_named() -> None:
    text = "decimal comma\ninput x = [1,5; 2]\nh = dense(x; units=2)\nloss L = sum(h)\n"
    session = Session(text, view=SMALL)
    layer = next(leaf["name"] for leaf in fine(session, "show")["shown"]["leaves"][1:])
    fine(session, "set", name="x", value="[2,5; 1]")
    fine(session, "set", name=layer, value="[[1, 2], [3, 4]]")
    saved = fine(session, "save")
    assert saved["text"] == text.replace("[1,5; 2]", "[2,5; 1]")
    assert saved["unwritten"] == [layer]


def test_a_page_is_told_what_can_be_done_there() -> None:
    """No sentence of a session names an option of the command line."""
    known = catalogue()
    for own, wordings in known.items():
        if own.startswith("live.instead."):
            usual = known[own.removeprefix("live.instead.")]
            for here, there in zip(wordings, usual, strict=True):
                assert " --" not in here, own
                assert set(re.findall(r"{(\w+)", here)) <= set(re.findall(r"{(\w+)", there)), own
    stable = Worded("trouble.stable", line="y", after="softplus(x)")
    told = in_a_page(NonFiniteError("near.none", near=stable)).fields["near"]
    with in_language("en"):
        said = catalogued(told.message_id, **told.fields)
    assert said.strip() == "The stable form is y = softplus(x): write it so."


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("text", "do", "fields", "told"),
    [
        pytest.param(
            WIDE,
            "view",
            {"entries": True},
            "Entry by entry|Entrada a entrada",
            marks=pytest.mark.slow,
        ),
        ("input x = [1, 2]\nloss L = x*2", "show", {}, r"sum\(\.\.\.\)"),
    ],
    ids=["entries", "loss"],
)
def test_advice_names_menus(
    text: str, do: str, fields: dict[str, Any], told: str, language: str
) -> None:
    answer: dict[str, Any] = {}
    try:
        session = Session(text, language=language)
    except GraphgradError as error:  # the page tells it as it tells others
        with in_language(language):
            answer = {"mistake": mistake_of(error)}
    else:
        answer = did(session, do, **fields)
    said = [answer.get("mistake", {}).get("text", ""), *answer.get("shown", {}).get("notes", ())]
    assert re.search(told, " ".join(said)), answer
    assert not re.search(r"(?<![\w-])--[a-z]", " ".join(said)), said


def test_a_step_to_a_leaf_tells_its_arithmetic_and_what_is_undefined_is_called_so() -> None:
    body = Session("input x = 3\nparam w = 2\nz = w*x\nloss L = -z", language="en").shown()["body"]
    assert "Backward: w: The adjoint of w is −3." in body
    assert "dL/dw = −1·3 = −3." in body
    overflow = "input x = 3\nparam w = 400\nz = 2*exp(w*x)\nloss L = log(z - z)"
    for language, word in (("en", "undefined"), ("es", "indefinida")):
        shown = Session(overflow, language=language).shown()
        assert f"∂L/∂z = {word}<" in shown["body"]
        assert "z = … exp(w*x) …: " in shown["notes"][0]
        assert "z.2" not in shown["body"] + shown["notes"][0]


def test_numbers_are_written_with_a_comma_where_the_text_does_so() -> None:
    session = Session("decimal comma\ninput x = 0,5\nparam w = [1,5; 2]\nloss L = sum(w*x) + 0,25")
    shown = session.shown()
    assert [leaf["value"] for leaf in shown["leaves"]] == ["0,5", "[1,5; 2]"]
    said = re.sub(r"<script.*|<svg.*?</svg>", "", shown["body"], flags=re.DOTALL)
    assert '<td class="value" data-step="0">0,5<' in said
    assert not re.search(r">[^<]*\d\.\d", said)
    assert not re.search(r'"captions":\[[^]]*\d\.\d', shown["body"])
    answer = session.answer({"do": "set", "name": "w", "value": "[2,5; 2]"})
    assert answer["shown"]["leaves"][1]["value"] == "[2,5; 2]"
    assert Session("input x = 0.5\nloss L = x^2").shown()["leaves"][0]["value"] == "0.5"


def test_a_long_number_is_told_in_few_digits_beside_all_of_them() -> None:
    leaf = Session("input x = 0.30000000000000004\nloss L = x^2").shown()["leaves"][0]
    assert (leaf["value"], leaf["brief"]) == ("0.30000000000000004", "0.3")


def test_a_view_of_another_depth_shows_the_same_place() -> None:
    session = Session("input x = 3\nparam w = 2\nz = 2*w*x + 1\nloss L = z^2")
    for step in (1, 2, 5, 7):
        fine = session.answer({"do": "view", "detail": "op", "step": step})["shown"]
        assert fine["step"] > step
        coarse = session.answer({"do": "view", "detail": "line", "step": fine["step"]})["shown"]
        assert coarse["step"] == step


def test_why_nothing_is_asked_is_told() -> None:
    told = Session("input x = 0\nloss L = log(x)", language="es").shown()
    assert not told["asks"]
    assert "No se pregunta nada" in told["notes"][-1]


def test_weights_that_are_arrows_stand_in_the_table_with_their_derivatives() -> None:
    text = "input x = [1, 2]\nparam W = [[1, -1]]\ny = W@x\nloss L = sum(y^2)"
    session = Session(text, view={"style": "neurons"})
    rows = re.findall(r"<tr><th[^>]*>W\[1,(\d)\]</th>.*?</tr>", session.shown()["body"])
    gradient = session.trace.gradients["W"]
    cells = re.findall(r"W\[1,\d\]</th>.*?adjoint[^>]*>([^<]*)<", session.shown()["body"])
    assert sorted(rows) == ["1", "2"]
    assert sorted(map(float, cells)) == sorted(gradient[0].tolist())


def test_another_row_of_the_data_is_chosen_and_values_given_by_hand_stay() -> None:
    session = Session("data x, y\n    1 2\n    3 4\nparam w = 2\nloss L = (w*x - y)^2")
    assert (session.shown()["rows"], session.shown()["row"]) == (2, 1)
    session.answer({"do": "set", "name": "w", "value": "5"})
    shown = session.answer({"do": "row", "row": 2})["shown"]
    assert [leaf["value"] for leaf in shown["leaves"]] == ["3", "4", "5"]
    assert shown["row"] == 2
    assert session.answer({"do": "undo"})["shown"]["row"] == 1
    assert not session.answer({"do": "row", "row": 3})["ok"]
    assert Session("input x = 1\nloss L = x^2").shown()["rows"] == 0
