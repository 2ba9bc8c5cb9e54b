"""Choose a file to step through: by its path, or in the tree of folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import DirectoryTree, Input

from graphgrad.errors import GraphgradError
from graphgrad.files.reach import is_reachable
from graphgrad.messages.catalogue import language, set_language, text
from graphgrad.stepping.work import Work
from graphgrad_tui.session import work_of_file
from graphgrad_tui.widgets.prompt_line import PromptLine, Refusal
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType


__all__ = ["OpenScreen", "completed"]

ENDING = ".gg"


class GraphFiles(DirectoryTree):
    """Folders and the files that hold graphs."""

    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "+ ", "- ", "  "  # any terminal has them

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out hidden files and other endings."""
        return [
            path
            for path in paths
            if not path.name.startswith(".")
            and is_reachable(path)
            and (path.is_dir() or path.suffix == ENDING)
        ]


class PathSuggester(Suggester):
    """Completes a path; the right arrow takes the rest."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the path that starts with what was typed."""
        return completed(value)


def completed(typed: str) -> str | None:
    """Return the first folder or graph file whose path starts with some text; None without one."""
    folder, _, start = typed.rpartition("/")
    place = Path(f"{folder}/" if typed.startswith("/") and not folder else folder or ".")
    if not start or not is_reachable(Path(os.path.expanduser(place))):
        return None
    try:
        inside = Path(os.path.expanduser(place)).iterdir()
        found = sorted(path for path in inside if path.name.startswith(start))
    except OSError:
        return None
    head = typed[: len(typed) - len(start)]
    for path in found:
        if path.is_dir():
            return f"{head}{path.name}/"
        if path.suffix == ENDING:
            return f"{head}{path.name}"
    return None


class OpenScreen(ModalScreen[Work | None]):
    """A line for a path, a tree below it; what is wrong with a file is said in between."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss", ""),
        ("f1", "app.pane_help()", ""),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def compose(self) -> ComposeResult:
        """Hold line, error and tree in a frame."""
        with Vertical(id="open-frame") as frame:
            frame.border_title = text("open.title")
            frame.border_subtitle = text("open.close")
            yield PromptLine(
                placeholder=text("open.hint"),
                suggester=PathSuggester(),
                select_on_focus=False,
                compact=True,
            )
            yield Refusal()
            yield Words(id="open-said")
            yield GraphFiles(self.folder)

    def on_mount(self) -> None:
        """Wait for a path."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file that was typed."""
        event.stop()
        if event.value.strip():
            self.read(event.value.strip())

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        """Read the file that was chosen."""
        event.stop()
        self.read(str(event.path))

    def read(self, path: str) -> None:
        """Start reading; the old graph stays until that has worked."""
        self.query_one(Refusal).show("")
        self.query_one("#open-said", Words).update(text("open.reading", path=path))
        self._read(path, language())

    @work(thread=True, exclusive=True)
    def _read(self, path: str, code: str) -> None:
        set_language(code, everywhere=False)
        try:
            work_ = work_of_file(path)
        except (GraphgradError, RecursionError, MemoryError) as error:
            said = error.text() if isinstance(error, GraphgradError) else type(error).__name__
            self.app.call_from_thread(self._refuse, said)
        else:
            self.app.call_from_thread(self._take, work_)

    def _refuse(self, said: str) -> None:
        if self.is_mounted:
            self.query_one("#open-said", Words).update("")
            self.query_one(Refusal).show(said)

    def _take(self, work_: Work) -> None:
        if self.is_current:
            self.call_later(self._close, work_)  # not within the worker: it would wait for itself

    def _close(self, work_: Work) -> None:
        self.dismiss(work_)
