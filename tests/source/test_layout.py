"""Check the house layout: only blanks change, a second time changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from graphgrad.source.gg import read_gg
from graphgrad.source.tree import code_of, text_of, tree_of
from graphgrad.source.writing.layout import laid_out
from tests.source.programs import meaning, programs

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.gg"))


def formatted(text: str) -> str:
    return text_of(laid_out(tree_of(text)))


@settings(max_examples=250, deadline=None)
@given(programs())
def test_a_program_keeps_its_meaning_its_signs_and_its_comments(text: str) -> None:
    out = formatted(text)
    assert meaning(out) == meaning(text)
    assert "".join(out.split()) == "".join(text.split()).replace("-3,4.5", "-34.5")
    assert formatted(out) == out
    assert out.startswith("\ufeff") == text.startswith("\ufeff")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_laid_out_already(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text
    assert formatted(text.replace("\n", "\r\n")) == text.replace("\n", "\r\n")
    rows = [row if "assume" in row else row.replace(" = ", "=") for row in text.splitlines()]
    squeezed = "\n".join("   " + row for row in rows)
    assert meaning(formatted(squeezed)) == meaning(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("y=a+b*c/d^2", "y = a + b*c/d^2"),
        ("y = - a - -b ** -2", "y = -a - -b**-2"),
        ("y = W @ x+b", "y = W @ x + b"),
        ("y = f( a , k = 2 )", "y = f(a, k=2)"),
        ("y = W[ 1, 2 ] + x [1 : 3]", "y = W[1,2] + x[1:3]"),
        ("y = x[ t - 1 ]", "y = x[t-1]"),
        ("y = [1,2;3 , -4] . T".replace(". T", ".T"), "y = [1, 2; 3, -4].T"),
        ("y = where(a>b,1,0)", "y = where(a > b, 1, 0)"),
        ("y = 2 .T", "y = 2 .T"),
        ("y = X ^ T @ v", "y = X^T @ v"),
        ("param W :16x2=he_normal( draw = 1 )", "param W: 16x2 = he_normal(draw=1)"),
        ("input  x : 3", "input x: 3"),
        ("y = (a) - (b)", "y = (a) - (b)"),
        ('z1   "z^{(1)}"=a', 'z1 "z^{(1)}" = a'),
        ("loss   L=x₁·2 − 1", "loss L = x₁·2 − 1"),
        ("[ a.b ]", "[a.b]"),
        ("assume   sum( t )=1 ", "assume sum( t )=1"),
        ("group   the  one", "group the  one"),
        ("gg   1", "gg 1"),
        ("data   x  y\n1 2.5\n  -10,0", "data x   y\n     1   2.5\n     -10 0"),
        ("decimal  coma\nx = f(1,5;2)", "decimal coma\nx = f(1,5; 2)"),
        ("# a\n\n\n\ny = 1  \n\n", "# a\n\ny = 1"),
        ("\n\n  # a  \ny = 1 # b", "# a\ny = 1  # b"),
        ("y    =    1 # close", "y = 1  # close"),
        ("y    =    1\t# apart", "y = 1       # apart"),
        ("y = 1        # kept", "y = 1        # kept"),
        ("  y = 1     # kept", "y = 1     # kept"),
        ("a   = 1\nbcd = 2\nloss L = 3", "a   = 1\nbcd = 2\nloss L = 3"),
        ("a = 1\nbcd = 2", "a = 1\nbcd = 2"),
        ("a   = 1\nb = 2", "a = 1\nb = 2"),
        ("a   = 1\n\nbcd = 2", "a = 1\n\nbcd = 2"),
        ("a=[[1,2],\n[3,4]]", "a = [[1, 2],\n     [3, 4]]"),
        ("a=sum( # all\n\n1,\n # two\n2\n)", "a = sum(  # all\n  1,\n  # two\n  2\n)"),
        ("abc=1\nx   = f(a,\n  b)", "abc = 1\nx = f(a,\n      b)"),
    ],
)
def test_layout(before: str, after: str) -> None:
    assert formatted(before) == after + "\n"
    assert formatted(after + "\n") == after + "\n"


def test_line_ends_are_those_of_the_first_row() -> None:
    assert formatted("a=1\r\nb=2\nc=3") == "a = 1\r\nb = 2\r\nc = 3\r\n"
    assert formatted("a=1\rb=2") == "a = 1\rb = 2\r"


def test_code_is_written_in_one_normal_form_and_comments_as_they_are() -> None:
    assert formatted("n\u0303=1 # n\u0303") == "\u00f1 = 1  # n\u0303\n"


def test_the_code_of_a_row_ends_before_its_comment() -> None:
    assert code_of('title "a # b"  # c\r\n') == 'title "a # b"'


BODIES = """\
gg 1
data image:2x2,label   # pictures
[[1,2],[3,4]] cat
1 2 3 4   dog
valid
5 6 7 8, cat

def   block( x,n=2 ,act = relu )  # a block
u=n*x   # twice
   # a remark
for i=1 : n
g[i]  = (u +
   i)
end
out   g[2] , u
end
def sq(x)=x^2
layer  c=dense( 3,act=tanh )
for a  in [relu,tanh]
    h[a]=a(label)
  longer[a] = 2*h[a]
end  # done
p,q=block( label )
param   frozen w=2
train adam(rate=0.01),epochs=20
"""

LAID_OUT = """\
gg 1
data image: 2x2, label  # pictures
     [[1,2],[3,4]] cat
     1 2 3 4 dog
valid
     5 6 7 8 cat

def block(x, n=2, act=relu)       # a block
  u = n*x  # twice
  # a remark
  for i = 1:n
    g[i] = (u +
            i)
  end
  out g[2], u
end
def sq(x) = x^2
layer c = dense(3, act=tanh)
for a in [relu, tanh]
  h[a] = a(label)
  longer[a] = 2*h[a]
end  # done
p, q = block(label)
param frozen w = 2
train adam(rate=0.01), epochs=20
"""


def test_bodies_are_indented_and_comments_stay() -> None:
    assert text_of(laid_out(tree_of(BODIES))) == LAID_OUT
    assert text_of(laid_out(tree_of(LAID_OUT))) == LAID_OUT
    assert text_of(tree_of(BODIES)) == BODIES
    assert read_gg(BODIES) == read_gg(LAID_OUT)


@pytest.mark.parametrize(
    "text", ["data all x\n1\n2\ny = sum(x)\n", "data all x, y\n1 2\n3 4\nz = sum(x) + sum(y)\n"]
)
def test_a_table_taken_as_arrays_keeps_all_its_names(text: str) -> None:
    laid = formatted(text)
    assert laid.partition("\n")[0] == text.partition("\n")[0]
    assert read_gg(laid) == read_gg(text)
