"""State how strictly a text is read, and which signs are others in another form.

The file format is strict, answers are lenient.
"""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
import re
import unicodedata
from typing import NamedTuple

__all__ = [
    "ANSWER", "COMMA", "FOLDED", "HIGH", "LONGEST_PHRASE", "OPERATORS", "SMALL",
    "SPOKEN_FUNCTIONS", "SPOKEN_SIGNS", "STRICT", "SUBSCRIPTS", "SUPERSCRIPTS",
    "Dialect", "in_plain_letters", "with_semicolons",
]  # fmt: skip

_PARTING = re.compile(r"(?<![0-9]),|,(?![0-9])")


class Dialect(NamedTuple):
    """Hold the choices that change how a formula is read.

    Attributes:
        decimal_comma: numbers are written 0,5 and ``;`` separates arguments.
        inner_names: ``yhat.1``, the first operation inside the line yhat, is a name.
        superscripts: ``x²`` is a power.
        lenient: also the signs of hand-written answers and of LaTeX are tokens; `lenient` turns
            them into a formula.
        max_depth: nesting of brackets, signs and powers before a limit error.
        max_length: characters in one logical line before a limit error.
    """

    decimal_comma: bool = False
    inner_names: bool = False
    superscripts: bool = False
    lenient: bool = False
    max_depth: int = 200
    max_length: int = 10_000


STRICT = Dialect()
COMMA = STRICT._replace(decimal_comma=True)
ANSWER = Dialect(inner_names=True, superscripts=True, lenient=True, max_depth=60, max_length=600)


def with_semicolons(text: str) -> str:
    """Return a text of ``decimal comma`` with ``;`` for each comma that is in no number.

    >>> with_semicolons("dense(4, act=relu, rate=0,5)")
    'dense(4; act=relu; rate=0,5)'
    """
    return _PARTING.sub(";", text)


# ---- signs of other forms ----

SMALL = "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
SUBSCRIPTS = str.maketrans(SMALL, "0123456789aehijklmnoprstuvx")
HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
SUPERSCRIPTS = str.maketrans(HIGH, "0123456789-+()abcdefghijklmnoprstuvwxyz")
OPERATORS = {
    "**": "^", "·": "*", "×": "*", "∗": "*", "−": "-", "–": "-", "÷": "/", "≥": ">=", "≤": "<=",
    "≠": "!=", "⋅": "*", "∙": "*", "•": "*", "⊙": "*", "⊗": "*", "∘": "*", "✕": "*", "✖": "*",
    "⨯": "*", "\u2062": "*", "⁄": "/", "∕": "/", "—": "-", "‒": "-", "‐": "-", "‑": "-", "－": "-",
    "＋": "+", "＝": "=", "≡": "=", ".*": "*", "./": "/", ".^": "^", ":=": "=", "≔": "=", "≃": "≈",
    "≅": "≈", "≐": "≈",
}  # fmt: skip

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS = {
    0x1D7CE + 10 * style + digit: 0x30 + digit for style in (0, 2, 3, 4) for digit in range(10)
}
FOLDED = (
    _WIDE
    | _DIGITS
    | {0x3000: " ", 0x2206: "Δ", 0x2126: "Ω", 0x212F: "e", 0x2147: "e", 0x2236: ":"}
    | {0x3010: "(", 0x3011: ")", 0x3014: "(", 0x3015: ")", 0x2768: "(", 0x2769: ")"}
    | {0x2223: "|", 0x2758: "|", 0x23D0: "|", 0x2225: "‖", 0x2016: "‖"}
    | {0x27E8: "⟨", 0x2329: "⟨", 0x3008: "⟨", 0x27E9: "⟩", 0x232A: "⟩", 0x3009: "⟩"}
    | {0x02C6: "^", 0x2191: "^", 0x2797: "/", 0x2298: "/", 0x2795: "+", 0x2796: "-", 0x22C6: "*"}
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x1D400, 0x1D7CC)}
    | {0x210E: "h", 0x2146: "d", 0x1D7CF: "𝟙", 0x02B9: "'", 0x02BC: "'"}
    | {0x2A09: "×", 0xFF65: "·", 0x30FB: "·", 0x2027: "·", 0x2E31: "·", 0xFE61: "*"}
    | {0xFE63: "-", 0x02D7: "-", 0x2015: "-", 0x2043: "-", 0xFE62: "+", 0xFE66: "="}
    | {0x2502: "|", 0x01C0: "|", 0x2551: "‖", 0x01C1: "‖", 0x27E6: "[", 0x27E7: "]"}
    | {0x2A7E: "≥", 0x2267: "≥", 0x2A7D: "≤", 0x2266: "≤", 0xFE64: "<", 0xFE65: ">"}
)
"""Signs that are other signs in another form: full-width ones, letters of Word, other bars."""
_LETTERS = {code: sign for code, sign in SUPERSCRIPTS.items() if chr(code) in HIGH[14:]}


def in_plain_letters(text: str) -> str:
    """Return a text with letters and signs of other forms as plain ones, place by place.

    >>> in_plain_letters("𝑥 = eˣ")
    'x = ex'
    """
    return text if text.isascii() else text.translate(FOLDED).translate(_LETTERS)


# ---- signs and functions in words ----

_SIGNS = {
    "*": ("times", "por", "mal", "multiplied by", "multiplicado por", "multipliziert mit"),
    "/": (
        "divided by", "dividido por", "dividido entre", "entre", "durch", "geteilt durch",
        "partido por", "partido entre", "sobre", "over",
    ),
    "+": ("plus", "más"),
    "-": ("minus", "menos"),
    "^": ("to the power of", "to the", "elevado a", "elevado a la", "a la", "hoch"),
    "^2": ("squared", "al cuadrado", "elevado al cuadrado", "cuadrado", "hoch zwei", "quadrat"),
    "^3": ("cubed", "al cubo", "elevado al cubo", "hoch drei"),
    "^4": ("a la cuarta", "elevado a la cuarta", "to the fourth", "hoch vier"),
    "^5": ("a la quinta", "elevado a la quinta", "to the fifth", "hoch fünf"),
}  # fmt: skip
SPOKEN_SIGNS = {tuple(words.split()): sign for sign, all_ in _SIGNS.items() for words in all_}
"""The sign that words say between two operands."""
_FUNCTIONS = {
    "sqrt": ("square root", "raíz cuadrada", "raiz cuadrada", "raíz", "raiz"),
    "cbrt": ("cube root", "cubic root", "raíz cúbica", "raiz cubica", "raiz cúbica", "raíz cubica"),
    "abs": ("absolute value", "valor absoluto", "módulo"),
    "log": (
        "natural logarithm", "natural log", "logarithm", "log", "ln", "logaritmo",
        "logaritmo natural", "logaritmo neperiano",
    ),
    "exp": ("exponential", "exponencial", "exp"),
    "sin": ("sine", "seno", "sin", "sen"),
    "cos": ("cosine", "coseno", "cos"),
    "tan": ("tangent", "tangente", "tan", "tg"),
    "asin": ("arc sen", "arc sin", "arco seno", "inverse sine"),
    "acos": ("arc cos", "arco coseno", "inverse cosine"),
    "atan": ("arc tg", "arc tan", "arco tangente", "inverse tangent"),
    "sinh": ("hyperbolic sine", "seno hiperbólico"),
    "cosh": ("hyperbolic cosine", "coseno hiperbólico"),
    "tanh": ("hyperbolic tangent", "tangente hiperbólica", "tanh"),
    "sigmoid": ("sigmoid", "sigmoide", "función sigmoide", "función logística", "sigmoid function"),
    "relu": ("relu", "ReLU"),
    "sign": ("sign", "signo"),
}  # fmt: skip
SPOKEN_FUNCTIONS = {tuple(w.split()): name for name, all_ in _FUNCTIONS.items() for w in all_}
"""The function that words name before ``de`` or ``of``; several words need neither."""
LONGEST_PHRASE = 1 + max(map(len, (*SPOKEN_SIGNS, *SPOKEN_FUNCTIONS)))
