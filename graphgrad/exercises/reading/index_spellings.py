r"""Bring the spellings of index sums, rows and indicators to those that formulas are read in.

``Σ_{i=1}^{3} w_i`` and ``sum(i=1..3, w_i)`` are ``\sum_{i=1}^{3} w_i``; ``X_i^T E_i`` over rows is
``X[i]^T E[i]``; ``1[i=j]`` is ``δ_ij``; ``p_ip_j`` is ``p_i p_j``.
"""

from __future__ import annotations

import re
from functools import partial

from graphgrad.expr.dialect import SUBSCRIPTS, SUPERSCRIPTS
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["with_plain_indices", "with_tight_rows"]

_SIGN = re.compile(r"(?:Σ|∑|(?<![\w\\])sum)(?=_\{)")
_BARE_BOUND = re.compile(r"(?P<sign>Σ|∑)_(?P<index>[a-z])\^(?P<last>\w|\{\w+\})")
_CALL = re.compile(
    r"(?:Σ|∑|(?<![\w\\])(?:sum|suma))\s*+\(\s*+(?P<index>[a-z])\s*+=\s*+(?P<first>\d+)"
    r"\s*+(?:\.\.+|…)\s*+(?P<last>\w+)\s*+[,;]"
)
_SMALL_BOUNDS = re.compile(
    r"(?P<sign>Σ|∑|∏)(?P<index>[ᵢⱼₖₗₘₙ])₌(?P<first>[₀-₉]+)(?P<last>[⁰¹²³⁴-⁹]+|ⁿ)"
)
_BARE_RANGE = re.compile(
    r"(?P<sign>Σ|∑|∏)\s*+\(\s*+(?P<index>[a-z])\s*+=\s*+(?P<first>\d+)\s*+(?:\.\.+|…)\s*+(?P<last>\w+)\s*+\)"
)
_SAID = re.compile(
    r"(?<!\w)(?:(?:el|la|the)\s++)?(?:sumatori[oa]|suma|sum)\s++(?:(?:de|desde|from|over|for)\s++)"
    r"(?P<index>[a-z])\s*+=\s*+(?P<first>\d+)\s++(?:a|hasta|to)\s++(?P<last>\w+)\s++(?:de|of)\s++"
)
_INDICATOR = re.compile(
    r"(?<![\w.])(?:1|𝟙|𝟏|\\mathbb\{1\}|\\mathbf\{1\})\s*+_?\s*+"
    r"(?:\[|\(|\\?\{)\s*+(?P<one>[a-z])\s*+==?\s*+(?P<other>[a-z]|\d)\s*+(?:\]|\)|\\?\})"
)
_IVERSON = re.compile(r"\[\s*+(?P<one>[a-z])\s*+==?\s*+(?P<other>[a-z]|\d)\s*+\]")
_JOINED = re.compile(
    r"(?<![A-Za-z\\_])(?P<one>[A-Za-z])_(?P<i>[a-z]|\d+)"
    r"(?=(?P<other>[A-Za-z])_(?:[a-z](?![A-Za-z])|\d|\{[a-z\d,]+\}))"
)
_TURNED = r"\s*+(?:\^\s*+(?:T|⊤|\\top|\\intercal|\{\s*+(?:T|\\top|\\intercal)\s*+\})|ᵀ|⊤|')"
_ROW = re.compile(
    rf"(?<![^\W\d_])(?P<name>[^\W\d_]+)(?:_(?P<at>[a-z]|\d)|\[(?P<place>[a-z]|\d)\]){_TURNED}"
)
_BELOW = re.compile(r"(?<![\w\\])(?P<name>[^\W\d_]+)_(?P<at>[a-z])(?![\w{])")
_OUTER = re.compile(rf"(?<![\w\\])(?P<one>[a-z])_(?P<at>\d)\s*+(?P<other>[a-z])_(?P=at){_TURNED}")


_SIZED = re.compile(
    r"(?:(?<![\w.])1|𝟙|𝟏)(?P<rows>[₀-₉]+)(?:ₓ(?P<columns>[₀-₉]+))?|"
    r"(?:\\(?:mathbf|mathbb|boldsymbol|bm)\s*+\{\s*+1\s*+\}|𝟙|𝟏)\s*+_\s*+"
    r"(?:(?P<one>\d)|\{\s*+(?P<high>\d+)\s*+(?:(?:\\times|×|x)\s*+(?P<wide>\d+)\s*+)?\})"
)
"""The board's 1₃ and 1₂ₓ₃: vectors and matrices of ones that say their size."""
_UNIT = re.compile(
    r"(?:(?<![^\W\d])(?<![.\\])e|\\(?:mathbf|boldsymbol|bm)\s*+\{\s*+e\s*+\})"
    r"(?:(?P<small>[₁-₉])|_(?:(?P<one>[1-9])|\{\s*+(?P<braced>[1-9])\s*+\}))(?![\w₀-₉])"
)
_T = r"(?:ᵀ|⊤|\^\s*+\{?\s*+\\?(?:T|top|intercal)(?![a-z]))"
_ONES = re.compile(
    rf"(?<![\w.\])/^])1(?=\s*+{_T})|(?<![\w.\])/^*])1(?=\s++(?:[^\W\dᵀ][^\Wᵀ]*|1)\s*+{_T})"
)


_BOLD = r"(?:\\(?:mathbf|mathbb|boldsymbol|bm)\s*+(?:\{\s*+1\s*+\}|1)|𝟙|𝟏|(?<![\w.)\]}/^])1)"
_SQUARE = re.compile(
    rf"(?P<begins>(?:\A|(?<=[=+(−-]))\s*+)?(?P<one>{_BOLD})(?:\\[,;!]|\s|\*|·|\\cdot)*"
    rf"(?:{_BOLD}|(?<=1)1)(?=\s*+{_T}[\s}}]*(?:\Z|[-+−)=]))"
)
_FOLLOWS = re.compile(r"\s*+(?:@|\*|·|\\cdot)?\s*+\(*+\s*+[^\W\d_]++(?:_|\[)")
_LONGEST_NAME = 80
_LONGEST_TEXT = 1_000
_BOUND = r"[^,;{}()\[\]=<>]{1,40}"
_INTERVAL = (
    rf"(?P<opens>[\[(\]])\s{{0,3}}(?P<low>{_BOUND}?)\s{{0,3}}[,;]"
    rf"\s{{0,3}}(?P<high>{_BOUND}?)\s{{0,3}}(?P<closes>[\])\[])"
)
_ON_INTERVAL = re.compile(
    r"(?:\\(?:mathbb|mathbf|mathds|mathbbm)\s*+(?:\{\s*+[1I]\s*+\}|[1I])|𝟙|𝟏|\\chi|χ|(?<![\w.^)\]}])1)\s*+"
    rf"_\s*+\{{\s*+{_INTERVAL}\s*+\}}\s*+\(\s*+(?P<name>[^\W\d]\w*)\s*+\)"
)
_WITHIN = re.compile(
    rf"(?<!\w)(?P<name>[^\W\d]\w{{0,40}})\s*+(?:∈|\\in(?![A-Za-z]))\s*+(?:\\left\s*+)?{_INTERVAL}"
)
_ENDLESS = re.compile(r"[-+−]?\s*+(?:∞|\\infty|inf|oo|infinity|infinito)\s*+", re.IGNORECASE)


def with_plain_indices(text: str, vocabulary: Vocabulary) -> str:
    r"""Return an answer with its index sums, rows and indicators as formulas are read.

    >>> words = Vocabulary(["w", "x"], [], shapes={"w": (3,), "x": (3,)})
    >>> with_plain_indices("z = sum(i=1..3, w_i x_i) + Σ_{j=1}^{3} w_j", words)
    'z = (\\sum_{i=1}^{3}( w_i x_i)) + \\sum_{j=1}^{3} w_j'
    >>> with_plain_indices("p_i(1[i=j] - p_j)", words)
    'p_i(δ_ij - p_j)'
    >>> with_plain_indices(r"1₃^T p + \mathbf{1}_{2 \times 3}", words)
    'ones(3)^T p + ones(2, 3)'
    >>> with_plain_indices("∑ᵢ₌₁³ i", words), with_plain_indices("suma de i=1 a 3 de i^2", words)
    ('\\sum_{i=1}^{3}  i', '\\sum_{i=1}^{3} i^2')
    """
    text = _ON_INTERVAL.sub(lambda found: f"({_between(found, ')*(')})", text)
    text = _WITHIN.sub(lambda found: _between(found, ""), text.replace(r"\right]", "]"))
    text = _SMALL_BOUNDS.sub(_in_full_size, _calls(_SIZED.sub(_ones_of, text)))
    for ranged in (_SAID, _BARE_RANGE):
        text = ranged.sub(_as_bounds, text)
    text = _BARE_BOUND.sub(r"\\sum_{\g<index>=1}^{\g<last>}", text).replace("}^{{", "}^{")
    text = _SIGN.sub(r"\\sum", text)
    for indicator in (_INDICATOR, _IVERSON):
        text = indicator.sub(r"δ_\g<one>\g<other>", text)
    text = _JOINED.sub(lambda found: _apart(found, vocabulary), text)
    lengths = {length for shape in vocabulary.shapes.values() for length in shape}
    if len(lengths) == 1:  # 1 p^T is a matrix of ones times the row p
        text = _ONES.sub(f"ones({lengths.pop()})", text)
    return _rows(_squares(_units(text, vocabulary), vocabulary), vocabulary)


def _units(text: str, vocabulary: Vocabulary) -> str:
    r"""Return e_k, where nothing is called e, as a row of the identity: as long as what is asked.

    >>> words = Vocabulary(["L", "z", "W"], [], shapes={"z": (3,), "W": (3, 2)})
    >>> _units("dL/dz = softmax(z) - e₂", words)
    'dL/dz = softmax(z) - eye(3)[2]'
    """
    if vocabulary.name("e") is not None or not _UNIT.search(text):
        return text
    shape = _asked_shape(text, vocabulary) or _only_length(text, vocabulary)
    if not shape:
        return text

    def written(found: re.Match[str]) -> str:
        place = int(next(part for part in found.groups() if part).translate(SUBSCRIPTS))
        turned = len(shape) == 2 and re.match(rf"\s*{_T}", found.string[found.end() :]) is not None
        size = shape[1] if turned else shape[0]
        own = any(vocabulary.name(f"e{sign}{place}") is not None for sign in ("", "_"))
        return f"eye({size})[{place}]" if place <= size and not own else found[0]

    return _UNIT.sub(written, text)


def _squares(text: str, vocabulary: Vocabulary) -> str:
    r"""Return 1 1^T, a matrix of ones, as long and as wide as what it is the answer to.

    >>> words = Vocabulary(["L", "S"], [], shapes={"S": (2, 3)})
    >>> _squares(r"dL/dS = \mathbf{1}\mathbf{1}^\top", words)
    'dL/dS = ones(2) ones(3)^\\top'
    """
    left, equals, right = text.partition("=")
    shape = _asked_shape(text, vocabulary)
    if not equals or len(shape) != 2:
        return text

    def written(found: re.Match[str]) -> str:
        first = r"\mathbf{1}" if found["begins"] is None else f"ones({shape[0]})"
        return f"{found['begins'] or ''}{first} ones({shape[1]})"

    return f"{left}={_SQUARE.sub(written, right)}"


def with_tight_rows(text: str, vocabulary: Vocabulary) -> str:
    """Return ``W = [1,2;3,4]`` with blanks behind its commas, where W is as large as that.

    >>> words = Vocabulary(["W"], [], shapes={"W": (2, 2)})
    >>> with_tight_rows("W = [1,2;3,4]", words), with_tight_rows("W = [1,2;3,4;5,6]", words)
    ('W = [1, 2; 3, 4]', 'W = [1,2;3,4;5,6]')
    """
    left, equals, right = text.rpartition("=")
    rows = [row.split(",") for row in right.strip().strip("[]").split(";")]
    shape = _asked_shape(text, vocabulary) if equals else ()
    if len(shape) != 2 or (len(rows), {len(row) for row in rows}) != (shape[0], {shape[1]}):
        return text
    return f"{left}= [{'; '.join(', '.join(map(str.strip, row)) for row in rows)}]"


def _asked_shape(text: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the shape of what stands on the left of an answer; () where it is no array."""
    left, equals, _ = text.partition("=")
    if not equals or not vocabulary.shapes:
        return ()
    ends = [end for word in re.finditer(r"\w+", left) for end in _ends(word[0])]
    shapes = (_shape(end, vocabulary) for end in reversed(ends))
    return next((shape for shape in shapes if shape), ())


def _only_length(text: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the one length of the vectors that a text names; () where there is not just one."""
    words = re.findall(r"[^\W\d_]\w*", text[:_LONGEST_TEXT])
    shapes = {_shape(end, vocabulary) for word in words for end in _ends(word)[:2]}
    vectors = {shape for shape in shapes if len(shape) == 1}
    return vectors.pop() if len(vectors) == 1 else ()


def _ends(word: str) -> list[str]:
    """Return the ends of a word that may be a name: of dW the whole and W."""
    start = max(0, len(word) - _LONGEST_NAME)
    return [word[place:] for place in range(start, len(word)) if word[place].isalpha()]


def _between(found: re.Match[str], joint: str) -> str:
    r"""Return that a name lies in an interval as relations: 0 < x < 6, or x >= 1.

    With a joint each relation stands for itself: ``(0 < x)*(x < 6)``.
    """
    name = found["name"]
    low = "" if _ENDLESS.fullmatch(found["low"]) else found["low"]
    high = "" if _ENDLESS.fullmatch(found["high"]) else found["high"]
    above = "<=" if found["opens"] == "[" else "<"
    below = "<=" if found["closes"] == "]" else "<"
    if not low:
        return f"{name} {below} {high}" if high else f"{name} == {name}"
    if not high:
        return f"{low} {above} {name}"
    middle = f" {above} {name}{joint and joint + name} {below} "
    return f"{'(' * bool(joint)}{low}{middle}{high}{')' * bool(joint)}"


def _ones_of(found: re.Match[str]) -> str:
    sizes = (size.translate(SUBSCRIPTS) for size in found.groups() if size is not None)
    return f"ones({', '.join(sizes)})"


def _in_full_size(found: re.Match[str]) -> str:
    index, first = (found[part].translate(SUBSCRIPTS) for part in ("index", "first"))
    return f"{found['sign']}_{{{index}={first}}}^{{{found['last'].translate(SUPERSCRIPTS)}}} "


def _as_bounds(found: re.Match[str]) -> str:
    sign = found["sign"] if "sign" in found.re.groupindex else "∑"
    return f"{sign}_{{{found['index']}={found['first']}}}^{{{found['last']}}} "


def _calls(text: str) -> str:
    """Return ``sum(i=1..3, body)`` with its bounds below and above the sign."""
    found = _CALL.search(text)
    while found is not None:
        end = _closing(text, found.end())
        if end < 0:
            return text
        sign = rf"(\sum_{{{found['index']}={found['first']}}}^{{{found['last']}}}("
        text = f"{text[: found.start()]}{sign}{text[found.end() : end]})){text[end + 1 :]}"
        found = _CALL.search(text)
    return text


def _closing(text: str, start: int) -> int:
    """Return where the bracket that is open at a place closes; -1 if it does not."""
    depth = 1
    for place in range(start, len(text)):
        depth += (text[place] in "([") - (text[place] in ")]")
        if not depth:
            return place
    return -1


def _apart(found: re.Match[str], vocabulary: Vocabulary) -> str:
    known = all(vocabulary.name(found[part]) is not None for part in ("one", "other"))
    return f"{found[0]} " if known else found[0]


def _rows(text: str, vocabulary: Vocabulary) -> str:
    """Return rows of matrices in brackets, where one is turned before another: X[i]^T E[i]."""
    text = _OUTER.sub(lambda found: _columns(found, vocabulary), text)
    letters = set()
    for found in _ROW.finditer(text):
        at = found["at"] or found["place"]
        follows = _FOLLOWS.match(text, found.end())
        if len(_shape(found["name"], vocabulary)) == 2 and follows:
            letters.add(at)
    for at in sorted(letters):
        below = re.compile(rf"(?<![\w\\])(?P<name>[^\W\d_]+)_{at}(?![\w{{])")
        text = below.sub(partial(_in_brackets, at, 2, vocabulary), text)
    for at in set(re.findall(r"(?:Σ|∑|\\sum|sum)_\{?([a-z])", text)):
        if re.search(rf"[^\W\d_]\[{at}\]", text):  # rows in brackets: entries beside them too
            below = re.compile(rf"(?<![\w\\])(?P<name>[^\W\d_]+)_{at}(?![\w{{=])")
            text = below.sub(partial(_in_brackets, at, 1, vocabulary), text)
    return text


def _shape(name: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    return vocabulary.shapes.get(vocabulary.name(name) or "", ())


def _in_brackets(at: str, least: int, vocabulary: Vocabulary, found: re.Match[str]) -> str:
    rank = len(_shape(found["name"], vocabulary))
    return f"{found['name']}[{at}]" if least <= rank <= 2 else found[0]


def _columns(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Return ``x_1 e_1ᵀ``, columns of rows of matrices, as ``X[1]^T E[1]``."""
    one, other = vocabulary.matrix(found["one"]), vocabulary.matrix(found["other"])
    plain = vocabulary.name(found["one"]) is None and vocabulary.name(found["other"]) is None
    if one is None or other is None or not plain:
        return found[0]
    return f"{one}[{found['at']}]^T {other}[{found['at']}]"
