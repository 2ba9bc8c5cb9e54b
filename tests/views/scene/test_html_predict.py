"""The questions of the HTML stepper, asked and answered in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from graphgrad.cli.program import main
from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.enclosures import Ball, ball, precision
from graphgrad.exercises.judging.page_questions import LIMITS, accepted, page_questions
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reading.number_rule import judge_number, printed_entries
from graphgrad.expr.lenient import parse_answer
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.source.gg import read_gg
from graphgrad.views.figure.content.scene_options import SceneOptions, blanked_parts
from graphgrad.views.figure.html.html_page import html_of
from graphgrad.views.figure.scene.compose import scene_of

from .chromium import PROGRAM, Chromium
from .reading import ROOT, sample, traced

needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="needs Chromium, which is missing")
pytestmark = [pytest.mark.exe, needs_chromium]

TRUTHS: dict[str, Ball] = {}
with precision(256):
    for _number in ("-4", "0", "1", "1/3", "-2/3", "0.002", "0.45", "12.5", "0.9997", "-0.0412"):
        TRUTHS[_number] = ball(Fraction(_number))
    TRUTHS["sigmoid(2)"] = 1 / (1 + (-ball(Fraction(2))).exp())
    TRUTHS["-1e-7·e"] = -ball(Fraction("1e-7")) * ball(Fraction(1)).exp()

TYPED = """-4|−4|–4|- 4|--4|+4|4|-4.0|-4,00|-4.|−4,0|0|0.0|0,00|-0|1|1.0|1,00|-1|1/3|-1/3|2/6|1/-3|
−1/−3|1 / 3|1/3/1|0.333|0,333|0.33|0.3|0.334|0.3333333333333333|
0.333333333333333333333333333333333333333|-2/3|-0.667|-0,667|-0.666|-0.67|-0.66|-0.7|2e-3|2E-3|2.0e-3|0.002|0,002|.002|0.0020|2e-03|20e-4|
0.45|0,45|.45|,45|45e-2|9/20|0.450|0.4500|12.5|12,5|25/2|125e-1|1.25e1|1250/100|13|12|12.50|
0.9997|1.00|1.000|0.99970|1e0|0.99|0.999|-0.0412|-0,0412|-0.041|-0.04|-412e-4|-4.12e-2|-0.0411|
0.881|0,881|0.8807|0.88|0.8808|0.880797|0.8807970779|0.88079707797788|0.9|0.87|
-2.72e-7|-2,72e-7|-0.000000272|-2.718e-7|-2.71e-7|-2.7e-7|-3e-7|-271828e-12|-2.718281828459e-7|
1.234,5|1,234|1.234|1,234.5|1.5.2|1,5,2|1 000|abc|1/0|0/1|0.5/2|1,5/2|2·10^-3|(3)|½|-½|− ⅓|⅔ |π|
2*10^-3|2 x 10^-3|2·10⁻³|-2·10^{-3}|2·10^−3|20·10^-4|2.00·10^-3|4,5·10^-1|1.25·10^1|-4.12·10^-2|
-2.72·10⁻⁷|-2,718 × 10^-7|2e1·10^-4|2·10^301|2·10^1.5|3·10|10^-3|
0x10|1_000|١|5e|e5|inf|3!|=4|1.e5|1e+|--|/|1//3|1/3,|5 .|1e401|1e-400|1e400|
-|$|1;2|12 %|4 # c|1/2e1|1e3/2"""
CASES = [typed.strip("\n") for typed in TYPED.split("|")] + ["", " ", "\t-4 ", "\u00a0-4"]
CASES += ["2 x 10^-3", "2,0*10^−3", "-4.12·10^-2", "45×10^-2", "2e3·10^-6", "1/3·10^2", "2·10^"]
CASES += ["0,5,", "0.45;,", "-4 ,", ",", "-,", "3,,5"]
CASES += ["9" * 40, "9" * 41, "0." + "3" * 40, "1e" + "0" * 39, "0.8807970779778825"]


def ruled(typed: str, truth: Ball) -> list[str] | None:
    """Return Python's verdict on a typed number; None for what is no number."""
    try:
        printed = printed_entries(parse_answer(typed, Vocabulary([], []), "auto").expression)
    except GraphgradError:
        return None
    if printed is None or "(" in typed or "%" in typed:  # the page reads neither
        return None
    with precision(256):
        found = judge_number(printed[0], truth)
    return [found.status, found.remark]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile")) as page:
        yield page


def test_the_page_and_python_judge_every_typed_number_alike(browser: Chromium) -> None:
    script = (
        resources.files("graphgrad.views.figure.html").joinpath("numbers.js").read_text("utf-8")
    )
    tables = {}
    for name, truth in TRUTHS.items():
        table = accepted(truth)
        decimals = {key: pair for key, *pair in table.decimals}
        tables[name] = {"exact": table.exact, "decimals": decimals, "ranges": table.ranges}
    data = json.dumps([CASES, tables, LIMITS._asdict()])
    found = browser.value(
        f"""(() => {{ {script}
        const [cases, tables, limits] = {data};
        return JSON.stringify(Object.fromEntries(Object.entries(tables).map(([name, table]) =>
          [name, cases.map((typed) => {{
            const number = readNumber(typed, limits);
            return number && verdictOn(number, table, limits);
          }})])));
        }})()"""
    )
    verdicts = json.loads(found)
    statuses = set()
    for name, truth in TRUTHS.items():
        for typed, verdict in zip(CASES, verdicts[name], strict=True):
            expected = ruled(typed, truth)
            assert verdict == expected, (typed, name)
            statuses.add(tuple(verdict or ["unreadable"]))
    assert {status[0] for status in statuses} == {
        *("right", "rounded", "rough", "wrong", "unreadable")
    }
    assert len({status[1] for status in statuses if len(status) > 1}) == 5
    assert len(CASES) * len(TRUTHS) > 1500


# ---- one reader, from the first question to the marked file ----


def opened(page: Chromium, path: Path, source: Any, link: str = "#predict", **how: Any) -> None:
    trace = source if not isinstance(source, str) else sample(source)
    scene = scene_of(trace)
    path.write_bytes(html_of(scene, questions=page_questions(trace), **how))
    page.size(1280, 900)
    page.open(path.as_uri() + link)


def seen(page: Chromium) -> str:
    """Return all text that is laid out and visible."""
    return str(page.value("document.body.innerText"))


def shown(page: Chromium, selector: str) -> str:
    script = f"document.querySelector({json.dumps(selector)}).textContent"
    return str(page.value(script))


def answered(page: Chromium, typed: str) -> str:
    """Type an answer, press Enter, and return the verdict's status."""
    page.value("document.getElementById('answer').select(); 0")
    page.write(typed)
    page.press("Enter")
    return str(page.value("document.getElementById('verdict').dataset.status"))


def advance(page: Chromium) -> None:
    """Go on to the next question, if there is one."""
    idle = "document.getElementById('answer').disabled && !document.getElementById('next').disabled"
    while page.value(idle):
        page.click("#next")


def test_a_reader_answers_by_keys_alone_and_grading_reads_the_file(
    browser: Chromium, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    opened(browser, tmp_path / "page.html", "linear_regression")
    assert browser.value("document.activeElement.id") == "answer"
    assert shown(browser, "#question") == "What is the value of z?"
    assert answered(browser, "6,0") == "right"
    assert "z = 6." in shown(browser, "#verdict")
    assert shown(browser, "#question") == "What is the value of yhat?"
    assert answered(browser, "8") == "wrong"
    browser.press("Tab")
    browser.press("Tab")
    browser.press(" ")  # the button Reveal
    assert "yhat = 7." in shown(browser, "#verdict")
    for typed in ("−2", "4"):
        assert answered(browser, typed) == "right", typed
    assert browser.value("document.activeElement.id") == "next"  # the seed step asks nothing
    browser.press(" ")
    assert browser.value("document.activeElement.id") == "answer"
    assert answered(browser, "4") == "wrong"
    assert "sign" in shown(browser, "#verdict")
    truths = {"e": "-4.00", "yhat": "-4", "y": "4", "z": "-4.0"}
    truths |= {"b": "-8/2", "w": "-12", "x": "-24/3"}
    for _ in truths:
        advance(browser)
        asked = shown(browser, "#question").removesuffix("?").rpartition("dL/d")[2]
        assert answered(browser, truths[asked]) == "right", asked
    assert shown(browser, "#question") == "That was the last question."
    assert "Right: 10 of 11 · revealed: 1" in shown(browser, "#score")
    browser.click("#student")
    browser.write("Ana: L=5 #")
    browser.click("#download")
    file = tmp_path / "answers.txt"
    for _ in range(200):
        if file.exists() and file.stat().st_size:
            break
        browser.value("new Promise(done => setTimeout(done, 20))", promise=True)
    written = file.read_text("utf-8")
    assert "student: Ana L 5\n" in written
    assert "yhat = 8    # tries: 1, revealed" in written
    source = ROOT / "samples" / "linear_regression.gg"
    with pytest.raises(SystemExit) as caught:
        main(["--lang", "en", "check", str(source), str(file)])
    assert caught.value.code == 1
    out = capsys.readouterr().out
    assert "✗ wrong  yhat = 8" in out
    assert "First wrong step: yhat" in out
    assert "10 of 11 steps" in out
    assert browser.complaints() == []


def test_the_file_is_marked_as_the_page_judged_it(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path / "page.html", "cs231n_sigmoid")
    given, verdicts = [], []
    for typed in ("-1", "6,0", "4.0", "1", "-1.00", "0,37", "1.367", "0.731", "-0.5", "-0,534447"):
        advance(browser)
        given.append(shown(browser, "#question").removesuffix("?").rpartition(" ")[2])
        verdicts.append(answered(browser, typed))
        if verdicts[-1] in ("rough", "wrong"):
            browser.click("#reveal")
    script = "URL.createObjectURL = (blob) => { window.kept = blob; return '#'; }; 0"
    browser.value(script)
    browser.click("#download")
    file = browser.value("window.kept.text()", promise=True)
    lines = {line.partition(" = ")[0]: line for line in file.splitlines() if " = " in line}
    assert list(lines) == given
    graph = sample("cs231n_sigmoid").graph
    for name, verdict in zip(given, verdicts, strict=True):
        assert check(graph, lines[name]).marks[0].status == verdict, lines[name]
    assert set(verdicts) == {"right", "rounded", "rough", "wrong"}


def test_what_is_asked_stands_nowhere_on_the_screen(browser: Chromium, tmp_path: Path) -> None:
    trace = traced("input x = 3.17; param w = 2.29; z = w*x; loss L = z^2")
    opened(browser, tmp_path / "page.html", trace)
    numbers = {q.asked: q.answer for q in page_questions(trace).asked}
    assert numbers["z"] == "7.2593"
    for asked in ("z", "L", "dL/dz", "dL/dx", "dL/dw"):
        assert asked in shown(browser, "#question")
        hidden = numbers[asked][:4]
        assert hidden not in seen(browser)
        assert hidden not in shown(browser, "#caption")
        assert hidden not in shown(browser, "svg title")
        visible = """[...document.querySelectorAll('.node .text, .edge .text')].filter(t =>
            getComputedStyle(t).visibility === 'visible' && t.dataset.asks).length"""
        before = browser.value(visible)
        browser.click("#reveal")
        assert numbers[asked] in shown(browser, "#verdict")
        if asked == "z":
            assert browser.value(visible) == before + 1
        advance(browser)


def test_a_skipped_number_is_shown_and_may_be_come_back_to(
    browser: Chromium, tmp_path: Path
) -> None:
    opened(browser, tmp_path / "page.html", "linear_regression")
    box = "getComputedStyle(document.querySelector('[data-node=z] .text.value')).visibility"
    assert browser.value(box) == "hidden"
    browser.click("#skip")
    assert browser.value("Number(document.querySelector('svg').dataset.step)") == 1
    assert shown(browser, "#caption") == "Forward: z: From w = 2 and x = 3 follows z = 6."
    assert browser.value(box) == "visible"  # the next question needs it
    assert shown(browser, "#question") == "What is the value of yhat?"
    assert "skipped: 1" in shown(browser, "#score")
    browser.click("#resume")
    assert shown(browser, "#question") == "What is the value of z?"
    assert browser.value(box) == "hidden"
    assert answered(browser, "6") == "right"
    assert browser.value(box) == "visible"


def test_what_is_shown_stands_beside_what_was_typed(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path / "page.html", "linear_regression")
    for press in ("#reveal", "#skip"):
        assert answered(browser, "99") == "wrong"
        browser.click(press)
    cells = [shown(browser, f"#answers tr:nth-child({row}) td") for row in (1, 2)]
    assert cells == ["6 (you: 99)", "7 (you: 99)"]
    while not browser.value("document.getElementById('answer').disabled"):
        browser.click("#reveal")
    assert browser.value("document.getElementById('skip').offsetParent === null")


def test_no_key_and_no_slider_goes_past_an_open_question(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path / "page.html", "linear_regression")
    where = "Number(document.querySelector('svg').dataset.step)"
    for key in ("PageDown", "Escape", "End", "ArrowRight", "PageDown"):
        browser.press(key)
        assert browser.value(where) == 0
    assert "open: answer it" in shown(browser, "#verdict")
    slide = "const s = document.getElementById('slider'); s.value = 9;"
    browser.value(f"{slide} s.dispatchEvent(new Event('input')); 0")
    assert browser.value(where) == 0
    assert browser.value("document.getElementById('slider').value") == "0"
    assert browser.value("location.hash") == "#predict"
    browser.click("#predicting")
    browser.press("End")
    assert browser.value(where) == 13
    browser.click("#predicting")
    assert browser.value(where) == 0
    assert answered(browser, "0.5.5") == "unreadable"
    assert "cannot be read" in shown(browser, "#verdict")
    assert answered(browser, "1e") == "unreadable"


def test_questions_have_labels_and_verdicts_are_said_aloud(
    browser: Chromium, tmp_path: Path
) -> None:
    opened(browser, tmp_path / "page.html", "linear_regression")
    tree = browser.ask("Accessibility.getFullAXTree")["nodes"]
    named = {
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree
        if "role" in node and not node.get("ignored")
    }
    assert ("textbox", "What is the value of z?") in named
    assert ("region", "Predict before it is shown") in named
    assert ("textbox", "Your name, for the file") in named
    assert {("button", n) for n in ("Check", "Reveal", "Skip", "Predict", "Play")} <= named
    field = next(n for n in tree if n.get("name", {}).get("value") == "What is the value of z?")
    assert "the value of z" in field["description"]["value"]
    assert [n for n in tree if n.get("role", {}).get("value") == "status"]


def test_it_asks_in_spanish(browser: Chromium, tmp_path: Path) -> None:
    from graphgrad.messages.catalogue import set_language

    set_language("es")
    try:
        opened(browser, tmp_path / "page.html", "linear_regression")
    finally:
        set_language(None)
    assert shown(browser, "#question") == "¿Cuánto vale z?"
    assert answered(browser, "6") == "right"
    assert shown(browser, "#verdict") == "✓ correcto. z = 6."
    assert shown(browser, "#download") == "Descargar las respuestas"


def test_entries_of_small_arrays_are_asked_one_by_one(browser: Chromium, tmp_path: Path) -> None:
    trace = traced("param z = [1, 2]; p = softmax(z); loss L = sum(p^2)")
    opened(browser, tmp_path / "page.html", trace)
    assert shown(browser, "#question") == "What is the value of p[1]?"
    assert answered(browser, "0.269") == "right"
    assert browser.value("Number(document.querySelector('svg').dataset.step)") == 0
    assert shown(browser, "#question") == "What is the value of p[2]?"
    assert answered(browser, "0,731") == "right"
    assert browser.value("Number(document.querySelector('svg').dataset.step)") > 0


def test_a_worksheet_and_a_page_without_questions_ask_nothing() -> None:
    trace = sample("linear_regression")
    blank = scene_of(trace, SceneOptions(blank=blanked_parts("adjoints")))
    for page in (html_of(blank, questions=page_questions(trace)), html_of(scene_of(trace))):
        assert b'id="predict' not in page
        assert b'"predict":' not in page


def test_a_folded_box_is_not_asked() -> None:
    source = read_gg("input x = 2\n[a]\nu = x*x\nv = u+x\n[]\nloss L = v*v")
    from graphgrad.autodiff.record import record

    trace = record(source)
    scene = scene_of(trace, SceneOptions(collapse="a"))
    page = html_of(scene, questions=page_questions(trace)).decode("utf-8")
    told = json.loads(page.split('type="application/json">')[1].split("</script>")[0])
    asked = [question["asked"] for question in told["predict"]["questions"]]
    assert "u" not in asked
    assert "L" in asked
