"""Tell verdicts in full: how each was reached, at how many points and in how many cases.

``python -m tests.exercises.verdicts`` writes them to ``verdicts.txt``: read the difference before
it is committed, for students read these words and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.enclosures import ball
from graphgrad.exercises.deciding.sympy_opinion import asked_of_sympy
from graphgrad.exercises.judging.page_questions import accepted
from graphgrad.exercises.reading.equivalence import equivalent
from tests.exercises.identities import FALSE, TRUE

__all__ = ["ASSUMED", "RECORDED", "told", "verdicts"]

RECORDED = Path(__file__).with_name("verdicts.txt")

ASSUMED = """
y^2 | y | y in {0, 1}
y^2 | y | y in {0, 1, 2}
y(1-y) + z(1-z) | 0 | y in {0, 1}; z in {0, 1}
y^2 z | y z | y in {0, 1}
sin(26x)^y | (2 sin(13x) cos(13x))^y | y in {0, 1}
sin(26x)^y | (2 sin(13x) cos(13x))^y | y in {1, 0}
where(x>=y, abs(x), x) | where(x>y, abs(x), x) | x > 0
where(x>=y, abs(x), x) | where(x>y, abs(x), x) | y > 0
where(x>=y, abs(x), x) | where(x>y, abs(x), x) | x < 5
where(x>=y, sin(26x), 2 sin(13x) cos(13x)) | where(x>y, sin(26x), 2 sin(13x) cos(13x)) |
where(x>=y, x + z, y + z) | where(x>y, x + z, y + z) |
where(x>=y, x + z, y - z) | where(x>y, x + z, y - z) |
where(x>=1, 1/(x-1), 0) | where(x>1, 1/(x-1), 0) |
where(x y>=z, x, x) | x |
where(x+y>=1, where(x>=y, 1, 2), 3) | where(x+y>=1, where(x>y, 1, 2), 3) |
where(x+y>=1, where(x>=y, 1, 2), 3) | where(x+y>=1, where(x>y, 1, 2), 3) | x > y
-y log(p) - (1-y) log(1-p) | -log(p) | y in {1}
a b c d f g h | h g f d c b a | bits: abcdfgh
a b c d f g | g f d c b a | bits: abcdfg
a + b | b + a | a in {1}; b in {2}
1/y | 1/y | y in {0}
1/y | 2/y | y in {0, 1}
1/y | y | y in {0, 1}
y/x | x y | y in {-1, 1}
|x| | x | x > 0
|x| | x | x >= 0
|x| | -x | x < 0
|x| | x |
|x - 2| | 2 - x | x < 2
|x - 2| | x - 2 | x >= 2
|x - 2| | x - 2 | x > 1
|x-1| | 1 - x | x > 0; x < 1
relu(x - 1) | 0 | x > 0; x < 1
relu(x - 1) | 0 | x > 0; x < 2
sqrt((x-y)^2) | x - y | x > y
sqrt((x-y)^2) | x - y | x < y
sqrt(x^2) | x | x > -1
log(x y) | log(x) + log(y) | x > 0; y > 0
log(x^2) | 2 log(x) | x > 0
log(x^2) | 2 log(x) |
log(x)/log(x) | 1 | x > 1
arcsin(sin(x)) | x |
arcsin(sin(x)) | x | x > -1; x < 1
arcsin(x) + arccos(x) | pi/2 |
arctan(x) + arctan(1/x) | pi/2 | x > 0
arctan(x) + arctan(1/x) | pi/2 |
arctan(x) + arctan(1/x) | -pi/2 | x < 0
arctan((1+x)/(1-x)) | pi/4 + arctan(x) | x < 1
arctan((1+x)/(1-x)) | pi/4 + arctan(x) |
arctan((1+x)/(1-x)) + 1/(2x-1) | pi/4 + arctan(x) + 1/(2x-1) | x < 1
arctan((1-x)/(1+x)) + 1/(2x+1) | pi/4 - arctan(x) + 1/(2x+1) | x > -1
arctan(x) + arctan(1/x) + log(x-1) | pi/2 + log(x-1) |
arctan(x) + arctan(1/x) + sqrt(x-1) | pi/2 + sqrt(x-1) |
arctan(x) + arctan(1/x) + 1/(x^2+1) | pi/2 + 1/(x^2+1) | x > 0
arctan(x) + arctan(1/x) + 1/(x^2-2) | pi/2 + 1/(x^2-2) | x > 0
arctan(x) + arctan(1/x) + 1/(x-y) | pi/2 + 1/(x-y) | x > 0
arcsin(x/3) + arccos(x/3) | pi/2 |
2 arctan(x) | arctan(2x/(1-x^2)) | x > -1; x < 1
2 arctan(x) | arctan(2x/(1-x^2)) | x > 1
arcsin(x) | arctan(x/sqrt(1-x^2)) |
arccos(x) | 2 arctan(sqrt((1-x)/(1+x))) |
arctan(1/2) + arctan(1/3) | pi/4 |
arctan(2) + arctan(3) | 3 pi/4 |
arctan(2) + arctan(3) | -pi/4 |
arctan(x) | pi + arctan(x) |
p_1 + p_2 | 1 | p_1 + p_2 = 1
p_1^2 + 2 p_1 p_2 + p_2^2 | 1 | p_1 + p_2 = 1
p_1 | 1 - p_2 | p_1 + p_2 = 1; p_1 > 0
x | 2 | x = 2
x^2 | 4 | x = 2; x > 3
x y | y^2 | x = y
sqrt(x) | x | x in {0, 1, 4}
sqrt(-1-x^2) | 1 |
log(-x^2-1) | log(-x^2-1) |
log(-1-x^2) | log(-2-x^2) |
1/(x-x) | 1/(x-x) |
1/(x-x) | 1 |
sqrt(x-100) | sqrt(x-100) + 1 |
sqrt(x-100) | sqrt(2x-200)/sqrt(2) |
log(x-1000) - log(x-1000) | 0 |
log(x)/log(2) | log(8 x)/log(2) - 3 |
1/x | x/x^2 |
x/x | 1 |
1 | x/x |
sqrt(x)^2 | x |
x | sqrt(x)^2 |
log(x^2)/2 | log(x) |
log(x) | log(x^2)/2 |
sign(x) | x/abs(x) |
sign(x)^2 | 1 |
sign(x)|x| | x |
step(x) + step(-x) | 1 |
where(x>0, x, 0) | relu(x) |
where(x>=0, 1, 0) | step(x) |
where(x>3, 1, 0) | where(x-3>0, 1, 0) |
where(x>3, 1, 0) | where(x>=3, 1, 0) |
where(x y>1, 1, 0) | where(x y>=1, 1, 0) |
where(x==7, 1, 0) | 0 |
where(exp(x)>2, 1, 0) | where(x>log(2), 1, 0) |
where(exp(x)>2, 1, 0) | where(exp(x)>=2, 1, 0) |
where(exp(x)>2, 1, 0) | where(exp(x)>1.9999, 1, 0) |
where(x^2>2, 1, 0) | where(x^2>=2, 1, 0) |
relu(x - 1000000) | 0 |
relu(x - 50) | 0 |
relu(-x - 50) | 0 |
|x - 1000| + x - 1000 | 0 |
where(x > 123456, 1, 0) | 0 |
max(x, y) + min(x, y) | x + y |
max(x, y) | (x + y + |x - y|)/2 |
max(x, max(y, z)) | max(z, max(y, x)) |
abs(x + y + z + w) + abs(x - y) + abs(z - w) | abs(x + y + z + w) + abs(y - x) + abs(w - z) |
relu(a)+relu(b)+relu(c)+relu(d)+relu(e) | relu(e)+relu(d)+relu(c)+relu(b)+relu(a) |
sqrt(2) sqrt(3) | sqrt(6) |
sqrt(2) + sqrt(3) | sqrt(5 + 2 sqrt(6)) |
sqrt(3 + 2 sqrt(2)) | 1 + sqrt(2) |
(sqrt(2) + 1)(sqrt(2) - 1) x | x |
2^(1/3) 4^(1/3) | 2 |
(2^(1/3) - 1)(1 + 2^(1/3) + 4^(1/3)) | 1 |
1/(sqrt(5) - 2) | sqrt(5) + 2 |
sqrt(2) | 1.41421356237309504880 |
sqrt(2) | 1.4142135623730950488016887242096980785696718753769480731766797379907324784621 |
pi | 3.14159265358979323846 |
exp(1) | e |
sin(x)^2 + cos(x)^2 | 1 |
sin(2x) | 2 sin(x) cos(x) |
tan(x) cos(x) | sin(x) |
e^(log(x)/2) | sqrt(x) |
x^y x^2 | x^(y+2) |
x^y | exp(y log(x)) |
x^(1/2) | sqrt(x) |
(x^2)^(1/2) | x |
(-x)^y | x^y |
|sin(pi x)| | sqrt(sin(pi x)^2) |
|tan(pi x)| | sqrt(tan(pi x)^2) |
|erf(sin(pi x))| | sqrt(erf(sin(pi x))^2) |
|erf(sin(pi x)/(x+1))| | sqrt(erf(sin(pi x)/(x+1))^2) |
|arctan(sin(pi x)/(x+1))| | sqrt(arctan(sin(pi x)/(x+1))^2) |
|e^(sin(pi x)/x) - 1| | sqrt((e^(sin(pi x)/x) - 1)^2) |
|log(1 + sin(pi x)^2)| | sqrt(log(1 + sin(pi x)^2)^2) |
|sqrt(1 + sin(pi x)) - 1| | sqrt((sqrt(1 + sin(pi x)) - 1)^2) |
|sin(pi x)| | sin(pi x) | x > 0; x < 1
|erf(1) - 1/2| x | (erf(1) - 1/2) x |
|erf(1/2) - 1/2| | erf(1/2) - 1/2 |
|arctan(2) - 1| | arctan(2) - 1 |
|arctan(2) - 2| | arctan(2) - 2 |
|e^2 - 7| + |log(2) - 1| + |sqrt(5) - 2| | e^2 - 7 + 1 - log(2) + sqrt(5) - 2 |
|erf(x) - 1/4| | erf(x) - 1/4 | x > 1; x < 2
|erf(x/(x+1)) - 1/4| | erf(x/(x+1)) - 1/4 | x > 1; x < 2
sqrt(x + sqrt(2) - sqrt(2)) | sqrt(x) |
sqrt(2) + sqrt(3) + sqrt(5) | sqrt(3) + sqrt(5) + sqrt(2) |
(sqrt(2) + sqrt(3) + sqrt(5))^2 | 10 + 2 sqrt(6) + 2 sqrt(10) + 2 sqrt(15) |
(5^(1/3) + 2^(1/3))(25^(1/3) - 10^(1/3) + 4^(1/3)) | 7 |
sqrt(1 + sqrt(2)) sqrt(sqrt(2) - 1) | 1 |
erf(x) + erf(-x) | 0 |
erf(x) | 2 Phi(x sqrt(2)) - 1 |
erf(sin(x)^2 + cos(x)^2) | erf(1) |
exp(erf(x)) exp(-erf(x)) | 1 |
erf(erf(x)+1)^2 - 1 | (erf(1+erf(x)) - 1)(erf(erf(x)+1) + 1) |
(erf(x)^2 - 1)/(erf(x) - 1) | erf(x) + 1 |
"""
"""Rows: left | right | what is assumed, separated by semicolons."""

SYMPY = [("sin(x)/(1+cos(x))", "tan(x/2)"), ("erf(x) - erf(x) + x", "x"), ("|x|", "sqrt(x^2)")]
SYMPY += [
    (f"sin(26x) + {added}", f"2 sin(13x) cos(13x) + {added}")
    for added in ("0", "exp(x)", "log(x)", "erf(x)", "arcsin(x)", "arctan(x)", "|x - 1|", "pi x")
]
SYMPY += [("sin(26x) x^y sqrt(x)/x^3", "2 sin(13x) cos(13x) x^y sqrt(x)/x^3")]
SYMPY += [("ln|sec x + tan x|", "-ln|sec x - tan x|"), ("x^y", "y^x"), ("where(x>0,x,x)", "x")]

NUMBERS = ["0", "1", "-1", "1/4", "1/3", "-2/3", "999.9996", "123456789", "1/1000000007", "-7.5e-8"]


def verdicts() -> str:
    """Return all verdicts, one a line."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for left, right in (*TRUE, *FALSE):
        yield told(left, right)
    for row in ASSUMED.strip().splitlines():
        left, right, assume = (part.strip() for part in f"{row} ".rsplit("| ", 2))
        bits = [f"{name} in {{0, 1}}" for name in assume.partition("bits: ")[2]]
        yield told(left, right, bits or [text for text in assume.split("; ") if text])
    for number in NUMBERS:
        yield f"accepted {number}: {accepted(ball(Fraction(number)))}"
    with asked_of_sympy():
        for left, right in SYMPY:
            yield f"sympy: {told(left, right)}"


def told(left: str, right: str, assume: list[str] | None = None) -> str:
    """Return one comparison with all that its verdict says."""
    head = f"{left} = {right}" + (f" if {' and '.join(assume)}" if assume else "")
    try:
        verdict = equivalent(left, right, assume=assume or ())
    except GraphgradError as error:
        return f"{head}: {error.message_id}"
    point = verdict.counterexample
    at = f" at {dict(point.at)}: {point.left} and {point.right}" if point else ""
    notes = "".join(f"; {note.message_id} {dict(note.fields)}" for note in verdict.notes)
    assumed = f" under {verdict.assumed}" if verdict.assumed else ""
    counts = f"{verdict.points} points, {verdict.cases} cases"
    return f"{head}: {verdict.status} by {verdict.method}, {counts}{at}{assumed}{notes}"


if __name__ == "__main__":
    RECORDED.write_text(verdicts(), "utf-8")
