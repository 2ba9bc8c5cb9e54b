"""Identities of the kind that calculus question banks ask for, true and false, by chapter.

A row is ``left ≡ right`` or ``left ≢ right``, with assumptions behind ``|``. Written for this
project; the chapters follow those of first-year calculus and linear algebra courses.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["BANK", "Row"]


class Row(NamedTuple):
    """One identity: its chapter, both sides, whether it is true, and what is assumed."""

    chapter: str
    left: str
    right: str
    true: bool
    assume: tuple[str, ...]


TEXT = {
    "algebra": """
(x+1)^2 ≡ x^2+2x+1
(x-1)(x+1) ≡ x^2-1
(a+b)^3 ≡ a^3+3a^2b+3ab^2+b^3
(x^3-8)/(x-2) ≡ x^2+2x+4
(x^2-5x+6)/(x-3) ≡ x-2
1/x + 1/y ≡ (x+y)/(x y)
1/(x-1) - 1/(x+1) ≡ 2/(x^2-1)
x/(x+1) ≡ 1 - 1/(x+1)
(x^2+1)/x ≡ x + 1/x
1/(1/x + 1/y) ≡ xy/(x+y)
(2x+3)/(x^2+3x+2) ≡ 1/(x+1) + 1/(x+2)
x^4+4 ≡ (x^2+2x+2)(x^2-2x+2)
a/(b/c) ≡ a c/b
(a/b)/c ≡ a/(b c)
x^4-1 ≡ (x-1)(x+1)(x^2+1)
(x+y)^2 - (x-y)^2 ≡ 4xy
x^2-x-6 ≡ (x-3)(x+2)
2(x-3/4)^2 - 1/8 ≡ 2x^2-3x+1
(1+x)^4 ≡ 1+4x+6x^2+4x^3+x^4
x^-2 ≡ 1/x^2
0.25x^2 ≡ (x/2)^2
(x^2+2x+1)/(x^2-1) ≡ (x+1)/(x-1)
(x+1)^2 ≢ x^2+1
(a+b)^3 ≢ a^3+b^3
1/(x+y) ≢ 1/x + 1/y
(x+2)/(y+2) ≢ x/y
a/(b/c) ≢ a/(b c)
-x^2 ≢ (-x)^2
2(x-3)^2 ≢ (2x-6)^2
(x^2-1)/(x-1) ≢ x-1
x^3x^2 ≢ x^6
0.33x ≢ x/3
3.14x ≢ πx
x^2 - 5x + 6 ≢ (x-2)(x+3)
""",
    "powers and roots": """
sqrt(x^2) ≡ |x|
sqrt(x)^2 ≡ x
sqrt(x) sqrt(y) ≡ sqrt(x y) | x > 0; y > 0
sqrt(x^2 y) ≡ x sqrt(y) | x > 0; y > 0
1/sqrt(x) ≡ sqrt(x)/x
x^(1/2) ≡ √x
x^(3/2) ≡ x sqrt(x)
1/(sqrt(x+1)-sqrt(x)) ≡ sqrt(x+1)+sqrt(x)
(sqrt(x)+1)(sqrt(x)-1) ≡ x-1
sqrt(12) ≡ 2√3
sqrt(50)+sqrt(18) ≡ 8√2
1/√2 ≡ √2/2
1/(1+√2) ≡ √2-1
sqrt(3+2√2) ≡ 1+√2
sqrt(7-4√3) ≡ 2-√3
sqrt(5+2√6) ≡ √2+√3
(x^(1/3))^3 ≡ x | x > 0
8^(2/3) ≡ 4
16^(-3/4) ≡ 1/8
x^a x^b ≡ x^(a+b) | x > 0
(x^a)^2 ≡ x^(2a) | x > 0
2^x 3^x ≡ 6^x
2^(x+1) ≡ 2·2^x
4^x ≡ 2^(2x)
(1/2)^x ≡ 2^(-x)
e^(x+y) ≡ e^x e^y
(e^x)^2 ≡ e^(2x)
e^(-x) ≡ 1/e^x
(e^x-e^-x)(e^x+e^-x) ≡ e^(2x)-e^(-2x)
e^(x/2)^2 ≡ e^(x^2/4)
sqrt(e^x) ≡ e^(x/2)
sqrt(x+sqrt(x^2)) ≡ sqrt(2x) | x > 0
cbrt(x^3) ≡ x
sqrt(x^4) ≡ x^2
sqrt(1-x)/sqrt(1+x) ≡ (1-x)/sqrt(1-x^2) | -1 < x < 1
sqrt(2+√3) ≡ (√6+√2)/2
sqrt(2+√2) + sqrt(2-√2) ≡ √2 sqrt(2+√2)
(10+6√3)^(1/3) - (6√3-10)^(1/3) ≡ 2
sqrt(2+√2) + sqrt(2-√2) + x ≡ x + sqrt(4+2√2)
(2+√5)^(1/3) - (√5-2)^(1/3) ≡ 1
(2+√5)^(1/3) - (√5-2)^(1/3) ≢ 1.0000000000000000000001
x^60/x^59 ≡ x
x^x ≡ e^(x ln x) | x > 0
(x^2)^(1/4) ≡ sqrt(|x|)
sqrt(x^2) ≢ x
sqrt(x+y) ≢ sqrt(x)+sqrt(y)
sqrt(x^2+1) ≢ x+1
(x^2)^3 ≢ x^5
2^x 3^x ≢ 5^x
e^(x+y) ≢ e^x+e^y
2·2^x ≢ 4^x
x^(1/2) ≢ x/2
x^-1 ≢ -x
(e^x)^2 ≢ e^(x^2)
sqrt(4x) ≢ 4sqrt(x)
1/(1+√2) ≢ 1+1/√2
""",
    "logarithms": """
ln(x y) ≡ ln x + ln y | x > 0; y > 0
ln(x/y) ≡ ln(x) - ln(y) | x > 0; y > 0
ln(x^2) ≡ 2ln|x|
ln(x^3) ≡ 3 ln x
ln(1/x) ≡ -ln(x)
ln(sqrt(x)) ≡ ln(x)/2
e^(ln x) ≡ x
ln(e^x) ≡ x
e^(2 ln x) ≡ x^2 | x > 0
log10(x) ≡ ln(x)/ln(10)
log2(8) ≡ 3
log10(1000) ≡ 3
log2(x) ≡ log10(x)/log10(2)
ln(8)/ln(2) ≡ 3
ln(x^2-1) ≡ ln(x-1)+ln(x+1) | x > 1
e^(-ln x) ≡ 1/x
x^(ln y) ≡ y^(ln x) | x > 0; y > 0
ln(e x) ≡ 1 + ln x
ln(2x) - ln(x) ≡ ln 2
ln(1+e^x) ≡ x + ln(1+e^-x)
-ln(1/(1+e^-x)) ≡ ln(1+e^-x)
ln(x+sqrt(x^2+1)) ≡ -ln(sqrt(x^2+1)-x)
ln(6) ≡ ln 2 + ln 3
ln|x^2-9| ≡ ln|x-3|+ln|x+3|
log(x, 2) ≡ ln(x)/ln(2)
10^(log10(x)) ≡ x
ln(sqrt(x^2+1)) ≡ ln(x^2+1)/2
ln((1+x)/(1-x))/2 ≡ atanh(x)
ln(x)^2 - ln(y)^2 ≡ (ln x - ln y)(ln x + ln y)
ln(x+y) ≢ ln x + ln y
ln(x)^2 ≢ 2 ln(x)
ln(x)/ln(y) ≢ ln(x) - ln(y)
ln(x^2) ≢ 2 ln x + 1
log10(x) ≢ ln(x)
ln(2x) ≢ 2 ln(x)
e^(ln x + ln y) ≢ x + y
ln(1/x) ≢ 1/ln(x)
log2(x) ≢ ln(x)/2
""",
    "trigonometry": """
sin(x)^2+cos(x)^2 ≡ 1
sin(2x) ≡ 2 sin x cos x
cos(2x) ≡ cos²x - sin²x
cos(2x) ≡ 1 - 2sin²x
cos(2x) ≡ 2cos²x - 1
tan x ≡ sin x/cos x
1 + tan²x ≡ sec²x
1 + cot²x ≡ csc²x
sin(x+y) ≡ sin x cos y + cos x sin y
cos(x-y) ≡ cos x cos y + sin x sin y
tan(x+y) ≡ (tan x + tan y)/(1 - tan x tan y)
tan(2x) ≡ 2tan x/(1-tan²x)
sin(3x) ≡ 3 sin x - 4 sin(x)^3
cos(3x) ≡ 4cos(x)^3 - 3cos x
sin(x/2)^2 ≡ (1-cos x)/2
tan(x/2) ≡ sin x/(1+cos x)
tan(x/2) ≡ (1-cos x)/sin x
sin(π-x) ≡ sin x
cos(π/2-x) ≡ sin x
sin(x+π/2) ≡ cos x
cos(x+π) ≡ -cos x
sin(x+2π) ≡ sin x
sin(-x) ≡ -sin x
sin(π/3) ≡ √3/2
cos(π/4) ≡ 1/√2
tan(π/6) ≡ 1/√3
sin(π/12) ≡ (√6-√2)/4
cos(π/8) ≡ sqrt(2+√2)/2
sin(π/10) ≡ (√5-1)/4
cos(π/5) ≡ (1+√5)/4
sin x sin y ≡ (cos(x-y)-cos(x+y))/2
sin x + sin y ≡ 2 sin((x+y)/2) cos((x-y)/2)
sin(x)^4 - cos(x)^4 ≡ -cos(2x)
(1-cos(2x))/sin(2x) ≡ tan x
1/(1-sin x) + 1/(1+sin x) ≡ 2sec²x
(sin x + cos x)^2 ≡ 1 + sin(2x)
cot x - tan x ≡ 2cot(2x)
sin(4x) ≡ 4 sin x cos x cos(2x)
sec x - cos x ≡ sin x tan x
sqrt(1-sin(x)^2) ≡ |cos x|
sin(x)^3 ≡ (3sin x - sin(3x))/4
cos(x)^2 ≡ (1+cos(2x))/2
csc(2x) ≡ sec x csc x/2
3 sin x + 4 cos x ≡ 5 sin(x + atan(4/3))
sin(2x) ≢ 2 sin x
sin(x+y) ≢ sin x + sin y
cos(x)^2 ≢ cos(x^2)
sin x/x ≢ 1
cos(2x) ≢ 1 - sin(x)^2
tan(x) ≢ cos x/sin x
sin(x)^2 ≢ 1 + cos(x)^2
sin(π-x) ≢ -sin x
cos(-x) ≢ -cos x
sec x ≢ 1/sin x
sin(3x) ≢ 3 sin x
sqrt(1-sin(x)^2) ≢ cos x
sin(x)^2 - cos(x)^2 ≢ cos(2x)
tan(x+y) ≢ tan x + tan y
""",
    "inverse functions": """
sin(asin(x)) ≡ x
cos(asin(x)) ≡ sqrt(1-x^2)
tan(asin x) ≡ x/sqrt(1-x^2)
sin(acos x) ≡ sqrt(1-x^2)
cos(atan x) ≡ 1/sqrt(1+x^2)
sin(atan x) ≡ x/sqrt(1+x^2)
asin x + acos x ≡ π/2
tan(atan(x)) ≡ x
sin(2 asin x) ≡ 2x sqrt(1-x^2)
cos(2 atan x) ≡ (1-x^2)/(1+x^2)
atan(1) ≡ π/4
asin(1/2) ≡ π/6
acos(-1) ≡ π
asin(√3/2) ≡ π/3
acos(1/√2) ≡ π/4
atan(√3) ≡ π/3
atan(-x) ≡ -atan(x)
atan(x) + atan(1/x) ≡ π/2 | x > 0
sec(atan x) ≡ sqrt(1+x^2)
sin(acos(x/2)) ≡ sqrt(4-x^2)/2
2 atan(x) ≡ asin(2x/(1+x^2)) | 0 < x < 1
sin(atan(x/3)) ≡ x/sqrt(9+x^2)
asin(sin(x)) ≡ x | -1.5 < x < 1.5
acos(cos(x)) ≡ x | 0 < x < 3
atan(tan(x)) ≡ x | -1.5 < x < 1.5
asin(-x) ≡ -asin(x)
acos(-x) ≡ π - acos(x)
atan(1/2)+atan(1/3) ≡ π/4
asin(x) ≢ 1/sin(x)
cos(asin(x)) ≢ 1 - x
atan(x) ≢ asin(x)/acos(x)
acos(-x) ≢ acos(x)
asin(sin(x)) ≢ x
atan(x)+atan(y) ≢ atan(x+y)
sin(2 asin x) ≢ 2x
""",
    "hyperbolic functions": """
cosh²x - sinh²x ≡ 1
sinh(2x) ≡ 2 sinh x cosh x
cosh(2x) ≡ 2cosh²x - 1
tanh x ≡ sinh x/cosh x
1 - tanh²x ≡ sech²x
tanh x ≡ (e^(2x)-1)/(e^(2x)+1)
sinh(x+y) ≡ sinh x cosh y + cosh x sinh y
cosh x + sinh x ≡ e^x
asinh x ≡ ln(x+sqrt(x^2+1))
acosh x ≡ ln(x+sqrt(x^2-1)) | x > 1
atanh x ≡ (1/2) ln((1+x)/(1-x)) | -1 < x < 1
sinh(asinh x) ≡ x
cosh(asinh x) ≡ sqrt(1+x^2)
tanh(x/2) ≡ (cosh x - 1)/sinh x
tanh(2x) ≡ 2tanh x/(1+tanh²x)
coth²x - 1 ≡ csch²x
sinh(ln x) ≡ (x-1/x)/2
cosh(ln x) ≡ (x^2+1)/(2x)
tanh(ln x) ≡ (x^2-1)/(x^2+1)
sinh(-x) ≡ -sinh x
cosh(3x) ≡ 4cosh(x)^3 - 3cosh(x)
asinh(sinh x) ≡ x
tanh(atanh x) ≡ x
(cosh x + sinh x)^3 ≡ cosh(3x) + sinh(3x)
cosh²x + sinh²x ≢ 1
sinh(2x) ≢ 2 sinh x
tanh x ≢ (e^x-1)/(e^x+1)
1 - tanh²x ≢ -sech²x
cosh(x+y) ≢ cosh x cosh y - sinh x sinh y
asinh x ≢ 1/sinh x
""",
    "derivatives": """
d/dx(x^3) ≡ 3x^2
d/dx(sin(x^2)) ≡ 2x cos(x^2)
d/dx(e^(3x)) ≡ 3e^(3x)
d/dx(ln(x^2+1)) ≡ 2x/(x^2+1)
d/dx(x e^x) ≡ (x+1)e^x
d/dx(sin x/x) ≡ (x cos x - sin x)/x^2
d/dx(tan x) ≡ sec²x
d/dx(sec x) ≡ sec x tan x
d/dx(csc x) ≡ -csc x cot x
d/dx(cot x) ≡ -csc²x
d/dx(asin x) ≡ 1/sqrt(1-x^2)
d/dx(acos x) ≡ -1/sqrt(1-x^2)
d/dx(atan x) ≡ 1/(1+x^2)
d/dx(sinh x) ≡ cosh x
d/dx(tanh x) ≡ sech²x
d/dx(asinh x) ≡ 1/sqrt(x^2+1)
d/dx(acosh x) ≡ 1/sqrt(x^2-1) | x > 1
d/dx(atanh x) ≡ 1/(1-x^2)
d/dx(x^x) ≡ x^x(ln x + 1) | x > 0
d/dx(2^x) ≡ 2^x ln 2
d/dx(log10(x)) ≡ 1/(x ln 10)
d/dx(sqrt(x)) ≡ 1/(2sqrt(x))
d/dx(1/x^2) ≡ -2/x^3
d/dx(ln|x|) ≡ 1/x
d/dx(|x|) ≡ x/|x|
d/dx(sqrt(1+x^2)) ≡ x/sqrt(1+x^2)
d/dx(ln(x+sqrt(x^2+1))) ≡ 1/sqrt(x^2+1)
d/dx(ln(sec x + tan x)) ≡ sec x
d/dx(asin(2x)) ≡ 2/sqrt(1-4x^2)
d/dx(atan(x/a)) ≡ a/(a^2+x^2)
d/dx(cbrt(x)) ≡ 1/(3 cbrt(x)^2)
d/dx(x^(2/3)) ≡ 2/(3x^(1/3)) | x > 0
d/dx(sin(x)^2) ≡ sin(2x)
d/dx(1/(1+e^-x)) ≡ σ(x)(1-σ(x))
d/dx(ln(1+e^x)) ≡ σ(x)
d/dx(x/(1+|x|)) ≡ 1/(1+|x|)^2
d²/dx²(e^(-x^2/2)) ≡ (x^2-1)e^(-x^2/2)
d²/dx²(x ln x) ≡ 1/x
d/dx(cos(ln x)) ≡ -sin(ln x)/x
d/dx((2x+1)^5) ≡ 10(2x+1)^4
d/dx(e^(sin x)) ≡ cos x e^(sin x)
d/dx(x^2 y + y^3) ≡ 2x y
d/dx(ln(cos x)) ≡ -tan x
d/dx(e^x/(1+e^x)) ≡ e^x/(1+e^x)^2
d/dx(erf(x)) ≡ 2/sqrt(π) e^(-x^2)
d/dx((x+1)/(x-1)) ≡ -2/(x-1)^2
d/dx(asec(x)) ≡ 1/(|x| sqrt(x^2-1))
d/dx(x sqrt(1-x^2) + asin x) ≡ 2sqrt(1-x^2)
d/dx(x^2/2 ln(x) - x^2/4) ≡ x ln(x)
d/dx(sin(x^2)) ≢ cos(x^2)
d/dx(e^(3x)) ≢ 3x e^(3x-1)
d/dx(ln(x^2+1)) ≢ 1/(x^2+1)
d/dx(x e^x) ≢ e^x
d/dx(sin x/x) ≢ cos x
d/dx(tan x) ≢ sec(x)
d/dx(cos x) ≢ sin x
d/dx(2^x) ≢ x 2^(x-1)
d/dx(1/x) ≢ ln(x)
d/dx(atan x) ≢ 1/sqrt(1+x^2)
d/dx(asin x) ≢ -1/sqrt(1-x^2)
d/dx((2x+1)^5) ≢ 5(2x+1)^4
d/dx(x^x) ≢ x x^(x-1)
d/dx(sqrt(1+x^2)) ≢ 1/(2sqrt(1+x^2))
d/dx(tanh x) ≢ 1 - tanh x
d/dx(σ(x)) ≢ σ(x)(1+σ(x))
d/dx((x+1)/(x-1)) ≢ 2/(x-1)^2
d/dx(ln(cos x)) ≢ tan x
d²/dx²(x ln x) ≢ 1 + ln x
""",
    "cases, signs, maxima": """
|x| ≡ sqrt(x^2)
|x y| ≡ |x||y|
|x/y| ≡ |x|/|y|
|x|^2 ≡ x^2
|-x| ≡ |x|
max(x, y) ≡ (x+y+|x-y|)/2
min(x, y) ≡ (x+y-|x-y|)/2
max(x, y)+min(x, y) ≡ x+y
max(x, y) min(x, y) ≡ x y
relu(x) ≡ (x+|x|)/2
relu(x) - relu(-x) ≡ x
max(x, max(y, z)) ≡ max(max(x, y), z)
x if x>0 else -x ≡ |x|
x if x>0 else 0 ≡ relu(x)
x·1{x>0} ≡ max(0, x)
max(-x, -y) ≡ -min(x, y)
sign(x)|x| ≡ x
|x-1|+|x+1| ≡ 2 | -1 < x < 1
|x-2| ≡ 2-x | x < 2
relu(2x) ≡ 2relu(x)
relu(x)^2 + relu(-x)^2 ≡ x^2
min(max(x, 0), 1) ≡ relu(x)-relu(x-1)
piecewise(x^2, x>=0, -x^2, x<0) ≡ x|x|
where(x>1, x, 1) ≡ max(x, 1)
sqrt((x-1)^2) ≡ |x-1|
sign(x)^2 ≡ 1 | x > 0
leaky_relu(x) ≡ max(0.01x, x)
sign(x) ≢ x
|x+y| ≢ |x|+|y|
|x| ≢ x
max(x, y) ≢ x + y
relu(x) ≢ x
|x-1| ≢ |x|-1
x if x>0 else 0 ≢ |x|
max(x, y) ≢ (x+y-|x-y|)/2
relu(x-5) ≢ 0
sign(x) ≢ |x|
max(0, 0.01x, x) ≢ max(0.01x, x)
max(x, 2) ≢ 2
""",
    "neural networks": """
σ(x) ≡ 1/(1+e^-x)
σ(-x) ≡ 1-σ(x)
σ'(x) ≡ σ(x)(1-σ(x))
tanh(x) ≡ 2σ(2x)-1
tanh'(x) ≡ 1-tanh(x)^2
σ(x) ≡ e^x/(1+e^x)
softplus(x) ≡ ln(1+e^x)
softplus'(x) ≡ σ(x)
softplus(x)-softplus(-x) ≡ x
silu(x) ≡ x σ(x)
ln(σ(x)) ≡ -softplus(-x)
e^x/(e^x+e^y) ≡ σ(x-y)
-y ln(σ(z)) - (1-y) ln(1-σ(z)) ≡ softplus(z) - y z
d/dz(softplus(z) - y z) ≡ σ(z) - y
d/dp(-y ln p - (1-y) ln(1-p)) ≡ (p-y)/(p(1-p))
silu'(x) ≡ σ(x)(1+x(1-σ(x)))
σ''(x) ≡ σ(x)(1-σ(x))(1-2σ(x))
tanh(x+y) ≡ (tanh x+tanh y)/(1+tanh x tanh y)
e^(x-c)/(e^(x-c)+e^(y-c)) ≡ e^x/(e^x+e^y)
logit(σ(x)) ≡ x
σ(logit(p)) ≡ p | 0 < p < 1
d/dw((w x+b-y)^2) ≡ 2(w x+b-y)x
d/dw(½(σ(w x)-y)^2) ≡ (σ(w x)-y)σ(w x)(1-σ(w x))x
d/dx(softsign(x)) ≡ 1/(1+|x|)^2
elu(x) ≡ x | x > 0
gelu(x) ≡ x/2 (1+erf(x/√2))
d/dw(½(tanh(w)-y)^2) ≡ (tanh(w)-y)(1-tanh(w)^2)
σ'(x) ≢ σ(x)
σ'(x) ≢ x(1-x)
tanh(x) ≢ 2σ(x)-1
tanh'(x) ≢ 1-tanh(x)
softplus'(x) ≢ 1-σ(x)
d/dw((w x+b-y)^2) ≢ 2(w x+b-y)
d/dw((w x+b-y)^2) ≢ 2(y-w x-b)x
d/dp(-y ln p - (1-y) ln(1-p)) ≢ (y-p)/(p(1-p))
e^x/(e^x+e^y) ≢ e^(x-y)
σ(x+y) ≢ σ(x)+σ(y)
silu'(x) ≢ σ(x)
""",
    "matrices": """
[1, 2; 3, 4][x; y] ≡ [x+2y; 3x+4y]
[a, b; c, d]^-1 ≡ [d, -b; -c, a]/(a d - b c)
det([a, b; c, d]) ≡ a d - b c
tr([a, b; c, d]) ≡ a + d
[1, 2; 3, 4]^T ≡ [1, 3; 2, 4]
[x, y]·[1, 2]^T ≡ [x, 2; y, 4] - [0, 2-2x; 0, 4-2y]
diag([a, b])[x; y] ≡ [a x; b y]
[cos t, -sin t; sin t, cos t]^-1 ≡ [cos t, sin t; -sin t, cos t]
det([cos t, -sin t; sin t, cos t]) ≡ 1
[1, x; 0, 1][1, y; 0, 1] ≡ [1, x+y; 0, 1]
norm([3, 4]) ≡ 5
norm([x, y])^2 ≡ x^2+y^2
eye(2) ≡ [1, 0; 0, 1]
2[1, x] + [y, 0] ≡ [2+y, 2x]
softmax([x, y]) ≡ [σ(x-y), σ(y-x)]
det([1, 2, 3; 0, 4, 5; 0, 0, 6]) ≡ 24
sum([x, y, z]) ≡ x+y+z
mean([x, y]) ≡ (x+y)/2
[1, 2; 3, 4]^-1 ≡ [-2, 1; 1.5, -0.5]
[x, y]^T [u, v] ≡ x u + y v
[1, 2; 3, 4][x; y] ≢ [x+3y; 2x+4y]
det([a, b; c, d]) ≢ a d + b c
[1, x; 0, 1][1, y; 0, 1] ≢ [1, x y; 0, 1]
norm([3, 4]) ≢ 7
[1, 2; 3, 4]^T ≢ [1, 2; 3, 4]
[1, 2] ≢ [1; 2; 3]
softmax([x, y]) ≢ [σ(x), σ(y)]
norm([x, y]) ≢ x + y
[a, b; c, d]^-1 ≢ [1/a, 1/b; 1/c, 1/d]
""",
    "numbers and constants": """
1/3 + 1/6 ≡ 1/2
3! ≡ 6
5!/(3!2!) ≡ 10
e^0 ≡ 1
ln(e^2) ≡ 2
2^10 ≡ 1024
0.125 ≡ 1/8
1.5e-3 ≡ 0.0015
sin(0) ≡ 0
e^(ln 2) ≡ 2
√2·√8 ≡ 4
cos(2π/3) ≡ -1/2
e^(ln(3)/2) ≡ √3
(√5+1)/2 ≡ 2/(√5-1)
sqrt(2)+sqrt(3) ≡ sqrt(5+2sqrt(6))
cbrt(-8) ≡ -2
ln(2)+ln(5) ≡ ln(10)
π/4 ≡ atan(1)
1/3 ≢ 0.333
π ≢ 22/7
√2 ≢ 1.41421356
e ≢ 2.718281828
sqrt(2)+sqrt(3) ≢ sqrt(5)
1/3 + 1/6 ≢ 2/9
2^3^2 ≢ 64
e^(10^-20) ≢ 1
1/0 ≢ 1
sqrt(2)+sqrt(3) ≢ 3.1462643699419724
""",
}


def _row(chapter: str, line: str) -> Row:
    formula, _, assumed = line.partition(" | ")
    sign = "≢" if "≢" in formula else "≡"
    left, _, right = (part.strip() for part in formula.partition(sign))
    assume = tuple(part.strip() for part in assumed.split(";") if part.strip())
    return Row(chapter, left, right, sign == "≡", assume)


BANK = [_row(chapter, line) for chapter, text in TEXT.items() for line in text.strip().splitlines()]
