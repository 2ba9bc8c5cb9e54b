"""Spanish messages are Spanish: what they share with their English twins is code, or the same word.

Words between backticks, options, file names and formulas are left out; of the rest, each word that
stands in both texts is one of the product's own words, or is listed here as Spanish too.
"""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import graphgrad.messages
from graphgrad.layers.registry import layer_names
from graphgrad.layers.training.choices import TABLES
from graphgrad.messages.keywords import SETTINGS, SPANISH
from graphgrad.ops.registry import ROWS
from graphgrad.views.lenses.registry import LENSES

NEVER = frozenset(
    re.findall(
        r"\S+",
        """
the and are with not this that which where write got expected its their has have does from into
than but for each every row rows line file name value step layer weight loss or of in is to it
by at as on if an be
""",
    )
)
"""Words that are English alone; those that name a thing of the product may stand as code."""

BOTH = frozenset(
    re.findall(
        r"\S+",
        """
central control cosine decimal declare define diagonal diverge error extra extras final general
incremental matrices natural no normal real sample scalar singular terminal textual token total
usual variable variables compare complete use uses vector visible invisible local divide delta
divmod factorial control word array arrays token jacobian dilation legible
""",
    )
)
"""Spanish words of the same letters, and words that Spanish courses take over as they are."""

NAMES = frozenset(
    re.findall(
        r"\S+",
        """
oviedo upv ansi ascii beamer bytes cloze csv ctrl digits esc excel expr gif gradescope graphgrad
graphviz gruvbox html
install javascript jax json keras junit latex lectures live localhost markdown moodle mpmath
nbgrader numpy pad pdf pip png pptx pygraphviz python pytorch robbins polyak space stack svg
sympy tab tex texlive tikz toml txt utf vector wasi web webp wolfram xml xor zip
auto none null true false keep
nice print point comma check choose nonzero range params partials adjoints contributions values
updates render reveal overlays frame text number symbolic piecewise convention denominator
domain sample out heads groups stride early free lunch no swa next images avoid blocks depth
repeats format points steps epochs def off all node line count shape size adjoint update value
label output on inf backward forward pullback pushforward textual serve inspect train valid
editor language protocol server studio visual pickle safetensors byte
array var ddof compile llvmlite onnx tensor with cross dtype einsum unbiased wire
expand milestones schedulers sequentiallr δxᵀ xᵀδ
""",
    )
)
"""Values of options, keys of files, names of programs and formats: typed as they are."""


def entries() -> dict[str, tuple[str, str]]:
    """Return every message: its id, English and Spanish."""
    found: dict[str, tuple[str, str]] = {}
    package = graphgrad.messages
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for table in vars(importlib.import_module(module.name)).values():
            pairs = isinstance(table, dict) and all(
                isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(t, str) for t in pair)
                for pair in table.values()
            )
            if pairs:
                found |= table
    return found


ENTRIES = entries()
CODE = {row.name for row in ROWS} | {alias for row in ROWS for alias in row.aliases}
CODE |= {*layer_names(), *LENSES, *SETTINGS.values(), *SPANISH.values()}
CODE |= {name for table in TABLES.values() for name in table}
CODE |= {setting.name for row in ROWS for setting in row.settings}


def prose(text: str) -> set[str]:
    """Return the words of a text that are no code by how they are written."""
    text = re.sub(r"`[^`]*`|\{[^{}]*\}|--?[\w-]+|```\w+", " ", text)
    text = re.sub(r"\S*[=\[\]()_./\\<>@*^'\"|]\S*", " ", text)
    return {word.lower() for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1}


def test_there_are_messages() -> None:
    assert len(ENTRIES) > 2_000
    assert prose("Write `the line` or --of {name}, then stop.") == {"write", "or", "then"}


@pytest.mark.parametrize("start", sorted({name.partition(".")[0] for name in ENTRIES}))
def test_spanish_messages_hold_no_english_words(start: str) -> None:
    wrong = {}
    for name, (english, spanish) in ENTRIES.items():
        if name.partition(".")[0] != start:
            continue
        words = prose(spanish)
        shared = {w for w in words & prose(english) if len(w) > 2} - CODE - BOTH - NAMES
        if "option" in name.split("."):  # options list the words that are typed behind them
            shared = set()
        english_only = (words & NEVER) - CODE - NAMES
        if shared or english_only:
            wrong[name] = sorted(shared | english_only)
    assert not wrong, "translate these, or list them above as code or as Spanish"


SPANISH_SETTINGS = set(SETTINGS.values()) - set(SETTINGS)
OF_PYTHON = ("op.", "usage.", "leaf.", "door.", "lens.bad_option")
"""Messages about names of the reader's own, or about keyword arguments of Python."""
SWEPT = ("command.sweep.help", "sweep.commas")
"""Switches of a sweep have no Spanish names."""


def test_what_spanish_messages_tell_to_write_is_written_in_spanish() -> None:
    wrong = {}
    for name, (_, spanish) in ENTRIES.items():
        if name.startswith(OF_PYTHON) or name in SWEPT:
            continue
        typed = set(re.findall(r"(?<![\w{-])([a-z]\w*)=", spanish)) & SPANISH_SETTINGS
        typed |= set(re.findall(r"\{(?:setting|key|name)\}(?==)", spanish))
        if typed:
            wrong[name] = sorted(typed)
    assert not wrong, "write the Spanish word, or {setting:typed}"


def test_lines_of_files_in_spanish_messages_begin_with_spanish_words() -> None:
    english = "|".join(sorted({word for word in SPANISH.values() if word not in ("train", "in")}))
    begun = re.compile(rf"`(?:{english}) (?!--)[^`]*`")
    wrong = {name: begun.findall(spanish) for name, (_, spanish) in ENTRIES.items()}
    wrong = {name: lines for name, lines in wrong.items() if lines}
    assert not wrong, "begin these lines with the Spanish word"
