r"""Read answers on what is no line of the graph: shapes, counts, errors δ, updates, Hessians.

``shape(h) = 2x3``, ``params(h) = 9``, ``params = 17``, ``δ_z = 0.2``, ``new w = 0.3``,
``w ← w - 0.1 dL/dw``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.reading.targets import ROW_WORDS, Target
from graphgrad.expr.dialect import SUBSCRIPTS, SUPERSCRIPTS
from graphgrad.expr.vocabulary import Vocabulary, name_key, spelled_out

__all__ = [
    "STEP_WORDS",
    "Quantity",
    "in_plain",
    "in_signs",
    "in_step",
    "introduced",
    "read_quantity",
    "step_key",
    "with_errors",
]

_NAME = r"(?>[^\W\d][\w.]*+(?:\[[\d,\s]++\](?:\.[\w.]++)?)?)"
_SHAPE = re.compile(
    rf"\s*+(?:shape|size|forma|tama[ñn]o|dim)\s*+(?:\(\s*+(?P<name>{_NAME})\s*+\)|of\s++(?P<of>{_NAME})|"
    rf"de\s++(?P<de>{_NAME}))\s*+=",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\s*+(?:params|parameters|par[áa]metros|count)\s*+(?:\(\s*+(?P<name>{_NAME})?\s*+\))?\s*+=",
    re.IGNORECASE,
)
_UPDATE = re.compile(
    rf"\s*+(?:(?:new|nuev[oa])\s++(?P<name>{_NAME})\s*+(?:=|←|<-|≈)|(?P<moved>{_NAME})\s*+(?:←|<-))",
    re.IGNORECASE,
)
_NEW = re.compile(r"(?:new|nuev[oa])\s++", re.IGNORECASE)
_DELTA = re.compile(
    rf"\s*+(?P<whole>(?:δ|delta|\\delta)\s*+(?:_\s*+\{{?(?P<below>{_NAME})\}}?|"
    rf"\(\s*+(?P<name>{_NAME})\s*+\)))\s*+=",
)
STEP_WORDS = (
    "step", "paso", "iteration", "iteración", "iteracion", "update", "actualización",
    "actualizacion",
)  # fmt: skip
_STEP = re.compile(
    rf"\s*+(?:(?:{'|'.join(STEP_WORDS)})\s*+|[kt]\s*+=\s*+)(?P<number>[0-9]{{1,4}})"
    rf"(?:\s*+,?\s*+(?:{'|'.join(ROW_WORDS)})\s*+(?P<row>[0-9]{{1,6}}))?"
    r"\s*+[:.]\s*+(?P<name>[^=≈←]+)(?P<sign>=|≈|←)",
    re.IGNORECASE,
)
_HAT = re.compile(r"(?:wide)?hat\s*+(?P<letter>[a-z])(?=\W|_|\Z)")
_ERROR = re.compile(
    r"(?:(?<![A-Za-z_])δ|\\delta(?![A-Za-z])|(?<![\w\\])delta(?![A-Za-z]))"
    r"(?:\s*+\(\s*+(?P<called>[^\W\d]\w*)\s*+\)|_(?:(?P<below>[^\W\dᵀ][^\Wᵀ]*)|\{(?P<inside>\w+)\}))?"
)
_OF_LAYER = re.compile(
    r"(?:\\(?:boldsymbol|mathbf|bm|vec)\s*+\{\s*+)?(?:(?<![A-Za-z_])δ|\\delta(?![A-Za-z])"
    r"|(?<![A-Za-z_\\])delta(?![A-Za-z]))\s*+\}?\s*+"
    r"(?:\^\s*+\{?\s*+[(\[]\s*+(?P<number>[0-9]{1,3})\s*+[)\]]\s*+\}?|⁽(?P<small>[⁰¹²³⁴-⁹]{1,3})⁾)"
    r"(?:_(?:(?P<below>[a-z0-9])|\{(?P<inside>[a-z0-9]+)\}))?"
)
_OF_NUMBER = re.compile(
    r"(?:(?<![A-Za-z_])δ|\\delta(?![A-Za-z])\s*+|(?<![A-Za-z_\\])delta)"
    r"(?:_?(?P<number>[1-9])|_\{\s*+(?P<braced>[1-9])\s*+\}|(?P<small>[₁-₉]))"
    r"(?:_(?:(?P<below>[a-z])|\{(?P<inside>[a-z])\}))?(?![A-Za-z0-9_₀-₉])"
)
"""δ2 and δ_2: of a layer where δ alone is no vector, whose second entry it would be."""
_NUMBERED = re.compile(r"(?:δ|\\?delta)_?\{?(?P<number>[0-9₀-₉]+)")
_D = r"(?:d|∂|\\partial\s*+|\\mathrm\{d\}\s*+)"
_TWO = r"(?:\^?2|\^\{2\}|²)"
_SECOND = re.compile(
    rf"\s*+(?:\\[dt]?frac\s*+\{{)?\s*+{_D}{_TWO}\s*+(?P<of>[^\W\d]\w*)\s*+(?:/|\}}\s*+\{{)"
    rf"\s*+\(?{_D}\s*+(?P<wrt>[^\W\d]\w*?)\)?\s*+{_TWO}\s*+\}}?\s*+(?==)"
)
_SENTENCE = re.compile(
    rf"\s*+(?:(?:la|el|the)\s++)?(?:(?:partial|total)\s++)?(?:derivada|derivative|gradiente|gradient)"
    rf"(?:\s++(?:parcial|total))?\s++(?:de|of)\s++(?P<of>{_NAME})\s++"
    rf"(?:(?:con\s++)?respect[oe]\s++(?:a|al|de)|with\s++respect\s++to|wrt|w\.r\.t\.|in|en)\s++"
    rf"(?P<wrt>{_NAME})\s*+(?:=|:|≈|(?:es|is|vale|equals)\b(?:\s++igual\s++a)?)",
    re.IGNORECASE,
)
_SAID_WHOLE = re.compile(
    r"\s*+(?:(?:la|the)\s++)?(?:derivada|derivative)(?:\s++parcial)?\s++(?:de|of)\s++(?P<of>[^=≈]+?)(?<!\s)\s++"
    r"(?:(?:con\s++)?respecto\s++(?:a|al|de)|with\s++respect\s++to|wrt)\s++(?P<wrt>[^\W\d]\w*)\s*+",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?<!\s)\s*+(?:x|×|\\times|,|;)\s*+")


_VARIATION = r"(?:δ|\\delta(?![A-Za-z])\s*+)"
_VARIED = re.compile(
    rf"(?<![\w\\]){_VARIATION}(?P<of>[^\W\d]\w{{0,60}})\s*+(?P<bar>/|\}}\s*+\{{)\s*+"
    rf"{_VARIATION}(?P<wrt>[^\W\d]\w{{0,60}})"
)
_OUTPUT = re.compile(r"\s*+(loss|p[ée]rdida|cost|coste|costo)\s*+(?=[=≈])", re.IGNORECASE)
_OF_TENSORS = re.compile(
    r",\s*+(?:grad_fn|dtype|requires_grad|device)\s*+=\s*+(?:<\w{1,60}>|'\w{1,60}'|[\w.]{1,60})"
)
_NUMERAL = r"[-+−–]?\s?\d{1,40}(?:[.,]\d{1,40})?"
_BARE_LIST = re.compile(rf"(?P<sign>[=≈])\s*+(?P<list>{_NUMERAL}(?:\s*+[,;]\s++{_NUMERAL})+)\s*+\Z")
_INTRODUCED = re.compile(r"^\s*+(?P<name>[^\W\d]\w*)\s*+(?==)")
_BARE_COMMA = re.compile(r"(?<=[=≈+*/·×−-])(?P<blank>\s*+),(?=[0-9])")
_ENTRY = re.compile(
    r"(?<!\w)(?P<sign>d|∂)?(?P<name>[^\W\d_]+)_\{\s*+(?P<row>[0-9]+)\s*+,\s*+(?P<column>[0-9]+)\s*+\}"
)
_PRIMED = re.compile(
    rf"(?<![\w\\.])(?P<of>{_NAME})\s*+(?:['′]|\^\{{?\\prime\}}?)"
    rf"\s*+\(\s*+(?P<wrt>{_NAME})\s*+\)"
)
"""A name is read once, as a whole: of a word of thousands of letters no part is tried."""


class Quantity(NamedTuple):
    """What a line answers, and the formulas behind it as an answer writes them."""

    target: Target
    text: str


def read_quantity(text: str, vocabulary: Vocabulary) -> Quantity | None:
    """Return what a line answers if it is no line of the graph nor a derivative; else None.

    >>> words = Vocabulary(["h", "w"], [])
    >>> read_quantity("forma(h) = 2x3", words).text, read_quantity("w ← 3", words).target.id
    ('= [2, 3]', 'new w')
    """
    found = _SHAPE.match(text)
    if found is not None:
        name = vocabulary.name(found["name"] or found["of"] or found["de"])
        return None if name is None else Quantity(Target("shape", name), _shapes(text, found.end()))
    found = _COUNT.match(text)
    if found is not None and vocabulary.name(text[: found.end() - 1].strip()) is None:
        return Quantity(Target("count", found["name"] or ""), text[found.end() - 1 :])
    found = _UPDATE.match(text)
    if found is not None:
        name = vocabulary.name(found["name"] or found["moved"])
        rest = f"= {text[found.end() :].strip()}"
        return None if name is None else Quantity(Target("update", name), rest)
    found = _DELTA.match(text)
    if found is not None and vocabulary.name(found["whole"].strip()) is None:
        name = vocabulary.name(found["below"] or found["name"])
        rest = text[found.end() - 1 :]
        return None if name is None else Quantity(Target("delta", name), rest)
    return _second(text, vocabulary)


def in_signs(text: str) -> str:
    """Return an answer whose left side is said in words with the derivative it names.

    A whole answer may be one: ``derivada de x² respecto a x``.

    >>> in_signs("la derivada de L respecto a w es 3x"), in_signs("derivative of L in w = 2")
    ('dL/dw = 3x', 'dL/dw = 2')
    >>> in_signs("la derivada de x^3 + 1 con respecto a x")
    'd/dx (x^3 + 1)'
    """
    found = _SENTENCE.match(text)
    if found is None:
        said = _SAID_WHOLE.fullmatch(text)
        return text if said is None else f"d/d{said['wrt']} ({said['of'].strip()})"
    return f"d{found['of']}/d{found['wrt']} = {text[found.end() :].strip()}"


def in_plain(text: str, vocabulary: Vocabulary) -> str:
    """Return an answer with what is written short in full: ,5 and W_{1,2} and L'(y).

    A prime stands for a derivative where a line is primed and brackets hold another one; of a
    matrix it is a transpose.

    >>> words = Vocabulary(["L", "y", "W"], [], shapes={"L": (), "y": (), "W": (2, 2)})
    >>> in_plain("∂L/∂W_{1,2} = ,5 L′(y)", words)
    '∂L/∂W[1,2] = 0,5 (dL/dy)'
    """
    text = _BARE_LIST.sub(r"\g<sign> [\g<list>]", _OF_TENSORS.sub("", text))
    text = _VARIED.sub(lambda found: _varied(found, vocabulary), text)
    said = _OUTPUT.match(text)
    if said is not None and vocabulary.output and vocabulary.name(said[1]) is None:
        text = f"{vocabulary.output} {text[said.end() :]}"
    text = _BARE_COMMA.sub(r"\g<blank>0,", text)
    text = _ENTRY.sub(lambda found: _entry(found, vocabulary), text)
    return _PRIMED.sub(lambda found: _primed(found, vocabulary), text)


def _varied(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Return δL/δw as dL/dw; itself where these are no names."""
    known = all(vocabulary.name(found[part]) is not None for part in ("of", "wrt"))
    return f"d{found['of']}{found['bar']}d{found['wrt']}" if known else found[0]


def _entry(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Return an entry of a matrix as W[1,2]; itself where the name is none."""
    word = found["name"]
    name = vocabulary.name(word) or vocabulary.matrix(word)
    if len(vocabulary.shapes.get(name or "", ())) != 2:
        return found[0]
    return f"{found['sign'] or ''}{name}[{found['row']},{found['column']}]"


def _primed(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Return the derivative that a primed line stands for; itself where it is no line."""
    of, wrt = vocabulary.name(found["of"]), vocabulary.name(found["wrt"])
    known = of is not None and wrt is not None and of != wrt
    if not known or vocabulary.function(found["of"]) or vocabulary.shapes.get(of or "", ()):
        return found[0]
    return f"(d{of}/d{wrt})"


def introduced(
    text: str, error: GraphgradError | None, vocabulary: Vocabulary, behind: Iterable[str]
) -> re.Match[str] | None:
    """Return the name that a line gives a formula without ``let``, where lines behind it use it.

    It is no name of the exercise and like none; a number alone is an answer to something.

    Args:
        text: the line.
        error: why it is no answer.
        vocabulary: the words of the exercise.
        behind: the lines behind it.
    """
    own = _INTRODUCED.match(text)
    if own is None or error is None or error.message_id != "answer.unknown_name":
        return None
    named, near = name_key(str(error.fields["got"])), error.fields["near"]
    if named != name_key(own["name"]) or near.message_id != "near.none":
        return None
    if not any(vocabulary.name(word) for word in re.findall(r"[^\W\d]\w*", text[own.end() :])):
        return None
    uses = re.compile(rf"(?<![^\W\d]){re.escape(named)}(?!\w)")
    used = (name_key(re.sub(r"[\\{}]", "", line.partition("=")[2])) for line in behind)
    return own if any(map(uses.search, used)) else None


def in_step(text: str, vocabulary: Vocabulary) -> str:
    """Return an answer about a step of training as one about the line with that number.

    >>> in_step("step 2: w = 0.9", Vocabulary(["w[1]", "w[2]"], []))
    'w[2] = 0.9'
    """
    found = _STEP.match(text)
    if found is None:
        return text
    name, number = found["name"].strip(), found["number"]
    rest = f"{found['sign']} {text[found.end() :].strip()}"
    row = int(found["row"] or 0)
    line = vocabulary.steps.get((step_key(name, row), int(number)))
    if line is not None:
        return f"{line} = {text[found.end() :].strip()}"
    number = f"{number},{row}" if row else number
    bare = _NEW.sub("", name)
    for numbered in (f"{bare}[{number}]", f"{bare}_{number}", f"{bare}{number}"):
        if vocabulary.name(numbered) is not None:
            return f"{numbered} {rest}"
    return f"{name} {rest}"  # a step of the sheet


def step_key(name: str, row: int = 0) -> str:
    r"""Return what the spellings of a name within a step of training have in common.

    Of a step that goes over several rows, each row has names of its own.

    >>> {step_key(name) for name in (r"\\hat{m}_w", "m_hat_w", "mhat_w", "m̂_{w}")}
    {'mhatw'}
    >>> step_key("∂L/∂w") == step_key("dL/dw") == step_key(r"\\frac{dL}{dw}")
    True
    """
    plain = re.sub(r"\\[dt]?frac\s*+\{(.{1,80}?)\}\s*+\{(.{1,80}?)\}", r"\1/\2", name)
    plain = plain.replace("\\partial", "d").replace("∂", "d")
    plain = re.sub(r"[\\{}\s]", "", spelled_out(plain))
    key = re.sub(r"[_().\s]", "", _HAT.sub(r"\g<letter>hat", plain))
    return f"{key} {row}" if row else key


def with_errors(text: str, vocabulary: Vocabulary) -> str:
    r"""Return an answer with the derivatives that δ stands for in its formulas.

    >>> words = Vocabulary(["L", "z", "w"], [], errors={"z": "dL/dz", "": "dL/dz"})
    >>> with_errors("dL/dw = δ_z x", words), with_errors("δ = a_i δ_i", words)
    ('dL/dw = (dL/dz) x', 'δ_z = a_i (dL/dz_i)')
    >>> words = Vocabulary(["L", "z2"], [], errors={"z2": "dL/dz2"})
    >>> with_errors(r"\delta^{(2)} = y", words), with_errors("w = δ^[2]_k x", words)
    ('δ_z2 = y', 'w = (dL/dz2_k) x')
    >>> with_errors("δ⁽²⁾ = y", words)
    'δ_z2 = y'
    """
    if not vocabulary.errors or not _ERROR.search(text):
        return text
    text = _OF_LAYER.sub(lambda found: _of_layer(found, vocabulary), text)
    if "" not in vocabulary.errors:
        text = _OF_NUMBER.sub(lambda found: _of_layer(found, vocabulary), text)
    place = next((k for k, sign in enumerate(text) if sign in "=≈"), 0)
    left, right = text[:place], text[place:]
    alone = vocabulary.errors.get("", "")
    if alone and left.strip() in ("δ", "delta", "\\delta") and not vocabulary.name("δ"):
        left = f"δ_{alone.rpartition('/d')[2]} "
    return left + _ERROR.sub(lambda found: _written_out(found, vocabulary), right)


def _of_layer(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Return δ of a layer as δ of the line with its number, z2 before others; else as it is."""
    parts = found.groupdict()
    number = parts["number"] or parts.get("braced") or parts["small"]
    number = number.translate(SUPERSCRIPTS).translate(SUBSCRIPTS)
    written = re.sub(r"[\\{}\s]", "", found[0]).partition("_")[0]
    if any(vocabulary.name(word) for word in (f"δ_{number}", f"delta{number}", written)):
        return found[0]
    entry = found["below"] or found["inside"] or ""
    name = vocabulary.name(f"z{number}") or vocabulary.name(f"z[{number}]") or ""
    if name not in vocabulary.errors:
        ends = re.compile(rf"[^\W\d]+_?\[?{number}\]?")
        lines = [line for line in vocabulary.errors if ends.fullmatch(line)]
        name = lines[0] if len(lines) == 1 else ""
    error = vocabulary.errors.get(name, "")
    if not name or (entry and error.startswith("-")):
        return found[0]
    left = not found.string[: found.start()].strip()
    if entry:
        return f"{error}_{entry}" if left else f"({error}_{entry})"
    return f"δ_{name}" if left else f"({error})"


def _written_out(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Return the derivative that one δ stands for; itself where that is not clear."""
    numbered = _NUMBERED.match(found.string, found.start())
    words = [found[0].strip(), "δ", *([] if numbered is None else [f"δ_{numbered['number']}"])]
    if any(vocabulary.name(word) is not None for word in words):
        return found[0]
    below = found["called"] or found["below"] or found["inside"] or ""
    name = vocabulary.name(below) if below else ""
    error, alone = vocabulary.errors.get(name or ""), vocabulary.errors.get("")
    if below and name is None:  # δ_i is an entry, δ_ij Kronecker's
        error = f"{alone}_{below}" if alone and len(below) == 1 and not found["called"] else None
    return found[0] if error is None else f"({error})"


def _second(text: str, vocabulary: Vocabulary) -> Quantity | None:
    """Return the second derivative that a line answers: d²L/dw²."""
    found = _SECOND.match(text)
    if found is None:
        return None
    of, wrt = vocabulary.name(found["of"]), vocabulary.name(found["wrt"])
    rest = text[found.end() :]
    return None if of is None or wrt is None else Quantity(Target("second", of, wrt), rest)


def _shapes(text: str, end: int) -> str:
    """Return the sides of a chain as rows of numbers: 2x3 and (2, 3) are [2, 3]."""
    sides = text[end:].split("=")
    return " ".join(f"= [{_lengths(side)}]" for side in sides)


def _lengths(side: str) -> str:
    side = side.strip()
    if side[:1] in "([" and side[-1:] in ")]" and not _closes_early(side):
        side = side[1:-1]
    return ", ".join(part for part in _TIMES.split(side) if part)


def _closes_early(side: str) -> bool:
    """Tell whether the first bracket closes before the end: (5-3)/1+1."""
    depth = 0
    for place, sign in enumerate(side):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return place < len(side) - 1
    return True
