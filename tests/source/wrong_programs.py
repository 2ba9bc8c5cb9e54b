"""Files that are wrong, each in one way, and where: `test_wrong_programs` reads them.

    python -m tests.source.wrong_programs > tests/source/wrong_programs.txt

writes down what is said of them in both languages, to be read aloud before it is accepted.
"""

from __future__ import annotations

import sys
from typing import Final, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.source.gg import read_named

__all__ = ["OWN", "WRONG", "Wrong", "caught", "said"]


class Wrong(NamedTuple):
    """A wrong file: what is wrong, its text, the message, the line where it is told."""

    what: str
    text: str
    message: str
    line: int


WRONG: Final = (
    # ---- bodies ----
    Wrong("for without end", "input x = 1\nfor t = 1:3\nh[t] = x\n", "source.no_end", 2),
    Wrong("def without end", "def f(x)\ny = x\n", "source.no_end", 1),
    Wrong("made and called", "input x = 1\ny = dense(3, act=tanh)(x)", "source.made_and_called", 2),
    Wrong("made inside", "input x = 1\ny = 2*tanh(dense(3)(x)) + 1", "source.made_and_called", 2),
    Wrong("end without for", "input x = 1\nend\ny = x\n", "source.stray_end", 2),
    Wrong("more behind end", "for t = 1:2\nh[t] = t\nend for\n", "source.no_end", 1),
    Wrong("empty for", "for t = 1:3\n# nothing\nend\ny = 1\n", "source.empty_body", 1),
    Wrong("empty def", "def f(x)\nend\ny = f(1)\n", "source.empty_body", 1),
    Wrong("too deep", "\n".join([f"for a{k} = 1:1" for k in range(60)]), "source.deep_bodies", 51),
    Wrong("input in def", "def f(x)\ninput y = 1\nz = x\nend\n", "source.not_in_body", 2),
    Wrong("loss in for", "for t = 1:2\nloss L = t\nend\n", "source.not_in_body", 2),
    Wrong("data in def", "def f(x)\ndata a b\nz = x\nend\n", "source.not_in_body", 2),
    Wrong("header in for", "for t = 1:2\n[model]\nh[t] = t\nend\n", "source.not_in_body", 2),
    Wrong("def in for", "for t = 1:2\ndef f(x)\ny = x\nend\nh[t] = f(t)\nend\n",
          "source.not_in_body", 2),
    Wrong("def in def", "def g(x)\ndef f(x)\ny = x\nend\nz = f(x)\nend\n", "source.not_in_body", 2),
    Wrong("train in for", "for t = 1:2\ntrain sgd\nend\n", "source.not_in_body", 2),
    # ---- loops ----
    Wrong("for without a letter", "for 1:3\nh[t] = t\nend\n", "source.for_letter", 1),
    Wrong("for without a range", "for t = 4\nh[t] = t\nend\n", "source.for_form", 1),
    Wrong("for with dots", "for t = 1..4\nh[t] = t\nend\n", "source.for_dots", 1),
    Wrong("unbounded for", "for t = 1:\nh[t] = t\nend\n", "source.for_bounds", 1),
    Wrong("for without a start", "for t = :4\nh[t] = t\nend\n", "source.for_bounds", 1),
    Wrong("for with a step", "for t = 1:2:9\nh[t] = t\nend\n", "source.for_bounds", 1),
    Wrong("for over an empty list", "for a in []\nh[a] = 1\nend\n", "source.for_empty", 1),
    Wrong("inner line of another name",
          "input x = [1, 2]\ny = dense(x, 2, act=relu)\nr = y.q\n", "source.unknown_inner", 3),
    Wrong("bound that is an input", "input n = 3\nfor t = 1:n\nh[t] = t\nend\n",
          "source.setting_is_node", 2),
    Wrong("bound that is unknown", "for t = 1:n\nh[t] = t\nend\n", "source.bound", 1),
    Wrong("bound that is a fraction", "for t = 1:2.5\nh[t] = t\nend\n", "source.bound", 1),
    Wrong("letter that is a name", "input t = 3\nfor t = 1:2\nh[t] = t\nend\n",
          "source.letter_taken", 2),
    Wrong("letter of the outer loop", "for t = 1:2\nfor t = 1:3\nh[t] = t\nend\nend\n",
          "source.letter_taken", 2),
    Wrong("line without its letter", "input x = 1\nfor t = 1:3\nz = x*t\nend\n",
          "source.without_letter", 3),
    Wrong("line with one letter of two",
          "for l = 1:2\nfor i = 1:2\nz[i] = l + i\nend\nend\n", "source.without_letter", 3),
    Wrong("too many passes", "for a = 1:1001\nfor b = 1:1000\nz[a,b] = 1\nend\nend\n",
          "source.many_passes", 1),
    Wrong("number with a fraction in a list", "for a in [0.5, 1]\nh[a] = 1\nend\n",
          "source.list_member", 1),
    Wrong("repetition of three arguments", "y = sum(i=1:3, i, 2)\n", "source.fold_form", 1),
    Wrong("repetition of tanh", "y = tanh(i=1:3, i)\n", "source.not_repeated", 1),
    Wrong("two layers in one loop", "for t = 1:2\nlayer c = dense(2)\nh[t] = t\nend\n",
          "source.layer_in_for", 2),
    # ---- families ----
    Wrong("array, then family", "h = 1 + 1\nfor t = 1:2\nh[t] = t\nend\n",
          "source.array_and_family", 3),
    Wrong("family, then array", "for t = 1:2\nh[t] = t\nend\nh = 2 + 1\n",
          "source.family_and_array", 4),
    Wrong("leaf that is a family", "for t = 1:2\nh[t] = t\nend\ninput h = 2\ny = h\n",
          "source.family_and_array", 4),
    Wrong("other count of subscripts", "h[1] = 1\nh[1,2] = 2\n", "source.family_subscripts", 2),
    Wrong("read with an entry in the first bracket", "const h[1] = [1, 2]\ny = h[1,2]\n",
          "source.family_subscripts", 2),
    Wrong("bare family", "for t = 1:4\nh[t] = t\nend\ny = h + 1\n", "source.bare_family", 4),
    Wrong("member that is not there", "for t = 1:4\nh[t] = t\nend\ny = h[5]\n",
          "source.no_member", 4),
    Wrong("member before the first", "for t = 1:4\nh[t] = t\nend\ny = h[0]\n",
          "source.no_member", 4),
    Wrong("no start", "input x = 1\nfor t = 1:4\nh[t] = tanh(h[t-1] + x)\nend\n",
          "source.unknown_member", 3),
    Wrong("member twice", "h[1] = 1\nh[1] = 2\n", "source.reassigned", 2),
    Wrong("member from below", "for t = 1:4\nh[t] = 2*h[t+1]\nend\n", "source.member_later", 2),
    Wrong("circle in one pass",
          "for t = 1:2\na[t] = 2*b[t]\nb[t] = 3*a[t]\nend\n", "source.cycle", 2),
    Wrong("range left of =", "input x = 1\nW[1:2] = x\n", "source.target", 2),
    Wrong("formula left of =", "for t = 1:2\nh[2*t] = t\nend\n", "source.target", 2),
    Wrong("inner line that is not there", "for t = 1:2\nh[t] = t\nend\ny = h[2].z\n",
          "source.no_inner_lines", 4),
    # ---- definitions ----
    Wrong("def without a name", "def (x)\ny = x\nend\n", "source.def_name", 1),
    Wrong("def without brackets", "def f\ny = x\nend\n", "source.def_form", 1),
    Wrong("def with a number as input", "def f(3)\ny = 1\nend\n", "source.def_parameter", 1),
    Wrong("input behind a setting", "def f(n=2, x)\ny = x\nend\n", "source.def_order", 1),
    Wrong("input twice", "def f(x, x)\ny = x\nend\n", "source.def_twice", 1),
    Wrong("def with half a formula", "input x = 1\ndef f(x) = 2*\ny = x\n",
          "source.unexpected_end", 2),
    Wrong("loop with half a head in a def that no one calls",
          "input x = 1\ndef f(x)\nfor i = 1:\ng[i] = x\nend\nend\ny = x\n",
          "source.for_bounds", 3),
    Wrong("def named as a function", "def relu(x) = x\ny = relu(2)\n", "source.name_of_row", 1),
    Wrong("def named as a layer", "def dense(x) = x\n", "source.name_of_row", 1),
    Wrong("def twice", "def f(x) = x\ndef f(x) = 2*x\ny = f(1)\n", "source.reassigned", 2),
    Wrong("recursion", "def f(x)\ny = f(x) + 1\nend\nz = f(1)\n", "source.recursion", 2),
    Wrong("def that calls one below",
          "def f(x) = g(x)\ndef g(x) = 2*x\ny = f(1)\n", "source.def_below", 1),
    Wrong("name out of sight", "input w = 2\ndef f(x) = w*x\ny = f(3)\n", "source.not_in_sight", 2),
    Wrong("input missing", "def f(x, y) = x*y\nz = f(3)\n", "source.inputs_missing", 2),
    Wrong("argument too many", "def f(x) = 2*x\nz = f(3, 4)\n", "source.no_settings_left", 2),
    Wrong("setting by another library's name", "input x = [1, 2]\ny = dense(x, neurons=4)\n",
          "layer.unknown_setting", 2),
    Wrong("layer by PyTorch's name", "input x = [1, 2]\nh = Linear(x, 4)\n",
          "source.unknown_function", 2),
    Wrong("layer line by Keras's name", "layer h = MaxPooling2D(2)\n",
          "source.unknown_layer", 1),
    Wrong("setting unknown", "def f(x, n=2) = n*x\nz = f(3, m=4)\n", "layer.unknown_setting", 2),
    Wrong("setting required", "def f(x, n=?) = n*x\nz = f(3)\n", "layer.missing_setting", 2),
    Wrong("setting twice", "def f(x, n=2) = n*x\nz = f(3, 4, n=5)\n", "source.setting_twice", 2),
    Wrong("setting that is a node", "input a = 2\ndef f(x, n=2) = n*x\nz = f(3, n=a)\n",
          "source.setting_is_node", 3),
    Wrong("setting that is a call, computed with",
          "input x = 3\ndef f(x, n=2) = n*x\nz = f(x, u())\n", "source.stands_for", 2),
    Wrong("setting that is a list, as a subscript",
          "input v = [1, 2]\ndef f(v, n=2) = v[n]\nz = f(v, [1])\n", "source.stands_for", 2),
    Wrong("setting called, but a number", "def f(x, act=2) = act(x)\nz = f(3)\n",
          "source.not_callable", 1),
    Wrong("out names nothing", "def f(x)\ny = x\nout z\nend\nw = f(1)\n", "source.no_result", 3),
    Wrong("two outs", "def f(x)\ny = x\nout y\nout x\nend\nw = f(1)\n", "source.second_out", 4),
    Wrong("out without names", "def f(x)\ny = x\nout\nend\nw = f(1)\n", "source.out_form", 3),
    Wrong("out outside", "input x = 1\nout x\n", "source.out_outside", 2),
    Wrong("one name for two results",
          "def f(x)\na = x\nb = 2*x\nout a, b\nend\ny = f(1)\n", "source.results", 6),
    Wrong("two names for one result", "input x = 1\na, b = 2*x\n", "source.result_count", 2),
    Wrong("three names for two results",
          "def f(x)\na = x\nb = 2*x\nout a, b\nend\nu, v, w = f(1)\n", "source.results", 6),
    Wrong("one name twice", "def f(x)\na = x\nb = 2*x\nout a, b\nend\nu, u = f(1)\n",
          "source.reassigned", 6),
    Wrong("error inside a body",
          "def f(x)\nz = x + 1\ny = z @ z @ [1, 2, 3]\nend\ninput a = [1, 2]\nr = f(a)\n",
          "shape.matmul_scalar", 3),
    Wrong("error inside a body inside a loop",
          "def f(x) = x + [1, 2, 3]\ninput a = [1, 2; 3, 4]\nfor t = 1:2\nr[t] = f(a[t])\nend\n",
          "shape.broadcast", 1),
    # ---- layers ----
    Wrong("layer unknown", "layer c = desne(3)\n", "source.unknown_layer", 1),
    Wrong("layer without a call", "layer c = 3\n", "source.layer_form", 1),
    Wrong("layer that is a family", "layer c[1] = dense(3)\n", "source.layer_form", 1),
    Wrong("bound of thirty digits", f"for t = 1:1{'0' * 29}\nh[t] = t\nend\n",
          "source.large_size", 1),
    Wrong("layer with inputs", "input x = [1, 2]\nlayer c = dense(x, 3)\n",
          "source.only_settings", 2),
    Wrong("column of a family that is an array",
          "input x = 2\ndata x[1] y\n1 2\nz = x + y\n", "source.array_and_family", 2),
    Wrong("layer twice", "layer c = dense(3)\nlayer c = dense(4)\n", "source.reassigned", 2),
    Wrong("layer as a value", "input x = [1, 2]\nlayer c = dense(3)\ny = c + x\n",
          "source.layer_as_name", 3),
    Wrong("settings where a layer is used",
          "input x = [1, 2]\nlayer c = dense(3)\ny = c(x, act=relu)\n", "source.only_inputs", 3),
    Wrong("activation unknown", "input x = [1, 2]\ny = dense(x, 3, act=relux)\n",
          "layer.setting_row", 2),
    Wrong("size that is a node", "input x = [1, 2]\ninput n = 3\ny = dense(x, n)\n",
          "source.setting_is_node", 3),
    Wrong("size missing", "input x = [1, 2]\ny = dense(x)\n", "layer.missing_setting", 2),
    Wrong("parameters made in a loop",
          "input x = [1, 2]\nconst h[0] = [0, 0]\nfor t = 1:2\nh[t] = dense(h[t-1], 2)\nend\n",
          "source.parameters_in_for", 4),
    Wrong("parameters of a def made in a loop",
          "def f(x)\nparam w = 2\ny = w*x\nend\nconst h[0] = 1\nfor t = 1:2\nh[t] = f(h[t-1])\nend",
          "source.parameters_in_for", 2),
    Wrong("layer used for another shape",
          "input x = [1, 2]\nlayer c = dense(3)\na = c(x)\nb = c(a)\n", "source.kept_shape", 4),
    Wrong("shapes of two layers that do not fit",
          "input x = [1, 2]\na = dense(x, 3)\nb = dense(x, 4)\nloss L = mse(a, b)\n",
          "layer.several_shapes", 4),
    Wrong("shapes of two layers that do not add",
          "input x = [1, 2]\na = dense(x, 3)\nb = dense(x, 4)\ny = a + b\n",
          "shape.broadcast", 4),
    Wrong("a layer after another of the wrong rank",
          "input x = [1, 2]\na = dense(x, 3)\nb = conv2d(a, 1, 2)\n", "layer.shapes", 3),
    Wrong("one sample into batch norm", "input x = [1, 2]\ny = batch_norm(x)\n",
          "layer.shapes", 2),
    Wrong("function unknown", "input x = [1, 2]\ny = densee(x, 3)\n",
          "source.unknown_function", 2),
    Wrong("output that is no line", "input x = [1, 2]\noutput x[2]\n", "source.no_line", 2),
    Wrong("two owners of a group",
          "input x = [1, 2]\n[h]\na = 2*x\n[]\nh = dense(x, 3)\n", "source.group_taken", 5),
    Wrong("header of a call's group",
          "input x = [1, 2]\nh = dense(x, 3)\n[h]\na = 2*x\n", "source.group_taken", 3),
    Wrong("line that a layer has", "input x = [1, 2]\nparam h.W = 2\nh = dense(x, 3)\n",
          "source.reassigned", 3),
    Wrong("setting by position behind one by name",
          "input x = [1, 2]\ny = dense(x, act=relu, 3)\n", "source.order_of_arguments", 2),
    Wrong("state of another size",
          "input x = [1, 2]\nconst h[0] = [0, 0]\nlayer c = elman(3)\nh[1] = c(x, h[0])\n",
          "layer.several_shapes", 4),
    Wrong("penalty over nothing", "input x = 2\nloss L = x + l2(over=weights, rate=0.1)\n",
          "source.over_nothing", 2),
    Wrong("activation unknown, on a layer line",
          "input x = [1, 2]\nlayer c = dense(3, act=rellu)\ny = c(x)\n", "layer.setting_row", 2),
    Wrong("size of nothing", "input x = [1, 2]\ny = dense(x, 0)\n", "layer.setting_count", 2),
    Wrong("initial values unknown", "input x = [1, 2]\ny = dense(x, 3, init=xavir)\n",
          "layer.setting_initialiser", 2),
    Wrong("truth that is a number", "input x = [1, 2]\ny = dense(x, 3, bias=7)\n",
          "layer.setting_flag", 2),
    Wrong("share above 1", "input x = [1, 2]\ny = dropout(x, keep=2)\n",
          "layer.setting_share", 2),
    Wrong("reduction unknown", "input x = [1, 2]\nloss L = mse(x, x, reduction=max)\n",
          "layer.setting_word", 2),
    Wrong("window larger than the image",
          "input x: 2x2 = ones()\ny = conv2d(x, 1, size=3)\n", "shape.windows", 2),
    Wrong("heads that do not divide",
          "input x: 3x4 = ones()\ny = multi_head_attention(x, x, x, heads=3)\n",
          "layer.shapes", 2),
    Wrong("classes of another shape",
          "input z = [1, 2, 3]\ninput y = [1, 0]\nloss L = cross_entropy_with_logits(z, y)\n",
          "layer.several_shapes", 3),
    # ---- the same in Spanish words ----
    Wrong("para sin fin", "entrada x = 1\npara t = 1:3\nh[t] = x\n", "source.no_end", 2),
    Wrong("capa desconocida", "capa c = desna(3)\n", "source.unknown_layer", 1),
    Wrong("capa con un ajuste desconocido", "capa c = densa(3, neurones=2)\n",
          "layer.unknown_setting", 1),
    Wrong("activación desconocida", "entrada x = [1, 2]\ny = densa(x, 3, activación=relux)\n",
          "layer.setting_row", 2),
    Wrong("ajuste dos veces", "entrada x = [1, 2]\ny = densa(x, 3, unidades=4)\n",
          "source.setting_twice", 2),
    Wrong("pérdida en para", "para t = 1:2\npérdida L = t\nfin\n", "source.not_in_body", 2),
    Wrong("nan en datos", "datos x, y\n1, 2\nnan, 3\nz = x\n", "source.not_finite", 3),
    Wrong("entrena dos veces", "parámetro w = 1\npérdida L = w^2\nentrena sgd\nentrena adam\n",
          "source.second_train", 4),
    # ---- train ----
    Wrong("train nothing", "param w = 1\nloss L = w^2\ntrain\n", "source.train_form", 3),
    Wrong("train twice", "param w = 1\nloss L = w^2\ntrain sgd\ntrain adam\n",
          "source.second_train", 4),
    Wrong("train without a key", "param w = 1\nloss L = w^2\ntrain sgd, 200\n",
          "source.train_key", 3),
    Wrong("train with a name missing", "param w = 1\nloss L = w^2\ntrain sgd(rate=0.1, 0.9)\n",
          "source.setting_by_position", 3),
    # ---- tables ----
    Wrong("part outside a table", "input x = 1\nvalid\ny = x\n", "source.part_outside", 2),
    Wrong("array of another shape", "data x: 2x2, y\n[1, 2, 3], 1\nz = y\n",
          "source.cell_shape", 2),
    Wrong("numbers missing", "data x: 2x2, y\n1 2 3 1\nz = y\n", "source.row_length", 2),
    Wrong("number among words", "data x, y\n1, cat\n2, 3\nz = x\n", "source.not_a_word", 3),
    Wrong("nan in a table", "data x, y\n1, 2\nnan, 3\nz = x\n", "source.not_finite", 3),
    Wrong("word among numbers", "data x, y\n1, 2\n2, cat\nz = x\n", "source.not_a_number", 3),
    Wrong("column that is a family", "const x[1] = 1\ndata x y\n1 2\nz = y\n",
          "source.family_and_array", 2),
)  # fmt: skip


OWN: Final = tuple(wrong for wrong in WRONG if wrong.message.startswith("source."))
"""Those whose wording belongs to the language; rows and shapes word the others."""


def caught(wrong: Wrong) -> GraphgradError:
    """Return the error that a wrong file has."""
    try:
        read_named(wrong.text, "wrong.gg")
    except GraphgradError as error:
        return error
    raise AssertionError(wrong.what)


def said(wrong: Wrong) -> str:
    """Return what is said of a wrong file in both languages."""
    error = caught(wrong)
    shown = [error.text(language) for language in ("en", "es")]
    return "\n".join([f"== {wrong.what}", *shown, ""])


if __name__ == "__main__":
    for found in OWN:
        sys.stdout.write(said(found) + "\n")
