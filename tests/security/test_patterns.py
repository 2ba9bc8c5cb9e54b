"""Test that no regular expression of ours takes long for a hostile text."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import graphgrad
import graphgrad_tui
from graphgrad.exercises.notes.formulas_found import spans_of
from tests.security.hostile_texts import blown_up, repeated

_ONCE = re.compile(r".", re.DOTALL)
"""The baseline: each letter of a text is looked at once."""
_TIMES = 300
"""So much longer than the baseline a pattern may take; quadratic ones take 500 and more."""
_PREPARED: dict[str, Callable[[str], object]] = {
    "graphgrad.exercises.notes.formulas_found: _PIECE": lambda text: list(spans_of(text)),
}
"""Patterns that see no text before what they would take long for is taken out of it."""
_FROM_ONE_PLACE = {"match", "fullmatch"}
_USES = _FROM_ONE_PLACE | {"search", "sub", "subn", "finditer", "findall", "split"}


def _modules() -> Iterator[ModuleType]:
    for package in (graphgrad, graphgrad_tui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                try:
                    yield importlib.import_module(found.name)
                except ModuleNotFoundError as missing:
                    if str(missing.name).startswith("graphgrad"):
                        raise
                    # else an extra that is not installed


def _held(value: Any) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a constant of a module: alone, or in tables."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from _held((*value, *value.values()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _held(item)


def _written(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Yield the patterns of a module by name or line, and whether they search a whole text."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for name, value in vars(module).items():
        for pattern in _held(value):
            uses = set(re.findall(rf"\b{name}\.(\w+)", source)) & _USES
            alone = isinstance(value, re.Pattern)
            yield name, pattern, alone and not uses <= _FROM_ONE_PLACE
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=use),
                args=[ast.Constant(value=str(text)), *_],
            ) if use in _USES:
                pattern = re.compile(text, _flags(call))
                yield f"line {call.lineno}", pattern, use not in _FROM_ONE_PLACE


def _flags(call: ast.Call) -> int:
    """Return the flags that a call gives beside its texts, as ``re.MULTILINE``."""
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    names = [
        part.attr for each in given for part in ast.walk(each) if isinstance(part, ast.Attribute)
    ]
    flags = re.RegexFlag(0)
    for name in names:
        flags |= re.RegexFlag.__members__.get(name, re.RegexFlag(0))
    return int(flags)


def _patterns() -> list[tuple[str, re.Pattern[str], bool]]:
    found: dict[tuple[str, int], tuple[str, re.Pattern[str], bool]] = {}
    for module in _modules():
        for name, pattern, searches in _written(module):
            key = (pattern.pattern, pattern.flags)
            before = found.get(key, ("", pattern, False))[2]
            found[key] = (f"{module.__name__}: {name}", pattern, searches or before)
    return list(found.values())


def _taken(run: Callable[[], Any], most: float) -> float:
    """Return the processor time of a call, which is ended after the seconds it may take."""

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, end)
    start = time.process_time()
    try:
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, most)
            run()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except TimeoutError:  # also at the moment at which the timer is stopped
        return most
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - start


def _is_slow(name: str, pattern: re.Pattern[str], text: str, searches: bool) -> bool:
    def run() -> object:
        if name in _PREPARED:
            return _PREPARED[name](text)
        pattern.match(text)
        pattern.fullmatch(text)
        for _ in pattern.finditer(text) if searches else ():
            pass
        return None

    once = max(_taken(lambda: _ONCE.findall(text), 1.0), 5e-5)
    return all(_taken(run, 2 * _TIMES * once) > _TIMES * once for _ in range(3))


def _slow_text(name: str, pattern: re.Pattern[str], searches: bool, count: int) -> str | None:
    texts = [*blown_up(pattern, 26, count), *blown_up(pattern, 4000, count)]
    texts += repeated(pattern, 4000, count)
    return next((text for text in texts if _is_slow(name, pattern, text, searches)), None)


@pytest.mark.parametrize(
    ("written", "searches"),
    [
        (r"\d+(?:[\s;,]+|[-\d.])*\Z", False),  # two ways to read a blank: exponential
        (r"\s*x?\s*y", False),
        (r"[^\W\d]+_", True),  # again from every letter of a word
    ],
)
def test_patterns_that_take_long_are_found(written, searches):
    assert _slow_text("", re.compile(written), searches, 60) is not None


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of processor time here")
def test_no_pattern_takes_long_for_a_hostile_text():
    patterns = _patterns()
    slow = {
        name: f"{pattern.pattern[:60]!r} of {text[:30]!r}… ({len(text)} letters)"
        for name, pattern, searches in patterns
        if (text := _slow_text(name, pattern, searches, 12)) is not None
    }
    assert len(patterns) > 250
    assert slow == {}
