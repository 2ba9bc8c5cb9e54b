"""Serve an editor over standard input and output: the one door to pygls.

What is answered comes from `answers`; here positions are translated, for the protocol counts
columns in units of UTF-16, and texts are those that the editor holds, saved or not.
"""

from __future__ import annotations

from urllib.parse import unquote

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from graphgrad.cli.editors import answers
from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text

__all__ = ["language_server"]

_KINDS = {
    "name": types.CompletionItemKind.Variable,
    "layer": types.CompletionItemKind.Class,
    "function": types.CompletionItemKind.Function,
    "statement": types.CompletionItemKind.Keyword,
}


def language_server(version: str) -> LanguageServer:
    """Return a server of the language, ready to be started."""
    server = LanguageServer("graphgrad", version)

    def text_at(uri: str) -> tuple[str, str]:
        document = server.workspace.text_documents.get(unquote(uri))  # of the disk nothing is read
        return "" if document is None else document.source, _path_of(uri)

    def check(uri: str) -> None:
        source, path = text_at(uri)
        lines = source.splitlines() or [""]
        found = [_diagnostic(mistake, lines) for mistake in answers.mistakes(source, path)]
        server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=found)
        )

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        check(params.text_document.uri)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix])
    )
    def mends(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        source, path = text_at(uri)
        lines, asked = source.splitlines() or [""], params.range
        return [
            _mend(uri, told, word)
            for mistake in answers.mistakes(source, path)
            for told in [_diagnostic(mistake, lines)]
            if told.range.start <= asked.end and asked.start <= told.range.end
            for word in mistake.instead
        ]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        source, path = text_at(params.text_document.uri)
        line, column = _characters(source, params.position)
        try:
            told = answers.hover(source, path, line, column)
        except GraphgradError as error:  # a value that is not finite, a limit
            told = error.text()
        if not told:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        source, path = text_at(params.text_document.uri)
        found = answers.definition(source, path, *_characters(source, params.position))
        if found is None:
            return None
        start, end = types.Position(found, 0), types.Position(found + 1, 0)
        return types.Location(params.text_document.uri, types.Range(start, end))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION)
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        source, path = text_at(params.text_document.uri)
        return [
            types.CompletionItem(offer.word, kind=_KINDS[offer.kind], detail=offer.about or None)
            for offer in answers.offers(source, path)
        ]

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        uri, new = params.text_document.uri, params.new_name
        source, path = text_at(uri)
        lines = source.splitlines()
        places = answers.renamed(source, path, *_characters(source, params.position), new)
        edits = []
        for line, *ends in places:
            start, end = (types.Position(line, _units(lines[line], at)) for at in ends)
            edits.append(types.TextEdit(types.Range(start, end), new))
        return types.WorkspaceEdit({uri: edits}) if edits else None

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        source, path = text_at(params.text_document.uri)
        new = answers.laid_out_text(source, path)
        if new == source:
            return []
        end = types.Position(len(source.splitlines()) + 1, 0)
        return [types.TextEdit(types.Range(types.Position(0, 0), end), new)]

    return server


def _path_of(uri: str) -> str:
    """Return the path of an address, itself where it is none: no part of it is opened."""
    try:
        return to_fs_path(uri) or uri
    except ValueError:  # a host in brackets that is none
        return uri


def _diagnostic(mistake: answers.Mistake, lines: list[str]) -> types.Diagnostic:
    line = min(mistake.line, len(lines) - 1)
    start, end = (_units(lines[line], at) for at in (mistake.start, mistake.end))
    where = types.Range(types.Position(line, start), types.Position(line, max(end, start + 1)))
    return types.Diagnostic(
        where,
        mistake.message,
        severity=types.DiagnosticSeverity.Error,
        code=mistake.message_id,
        source="graphgrad",
    )


def _mend(uri: str, told: types.Diagnostic, word: str) -> types.CodeAction:
    """Return the change that puts a word where a mistake is marked."""
    edit = types.WorkspaceEdit({uri: [types.TextEdit(told.range, word)]})
    title = text("editors.replace", word=word)
    return types.CodeAction(title, types.CodeActionKind.QuickFix, [told], edit=edit)


def _units(line: str, column: int) -> int:
    """Return how many units of UTF-16 stand before a character."""
    return len(line[:column].encode("utf-16-le")) // 2


def _characters(source: str, position: types.Position) -> tuple[int, int]:
    """Return a position of the protocol as line and column in characters."""
    lines = source.splitlines()
    line = lines[position.line] if position.line < len(lines) else ""
    before = line.encode("utf-16-le")[: 2 * position.character]
    return position.line, len(before.decode("utf-16-le", errors="ignore"))
