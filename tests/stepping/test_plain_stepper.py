"""The line-oriented stepper: every command, both languages, from a stream to a stream."""

from __future__ import annotations

import io

import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import set_language
from graphgrad.source.gg import read_gg
from graphgrad.stepping.commands import LINE_COMMANDS, read_request
from graphgrad.stepping.plain.stepper import run_plain
from graphgrad.trace.trace import Trace
from graphgrad.views.text.stops import Fold

REGRESSION = """gg 1
title "One neuron"
input x = 3
input y = 9
param w = 2
param b = 1
z = w*x
yhat = z + b
e = yhat - y
loss L = e^2
"""


def trace_of(text: str) -> Trace:
    return record(read_gg(text))


def steps(
    commands: str, text: str = REGRESSION, *, fold: Fold = "line", at: str | None = None
) -> str:
    shown = io.StringIO()
    assert run_plain(trace_of(text), io.StringIO(commands), shown, fold=fold, at=at) == 0
    return shown.getvalue()


def headings(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if line.startswith("[")]


def last(shown: str) -> str:
    return shown.rstrip().rsplit("\n\n", 1)[-1]


def test_it_greets_shows_the_start_and_ends_with_its_input() -> None:
    shown = steps("")
    assert shown.startswith("One neuron\n13 steps. Enter or n: next")
    assert headings(shown) == ["[0/13] Start: the leaves are given"]
    assert "x = 3, y = 9, w = 2, b = 1" in shown


def test_a_step_has_formula_numbers_and_a_sentence() -> None:
    assert last(steps("n\n")) == (
        "[1/13] Forward: z\n  z = w·x\n  z = 2·3 = 6\n  From w = 2 and x = 3 follows z = 6."
    )
    assert last(steps(":9\n")) == (
        "[9/13] Backward: z\n"
        "  dL/dz = dL/dyhat·∂yhat/∂z = -4·1 = -4\n"
        "  → w: dL/dz·∂z/∂w = -4·3 = -12, ∂z/∂w = x\n"
        "  → x: dL/dz·∂z/∂x = -4·2 = -8, ∂z/∂x = w\n"
        "  The adjoint of z is -4. z contributes -12 to w and -8 to x."
    )


def test_the_steps_are_worded_in_spanish() -> None:
    set_language("es")
    shown = steps("n\n:5\nG\nzz\n")
    assert headings(shown)[1:] == [
        "[1/13] Hacia delante: z",
        "[5/13] Semilla: L",
        "[13/13] Hacia atrás: x",
    ]
    assert "De w = 2 y x = 3 se obtiene z = 6." in shown
    assert "Es el gradiente de la entrada x." in shown
    assert "No existe la orden zz." in shown


@pytest.mark.parametrize(("fold", "count"), [("line", 13), ("node", 13), ("edge", 19)], ids=str)
def test_folds_have_their_number_of_steps(fold: Fold, count: int) -> None:
    assert headings(steps("G\n", fold=fold))[-1].startswith(f"[{count}/{count}] ")


def test_every_step_of_every_fold_can_be_shown_in_both_languages() -> None:
    text = "param W = [[1, 2], [3, 4]]\ninput x = [1, -1]\nh = relu(W@x) + 2*x\nloss L = sum(h*h)\n"
    for language in ("en", "es"):
        set_language(language)
        for fold in ("line", "node", "edge"):
            shown = steps("n\n" * 40, text, fold=fold)  # type: ignore[arg-type]
            assert "{" not in shown
            assert len(headings(shown)) >= 8


def test_moving() -> None:
    titles = headings(steps("3n\np\n2p\np\nf\nb\nG\nn\ng\n:4\n7\n\n"))
    numbers = [title.split("/")[0][1:] for title in titles]
    assert numbers == ["0", "3", "2", "0", "1", "5", "13", "0", "4", "7", "8"]
    assert "This is the start" in steps("p\n")
    assert "This is the last step" in steps("G\nn\n")


def test_words_in_both_languages_do_the_same() -> None:
    assert steps("next\nnext\nprev\nend\nstart\n") == steps(
        "siguiente\nsig\nanterior\nfinal\ninicio\n"
    )


def test_to_runs_to_the_value_then_to_the_adjoint() -> None:
    titles = headings(steps("t yhat\nt yhat\nt yhat\nt w\n"))
    assert titles[1:] == [
        "[2/13] Forward: yhat",
        "[8/13] Backward: yhat",
        "[2/13] Forward: yhat",
        "[11/13] Backward: w",
    ]
    assert headings(steps("", at="e"))[0] == "[3/13] Forward: e"


def test_breakpoints_stop_in_both_passes_and_both_directions() -> None:
    shown = steps("B e\nc\nc\nc\nC\nC\nB e\nc\n")
    assert [title.split("]")[0][1:] for title in headings(shown)] == [
        "0/13",
        "3/13",
        "7/13",
        "13/13",
        "7/13",
        "3/13",
        "13/13",
    ]
    assert "Breakpoints: e." in shown
    assert "Breakpoints: none." in shown
    assert "No breakpoint on the way." in shown


def test_watches_follow_every_step() -> None:
    shown = steps("w L\nn\nG\nw L\ng\n")
    assert shown.count("watch:") == 2
    assert "watch: L = ?, dL/dL = ?" in shown
    assert "watch: L = 4, dL/dL = 1" in shown
    assert "Watched: none." in shown


def test_inspect_shows_only_what_is_known_so_far() -> None:
    early, late = steps("i z\n"), steps("G\ni z\n")
    assert "z = w·x = ?" in early
    assert "∂z/∂w = x = ?" in early
    assert "dL/dz = ?" in early
    assert "z = w·x = 6   (computation)" in late
    assert "∂z/∂w = x = 3" in late
    assert "from yhat: dL/dyhat·∂yhat/∂z = -4·1 = -4" in late
    assert "→ w: -4·3 = -12" in late
    assert "e = yhat − y = -2" in steps(":7\ni\n")


def test_inspect_sums_the_contributions_of_a_shared_weight() -> None:
    text = "input X = 1\nparam w1 = 2\nparam w2 = 3\nh = w1*X\nloss y = h*w2 + w1*h\n"
    shown = steps("G\ni w1\n", text)
    assert "from y: dy/dy·∂y/∂w1 = 1·2 = 2" in shown
    assert "from h: dy/dh·∂h/∂w1 = 5·1 = 5" in shown
    assert "dy/dw1 = 2 + 5 = 7" in shown


def test_the_state_table_grows_with_the_steps() -> None:
    early, late = steps(":2\ns\n"), steps("G\ns\n")
    assert "  yhat       7         ?" in early
    assert "  e          ?         ?" in early
    assert "  e         -2        -4" in late


def test_search_goes_on_from_here_and_around() -> None:
    titles = headings(steps("/yhat\n/\n/\n/powi\n"))
    assert titles[1].startswith("[2/13]")
    assert titles[2].startswith("[3/13]")
    assert titles[4].startswith("[4/13]") or "L" in titles[4]
    assert "occurs in no name" in steps("/nowhere\n")
    assert "Nothing to search for" in steps("/\n")


def test_copy_gives_the_text_alone() -> None:
    assert steps("n\ny\n").endswith(
        "Forward: z\nz = w·x\nz = 2·3 = 6\nFrom w = 2 and x = 3 follows z = 6.\n"
    )


def test_help_names_every_command_and_quit_ends() -> None:
    for language in ("en", "es"):
        set_language(language)
        shown = steps("?\n")
        for command in LINE_COMMANDS:
            assert f"  {command.words.split()[0]}" in shown.replace("  :42", "  goto")
        assert max(map(len, shown.splitlines())) <= 80
    assert len(headings(steps("q\nn\nn\n"))) == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("zz", "no command zz"),
        ("t", "A name is missing"),
        ("t foo", "nothing named foo"),
        ("i yhta", "Did you mean yhat?"),
        ("w nope", "nothing named nope"),
        (":99", "no step 99: expected 0 to 13"),
        (":", "no step"),
        ("99", "no step 99"),
    ],
)
def test_a_wrong_command_says_what_to_write(command: str, words: str) -> None:
    shown = steps(f"{command}\n")
    assert words in shown
    assert len(headings(shown)) == 1


def test_without_a_backward_pass_there_is_only_the_forward_one() -> None:
    shown = steps("G\nb\ni y\n", "input x = [1, 2]\ny = x^2\n")
    assert headings(shown)[-1] == "[1/1] Forward: y"
    assert "There is no backward pass" in shown


def test_a_value_that_is_not_finite_is_marked_where_it_arises() -> None:
    shown = steps("n\n", "input x = -1\nloss y = log(x)\n")
    assert "outside the domain x > 0" in " ".join(shown.split())


def test_prompts_appear_only_in_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = io.StringIO()
    run_plain(trace_of(REGRESSION), Terminal("n\nq\n"), shown)
    assert "0/13> " in shown.getvalue()
    assert "1/13> " in shown.getvalue()
    assert "> " not in steps("n\n").replace("→", "")


def test_no_control_characters_and_lines_of_bounded_width() -> None:
    shown = steps("n\n" * 20 + "s\n?\n", fold="edge")
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("line", "name", "times", "argument"),
    [
        ("", "next", 1, ""),
        ("12n", "next", 12, ""),
        ("12 n", "next", 12, ""),
        ("3p", "previous", 3, ""),
        (":q", "quit", 1, ""),
        (":goto 5", "goto", 1, "5"),
        ("G", "end", 1, ""),
        ("g", "start", 1, ""),
        ("HELP", "help", 1, ""),
        ("B  w_1", "break", 1, "w_1"),
        ("/ tanh", "search", 1, "tanh"),
        ("?", "help", 1, ""),
        ("5z", "", 5, ""),
    ],
)
def test_requests(line: str, name: str, times: int, argument: str) -> None:
    assert read_request(line)[:3] == (name, times, argument)
