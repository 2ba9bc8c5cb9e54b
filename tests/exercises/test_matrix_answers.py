"""Answers with vectors and matrices: layouts, spellings, indices, identities proved with shapes."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
import pytest

from graphgrad.exercises.algebra.building import applied, as_terms
from graphgrad.exercises.algebra.functions import TermMath
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.files.lint import findings
from graphgrad.exercises.files.read_exercise import exercise_of_text
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.judging.mark import Report
from graphgrad.exercises.marking.marker import check
from graphgrad.graph.settings import complete_settings
from graphgrad.ops import registry
from graphgrad.ops.floats import ArrayMath
from graphgrad.ops.row import Structural
from graphgrad.ops.shapes import Shape, entries
from graphgrad.source.gg import read_gg

BATCH = """\
input X = [1, 2; 3, 4; 5, 6]
input Y = [1, 0; 0, 1; 1, 1]
param W = [0.1, 0.2; 0.3, 0.4]
Yhat = X @ W
E = Yhat - Y
loss L = sum(E^2)/6
"""
LAYER = """\
input x = [1, 2, 3]
param W = [0.1, 0.2, 0.3; 0.4, 0.5, 0.6]
param b = [0.1, -0.2]
input y = [1, 0]
z = W @ x + b
a = sigmoid(z)
loss L = sum((a - y)^2)/2
"""
SOFTMAX = """\
param z = [1, 2, 0.5]
input t = [0, 1, 0]
assume sum(t) = 1
p = softmax(z)
loss L = -sum(t*log(p))
"""
BATCH_NORM = """\
input x = [1, 2, 4]
input c = [1, -1, 2]
param gamma = 1.5
param beta = 0.5
const eps = 0.01
mu = mean(x)
v = mean((x - mu)^2)
xhat = (x - mu)/sqrt(v + eps)
y = gamma*xhat + beta
loss L = sum(c*y)
"""
LSTM = """\
input x = 0.5
input hp = 0.2
input cp = -0.4
input t = 1
param wf = 0.3
param wi = 0.6
param wo = -0.2
param wg = 0.9
zf = wf*x + hp
zi = wi*x - hp
zo = wo*x + hp
zg = wg*x + hp
f = sigmoid(zf)
i = sigmoid(zi)
o = sigmoid(zo)
g = tanh(zg)
c = f*cp + i*g
h = o*tanh(c)
loss L = (h - t)^2/2
"""
ATTENTION = """\
param Q = [1, 0; 0.5, 1]
param K = [1, 2; 0, 1; 1, -1]
param V = [1, 0; 0, 1; 2, 1]
input Y = [1, 1; 0, 1]
S = Q @ K^T/sqrt(2)
A = softmax(S, axis=2)
O = A @ V
loss L = sum((O - Y)^2)/2
"""
LOGISTIC = """\
input X = [1, 2; 3, -1; 0, 1]
input y = [1, 0, 1]
param w = [0.1, -0.2]
p = sigmoid(X @ w)
loss L = -sum(y*log(p) + (1 - y)*log(1 - p))
"""
CONVOLUTION = """\
input x = [1, 2, 4, 3]
param k = [0.5, -1]
y1 = sum(k*x[1:2])
y2 = sum(k*x[2:3])
y3 = sum(k*x[3:4])
loss L = (y1^2 + y2^2 + y3^2)/2
"""
POOLING = """\
param a = [1, 3, 2, 0.5]
p = max(a[1:2])
q = max(a[3:4])
loss L = p^2 + 3*q
"""


def marks(source: str, answers: str) -> Report:
    return check(read_gg(source), answers)


def only(source: str, answer: str) -> str:
    (mark,) = marks(source, answer).marks
    return mark.status


# ruff: noqa: E501 -- a step is a line of the table, in the letters that students type
PROVED = [
    (SOFTMAX, "dL/dz", ["p - t", "softmax(z) - t", r"\mathrm{softmax}(z) - t"]),
    (SOFTMAX, "dL/dz_i", ["p_i - t_i", r"\frac{e^{z_i}}{\sum_j e^{z_j}} - t_i", "-(t_i - p_i)"]),
    (SOFTMAX, "dp/dz", ["diag(p) - p pᵀ", r"\mathrm{diag}(p) - p p^\top", "diag(p) - p ⊗ p"]),
    (SOFTMAX, "dp_i/dz_j", ["p_i(δ_ij - p_j)", r"p_i(\delta_{ij} - p_j)", "δ_ij p_i - p_i p_j"]),
    (BATCH_NORM, "dL/dx", [
        "1/(m√(v+ε)) (m dL/dxhat - sum(dL/dxhat) - xhat sum(xhat dL/dxhat))",
        r"\frac{\gamma}{\sqrt{v+\epsilon}}(c - \frac1m\sum_j c_j"
        r" - \hat x\frac1m\sum_j c_j\hat x_j)",
        "γ/√(v+ε) (c - mean(c) - xhat mean(c xhat))",
    ]),
    (BATCH_NORM, "dL/dx_i", [
        "1/√(v+eps) (dL/dxhat_i - 1/m Σ_j dL/dxhat_j - xhat_i/m Σ_j dL/dxhat_j xhat_j)",
    ]),
    (BATCH_NORM, "dL/dgamma", ["Σ_i c_i xhat_i", "sum(c ⊙ xhat)", "cᵀ xhat"]),
    (LSTM, "dL/dzf", ["dL/dc cp f (1-f)", "(h-t) o (1 - tanh²(c)) cp σ'(zf)",
                      r"\frac{\partial L}{\partial c}\,c_p\,\sigma'(z_f)"]),
    (LSTM, "dL/dzg", ["dL/dc i (1-g²)", "dL/dc i tanh'(zg)", "(h-t) o sech(c)^2 i (1-g)(1+g)"]),
    (LSTM, "dL/dzo", ["dL/do o (1-o)", "(h-t) tanh(c) o (1-o)", "(h - t) h (1 - o)"]),
    (ATTENTION, "S", ["Q Kᵀ/√2", r"\frac{Q K^\top}{\sqrt{2}}", "Q @ K.T/sqrt(2)"]),
    (ATTENTION, "S_ij", ["Σ_k Q_ik K_jk/√2"]),
    (ATTENTION, "dL/dS_ij", ["A_ij (dL/dA_ij - Σ_k A_ik dL/dA_ik)"]),
    (ATTENTION, "dL/dQ", ["dL/dS K/√2", r"\frac{1}{\sqrt2}\frac{\partial L}{\partial S} K",
                          "1/√2 (dL/dS) K"]),
    (ATTENTION, "dL/dV", ["Aᵀ(O - Y)", r"A^\top (O-Y)", "A.T @ dL/dO"]),
    (CONVOLUTION, "dL/dk", [
        "[y1 x_1 + y2 x_2 + y3 x_3, y1 x_2 + y2 x_3 + y3 x_4]",
        "y1 x[1:2] + y2 x[2:3] + y3 x[3:4]", "y1 [x_1, x_2] + y2 [x_2, x_3] + y3 [x_3, x_4]",
    ]),
    (CONVOLUTION, "dL/dx", ["[y1 k_1, y1 k_2 + y2 k_1, y2 k_2 + y3 k_1, y3 k_2]"]),
    (POOLING, "dL/da", ["[0, 2p, 3, 0]", "[0; 6; 3; 0]", "[0, 2a_2, 3, 0]"]),
    (LOGISTIC, "dL/dw", ["Xᵀ(p - y)", r"X^\top(p-y)", "Σ_i (p_i - y_i) x_i"]),
    (LOGISTIC, "dL/dw_j", ["Σ_i (p_i - y_i) x_ij", r"\sum_{i=1}^{N}(p_i-y_i)X_{ij}"]),
    (LOGISTIC, "d²L/dw²", ["Xᵀ diag(p(1-p)) X", r"X^\top \mathrm{diag}(p\odot(1-p)) X",
                           "Σ_i p_i(1-p_i) x_i x_iᵀ"]),
    (LOGISTIC, r"\frac{\partial^2 L}{\partial w^2}", ["X^T diag(p - p²) X"]),
    (BATCH, "dL/dW", ["Xᵀ(Ŷ − Y)/N", r"\frac{1}{N}X^\top(\hat Y - Y)", "1/n Σ_i x_i e_iᵀ"]),
    (BATCH, "vec(X W)", ["(I_2 ⊗ X) vec(W)", "kron(eye(2), X) vec(W)", r"(I_2\otimes X)\,vec(W)"]),
    (BATCH, "tr(EᵀE)", ["sum(E²)", "vec(E)ᵀ vec(E)", "Σ_ij E_ij²"]),
    (LAYER, "dL/dW", ["dL/dz xᵀ", "outer(dL/dz, x)", "((a-y) ⊙ σ'(z)) x^T", "dL/dz ⊗ x"]),
    (LAYER, "dL/dW", ["δ xᵀ", "δ_z xᵀ", r"\delta x^\top", "delta(z) x^T"]),
    (LAYER, "dL/dW_ij", ["δ_i x_j"]),
    (LAYER, "dL/db", ["δ", r"\delta_{z}", "δ(z)"]),
    (LAYER, "delta(z)", ["(a - y) ⊙ a ⊙ (1-a)", "dL/dz"]),
    (LAYER, "δ", ["(a - y) ⊙ σ'(z)"]),
    (LSTM, "dL/dzi", ["dL/dc g i (1-i)", "(h-t) o (1 - tanh(c)^2) g σ'(zi)",
                      r"\frac{\partial L}{\partial c}\,g\,\sigma'(z_i)"]),
    (LAYER, "dL/dW_ij", ["(a_i - y_i) a_i (1 - a_i) x_j", "dL/dz_i x_j"]),
    (LAYER, "dL/dz", ["diag(a ⊙ (1-a)) (a - y)", r"(a-y)\odot a\odot(1-a)", "da/dz (a - y)"]),
    (LAYER, "z_i", ["Σ_j W_ij x_j + b_i", r"\sum_{j=1}^{3} w_{ij} x_j + b_i"]),
]  # fmt: skip


MORE = [
 (SOFTMAX,"dL/dz",["p-t","-t + p","softmax(z)-t","exp(z)/sum(exp(z)) - t","(p - t)","p sum(t) - t", "e^z/Σ_j e^{z_j} - t","pᵀ - tᵀ"]),
 (SOFTMAX,"dL/dz_k",["p_k - t_k"]),
 (SOFTMAX,"∂L/∂z_i",["p_i − t_i","Σ_j t_j (p_i - δ_ij)", r"\sum_j t_j(p_i-\delta_{ij})","p_i Σ_j t_j - t_i", r"-\sum_j \frac{t_j}{p_j} p_j(\delta_{ij}-p_i)"]),
 (SOFTMAX,"dp/dz",["diag(p) - p p^T","diag(p) - outer(p,p)","diag(p) - p*p.T", r"\operatorname{diag}(\mathbf{p})-\mathbf{p}\mathbf{p}^{\top}","diag(p)(I - 1 pᵀ)","diag(p) − ppᵀ","diag(p) (I_3 - ones(3) p^T)","[p_1(1-p_1), -p_1 p_2, -p_1 p_3; -p_2 p_1, p_2(1-p_2), -p_2 p_3; -p_3 p_1, -p_3 p_2, p_3(1-p_3)]"]),
 (SOFTMAX,"dp_i/dz_j",["p_i (1{i=j} - p_j)","p_i(1[i=j] - p_j)","p_j(δ_ij - p_i)", r"p_i\delta_{ij}-p_ip_j","p_i*(delta_ij - p_j)"]),
 (BATCH_NORM,"dL/dx",["γ/(3 sqrt(v+eps)) (3 c - sum(c) - xhat sum(c xhat))","γ/√(v+ε) (c − mean(c) − xhat·mean(c·xhat))",r"\frac{\gamma}{m\sqrt{v+\epsilon}}\left(m c-\sum_j c_j-\hat{x}\sum_j c_j\hat{x}_j\right)","gamma/sqrt(v+eps)*(dL/dy - mean(dL/dy) - xhat*mean(dL/dy*xhat))","(dL/dxhat - mean(dL/dxhat) - xhat mean(dL/dxhat xhat))/sqrt(v + eps)","1/sqrt(v+eps) (I - 1/3 1 1^T - 1/3 xhat xhat^T) dL/dxhat"]),
 (BATCH_NORM,"dL/dx_i",["γ/√(v+ε) (c_i - 1/m Σ_j c_j - xhat_i/m Σ_j c_j xhat_j)",r"\frac{\gamma}{\sqrt{v+\epsilon}}\left(c_i-\frac{1}{m}\sum_{j=1}^m c_j-\frac{\hat x_i}{m}\sum_{j=1}^m c_j\hat x_j\right)"]),
 (BATCH_NORM,"dL/dgamma",["sum(c*xhat)","c·xhat","dot(c, xhat)",r"\sum_i c_i\hat{x}_i","c^T xhat","sum(dL/dy xhat)","Σ c_i x̂_i"]),
 (BATCH_NORM,"dL/dbeta",["sum(c)","Σ_i c_i",r"\sum_{i=1}^{m} c_i","1ᵀ c","Σ dL/dy_i"]),
 (BATCH_NORM,"dL/dv",["-1/2 γ (v+ε)^(-3/2) Σ_i c_i (x_i - mu)",r"-\frac{\gamma}{2}(v+\epsilon)^{-3/2}\sum_i c_i(x_i-\mu)","sum(dL/dxhat (x - mu)) (-1/2) (v+eps)^(-1.5)"]),
 (LSTM,"dL/dzf",["(h - t)*o*(1 - tanh(c)^2)*cp*f*(1 - f)","dL/dc * cp * sigmoid'(zf)","dL/df f(1-f)",r"\frac{\partial L}{\partial f} f(1-f)","dL/dh o (1-tanh(c)²) cp f (1−f)","δ_c cp f(1-f)"]),
 (LSTM,"dL/dzi",["dL/di i(1-i)","dL/dc*g*sigmoid(zi)*(1-sigmoid(zi))","δ_c g i (1-i)",r"(h-t)\,o\,(1-\tanh^2 c)\,g\,i(1-i)","g dL/dc i - g dL/dc i²"]),
 (LSTM,"dL/dzo",["dL/dh tanh(c) o(1-o)","(h-t) tanh(c) σ'(zo)",r"\frac{\partial L}{\partial h}\tanh(c)\,o(1-o)","(h-t)*tanh(c)*o - (h-t)*tanh(c)*o^2","(h-t) h (1-o)"]),
 (LSTM,"dL/dzg",["dL/dg (1-g^2)","dL/dc i sech²(zg)","δ_c i (1-g²)",r"\frac{\partial L}{\partial c} i (1-\tanh^2(z_g))","dL/dc*i*(1 - tanh(zg)**2)"]),
 (LSTM,"dL/dc",["(h-t) o (1-tanh²(c))","dL/dh o (1 - tanh(c)^2)",r"(h-t)\,o\,\mathrm{sech}^2(c)","(h-t) o tanh'(c)","(h-t)(o - h tanh(c))"]),
 (ATTENTION,"S",["Q K^T/sqrt(2)",r"\frac{1}{\sqrt{2}} Q K^{T}","(Q K')/√2","Q*K.T/2^(1/2)","2^{-1/2} Q Kᵀ"]),
 (ATTENTION,"S_ij",["1/√2 Σ_k Q_ik K_jk",r"\frac{1}{\sqrt{2}}\sum_{k=1}^{2} Q_{ik}K_{jk}","Σ_{k=1}^{2} Q_ik K_jk/√2"]),
 (ATTENTION,"dL/dS_ij",["A_ij dL/dA_ij - A_ij Σ_k A_ik dL/dA_ik",r"A_{ij}\left(\frac{\partial L}{\partial A_{ij}}-\sum_k A_{ik}\frac{\partial L}{\partial A_{ik}}\right)","Σ_k dL/dA_ik A_ik (δ_kj - A_ij)"]),
 (ATTENTION,"dL/dS",["A*(dL/dA - sum(dL/dA*A, axis=2, keepdims=1))"]),
 (ATTENTION,"dL/dQ",["(dL/dS) K/sqrt(2)","dL/dS @ K / sqrt(2)","2^{-1/2} dL/dS K","δ_S K/√2"]),
 (ATTENTION,"dL/dK",["dL/dSᵀ Q/√2","(dL/dS)^T Q/sqrt(2)",r"\frac{1}{\sqrt2}\left(\frac{\partial L}{\partial S}\right)^\top Q","δ_Sᵀ Q/√2","transpose(dL/dS) @ Q/sqrt(2)"]),
 (ATTENTION,"dL/dV",["Aᵀ dL/dO","A^T*(O - Y)","transpose(A) @ (O - Y)","A' (O-Y)","Aᵀ δ_O"]),
 (ATTENTION,"dL/dA",["(O - Y) Vᵀ","dL/dO V^T",r"(O-Y)V^\top","(O-Y) @ V.T","δ_O Vᵀ"]),
 (CONVOLUTION,"dL/dk",["[x_1 y1 + x_2 y2 + x_3 y3; x_2 y1 + x_3 y2 + x_4 y3]","[y1*1 + y2*2 + y3*4, y1*2+y2*4+y3*3]","dL/dy1 x[1:2] + dL/dy2 x[2:3] + dL/dy3 x[3:4]"]),
 (CONVOLUTION,"dL/dk_1",["y1 x_1 + y2 x_2 + y3 x_3","x_1 y1 + x_2 y2 + x_3 y3"]),
 (CONVOLUTION,"dL/dx",["[k_1 y1; k_2 y1 + k_1 y2; k_2 y2 + k_1 y3; k_2 y3]",r"\begin{pmatrix} y_1 k_1 \\ y_1 k_2 + y_2 k_1 \\ y_2 k_2 + y_3 k_1 \\ y_3 k_2\end{pmatrix}"]),
 (POOLING,"dL/da",["[0, 2 a_2, 3, 0]","(0, 6, 3, 0)","2p [0,1,0,0] + 3 [0,0,1,0]",r"\begin{bmatrix}0\\6\\3\\0\end{bmatrix}","[0,dL/dp,dL/dq,0]"]),
 (LOGISTIC,"dL/dw",["X^T (p-y)","X'(p-y)","-Xᵀ(y-p)","X.T @ (p - y)","(p-y)ᵀ X","Σ_i (p_i - y_i) X[i]","sum(i=1..3, (p_i - y_i) x_i)","sum_i (p_i - y_i) x_i","Σ_{i=1}^{3} (p_i-y_i) x_i","Σ_{i=1}^N (σ(w·x_i) - y_i) x_i","X^T (σ(Xw) - y)"]),
 (LOGISTIC,"d²L/dw²",["X^T diag(p(1-p)) X","Xᵀ diag(p ⊙ (1-p)) X","X.T @ diag(p*(1-p)) @ X",r"\sum_{i} p_i(1-p_i)\mathbf{x}_i\mathbf{x}_i^\top","Σ_i p_i (1-p_i) x_i ⊗ x_i","X' diag(p - p^2) X","sum_i p_i (1 - p_i) x_i x_i^T","Xᵀ diag(σ'(X w)) X"]),
 (BATCH,"dL/dW",["sum_i X_i^T E_i/3","Σ_{i=1}^{3} X[i]^T E[i]/3","sum(i=1..3, X[i]^T E[i])/3","X[1]^T E[1]/3 + X[2]^T E[2]/3 + X[3]^T E[3]/3","1/3 (x_1 e_1ᵀ + x_2 e_2ᵀ + x_3 e_3ᵀ)","1/3 sum_i X_i^T (Yhat_i - Y_i)","Σ_i X_i^T E_i/N","1/n sum_i outer(X[i], E[i])","Xᵀ E/3","X^T E / N"]),
 (LAYER,"dL/dW",["δ x^T","δ xᵀ","outer(δ, x)","δ ⊗ x","(a-y)⊙a⊙(1-a) xᵀ","[δ_1 x_1, δ_1 x_2, δ_1 x_3; δ_2 x_1, δ_2 x_2, δ_2 x_3]"]),
]  # fmt: skip
"""Further spellings, as other books and courses write the same steps."""


@pytest.mark.parametrize(
    ("source", "answer"),
    [(source, f"{step} = {text}") for source, step, texts in [*PROVED, *MORE] for text in texts],
)
def test_a_formula_of_arrays_is_proved(source: str, answer: str) -> None:
    (mark,) = marks(source, answer).marks
    assert mark.status == "right"
    assert mark.method in ("identical", "normal-form", "value", "branch", "substitution"), (
        mark.method
    )


WRONG = [
    (SOFTMAX, "dL/dz_i = t_i - p_i"),
    (SOFTMAX, "dp_i/dz_j = p_i(1 - p_j)"),
    (SOFTMAX, "dp/dz = diag(p) - diag(p)^2"),
    (BATCH_NORM, "dL/dx = γ/√(v+ε) c"),
    (BATCH_NORM, "dL/dx_i = 1/√(v+eps) (dL/dxhat_i - 1/m Σ_j dL/dxhat_j)"),
    (ATTENTION, "dL/dS_ij = A_ij (1 - A_ij) dL/dA_ij"),
    (ATTENTION, "dL/dQ = dL/dS K"),
    (LOGISTIC, "d²L/dw² = Xᵀ diag(p) X"),
    (LOGISTIC, "dL/dw_j = Σ_i (p_i - y_i) x_i1"),
    (BATCH, "dL/dW = Xᵀ(Ŷ − Y)"),
    (BATCH, "dL/dW = Eᵀ X/3"),
    (BATCH, "vec(X W) = (X ⊗ I_2) vec(W)"),
    (BATCH, "Yhat = Wᵀ Xᵀ"),
    (LAYER, "dL/dW = x dL/dzᵀ"),
    (LAYER, "dL/dW_ij = dL/dz_i x_i"),
    (LAYER, "z_i = Σ_j W_ij x_j"),
    (POOLING, "dL/da = [p, p, 3, 3]"),
]


@pytest.mark.parametrize(("source", "answer"), WRONG)
def test_a_false_formula_of_arrays_is_never_right(source: str, answer: str) -> None:
    assert only(source, answer) in ("wrong", "unreadable", "unknown-name")


E = "-0.3 1; 1.5 1.2; 1.3 2.4"
WRITTEN = [
    "[-0.3, 1; 1.5, 1.2; 1.3, 2.4]",
    "[-0.3 1; 1.5 1.2; 1.3 2.4]",
    "[[-0.3, 1], [1.5, 1.2], [1.3, 2.4]]",
    r"\begin{pmatrix} -0.3 & 1 \\ 1.5 & 1.2 \\ 1.3 & 2.4 \end{pmatrix}",
    "\\begin{bmatrix}\n-0.3 & 1 \\\\\n1.5 & 1.2 \\\\\n1.3 & 2.4 \\\\\n\\end{bmatrix}",
    "\n-0.3  1\n 1.5  1.2\n 1.3  2.4",
    "[-0.3 1\n 1.5 1.2\n 1.3 2.4]",
    "[[-0.3, 1],\n [1.5, 1.2],\n [1.3, 2.4]]",
    "[-0.3, 1.5, 1.3; 1, 1.2, 2.4]",
    r"\begin{pmatrix} -0.3 & 1.5 & 1.3 \\ 1 & 1.2 & 2.4 \end{pmatrix}",
]


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("comma", [False, True])
def test_a_matrix_is_read_as_people_write_it(written: str, comma: bool) -> None:
    if comma:
        written = (
            written.replace(", ", "; ") if written.count("[") > 1 else written.replace(",", "")
        )
        written = written.replace(".", ",")
    assert only(BATCH, f"E = {written}") == "right"
    changed = written.replace("2,4" if comma else "2.4", "2,5" if comma else "2.5")
    (mark,) = marks(BATCH, f"E = {changed}").marks
    assert (mark.status, mark.wrong_entries) == ("wrong", ("[3,2]",))


def test_the_other_layout_is_said_and_a_square_one_is_asked_about() -> None:
    (wide,) = marks(LAYER, "dz/dx = Wᵀ").marks
    assert wide.status == "right"
    assert "check.layout" in [note.message_id for note in wide.notes]
    square = "input x = [1, 2]\nparam A = [1, 2; 3, 4]\nz = A @ x\nloss L = sum(z)"
    (asked,) = marks(square, "dz/dx = Aᵀ").marks
    assert asked.status == "wrong"
    assert "check.layout_unknown" in [note.message_id for note in asked.notes]
    told = f"convention denominator layout\n{square}"
    assert only(told, "dz/dx = Aᵀ") == only(told, "dz/dx = [1, 3; 2, 4]") == "right"
    (other,) = marks(told, "dz/dx = A").marks
    assert other.status == "wrong"
    assert "check.layout_unknown" not in [note.message_id for note in other.notes]


def test_vectors_may_be_rows_or_columns() -> None:
    for written in ("[1.5, 3]", "[1.5; 3]", "[1.5 3]^T", r"\begin{pmatrix}1.5\\3\end{pmatrix}"):
        assert only(LAYER, f"z = {written}") == "right", written


def test_what_follows_from_single_entries_is_followed() -> None:
    sheet = "z_1 = 1.6\nz_2 = 3.0\na_1 = 0.832\na_2 = 0.953\ndL/dz_1 = -0.0235"
    sheet += "\ndL/dW[1,2] = -0.047\ndL/dW[1,3] = -0.0235\ndL/dx = [0.0148, 0.0169, 0.0189]"
    report = marks(LAYER, sheet)
    assert [mark.status for mark in report.marks] == [
        "wrong", "right", "follow-on", "right", "follow-on", "follow-on", "wrong", "follow-on",
    ]  # fmt: skip
    assert report.first_wrong == "z[1]"


def test_a_mistake_at_an_entry_must_explain_the_others() -> None:
    alone = marks(BATCH, "Yhat[1,2] = 1.1").marks[0]
    assert [label for label, _ in alone.mistakes] == ["transposed"]
    beside = marks(BATCH, "Yhat[1,1] = 0.7\nYhat[1,2] = 1.1").marks[1]
    assert not beside.mistakes


def test_rows_of_a_batch_are_rows_of_its_arrays() -> None:
    source = """\
data all X: 2, y
[1, 0] 0
[2, 1] 1
[-1, 2] 1
param w = [0.5, -0.25]
z = X @ w
a = sigmoid(z)
loss L = mean((a - y)^2)
"""
    report = marks(
        source, "row 1: z = 0.5\nrow 2: z = 0.85, a = 0.7006\nfila 3: dL/dz = 2/N (a-y) a (1-a)"
    )
    assert [(mark.id, mark.status) for mark in report.marks] == [
        ("z[1]", "right"), ("z[2]", "wrong"), ("a[2]", "follow-on"), ("dL/dz", "right"),
    ]  # fmt: skip


NAMED_T = """\
input X = [1, 2; 3, 4; 5, 6]
input T = [1, 0; 0, 1; 1, 1]
param W = [0.1, 0.2; 0.3, 0.4]
E = X @ W - T
loss L = sum(E^2)/2
"""
POWER_T = "input T = 2\nparam w = 1.5\ny = w^T\nloss L = y^2"


@pytest.mark.parametrize("answer", ["X^T E", "Xᵀ(X W - T)", "X^T (X W - T)", r"X^{T}(XW-T)"])
def test_a_name_T_does_not_take_over_the_transpose(answer: str) -> None:
    (mark,) = marks(NAMED_T, f"dL/dW = {answer}").marks
    assert mark.status == "right"
    said = "read.transpose" in [remark.message_id for remark in mark.notes]
    assert said == ("^T" in answer)
    assert only(POWER_T, "y = w^T") == only(POWER_T, "dL/dw = 2 w^T T w^(T-1)") == "right"


CODES = """\
input X = [1, 2; 3, 4; 5, 6]
input T = [1, 0; 0, 1; 0, 1]
param W = [0.1, 0.2; 0.3, 0.4]
P = softmax(X @ W, axis=2)
loss L = -sum(T*log(P))/3
"""


def test_codes_of_classes_row_by_row_need_no_assumption_and_lint_proposes_one() -> None:
    (mark,) = marks(CODES, "dL/dW = X^T (P - T)/3").marks
    assert mark.status == "right"
    assert [n.fields["sum"] for n in mark.notes if n.message_id == "check.needs_sum"] == [
        "sum(T, axis=2)"
    ]
    told = findings(Family(exercise_of_text(CODES)), 1)
    assert [note.fields["sum"] for note in told] == ["sum(T, axis=2)"]
    declared = f"assume sum(T, axis=2) = 1\n{CODES}"
    assert not findings(Family(exercise_of_text(declared)), 1)
    assert only(CODES.replace("0, 1; 0, 1", "0, 2; 0, 1"), "dL/dW = X^T (P - T)/3") == "wrong"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("[-0.0174, -0.0348, 0.0114, 0.0228]", "wrong"),
        ("[-0.0174; -0.0348; 0.0114; 0.0228]", "wrong"),
        ("[-0.0174 -0.0348 0.0114 0.0228]", "wrong"),
        ("[-0.0174, -0.0348; 0.0114, 0.0228]", "right"),
    ],
)
def test_right_numbers_in_another_arrangement_are_no_rounding(answer: str, status: str) -> None:
    net = """\
    input x = [1, 2]
    param W = [0.5, -0.3; 0.2, 0.4]
    param v = [0.6, -0.5]
    h = sigmoid(W @ x + [0.1, 0])
    loss L = (sigmoid(v @ h + 0.2) - 1)^2/2
    """
    assert only(net, f"dL/dW = {answer}") == status
    assert only(net, "dL/dv = [-0.0580; -0.0849]") == "right"  # a row for a column


NET = """\
input x = [1, 2]
input t = 1
param W = [0.5, -0.3; 0.2, 0.4]
param b = [0.1, 0]
param v = [0.6, -0.5]
z = W @ x + b
h = sigmoid(z)
s = v @ h + 0.2
y = sigmoid(s)
loss L = (y - t)^2/2
"""


def test_a_name_of_the_students_own_needs_no_word_before_it() -> None:
    sheet = "δ = (y − t)·y·(1 − y)\ndL/ds = δ\ndL/dv = \\delta hᵀ\nδ₁ = (v δ) ⊙ h ⊙ (1 − h)\n"
    marked = marks(NET, f"{sheet}dL/dW = δ_1 xᵀ\ndL/db = δ₁\nd = 2δ\ndL/ds = d/2").marks
    assert [mark.status for mark in marked] == ["right"] * 5
    one = NET.replace("z = W @ x + b\nh = sigmoid(z)", "h = W @ x + b")  # here δ alone is dL/ds
    own = marks(one, "δ₁ = v (y − t)·y·(1 − y)\ndL/dW = δ_1 xᵀ\ndL/db = δ₁").marks
    assert [mark.status for mark in own] == ["right"] * 2
    wrong = marks(NET, "δ = (y − t)·y\ndL/ds = δ").marks
    assert [mark.status for mark in wrong] == ["wrong"]


@pytest.mark.parametrize(
    "sheet",
    ["zz = 3\ndL/ds = zz", "δ = (y − t)·y·(1 − y)", "yy = y\ndL/ds = yy", "q = 3\ndL/ds = q"],
    ids=["a number", "used nowhere", "like a name", "no formula"],
)
def test_a_name_that_may_be_a_slip_is_not_taken(sheet: str) -> None:
    assert marks(NET, sheet).marks[0].status == "unknown-name"


@pytest.mark.parametrize(
    "answer",
    ["∂L/∂W_{1,2} = −0,0348", r"\frac{\partial L}{\partial W_{1,2}} = -0.0348", "L = ,1088",
     "L ≈ ,1088", "dL/ds = -,116", "dL/ds = L′(y)·y′(s)", "y'(s) = y(1-y)"],
)  # fmt: skip
def test_what_is_written_short_is_read(answer: str) -> None:
    assert only(NET, answer) == "right"
    assert only(NET, "y' = y(1-y)") == "unreadable"


ROWS_ON_ARRAYS = [
    (row, shapes, settings)
    for row in registry.ROWS
    if isinstance(row, Structural)
    for shapes, settings in row.examples
    if all(0 < prod(shape) <= 24 for shape in shapes)
]


@pytest.mark.parametrize(
    ("row", "shapes", "settings"), ROWS_ON_ARRAYS, ids=lambda value: getattr(value, "name", "")
)
def test_every_row_of_arrays_is_computed_with_terms(
    row: Structural, shapes: tuple[Shape, ...], settings: dict[str, Any]
) -> None:
    given = [np.arange(1.0, prod(shape) + 1).reshape(shape) for shape in shapes]
    full = complete_settings(row, settings, tuple(shapes))
    pool = Pool()
    found = applied(TermMath(pool), row, [as_terms(pool, array) for array in given], full)
    with np.errstate(all="ignore"):
        wanted = row.evaluate(ArrayMath(), *given, **full)
    assert np.shape(found) == np.shape(wanted)
    known = [pool.value(term.id) for term in entries(found)]
    for exact, number in zip(known, np.ravel(wanted), strict=True):
        assert exact is None or float(exact) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("row", "shapes", "settings"), ROWS_ON_ARRAYS, ids=lambda value: getattr(value, "name", "")
)
def test_every_row_of_arrays_is_pulled_back_with_terms(
    row: Structural, shapes: tuple[Shape, ...], settings: dict[str, Any]
) -> None:
    given = [np.arange(1.0, prod(shape) + 1).reshape(shape) for shape in shapes]
    full = complete_settings(row, settings, tuple(shapes))
    pool, floats = Pool(), ArrayMath()
    math, terms = TermMath(pool), [as_terms(pool, array) for array in given]
    out = applied(math, row, terms, full)
    number = row.evaluate(floats, *given, **full)
    adjoint = np.arange(2.0, 2 + np.size(number)).reshape(np.shape(number))
    for slot in range(len(given)):
        with np.errstate(all="ignore"):
            wanted = row.pullback(floats, adjoint, number, given, slot, **full)
        found = row.pullback(math, as_terms(pool, adjoint), out, terms, slot, **full)
        assert (found is None) == (wanted is None)
        if found is None:
            continue
        known = [pool.value(term.id) for term in entries(as_terms(pool, found))]
        for exact, near in zip(known, np.ravel(wanted), strict=True):
            assert exact is None or float(exact) == pytest.approx(near, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("lines", "loss", "gradient"),
    [
        ("loss L = norm(x)", 5, "[3/5, 4/5]"),
        ("A = [2, 1; 1, 3]\nloss L = det(A)*x[1]", 15, "[5, 0]"),
        ("s = sort(x)\nloss L = sum(s*[1, 10])", 43, "[1, 10]"),
        ("A = [2, 0; 0, 4]\nloss L = sum(inverse(A) @ x)", 2.5, "[1/2, 1/4]"),
        ("A = [2, 0; 0, 4]\nloss L = trace(outer(x, x))", 25, "[6, 8]"),
    ],
)
def test_norms_orders_and_inverses_are_marked(lines: str, loss: float, gradient: str) -> None:
    report = marks(f"input x = [3, 4]\n{lines}", f"L = {loss}\ndL/dx = {gradient}")
    assert [mark.status for mark in report.marks] == ["right", "right"]
