"""Change inputs the way files go wrong: by words and lines, by what their form holds, by bytes.

Random bytes are refused by the first line of any reader. What gets further is nearly right: a word
twice, a number of 8,000 digits, a list where a text stood, a name that is empty.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from tests.fuzz.pieces import NASTY, NUMBERS, cut, cut_anywhere, flipped
from tests.fuzz.structures import changed_structure

__all__ = ["mutated"]

_WORDS = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
_BEHIND = re.compile(r"[=:]([^=\n]*)")
_NAME = re.compile(r"[^\W\d]\w*")


def mutated(seeds: Sequence[bytes], rng: random.Random, words: Sequence[str] = ()) -> bytes:
    """Return a seed with a few things changed.

    Args:
        seeds: inputs that are right, or were once found to be hard.
        rng: decides everything.
        words: what a reader knows: keywords, functions, keys.
    """
    data = rng.choice(seeds)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        data = _changed(data, seeds, rng, words)[:200_000]
    return data


def _changed(
    data: bytes, seeds: Sequence[bytes], rng: random.Random, words: Sequence[str]
) -> bytes:
    found = changed_structure(data, seeds, rng)
    if found is not None:
        return found
    if rng.random() < 0.93:
        text = data.decode("utf-8", "surrogateescape")
        other = rng.choice(seeds).decode("utf-8", "surrogateescape")
        change = rng.choice(_TEXT)
        return change(text, other, rng, words).encode("utf-8", "surrogateescape")
    return rng.choice(_BYTES)(data, rng)


# ---- text ----

Change = Callable[[str, str, random.Random, Sequence[str]], str]


def _piece(rng: random.Random, words: Sequence[str]) -> str:
    pool: Sequence[str] = rng.choice((NASTY, NUMBERS, words or NASTY, words or NUMBERS))
    return rng.choice(pool)


def _word(text: str, _o: str, rng: random.Random, words: Sequence[str]) -> str:
    """Put in, take out, double or replace a word."""
    found = _WORDS.findall(text)
    if not found:
        return _piece(rng, words)
    place, fresh = rng.randrange(len(found)), _piece(rng, words)
    end = place + rng.choice((0, 0, 1, 1, 1, 2, 5))
    repeated = found[place:end] * rng.choice((0, 2, 2, 3, 30))
    middle = rng.choice(([fresh], [fresh], repeated, [rng.choice(found)]))
    return "".join([*found[:place], *middle, *found[end:]])


def _number(text: str, _o: str, rng: random.Random, _w: Sequence[str]) -> str:
    places = list(re.finditer(r"\d[\d.,eE+-]*", text))
    if not places:
        return text + rng.choice(NUMBERS)
    place = rng.choice(places)
    return text[: place.start()] + rng.choice(NUMBERS) + text[place.end() :]


def _line(text: str, other: str, rng: random.Random, _w: Sequence[str]) -> str:
    """Take out, double, move or borrow a line."""
    lines, others = text.split("\n"), other.split("\n")
    place = rng.randrange(len(lines))
    deed = rng.randrange(5)
    if deed == 0:
        del lines[place]
    elif deed == 1:
        lines[place:place] = [lines[place]] * rng.choice((1, 1, 2, 50))
    elif deed == 2:
        lines.insert(rng.randrange(len(lines) + 1), lines.pop(place))
    elif deed == 3:
        lines.insert(place, rng.choice(others))
    else:
        lines = lines[:place] + others[rng.randrange(len(others)) :]
    return "\n".join(lines)


def _nest(text: str, _o: str, rng: random.Random, words: Sequence[str]) -> str:
    """Wrap a piece many times."""
    found = _WORDS.findall(text) or [""]
    start = rng.randrange(len(found))
    end = min(len(found), start + rng.choice((1, 3, 8)))
    before, after = rng.choice((
        ("(", ")"), ("[", "]"), ("{", "}"), ("sin(", ")"), ("-", ""), ("|", "|"), ("exp(", ")"),
        ("\\frac{", "}{x}"), ("\\sqrt{", "}"), ("<b>", "</b>"), ("> ", ""), ("(1+", ")^2"),
        ("relu(", ")"),
    ))  # fmt: skip
    times = rng.choice((1, 2, 3, 12, 60, 300))
    times = min(times, 20_000 // (1 + end - start))
    middle = before * times + "".join(found[start:end]) + after * times
    return "".join([*found[:start], middle, *found[end:]])


def _splice(text: str, other: str, rng: random.Random, _w: Sequence[str]) -> str:
    start, end = rng.randrange(len(text) + 1), rng.randrange(len(other) + 1)
    return text[:start] + other[end:]


def _character(text: str, _o: str, rng: random.Random, words: Sequence[str]) -> str:
    place = rng.randrange(len(text) + 1)
    end = place + rng.choice((0, 1, 1, 2))
    fresh = rng.choice(("", _piece(rng, words), chr(rng.choice((rng.randrange(128), 0x2200)))))
    return text[:place] + fresh + text[end:]


def _long(text: str, _o: str, rng: random.Random, words: Sequence[str]) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + _piece(rng, words) * rng.choice((20, 200, 3000)) + text[place:]


def _said(text: str, other: str, rng: random.Random, words: Sequence[str]) -> str:
    """Say something else behind a sign of equality: a piece, or what stands behind another one."""
    places = [(m.start(1), m.end(1)) for m in _BEHIND.finditer(text)]
    if not places:
        return _word(text, other, rng, words)
    start, end = rng.choice(places)
    others = [m[1] for m in _BEHIND.finditer(rng.choice((text, other)))]
    fresh = rng.choice(others) if others and rng.random() < 0.5 else _piece(rng, words)
    return text[:start] + rng.choice(("", " ")) + fresh + text[end:]


def _name(text: str, _o: str, rng: random.Random, words: Sequence[str]) -> str:
    """Use a name where another stands: of a line below, of its own line, with another's letter."""
    places = list(_NAME.finditer(text))
    if not places:
        return _piece(rng, words)
    place, fresh = rng.choice(places), rng.choice(places)[0]
    return text[: place.start()] + fresh + text[place.end() :]


_TEXT: tuple[Change, ...] = (
    _word, _word, _word, _word, _number, _number, _line, _line, _nest, _splice, _character,
    _character, _long, _said, _said, _name, _name,
)  # fmt: skip


# ---- bytes ----


def _recoded(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    coding = rng.choice(("utf-16", "utf-16-be", "utf-16-le", "utf-8-sig", "cp1252", "utf-32"))
    return text.encode(coding, "replace")


def _line_ends(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\r", b"\n\n", b"\x0b", b"\x85")))


_BYTES = (flipped, cut, cut_anywhere, _recoded, _line_ends)
