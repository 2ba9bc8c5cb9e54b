"""Make each answer of a sheet one line, and bare: matrices over several lines, words round it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

__all__ = ["bare_answer", "whole_lines", "without_lead"]

_MOST_LINES = 40
_NUMBERS = re.compile(r"\s*+[-+(]?[\d.][-+−\d.,/eE\s;&|]*+(?:\\\\[-+−\d.,/eE\s;&|]*+)*+\Z")
_ROW = re.compile(r"\s*+[\[(|].*[\])|]\s*+[,;]?\s*+\Z")
_OPENS, _CLOSES = "[({", "])}"
_JOINED = (";", ",", "[", "(", "{", "&", "\\\\", "=", "+", "-", "*", "}")


def whole_lines(lines: Sequence[str]) -> list[str]:
    """Return as many lines, each answer whole on its first one; those it went on over are empty.

    A bracket or a LaTeX environment goes on until it closes; behind a line that ends with ``=``
    rows of numbers are a matrix.

    >>> whole_lines(["W = [1 2", "     3 4]", "A =", "1 2", "3 4", "z = 1"])
    ['W = [1 2; 3 4]', '', 'A = [1 2; 3 4]', '', '', 'z = 1']
    """
    found: list[str] = []
    while len(found) < len(lines):
        place = len(found)
        text, count = _bracketed(lines, place)
        if count == 1 and lines[place].rstrip().endswith("="):
            text, count = _below(lines, place)
        found += [text, *[""] * (count - 1)]
    return found


def _bracketed(lines: Sequence[str], place: int) -> tuple[str, int]:
    """Return a line with those that close its brackets, and how many lines that takes."""
    text = lines[place]
    if not _open(text):
        return text, 1
    for end in range(place + 1, min(len(lines), place + _MOST_LINES)):
        line = lines[end].strip()
        if not line:
            continue
        if "=" in line:
            break
        text = f"{text.rstrip()}{_joint(text, line)}{line}"
        if not _open(text):
            return text, end + 1 - place
    return lines[place], 1


def _open(text: str) -> bool:
    """Tell whether a bracket or an environment is still open at the end of a text."""
    depth = sum(text.count(sign) for sign in _OPENS) - sum(text.count(sign) for sign in _CLOSES)
    return depth > 0 or text.count(r"\begin") > text.count(r"\end")


def _joint(text: str, line: str) -> str:
    """Return what belongs between two lines of a matrix: rows end with them."""
    inside = text.count("[") > text.count("]") and r"\begin" not in text
    ended = text.rstrip().endswith(_JOINED) or line.startswith(("]", ";", ",", "+", "*", ")"))
    return "; " if inside and not ended else " "


def _below(lines: Sequence[str], place: int) -> tuple[str, int]:
    """Return a line that ends with = with the rows of numbers below it as a matrix."""
    rows: list[str] = []
    end = place + 1
    while end < min(len(lines), place + _MOST_LINES):
        line = lines[end].strip()
        if "=" in line or not (_NUMBERS.match(line) or (_ROW.match(line) and line)):
            break
        rows.append(line.removesuffix(r"\\").strip(" |;,"))
        end += 1
    if not rows:
        return lines[place], 1
    bare = [row.strip("[()] ") for row in rows]
    inner = "; ".join(bare) if all("[" not in row for row in bare) else ", ".join(rows)
    matrix = len(rows) > 1 or len(bare[0].split()) > 1
    written = f"[{inner.replace('&', ' ')}]" if matrix else rows[0]
    return f"{lines[place].rstrip()} {written}", end - place


# ---- words round an answer ----

_LONGEST_SAID = 1_000
_LEAD = re.compile(
    r"\s*(?:(?:por (?:lo )?tanto|por consiguiente|en consecuencia|entonces|luego|de modo que|"
    r"de donde|así(?: que| pues)?|asi que|es decir|o sea|finalmente|por último|y|and|obtenemos|"
    r"tenemos|queda|resulta|se (?:obtiene|tiene)|solución|respuesta|resultado|therefore|hence|thus|"
    r"so|then|finally|that is|i\.e\.|we (?:get|have|obtain)|solution|answer|result)\b"
    r"(?:\s*[,:]\s*|\.?\s+)"
    r"(?:(?:que|that|se tiene que|tenemos que|we (?:get|have))\b\s*)?"
    r"|[∴⇒➔➜►▶]\s*|[=-]>\s*|\\(?:therefore|implies|Rightarrow)(?![A-Za-z])\s*)(?=\S)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\s*(?:error|p[ée]rdida|loss|cost[eo]?|gradiente?|derivada|derivative|salida|output|activaci[oó]n|"
    r"activation|forward|backward|hacia (?:adelante|atr[aá]s)|predicci[oó]n|prediction|capa|layer|"
    r"preactivaci[oó]n|suma ponderada|weighted sum|regla de la cadena|chain rule)"
    r"(?:\s+[^\W\d_]+){0,4}\s*:\s*(?=[^:=≈]+[=≈])",
    re.IGNORECASE,
)
_VALUE_OF = re.compile(r"\s*(?:(?:el|the)\s+)?(?:valor|value)\s+(?:de|of)\s+(?=\S)", re.IGNORECASE)
_SAYS = re.compile(
    r"\s+(?:es\s+igual\s+a|igual\s+a|es|vale|da|is\s+equal\s+to|is|equals)\s+(?:=\s*)?(?=\S)",
    re.IGNORECASE,
)
_BOLD_TEXT = re.compile(r"\*\*(?P<whole>[^*].*?)\*\*\s*(?=\Z|[=:≈])")
_BECAUSE = r"porque|ya que|puesto que|dado que|pues|because|since"
_BEHIND = re.compile(
    r"(?<=\S)(?:\s+(?:"
    rf"{_BECAUSE}|debido a|por ser|por la|usando|aplicando|que es|lo que|lo cual|which is|by the|"
    r"using)\b|\s*[,;.]\s+(?:so|que|por (?:lo )?tanto|luego|así que|y por tanto|es decir|o sea|"
    r"thus|therefore|hence|which|and so|i\.e\.)(?=[\s,:])|\s+(?://|<-|←)\s*[^\W\d_]"
    r"|(?<=[\d)])\s*(?:unidades|units|uds?)\.?\Z).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKETS = re.compile(r"(?<=\S)\s+\((?P<said>[^()=≈]*(?:\([^()]*\)[^()=≈]*)?)\)\s*\Z")
_GIVES_REASON = re.compile(rf"\s*(?:{_BECAUSE})\b", re.IGNORECASE)
_SAID_ONLY = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9\s,.;:%']+")
_ROUNDING = frozenset(
    {"decimal", "decimales", "decimals", "cifras", "digits", "figures", "redondeado", "rounded"}
)
_HEDGES = frozenset({"no", "not", "o", "or", "nor", "ni", "mal", "wrong", "falso", "false"}) | {
    "incorrecto", "incorrect", "salvo", "except",
}  # fmt: skip
_TICKS = " \t✓✔✅☑∎□■"
_OF_SIGN = re.compile(r"(?P<kept>[=≈]\s*(?P<minus>[-−–]?)\s*\d[\d.,]*)\s*(?P<sign>[<>])\s*0\s*\Z")
_FULL_STOP = re.compile(r"(?<![\s.…\d])\.(?P<kept>\s*(?:\$+|\\[\])])?)\s*\Z")


def without_lead(text: str, is_name: Callable[[str], bool]) -> str:
    """Return an answer without the words that lead to it: ``por tanto,``, ``so``, ``⇒``.

    >>> without_lead("Por tanto, dL/dw = 3", str.islower), without_lead("so = 3", str.islower)
    ('dL/dw = 3', 'so = 3')
    """
    for _ in range(2):
        found = _LEAD.match(text) or _LABELLED.match(text) or _VALUE_OF.match(text)
        first = re.match(r"\s*(\w+)", text)
        named = first is not None and is_name(first[1])
        if found is None or (named and text[found.end() :][:1] in "=≈<>+-*/^)([,.:"):
            return text
        if named and first is not None and first.end() == len(text[: found.end()].rstrip()):
            return text
        text = text[found.end() :]
    return text


def bare_answer(
    text: str, is_name: Callable[[str], bool], answers: Callable[[str], bool]
) -> tuple[str, str]:
    """Return an answer without the words round it, and those words that stood behind it.

    Args:
        text: the answer as it is written.
        is_name: tells whether a word is a name or a function of the exercise.
        answers: tells whether a text names what can be answered.

    >>> bare_answer("z vale 6, que es positivo", "z".__eq__, "z".__eq__)
    ('z = 6', ', que es positivo')
    >>> bare_answer("z = -12 (negativo) ✓", "z".__eq__, "z".__eq__)
    ('z = -12', '(negativo)')
    """
    if len(text) > _LONGEST_SAID:
        return text, ""
    text = _BOLD_TEXT.sub(r"\g<whole>", without_lead(text, is_name), count=1)
    text = _FULL_STOP.sub(r"\g<kept>", text.rstrip(_TICKS))
    said = _SAYS.search(text)
    place = min((k for k in (text.find("="), text.find("≈")) if k >= 0), default=len(text))
    if said is not None and said.start() < place and answers(text[: said.start()]):
        text = f"{text[: said.start()]} = {text[said.end() :]}"
        place = said.start() + 1
    aside = _BEHIND.search(text, place + 1) if place < len(text) else None
    if aside is None and place < len(text):
        aside = _IN_BRACKETS.search(text, place + 1)
        aside = None if aside is None or not _is_said(aside["said"], is_name) else aside
    if aside is not None:
        text = text[: aside.start()]
    of_sign = _OF_SIGN.search(text)
    if of_sign is not None and bool(of_sign["minus"]) == (of_sign["sign"] == "<"):
        text = text[: of_sign.end("kept")]
    return text, "" if aside is None else aside[0].strip()


def _is_said(said: str, is_name: Callable[[str], bool]) -> bool:
    """Tell whether brackets hold words about an answer, and nothing that belongs to it."""
    if _GIVES_REASON.match(said):
        return True
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", said)]
    counted = bool(re.search(r"\d", said)) and not _ROUNDING & set(words)
    if counted or not _SAID_ONLY.fullmatch(said) or _HEDGES & set(words):
        return False
    return not any(map(is_name, words)) and any(len(word) > 2 for word in words)
