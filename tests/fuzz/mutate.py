"""Change inputs the way files go wrong: by words and lines, by JSON values, by entries of a zip.

Random bytes are refused by the first line of any reader. What gets further is nearly right: a word
twice, a number of 8,000 digits, a list where a text stood, a name that is empty.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["NASTY", "mutated"]

_WORDS = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
NUMBERS = [
    "0", "-1", "-0", "1e999", "-1e999", "1e-999", "1e400", "NaN", "nan", "inf", "Infinity", "0x10",
    "1_000", "9" * 400, "1" + "0" * 8000, "0." + "0" * 500 + "1", "1/0", "0/0", "1/3", "2e+3", "٣",
    "1e", "1.2.3", "0,5", "+5", "--5", "18446744073709551616", "-2147483649", "1e308", "9^9^9^9",
    "true", "null",
]  # fmt: skip
NASTY = [
    "\0", "\r", "\r\n", "\n", "\ufeff", "\u202e", "\u2028", "\x1b[31m", "\x85", "é", "e\u0301", "ﬁ",
    "😀", "ŷ", "∂", "σ", "'", '"', "\\", "`", "$", "$$", "%", "#", "&", "<", ">", "{",
    "}", "[", "]", "(", ")", "((((((((", "))))))))", "[[[[", ",", ";", ":", "::", "=", "==", "@",
    "^", "^^", "**", "../", "/dev/zero", "=cmd|'/C calc'!A0", "<script>", "]]>", "\\input{x}",
    "-->", "\t", "    ", "|", "||", "+++", "```", "~~~", "{{", "}}", "%s", "{0}", "{x.__class__}",
]  # fmt: skip


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
    kind = rng.random()
    if data.startswith(b"PK") and kind < 0.85:
        return _zip(data, seeds, rng)
    if data[:1] in b"{[" and data and kind < 0.7:
        found = _json(data, rng)
        if found is not None:
            return found
    if kind < 0.93:
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


_TEXT: tuple[Change, ...] = (
    _word, _word, _word, _word, _number, _number, _line, _line, _nest, _splice, _character,
    _character, _long,
)  # fmt: skip


# ---- bytes ----


def _flip(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return b"\xff"
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 10))):
        found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _recoded(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    coding = rng.choice(("utf-16", "utf-16-be", "utf-16-le", "utf-8-sig", "cp1252", "utf-32"))
    return text.encode(coding, "replace")


def _line_ends(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\r", b"\n\n", b"\x0b", b"\x85")))


_BYTES = (_flip, _cut, _recoded, _line_ends)


# ---- JSON ----


def _json(data: bytes, rng: random.Random) -> bytes | None:
    """Change a value, a key or a count somewhere in the data."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    holders: list[Any] = []
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict | list) and each:
            holders.append(each)
            waiting += each.values() if isinstance(each, dict) else each
    if not holders:
        return None
    holder = rng.choice(holders)
    key = rng.choice(list(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))
    deed = rng.random()
    if deed < 0.15:
        del holder[key]
    elif deed < 0.25 and isinstance(holder, list):
        holder.append(holder[key])
    elif deed < 0.4 and isinstance(holder[key], int | float):
        holder[key] = holder[key] + rng.choice((-1, 1, 1000))
    else:
        holder[key] = rng.choice(_VALUES)(rng)
    return json.dumps(found).encode("utf-8", "surrogatepass")


_VALUES: tuple[Callable[[random.Random], Any], ...] = (
    lambda rng: rng.choice((None, True, False, 0, 1, -1, 2**70, -(2**70), 10**400, 1.5, 1e308)),
    lambda rng: rng.choice((float("inf"), float("nan"), float("-inf"))),
    lambda rng: rng.choice(("", "x", "inf", "nan", *NUMBERS, *NASTY)),
    lambda rng: rng.choice(([], {}, [[]], [{}], {"": None}, [[[[]]]], [1, [2]], {"exact": "1/0"})),
    lambda rng: rng.choice(({"exact": 1}, {"exact": "9" * 9000}, {"array": [1], "shape": [-1]})),
    lambda rng: rng.choice(({"array": [[1], 2], "shape": [2]}, {"array": 3, "shape": []})),
)


# ---- zip ----

_NAMES = [
    "", "/", ".", "..", "../x.txt", "/etc/passwd", "a\\b.txt", "C:\\x.txt", "x\0y.txt",
    "\ud800.txt", "é.txt", "a" * 300 + ".txt", "x" * 60_000, "__MACOSX/x", ".DS_Store",
    "a/b/c/d/e.txt",
    "Ana Ruiz_12345_assignsubmission_file_/a.txt", "_1_assignsubmission_file_/", "con.txt",
    "a.docx", " .txt", "a/", "//x.txt", "a/../b.txt", "a.pdf", "\u202e.txt", "x.txt\n",
    "%00.txt", "A1.TXT", "a1.txt",
]  # fmt: skip


def _zip(data: bytes, seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Build a zip anew with odd entries, or damage its bytes."""
    if rng.random() < 0.4:
        return rng.choice((_flip, _flip, _cut))(data, rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((0, 8, 8, 12, 14))) as archive:
        for _ in range(rng.choice((0, 1, 1, 2, 5, 40))):
            info = zipfile.ZipInfo(rng.choice(_NAMES).replace("\ud800", "?"))
            info.external_attr = rng.choice((0, 0, 0o120777 << 16, 0o010644 << 16, 0o40755 << 16))
            info.compress_type = rng.choice((0, 8))
            content = rng.choice((b"", b"z = 1\n", b"\0" * 400_000, b"\xff\xfe", b"%PDF-1.7"))
            archive.writestr(info, content)
            info.flag_bits |= rng.choice((0, 0, 1, 0x800))
    found = out.getvalue()
    if rng.random() < 0.3:  # names that are no UTF-8, though the entry says so
        found = found.replace("é".encode(), b"\xff\xfe").replace(b"a1.txt", b"\xc3\x28.txt")
    return found
