"""Hold what a mutation puts in: numbers and texts that are hard to read, damage to bytes."""

from __future__ import annotations

import random

__all__ = ["NASTY", "NUMBERS", "cut", "cut_anywhere", "flipped"]

NUMBERS = [
    "0", "-1", "-0", "1e999", "-1e999", "1e-999", "1e400", "NaN", "nan", "inf", "Infinity", "0x10",
    "1_000", "9" * 400, "1" + "0" * 8000, "0." + "0" * 500 + "1", "1/0", "0/0", "1/3", "2e+3", "٣",
    "1e", "1.2.3", "0,5", "+5", "--5", "18446744073709551616", "-2147483649", "1e308", "9^9^9^9",
    "true", "null", "5e-324", "1.7976931348623157e308", "1e-400", "1e9999999999", "0e999999999",
    "1e-9999999999", "2^1023", "2^-1075", "-1e308", "0.1e+00005", "９", "½", "²", "1²", "−2",
    "1\u00a0000", "1'000", "∞", "-inf", "1/-0", "1e5/1e-5", "1e22", "9007199254740993", "i", "1j",
    "4294967296", "65536", "1000000", "1e16", "3.", ".5", "00012", "0b1", "1/3/3", "1e1e1", "%5",
    "50%", "1:0", "0:10^9", "1e308*10", "0^0", "0^-1", "(-8)^(1/3)", "1/3e400", "7/0.0",
]  # fmt: skip
"""Numbers at the ends of what a float is, of other scripts, and what is nearly one."""
SURROGATE = "\udced\udca0\udc80"
"""The bytes that a lone surrogate would have in UTF-8, as ``surrogateescape`` holds them."""
NASTY = [
    "\0", "\r", "\r\n", "\n", "\ufeff", "\u202e", "\u2028", "\x1b[31m", "\x85", "é", "e\u0301", "ﬁ",
    "😀", "ŷ", "∂", "σ", "'", '"', "\\", "`", "$", "$$", "%", "#", "&", "<", ">", "{",
    "}", "[", "]", "(", ")", "((((((((", "))))))))", "[[[[", ",", ";", ":", "::", "=", "==", "@",
    "^", "^^", "**", "../", "/dev/zero", "=cmd|'/C calc'!A0", "<script>", "]]>", "\\input{x}",
    "-->", "\t", "    ", "|", "||", "+++", "```", "~~~", "{{", "}}", "%s", "{0}", "{x.__class__}",
    "\u0430", "Α", "ſ", "\u212a", "İ", "ı", "ß", "\u200b", "\u00a0", "\u2060", "\u0301",
    "x" + "\u0301" * 40,
    "\U000e0041", "\ufffe", "\uffff", SURROGATE, "（", "）", "［", "，", "：", "＝", "＋", "ｘ",
    "ᵀ", "⊤",
    "′", "″", "₁", "ₜ", "⁻¹", "·", "×", "÷", "√", "∑", "≤", "≠", "⊙", "x_", "_", "__", "_x", "x__y",
    "x.y", ".", "..", "...", "→", "∇", "a.b.c", "[]", "[[]]", "[,]", "[1,]", "[;]", "()", "{}", "!",
    "?", "!=", "<=", "=>", "->", ":=", "+=", "//", "/*", "*/", "--", "\x7f", "\x08", "\x0c", "\x1c",
    "\u2066", "\u2069", "\u200f", "\u0338", "\ufdfa", "\U0001d465", "\ufe0f", "\u1100\u1161", "ⁿ",
    "₍", "x\u0302", "\u0345", "\u05e9", "\u2800", "\u3164", "\u0f77", "\U0001f468\u200d\U0001f469",
    "ǆ", "ŉ", "C:\\a.csv", "\\\\srv\\x", "CON", "nul.txt", "a.csv:b", "file:///etc/passwd",
    "/proc/self/mem", "~root", "a\\..\\b", "%2e%2e/", "\u2024\u2024/", "1979-05-27T07:32:00Z",
    "07:32:00", "{ a = 1 }", "[[vars]]", "\'\'\'", '"""', "0o17", "-nan", "None", "NaN%", "1e5j",
    "<![CDATA[", "<!--", "&#0;", "&amp;",
]  # fmt: skip
"""Texts that break what reads line by line, quotes, escapes, folds case or counts columns."""


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Change a few bytes."""
    if not data:
        return b"\xff"
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 10))):
        found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def cut(data: bytes, rng: random.Random) -> bytes:
    """Keep the beginning."""
    return data[: rng.randrange(len(data) + 1)]


def cut_anywhere(data: bytes, rng: random.Random) -> bytes:
    """Keep the beginning, the end, or what is around a hole."""
    one, other = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:one], data[other:], data[:one] + data[other:], data[one:other]))
