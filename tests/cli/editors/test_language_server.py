"""The server that editors start: a real client speaks to a real process."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")

from lsprotocol import types  # after the skip
from pygls.lsp.client import LanguageClient

from graphgrad.cli.editors import answers
from graphgrad.source.gg import load
from tests.cli.editors.grammar import GRAMMAR, grammar

SAMPLES = Path(__file__).parents[3] / "samples"
GOOD = "input x = 3\nparam ñ = 2\nz = ñ*x\nloss L = (z-1)^2\n"
PATIENCE = 60.0


class Editor(LanguageClient):
    """A client that keeps what the server publishes."""

    def __init__(self) -> None:
        super().__init__("tests", "1")
        self.published: asyncio.Queue[Any] = asyncio.Queue()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def keep(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params.diagnostics)


def talk(what: Callable[[Editor, str], Awaitable[None]], text: str, language: str = "en") -> None:
    """Open a text in an editor with a server of its own, and go on."""

    async def session() -> None:
        editor = Editor()
        await editor.start_io(sys.executable, "-m", "graphgrad", "lsp", "--lang", language)
        await editor.initialize_async(types.InitializeParams(types.ClientCapabilities()))
        editor.initialized(types.InitializedParams())
        uri = "file:///somewhere/net.gg"
        document = types.TextDocumentItem(uri, "gg", 1, text)
        editor.text_document_did_open(types.DidOpenTextDocumentParams(document))
        await what(editor, uri)
        await editor.shutdown_async(None)
        editor.exit(None)

    asyncio.run(asyncio.wait_for(session(), PATIENCE))


def test_mistakes_are_told_while_typing_and_go_when_mended() -> None:
    async def session(editor: Editor, uri: str) -> None:
        (mistake,) = await editor.published.get()
        assert (mistake.range.start.line, mistake.range.start.character) == (1, 4)
        assert mistake.code == "source.unknown_name" or "w" in mistake.message
        whole = types.TextDocumentContentChangeWholeDocument(GOOD)
        identifier = types.VersionedTextDocumentIdentifier(version=2, uri=uri)
        editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))
        assert not await editor.published.get()

    talk(session, "input x = 3\nz = w*x\n")


def test_an_editor_in_spanish_is_told_in_spanish() -> None:
    async def session(editor: Editor, uri: str) -> None:
        (mistake,) = await editor.published.get()
        assert "no está definido" in mistake.message

    talk(session, "z = w*x\n", "es")


def test_values_definitions_words_and_layout() -> None:
    async def session(editor: Editor, uri: str) -> None:
        await editor.published.get()
        file = types.TextDocumentIdentifier(uri)
        at = types.Position(2, 4)  # the ñ of the third line
        told = await editor.text_document_hover_async(types.HoverParams(file, at))
        assert told.contents.value == "param **ñ**\n\nvalue 2, ∂L/∂ñ = 30"
        place = await editor.text_document_definition_async(types.DefinitionParams(file, at))
        assert place.range.start.line == 1
        words = await editor.text_document_completion_async(types.CompletionParams(file, at))
        assert {"x", "ñ", "relu", "dense", "loss"} <= {word.label for word in words}
        options = types.FormattingOptions(4, True)
        (edit,) = await editor.text_document_formatting_async(
            types.DocumentFormattingParams(file, options)
        )
        assert "L = (z - 1)^2" in edit.new_text

    talk(session, GOOD)


def test_a_word_that_is_near_is_offered_and_mends_the_file() -> None:
    async def session(editor: Editor, uri: str) -> None:
        (mistake,) = await editor.published.get()
        context = types.CodeActionContext([mistake])
        asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), mistake.range, context)
        action, *_ = await editor.text_document_code_action_async(asked)
        assert action.title == "Cambiar por sigmoid"
        (edit,) = action.edit.changes[uri]
        line = "loss L = sigmoidd(x)"
        assert line[edit.range.start.character : edit.range.end.character] == "sigmoidd"
        start = types.Position(0, 0)
        elsewhere = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), types.Range(start, start), context
        )
        assert not await editor.text_document_code_action_async(elsewhere)

    talk(session, "input x = 3\nloss L = sigmoidd(x)\n", "es")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("input rate = 1\nL = ratte*2\n", {"rate"}),
        ("input x = [1, 2]\nlayer h = densse(3)\nL = sum(h(x))\n", {"dense"}),
        ("input x = [1, 2]\nL = sum(dense(x, 3, activaton=relu))\n", {"act"}),
        ("imput x = 1\nL = x\n", {"input"}),
        ("input x = 1\nL = x +\n", set()),
    ],
)
def test_words_instead_of_a_misspelt_one(text: str, words: set[str]) -> None:
    (mistake,) = answers.mistakes(text, "a.gg")
    assert set(mistake.instead) >= words
    assert bool(mistake.instead) == bool(words)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.gg"))[::6], ids=lambda p: p.stem)
def test_every_name_of_a_sample_is_found(sample: Path) -> None:
    source, graph = sample.read_text("utf-8"), load(sample)
    assert answers.mistakes(source, str(sample)) == []
    assert {line.name for line in graph.lines()} <= {
        offer.word for offer in answers.offers(source, str(sample))
    }


def test_a_name_is_renamed_wherever_it_is_a_name_and_nowhere_else() -> None:
    text = 'title "w"  # w\nparam w = [1, 2]\nw2 = w*2  # w\nz = w[1] + w2[1]\nloss L = z^2\n'
    places = answers.renamed(text, "a.gg", 1, 6, "ω")
    assert places == [(1, 6, 7), (2, 5, 6), (3, 4, 5)]
    for new in ("z", "param", "relu", "1a", "w x"):
        assert answers.renamed(text, "a.gg", 1, 6, new) == []
    assert answers.renamed(text, "a.gg", 0, 1, "v") == []
    layer = "input x = [1, 2]\nh = dense(x, 2)\nloss L = sum(h + h.b)\n"
    assert answers.renamed(layer, "a.gg", 1, 0, "hidden") == [(1, 0, 1), (2, 13, 14), (2, 17, 18)]


NVIM = shutil.which("nvim")
SESSION = Path(__file__).parents[2] / "data" / "editors" / "session.lua"


@pytest.mark.slow
@pytest.mark.skipif(NVIM is None, reason="Neovim is not installed: apt-get install neovim")
def test_neovims_own_client_is_served(tmp_path: Path) -> None:
    file, out = tmp_path / "net.gg", tmp_path / "told.json"
    file.write_text("input x = 3\nparam w = 2\nz   =  w*y\nloss L = (z-1)^2\n", "utf-8")
    environment = os.environ | {
        "GG_PYTHON": sys.executable, "GG_FILE": str(file), "GG_OUT": str(out),
        "XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path),
    }  # fmt: skip
    command = [str(NVIM), "--headless", "--clean", "-c", f"luafile {SESSION}"]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=2 * PATIENCE)
    told = json.loads(out.read_text("utf-8"))
    [[line, column, message, _severity]] = told["wrong"]
    assert (line, column, told["mended"]) == (2, 9, [])
    assert "the name y is not defined" in message
    assert "z = w*x" in told["hover"] or "(z - 1)^2" in told["hover"]
    assert told["definition"] == 1
    assert {"w", "relu", "dense", "param"} <= set(told["completion"])
    assert told["laid_out"][2] == "z = w*x"
    assert told["renamed"][1:3] == ["param weight = 2", "z = weight*x"]


def test_what_is_nothing_is_told_as_nothing() -> None:
    assert answers.hover(GOOD, "a.gg", 9, 0) == ""
    assert answers.hover("# ", "a.gg", 0, 0) == ""
    assert answers.definition("z = w", "a.gg", 0, 4) is None
    assert answers.laid_out_text("z = w", "a.gg") == "z = w"


def test_functions_and_layers_are_explained() -> None:
    assert "Rectified" in answers.hover("input x = 1\ny = relu(x)", "a.gg", 1, 6)
    assert "activation" in answers.hover("layer h = dense(3)", "a.gg", 0, 11)


def test_the_grammar_is_that_of_the_words() -> None:
    """After a change of words: ``python -m tests.cli.editors.grammar``."""
    assert json.loads(GRAMMAR.read_text("utf-8")) == grammar()
