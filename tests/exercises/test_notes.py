"""Lecture notes are read claim by claim: false ones are found, nothing is skipped in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphgrad.exercises.notes.checking import check_notes
from graphgrad.exercises.notes.conventions import PROFILES
from graphgrad.exercises.notes.judged_claim import notes_text

DATA = Path(__file__).parents[1] / "data" / "exercises" / "lecture_errata.json"
ERRATA = {case["id"]: case for case in json.loads(DATA.read_text(encoding="utf-8"))}


def statuses(text, **options):
    return [claim.status for claim in check_notes(text, **options).claims]


def with_claims(case, side):
    claims = "\n".join(case[side])
    return f"# {case['id']}\n\n```gg\n{case['graph'].strip()}\n```\n\n```claim\n{claims}\n```\n"


@pytest.mark.parametrize("name", ERRATA)
def test_every_mistake_of_the_lectures_is_flagged_with_its_numbers(name):
    report = check_notes(with_claims(ERRATA[name], "wrong"))
    assert len(report.claims) == len(ERRATA[name]["wrong"])
    for claim in report.claims:
        assert claim.status in ("false", "unknown-name"), claim
        shown = claim.counterexample or claim.expected or claim.notes or claim.error
        assert shown, claim
    assert report.exit_status == 1


@pytest.mark.parametrize("name", ERRATA)
def test_every_correction_of_the_lectures_passes(name):
    assert set(statuses(with_claims(ERRATA[name], "right"))) == {"true"}


PRINTED = {
    "A01": (
        r"$z_1=w_1x_1$: $\frac{\partial z_1}{\partial w_1} = w_1$",
        r"$z_1=w_1x_1$: $\frac{\partial z_1}{\partial w_1} = x_1$",
    ),
    "A02": (
        r"$z_1=w_1x_1, h_1=\sigma(z_1), z_2=w_2h_1, h_2=\sigma(z_2), z_3=w_3h_2$ and"
        "\n"
        r"$\hat y=\sigma(z_3)$, $\mathcal{L}=(\hat y-y)^2$:"
        "\n"
        r"$\frac{\partial\mathcal L}{\partial w_1}=\frac{\partial\mathcal L}{\partial\hat y}"
        r"\sigma'(z_3)w_3\sigma'(z_2)w_2\sigma'(z_1)w_1$",
        r"$z_1=w_1x_1, h_1=\sigma(z_1), z_2=w_2h_1, h_2=\sigma(z_2), z_3=w_3h_2$ and"
        "\n"
        r"$\hat y=\sigma(z_3)$, $\mathcal{L}=(\hat y-y)^2$:"
        "\n"
        r"$\frac{\partial\mathcal L}{\partial w_1}=\frac{\partial\mathcal L}{\partial\hat y}"
        r"\sigma'(z_3)w_3\sigma'(z_2)w_2\sigma'(z_1)x_1$",
    ),
    "A03": (
        r"$y=(6x^2+2)^4\Rightarrow y'=4(6x^2+2)(12x)$",
        r"$y=(6x^2+2)^4\Rightarrow y'=4(6x^2+2)^3(12x)=48x(6x^2+2)^3$",
    ),
    "A04": (
        r"$z_1 = w_1X$, $z_2 = w_2(z_1 + X)$, $\hat y=w_1(z_1+z_2)$, "
        r"$\frac{\partial\hat y}{\partial w_1}=w_1X + w_1w_2X$",
        r"$z_1 = w_1X$, $z_2 = w_2(z_1 + X)$, $\hat y=w_1(z_1+z_2)$, "
        r"$\frac{\partial\hat y}{\partial w_1}=(z_1+z_2) + w_1X + w_1w_2X$",
    ),
    "A05": (
        "<!-- assume: 0 < alpha < 1 -->\n"
        r"$f(x)=\begin{cases}x & x>0\\ \alpha x & x\le0\end{cases}$, $f(x)=\max(0,\alpha x,x)$",
        "<!-- assume: 0 < alpha < 1 -->\n"
        r"$f(x)=\begin{cases}x & x>0\\ \alpha x & x\le0\end{cases}$, $f(x)=\max(\alpha x,x)$",
    ),
    "A08": (
        r"$g(z)=\tanh(z)$: $g'(z)=2\sigma(2z)-1$",
        r"$g(z)=\tanh(z)$: $g(z)=2\sigma(2z)-1$, $g'(z)=4\sigma(2z)(1-\sigma(2z))=1-g(z)^2$",
    ),
    "A22": (
        r"$R(\theta)=\theta^2$, $\varepsilon=-\eta R'(\theta)$, $\eta R'(\theta)=\varepsilon$",
        r"$R(\theta)=\theta^2$, $\varepsilon=-\eta R'(\theta)$, $\eta R'(\theta)=-\varepsilon$",
    ),
    "D01": (
        r"$\tanh(x)=\frac{e^xe^{-x}}{e^x+e^{-x}}$",
        r"$\tanh(x)=\frac{e^x-e^{-x}}{e^x+e^{-x}}=2\sigma(2x)-1$",
    ),
    "B12": (
        r"$g(z)=\frac{z}{1+|z|}$, $g'(z)=g(z)^2$",
        r"$g(z)=\frac{z}{1+|z|}$, $g'(z)=\frac1{(1+|z|)^2}$",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_mistakes_as_the_lectures_print_them_are_found_without_any_markup(name):
    wrong, right = PRINTED[name]
    found = statuses(wrong)
    assert found[-1] == "false", check_notes(wrong).claims
    assert found.count("false") == 1
    assert set(statuses(right)) <= {"definition", "true"}, check_notes(right).claims


def test_a_false_claim_comes_with_a_point_and_the_corrected_form():
    report = check_notes(PRINTED["A03"][0], path="tema2.md")
    (claim,) = [claim for claim in report.claims if claim.status == "false"]
    assert claim.corrected == "48*x*(6*x^2 + 2)^3"
    assert claim.counterexample.at == {"x": "1/2"}
    assert (claim.counterexample.left, claim.counterexample.right) == ("84", "1029")
    shown = notes_text(report, language="es")
    assert "tema2.md:1:26: falsa" in shown
    assert "impreso 84, correcto 1029" in shown


def test_what_cannot_be_read_is_listed_with_file_line_and_caret():
    report = check_notes("one\n\nand $x = \\foo{y}$\n", path="a.md")
    (claim,) = report.claims
    assert claim.status == "unread"
    place = claim.error.place
    assert (place.path, place.line, place.column) == ("a.md", 3, 10)
    assert place.caret().splitlines()[1].index("^") == 4 + 9
    assert report.exit_status == 5


def test_formulas_that_state_nothing_and_code_are_left_aside():
    assert statuses("The weight $w$ of $x^2$; `$y = 1$`\n\n```python\nx = 1\n```\n") == []
    assert check_notes("$x$").exit_status == 0


def test_a_heading_starts_afresh_and_a_deeper_one_keeps_what_holds():
    text = "## A\n$y = x^2$\n### B\n$y = 2x$\n## C\n$y = 2x$\n"
    assert statuses(text) == ["definition", "false", "definition"]


@pytest.mark.parametrize(("text", "expected"), [
    (r"$L = (p - y)^2$ where $p = w x$. $\partial L/\partial w = 2 (p-y) x$, $dL/dp = p - y$",
     ["definition", "definition", "true", "false"]),
    ("$L = p + y$, $p = q x$, $q = y z$, $L = y z x + y$", ["definition"] * 3 + ["true"]),
    ("$a = 2 b$, so $b = a/2$. $1 + 1 = 2$", ["definition", "true", "true"]),
    ("$a = 2 b$, so $b = a/3$. $1 + 1 = 2$", ["definition", "false", "true"]),
    ("$a = 10^{500} z$, $z = 10^{500} u$, $u = 3 r$, $c = 2 a$, $1 + 1 = 2$",
     ["definition"] * 4 + ["true"]),
])  # fmt: skip
def test_a_name_may_get_its_meaning_after_it_was_used(text, expected):
    """L = ..., where p = ...: the usual order of notes; what goes round in a circle is a claim."""
    assert statuses(text) == expected


def test_aligned_chains_continue_over_lines():
    text = r"""
$$\begin{aligned}
s(x) &= \frac{1}{1+e^{-x}} \\
s'(x) &= \frac{e^{-x}}{(1+e^{-x})^2} \\
      &= s(x)(1-s(x)) \\
      &= s(x)(1+s(x))
\end{aligned}$$
"""
    assert statuses(text) == ["definition", "true", "true", "false"]


def test_numbers_are_judged_by_what_they_round_to():
    text = "$\\sigma(0) = 0.5$, $e^{-1} \\approx 0.37$, $e^{-1} = 0.38$; "
    text += "for $x = 2$, $x^2 = 4$, $x^3 = 9$"
    assert statuses(text) == ["true", "true", "false", "given", "true", "false"]


def test_assumptions_are_heeded():
    assert statuses("$\\sqrt{x^2} = x$") == ["false"]
    assert statuses("<!-- assume: x > 0 -->\n$\\sqrt{x^2} = x$") == ["true"]
    assert statuses("```claim\nassume x > 0\nsqrt(x^2) = x\n```") == ["true"]
    assert statuses("<!-- skip -->\n$1 = 2$") == []


def test_a_false_declaration_is_reported_not_raised():
    report = check_notes("```gg\nz = w*\n```\n$z = 1$")
    assert report.claims[0].status == "unread"
    assert report.claims[0].error.place.line == 2


@pytest.mark.parametrize(
    "text",
    [
        r"$\partial z_2/\partial h_1 = w_2$",  # nothing says what z_2 is
        r"$wx + b = 0$",  # a line, not an identity
        r"$\Delta\theta = \rho\delta s$",
        r"$\tau^2 = \mathbb E[x_j^2]$",  # an expectation
        r"$L(p, q) = -\sum q \log p$",
    ],
)
def test_what_free_variables_leave_open_is_not_called_false(text):
    (claim,) = check_notes(text).claims
    assert claim.status == "unread", claim
    assert claim.error.text("es")


@pytest.mark.parametrize(
    "text",
    [
        r"$\sigma'(x) = x$",
        r"$\frac{d}{dx} e^x = 1$",
        r"$\mathrm{ReLU}(x) = x$",
        r"$z^{(1)} = w^{(1)}x$, $\partial z^{(1)}/\partial w^{(1)} = w^{(1)}$",
        r"$W_{\text{inf}} = pW$, $W_{\text{inf}} = W/p$",
    ],
)
def test_false_claims_stay_false(text):
    assert statuses(text)[-1] == "false", check_notes(text).claims


# Conventions that differ between the courses (class C): each passes under its own profile.
DELTA = """
```gg
input t = 0.3
param phi = 0.5
s = sigmoid(phi)
output q = (t - s)^2/2
delta = 2*(s - t)*s*(1 - s)/2
```
"""
CONVENTIONS = {
    "C01": (DELTA + "$\\delta = (t - s)s(1 - s)$", "upv", "convention", "false"),
    "C02": (
        "$R = \\lambda|\\theta|$ and $R = \\frac{\\lambda}{2}|\\theta|$",
        "fuentes",
        "convention",
        "convention",  # a rescaling, under every profile
    ),
    "C03": (
        "```gg\ninput x = [1, 2, 3, 4]\nmu = mean(x)\nv = mean((x - mu)^2)\n```\n$v = 1.666667$",
        "upv",
        "convention",
        "false",
    ),
    "C06": (
        "```gg\ninput y = 9\nparam yhat = 7\nloss L = (yhat - y)^2\n```\n"
        "$\\partial L/\\partial\\hat y = -2$",
        "upv",
        "convention",
        "false",
    ),
    "C06 both": (
        "```gg\ninput y = 9\nparam yhat = 7\nloss L = (yhat - y)^2\n```\n"
        "$\\partial L/\\partial\\hat y = -4$",
        "oviedo",
        "true",
        "true",
    ),
    "C10": ("$\\mathrm{ReLU}'(x) = [x>0]$", "oviedo", "true", "true"),
    "C12": (
        "```gg\ninput x = [0, 1]\nparam W = [0.96, 0.89; 0.28, 0.73]\nz = x@W\n```\n"
        "$z = x^\\top W$, $z = [0.28, 0.73]$",
        "oviedo",
        "true",
        "true",
    ),
    "C13": (
        "```gg\ninput g = [1, 10]\nparam z = [0.5, -1]\na = tanh(z)\n"
        "r = g@[1 - a[1]^2, 0; 0, 1 - a[2]^2]\n```\n"
        "$r = g^\\top \\mathrm{diag}(\\tanh'(z))^\\top$",
        "uba",
        "true",
        "true",
    ),
    "C14": (
        "```gg\nparam W = [1, 1; 1, 1]\ninput X = [0, 0, 1, 1; 0, 1, 0, 1]\nparam b = [0; -1]\n"
        "Z = W@X + b\n```\n$Z = WX + b$",
        "uba",
        "true",
        "true",
    ),
    "C17": (
        "```gg\ninput q = [0, 1]\ninput p = [0.25, 0.75]\noutput L = -sum(q*log(p))\n```\n"
        "$L = -\\sum_i q_i\\log p_i = 0.287682$",
        "sevilla",
        "true",
        "true",
    ),
    "C05": (
        "```gg\ninput n_e = 100\ninput n_s = 300\noutput v = 2/(n_e + n_s)\n```\n"
        "$v = \\frac{2}{n_e+n_s} = 0.005$",
        "fuentes",
        "true",
        "true",
    ),
    "C08": (
        "```gg\ninput g = 0.000001\ninput epsilon = 0.00000001\nv = 0.1*g^2\n"
        "r = g/sqrt(v + epsilon)\noutput s = g/(sqrt(v) + epsilon)\n```\n"
        "$r = \\frac{g}{\\sqrt{v+\\epsilon}} \\approx 0.01000$ and "
        "$s = \\frac{g}{\\sqrt{v}+\\epsilon} \\approx 3.06534$",
        "fuentes",
        "true",
        "true",
    ),
    "C09": (
        "```gg\ninput s = [1, 5, 9]\ninput beta = 0.9\ne_1 = s[1]\n"
        "e_2 = beta*e_1 + (1 - beta)*s[1]\n"
        "e_3 = beta*e_2 + (1 - beta)*s[2]\n```\n"
        "$e_2 = \\beta e_1 + (1-\\beta)s_1 = 1$, $e_3 = \\beta e_2 + (1-\\beta)s_2 = 1.4$",
        "fuentes",
        "true",
        "true",
    ),
    "C15": (
        "```gg\ninput k = 5\ninput epsilon = 0.01\nzero = epsilon/(k - 1)\none = 1 - epsilon\n"
        "output total = one + (k - 1)*zero\n```\n"
        "$zero = \\frac{\\epsilon}{k-1} = 0.0025$, $one = 1-\\epsilon = 0.99$, $total = 1$",
        "fuentes",
        "true",
        "true",
    ),
    "C18": (
        "```gg\nparam theta = 1\ninput mu = 0.9\ninput alpha = 0.1\ninput m = 2\n"
        "v = mu*m + 2*theta\nq = theta - alpha*v\noutput p = theta - (mu*alpha*m + alpha*2*theta)\n"
        "```\n$v = \\mu m + 2\\theta$, $q = \\theta - \\alpha v$, $q = p$",
        "fuentes",
        "true",
        "true",
    ),
    "C19": (
        "```gg\ninput w = [[1, 2]]\ninput y = [3; 4]\nz = w@y\n```\n$z = w y = 11$",
        "fuentes",
        "true",
        "true",
    ),
    "C21": (
        "```gg\ninput y = 9\nparam f = 7\nloss J = (y - f)^2\n```\n$J = (y-f)^2 = 4$",
        "uba",
        "true",
        "true",
    ),
}  # fmt: skip
NO_CLAIM = {
    "C04": "what the second argument of N(0, .) means: a distribution, no value of a graph",
    "C07": "whether p keeps or drops a unit: the meaning of a parameter of a random layer",
    "C11": "what is called SGD: the size of a batch, a word",
    "C16": "which letter stands for what; no computation",
    "C20": "how layers are counted: a word",
}


def test_every_convention_of_the_lectures_is_tried_or_has_a_reason_not_to_be():
    tried = {name.split()[0] for name in CONVENTIONS}
    assert not tried & set(NO_CLAIM)
    assert tried | set(NO_CLAIM) == {f"C{k:02}" for k in range(1, 22)}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_a_convention_is_right_under_its_profile_and_noted_elsewhere(name):
    text, profile, mine, neutral = CONVENTIONS[name]
    claims = check_notes(text, notation=profile).claims
    assert claims[-1].status == mine, claims
    other = check_notes(text).claims
    assert other[-1].status == neutral
    assert all(c.status in ("true", "definition", mine) for c in claims)
    if mine == "convention":
        assert any(n.message_id.startswith("notes.convention.") for n in claims[-1].notes)


def test_profiles_have_the_names_of_the_figures():
    from graphgrad.views.figure.scene.notation import PROFILES as NOTATIONS

    assert set(PROFILES) == set(NOTATIONS)


def test_the_report_is_json():
    report = check_notes(PRINTED["A01"][0] + "\n$q = \\foo$", path="a.md")
    found = json.loads(json.dumps(report.to_json("es")))
    assert found["format"] == "graphgrad-notes/1"
    assert found["counts"] == {"definition": 1, "unread": 1, "false": 1}
    assert found["claims"][1]["counterexample"]["correct"]
    assert found["claims"][2]["error"]["id"] == "answer.command"
