"""What does not fit a training is refused in both languages, with what would."""

from __future__ import annotations

import pytest

import graphgrad as gg
from graphgrad.errors import UsageError
from tests.layers.commands import data, train

TEXT = "param w = 1; loss L = w^2"
TABLE = "gg 1\nparam w = 0\ndata x\n1\n2\n3\nloss L = (w - x)^2\n"

OPTIONS = [
    (("--optimizer", "adm"), "Did you mean adam", "¿Quería decir adam"),
    (("--optimizer", "adam(rat=0.1)"), "adam has no setting rat", "adam no tiene el ajuste rat"),
    (("--optimizer", "adam(rate=0)"), "a number above 0", "un número mayor que 0"),
    (("--optimizer", "adam(rate=-1)"), "cannot be -1", "no puede ser -1"),
    (("--optimizer", "adam(beta1=1)"), "a number in [0, 1)", "un número en [0, 1)"),
    (("--optimizer", "adam(eps=-1)"), "a number, 0 or more", "un número, 0 o más"),
    (("--optimizer", f"adam(rate={'9' * 400})"), "a number above 0", "un número mayor que 0"),
    (("--optimizer", "adam(rate=w)"), "a number above 0", "un número mayor que 0"),
    (("--optimizer", "adam(rate=0.1, rate=0.2)"), "given twice", "se da dos veces"),
    (("--optimizer", "adam(correction=later)"), "once, in_place, none", "once, in_place, none"),
    (("--optimizer", "adam(amsgrad=2)"), "true or false", "verdadero o falso"),
    (("--optimizer", "adam("), "--optimizer adam(", "--optimizer adam("),
    (("--optimizer", "adam(rate=w*2)"), "no written-out setting", "no es un ajuste escrito"),
    (("--optimizer", "3"), "is no choice", "no es una elección"),
    (("--optimizer", "gd(0.1, 0.2, 0.3)"), "more settings than it has", "más ajustes"),
    (("--optimizer", "momentum(form=keras)"), "one of course, torch", "uno de course, torch"),
    (("--rate", "0"), "--rate", "--rate"),
    (("--rate", "x"), "--rate", "--rate"),
    (("--steps", "-1"), "from 0 on", "0"),
    (("--steps", "2.5"), "--steps", "--steps"),
    (("--epochs", "-3"), "--epochs", "--epochs"),
    (("--batch", "0"), "--batch", "--batch"),
    (("--mode", "batches"), "mini_batch", "mini_batch"),
    (("--mode", "online", "--batch", "2"), "contradict each other", "se contradicen"),
    (("--order", "sorted"), "shuffled", "shuffled"),
    (("--divide", "rows"), "batch, data, none", "batch, data, none"),
    (("--schedule", "stair"), "no schedule called stair", "no hay programa"),
    (("--schedule", "step(every=0)"), "a whole number, 1 or more", "un número entero, 1 o más"),
    (("--schedule", "step(every=1.5)"), "every of step", "cada (every) de step"),
    (("--schedule", "piecewise"), "needs the setting at", "necesita el ajuste at"),
    (("--schedule", "piecewise(at=w)"), "list of numbers", "lista de números"),
    (("--schedule", "piecewise(at=[1, 2], rates=[1])"), "1 rates for 2", "1 tasas para 2"),
    (("--schedule", "cyclic(low=0.1)"), "needs the setting high", "necesita el ajuste alto (high)"),
    (("--schedule", "warm_up(then=adam)"), "no schedule called adam", "no hay programa"),
    (("--schedule", "warm_up(then=plateau)"), "cannot be plateau", "no puede ser plateau"),
    (("--schedule", "warm_up(then=3)"), "a schedule:", "un programa de la tasa:"),
    (("--schedule", "0.1*x"), "may read only k", "solo puede leer k"),
    (("--schedule", "1/k"), "no finite rate at k = 0", "no da una tasa finita en k = 0"),
    (("--schedule", "0.1*k*"), "--schedule 0.1*k*", "--schedule 0.1*k*"),
    (("--clip", "norms(1)"), "Did you mean norm", "¿Quería decir norm"),
    (("--clip", "norm(0)"), "limit of norm cannot be 0", "límite (limit) de norm no puede ser 0"),
    (("--clip", "3"), "is no choice", "no es una elección"),
    (("--stop", "early(patience=0)"), "1 or more", "1 o más"),
    (("--stop", "earlier"), "Did you mean early", "¿Quería decir early"),
    (("--average", "mean"), "polyak, swa, moving", "polyak, swa, movil"),
    (("--average", "moving(decay=1)"), "in [0, 1)", "en [0, 1)"),
    (
        ("--valid", "1.5"),
        "valid of train cannot be 1.5",
        "validación (valid) de train no puede ser 1.5",
    ),
    (("--show", "everything"), "updates", "updates"),
    (("--curve", "loss.bmp"), "no ending of a picture", "no termina como una imagen"),
    (("--boundary", "-"), "L depends on the inputs -; this picture", "este dibujo necesita 2 n"),
    (("--curve", "-", "--smooth", "1"), "--smooth cannot be", "--smooth no puede ser"),
    (("--resume", "missing.json"), "missing.json", "missing.json"),
]


@pytest.mark.parametrize(("options", "english", "spanish"), OPTIONS, ids=lambda v: str(v)[:40])
def test_an_option_that_does_not_fit(options, english, spanish):
    rate = () if "--rate" in options else ("--rate", "0.1")
    for lang, said in (("en", english), ("es", spanish)):
        result = train(TEXT, *rate, *options, lang=lang)
        assert result.exit_code in (2, 4), result.output
        assert said in result.output
        assert "Traceback" not in result.output
        assert result.output.count("\n") < 6


LINES = [
    ("train adm", "no optimizer called adm", "no hay optimizador llamado adm"),
    ("train adam(beta=0.5)", "adam has no setting beta", "adam no tiene el ajuste beta"),
    ("train adam, epoch=3", "a training has no epoch", "un entrenamiento no tiene epoch"),
    (
        "train adam, epochs=-1",
        "epochs of train cannot be -1",
        "épocas (epochs) de train no puede ser -1",
    ),
    (
        "train adam, batch=two",
        "batch of train cannot be two",
        "lote (batch) de train no puede ser two",
    ),
    ("train adam, clip=3", "clip cannot be 3", "recorte (clip) no puede ser 3"),
    (
        "train adam, order=up",
        "order of train is one of file, shuffled, random: got up",
        "orden (order) de train es uno de file, shuffled, random: se recibió up",
    ),
    ("train adam(lr=0.05)", "Did you mean rate?", "¿Quería decir tasa?"),
    ("train adam, learning_rate=1", "Did you mean rate?", "¿Quería decir tasa?"),
    ("train gd, stop=erly(5)", "no stopping rule called erly", "no hay regla de paro llamada erly"),
    (
        "train gd, clip=norm(0)",
        "limit of norm cannot be 0",
        "límite (limit) de norm no puede ser 0",
    ),
    ("train adam(tasa=0,1)", "expected 0.1. Write 0.1", "se esperaba 0.1. Escriba 0.1"),
    ("train adam(0,05)", "expected 0.05. Write 0.05", "se esperaba 0.05. Escriba 0.05"),
    ("train adam(rate=0.1, 0.9)", "as in adam(beta1=...)", "como en adam(beta1=...)"),
    ("train adam, stop=early(pace=2)", "early has no setting pace", "early no tiene el ajuste"),
]


@pytest.mark.parametrize(("line", "english", "spanish"), LINES)
def test_a_train_line_that_does_not_fit_is_shown_with_its_place(tmp_path, line, english, spanish):
    path = tmp_path / "net.gg"
    path.write_text(f"{TABLE}{line}\n", "utf-8")
    for lang, said, place in (("en", english, "line 8, column "), ("es", spanish, "línea 8")):
        result = train(str(path), lang=lang)
        assert result.exit_code in (2, 3), result.output
        assert said in result.output
        assert place in result.output
        assert line in result.output


def test_a_batch_larger_than_the_data(tmp_path):
    path = tmp_path / "net.gg"
    path.write_text(TABLE, "utf-8")
    result = train(str(path), "--batch", "4", "--rate", "0.1")
    assert result.exit_code == 2
    assert "a batch of 4 rows is larger than the 3 rows that train" in result.output
    assert train(str(path), "--mode", "mini_batch", "--rate", "0.1").exit_code == 0
    for lang, line, said in (
        ("en", "train gd(rate=0.1), batch=9", "line 8, column 21: a batch of 9 rows is larger"),
        ("es", "entrena gd(tasa=0.1), lote=9", "línea 8, columna 23: un lote de 9 filas es mayor"),
        ("en", "train gd(rate=0.1), valid=3", "line 8, column 21: no row is left for training"),
    ):
        path.write_text(f"{TABLE}{line}\n", "utf-8")
        told = train(str(path), lang=lang)
        assert told.exit_code == 2
        assert f"net.gg, {said}" in told.output
        assert "^^^^" in told.output
        assert "line 8" not in train(str(path), "--batch", "9").output
    path.write_text(TABLE, "utf-8")
    result = train(str(path), "--valid", "0.99", "--rate", "0.1")
    assert "no row is left for training" in result.output
    assert "no row is left" in train(str(path), "--valid", "3", "--rate", "0.1").output
    for lang, said in (("en", "a share of the rows below 1"), ("es", "una parte de las filas")):
        assert said in train(str(path), "--valid", "1.5", lang=lang).output


def test_nothing_is_written_where_something_is_refused(tmp_path):
    saved = tmp_path / "s.json"
    train(TEXT, "--rate", "100", "--steps", "800", "--save", str(saved))
    assert list(tmp_path.iterdir()) == []


def test_in_python():
    graph = gg.parse(TEXT.replace("; ", "\n"))
    with pytest.raises(UsageError, match="Did you mean adam"):
        gg.train(graph, "adm")
    with pytest.raises(UsageError, match="a training has no epoch"):
        gg.train(graph, "adam", epoch=3)
    with pytest.raises(UsageError, match="no schedule called stair"):
        gg.train(graph, "adam", schedule="stair")
    with pytest.raises(ValueError, match="a choice has no name"):
        gg.train(graph, "adam, 3")


def test_spanish_words_mean_the_same():
    english = data(TEXT, "--optimizer", "momentum(rate=0.1)", "--stop", "early(patience=3)")
    spanish = data(TEXT, "--optimizer", "momento(tasa=0.1)", "--stop", "temprano(paciencia=3)")
    assert english == spanish


POSITIONS = [
    ("stop=target(0.01)", "stop=target(loss=0.01)"),
    ("stop=early(5)", "stop=early(patience=5)"),
    ("clip=norm(1)", "clip=norm(limit=1)"),
    ("schedule=step(30, 0.5)", "schedule=step(every=30, factor=0.5)"),
]


@pytest.mark.parametrize(("given", "named"), POSITIONS)
def test_the_first_settings_may_stand_without_their_names(tmp_path, given, named):
    said = []
    for key in (given, named):
        path = tmp_path / "net.gg"
        path.write_text(f"{TABLE}train gd(rate=0.1), {key}, steps=9\n", "utf-8")
        result = train(str(path))
        assert result.exit_code == 0, result.output
        said.append(result.output)
    assert said[0] == said[1]


def test_a_decimal_comma_in_its_own_dialect_is_no_mistake(tmp_path):
    path = tmp_path / "net.gg"
    line = "train gd(0,1); stop=early(5; 0,1); steps=9"
    path.write_text(f"gg 1\ndecimal comma\nparam w = 1\nloss L = w^2\n{line}\n", "utf-8")
    result = train(str(path))
    assert result.exit_code == 0, result.output


LAYERS = [
    ("dense(2, init=0)", "Did you mean zeros, full(value=0)?", "¿Quería decir zeros"),
    ("dense(2, init=1)", "Did you mean ones, full(value=1)?", "¿Quería decir ones"),
    ("dense(2, 3)", "number of its inputs from the call", "número de entradas de la llamada"),
]


@pytest.mark.parametrize(("layer", "english", "spanish"), LAYERS)
def test_a_layer_with_a_number_where_none_belongs(tmp_path, layer, english, spanish):
    path = tmp_path / "net.gg"
    lines = ("gg 1", "input x = [1, 2]", f"layer a = {layer}", "h = a(x)", "loss L = sum(h)")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    for lang, said in (("en", english), ("es", spanish)):
        result = train(str(path), lang=lang)
        assert result.exit_code == 3, result.output
        assert said in result.output


def test_a_member_of_a_family_in_round_brackets(tmp_path):
    path = tmp_path / "net.gg"
    path.write_text(
        "gg 1\nparam w = 1\nh[1] = w\nfor k = 2:3\n  h[k] = sin(h(k-1))\nend\n", "utf-8"
    )
    for lang, said in (("en", "Did you mean h[k-1]?"), ("es", "¿Quería decir h[k-1]?")):
        assert said in train(str(path), lang=lang).output
